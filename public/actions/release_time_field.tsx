import type { FC, RefObject } from 'react';
import {
  EuiFieldNumber,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormRow,
  EuiSelect,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { PLUGIN_ID } from '../../common/lib/constants';
import { useServices } from '../lib/services';
import {
  CUSTOM,
  minutesOf,
  minutesProblem,
  minutesText,
  NEVER,
  offeredMinutes,
  selectedOption,
  UNITS,
  unitText,
  type ReleaseTimeChoice,
  type Unit,
} from './release_time_choice';
import type { ReleaseTimes } from '../../common/hosts/protection_settings';

/** Whether the user may request the action that ends this one. The connector checks it again. */
export function useMayEnd(action: ActionName): boolean {
  const { capabilities } = useServices().core.application;
  const { capability } = ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].privilege;
  return capabilities[PLUGIN_ID]?.[capability] === true;
}

const label = (): string =>
  i18n.translate('sentineloneResponse.releaseTime.label', {
    defaultMessage: 'Release automatically',
  });

export interface ReleaseTimeFieldProps {
  readonly choice: ReleaseTimeChoice;
  readonly onChange: (choice: ReleaseTimeChoice) => void;
  readonly times: ReleaseTimes;
  /** Whether the user has the privilege to release. */
  readonly mayEnd: boolean;
  /** The action that can end. */
  readonly action: ActionName;
  readonly showProblem: boolean;
  readonly disabled: boolean;
  readonly inputRef?: RefObject<HTMLInputElement>;
  /** Whether `never` is an option; default: yes. */
  readonly isOptional?: boolean;
  readonly helpText?: string;
}

/** When an isolation ends: never, one of the usual times, or a custom one. */
export const ReleaseTimeField: FC<ReleaseTimeFieldProps> = ({
  choice,
  onChange,
  times: { defaultMinutes, longestMinutes },
  mayEnd,
  action,
  showProblem,
  disabled,
  inputRef,
  isOptional = true,
  helpText = '',
}) => {
  const privilege = ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].texts.privilege();
  const option = mayEnd ? selectedOption(choice, defaultMinutes) : NEVER;
  const problem = minutesProblem(minutesOf(choice, defaultMinutes), longestMinutes);
  const isInvalid = mayEnd && showProblem && problem !== undefined;
  const options = [
    ...(isOptional
      ? [
          {
            value: NEVER,
            text: i18n.translate('sentineloneResponse.releaseTime.never', {
              defaultMessage: 'Never',
            }),
          },
        ]
      : []),
    ...offeredMinutes(defaultMinutes, longestMinutes).map((minutes) => ({
      value: String(minutes),
      text: i18n.translate('sentineloneResponse.releaseTime.after', {
        defaultMessage: 'After {time}',
        values: { time: minutesText(minutes) },
      }),
    })),
    {
      value: CUSTOM,
      text: i18n.translate('sentineloneResponse.releaseTime.custom', {
        defaultMessage: 'Custom time',
      }),
    },
  ];
  return (
    <>
      <EuiFormRow
        fullWidth
        label={label()}
        helpText={
          mayEnd
            ? helpText
            : i18n.translate('sentineloneResponse.releaseTime.noPrivilege', {
                defaultMessage: 'You need the privilege "{privilege}" to choose a time.',
                values: { privilege },
              })
        }
      >
        <EuiSelect
          fullWidth
          value={option}
          options={options}
          disabled={disabled || !mayEnd}
          data-test-subj="sentineloneResponseReleaseTime"
          onChange={({ target }) => onChange({ ...choice, chosen: target.value })}
        />
      </EuiFormRow>
      {option === CUSTOM ? (
        <>
          <EuiSpacer size="s" />
          <EuiFormRow fullWidth isInvalid={isInvalid} error={problem}>
            <EuiFlexGroup gutterSize="s" responsive={false}>
              <EuiFlexItem>
                <EuiFieldNumber
                  fullWidth
                  min={1}
                  value={choice.amount}
                  isInvalid={isInvalid}
                  disabled={disabled}
                  inputRef={(input) => {
                    if (inputRef !== undefined) {
                      (inputRef as { current: HTMLInputElement | null }).current = input;
                    }
                  }}
                  aria-label={i18n.translate('sentineloneResponse.releaseTime.amount', {
                    defaultMessage: 'Time until the automatic release',
                  })}
                  data-test-subj="sentineloneResponseReleaseAmount"
                  onChange={({ target }) => onChange({ ...choice, amount: target.value })}
                />
              </EuiFlexItem>
              <EuiFlexItem grow={false}>
                <EuiSelect
                  value={choice.unit}
                  options={(Object.keys(UNITS) as Unit[]).map((unit) => ({
                    value: unit,
                    text: unitText(unit),
                  }))}
                  disabled={disabled}
                  aria-label={i18n.translate('sentineloneResponse.releaseTime.unit', {
                    defaultMessage: 'Unit of time',
                  })}
                  onChange={({ target }) => onChange({ ...choice, unit: target.value as Unit })}
                />
              </EuiFlexItem>
            </EuiFlexGroup>
          </EuiFormRow>
        </>
      ) : null}
      <EuiSpacer size="m" />
    </>
  );
};
