import { useState, type FC } from 'react';
import {
  EuiFieldNumber,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFormRow,
  EuiSelect,
  EuiSpacer,
  EuiText,
  EuiTitle,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { releaseTimesOf, type ProtectionSettings } from '../../../common/hosts/protection_settings';
import { LIMITS } from '../../../common/lib/constants';
import {
  CUSTOM,
  minutesProblem,
  minutesText,
  NEVER,
  offeredMinutes,
  UNITS,
  unitText,
  type Unit,
} from '../../actions/release_time_choice';

interface Typed {
  readonly amount: string;
  readonly unit: Unit;
}

const minutesIn = ({ amount, unit }: Typed): number =>
  amount.trim() === '' ? Number.NaN : Number(amount) * UNITS[unit];

/** Minutes in the largest unit that is whole. */
function typedFor(minutes: number): Typed {
  if (Number.isNaN(minutes)) return { amount: '', unit: 'hours' };
  const unit = (['days', 'hours'] as const).find((one) => minutes % UNITS[one] === 0) ?? 'minutes';
  return { amount: String(minutes / UNITS[unit]), unit };
}

/** A number of minutes as a number and a unit. `onChange` is given NaN for an empty field. */
const DurationField: FC<{
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
  /** The accessible name of the number. */
  readonly name: string;
  readonly unitName: string;
  readonly isInvalid: boolean;
  readonly disabled: boolean;
  /** Given by the form row: they belong to the number. */
  readonly id?: string;
  readonly 'aria-describedby'?: string;
}> = ({ minutes, onChange, name, unitName, isInvalid, disabled, id, ...described }) => {
  const [typed, setTyped] = useState(() => typedFor(minutes));
  // Minutes that were not typed here: the changes were discarded, or other settings were loaded.
  const shown = Object.is(minutesIn(typed), minutes) ? typed : typedFor(minutes);
  const change = (next: Typed) => {
    setTyped(next);
    onChange(minutesIn(next));
  };
  return (
    <EuiFlexGroup gutterSize="s" responsive={false}>
      <EuiFlexItem>
        <EuiFieldNumber
          {...described}
          id={id}
          min={1}
          value={shown.amount}
          isInvalid={isInvalid}
          disabled={disabled}
          aria-label={name}
          onChange={({ target }) => change({ ...shown, amount: target.value })}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiSelect
          value={shown.unit}
          options={(Object.keys(UNITS) as Unit[]).map((unit) => ({
            value: unit,
            text: unitText(unit),
          }))}
          disabled={disabled}
          aria-label={unitName}
          onChange={({ target }) => change({ ...shown, unit: target.value as Unit })}
        />
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};

/** The preselected times; the settings can have any other as a custom one. */
const PRESELECTED = offeredMinutes(null, LIMITS.longestReleaseMinutes);

/** The longest time, or what is accepted at all while that is not valid. */
const limitOf = (longestMinutes: number): number =>
  minutesProblem(longestMinutes, LIMITS.longestReleaseMinutes) === undefined
    ? longestMinutes
    : LIMITS.longestReleaseMinutes;

/** When isolations end automatically: the preselected time, and the longest that is accepted. */
export const ReleaseTimesFields: FC<{
  readonly settings: ProtectionSettings;
  readonly onChange: (settings: ProtectionSettings) => void;
  readonly isReadOnly: boolean;
}> = ({ settings, onChange, isReadOnly }) => {
  const { defaultMinutes, longestMinutes } = releaseTimesOf(settings);
  // A time that was typed stays a custom one, also where an option has it.
  const [typed, setTyped] = useState<number>();
  const isOffered = defaultMinutes === null || PRESELECTED.includes(defaultMinutes);
  const isCustom = !isOffered || Object.is(typed, defaultMinutes);
  const option = defaultMinutes === null ? NEVER : isCustom ? CUSTOM : String(defaultMinutes);
  const set = (times: { defaultMinutes?: number | null; longestMinutes?: number }) =>
    onChange({ ...settings, automaticRelease: { defaultMinutes, longestMinutes, ...times } });
  const longestProblem = minutesProblem(longestMinutes, LIMITS.longestReleaseMinutes);
  const limit = limitOf(longestMinutes);
  const defaultProblem =
    defaultMinutes !== null && defaultMinutes > limit && longestProblem === undefined
      ? i18n.translate('sentineloneResponse.protection.release.defaultTooLong', {
          defaultMessage:
            'The default must not be longer than the longest allowed time, which is {longest}.',
          values: { longest: minutesText(limit) },
        })
      : minutesProblem(defaultMinutes ?? undefined, limit);
  const defaultLabel = i18n.translate('sentineloneResponse.protection.release.default', {
    defaultMessage: 'Default',
  });
  const longestLabel = i18n.translate('sentineloneResponse.protection.release.longest', {
    defaultMessage: 'Longest allowed time',
  });
  return (
    <>
      <EuiTitle size="xs">
        <h3>
          {i18n.translate('sentineloneResponse.protection.release.title', {
            defaultMessage: 'Automatic release',
          })}
        </h3>
      </EuiTitle>
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.protection.release.what', {
            defaultMessage:
              'An isolation can end by itself: Kibana then releases the host at the chosen time. The default is preselected for users who may release hosts. Rules and API requests state their own time.',
          })}
        </p>
      </EuiText>
      <EuiSpacer size="s" />
      <EuiFormRow
        label={defaultLabel}
        isInvalid={option !== CUSTOM && defaultProblem !== undefined}
        error={defaultProblem}
      >
        <EuiSelect
          value={option}
          isInvalid={option !== CUSTOM && defaultProblem !== undefined}
          disabled={isReadOnly}
          data-test-subj="sentineloneResponseReleaseDefault"
          options={[
            {
              value: NEVER,
              text: i18n.translate('sentineloneResponse.releaseTime.never', {
                defaultMessage: 'Never',
              }),
            },
            ...PRESELECTED.map((minutes) => ({
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
          ]}
          onChange={({ target: { value } }) => {
            setTyped(value === CUSTOM ? Number.NaN : undefined);
            set({
              defaultMinutes:
                value === NEVER ? null : value === CUSTOM ? Number.NaN : Number(value),
            });
          }}
        />
      </EuiFormRow>
      {option !== CUSTOM || defaultMinutes === null ? null : (
        <>
          <EuiSpacer size="s" />
          <EuiFormRow isInvalid={defaultProblem !== undefined} error={defaultProblem}>
            <DurationField
              minutes={defaultMinutes}
              name={i18n.translate('sentineloneResponse.protection.release.defaultAmount', {
                defaultMessage: 'Default time until the automatic release',
              })}
              unitName={i18n.translate('sentineloneResponse.protection.release.defaultUnit', {
                defaultMessage: 'Unit of the default time',
              })}
              isInvalid={defaultProblem !== undefined}
              disabled={isReadOnly}
              onChange={(minutes) => {
                setTyped(minutes);
                set({ defaultMinutes: minutes });
              }}
            />
          </EuiFormRow>
        </>
      )}
      <EuiSpacer size="m" />
      <EuiFormRow
        label={longestLabel}
        helpText={i18n.translate('sentineloneResponse.protection.release.longestHelp', {
          defaultMessage: '{shortest} to {longest}. Isolations without an end stay possible.',
          values: {
            shortest: minutesText(LIMITS.shortestReleaseMinutes),
            longest: minutesText(LIMITS.longestReleaseMinutes),
          },
        })}
        isInvalid={longestProblem !== undefined}
        error={longestProblem}
      >
        <DurationField
          minutes={longestMinutes}
          name={longestLabel}
          unitName={i18n.translate('sentineloneResponse.protection.release.longestUnit', {
            defaultMessage: 'Unit of the longest allowed time',
          })}
          isInvalid={longestProblem !== undefined}
          disabled={isReadOnly}
          onChange={(minutes) => set({ longestMinutes: minutes })}
        />
      </EuiFormRow>
    </>
  );
};
