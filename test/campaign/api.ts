/** The public API as the campaigns use it, as the user `analyst`. */

const HEADERS = {
  'kbn-xsrf': 'campaign',
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from('analyst:analyst').toString('base64')}`,
};
const PATH = '/api/sentinelone_response/actions';

/** A Kibana that answers. */
interface Answering {
  readonly url: string;
}

export interface RecordedHostSeen {
  readonly agentId: string | null;
  readonly outcome: string;
  readonly reason?: string;
}
export interface ActionSeen {
  readonly actionId: string;
  readonly action: 'isolate' | 'release';
  readonly state: string;
  readonly hosts: readonly RecordedHostSeen[];
}

/** Acts on one host. Undefined when the node died over it. */
export async function act(
  node: Answering,
  action: 'isolate' | 'release',
  agentId: string
): Promise<ActionSeen | undefined> {
  try {
    const answer = await fetch(`${node.url}${PATH}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify({ action, hosts: [{ agentId }], comment: 'campaign' }),
    });
    return (await answer.json()) as ActionSeen;
  } catch {
    return undefined;
  }
}

export interface WhichActions {
  /** Only those on this host. */
  readonly agentId?: string;
  /** Only those that were asked for since then (ms since the epoch). */
  readonly since?: number;
}

/** The latest hundred actions. */
export async function actionsOn(
  node: Answering,
  { agentId, since }: WhichActions = {}
): Promise<readonly ActionSeen[]> {
  const query = new URLSearchParams({
    perPage: '100',
    ...(agentId === undefined ? {} : { host: agentId }),
    ...(since === undefined ? {} : { from: new Date(since).toISOString() }),
  });
  const answer = await fetch(`${node.url}${PATH}?${query.toString()}`, { headers: HEADERS });
  const { actions } = (await answer.json()) as { readonly actions: readonly ActionSeen[] };
  return actions;
}
