import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { PLUGIN_NAME } from '../../common/lib/constants';
import type { AlertContext } from '../../common/hosts/alert';
import { useConnection } from '../host_status/use_connection';
import { hostsToChooseFrom, hostSubjectOf } from '../host_status/host_subject';
import {
  problemOfAlert,
  useAlert,
  useHostAndActions,
} from '../actions/single/use_host_and_actions';
import { hostNotChosen } from '../actions/single/host_choice';
import {
  checking,
  connectionReason,
  problemText,
  type AvailableAction,
} from '../actions/available_action';
import { TakeActionItem } from '../actions/take_action_button';
import { actionLabel, chooseHostLabel } from '../actions/texts';
import { actionsWithoutStatus } from '../actions/without_status';
import { useFirstAnswers } from '../lib/use_first_answers';
import { useWaitStage } from '../host_status/slow_answer';

/** A label, with the plugin's name if Security has items with the same labels for its own connector. */
const withPluginName = (label: string, followsBuiltInItem: boolean): string =>
  followsBuiltInItem
    ? i18n.translate('sentineloneResponse.menuItem.followsBuiltInItem', {
        defaultMessage: '{action} ({plugin})',
        values: { action: label, plugin: PLUGIN_NAME },
      })
    : label;

/** The reason while SentinelOne takes long to answer. */
const slowReason = (): string =>
  i18n.translate('sentineloneResponse.menuItem.slow', {
    defaultMessage:
      'SentinelOne is slow to answer. The action is available when the status of the host is known.',
  });

/** An item of the menu. */
interface Item extends AvailableAction {
  readonly label: string;
  readonly isWithoutStatus?: true;
}

/** The items in Security's menu: the actions for the host's live status, or why they are not available. */
export const TakeActionMenuItem: FC<{
  readonly alert: AlertContext;
  readonly followsBuiltInItem: boolean;
  /** Without an action if the user has to choose the host, or one of several agents, first. */
  readonly onSelect: (
    context: AlertContext,
    action?: ActionName,
    options?: { readonly isWithoutStatus: boolean }
  ) => void;
}> = ({ alert: context, followsBuiltInItem, onSelect }) => {
  useFirstAnswers(
    context.alertId === undefined ? undefined : { alertId: context.alertId, statusOnly: true }
  );
  const { data: alert, error } = useAlert(context.alertId);
  const isSeveral = hostsToChooseFrom(context, alert) !== undefined;
  const subject = hostSubjectOf(context, alert);
  const host = useHostAndActions(subject, isSeveral ? hostNotChosen() : undefined);
  const [{ action: firstAction, needsChoice }] = host.available;
  const connection = useConnection();
  const stage = useWaitStage(alert !== undefined && host.live.isWaiting);
  if (alert !== undefined && needsChoice !== undefined) {
    return (
      <TakeActionItem
        available={{ action: firstAction }}
        label={chooseHostLabel()}
        hasIcon={false}
        onSelect={() => onSelect(context)}
      />
    );
  }
  const isWithoutAnswer =
    stage === 'very_slow' ||
    (host.status === undefined && host.live.problem?.reason === 'timed_out');
  const withoutStatus =
    isWithoutAnswer && connectionReason(connection) === undefined
      ? actionsWithoutStatus(subject, host.may)
      : [];
  const notLoaded = (): AvailableAction => ({
    action: DEFAULT_ACTION,
    disabledReason: error === null ? checking() : problemText(problemOfAlert(error)),
  });
  const available = alert === undefined ? [notLoaded()] : host.available;
  const items: readonly Item[] =
    withoutStatus.length > 0
      ? withoutStatus.map((action) => ({
          action,
          label: ACTION_DEFINITIONS[action].texts.withoutStatus(),
          isWithoutStatus: true,
        }))
      : available.map((one) => ({
          ...one,
          label: actionLabel(one.action),
          ...(stage !== 'short' && one.disabledReason === checking()
            ? { disabledReason: slowReason() }
            : {}),
        }));
  return (
    <>
      {items.map(({ label, isWithoutStatus = false, ...one }, n) => (
        // With the index as key, an item keeps the focus when its action changes.
        <TakeActionItem
          key={n}
          available={one}
          label={withPluginName(label, followsBuiltInItem)}
          hasIcon={false}
          onSelect={(action) =>
            onSelect(
              {
                ...context,
                agentUuid: alert?.agentUuid ?? undefined,
                agentId: alert?.agentId ?? undefined,
                hostName: alert?.hostName ?? undefined,
              },
              action,
              { isWithoutStatus }
            )
          }
        />
      ))}
    </>
  );
};
