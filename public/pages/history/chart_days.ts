import { forEachAction } from '../../../common/actions/catalogue';
import type { HistorySummary } from '../../../common/api/history';
import type { ActionName } from '../../../common/actions/action_name';
import { DAY } from '../../../common/lib/time_units';

/** From the summary to the bars of the chart. */

export interface DayBar {
  /** Midnight UTC of the day, which stands for the day whatever its time zone (ms since the epoch). */
  readonly day: number;
  readonly action: ActionName;
  readonly count: number;
}

export const barsOf = (days: HistorySummary['days']): readonly DayBar[] =>
  days.map(({ day, action, count }) => ({ day: Date.parse(`${day}T00:00:00Z`), action, count }));

const dayIn = (timeZone: string, moment: number): number => {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return Date.parse(`${format.format(moment)}T00:00:00Z`);
};

/** The longest range that is shown whole; a longer one starts with its first action. */
const WHOLE_RANGE = 120 * DAY;
/** The fewest days that the chart shows: fewer make the bars too wide. */
const FEWEST = 14 * DAY;

/**
 * The first and the last day to show: all that was asked about, but of a long time only from the first
 * day on which something happened.
 */
export function daysShown(
  { from, to, days }: Pick<HistorySummary, 'from' | 'to' | 'days'>,
  timeZone: string
): { readonly first: number; readonly last: number } {
  const last = dayIn(timeZone, Date.parse(to));
  const first = dayIn(timeZone, Date.parse(from));
  if (last - first <= WHOLE_RANGE) return { first, last };
  return { first: Math.min(last - FEWEST, ...barsOf(days).map(({ day }) => day)), last };
}

/** How often each action was requested, on all days. */
export function totalsOf(days: HistorySummary['days']): Readonly<Record<ActionName, number>> {
  return forEachAction((action) =>
    days.reduce((sum, one) => (one.action === action ? sum + one.count : sum), 0)
  );
}
