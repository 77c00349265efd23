import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ReasonText } from '../../common/actions/reason_texts';

/** The words of an action, the same wherever it is offered. */

export const actionLabel = (action: ActionName): string => ACTION_DEFINITIONS[action].texts.label();

/** In place of an action where one of several hosts or agents has to be chosen first. */
export const chooseHostLabel = (): string =>
  i18n.translate('sentineloneResponse.action.chooseHost', {
    defaultMessage: 'Choose SentinelOne host…',
  });

/** The button that sends one host's action: what it does, and to which host. */
export function sendLabel(
  action: ActionName,
  host: string,
  { isProtected, isAgain }: { readonly isProtected: boolean; readonly isAgain: boolean }
): string {
  const { send, sendAgain, overrideProtection } = ACTION_DEFINITIONS[action].texts;
  if (isProtected && overrideProtection !== undefined) return overrideProtection.send({ host });
  return (isAgain ? sendAgain : send)({ host });
}

/** A host whose name SentinelOne does not tell. */
export const namelessHost = (): string =>
  i18n.translate('sentineloneResponse.action.namelessHost', {
    defaultMessage: 'the host without a name',
  });

/** The UUID and the id of one alert lead to different agents; one of them has to be chosen. */
export const agentsDisagree = (): ReasonText => ({
  what: i18n.translate('sentineloneResponse.action.agentsDisagree.what', {
    defaultMessage: 'The agent UUID and the agent id in the alert belong to different agents.',
  }),
  todo: i18n.translate('sentineloneResponse.action.agentsDisagree.todo', {
    defaultMessage: 'Find out which machine the alert is about, and choose it by its agent id.',
  }),
});
