import * as t from 'io-ts';
import { protectedHostCodec } from './host_guards';
import { oneOf, stringThat } from './validation';

/**
 * SentinelOne's endpoint agent, as far as it is used. Field names are the Management API's own
 * (`GET /web/api/v2.1/agents`).
 */

/** SentinelOne's words for the network state of an agent. `disconnected` is an isolated host. */
export const NETWORK_STATUSES = [
  'connected',
  'disconnected',
  'connecting',
  'disconnecting',
] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

/** An agent's UUID: no blank, comma or other character that could widen a query. */
export const agentUuidCodec = stringThat(
  'an agent UUID: 1 to 64 letters, digits and hyphens',
  (value) => /^[A-Za-z0-9-]{1,64}$/.test(value) && /[A-Za-z0-9]/.test(value),
  { pattern: '^(?=.*[A-Za-z0-9])[A-Za-z0-9-]{1,64}$' }
);

/** An agent's management id, such as `1834780238610855645`. */
export const agentIdCodec = stringThat(
  'an agent id: 1 to 20 digits',
  (value) => /^\d{1,20}$/.test(value),
  { pattern: '^[0-9]{1,20}$' }
);

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);

/** An agent as our own routes and `getAgents` hand it on. What SentinelOne left out is `null`. */
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
    /** ISO 8601, when the agent last talked to SentinelOne. */
    lastActiveDate: nullable(t.string),
  }),
  t.partial({
    /** The pattern in the settings of the space that keeps it from being isolated. */
    protectedBy: protectedHostCodec,
  }),
]);
export type Agent = Readonly<t.TypeOf<typeof agentCodec>>;

/** How one asks for a host: by the agent's UUID, its id, or both (then they must agree). */
export interface AgentReference {
  readonly uuid?: string;
  readonly agentId?: string;
}

/** What SentinelOne knows of a host that was asked for. */
export const hostStatusCodec = t.union([
  t.type({ state: t.literal('known'), agent: agentCodec }),
  /** No agent has this UUID or id. */
  t.type({ state: t.literal('unknown') }),
  /** Several agents share the UUID, as cloned machines do. */
  t.type({ state: t.literal('ambiguous'), agents: t.readonlyArray(agentCodec) }),
  /** The UUID and the id belong to different agents. */
  t.type({ state: t.literal('mismatch'), agents: t.readonlyArray(agentCodec) }),
]);
export type HostStatus = Readonly<t.TypeOf<typeof hostStatusCodec>>;

/** The same about agents of which more is known. */
export type HostStatusOf<A extends Agent> =
  | { readonly state: 'known'; readonly agent: A }
  | { readonly state: 'unknown' }
  | { readonly state: 'ambiguous' | 'mismatch'; readonly agents: readonly A[] };

/** What a person is shown. */
export type NetworkLabel =
  'connected' | 'isolating' | 'isolated' | 'releasing' | 'offline' | 'unknown';

/**
 * The label for an agent. "Isolated" only when SentinelOne reports `disconnected`; a pending state
 * stays visible while the agent is offline, because that is when it matters most.
 */
export function networkLabelOf(agent: Pick<Agent, 'networkStatus' | 'isActive'>): NetworkLabel {
  switch (agent.networkStatus) {
    case 'disconnected':
      return 'isolated';
    case 'disconnecting':
      return 'isolating';
    case 'connecting':
      return 'releasing';
    case 'connected':
      return agent.isActive === false ? 'offline' : 'connected';
    default:
      return agent.isActive === false ? 'offline' : 'unknown';
  }
}

/** Finds, among agents that an exact look-up returned, the one that `reference` names. */
export function hostStatusOf<A extends Agent>(
  reference: AgentReference,
  agents: readonly A[]
): HostStatusOf<A> {
  const { uuid, agentId } = reference;
  const byUuid = uuid === undefined ? [] : agents.filter((agent) => agent.uuid === uuid);
  const byId = agentId === undefined ? [] : agents.filter((agent) => agent.id === agentId);
  if (uuid !== undefined && agentId !== undefined) {
    const both = byUuid.filter((agent) => agent.id === agentId);
    if (both.length === 1) return { state: 'known', agent: both[0]! };
    const either = [...byUuid, ...byId];
    return either.length === 0 ? { state: 'unknown' } : { state: 'mismatch', agents: either };
  }
  const found = uuid !== undefined ? byUuid : byId;
  if (found.length === 1) return { state: 'known', agent: found[0]! };
  return found.length === 0 ? { state: 'unknown' } : { state: 'ambiguous', agents: found };
}
