import { useEffect, type FC, useState } from 'react';
import { EuiCallOut, EuiFormRow, EuiSelect, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import {
  ActionConnectorMode,
  TextAreaWithMessageVariables,
  type ActionParamsProps,
} from '@kbn/triggers-actions-ui-plugin/public';
import { ACTIONS, DEFAULT_ACTION } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS, actionOfSubAction } from '../../common/actions/catalogue';
import { SUB_ACTION } from '../../common/lib/constants';
import { actionLabel } from '../actions/texts';
import type { ActionParams } from './action_params';
import { ConnectionTest } from './connection_test';
import { useReleaseTimes } from '../host_status/use_connection';
import {
  CUSTOM,
  minutesOf,
  minutesProblem,
  NEVER,
  NOT_CHOSEN,
  offeredMinutes,
  type ReleaseTimeChoice,
} from '../actions/release_time_choice';
import { ReleaseTimeField, useMayEnd } from '../actions/release_time_field';

/** The saved value as a choice. */
function choiceOf(minutes: number | undefined, offered: readonly number[]): ReleaseTimeChoice {
  if (minutes === undefined) return { ...NOT_CHOSEN, chosen: NEVER };
  return offered.includes(minutes)
    ? { ...NOT_CHOSEN, chosen: String(minutes) }
    : { chosen: CUSTOM, amount: String(minutes), unit: 'minutes' };
}

const NO_TIME: ReleaseTimeChoice = { ...NOT_CHOSEN, chosen: NEVER };

/**
 * When an isolation by a rule ends; nothing for actions that cannot end automatically. A new rule action begins with the
 * default of the protection settings, which is saved with the rule: a later change of the settings does not change it.
 */
const RuleReleaseTime: FC<
  Pick<
    ActionParamsProps<ActionParams>,
    'actionParams' | 'editAction' | 'errors' | 'index' | 'isDisabled'
  >
> = ({ actionParams: { subAction, subActionParams }, editAction, errors, index, isDisabled }) => {
  const action = actionOfSubAction(subAction);
  const times = useReleaseTimes();
  const { defaultMinutes, longestMinutes } = times;
  const saved = subActionParams?.releaseAfterMinutes;
  const [choice, setChoice] = useState(() =>
    choiceOf(saved, offeredMinutes(defaultMinutes, longestMinutes))
  );
  // What is saved without a time never ends.
  const [isNew] = useState(subAction === undefined);
  const [isTouched, setIsTouched] = useState(false);
  const mayEnd = useMayEnd(action ?? DEFAULT_ACTION);
  const canEnd = action !== undefined && ACTION_DEFINITIONS[action].canEndAutomatically;
  useEffect(() => {
    if (action === undefined || canEnd || saved === undefined) return;
    const { releaseAfterMinutes: _removed, ...kept } = subActionParams ?? {};
    setChoice(NO_TIME);
    editAction('subActionParams', kept, index);
  }, [action, canEnd, saved, subActionParams, editAction, index]);
  const prefilled =
    isNew && !isTouched && canEnd && mayEnd && defaultMinutes !== null && saved === undefined
      ? defaultMinutes
      : undefined;
  useEffect(() => {
    if (prefilled === undefined || minutesProblem(prefilled, longestMinutes) !== undefined) return;
    setChoice(choiceOf(prefilled, offeredMinutes(prefilled, longestMinutes)));
    const params = { ...subActionParams, releaseAfterMinutes: prefilled };
    editAction('subActionParams', params, index);
  }, [prefilled, longestMinutes, subActionParams, editAction, index]);
  if (action === undefined || !canEnd) return null;
  return (
    <ReleaseTimeField
      action={action}
      choice={choice}
      times={times}
      mayEnd={mayEnd}
      showProblem={errors.releaseAfterMinutes !== undefined}
      disabled={isDisabled === true}
      helpText={i18n.translate('sentineloneResponse.params.releaseTimeHelp', {
        defaultMessage:
          'Without an end, a rule with false alerts can keep many hosts off the network until a user releases each of them. A new alert for an isolated host restarts the time.',
      })}
      onChange={(next) => {
        setChoice(next);
        setIsTouched(true);
        const minutes = minutesOf(next, null);
        const { releaseAfterMinutes: _before, ...kept } = subActionParams ?? {};
        const time = minutes === undefined ? {} : { releaseAfterMinutes: minutes };
        editAction('subActionParams', { ...kept, ...time }, index);
      }}
    />
  );
};

const DEFAULT_SUB_ACTION = ACTION_DEFINITIONS[DEFAULT_ACTION].subAction;

const errorsOf = (errors: unknown): string[] =>
  Array.isArray(errors) ? errors.map(String) : typeof errors === 'string' ? [errors] : [];

/** The fields in a rule: the action on the hosts of its alerts, and the comment. */
const RuleFields: FC<ActionParamsProps<ActionParams>> = ({
  actionParams,
  actionConnector,
  editAction,
  errors,
  index,
  isDisabled,
  messageVariables,
}) => {
  const { subAction, subActionParams } = actionParams;
  const isChosen = actionOfSubAction(subAction) !== undefined;
  useEffect(() => {
    if (!isChosen) editAction('subAction', DEFAULT_SUB_ACTION, index);
  }, [isChosen, editAction, index]);
  // Kibana does not return the configuration of preconfigured connectors.
  const config = actionConnector?.config as { readonly allowAutomation?: unknown } | undefined;
  return (
    <>
      {config !== undefined && config.allowAutomation !== true ? (
        <>
          <EuiCallOut
            size="s"
            color="warning"
            iconType="warning"
            title={i18n.translate('sentineloneResponse.params.automationOff', {
              defaultMessage: 'This connector does not let rules act. The action will be refused',
            })}
          >
            <p>
              {i18n.translate('sentineloneResponse.params.automationOffTodo', {
                defaultMessage:
                  'An administrator can turn on "Let rules and API keys act" in Stack Management > Connectors.',
              })}
            </p>
          </EuiCallOut>
          <EuiSpacer size="m" />
        </>
      ) : null}
      <EuiFormRow
        fullWidth
        label={i18n.translate('sentineloneResponse.params.action', {
          defaultMessage: 'Action',
        })}
        helpText={i18n.translate('sentineloneResponse.params.actionHelp', {
          defaultMessage:
            'Runs for each host that the alerts identify by two values: agent UUID and agent id, or one of them and the host name. It runs without a review, with the privileges of the user who enabled the rule.',
        })}
        isInvalid={errorsOf(errors.subAction).length > 0}
        error={errorsOf(errors.subAction)}
      >
        <EuiSelect
          fullWidth
          value={isChosen ? subAction : DEFAULT_SUB_ACTION}
          disabled={isDisabled}
          options={ACTIONS.map((action) => ({
            value: ACTION_DEFINITIONS[action].subAction,
            text: actionLabel(action),
          }))}
          data-test-subj="sentineloneResponseSubAction"
          onChange={({ target }) => editAction('subAction', target.value, index)}
        />
      </EuiFormRow>
      <EuiSpacer size="m" />
      <RuleReleaseTime {...{ actionParams, editAction, errors, index, isDisabled }} />
      <TextAreaWithMessageVariables
        index={index}
        paramsProperty="comment"
        label={i18n.translate('sentineloneResponse.params.comment', { defaultMessage: 'Comment' })}
        // Undefined until the user types, so that Kibana shows no error before.
        inputTargetValue={subActionParams?.comment}
        isDisabled={isDisabled}
        messageVariables={messageVariables}
        errors={errorsOf(errors.comment)}
        editAction={(_, comment) => {
          const { releaseAfterMinutes } = subActionParams ?? {};
          const time = releaseAfterMinutes === undefined ? {} : { releaseAfterMinutes };
          editAction('subActionParams', { ...time, comment }, index);
        }}
      />
    </>
  );
};

/** The fields in the Test tab, which tests only the connection and never isolates a host. */
const TestFields: FC<ActionParamsProps<ActionParams>> = ({
  actionParams,
  actionConnector,
  editAction,
  index,
}) => {
  const { subAction, subActionParams } = actionParams;
  // One edit at a time: in Kibana's form, the second of two edits in one render reverts the first.
  useEffect(() => {
    if (subAction !== SUB_ACTION.testConnection) {
      editAction('subAction', SUB_ACTION.testConnection, index);
    } else if (subActionParams === undefined || Object.keys(subActionParams).length > 0) {
      editAction('subActionParams', {}, index);
    }
  }, [subAction, subActionParams, editAction, index]);
  return <ConnectionTest connectorId={actionConnector?.id} />;
};

/** The parameters of the connector, in a rule's actions and in the Test tab. */
export const ParamsFields: FC<ActionParamsProps<ActionParams>> = (props) =>
  props.executionMode === ActionConnectorMode.Test ? (
    <TestFields {...props} />
  ) : (
    <RuleFields {...props} />
  );
