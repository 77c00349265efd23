import { i18n } from '@kbn/i18n';
import type { HostProperty } from '../../common/hosts/host_property';
import { ACTION_DEFINITIONS, changedProperties } from '../../common/actions/catalogue';
import { foundAgent, type HostStatus } from '../../common/hosts/agent';
import type { Reason } from '../../common/actions/reasons';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import { reasonText } from '../../common/actions/describe_reason';
import type { Connection } from '../../common/api/routes';
import type { Problem } from '../lib/describe_error';
import {
  actionFor,
  LISTED_PROPERTY,
  shownStatusOf,
  type ShownStatus,
} from '../host_status/network_status';
import {
  canOverrideProtection,
  protectedReason,
  protectionOf,
  isolationPolicyOf,
} from './protection';
import { conflictingAgents } from './texts';

/** The conditions of an action: privileges, connector and host. `undefined` is not known yet. */
export interface ActionContext {
  /** The user's privileges for actions. */
  readonly may: Readonly<Record<ActionName, boolean>>;
  /** Whether the user has the privilege to isolate protected hosts. */
  readonly mayOverride: boolean;
  /** Whether the alert identifies an agent. */
  readonly namesAgent: boolean;
  /** Why the alert identifies no agent, if there is more to explain. */
  readonly withoutAgent?: MissingAgent;
  readonly connection: Connection | Problem | undefined;
  readonly status: HostStatus | Problem | undefined;
  /** The status that is shown of a property, if it differs from SentinelOne's: directly after an action. */
  readonly shownOn?: (property: HostProperty) => ShownStatus | undefined;
}

/** Why an alert identifies no agent for an action. */
export interface MissingAgent {
  readonly text: string;
  /** Whether the user has to choose one of several hosts first. */
  readonly needsChoice?: true;
}

/** Why an action is not available. */
export type Unavailable =
  /** Not known yet. */
  | { readonly kind: 'checking' }
  | { readonly kind: 'reason'; readonly reason: Reason }
  | { readonly kind: 'problem'; readonly problem: Pick<Problem, 'what' | 'todo'> };

/** The action to suggest for the host's status. With `disabledReason`, it is not available now. */
export interface AvailableAction {
  readonly action: ActionName;
  /** A text for the user. */
  readonly disabledReason?: string;
  /** What the user has to choose first, if there are several. */
  readonly needsChoice?: 'agent' | 'host';
}

const isProblem = (value: object): value is Problem => 'what' in value;
/** What happened and what to do, as one text. */
export const problemText = ({ what, todo }: Pick<Problem, 'what' | 'todo'>): string =>
  `${what} ${todo}`;

const noAgent = (): string =>
  i18n.translate('sentineloneResponse.takeAction.noAgent', {
    defaultMessage:
      'This alert does not identify a SentinelOne agent: it contains neither observer.serial_number nor an agent id.',
  });
/** The reason while the host's status is loading. */
export const checking = (): string =>
  i18n.translate('sentineloneResponse.takeAction.checking', {
    defaultMessage: 'Checking the status of this host in SentinelOne…',
  });

const isChecking: Unavailable = { kind: 'checking' };
const forReason = (reason: Reason): Unavailable => ({ kind: 'reason', reason });

/** Why the connectors do not allow actions; undefined when they do. */
export function connectionReason(connection: ActionContext['connection']): Unavailable | undefined {
  if (connection === undefined) return isChecking;
  if (isProblem(connection)) return { kind: 'problem', problem: connection };
  switch (connection.state) {
    case 'none':
      return forReason('no_connector');
    case 'several':
      return forReason('several_connectors');
    case 'one':
      return undefined;
  }
}

/** Why a host does not allow actions; undefined when it does. */
export function hostReason(status: ActionContext['status']): Unavailable | undefined {
  if (status === undefined) return isChecking;
  if (isProblem(status)) return { kind: 'problem', problem: status };
  switch (status.state) {
    case 'unknown':
      return forReason('not_found');
    case 'ambiguous':
      return forReason('ambiguous');
    case 'mismatch':
      return { kind: 'problem', problem: conflictingAgents() };
    case 'known':
    case 'partial_match':
      if (status.agent.isDecommissioned) return forReason('decommissioned');
      return status.agent.isUninstalled ? forReason('uninstalled') : undefined;
  }
}

/** Why an action is not available, as a text; `name` is the host's. */
export function unavailableText(
  unavailable: Unavailable,
  action: ActionName,
  name?: string | null
): string {
  switch (unavailable.kind) {
    case 'checking':
      return checking();
    case 'reason':
      return problemText(reasonText(unavailable.reason, action, { name }));
    case 'problem':
      return problemText(unavailable.problem);
  }
}

/**
 * The action that menus offer for a property of the host, and why it is not available. This is only information for the
 * user: the server makes all of these checks again.
 */
export function availableAction(
  { may, mayOverride, namesAgent, withoutAgent, connection, status, shownOn }: ActionContext,
  property: HostProperty = LISTED_PROPERTY
): AvailableAction {
  const known = status === undefined || isProblem(status) ? undefined : status;
  const agent = foundAgent(known);
  const shown = shownOn?.(property) ?? (known && shownStatusOf(known, property));
  const action = actionFor(shown, property);
  const name = agent?.computerName;
  const protection = protectionOf(action, agent);
  const way = isolationPolicyOf(action, agent);
  const isUndecided = known?.state === 'ambiguous' || known?.state === 'mismatch';
  const disabled = (disabledReason: string, needsChoice?: AvailableAction['needsChoice']) => ({
    action,
    disabledReason,
    ...(needsChoice === undefined ? {} : { needsChoice }),
  });
  if (!may[action]) return disabled(unavailableText(forReason('no_privilege'), action, name));
  if (!namesAgent) {
    if (withoutAgent === undefined) return disabled(noAgent());
    return disabled(withoutAgent.text, withoutAgent.needsChoice && 'host');
  }
  const ofConnection = connectionReason(connection);
  if (ofConnection !== undefined) return disabled(unavailableText(ofConnection, action, name));
  const ofHost = hostReason(status);
  if (ofHost !== undefined) {
    return disabled(unavailableText(ofHost, action, name), isUndecided ? 'agent' : undefined);
  }
  return protection === undefined || way === undefined || canOverrideProtection(way, mayOverride)
    ? { action }
    : disabled(protectedReason(protection, way));
}

/** Whether the user has the privilege for an action on the property. */
const mayChange = (property: HostProperty, { may }: ActionContext): boolean =>
  ACTIONS.some((action) => ACTION_DEFINITIONS[action].property === property && may[action]);

/**
 * The action for each property that actions change, in the order in which menus list them; at least one. After the first
 * property, only those that the user has a privilege for.
 */
export const availableActions = (
  situation: ActionContext
): readonly [AvailableAction, ...AvailableAction[]] => {
  const [first = LISTED_PROPERTY, ...others] = changedProperties();
  return [
    availableAction(situation, first),
    ...others
      .filter((property) => mayChange(property, situation))
      .map((property) => availableAction(situation, property)),
  ];
};
