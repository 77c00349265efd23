import { SECOND, MINUTE } from '../../common/lib/constants';

/**
 * When an open record is checked: often while it is new, seldom when it is old. The schedule
 * depends only on the record's age and the clock, so that checks need not be recorded.
 */

/** The pause (ms) between two checks, from an age (ms) on. */
const PAUSES: ReadonlyArray<{ readonly from: number; readonly pause: number }> = [
  { from: 0, pause: 2 * SECOND },
  { from: 20 * SECOND, pause: 5 * SECOND },
  { from: 2 * MINUTE, pause: 20 * SECOND },
  { from: 10 * MINUTE, pause: MINUTE },
  { from: 60 * MINUTE, pause: 5 * MINUTE },
  { from: 24 * 60 * MINUTE, pause: 15 * MINUTE },
];

/**
 * From this pause (ms) on, all records with the same pause are checked at the same time, with one
 * call.
 */
const SAME_RUN_WITHIN = 20 * SECOND;

/**
 * When a record of `requestedAt` is due for the first time after `after`. All in ms since the
 * epoch.
 */
export function nextCheck(requestedAt: number, after: number): number {
  const age = Math.max(0, after - requestedAt);
  let n = PAUSES.length - 1;
  while (PAUSES[n]!.from > age) n -= 1;
  const { from, pause } = PAUSES[n]!;
  if (pause >= SAME_RUN_WITHIN) return (Math.floor(after / pause) + 1) * pause;
  const next = from + (Math.floor((age - from) / pause) + 1) * pause;
  const end = PAUSES[n + 1]?.from ?? Infinity;
  return requestedAt + Math.min(next, end);
}

/** Whether a record is due at `now`. `lastCheck` is its last check; undefined if there was none. */
export const isDue = (requestedAt: number, lastCheck: number | undefined, now: number): boolean =>
  lastCheck === undefined || requestedAt >= lastCheck || nextCheck(requestedAt, lastCheck) <= now;
