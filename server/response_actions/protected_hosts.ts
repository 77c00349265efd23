import type { ProtectedField, ProtectedHost } from '../../common/host_guards';
import { isInRange, parseIpRange } from '../../common/ip';
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

/** An address in its shortest and in its longest form, so that a pattern may be written as either. */
function formsOf(address: string): readonly string[] {
  const parsed = parseIpRange(address);
  if (parsed === undefined) return [address];
  const width = parsed.version === 4 ? 8n : 16n;
  const count = parsed.version === 4 ? 4 : 8;
  const groups = Array.from({ length: count }, (_, n) => {
    const group = (parsed.address >> (width * BigInt(count - 1 - n))) & ((1n << width) - 1n);
    return group.toString(parsed.version === 4 ? 10 : 16);
  });
  return [address, groups.join(parsed.version === 4 ? '.' : ':')];
}

function matchesAddress(pattern: string, address: string): boolean {
  const range = parseIpRange(pattern);
  if (range === undefined) return formsOf(address).some((form) => matchesWildcard(pattern, form));
  const parsed = parseIpRange(address);
  return parsed !== undefined && isInRange(parsed, range);
}

/** Whether the agent is one that `host` protects. */
export function isProtectedBy(agent: AgentInFull, { field, pattern }: ProtectedHost): boolean {
  const known = VALUES[field](agent).filter((value): value is string => value !== null);
  if (field === 'ip') return known.some((address) => matchesAddress(pattern, address));
  // What SentinelOne says nothing of is an empty text, which "*" stands for as well.
  return (known.length === 0 ? [''] : known).some((value) => matchesWildcard(pattern, value));
}

/** The first pattern that protects the agent; undefined when none does. */
export const protectionOf = (
  agent: AgentInFull,
  protectedHosts: readonly ProtectedHost[]
): ProtectedHost | undefined => protectedHosts.find((host) => isProtectedBy(agent, host));
