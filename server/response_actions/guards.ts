import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Agent, HostStatusOf } from '../../common/hosts/agent';
import type { HostReference } from '../../common/api/connector';
import { identityInResult, identityOfAgent, namesOf } from '../../common/hosts/host_identity';
import { isSameHostName, showDifference } from '../../common/hosts/host_name';
import { isolationOf, type AppliedPattern } from '../../common/hosts/protection_settings';
import type { Refusal } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import { protectionText, overridePrivilegePath } from '../../common/actions/protection_override';
import { visibleName, listText } from '../../common/lib/text';
import type { AgentInFull } from '../sentinelone_client/decode_agent';
import { protectionsOf, strictestPattern } from '../protection/protected_hosts';

const lastSeenOf = ({ isActive, lastActiveDate }: Agent): string => {
  if (isActive === true) return 'online';
  return lastActiveDate === null ? 'offline' : `last seen ${lastActiveDate}`;
};

/**
 * Describes an agent so that it can be distinguished from others with the same name: `web-7 (agent id 1, online, site
 * Lyon)`.
 */
export function describeAgent(agent: Agent): string {
  const facts = [
    `agent id ${agent.id}`,
    lastSeenOf(agent),
    ...(agent.isDecommissioned ? ['decommissioned'] : []),
    ...(agent.isUninstalled ? ['uninstalled'] : []),
    ...(agent.siteName === null ? [] : [`site ${visibleName(agent.siteName)}`]),
  ];
  const name = agent.computerName === null ? 'no name' : visibleName(agent.computerName);
  return `${name} (${facts.join(', ')})`;
}

/** Describes the first few agents, and the number of further ones. */
export const describeAgents = (agents: readonly Agent[]): string =>
  listText(agents.map(describeAgent), '; ');

/**
 * The decision of the guards for one host: send the command to this agent, wait for approval by another user, or end
 * with this result.
 */
export type Decision =
  | {
      readonly kind: 'send';
      readonly agent: Agent;
      /** The pattern that protects it, if that was overridden. */
      readonly overrides?: AppliedPattern;
    }
  | {
      readonly kind: 'await_approval';
      readonly agent: Agent;
      /** A pattern that protects it. */
      readonly protectedBy: AppliedPattern;
    }
  | { readonly kind: 'end'; readonly result: HostResult };

/** The protected hosts, and whether the caller may override the protection. */
export interface Protection {
  readonly protectedHosts: readonly AppliedPattern[];
  /** Undefined if no override was requested. */
  readonly override?:
    | {
        readonly kind: 'granted';
        readonly comment: string;
        /** The other spaces whose patterns the caller may override too. */
        readonly alsoIn: ReadonlySet<string>;
      }
    /** `why` is shown to the user: the missing privilege, or why the caller may never override. */
    | { readonly kind: 'denied'; readonly why: string };
  /** Undefined if no approval by another user was requested or given. */
  readonly approval?:
    | {
        readonly kind: 'requested';
        readonly expiresAfterMinutes: number;
        /** Minutes from the approval to the automatic release, if the request states that. */
        readonly releaseAfterMinutes?: number;
      }
    /** `why` is shown to the user: why the caller may never request it. */
    | { readonly kind: 'denied'; readonly why: string }
    | {
        readonly kind: 'given';
        /** The other spaces for whose patterns the approver may also approve. */
        readonly alsoIn: ReadonlySet<string>;
      };
}

/** The context of the guards, besides the host and its agent. */
export interface GuardContext extends Protection {
  /** Whether the caller is a rule or a script, so that no person has confirmed the host. */
  readonly isAutomation: boolean;
}

/** The identifiers of a host in results, as SentinelOne reports them. */
export const namedBySentinelOne = (agent: Agent) => identityInResult(identityOfAgent(agent));

const refused = (
  host: Pick<HostResult, 'uuid' | 'agentId' | 'name'>,
  reason: Refusal,
  detail?: string,
  protectedBy?: AppliedPattern
): Decision => ({
  kind: 'end',
  result: {
    ...host,
    outcome: 'refused',
    reason,
    ...(detail === undefined ? {} : { detail }),
    ...(protectedBy === undefined ? {} : { protectedBy }),
  },
});

/** The expected names and the name in SentinelOne; `beginning` states where the names come from. */
function nameMismatchText(beginning: string, names: readonly string[], agent: Agent): string {
  const called = agent.computerName;
  if (called === null) {
    return `${beginning} ${names.map(visibleName).join(' or ')}, SentinelOne has no name for it`;
  }
  const pairs = names.map((name) => showDifference(name, called));
  const actual = pairs.map(([, shown]) => shown).find((shown) => shown !== visibleName(called));
  const expected = pairs.map(([shown]) => shown).join(' or ');
  return `${beginning} ${expected}, SentinelOne calls it ${actual ?? visibleName(called)}`;
}

/** Why the agent's name does not match the host; undefined if it matches. */
function nameProblem(host: HostReference, agent: Agent): string | undefined {
  const { confirmedName } = host;
  const isItsName = (name: string) => isSameHostName(name, agent.computerName);
  if (confirmedName !== undefined) {
    if (isItsName(confirmedName)) return undefined;
    return nameMismatchText('The confirmed name is', [confirmedName], agent);
  }
  const names = namesOf(host);
  if (names.length === 0 || names.some(isItsName)) return undefined;
  return nameMismatchText('The alert calls it', names, agent);
}

/** The UUID and the id belong to different agents. */
const foundAsTwo = ({ uuid, agentId }: HostReference, agents: readonly Agent[]): string => {
  const byUuid = agents.filter((agent) => agent.id !== agentId);
  const byId = agents.filter((agent) => agent.id === agentId);
  return `The UUID ${uuid} belongs to ${describeAgents(byUuid)}. The agent id ${agentId} belongs to ${describeAgents(byId)}. To act on one of them, give its agent id alone`;
};

/** Only the UUID or only the id belongs to an agent. */
function foundByOne(
  { uuid, agentId, confirmedName }: HostReference,
  { foundBy, agent }: Extract<HostStatusOf<Agent>, { readonly state: 'partial_match' }>,
  isAutomation: boolean
): string | undefined {
  if (!isAutomation && confirmedName !== undefined) return undefined;
  const found =
    foundBy === 'uuid'
      ? `No agent has the id ${agentId}. The UUID ${uuid} belongs to ${describeAgent(agent)}`
      : `No agent has the UUID ${uuid}. The agent id ${agentId} belongs to ${describeAgent(agent)}, whose UUID is ${agent.uuid ?? 'not reported'}`;
  return isAutomation
    ? `${found}. Rules and API keys act only on an agent that UUID and id agree on`
    : `${found}. Confirm its name to act on it`;
}

/** Whether the hosts that this pattern protects may be isolated, with a second comment or by another user's approval. */
function isOverridden(pattern: AppliedPattern, { override, approval }: GuardContext): boolean {
  const { spaceId } = pattern;
  const way = isolationOf(pattern);
  if (way === 'never') return false;
  const mayOverride = (alsoIn: ReadonlySet<string>) => spaceId === undefined || alsoIn.has(spaceId);
  if (approval?.kind === 'given' && mayOverride(approval.alsoIn)) return true;
  return way === 'with_comment' && override?.kind === 'granted' && mayOverride(override.alsoIn);
}

const NEVER = 'The settings do not allow any user to isolate it';
const NOT_REQUESTED = 'Another user has to approve its isolation: request approval';
const NOT_IN_THAT_SPACE = `To override it takes the Kibana privilege "${overridePrivilegePath()}" in that space as well`;

/** Returns why the protection of this pattern still applies; undefined if no override or approval was requested. */
function protectionReason(
  pattern: AppliedPattern,
  { override, approval }: GuardContext
): string | undefined {
  switch (isolationOf(pattern)) {
    case 'never':
      return NEVER;
    case 'with_approval':
      if (approval?.kind === 'denied') return approval.why;
      return approval?.kind === 'given' ? NOT_IN_THAT_SPACE : NOT_REQUESTED;
    case 'with_comment':
      if (override === undefined) return approval?.kind === 'given' ? NOT_IN_THAT_SPACE : undefined;
      return override.kind === 'denied' ? override.why : NOT_IN_THAT_SPACE;
  }
}

/** Whether the protection can be overridden by the approval that was requested. */
const canBeApproved = (standing: readonly AppliedPattern[], { approval }: GuardContext): boolean =>
  approval?.kind === 'requested' &&
  standing.some((pattern) => isolationOf(pattern) === 'with_approval') &&
  standing.every((pattern) => isolationOf(pattern) !== 'never');

/**
 * Compares the agents in SentinelOne with the host that the caller named. A command is sent only to
 * a host with a single match, the expected name and an active agent. A host that is found by its
 * UUID or its id alone, although both are given, is accepted only if a user confirmed its name.
 */
export function applyGuards(
  action: ActionName,
  host: HostReference,
  status: HostStatusOf<AgentInFull>,
  context: GuardContext
): Decision {
  const { protectedHosts, isAutomation } = context;
  switch (status.state) {
    case 'unknown':
      return refused(identityInResult(host), 'not_found');
    case 'ambiguous':
      return refused(
        identityInResult(host),
        'ambiguous',
        `SentinelOne has ${describeAgents(status.agents)}`
      );
    case 'mismatch':
      return refused(identityInResult(host), 'mismatch', foundAsTwo(host, status.agents));
    case 'partial_match':
    case 'known':
      break;
  }
  const { agent } = status;
  const named = namedBySentinelOne(agent);
  const mismatch =
    (status.state === 'partial_match' ? foundByOne(host, status, isAutomation) : undefined) ??
    nameProblem(host, agent);
  if (mismatch !== undefined) return refused(named, 'mismatch', mismatch);
  if (agent.isDecommissioned) return refused(named, 'decommissioned');
  if (agent.isUninstalled) return refused(named, 'uninstalled');
  const { isBlockedByProtection, read } = ACTION_DEFINITIONS[action];
  const protections = isBlockedByProtection ? protectionsOf(agent, protectedHosts) : [];
  const standing = protections.filter((pattern) => !isOverridden(pattern, context));
  const protectedBy = strictestPattern(standing);
  const isAwaiting = canBeApproved(standing, context);
  if (protectedBy !== undefined && !isAwaiting) {
    const why = protectionReason(protectedBy, context);
    const detail = `${protectionText(protectedBy)}${why === undefined ? '' : `. ${why}`}`;
    return refused(named, 'protected', detail, protectedBy);
  }
  const [protection] = protections;
  const { kind } = read(agent);
  if (kind === 'reached' || kind === 'in_progress') {
    const waiting = kind === 'in_progress' && agent.isActive === false;
    const reason = waiting ? ({ reason: 'offline' } as const) : {};
    return { kind: 'end', result: { ...named, outcome: 'unchanged', ...reason } };
  }
  if (protectedBy !== undefined) return { kind: 'await_approval', agent, protectedBy };
  return { kind: 'send', agent, ...(protection === undefined ? {} : { overrides: protection }) };
}

/**
 * The confirmed result of a command, from reading the agent again: done, in progress (`requested`), or
 * undefined for neither.
 */
export function confirmedOutcome(
  action: ActionName,
  agent: Agent,
  requestedAt: string
): 'done' | 'requested' | undefined {
  const { kind } = ACTION_DEFINITIONS[action].read(agent, requestedAt);
  if (kind === 'reached') return 'done';
  return kind === 'in_progress' ? 'requested' : undefined;
}

/**
 * The result of a host for which SentinelOne accepted the command. An offline host executes it when
 * it is online again.
 */
export const requestedResult = (agent: Agent): HostResult => ({
  ...namedBySentinelOne(agent),
  outcome: 'requested',
  ...(agent.isActive === false ? { reason: 'offline' as const } : {}),
});
