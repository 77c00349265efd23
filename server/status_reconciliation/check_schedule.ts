import { SECOND, MINUTE } from '../../common/lib/time_units';

/**
 * When a record is looked at: often while it is young, seldom when it is old. It follows from the
 * record's age and the clock alone, so that nothing needs to be written down about looking.
 */

/** From an age (ms) on, the pause (ms) between two looks. */
const PAUSES: ReadonlyArray<{ readonly from: number; readonly pause: number }> = [
  { from: 0, pause: 2 * SECOND },
  { from: 20 * SECOND, pause: 5 * SECOND },
  { from: 2 * MINUTE, pause: 20 * SECOND },
  { from: 10 * MINUTE, pause: MINUTE },
  { from: 60 * MINUTE, pause: 5 * MINUTE },
  { from: 24 * 60 * MINUTE, pause: 15 * MINUTE },
];

/** From this pause (ms) on, all records that have it are looked at in the same moments, with one call. */
const IN_STEP = 20 * SECOND;

/**
 * The first moment after `after` at which a record of `requestedAt` is to be looked at. All in ms since
 * the epoch.
 */
export function nextLook(requestedAt: number, after: number): number {
  const age = Math.max(0, after - requestedAt);
  let n = PAUSES.length - 1;
  while (PAUSES[n]!.from > age) n -= 1;
  const { from, pause } = PAUSES[n]!;
  if (pause >= IN_STEP) return (Math.floor(after / pause) + 1) * pause;
  const next = from + (Math.floor((age - from) / pause) + 1) * pause;
  const end = PAUSES[n + 1]?.from ?? Infinity;
  return requestedAt + Math.min(next, end);
}

/** Whether a record is to be looked at by `now`, when it was last by `lastLook` (undefined: never). */
export const isDue = (requestedAt: number, lastLook: number | undefined, now: number): boolean =>
  lastLook === undefined || requestedAt >= lastLook || nextLook(requestedAt, lastLook) <= now;
