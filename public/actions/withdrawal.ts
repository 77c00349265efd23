import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ShownStatus } from '../host_status/network_status';

/** An action on a host on which the opposite one was under way: it withdraws that. */

type WithdrawalText = (values: { readonly name: string }) => string;

/** Whether an action withdraws what was under way. `before` is what was shown of the host when it was confirmed. */
export const isWithdrawal = (action: ActionName, before: ShownStatus | undefined): boolean =>
  Object.values(ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].statuses.inProgress).some(
    (one) => one === before
  );

/** What is said once SentinelOne has accepted it, and how it goes on. */
export const WITHDRAWAL: Readonly<
  Record<
    ActionName,
    { readonly accepted: WithdrawalText; readonly offline: WithdrawalText; done: WithdrawalText }
  >
> = {
  release: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.accepted', {
        defaultMessage: 'Request accepted: withdrawing the isolation of {name}',
        values,
      }),
    offline: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.offline', {
        defaultMessage: '{name} is offline. It is not isolated when it is back online.',
        values,
      }),
    done: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.done', {
        defaultMessage: 'The isolation of {name} is withdrawn',
        values,
      }),
  },
  isolate: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.accepted', {
        defaultMessage: 'Request accepted: withdrawing the release of {name}',
        values,
      }),
    offline: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.offline', {
        defaultMessage: '{name} is offline. It is isolated when it is back online.',
        values,
      }),
    done: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.done', {
        defaultMessage: 'The release of {name} is withdrawn: it is isolated',
        values,
      }),
  },
};
