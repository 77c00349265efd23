import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Agent, HostStatusOf } from '../../common/hosts/agent';
import type { HostReference } from '../../common/api/connector';
import { identityInResult, identityOfAgent, namesOf } from '../../common/hosts/host_identity';
import { isSameHostName } from '../../common/hosts/host_name';
import { tellApart } from '../../common/hosts/host_name_difference';
import type { AppliedPattern } from '../../common/hosts/protection_settings';
import type { Refusal } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import { protectionText } from '../../common/actions/override';
import { overridePrivilegePath } from '../../common/actions/override_texts';
import { visibleName } from '../../common/lib/visible_text';
import type { AgentInFull } from '../sentinelone_client/agent_fields';
import { protectionsOf } from '../protection/protected_hosts';
import { listText } from '../../common/lib/list_text';

const lastSeenOf = ({ isActive, lastActiveDate }: Agent): string => {
  if (isActive === true) return 'online';
  return lastActiveDate === null ? 'offline' : `last seen ${lastActiveDate}`;
};

/** An agent with what tells it from others of the same name: `web-7 (agent id 1, online, site Lyon)`. */
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

/** The first few agents, and how many more there are. */
export const describeAgents = (agents: readonly Agent[]): string =>
  listText(agents.map(describeAgent), '; ');

/**
 * The decision of the guards for one host: send the command to this agent, or end with this result.
 */
export type Decision =
  | {
      readonly kind: 'send';
      readonly agent: Agent;
      /** The pattern that protects it, where that was overridden. */
      readonly overrides?: AppliedPattern;
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
    /** `why` is shown to the user: the missing privilege, or that the caller may never override. */
    | { readonly kind: 'denied'; readonly why: string };
}

/** What the guards need besides the host and its agent. */
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
function calledOtherwise(beginning: string, names: readonly string[], agent: Agent): string {
  const called = agent.computerName;
  if (called === null) {
    return `${beginning} ${names.map(visibleName).join(' or ')}, SentinelOne has no name for it`;
  }
  const pairs = names.map((name) => tellApart(name, called));
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
    return calledOtherwise('The confirmed name is', [confirmedName], agent);
  }
  const names = namesOf(host);
  if (names.length === 0 || names.some(isItsName)) return undefined;
  return calledOtherwise('The alert calls it', names, agent);
}

/** The UUID and the id belong to two different agents. */
const foundAsTwo = ({ uuid, agentId }: HostReference, agents: readonly Agent[]): string => {
  const byUuid = agents.filter((agent) => agent.uuid === uuid && agent.id !== agentId);
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

/** Whether the caller may isolate hosts that this pattern protects. */
const isOverridden = ({ spaceId }: AppliedPattern, override: Protection['override']): boolean =>
  override?.kind === 'granted' && (spaceId === undefined || override.alsoIn.has(spaceId));

const whyNotOverridden = (override: NonNullable<Protection['override']>): string =>
  override.kind === 'denied'
    ? override.why
    : `To override it takes the Kibana privilege "${overridePrivilegePath()}" in that space as well`;

/**
 * Compares the agents in SentinelOne with the host that the caller named. A command is sent only to
 * a host with a single match, the expected name and an active agent. A host that is found by its
 * UUID or its id alone, although both are given, is accepted only if a user confirmed its name.
 */
export function applyGuards(
  action: ActionName,
  host: HostReference,
  status: HostStatusOf<AgentInFull>,
  { protectedHosts, override, isAutomation }: GuardContext
): Decision {
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
  const { isHeldBackByProtection, read } = ACTION_DEFINITIONS[action];
  const protections = isHeldBackByProtection ? protectionsOf(agent, protectedHosts) : [];
  const standing = protections.find((pattern) => !isOverridden(pattern, override));
  if (standing !== undefined) {
    const why = override === undefined ? '' : `. ${whyNotOverridden(override)}`;
    return refused(named, 'protected', `${protectionText(standing)}${why}`, standing);
  }
  const [protection] = protections;
  const { kind } = read(agent);
  if (kind === 'reached' || kind === 'in_progress') {
    const waiting = kind === 'in_progress' && agent.isActive === false;
    const reason = waiting ? ({ reason: 'offline' } as const) : {};
    return { kind: 'end', result: { ...named, outcome: 'unchanged', ...reason } };
  }
  return { kind: 'send', agent, ...(protection === undefined ? {} : { overrides: protection }) };
}

/**
 * The confirmed result of a command, from reading the agent again: done, in progress (`requested`), or
 * undefined for neither.
 */
export function reachedBy(
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
