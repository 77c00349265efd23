/** The interval between two queries for the status of the hosts on the page. */

const STEADY = 30_000;
const FIRST = 1_000;
const GROWTH = 1.5;
const LONGEST = 15_000;

/**
 * Milliseconds until the next query: short while an action is in progress, and longer the longer nothing changes. After
 * a query that SentinelOne did not answer in time, the next one is delayed.
 */
export function pollInterval(
  pending: boolean,
  answersSinceChange: number,
  hasTimedOut = false
): number {
  if (!pending) return STEADY;
  return hasTimedOut
    ? LONGEST
    : Math.min(LONGEST, FIRST * GROWTH ** Math.max(0, answersSinceChange));
}
