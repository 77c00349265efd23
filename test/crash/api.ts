/** The public API as the campaigns use it. */

/** Who may act on hosts; each has the user name as password. */
export type User = 'analyst' | 'responder';

const headersOf = (user: User) => ({
  'kbn-xsrf': 'campaign',
  'content-type': 'application/json',
  authorization: `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`,
});
const PATH = '/api/sentinelone_response/actions';

/** A Kibana that answers. */
interface Answering {
  readonly url: string;
}

interface RecordedHostSeen {
  readonly agentId: string | null;
  readonly outcome: string;
  readonly reason?: string;
  readonly detail?: string;
}
export interface ActionSeen {
  readonly actionId: string;
  readonly action: 'isolate' | 'release';
  readonly state: string;
  readonly actor: { readonly username: string };
  /** ISO 8601. */
  readonly requestedAt: string;
  readonly hosts: readonly RecordedHostSeen[];
}

/** Acts on one host. Undefined if the node stopped before it answered. */
export async function act(
  node: Answering,
  action: 'isolate' | 'release',
  agentId: string,
  user: User = 'analyst'
): Promise<ActionSeen | undefined> {
  try {
    const answer = await fetch(`${node.url}${PATH}`, {
      method: 'POST',
      headers: headersOf(user),
      body: JSON.stringify({ action, hosts: [{ agentId }], comment: 'campaign' }),
    });
    return (await answer.json()) as ActionSeen;
  } catch {
    return undefined;
  }
}

interface WhichActions {
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
  const answer = await fetch(`${node.url}${PATH}?${query.toString()}`, {
    headers: headersOf('analyst'),
  });
  const { actions } = (await answer.json()) as { readonly actions: readonly ActionSeen[] };
  return actions;
}

/** Posts to the API of actions; `path` follows `/actions`. Undefined if the node stopped before it answered. */
export async function post(
  node: Answering,
  path: string,
  body: object,
  user: User = 'analyst'
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  try {
    const answer = await fetch(`${node.url}${PATH}${path}`, {
      method: 'POST',
      headers: headersOf(user),
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  } catch {
    return undefined;
  }
}

/** Reads from the API of actions; `path` follows `/actions`. Undefined if the node stopped before it answered. */
export async function read<Answer>(node: Answering, path: string): Promise<Answer | undefined> {
  try {
    const answer = await fetch(`${node.url}${PATH}${path}`, { headers: headersOf('analyst') });
    return answer.ok ? ((await answer.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
}
