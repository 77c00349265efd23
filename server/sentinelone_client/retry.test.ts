import * as fc from 'fast-check';
import { parseRetryAfter, sendRead, sendWrite } from './retry';
import type { ApiAnswer, ApiFailure } from './transport';

const status = (code: number, retryAfter?: number): ApiFailure => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
const NOT_CONNECTED: ApiFailure = { kind: 'not_connected', detail: 'ECONNREFUSED' };
const LOST: ApiFailure = { kind: 'lost', timedOut: false, detail: 'reset' };
const TIMED_OUT: ApiFailure = { kind: 'lost', timedOut: true, detail: 'timeout' };
const TOO_LARGE: ApiFailure = { kind: 'too_large' };
const NOT_ALLOWED: ApiFailure = { kind: 'not_allowed', detail: 'no' };

/** Sends against a script of failures, and then success; tells the calls and the pauses. */
async function run(
  sender: typeof sendRead,
  failures: readonly ApiFailure[],
  random = 0.5,
  longestPause?: number
) {
  const pauses: number[] = [];
  let calls = 0;
  const answer = await sender(
    async (): Promise<ApiAnswer> => {
      const failure = failures[calls];
      calls += 1;
      return failure === undefined ? { ok: true, body: {} } : { ok: false, failure };
    },
    { method: 'GET', path: '/agents' },
    {
      sleep: async (milliseconds) => void pauses.push(milliseconds),
      random: () => random,
      ...(longestPause === undefined ? {} : { longestPause: () => longestPause }),
    }
  );
  return { ok: answer.ok, calls, pauses };
}

describe('a read', () => {
  it.each([status(429), status(502), status(503), status(504), NOT_CONNECTED, LOST])(
    'is repeated after %j',
    async (failure) => {
      expect(await run(sendRead, [failure, failure])).toMatchObject({ ok: true, calls: 3 });
    }
  );
  it.each([
    ...[400, 401, 403, 404, 428, 430, 500, 501, 505].map((code) => status(code)),
    ...[TIMED_OUT, TOO_LARGE, NOT_ALLOWED],
  ])('is not repeated after %j', async (failure) => {
    expect(await run(sendRead, [failure])).toEqual({ ok: false, calls: 1, pauses: [] });
  });
  it('gives up after three attempts, with growing pauses', async () => {
    const failures = [status(503), status(503), status(503), status(503)];
    expect(await run(sendRead, failures)).toEqual({ ok: false, calls: 3, pauses: [375, 750] });
  });
  it('waits for the time in Retry-After, up to 30 s', async () => {
    expect(await run(sendRead, [status(429, 7000)])).toMatchObject({ ok: true, pauses: [7000] });
    expect(await run(sendRead, [status(429, 31_000)])).toMatchObject({ ok: false, calls: 1 });
    expect(await run(sendRead, [status(429, 30_000)])).toMatchObject({ ok: true, calls: 2 });
    expect(await run(sendRead, [status(429, 0)])).toMatchObject({ ok: true, pauses: [0] });
  });
  it('pauses for half of the time at least, and for all of it at most', async () => {
    const failures = [NOT_CONNECTED, status(503)];
    expect(await run(sendRead, failures, 0)).toMatchObject({ pauses: [250, 500] });
    expect(await run(sendRead, failures, 1)).toMatchObject({ pauses: [500, 1000] });
  });
  it('is not repeated if its pause would be longer than the caller or the limit allows', async () => {
    const failures = [status(429, 2_000)];
    expect(await run(sendRead, failures, 0, 1_999)).toEqual({ ok: false, calls: 1, pauses: [] });
    expect(await run(sendRead, failures, 0, 2_000)).toMatchObject({ ok: true, calls: 2 });
    const longer = [status(429, 30_001)];
    expect(await run(sendRead, longer, 0, 60_000)).toMatchObject({ ok: false, calls: 1 });
  });
});

describe('a write', () => {
  it.each([status(429), NOT_CONNECTED])('is repeated after %j', async (failure) => {
    expect(await run(sendWrite, [failure])).toMatchObject({ ok: true, calls: 2 });
  });
  it.each([
    ...[400, 401, 403, 407, 408, 428, 430, 500, 502, 503, 504].map((code) => status(code)),
    ...[LOST, TIMED_OUT],
    ...[TOO_LARGE, NOT_ALLOWED],
  ])('is sent once when it ends in %j', async (failure) => {
    expect(await run(sendWrite, [failure])).toMatchObject({ ok: false, calls: 1 });
  });
  it('is never repeated if SentinelOne may have received it', async () => {
    const taken = fc.oneof(
      fc.integer({ min: 500, max: 599 }).map((code) => status(code)),
      fc.constantFrom(LOST, TIMED_OUT, { kind: 'too_large' } as const)
    );
    const notTaken = fc.constantFrom(status(429), NOT_CONNECTED);
    await fc.assert(
      fc.asyncProperty(fc.array(notTaken, { maxLength: 2 }), taken, async (before, failure) => {
        const { ok, calls } = await run(sendWrite, [...before, failure]);
        expect(ok).toBe(false);
        expect(calls).toBe(before.length + 1);
      }),
      { numRuns: 500 }
    );
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2024-07-03T03:44:00Z');
  it.each([
    ['2', 2000],
    ['0', 0],
    ['12', 12_000],
    [' 2 ', 2000],
    ['   ', undefined],
    ['2 seconds', undefined],
    [2, undefined],
    ['Wed, 03 Jul 2024 03:44:05 +0000', 5000],
    ['Wed, 03 Jul 2024 03:44:05 GMT', 5000],
    ['Wed, 03 Jul 2024 03:43:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
