import type { FC, RefObject } from 'react';
import {
  EuiFormRow,
  EuiSelect,
  EuiSpacer,
  EuiFieldNumber,
  EuiFlexGroup,
  EuiFlexItem,
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
  NEVER,
  offeredMinutes,
  releaseTimeOptions,
  selectedOption,
  type ReleaseTimeChoice,
  UNITS,
  unitText,
  type TypedDuration,
  type Unit,
} from './release_time_choice';
import type { ReleaseTimes } from '../../common/hosts/protection_settings';

export interface DurationFieldsProps {
  readonly value: TypedDuration;
  readonly onChange: (value: TypedDuration) => void;
  /** The accessible name of the number. */
  readonly name: string;
  readonly unitName: string;
  readonly isInvalid: boolean;
  readonly disabled: boolean;
  readonly fullWidth?: boolean;
  readonly inputRef?: RefObject<HTMLInputElement>;
  /** Whether the number is invalid. */
  readonly 'data-test-subj'?: string;
  /** Set by the form row, for the number field. */
  readonly id?: string;
  readonly 'aria-describedby'?: string;
}

/** A number and its unit of time. */
export const DurationFields: FC<DurationFieldsProps> = ({
  value,
  onChange,
  name,
  unitName,
  disabled,
  inputRef,
  ...number
}) => (
  <EuiFlexGroup gutterSize="s" responsive={false}>
    <EuiFlexItem>
      <EuiFieldNumber
        {...number}
        min={1}
        value={value.amount}
        disabled={disabled}
        inputRef={(input) => {
          if (inputRef !== undefined) {
            (inputRef as { current: HTMLInputElement | null }).current = input;
          }
        }}
        aria-label={name}
        onChange={({ target }) => onChange({ ...value, amount: target.value })}
      />
    </EuiFlexItem>
    <EuiFlexItem grow={false}>
      <EuiSelect
        value={value.unit}
        options={(Object.keys(UNITS) as Unit[]).map((unit) => ({
          value: unit,
          text: unitText(unit),
        }))}
        disabled={disabled}
        aria-label={unitName}
        onChange={({ target }) => onChange({ ...value, unit: target.value as Unit })}
      />
    </EuiFlexItem>
  </EuiFlexGroup>
);

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
  const options = releaseTimeOptions(offeredMinutes(defaultMinutes, longestMinutes), isOptional);
  return (
    <>
      <EuiFormRow
        fullWidth
        label={label()}
        helpText={
          mayEnd
            ? helpText
            : `${i18n.translate('sentineloneResponse.releaseTime.noPrivilege', {
                defaultMessage: 'You need the privilege "{privilege}" to choose a time.',
                values: { privilege },
              })} ${helpText}`.trim()
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
            <DurationFields
              fullWidth
              value={choice}
              isInvalid={isInvalid}
              disabled={disabled}
              inputRef={inputRef}
              name={i18n.translate('sentineloneResponse.releaseTime.amount', {
                defaultMessage: 'Time until the automatic release',
              })}
              unitName={i18n.translate('sentineloneResponse.releaseTime.unit', {
                defaultMessage: 'Unit of time',
              })}
              data-test-subj="sentineloneResponseReleaseAmount"
              onChange={(typed) => onChange({ ...choice, ...typed })}
            />
          </EuiFormRow>
        </>
      ) : null}
      <EuiSpacer size="m" />
    </>
  );
};
