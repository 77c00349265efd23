import {
  agentsIn,
  foundAgent,
  type Agent,
  type AgentReference,
  type HostStatus,
} from '../../common/hosts/agent';
import type { ActionAnswer } from '../../common/api/cases';
import type { ActionName } from '../../common/actions/action_name';
import { isSuccess } from '../../common/actions/outcome';
import type { HostsStatus } from '../../common/api/routes';
import {
  isComparable,
  isMet,
  statusWith,
  type OptimisticStatus,
  type ReadStatus,
} from './optimistic_status';
import { isNotBefore, momentBetween, momentDuring, type Exchange, type Moment } from './moment';
import { shownStatusOf, type ShownStatus } from './network_status';
import { referenceKey } from './reference_key';

/**
 * All that the browser knows about the status of hosts: the newest reading of each, and what SentinelOne accepted
 * since. Every place that shows a host takes it from here, whichever of them asked, so that all show the same.
 */
export interface HostStatuses {
  /** The tenant that all of it is about. */
  readonly tenant: string | undefined;
  /** What each reference led to, by `referenceKey`. */
  readonly byReference: ReadonlyMap<string, Known<HostStatus>>;
  /** Agents by their ids; never older than what `byReference` has of them. */
  readonly byAgent: ReadonlyMap<string, Known<Agent>>;
  /** What is expected of agents, by their ids. */
  readonly optimisticStatuses: ReadonlyMap<string, OptimisticStatus>;
  /** Since when (ms on the browser's clock) a new reading is wanted, by `referenceKey` or agent id. */
  readonly wanted: ReadonlyMap<string, number>;
}

export interface Known<A> {
  readonly value: A;
  /** When SentinelOne was asked. */
  readonly read: Moment;
  /** ISO 8601: the same as a time of day. */
  readonly asOf: string;
}

export const NOTHING_KNOWN: HostStatuses = {
  tenant: undefined,
  byReference: new Map(),
  byAgent: new Map(),
  optimisticStatuses: new Map(),
  wanted: new Map(),
};

/** Entries of each kind that are kept; more than any page shows. */
const KEPT = 5_000;

/** The map with an entry, which is its newest; the oldest ones go. */
function withEntry<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= KEPT) return;
    map.delete(oldest);
  }
}

const readStatusOf = ({ value, read }: Known<Agent>): ReadStatus => ({
  label: shownStatusOf({ state: 'known', agent: value }),
  read,
  isOnline: value.isActive !== false,
});

/** Takes note of what SentinelOne said, unless something newer is known. `references` are those asked for. */
export function withReadings(
  before: HostStatuses,
  references: readonly AgentReference[],
  { hosts, receivedAt, asOf, tenant }: HostsStatus,
  exchange: Exchange
): HostStatuses {
  const isSame = before.tenant === undefined || before.tenant === tenant;
  const known = isSame ? before : NOTHING_KNOWN;
  const byReference = new Map(known.byReference);
  const byAgent = new Map(known.byAgent);
  const optimisticStatuses = new Map(known.optimisticStatuses);
  const wanted = new Map(known.wanted);
  const oldest = Math.min(...hosts.map(({ readAt }) => readAt));
  const note = <V>(
    map: Map<string, Known<V>>,
    key: string,
    reading: Known<V>,
    isPreferred: (current: Known<V>) => boolean = () => false
  ): void => {
    const current = map.get(key);
    const isNewer = current === undefined || isNotBefore(reading.read, current.read);
    // Which of two is newer cannot always be told.
    const isOlder = !isNewer && isNotBefore(current.read, reading.read);
    if (isNewer || (!isOlder && isPreferred(current))) withEntry(map, key, reading);
    const since = wanted.get(key);
    if (since !== undefined && reading.read.earliest >= since) wanted.delete(key);
  };
  references.forEach((reference, n) => {
    const host = hosts[n];
    if (host === undefined) return;
    const { readAt, answeredAt, ...status } = host;
    const read = momentBetween(readAt, answeredAt, receivedAt, exchange);
    const at = new Date(Date.parse(asOf) + readAt - oldest).toISOString();
    note(byReference, referenceKey(reference), { value: status, read, asOf: at });
    for (const agent of agentsIn(status)) {
      const reading = { value: agent, read, asOf: at };
      const optimisticStatus = optimisticStatuses.get(agent.id);
      if (optimisticStatus === undefined) {
        note(byAgent, agent.id, reading);
        continue;
      }
      const reflects = (one: Known<Agent>) => isMet(optimisticStatus, readStatusOf(one));
      note(byAgent, agent.id, reading, (current) => reflects(reading) && !reflects(current));
      const met = optimisticStatus.isMet === true || reflects(reading);
      const newest = byAgent.get(agent.id)!;
      // Once the newest is known to be later than the acceptance, nothing from before it replaces it.
      if (met && isComparable(optimisticStatus, newest)) optimisticStatuses.delete(agent.id);
      else if (met) optimisticStatuses.set(agent.id, { ...optimisticStatus, isMet: true });
    }
  });
  return { tenant, byReference, byAgent, optimisticStatuses, wanted };
}

/** Takes note of what SentinelOne accepted. */
export function withAccepted(
  known: HostStatuses,
  action: ActionName,
  { actionId, hosts, acceptedAt }: ActionAnswer,
  exchange: Exchange
): HostStatuses {
  const optimisticStatuses = new Map(known.optimisticStatuses);
  for (const { agentId, outcome } of hosts) {
    if (agentId === null || !isSuccess({ outcome })) continue;
    const moment = momentDuring(acceptedAt, exchange);
    withEntry(optimisticStatuses, agentId, { action, actionId, outcome, acceptedAt: moment });
  }
  return { ...known, optimisticStatuses };
}

/** An action that did not take effect on an agent, as its record says. */
export interface FailedAction {
  readonly actionId: string;
  readonly agentId: string | null;
}

/** Takes note of actions that failed: what was expected of them is not, but what later ones are to do still is. */
export function withFailed(known: HostStatuses, failed: readonly FailedAction[]): HostStatuses {
  const over = failed.flatMap(({ actionId, agentId }) =>
    agentId !== null && known.optimisticStatuses.get(agentId)?.actionId === actionId
      ? [agentId]
      : []
  );
  if (over.length === 0) return known;
  const optimisticStatuses = new Map(known.optimisticStatuses);
  for (const agentId of over) optimisticStatuses.delete(agentId);
  return { ...known, optimisticStatuses };
}

const keysOf = (known: HostStatuses, reference: AgentReference): readonly string[] => {
  const found = foundAgent(known.byReference.get(referenceKey(reference))?.value);
  const id = found?.id ?? reference.agentId;
  return [referenceKey(reference), ...(id === undefined ? [] : [id])];
};

/** Has the next question about these hosts ask for a reading from `now` on (ms on the browser's clock). */
export function withWanted(
  known: HostStatuses,
  references: readonly AgentReference[],
  now: number
): HostStatuses {
  const wanted = new Map(known.wanted);
  for (const reference of references) {
    for (const key of keysOf(known, reference)) withEntry(wanted, key, now);
  }
  return { ...known, wanted };
}

/** Whether readings that Kibana shares are not good enough for one of these hosts. */
export const needsNewReading = (
  known: HostStatuses,
  references: readonly AgentReference[]
): boolean =>
  references.some((reference) =>
    keysOf(known, reference).some((key) => {
      const optimisticStatus = known.optimisticStatuses.get(key);
      const agent = known.byAgent.get(key);
      return (
        known.wanted.has(key) ||
        (optimisticStatus !== undefined &&
          (agent === undefined || !isComparable(optimisticStatus, { read: agent.read })))
      );
    })
  );

/** What SentinelOne said of a host, with the newest that is known of each agent; undefined before its first answer. */
export function statusOf(known: HostStatuses, reference: AgentReference): HostStatus | undefined {
  const status = known.byReference.get(referenceKey(reference))?.value;
  if (status === undefined) return undefined;
  const newest = (agent: Agent): Agent => known.byAgent.get(agent.id)?.value ?? agent;
  if ('agent' in status) return { ...status, agent: newest(status.agent) };
  return 'agents' in status ? { ...status, agents: status.agents.map(newest) } : status;
}

/** The status to show for a host; undefined before SentinelOne's first answer. */
export function shownOf(known: HostStatuses, reference: AgentReference): ShownStatus | undefined {
  const status = known.byReference.get(referenceKey(reference));
  if (status === undefined) return undefined;
  const id = foundAgent(status.value)?.id;
  const agent = id === undefined ? undefined : known.byAgent.get(id);
  if (id === undefined || agent === undefined) return shownStatusOf(status.value);
  return statusWith(known.optimisticStatuses.get(id), readStatusOf(agent));
}

/** ISO 8601: as of when the oldest of these statuses is; undefined while none is known. */
export const asOfOldest = (
  known: HostStatuses,
  references: readonly AgentReference[]
): string | undefined =>
  references
    .flatMap((reference) => known.byReference.get(referenceKey(reference))?.asOf ?? [])
    .sort()[0];
