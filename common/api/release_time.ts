import { LIMITS, MINUTE } from '../lib/constants';
import { momentCodec } from '../lib/moment';
import { wholeNumber, type Unacceptable } from '../lib/validation';

/** When an action ends automatically, as requests state it: a duration or a time, and not both. */

export const releaseTimeFields = {
  /** Minutes from the request. */
  releaseAfterMinutes: wholeNumber(LIMITS.shortestReleaseMinutes, LIMITS.longestReleaseMinutes),
  releaseAt: momentCodec,
};

export interface ReleaseTimeInput {
  readonly releaseAfterMinutes?: number | undefined;
  /** ISO 8601; null if a change cancels the release. */
  readonly releaseAt?: string | null | undefined;
}

type ReleaseTimes = Pick<ReleaseTimeInput, 'releaseAfterMinutes' | 'releaseAt'>;

/** The problem of a request that states both. */
export const bothReleaseTimes = ({
  releaseAfterMinutes,
  releaseAt,
}: ReleaseTimeInput): Unacceptable<ReleaseTimes> | undefined =>
  releaseAfterMinutes === undefined || releaseAt === undefined
    ? undefined
    : {
        field: 'releaseAt',
        accepted: releaseTimeFields.releaseAt,
        message: 'accepted is either releaseAt or releaseAfterMinutes, not both',
      };

/** The time (ISO 8601) that a request at `now` (ms since the epoch) states; undefined for none. */
export function releaseTimeIn(
  { releaseAfterMinutes, releaseAt }: ReleaseTimeInput,
  now: number
): string | undefined {
  if (releaseAfterMinutes !== undefined) {
    return new Date(now + releaseAfterMinutes * MINUTE).toISOString();
  }
  return releaseAt === undefined || releaseAt === null
    ? undefined
    : new Date(releaseAt).toISOString();
}

/**
 * Why the time is not accepted at `now` (ms since the epoch), as a sentence that names the field; undefined if it is.
 * `longestMinutes` comes from the settings.
 */
export function releaseTimeProblem(
  input: ReleaseTimeInput,
  now: number,
  longestMinutes: number
): string | undefined {
  const { releaseAfterMinutes, releaseAt } = input;
  if (releaseAfterMinutes !== undefined) {
    return releaseAfterMinutes <= longestMinutes
      ? undefined
      : `[releaseAfterMinutes]: got ${releaseAfterMinutes}; the settings allow at most ${longestMinutes}`;
  }
  const time = releaseTimeIn(input, now);
  if (time === undefined) return undefined;
  const at = Date.parse(time);
  const earliest = now + LIMITS.shortestReleaseMinutes * MINUTE;
  const latest = now + longestMinutes * MINUTE;
  if (at >= earliest && at <= latest) return undefined;
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  return `[releaseAt]: got "${releaseAt}"; accepted is a time from ${iso(earliest)} to ${iso(latest)}: at least ${LIMITS.shortestReleaseMinutes} minutes from now and at most the ${longestMinutes} minutes that the settings allow`;
}
