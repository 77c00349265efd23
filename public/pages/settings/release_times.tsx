import { useState, type FC } from 'react';
import { EuiFormRow, EuiSelect, EuiSpacer, EuiText, EuiTitle } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { releaseTimesOf, type ProtectionSettings } from '../../../common/hosts/protection_settings';
import { LIMITS } from '../../../common/lib/constants';
import { DurationFields, type DurationFieldsProps } from '../../actions/release_time_field';
import {
  CUSTOM,
  minutesIn,
  minutesProblem,
  minutesText,
  NEVER,
  offeredMinutes,
  releaseTimeOptions,
  UNITS,
  type TypedDuration,
} from '../../actions/release_time_choice';

/** Minutes in the largest unit that is whole. */
function typedFor(minutes: number): TypedDuration {
  if (Number.isNaN(minutes)) return { amount: '', unit: 'hours' };
  const unit = (['days', 'hours'] as const).find((one) => minutes % UNITS[one] === 0) ?? 'minutes';
  return { amount: String(minutes / UNITS[unit]), unit };
}

/** A number of minutes as a number and a unit. `onChange` gets NaN for an empty field. */
const DurationField: FC<
  Omit<DurationFieldsProps, 'value' | 'onChange'> & {
    readonly minutes: number;
    readonly onChange: (minutes: number) => void;
  }
> = ({ minutes, onChange, ...fields }) => {
  const [typed, setTyped] = useState(() => typedFor(minutes));
  // The minutes were changed elsewhere: the changes were discarded, or other settings were loaded.
  const shown = Object.is(minutesIn(typed), minutes) ? typed : typedFor(minutes);
  const change = (next: TypedDuration) => {
    setTyped(next);
    onChange(minutesIn(next));
  };
  return <DurationFields {...fields} value={shown} onChange={change} />;
};

/** The preselected times; the settings can have any other as a custom one. */
const PRESELECTED = offeredMinutes(null, LIMITS.longestReleaseMinutes);

/** The longest time, or the general maximum while that is not valid. */
const limitOf = (longestMinutes: number): number =>
  minutesProblem(longestMinutes, LIMITS.longestReleaseMinutes) === undefined
    ? longestMinutes
    : LIMITS.longestReleaseMinutes;

/** The settings for automatic releases: the preselected time, and the longest accepted time. */
export const ReleaseTimesFields: FC<{
  readonly settings: ProtectionSettings;
  readonly onChange: (settings: ProtectionSettings) => void;
  readonly isReadOnly: boolean;
}> = ({ settings, onChange, isReadOnly }) => {
  const { defaultMinutes, longestMinutes } = releaseTimesOf(settings);
  // A typed time remains a custom one, even if it equals an option.
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
              'An isolation can end automatically: Kibana then releases the host at the chosen time. The default is preselected for users who may release hosts. Rules and API requests state their own time.',
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
          options={releaseTimeOptions(PRESELECTED)}
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
          defaultMessage: '{shortest} to {longest}. Isolations without an end remain possible.',
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
