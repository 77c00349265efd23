import type { ActionName } from '../../common/actions/action_name';
import type { HistorySummary } from '../../common/api/history';
import { MINUTE, HOUR, DAY } from '../../common/lib/constants';

/** Computes the summary from Elasticsearch's aggregations. */

/** The default time range (ms) of a summary. */
export const DEFAULT_RANGE = 30 * DAY;

/**
 * The interval (ms) of the histogram. Days begin at different times in different time zones, always on a quarter of an
 * hour. For long ranges an hour is sufficient, for years a day (in UTC).
 */
export function intervalFor(range: number): number {
  if (range <= 100 * DAY) return 15 * MINUTE;
  return range <= 800 * DAY ? HOUR : DAY;
}

export interface TimeBucket {
  /** ms since the epoch. */
  readonly key: number;
  readonly action: {
    readonly buckets: ReadonlyArray<{ readonly key: string; readonly doc_count: number }>;
  };
}

/** Counts per day of a time zone and action, days in order. */
export function countsPerDay(
  buckets: readonly TimeBucket[],
  timeZone: string
): HistorySummary['days'] {
  // The Swedish locale formats dates as in ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const counts = new Map<string, { day: string; action: ActionName; count: number }>();
  for (const { key, action: actions } of buckets) {
    const day = format.format(key);
    for (const { key: name, doc_count: count } of actions.buckets) {
      const action = name as ActionName;
      const known = counts.get(`${day} ${action}`);
      if (known === undefined) counts.set(`${day} ${action}`, { day, action, count });
      else known.count += count;
    }
  }
  return [...counts.values()].sort((a, b) =>
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
