import type { ProtectedField, ProtectedHost } from '../../common/hosts/protection_settings';
import {
  ipPatternOf,
  isOfIpPattern,
  knownAddress,
  type KnownAddress,
} from '../../common/hosts/ip_pattern';
import { visibleName } from '../../common/lib/visible_text';
import { lettersMatch, lettersOf, type Letters } from '../../common/hosts/wildcard';
import type { AgentInFull } from '../sentinelone_client/agent_fields';

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

type TextField = Exclude<ProtectedField, 'ip'>;

/** An agent that is ready to be held against patterns; what is not asked for is not made. */
class KnownAgent {
  private readonly texts = new Map<TextField, readonly Letters[]>();
  private readonly ips: { value?: readonly KnownAddress[] } = {};

  constructor(private readonly agent: AgentInFull) {}

  lettersOf(field: TextField): readonly Letters[] {
    const made = this.texts.get(field);
    if (made !== undefined) return made;
    const values = VALUES[field](this.agent).filter((value): value is string => value !== null);
    // What SentinelOne says nothing of is an empty text, which "*" stands for as well.
    const letters = (values.length === 0 ? [''] : values).map(lettersOf);
    this.texts.set(field, letters);
    return letters;
  }

  addresses(): readonly KnownAddress[] {
    return (this.ips.value ??= this.agent.addresses.map(knownAddress));
  }
}

/** A pattern that is ready to be held against an agent. */
type Matcher = (agent: KnownAgent) => boolean;

/**
 * Thousands of patterns (of all spaces) are held against a thousand agents within one request, and again with the
 * next: what is made of a pattern is kept, of so many at a time, and what is made of an agent is made once.
 */
const PATTERNS_KEPT = 20_000;
const matchers = new Map<string, Matcher>();
const knownAgents = new WeakMap<AgentInFull, KnownAgent>();

function knownAgent(agent: AgentInFull): KnownAgent {
  const known = knownAgents.get(agent) ?? new KnownAgent(agent);
  knownAgents.set(agent, known);
  return known;
}

function newMatcher({ field, pattern }: ProtectedHost): Matcher {
  if (field === 'ip') {
    const ready = ipPatternOf(pattern);
    return (agent) => agent.addresses().some((address) => isOfIpPattern(ready, address));
  }
  // Names are read with every hidden character as an escape; a pattern that was copied may hold the same.
  const ready = lettersOf(field === 'name' ? visibleName(pattern) : pattern);
  return (agent) => agent.lettersOf(field).some((letters) => lettersMatch(ready, letters));
}

const ofHost = new WeakMap<ProtectedHost, Matcher>();

function matcherOf(host: ProtectedHost): Matcher {
  const known = ofHost.get(host);
  if (known !== undefined) return known;
  const key = `${host.field}:${host.pattern}`;
  const matcher = matchers.get(key) ?? newMatcher(host);
  if (matchers.size >= PATTERNS_KEPT) matchers.clear();
  matchers.set(key, matcher);
  ofHost.set(host, matcher);
  return matcher;
}

/** Whether the agent is one that `host` protects. */
export const isProtectedBy = (agent: AgentInFull, host: ProtectedHost): boolean =>
  matcherOf(host)(knownAgent(agent));

/** The first pattern that protects the agent; undefined when none does. */
export const protectionOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): Pattern | undefined => {
  const known = knownAgent(agent);
  return protectedHosts.find((host) => matcherOf(host)(known));
};

/** All patterns that protect the agent, in their order. */
export const protectionsOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): readonly Pattern[] => {
  const known = knownAgent(agent);
  return protectedHosts.filter((host) => matcherOf(host)(known));
};
