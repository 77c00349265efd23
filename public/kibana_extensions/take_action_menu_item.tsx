import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import { DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { PLUGIN_NAME } from '../../common/lib/constants';
import type { AlertContext } from '../../common/hosts/alert';
import { hostsToChooseFrom, hostSubjectOf } from '../host_status/host_subject';
import { problemOfAlert, useAlert } from '../actions/single/use_alert';
import { useHostAndActions } from '../actions/single/use_host_and_actions';
import { hostNotChosen } from '../actions/single/use_host_choice';
import { problemText, checking, type AvailableAction } from '../actions/available_action';
import { TakeActionItem } from '../actions/take_action_item';
import { actionLabel, chooseHostLabel } from '../actions/texts';

/** The action's label, with the plugin's name if Security has an item with the same label for its own connector. */
const labelOf = (action: ActionName, besideAnother: boolean): string =>
  besideAnother
    ? i18n.translate('sentineloneResponse.menuItem.besideAnother', {
        defaultMessage: '{action} ({plugin})',
        values: { action: actionLabel(action), plugin: PLUGIN_NAME },
      })
    : actionLabel(action);

/** The items in Security's menu: the actions for the host's live status, or why they are not available. */
export const TakeActionMenuItem: FC<{
  readonly alert: AlertContext;
  readonly besideAnother: boolean;
  /** Without an action if the user has to choose the host, or one of several agents, first. */
  readonly onSelect: (context: AlertContext, action?: ActionName) => void;
}> = ({ alert: context, besideAnother, onSelect }) => {
  const { data: alert, error } = useAlert(context.alertId);
  const isSeveral = hostsToChooseFrom(context, alert) !== undefined;
  const subject = hostSubjectOf(context, alert);
  const host = useHostAndActions(subject, isSeveral ? hostNotChosen() : undefined);
  const [{ action: firstAction, needsChoice }] = host.available;
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
  const available: readonly AvailableAction[] =
    alert !== undefined
      ? host.available
      : [
          {
            action: DEFAULT_ACTION,
            disabledReason: error === null ? checking() : problemText(problemOfAlert(error)),
          },
        ];
  return (
    <>
      {available.map((one, n) => (
        // With the index as key, an item keeps the focus when its action changes.
        <TakeActionItem
          key={n}
          available={one}
          label={labelOf(one.action, besideAnother)}
          hasIcon={false}
          onSelect={(action) =>
            onSelect(
              {
                ...context,
                agentUuid: alert?.agentUuid ?? undefined,
                agentId: alert?.agentId ?? undefined,
                hostName: alert?.hostName ?? undefined,
              },
              action
            )
          }
        />
      ))}
    </>
  );
};
