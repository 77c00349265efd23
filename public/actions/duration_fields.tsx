import type { FC, RefObject } from 'react';
import { EuiFieldNumber, EuiFlexGroup, EuiFlexItem, EuiSelect } from '@elastic/eui';
import { UNITS, unitText, type TypedDuration, type Unit } from './release_time_choice';

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
  /** Of the number. */
  readonly 'data-test-subj'?: string;
  /** Given by the form row: they belong to the number. */
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
