import type { Agent } from '../../common/agent';
import type { HostActionParams, HostReference } from '../../common/connector';
import type { HostGuards } from '../../common/host_guards';
import type { ActionName, HostResult, Refusal } from '../../common/outcome';
import type { Actor, RecordedHost } from '../../common/record';
import type { ApiProblem } from '../management_api/failure';
import type { HostAction, LookUp } from '../management_api/host_action';
import { decide, namedByCaller, type Decision, type Protection } from './guards';

/** An order, and what becomes of its hosts before anything is claimed, recorded or sent. */

export interface ActionOrder extends Omit<HostActionParams, 'overrideComment'> {
  readonly action: ActionName;
  /** A UUID, made by the caller. */
  readonly actionId: string;
  readonly actor: Actor;
  readonly connectorId: string;
  /** The settings of the space. */
  readonly guards: Pick<HostGuards, 'protectedHosts' | 'maxHosts'>;
  /** What became of the wish to isolate protected hosts too. */
  readonly override?: Protection['override'];
  /** What a rule's records are found by when it asks for the same again; see `requestFingerprint`. */
  readonly requestFingerprint?: string;
  /** Refuses every host, before SentinelOne is asked anything. */
  readonly refuseAll?: { readonly reason: Refusal; readonly detail?: string };
}

interface LookUpPorts {
  readonly hostAction: Pick<HostAction, 'lookUp'>;
}

/** A host of the order and where it stands. */
export type Progress =
  | Extract<Decision, { readonly kind: 'send' }>
  | { readonly kind: 'end'; readonly result: RecordedHost };

export const failed = (
  host: Pick<HostResult, 'uuid' | 'agentId' | 'name'>,
  { reason, detail }: ApiProblem
): HostResult => ({
  ...host,
  outcome: 'failed',
  reason,
  ...(detail === undefined ? {} : { detail }),
});

const identityOf = ({ uuid, agentId, name, confirmedName }: HostReference): string =>
  JSON.stringify([uuid, agentId, name, confirmedName]);

/** Merges what is named twice to the letter; the same agent under two names is merged after the look-up. */
function distinct(hosts: readonly HostReference[]): readonly HostReference[] {
  return [...new Map(hosts.map((host) => [identityOf(host), host])).values()];
}

export const judge = (
  { action, guards: { protectedHosts }, override }: ActionOrder,
  host: HostReference,
  lookUp: LookUp
): Progress =>
  lookUp.ok
    ? decide(action, host, lookUp.status, { protectedHosts, override })
    : { kind: 'end', result: failed(namedByCaller(host), lookUp.problem) };

/**
 * The same agent may have been named by UUID and by id, or under two names. It is acted on once; and
 * if one of the namings is refused, so is the agent, because then it is in doubt which host is meant.
 */
function mergeByAgent(progress: readonly Progress[]): readonly Progress[] {
  const byAgent = new Map<string, Progress>();
  const rest: Progress[] = [];
  for (const entry of progress) {
    const agentId = entry.kind === 'send' ? entry.agent.id : entry.result.agentId;
    const known = agentId === null ? undefined : byAgent.get(agentId);
    if (agentId === null) rest.push(entry);
    else if (known === undefined || known.kind === 'send') byAgent.set(agentId, entry);
  }
  return [...byAgent.values(), ...rest];
}

/** More hosts than the settings allow in one action. */
function tooMany({ hosts, guards: { maxHosts } }: ActionOrder): ActionOrder['refuseAll'] {
  const named = distinct(hosts).length;
  if (named <= maxHosts) return undefined;
  return { reason: 'too_many', detail: `${named} hosts; the settings allow ${maxHosts}` };
}

async function lookUpAndDecide(
  order: ActionOrder,
  { hostAction }: LookUpPorts
): Promise<readonly Progress[]> {
  const named = distinct(order.hosts);
  const lookUps = await hostAction.lookUp(named);
  return mergeByAgent(named.map((host, n) => judge(order, host, lookUps[n]!)));
}

/** What becomes of each host as far as that shows before anything is claimed, recorded or sent. */
export async function decideAll(
  order: ActionOrder,
  ports: LookUpPorts
): Promise<readonly Progress[]> {
  const refusal = order.refuseAll ?? tooMany(order);
  if (refusal === undefined) return lookUpAndDecide(order, ports);
  return distinct(order.hosts).map((host) => ({
    kind: 'end',
    result: { ...namedByCaller(host), outcome: 'refused', ...refusal },
  }));
}

export const agentsToSend = (progress: readonly Progress[]): readonly Agent[] =>
  progress.flatMap((entry) => (entry.kind === 'send' ? [entry.agent] : []));
