import { networkLabelOf, type Agent, type HostStatusOf } from '../../common/agent';
import { namesOf, type HostReference } from '../../common/connector';
import type { ProtectedHost } from '../../common/host_guards';
import type { ActionName, HostResult, Refusal } from '../../common/outcome';
import { protectionText } from '../../common/override';
import type { AgentInFull } from '../management_api/agent_fields';
import { protectionOf } from './protected_hosts';

/** What the guards say of one host: send the command to this agent, or this is how it ends. */
export type Decision =
  | {
      readonly kind: 'send';
      readonly agent: Agent;
      /** The pattern that protects it, where that was overridden. */
      readonly overrides?: ProtectedHost;
    }
  | { readonly kind: 'end'; readonly result: HostResult };

/** What keeps hosts from being isolated, and whether the caller may go past it. */
export interface Protection {
  readonly protectedHosts: readonly ProtectedHost[];
  /** Undefined where nobody asked for it. */
  readonly override?:
    | { readonly kind: 'granted'; readonly comment: string }
    /** `why` is for a person: which privilege is missing, or that nobody like the caller may. */
    | { readonly kind: 'denied'; readonly why: string };
}

/** How a host is called in results when SentinelOne has nothing (better) to say. */
export const namedByCaller = ({ uuid, agentId, name }: HostReference) => ({
  uuid: uuid ?? null,
  agentId: agentId ?? null,
  name: name ?? null,
});

/** How a host is called in results once SentinelOne has said who it is. */
export const namedBySentinelOne = (agent: Agent) => ({
  uuid: agent.uuid,
  agentId: agent.id,
  name: agent.computerName,
});

const describe = (agent: Agent): string => {
  const name = agent.computerName ?? 'no name';
  const gone = agent.isDecommissioned
    ? ', decommissioned'
    : agent.isUninstalled
      ? ', uninstalled'
      : '';
  return `${name} (agent id ${agent.id}${gone})`;
};
const describeAll = (agents: readonly Agent[]): string => {
  const shown = agents.slice(0, 3).map(describe).join(', ');
  return agents.length > 3 ? `${shown} and ${agents.length - 3} more` : shown;
};

/** Where the host already is, or is on its way to, when the action asks for nothing new. */
function isAlreadyThere(action: ActionName, agent: Agent): boolean {
  switch (agent.networkStatus) {
    case 'disconnected':
    case 'disconnecting':
      return action === 'isolate';
    case 'connected':
    case 'connecting':
      return action === 'release';
    case null:
      return false;
  }
}

const refused = (
  host: Pick<HostResult, 'uuid' | 'agentId' | 'name'>,
  reason: Refusal,
  detail?: string
): Decision => ({
  kind: 'end',
  result: { ...host, outcome: 'refused', reason, ...(detail === undefined ? {} : { detail }) },
});

/**
 * Holds what SentinelOne says of a host against what the caller named. Only a host that is found
 * exactly once, that is called what the caller expects, and that still has an agent, is sent to.
 */
export function decide(
  action: ActionName,
  host: HostReference,
  status: HostStatusOf<AgentInFull>,
  { protectedHosts, override }: Protection
): Decision {
  switch (status.state) {
    case 'unknown':
      return refused(namedByCaller(host), 'not_found');
    case 'ambiguous':
      return refused(namedByCaller(host), 'ambiguous', describeAll(status.agents));
    case 'mismatch':
      return refused(
        namedByCaller(host),
        'mismatch',
        `The UUID and the agent id do not belong to one agent. SentinelOne has ${describeAll(status.agents)}`
      );
    case 'known':
      break;
  }
  const { agent } = status;
  const named = namedBySentinelOne(agent);
  const called = agent.computerName;
  const names = namesOf(host);
  const isExpected = names.length === 0 || names.some((name) => name === called);
  if (!isExpected && host.confirmedName !== called) {
    const expected = names.join(' or ');
    const detail = `The alert calls it ${expected}, SentinelOne calls it ${called ?? 'nothing'}`;
    return refused(named, 'mismatch', detail);
  }
  if (host.confirmedName !== undefined && host.confirmedName !== called) {
    const detail = `${host.confirmedName} was confirmed, SentinelOne calls it ${called ?? 'nothing'}`;
    return refused(named, 'mismatch', detail);
  }
  if (agent.isDecommissioned) return refused(named, 'decommissioned');
  if (agent.isUninstalled) return refused(named, 'uninstalled');
  // A protected host that is isolated all the same can always be released.
  const protection = action === 'isolate' ? protectionOf(agent, protectedHosts) : undefined;
  if (protection !== undefined && override?.kind !== 'granted') {
    const what = protectionText(protection);
    return refused(named, 'protected', override === undefined ? what : `${what}. ${override.why}`);
  }
  if (isAlreadyThere(action, agent)) {
    const waiting = isPending(agent) && agent.isActive === false;
    const reason = waiting ? ({ reason: 'offline' } as const) : {};
    return { kind: 'end', result: { ...named, outcome: 'unchanged', ...reason } };
  }
  return { kind: 'send', agent, ...(protection === undefined ? {} : { overrides: protection }) };
}

const isPending = (agent: Agent): boolean =>
  agent.networkStatus === 'disconnecting' || agent.networkStatus === 'connecting';

/**
 * The truth after a command, from reading the agent again: done, on its way, or neither.
 * Returns undefined for neither.
 */
export function reachedBy(action: ActionName, agent: Agent): 'done' | 'requested' | undefined {
  const label = networkLabelOf({ networkStatus: agent.networkStatus, isActive: true });
  const wanted = action === 'isolate' ? 'isolated' : 'connected';
  if (label === wanted) return 'done';
  return label === (action === 'isolate' ? 'isolating' : 'releasing') ? 'requested' : undefined;
}

/** Accepted by SentinelOne; an offline host will only follow when it is back. */
export const requestedResult = (agent: Agent): HostResult => ({
  ...namedBySentinelOne(agent),
  outcome: 'requested',
  ...(agent.isActive === false ? { reason: 'offline' as const } : {}),
});
