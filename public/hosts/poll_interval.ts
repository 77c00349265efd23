/** How long to wait before SentinelOne is asked again for the status of hosts on the page. */

const STEADY = 30_000;
const FIRST = 1_000;
const GROWTH = 1.5;
const LONGEST = 15_000;

/**
 * Milliseconds until the next question: soon while something is under way, and later the longer
 * nothing has changed.
 */
export const pollInterval = (pending: boolean, answersSinceChange: number): number =>
  pending ? Math.min(LONGEST, FIRST * GROWTH ** Math.max(0, answersSinceChange)) : STEADY;
