import type { ProtectedField, ProtectedHost } from '../../common/host_guards';
import {
  ipPatternOf,
  isOfIpPattern,
  knownAddress,
  type KnownAddress,
} from '../../common/ip_pattern';
import { visibleName } from '../../common/visible_text';
import { lettersMatch, lettersOf } from '../../common/wildcard';
import type { AgentInFull } from '../management_api/agent_fields';

/** What a pattern is held against: all that SentinelOne says of the agent under that name. */
const VALUES: Readonly<
  Record<Exclude<ProtectedField, 'ip'>, (agent: AgentInFull) => ReadonlyArray<string | null>>
> = {
  name: ({ computerName, fullName }) => [fullName ?? computerName],
  agentId: ({ id }) => [id],
  uuid: ({ uuid }) => [uuid],
  site: ({ siteName }) => [siteName],
  group: ({ groupName }) => [groupName],
  tag: ({ tags }) => tags,
};

/** A pattern that is ready to be held against an agent. */
type Matcher = (agent: AgentInFull) => boolean;

/**
 * Hundreds of patterns are held against a thousand agents within one request: what is made of a pattern,
 * and of an agent's addresses, is made once.
 */
const matchers = new WeakMap<ProtectedHost, Matcher>();
const addresses = new WeakMap<AgentInFull, readonly KnownAddress[]>();

function addressesOf(agent: AgentInFull): readonly KnownAddress[] {
  const known = addresses.get(agent) ?? agent.addresses.map(knownAddress);
  addresses.set(agent, known);
  return known;
}

function matcherOf({ field, pattern }: ProtectedHost): Matcher {
  if (field === 'ip') {
    const ready = ipPatternOf(pattern);
    return (agent) => addressesOf(agent).some((address) => isOfIpPattern(ready, address));
  }
  // Names are read with every hidden character as an escape; a pattern that was copied may hold the same.
  const ready = lettersOf(field === 'name' ? visibleName(pattern) : pattern);
  return (agent) => {
    const known = VALUES[field](agent).filter((value): value is string => value !== null);
    // What SentinelOne says nothing of is an empty text, which "*" stands for as well.
    return (known.length === 0 ? [''] : known).some((value) =>
      lettersMatch(ready, lettersOf(value))
    );
  };
}

/** Whether the agent is one that `host` protects. */
export function isProtectedBy(agent: AgentInFull, host: ProtectedHost): boolean {
  const matcher = matchers.get(host) ?? matcherOf(host);
  matchers.set(host, matcher);
  return matcher(agent);
}

/** The first pattern that protects the agent; undefined when none does. */
export const protectionOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): Pattern | undefined => protectedHosts.find((host) => isProtectedBy(agent, host));

/** All patterns that protect the agent, in their order. */
export const protectionsOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): readonly Pattern[] => protectedHosts.filter((host) => isProtectedBy(agent, host));
