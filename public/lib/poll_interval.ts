/** How long to wait before SentinelOne is asked again for the status of hosts on the page. */

const STEADY = 30_000;
const FIRST = 1_000;
const GROWTH = 1.5;
const LONGEST = 15_000;

/**
 * Milliseconds until the next question: soon while something is under way, and later the longer nothing has changed.
 * What SentinelOne did not answer in time is not asked for again at once.
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
