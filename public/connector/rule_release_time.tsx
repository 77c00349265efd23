import { useEffect, useState, type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { ActionParamsProps } from '@kbn/triggers-actions-ui-plugin/public';
import { DEFAULT_ACTION } from '../../common/actions/action_name';
import { actionOfSubAction, ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { useReleaseTimes } from '../host_status/use_connection';
import {
  CUSTOM,
  minutesOf,
  NEVER,
  NOT_CHOSEN,
  offeredMinutes,
  type ReleaseTimeChoice,
} from '../actions/release_time_choice';
import { ReleaseTimeField, useMayEnd } from '../actions/release_time_field';
import type { ActionParams } from './action_params';

/** What was saved, as a choice. */
function choiceOf(minutes: number | undefined, offered: readonly number[]): ReleaseTimeChoice {
  if (minutes === undefined) return { ...NOT_CHOSEN, chosen: NEVER };
  return offered.includes(minutes)
    ? { ...NOT_CHOSEN, chosen: String(minutes) }
    : { chosen: CUSTOM, amount: String(minutes), unit: 'minutes' };
}

/** When an isolation by a rule ends; nothing for actions that cannot end automatically. */
export const RuleReleaseTime: FC<
  Pick<
    ActionParamsProps<ActionParams>,
    'actionParams' | 'editAction' | 'errors' | 'index' | 'isDisabled'
  >
> = ({ actionParams: { subAction, subActionParams }, editAction, errors, index, isDisabled }) => {
  const action = actionOfSubAction(subAction);
  const times = useReleaseTimes();
  const saved = subActionParams?.releaseAfterMinutes;
  const [choice, setChoice] = useState(() =>
    choiceOf(saved, offeredMinutes(null, times.longestMinutes))
  );
  const mayEnd = useMayEnd(action ?? DEFAULT_ACTION);
  const canEnd = action !== undefined && ACTION_DEFINITIONS[action].canEndAutomatically;
  useEffect(() => {
    if (action === undefined || canEnd || saved === undefined) return;
    const { releaseAfterMinutes: _removed, ...kept } = subActionParams ?? {};
    editAction('subActionParams', kept, index);
  }, [action, canEnd, saved, subActionParams, editAction, index]);
  if (action === undefined || !canEnd) return null;
  return (
    <ReleaseTimeField
      action={action}
      choice={choice}
      times={{ ...times, defaultMinutes: null }}
      mayEnd={mayEnd}
      showProblem={errors.releaseAfterMinutes !== undefined}
      disabled={isDisabled === true}
      helpText={i18n.translate('sentineloneResponse.params.releaseTimeHelp', {
        defaultMessage:
          'Without an end, a rule with false alerts can keep many hosts off the network until somebody releases each of them. A new alert for an isolated host starts the time again.',
      })}
      onChange={(next) => {
        setChoice(next);
        const minutes = minutesOf(next, null);
        const { releaseAfterMinutes: _before, ...kept } = subActionParams ?? {};
        const time = minutes === undefined ? {} : { releaseAfterMinutes: minutes };
        editAction('subActionParams', { ...kept, ...time }, index);
      }}
    />
  );
};
