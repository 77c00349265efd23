import { i18n } from '@kbn/i18n';
import { LIMITS } from '../../common/lib/constants';

/** When an isolation ends automatically, as users choose it. */

export const NEVER = 'never';
export const CUSTOM = 'custom';
/** The offered times in minutes. */
const OFFERED = [60, 4 * 60, 24 * 60] as const;

/** Minutes in a unit. */
export const UNITS = { minutes: 1, hours: 60, days: 24 * 60 } as const;
export type Unit = keyof typeof UNITS;

export const unitText = (unit: Unit): string =>
  ({
    minutes: i18n.translate('sentineloneResponse.releaseTime.unitMinutes', {
      defaultMessage: 'minutes',
    }),
    hours: i18n.translate('sentineloneResponse.releaseTime.unitHours', { defaultMessage: 'hours' }),
    days: i18n.translate('sentineloneResponse.releaseTime.unitDays', { defaultMessage: 'days' }),
  })[unit];

/** A time as it was typed. */
export interface TypedDuration {
  readonly amount: string;
  readonly unit: Unit;
}

/** Its minutes; NaN if it is not a number. */
export const minutesIn = ({ amount, unit }: TypedDuration): number =>
  amount.trim() === '' ? Number.NaN : Number(amount) * UNITS[unit];

/** The choice, with the custom time as it was typed. */
export interface ReleaseTimeChoice extends TypedDuration {
  /** `never`, `custom`, or minutes as a text; undefined: the default of the settings. */
  readonly chosen: string | undefined;
}
export const NOT_CHOSEN: ReleaseTimeChoice = { chosen: undefined, amount: '', unit: 'hours' };

/** A number of minutes in the largest unit that is whole. */
export function minutesText(minutes: number): string {
  if (minutes % UNITS.days === 0 && minutes > UNITS.days) {
    return i18n.translate('sentineloneResponse.releaseTime.days', {
      defaultMessage: '{count, plural, one {# day} other {# days}}',
      values: { count: minutes / UNITS.days },
    });
  }
  if (minutes % UNITS.hours === 0) {
    return i18n.translate('sentineloneResponse.releaseTime.hours', {
      defaultMessage: '{count, plural, one {# hour} other {# hours}}',
      values: { count: minutes / UNITS.hours },
    });
  }
  return i18n.translate('sentineloneResponse.releaseTime.minutes', {
    defaultMessage: '{count, plural, one {# minute} other {# minutes}}',
    values: { count: minutes },
  });
}

/** The options in minutes: the offered times and the default, up to the longest time. */
export const offeredMinutes = (
  defaultMinutes: number | null,
  longestMinutes: number
): readonly number[] =>
  [...new Set([...OFFERED, ...(defaultMinutes === null ? [] : [defaultMinutes])])]
    .filter((minutes) => minutes <= longestMinutes)
    .sort((a, b) => a - b);

/** The options of a selection among these minutes, and a custom time. */
export const releaseTimeOptions = (
  offered: readonly number[],
  isOptional = true
): Array<{ value: string; text: string }> => [
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
  ...offered.map((minutes) => ({
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

/** What is selected: `never`, `custom`, or minutes as a text. */
export const selectedOption = (
  { chosen }: ReleaseTimeChoice,
  defaultMinutes: number | null
): string => chosen ?? (defaultMinutes === null ? NEVER : String(defaultMinutes));

/** The chosen minutes: undefined for never, NaN for a custom time that is not a number. */
export function minutesOf(
  choice: ReleaseTimeChoice,
  defaultMinutes: number | null
): number | undefined {
  const option = selectedOption(choice, defaultMinutes);
  if (option === NEVER) return undefined;
  return option === CUSTOM ? minutesIn(choice) : Number(option);
}

/** Why the minutes are not accepted; undefined if they are. */
export const minutesProblem = (
  minutes: number | undefined,
  longestMinutes: number
): string | undefined =>
  minutes === undefined ||
  (Number.isInteger(minutes) &&
    minutes >= LIMITS.shortestReleaseMinutes &&
    minutes <= longestMinutes)
    ? undefined
    : i18n.translate('sentineloneResponse.releaseTime.problem', {
        defaultMessage: 'Enter a time from {shortest} to {longest}, in whole minutes.',
        values: {
          shortest: minutesText(LIMITS.shortestReleaseMinutes),
          longest: minutesText(longestMinutes),
        },
      });
