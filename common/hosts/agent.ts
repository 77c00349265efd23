import * as t from 'io-ts';
import { appliedPatternCodec } from './protection_settings';
import { oneOf, stringThat } from '../lib/validation';

/**
 * SentinelOne's endpoint agent, reduced to the fields in use. Field names are those of the Management API
 * (`GET /web/api/v2.1/agents`).
 */

/** SentinelOne's values for the network status of an agent. `disconnected` is an isolated host. */
export const NETWORK_STATUSES = [
  'connected',
  'disconnected',
  'connecting',
  'disconnecting',
] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

/** SentinelOne's values for the status of the last full disk scan of an agent; `none` before the first one. */
export const SCAN_STATUSES = ['none', 'started', 'aborted', 'finished'] as const;
export type ScanStatus = (typeof SCAN_STATUSES)[number];

/** An agent's UUID: without blanks, commas or other characters that could widen a query. */
export const agentUuidCodec = stringThat(
  'an agent UUID: 1 to 64 letters, digits and hyphens',
  (value) => /^[A-Za-z0-9-]{1,64}$/.test(value) && /[A-Za-z0-9]/.test(value),
  { pattern: '^(?=.*[A-Za-z0-9])[A-Za-z0-9-]{1,64}$' }
);

/** An agent's management id, such as `1834780238610855645`. */
export const agentIdCodec = stringThat(
  'an agent id: a text of 1 to 20 digits',
  (value) => /^\d{1,20}$/.test(value),
  { pattern: '^[0-9]{1,20}$' }
);

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);

/** An agent as our routes and `getAgents` return it. A field that SentinelOne omits is `null`. */
export const agentCodec = t.intersection([
  t.type({
    id: t.string,
    uuid: nullable(t.string),
    computerName: nullable(t.string),
    networkStatus: nullable(oneOf(NETWORK_STATUSES)),
    isActive: nullable(t.boolean),
    isDecommissioned: t.boolean,
    isUninstalled: t.boolean,
    agentVersion: nullable(t.string),
    osName: nullable(t.string),
    osType: nullable(t.string),
    siteName: nullable(t.string),
    groupName: nullable(t.string),
    /** `desktop`, `laptop`, `server`, `kubernetes node` and others. */
    machineType: nullable(t.string),
    /** Windows domain or workgroup. */
    domain: nullable(t.string),
    lastLoggedInUserName: nullable(t.string),
    /** Addresses of its network interfaces, IPv4 first, at most `LIMITS.ipAddresses`. */
    ipAddresses: t.readonlyArray(t.string),
    /** The address that SentinelOne sees. */
    externalIp: nullable(t.string),
    /** Number of threats that are neither mitigated nor resolved. */
    activeThreats: nullable(t.number),
    /** ISO 8601, the agent's last contact with SentinelOne. */
    lastActiveDate: nullable(t.string),
    scanStatus: nullable(oneOf(SCAN_STATUSES)),
    /** ISO 8601, by SentinelOne's clock; of the last scan for which it happened. */
    scanStartedAt: nullable(t.string),
    scanFinishedAt: nullable(t.string),
    scanAbortedAt: nullable(t.string),
  }),
  t.partial({
    /** The pattern that protects it from isolation, in the settings of this or another space. */
    protectedBy: appliedPatternCodec,
    /** The host is isolated, and Kibana's last action on it is not an isolation. Only in responses to pages. */
    isIsolatedOutside: t.boolean,
    /** Link to SentinelOne's console, filtered by its name. */
    consoleUrl: t.string,
  }),
]);
export type Agent = Readonly<t.TypeOf<typeof agentCodec>>;

/** Identifies an agent by its UUID, its id, or both (then they must match the same agent). */
export interface AgentReference {
  readonly uuid?: string;
  readonly agentId?: string;
}

/** The result of a look-up in SentinelOne. */
export const hostStatusCodec = t.union([
  t.type({ state: t.literal('known'), agent: agentCodec }),
  /** No agent has this UUID or id. */
  t.type({ state: t.literal('unknown') }),
  /** UUID or id belongs to this agent, the other to no agent: an agent can get a new UUID or a new id. */
  t.type({
    state: t.literal('partial_match'),
    foundBy: oneOf(['uuid', 'agentId'] as const),
    agent: agentCodec,
  }),
  /** Several agents share the UUID, as on cloned machines. */
  t.type({ state: t.literal('ambiguous'), agents: t.readonlyArray(agentCodec) }),
  /** The UUID and the id belong to different agents. */
  t.type({ state: t.literal('mismatch'), agents: t.readonlyArray(agentCodec) }),
]);
export type HostStatus = Readonly<t.TypeOf<typeof hostStatusCodec>>;

/** The same for agents with more fields. */
export type HostStatusOf<A extends Agent> =
  | { readonly state: 'known'; readonly agent: A }
  | { readonly state: 'unknown' }
  | {
      readonly state: 'partial_match';
      readonly foundBy: 'uuid' | 'agentId';
      readonly agent: A;
    }
  | { readonly state: 'ambiguous' | 'mismatch'; readonly agents: readonly A[] };

/** The status that is shown. `…_pending`: accepted for an agent that is offline, until it reconnects. */
export type NetworkLabel =
  | 'connected'
  | 'isolating'
  | 'isolation_pending'
  | 'isolated'
  | 'releasing'
  | 'release_pending'
  | 'offline'
  | 'unknown';

type LabelsOf = Readonly<Record<'online' | 'offline', NetworkLabel>>;

const LABELS: Readonly<Record<NetworkStatus, LabelsOf>> = {
  connected: { online: 'connected', offline: 'offline' },
  disconnecting: { online: 'isolating', offline: 'isolation_pending' },
  disconnected: { online: 'isolated', offline: 'isolated' },
  connecting: { online: 'releasing', offline: 'release_pending' },
};
const NOT_REPORTED: LabelsOf = { online: 'unknown', offline: 'offline' };

/** The label for an agent. "Isolated" only when SentinelOne reports `disconnected`. */
export function networkLabelOf({
  networkStatus,
  isActive,
}: Pick<Agent, 'networkStatus' | 'isActive'>): NetworkLabel {
  const labels = networkStatus === null ? NOT_REPORTED : LABELS[networkStatus];
  return labels[isActive === false ? 'offline' : 'online'];
}

/** All agents in a look-up result. */
export const agentsIn = <A extends Agent>(status: HostStatusOf<A>): readonly A[] => {
  switch (status.state) {
    case 'known':
    case 'partial_match':
      return [status.agent];
    case 'ambiguous':
    case 'mismatch':
      return status.agents;
    case 'unknown':
      return [];
  }
};

/** The agent if exactly one was found, by UUID and id or by one of them. */
export const foundAgent = <A extends Agent>(status: HostStatusOf<A> | undefined): A | undefined =>
  status?.state === 'known' || status?.state === 'partial_match' ? status.agent : undefined;

const distinctById = <A extends Agent>(agents: readonly A[]): readonly A[] => [
  ...new Map(agents.map((agent) => [agent.id, agent])).values(),
];

/** Selects the agent of `reference` among the results of exact look-ups by UUID and by id. */
export function hostStatusOf<A extends Agent>(
  reference: AgentReference,
  agents: readonly A[]
): HostStatusOf<A> {
  const { uuid, agentId } = reference;
  const byUuid =
    uuid === undefined ? [] : distinctById(agents.filter((agent) => agent.uuid === uuid));
  const byId =
    agentId === undefined ? [] : distinctById(agents.filter((agent) => agent.id === agentId));
  if (uuid === undefined || agentId === undefined) {
    const found = uuid !== undefined ? byUuid : byId;
    if (found.length === 1) return { state: 'known', agent: found[0]! };
    return found.length === 0 ? { state: 'unknown' } : { state: 'ambiguous', agents: found };
  }
  const both = byUuid.find((agent) => agent.id === agentId);
  if (both !== undefined) return { state: 'known', agent: both };
  const [named] = byId;
  if (named === undefined) {
    if (byUuid.length > 1) return { state: 'ambiguous', agents: byUuid };
    const [agent] = byUuid;
    return agent === undefined
      ? { state: 'unknown' }
      : { state: 'partial_match', foundBy: 'uuid', agent };
  }
  return byUuid.length === 0
    ? { state: 'partial_match', foundBy: 'agentId', agent: named }
    : { state: 'mismatch', agents: [...byUuid, named] };
}

/**
 * The id to look up in addition, after a look-up by UUID. If none of the agents has both the UUID and the id, only
 * the look-up by id shows whether the id belongs to another agent or to none.
 */
export const additionalIdToLookUp = (
  { uuid, agentId }: AgentReference,
  byUuid: readonly Agent[]
): string | undefined =>
  uuid !== undefined && byUuid.some((agent) => agent.uuid === uuid && agent.id === agentId)
    ? undefined
    : agentId;
