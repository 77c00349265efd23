import type { ApiFailure, ApiRequest, ApiAnswer, Send, Sleep } from './transport';

const TRIES = 3;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

export interface RetryPorts {
  readonly sleep: Sleep;
  /** From 0 (included) to 1, for jitter. */
  readonly random: () => number;
  /** How long (ms) a pause before the next try may be now; default: 30 s. */
  readonly longestPause?: () => number;
}

const RETRIED_READ_STATUSES = [429, 502, 503, 504];

/** A read is repeated when another attempt can help, but not after a time-out. */
const readMayBeRepeated = (failure: ApiFailure): boolean =>
  failure.kind === 'status'
    ? RETRIED_READ_STATUSES.includes(failure.status)
    : failure.kind === 'not_connected' || (failure.kind === 'lost' && !failure.timedOut);

/** A write is repeated only if SentinelOne certainly did not accept it. */
const writeMayBeRepeated = (failure: ApiFailure): boolean =>
  failure.kind === 'not_connected' || (failure.kind === 'status' && failure.status === 429);

async function sendWithRetries(
  send: Send,
  request: ApiRequest,
  mayBeRepeated: (failure: ApiFailure) => boolean,
  { sleep, random, longestPause = () => LONGEST_PAUSE }: RetryPorts
): Promise<ApiAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(request);
    if (answer.ok || attempt === TRIES || !mayBeRepeated(answer.failure)) return answer;
    const asked = answer.failure.kind === 'status' ? answer.failure.retryAfter : undefined;
    const backOff = FIRST_PAUSE * 2 ** (attempt - 1);
    const pause = asked ?? backOff / 2 + (backOff / 2) * random();
    // If the requested pause is longer than allowed, do not retry.
    if (pause > Math.min(LONGEST_PAUSE, longestPause())) return answer;
    await sleep(pause);
  }
}

/**
 * Sends a read up to three times: on 429, 502, 503, 504 and on connection errors, with exponential
 * pauses and jitter, or with the pause in `Retry-After` (up to 30 s).
 */
export const sendRead = (send: Send, request: ApiRequest, ports: RetryPorts): Promise<ApiAnswer> =>
  sendWithRetries(send, request, readMayBeRepeated, ports);

/**
 * Sends a write once. Repeats it (up to three attempts in all) only after a 429 or if no connection
 * was established.
 */
export const sendWrite = (send: Send, request: ApiRequest, ports: RetryPorts): Promise<ApiAnswer> =>
  sendWithRetries(send, request, writeMayBeRepeated, ports);

/**
 * Reads a `Retry-After` header: seconds or an HTTP date. Returns milliseconds from `now`, or
 * undefined if the header is absent or not valid.
 */
export function parseRetryAfter(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
