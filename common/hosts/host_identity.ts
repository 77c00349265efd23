import type { Agent, AgentReference } from './agent';
import type { AlertContext } from './alert';
import { LIMITS } from '../lib/constants';

/**
 * The identity of a host: the UUID and id of its agent, and the names that it may have. `AgentReference` is the part
 * that finds a host; names only confirm it. API requests and forms have this shape (`hostReferenceCodec`); alerts and
 * agents are converted to it here.
 */
export interface HostIdentity extends AgentReference {
  readonly name?: string;
  /** Instead of `name` where an alert contains several names: the host has one of these. */
  readonly names?: readonly string[];
}

/** The fields with which alerts and other documents identify a host. */
export interface AlertHostFields {
  readonly agentUuid?: string | null;
  readonly agentId?: string | null;
  readonly hostName?: string | null;
  readonly hostNames?: readonly string[];
}

/** The host that an alert identifies. */
export function identityOfAlertHost({
  agentUuid,
  agentId,
  hostName,
  hostNames = [],
}: AlertHostFields): HostIdentity {
  const name = hostName ?? (hostNames.length === 1 ? hostNames[0] : undefined);
  return {
    ...(agentUuid == null ? {} : { uuid: agentUuid }),
    ...(agentId == null ? {} : { agentId }),
    ...(name === undefined ? {} : { name }),
    ...(name !== undefined || hostNames.length === 0 ? {} : { names: hostNames }),
  };
}

/** The reference that finds exactly this agent. */
export const referenceOfAgent = ({ id, uuid }: Pick<Agent, 'id' | 'uuid'>): AgentReference => ({
  agentId: id,
  ...(uuid === null ? {} : { uuid }),
});

/** The host of an agent: this agent and no other. */
export const identityOfAgent = ({
  computerName,
  ...agent
}: Pick<Agent, 'id' | 'uuid' | 'computerName'>): HostIdentity => ({
  ...referenceOfAgent(agent),
  ...(computerName === null ? {} : { name: computerName }),
});

/** The context of a flyout that shows the host of an agent, without an alert. */
export const contextOfAgent = (
  agent: Pick<Agent, 'id' | 'uuid' | 'computerName'>
): AlertContext => {
  const { uuid, agentId, name } = identityOfAgent(agent);
  return { agentUuid: uuid, agentId, hostName: name };
};

/** How results and records identify a host. */
export const identityInResult = ({ uuid, agentId, name }: HostIdentity) => ({
  uuid: uuid ?? null,
  agentId: agentId ?? null,
  name: name ?? null,
});

/** The part of an identity that finds the host in SentinelOne; undefined if it has neither UUID nor id. */
export function agentReferenceOf({ uuid, agentId }: HostIdentity): AgentReference | undefined {
  if (uuid === undefined && agentId === undefined) return undefined;
  return { ...(uuid === undefined ? {} : { uuid }), ...(agentId === undefined ? {} : { agentId }) };
}

/** A key that is the same for the same reference. UUIDs and ids contain no slash. */
export const referenceKey = ({ uuid = '', agentId = '' }: AgentReference): string =>
  `${uuid}/${agentId}`;

/** The agent that an alert identifies, or undefined. */
export const referenceOfAlert = (alert: AlertHostFields): AgentReference | undefined =>
  agentReferenceOf(identityOfAlertHost(alert));

/** The distinct agents of a page of alerts, up to the limit of one status query. */
export function referencesOfAlerts(alerts: readonly AlertHostFields[]): readonly AgentReference[] {
  const byKey = new Map<string, AgentReference>();
  for (const alert of alerts) {
    const reference = referenceOfAlert(alert);
    if (reference !== undefined) byKey.set(referenceKey(reference), reference);
  }
  return [...byKey.values()].slice(0, LIMITS.agentsPerStatus);
}

/** The names that the host may have; none if the identity has no name. */
export const namesOf = ({
  name,
  names = [],
}: Pick<HostIdentity, 'name' | 'names'>): readonly string[] =>
  name === undefined ? names : [name, ...names];
