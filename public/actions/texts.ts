import { i18n } from '@kbn/i18n';
import type { HostState, HostText } from '../../common/actions/action_definition';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ReasonText } from '../../common/actions/reason_texts';
import type { Agent } from '../../common/hosts/agent';
import type { ShownStatus } from '../host_status/network_status';

/** Texts of actions that several components share. */

export const actionLabel = (action: ActionName): string => ACTION_DEFINITIONS[action].texts.label();

/** The label instead of an action when the user has to choose one of several hosts or agents first. */
export const chooseHostLabel = (): string =>
  i18n.translate('sentineloneResponse.action.chooseHost', {
    defaultMessage: 'Choose SentinelOne host…',
  });

/** The label of the button that requests approval by another user. */
export const requestApprovalLabel = (): string =>
  i18n.translate('sentineloneResponse.action.requestApproval', {
    defaultMessage: 'Request approval',
  });

/** The label of the button that sends an action on one host. */
export function sendLabel(
  action: ActionName,
  host: string,
  {
    isProtected,
    needsApproval,
    isAgain,
  }: {
    readonly isProtected: boolean;
    readonly needsApproval: boolean;
    readonly isAgain: boolean;
  }
): string {
  if (needsApproval) return requestApprovalLabel();
  const { send, sendAgain, overrideProtection } = ACTION_DEFINITIONS[action].texts;
  if (isProtected && overrideProtection !== undefined) return overrideProtection.send({ host });
  return (isAgain ? sendAgain : send)({ host });
}

/** A host that has no name in SentinelOne. */
export const namelessHost = (): string =>
  i18n.translate('sentineloneResponse.action.namelessHost', {
    defaultMessage: 'the host without a name',
  });

/** The UUID and the agent id of an alert belong to different agents. */
export const conflictingAgents = (): ReasonText => ({
  what: i18n.translate('sentineloneResponse.action.agentsDisagree.what', {
    defaultMessage: 'The agent UUID and the agent id in the alert belong to different agents.',
  }),
  todo: i18n.translate('sentineloneResponse.action.agentsDisagree.todo', {
    defaultMessage: 'Check which machine the alert is about, and choose it by its agent id.',
  }),
});

/**
 * The effect of an action on a host, in one or two sentences. `status` is the status that is shown for the host; undefined
 * if it is not known.
 */
export function actionEffect(
  action: ActionName,
  host: string,
  status: ShownStatus | undefined,
  agent: Pick<Agent, 'isActive'> | undefined
): string {
  const { effect, effectByState } = ACTION_DEFINITIONS[action].texts;
  const state: ShownStatus | HostState | undefined =
    status === 'isolated' && agent?.isActive === false ? 'isolated_offline' : status;
  const byState: Partial<Record<ShownStatus | HostState, HostText>> = effectByState;
  const text = state === undefined ? undefined : byState[state];
  return (text ?? effect)({ host });
}
