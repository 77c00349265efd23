import type { ProtectedField, ProtectedHost } from '../../common/host_guards';
import { matchesIpPattern } from '../../common/ip_pattern';
import { matchesWildcard } from '../../common/wildcard';
import type { AgentInFull } from '../management_api/agent_fields';

/** What a pattern is held against: all that SentinelOne says of the agent under that name. */
const VALUES: Readonly<
  Record<ProtectedField, (agent: AgentInFull) => ReadonlyArray<string | null>>
> = {
  name: ({ computerName }) => [computerName],
  agentId: ({ id }) => [id],
  uuid: ({ uuid }) => [uuid],
  site: ({ siteName }) => [siteName],
  group: ({ groupName }) => [groupName],
  tag: ({ tags }) => tags,
  ip: ({ addresses }) => addresses,
};

/** Whether the agent is one that `host` protects. */
export function isProtectedBy(agent: AgentInFull, { field, pattern }: ProtectedHost): boolean {
  const known = VALUES[field](agent).filter((value): value is string => value !== null);
  if (field === 'ip') return known.some((address) => matchesIpPattern(pattern, address));
  // What SentinelOne says nothing of is an empty text, which "*" stands for as well.
  return (known.length === 0 ? [''] : known).some((value) => matchesWildcard(pattern, value));
}

/** The first pattern that protects the agent; undefined when none does. */
export const protectionOf = (
  agent: AgentInFull,
  protectedHosts: readonly ProtectedHost[]
): ProtectedHost | undefined => protectedHosts.find((host) => isProtectedBy(agent, host));
