import { i18n } from '@kbn/i18n';
import { foundAgent, type HostStatus } from '../../common/agent';
import type { Reason } from '../../common/actions/reasons';
import type { ActionName } from '../../common/outcome';
import { reasonText } from '../../common/reason_text';
import type { Connection } from '../../common/routes';
import type { Problem } from '../api/describe_error';
import { actionFor, shownStatusOf, type ShownStatus } from '../hosts/network_status';
import { protectedFromYou, protectionOf } from './protection_text';
import { agentsDisagree } from './texts';

/** What is known about a host and the person who looks at it. `undefined` is not known yet. */
export interface Situation {
  /** What Kibana lets this person do. */
  readonly may: Readonly<Record<ActionName, boolean>>;
  /** Whether Kibana lets this person isolate protected hosts. */
  readonly mayOverride: boolean;
  /** Whether the alert names an agent at all. */
  readonly namesAgent: boolean;
  /** Why it names none, or none yet, where there is more to say than that. */
  readonly withoutAgent?: string;
  readonly connection: Connection | Problem | undefined;
  readonly status: HostStatus | Problem | undefined;
  /** The status that is shown, where it is ahead of SentinelOne's: right after an action. */
  readonly shown?: ShownStatus;
}

/** The one action that fits the host's status; with a reason, it cannot be used now. */
export interface AvailableAction {
  readonly action: ActionName;
  readonly disabledReason?: string;
  /** Whether a person has to choose one of several agents first. */
  readonly needsChoice?: true;
}

const isProblem = (value: object): value is Problem => 'what' in value;
/** What happened and what to do, as one text. */
export const both = ({ what, todo }: Pick<Problem, 'what' | 'todo'>): string => `${what} ${todo}`;

const noAgent = (): string =>
  i18n.translate('sentineloneResponse.takeAction.noAgent', {
    defaultMessage:
      'This alert names no SentinelOne agent: it has neither observer.serial_number nor an agent id.',
  });
/** What is said while the host's status is not known yet. */
export const checking = (): string =>
  i18n.translate('sentineloneResponse.takeAction.checking', {
    defaultMessage: 'Asking SentinelOne for the status of this host…',
  });

/** Why nothing can be done with any host, by the connectors; undefined when something can. */
export function connectionReason(connection: Situation['connection']): Reason | string | undefined {
  if (connection === undefined) return checking();
  if (isProblem(connection)) return both(connection);
  switch (connection.state) {
    case 'none':
      return 'no_connector';
    case 'several':
      return 'several_connectors';
    case 'one':
      return undefined;
  }
}

/** Why nothing can be done with a host; undefined when something can. */
export function hostReason(status: Situation['status']): Reason | string | undefined {
  if (status === undefined) return checking();
  if (isProblem(status)) return both(status);
  switch (status.state) {
    case 'unknown':
      return 'not_found';
    case 'ambiguous':
      return 'ambiguous';
    case 'mismatch':
      return both(agentsDisagree());
    case 'known':
    case 'partial_match':
      if (status.agent.isDecommissioned) return 'decommissioned';
      return status.agent.isUninstalled ? 'uninstalled' : undefined;
  }
}

const REASON_CODES: readonly string[] = [
  'no_connector',
  'several_connectors',
  'not_found',
  'ambiguous',
  'decommissioned',
  'uninstalled',
  'no_privilege',
];
const isCode = (reason: string): reason is Reason => REASON_CODES.includes(reason);

/** A reason of the functions above in words. */
export const inWords = (
  reason: Reason | string,
  action: ActionName,
  name?: string | null
): string => (isCode(reason) ? both(reasonText(reason, action, { name })) : reason);

/**
 * Which action the menu offers, and why it cannot be used. The server decides all of this again: here
 * it is only said before somebody tries.
 */
export function availableAction({
  may,
  mayOverride,
  namesAgent,
  withoutAgent,
  connection,
  status,
  shown,
}: Situation): AvailableAction {
  const known = status === undefined || isProblem(status) ? undefined : status;
  const action = actionFor(shown ?? (known === undefined ? undefined : shownStatusOf(known)));
  const agent = foundAgent(known);
  const name = agent?.computerName;
  const protection = mayOverride ? undefined : protectionOf(action, agent);
  const reason = !may[action]
    ? 'no_privilege'
    : !namesAgent
      ? (withoutAgent ?? noAgent())
      : (connectionReason(connection) ??
        hostReason(status) ??
        (protection === undefined ? undefined : protectedFromYou(protection)));
  if (reason === undefined) return { action };
  const isUndecided = known?.state === 'ambiguous' || known?.state === 'mismatch';
  const needsChoice = isUndecided && reason === hostReason(known);
  return {
    action,
    disabledReason: inWords(reason, action, name),
    ...(needsChoice ? { needsChoice } : {}),
  };
}
