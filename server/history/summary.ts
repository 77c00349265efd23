import type { ActionName } from '../../common/actions/action_name';
import type { HistorySummary } from '../../common/api/history';
import { MINUTE, HOUR, DAY } from '../../common/lib/constants';

/** Computes the summary from Elasticsearch's aggregations. */

/** The default time range (ms) of a summary. */
export const DEFAULT_RANGE = 30 * DAY;

/** Times (ms) at which the offset of a time zone is looked at: it changes at most a few times a year. */
const OFFSETS_EVERY = 30 * DAY;

/** Whether days begin on a whole hour of UTC in the time zone, between two times (ms since the epoch). */
function beginsOnWholeHours(timeZone: string, from: number, to: number): boolean {
  const format = new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric' });
  const isWhole = (time: number) => Number(format.format(Math.floor(time / HOUR) * HOUR)) === 0;
  for (let time = from; time < to; time += OFFSETS_EVERY) if (!isWhole(time)) return false;
  return isWhole(to);
}

/**
 * The interval (ms) of the histogram between two times (ms since the epoch). Days begin at different times in different
 * time zones, mostly on an hour, always on a quarter of an hour. For long ranges an hour is sufficient, for years a day
 * (in UTC).
 */
export function intervalFor(from: number, to: number, timeZone: string): number {
  const range = to - from;
  if (range > 800 * DAY) return DAY;
  return range > 100 * DAY || beginsOnWholeHours(timeZone, from, to) ? HOUR : 15 * MINUTE;
}

export interface ActionBucket {
  /** The name of the action. */
  readonly key: string;
  readonly times: {
    /** `key` in ms since the epoch. */
    readonly buckets: ReadonlyArray<{ readonly key: number; readonly doc_count: number }>;
  };
}

/** Counts per day of a time zone and action, days in order. */
export function countsPerDay(
  actions: readonly ActionBucket[],
  timeZone: string
): HistorySummary['days'] {
  // The Swedish locale formats dates as in ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const days = actions.flatMap(({ key, times }) => {
    const action = key as ActionName;
    const counts = new Map<string, number>();
    for (const { key: time, doc_count: count } of times.buckets) {
      const day = format.format(time);
      counts.set(day, (counts.get(day) ?? 0) + count);
    }
    return [...counts].map(([day, count]) => ({ day, action, count }));
  });
  return days.sort((a, b) =>
    a.day === b.day ? a.action.localeCompare(b.action) : a.day < b.day ? -1 : 1
  );
}

/** Values and their counts, in any order. */
export type CountedValues = ReadonlyArray<{ readonly key: number; readonly doc_count: number }>;

/**
 * The percentile of the values by the nearest-rank method; null if there are none. The 50th percentile of an even
 * number of values is the lower one of the two middle values.
 */
export function percentileOf(counted: CountedValues, percent: number): number | null {
  const sorted = [...counted].sort((a, b) => a.key - b.key);
  const total = sorted.reduce((sum, { doc_count: count }) => sum + count, 0);
  let reached = 0;
  for (const { key, doc_count: count } of sorted) {
    reached += count;
    if (reached * 100 >= percent * total) return key;
  }
  return null;
}

/** The number of values or, with a limit, of those that exceed it. */
export const countAbove = (counted: CountedValues, limit = Number.NEGATIVE_INFINITY): number =>
  counted.reduce((sum, { key, doc_count: count }) => (key > limit ? sum + count : sum), 0);
