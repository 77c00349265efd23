import { parse } from '@kbn/datemath';

/** Time ranges in the format of Kibana's time picker: ISO 8601 or date math, such as `now-24h` or `now/d`. */

export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** The start of a range without a limit: before any record or alert. */
export const ALL_TIME = 'now-10y';

/** The time of an expression in date math, ISO 8601; undefined if it is not valid. `now` is ms since the epoch. */
export function momentOf(text: string, now: number, roundUp = false): string | undefined {
  // For other texts, the parser would guess.
  if (!/^(now|\d{4}-\d{2}-\d{2})/.test(text)) return undefined;
  const moment = parse(text, { forceNow: new Date(now), roundUp });
  return moment?.isValid() === true ? moment.toISOString() : undefined;
}

/** A start or an end in a URL; undefined if it is not valid. */
export const timeIn = (value: string | null): string | undefined =>
  value !== null && momentOf(value, 0) !== undefined ? value : undefined;

/** The limits of a range for routes. `now` is ms since the epoch. An end of "now" is left out. */
export function limitsOf({ from, to }: TimeRange, now: number): Partial<TimeRange> {
  const [start, end] = [momentOf(from, now), to === 'now' ? undefined : momentOf(to, now, true)];
  return {
    ...(start === undefined ? {} : { from: start }),
    ...(end === undefined ? {} : { to: end }),
  };
}
