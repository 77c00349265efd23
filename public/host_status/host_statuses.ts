import {
  agentsIn,
  foundAgent,
  type Agent,
  type AgentReference,
  type HostStatus,
} from '../../common/hosts/agent';
import { referenceKey } from '../../common/hosts/host_identity';
import type { ActionAnswer } from '../../common/api/cases';
import {
  HOST_PROPERTIES,
  PROPERTY_DEFINITIONS,
  type HostProperty,
} from '../../common/hosts/host_property';
import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { isSuccess } from '../../common/actions/outcome';
import type { HostsStatus } from '../../common/api/routes';
import {
  isComparable,
  isReflected,
  statusWith,
  type OptimisticStatus,
  type ReadStatus,
} from './optimistic_status';
import type { Exchange } from '../lib/first_answers';
import { isNotBefore, momentBetween, momentDuring, type Moment } from './moment';
import { isPending, LISTED_PROPERTY, shownStatusOf, type ShownStatus } from './network_status';

/**
 * The status of hosts in the browser: the newest reading of each, and the requests that SentinelOne accepted since. All
 * parts of the UI read the status from here, so that all show the same status.
 */
export interface HostStatuses {
  /** The SentinelOne tenant of these statuses. */
  readonly tenant: string | undefined;
  /** The status found for each reference, by `referenceKey`. */
  readonly byReference: ReadonlyMap<string, KnownStatuses<HostStatus>>;
  /** Agents by id; never older than the same agents in `byReference`. */
  readonly byAgent: ReadonlyMap<string, KnownStatuses<Agent>>;
  /** Expected statuses, by `optimisticKey`. */
  readonly optimisticStatuses: ReadonlyMap<string, OptimisticStatus>;
  /** The time (ms on the browser's clock) from which on a new reading is required, by `referenceKey` or agent id. */
  readonly wanted: ReadonlyMap<string, number>;
}

export interface KnownStatuses<A> {
  readonly value: A;
  /** When the status was read from SentinelOne. */
  readonly read: Moment;
  /** The same time, ISO 8601. */
  readonly asOf: string;
}

/** The key of the expected status of a property. An action on another property does not change it. */
export const optimisticKey = (agentId: string, property: HostProperty): string =>
  `${property}/${agentId}`;

export const NO_STATUSES: HostStatuses = {
  tenant: undefined,
  byReference: new Map(),
  byAgent: new Map(),
  optimisticStatuses: new Map(),
  wanted: new Map(),
};

/** The maximum of entries in each map; more than any page shows. */
const MAX_ENTRIES = 5_000;

/** Adds an entry as the newest, and removes the oldest ones above the maximum. */
function withEntry<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_ENTRIES) return;
    map.delete(oldest);
  }
}

const readStatusOf = (
  { value, read }: KnownStatuses<Agent>,
  property: HostProperty
): ReadStatus => ({
  label: PROPERTY_DEFINITIONS[property].labelOf(value),
  agent: value,
  read,
});

/** Stores the statuses that SentinelOne reported for `references`, except where a newer one is known. */
export function withReadings(
  before: HostStatuses,
  references: readonly AgentReference[],
  { hosts, receivedAt, asOf, tenant }: HostsStatus,
  exchange: Exchange
): HostStatuses {
  const isSame = before.tenant === undefined || before.tenant === tenant;
  const known = isSame ? before : NO_STATUSES;
  const byReference = new Map(known.byReference);
  const byAgent = new Map(known.byAgent);
  const optimisticStatuses = new Map(known.optimisticStatuses);
  const wanted = new Map(known.wanted);
  const oldest = Math.min(...hosts.map(({ readAt }) => readAt));
  const note = <V>(
    map: Map<string, KnownStatuses<V>>,
    key: string,
    reading: KnownStatuses<V>,
    isPreferred: (current: KnownStatuses<V>) => boolean = () => false
  ): void => {
    const current = map.get(key);
    const isNewer = current === undefined || isNotBefore(reading.read, current.read);
    // Neither of two readings may be provably newer.
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
      const expected = HOST_PROPERTIES.flatMap((property) => {
        const key = optimisticKey(agent.id, property);
        const optimisticStatus = optimisticStatuses.get(key);
        if (optimisticStatus === undefined) return [];
        const reflects = (one: KnownStatuses<Agent>) =>
          isReflected(optimisticStatus, readStatusOf(one, property));
        return [{ key, optimisticStatus, reflects }];
      });
      note(byAgent, agent.id, reading, (current) =>
        expected.some(({ reflects }) => reflects(reading) && !reflects(current))
      );
      const newest = byAgent.get(agent.id)!;
      for (const { key, optimisticStatus, reflects } of expected) {
        const met = optimisticStatus.isReflected === true || reflects(reading);
        // Once the newest reading is later than the acceptance, no earlier reading replaces it.
        if (met && isComparable(optimisticStatus, newest)) optimisticStatuses.delete(key);
        else if (met) optimisticStatuses.set(key, { ...optimisticStatus, isReflected: true });
      }
    }
  });
  return { tenant, byReference, byAgent, optimisticStatuses, wanted };
}

/** Stores the status that is expected after SentinelOne accepted an action. */
export function withAccepted(
  known: HostStatuses,
  action: ActionName,
  { actionId, hosts, requestedAt, acceptedAt }: ActionAnswer,
  exchange: Exchange
): HostStatuses {
  const optimisticStatuses = new Map(known.optimisticStatuses);
  for (const { agentId, outcome } of hosts) {
    if (agentId === null || !isSuccess({ outcome })) continue;
    const moment = momentDuring(acceptedAt, exchange);
    const key = optimisticKey(agentId, ACTION_DEFINITIONS[action].property);
    const expected = { action, actionId, outcome, requestedAt, acceptedAt: moment };
    withEntry(optimisticStatuses, key, expected);
  }
  return { ...known, optimisticStatuses };
}

const optimisticKeysOf = (agentId: string): readonly string[] =>
  HOST_PROPERTIES.map((property) => optimisticKey(agentId, property));

/** An action whose record says that it failed for an agent. */
export interface FailedAction {
  readonly actionId: string;
  readonly agentId: string | null;
}

/** Removes the expected statuses of failed actions. Those of later actions stay. */
export function withFailed(known: HostStatuses, failed: readonly FailedAction[]): HostStatuses {
  const over = failed.flatMap(({ actionId, agentId }) =>
    agentId === null
      ? []
      : optimisticKeysOf(agentId).filter(
          (key) => known.optimisticStatuses.get(key)?.actionId === actionId
        )
  );
  if (over.length === 0) return known;
  const optimisticStatuses = new Map(known.optimisticStatuses);
  for (const key of over) optimisticStatuses.delete(key);
  return { ...known, optimisticStatuses };
}

const keysOf = (known: HostStatuses, reference: AgentReference): readonly string[] => {
  const found = foundAgent(known.byReference.get(referenceKey(reference))?.value);
  const id = found?.id ?? reference.agentId;
  return [referenceKey(reference), ...(id === undefined ? [] : [id])];
};

/** Requires a new reading of these hosts, from `now` on (ms on the browser's clock). */
export function withNewReadingRequired(
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

/** Whether one of these hosts requires a new reading, instead of one that Kibana shares between users. */
export const needsNewReading = (
  known: HostStatuses,
  references: readonly AgentReference[]
): boolean =>
  references.some((reference) =>
    keysOf(known, reference).some((key) => {
      const agent = known.byAgent.get(key);
      return (
        known.wanted.has(key) ||
        optimisticKeysOf(key).some((one) => {
          const optimisticStatus = known.optimisticStatuses.get(one);
          return (
            optimisticStatus !== undefined &&
            (agent === undefined || !isComparable(optimisticStatus, { read: agent.read }))
          );
        })
      );
    })
  );

/** The status of a host, with the newest reading of each agent; undefined before SentinelOne's first answer. */
export function statusOf(known: HostStatuses, reference: AgentReference): HostStatus | undefined {
  const status = known.byReference.get(referenceKey(reference))?.value;
  if (status === undefined) return undefined;
  const newest = (agent: Agent): Agent => known.byAgent.get(agent.id)?.value ?? agent;
  if ('agent' in status) return { ...status, agent: newest(status.agent) };
  return 'agents' in status ? { ...status, agents: status.agents.map(newest) } : status;
}

/** The status to show of a property of a host; undefined before SentinelOne's first answer. */
export function shownOf(
  known: HostStatuses,
  reference: AgentReference,
  property: HostProperty = LISTED_PROPERTY
): ShownStatus | undefined {
  const status = known.byReference.get(referenceKey(reference));
  if (status === undefined) return undefined;
  const id = foundAgent(status.value)?.id;
  const agent = id === undefined ? undefined : known.byAgent.get(id);
  if (id === undefined || agent === undefined) return shownStatusOf(status.value, property);
  const optimisticStatus = known.optimisticStatuses.get(optimisticKey(id, property));
  return statusWith(optimisticStatus, readStatusOf(agent, property));
}

/** The time of the oldest of these statuses, ISO 8601; undefined while none is known. */
export const oldestStatusTime = (
  known: HostStatuses,
  references: readonly AgentReference[]
): string | undefined =>
  references
    .flatMap((reference) => known.byReference.get(referenceKey(reference))?.asOf ?? [])
    .sort()[0];

/** When the status of a host was read from SentinelOne, ISO 8601; undefined while it is unknown. */
export function statusTimeOf(known: HostStatuses, reference: AgentReference): string | undefined {
  const status = known.byReference.get(referenceKey(reference));
  const id = foundAgent(status?.value)?.id ?? reference.agentId;
  return (id === undefined ? undefined : known.byAgent.get(id)?.asOf) ?? status?.asOf;
}

/** Whether an action on one of the properties of a host is in progress. */
export const isInProgress = (known: HostStatuses, reference: AgentReference): boolean =>
  HOST_PROPERTIES.some((property) => isPending(shownOf(known, reference, property)));
