import {
  isolationOf,
  strictestIsolation,
  type AppliedPattern,
  type ProtectedField,
  type ProtectedHost,
} from '../../common/hosts/protection_settings';
import {
  addressForms,
  matchesParsedIpPattern,
  parseIpPattern,
  type AddressForms,
  matchesPrepared,
  prepareText,
  type PreparedText,
} from '../../common/hosts/match_pattern';
import { visibleName } from '../../common/lib/text';
import type { AgentInFull } from '../sentinelone_client/decode_agent';

type TextField = Exclude<ProtectedField, 'ip'>;

/** The values of an agent that a pattern of each field is matched with. */
const VALUES: Readonly<Record<TextField, (agent: AgentInFull) => ReadonlyArray<string | null>>> = {
  name: ({ computerName, fullName }) => [fullName ?? computerName],
  agentId: ({ id }) => [id],
  uuid: ({ uuid }) => [uuid],
  site: ({ siteName }) => [siteName],
  group: ({ groupName }) => [groupName],
  tag: ({ tags }) => tags,
};

/** An agent's values, each prepared at its first use. */
class PreparedAgent {
  private readonly prepared = new Map<TextField, readonly PreparedText[]>();
  private forms: readonly AddressForms[] | undefined;

  constructor(private readonly agent: AgentInFull) {}

  texts(field: TextField): readonly PreparedText[] {
    const known = this.prepared.get(field);
    if (known !== undefined) return known;
    const values = VALUES[field](this.agent).filter((value): value is string => value !== null);
    // A missing value is an empty text, which "*" matches too.
    const texts = (values.length === 0 ? [''] : values).map(prepareText);
    this.prepared.set(field, texts);
    return texts;
  }

  addresses(): readonly AddressForms[] {
    return (this.forms ??= this.agent.addresses.map(addressForms));
  }
}

type Matcher = (agent: PreparedAgent) => boolean;

/**
 * One request can match thousands of patterns (of all spaces) with a thousand agents, and the next request the same
 * ones. Patterns are parsed once, up to this number; agents are prepared once.
 */
const MATCHERS_KEPT = 20_000;
const matchers = new Map<string, Matcher>();
const matcherOfHost = new WeakMap<ProtectedHost, Matcher>();
const preparedAgents = new WeakMap<AgentInFull, PreparedAgent>();

function prepareAgent(agent: AgentInFull): PreparedAgent {
  const prepared = preparedAgents.get(agent) ?? new PreparedAgent(agent);
  preparedAgents.set(agent, prepared);
  return prepared;
}

function createMatcher({ field, pattern }: ProtectedHost): Matcher {
  if (field === 'ip') {
    const parsed = parseIpPattern(pattern);
    return (agent) => agent.addresses().some((forms) => matchesParsedIpPattern(parsed, forms));
  }
  // Names of agents are read with hidden characters as escapes; a copied pattern may contain those characters.
  const prepared = prepareText(field === 'name' ? visibleName(pattern) : pattern);
  return (agent) => agent.texts(field).some((text) => matchesPrepared(prepared, text));
}

function matcherOf(host: ProtectedHost): Matcher {
  const known = matcherOfHost.get(host);
  if (known !== undefined) return known;
  const key = `${host.field}:${host.pattern}`;
  const matcher = matchers.get(key) ?? createMatcher(host);
  if (matchers.size >= MATCHERS_KEPT) matchers.clear();
  matchers.set(key, matcher);
  matcherOfHost.set(host, matcher);
  return matcher;
}

/** Whether the pattern protects the agent. */
export const isProtectedBy = (agent: AgentInFull, host: ProtectedHost): boolean =>
  matcherOf(host)(prepareAgent(agent));

/** The first pattern that protects the agent; undefined when none does. */
export const protectionOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): Pattern | undefined => {
  const prepared = prepareAgent(agent);
  return protectedHosts.find((host) => matcherOf(host)(prepared));
};

/** All patterns that protect the agent, in their order. */
export const protectionsOf = <Pattern extends ProtectedHost>(
  agent: AgentInFull,
  protectedHosts: readonly Pattern[]
): readonly Pattern[] => {
  const prepared = prepareAgent(agent);
  return protectedHosts.filter((host) => matcherOf(host)(prepared));
};

/** Returns the first of the patterns with the strictest rule for isolating their hosts; undefined for none. */
export function strictestPattern(patterns: readonly AppliedPattern[]): AppliedPattern | undefined {
  const strictest = strictestIsolation(patterns.map(isolationOf));
  return patterns.find((pattern) => isolationOf(pattern) === strictest);
}
