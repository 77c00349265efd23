import { createHash } from 'node:crypto';
import { DAY, HOUR, MINUTE, SECOND } from '../../common/lib/constants';

/** The schedule of an automatic release, and the ids of the releases that the task sends. Times in ms. */

/** How long after `releaseAt` attempts are made. */
export const RELEASE_RETRY_PERIOD = 7 * DAY;

const doubled = (first: number, times: number, longest: number): number =>
  Math.min(longest, first * 2 ** Math.min(times, 30));

/**
 * The pause before the next attempt if nothing was sent. `tries` is the number of consecutive attempts without a
 * command.
 */
export const pauseBeforeTry = (tries: number): number => doubled(10 * SECOND, tries, 15 * MINUTE);

/** The pause before a further release if one was sent or attempted without success. Each release has its own record. */
export const pauseBeforeAttempt = (attempts: number): number =>
  doubled(15 * SECOND, attempts, 4 * HOUR);

/** The pause between two checks of a release that has begun. */
export const pauseBeforeCheck = (tries: number): number => doubled(5 * SECOND, tries, 5 * MINUTE);

/** The id of the n-th release (from 1) of an action. It is derived from the action, in the form of a UUID. */
export function releaseActionIdOf(actionId: string, attempt: number): string {
  const hash = createHash('sha256').update(`${actionId}/release/${attempt}`).digest('hex');
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}

/** The ids of all releases that have begun. */
export const releaseActionIdsOf = (actionId: string, attempts: number): ReadonlySet<string> =>
  new Set(Array.from({ length: attempts }, (_, n) => releaseActionIdOf(actionId, n + 1)));
