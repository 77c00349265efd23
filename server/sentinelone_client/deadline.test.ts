import * as fc from 'fast-check';
import { READ_DEADLINE, readsWithin } from './deadline';
import { sendRead } from './retry';
import type { ApiAnswer, ApiFailure, ApiRequest } from './transport';

const REQUEST: ApiRequest = { method: 'GET', path: '/agents' };
const HUNG: ApiFailure = { kind: 'lost', timedOut: true, detail: 'nothing came' };

/** SentinelOne on a clock of its own: each call takes so long and ends so, unless it is abandoned first. */
function environment(
  script: ReadonlyArray<{ readonly takes: number; readonly failure?: ApiFailure }>
) {
  let now = 1_000;
  const begun: number[] = [];
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    const { takes, failure } = script[begun.length] ?? { takes: 0 };
    begun.push(now);
    const limit = request.timeoutMs ?? Number.POSITIVE_INFINITY;
    now += Math.min(takes, limit);
    if (takes > limit) return { ok: false, failure: HUNG };
    return failure === undefined ? { ok: true, body: {} } : { ok: false, failure };
  };
  const sleep = async (milliseconds: number) => void (now += milliseconds);
  const clock = () => now;
  return { send, sleep, clock, begun, passed: () => now - 1_000 };
}

const anyFailure: fc.Arbitrary<ApiFailure | undefined> = fc.constantFrom<ApiFailure | undefined>(
  undefined,
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfter: 7_000 },
  { kind: 'status', status: 429, retryAfter: 29_000 },
  { kind: 'status', status: 429 },
  { kind: 'not_connected', detail: 'refused' },
  { kind: 'lost', timedOut: false, detail: 'reset' }
);

it('ends by the deadline, regardless of SentinelOne', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ takes: fc.nat(40_000), failure: anyFailure }), {
        minLength: 3,
        maxLength: 3,
      }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      async (script, random) => {
        const { send, sleep, clock, begun, passed } = environment(script);
        const reads = readsWithin(READ_DEADLINE, send, { sleep, random: () => random }, clock);
        await sendRead(reads.send, REQUEST, reads.ports);
        expect(passed()).toBeLessThanOrEqual(READ_DEADLINE);
        expect(begun.every((at) => at - 1_000 < READ_DEADLINE)).toBe(true);
      }
    ),
    { numRuns: 500 }
  );
});

it('does not pause beyond the deadline', async () => {
  const throttled: ApiFailure = { kind: 'status', status: 429, retryAfter: 20_000 };
  const { send, sleep, clock, begun, passed } = environment([{ takes: 10, failure: throttled }]);
  const reads = readsWithin(15_000, send, { sleep, random: () => 0 }, clock);
  expect(await sendRead(reads.send, REQUEST, reads.ports)).toEqual({
    ok: false,
    failure: throttled,
  });
  expect([begun.length, passed()]).toEqual([1, 10]);
});

it('sends no request after the deadline', async () => {
  const { send, sleep, clock, begun } = environment([{ takes: 0 }]);
  const reads = readsWithin(15_000, send, { sleep, random: () => 0 }, clock);
  await sleep(15_000);
  expect(await reads.send(REQUEST)).toEqual({
    ok: false,
    failure: { kind: 'lost', timedOut: true, detail: 'No complete answer within 15 s' },
  });
  expect(begun).toEqual([]);
});

it('does not extend the time when the clock is set back', async () => {
  let now = 5_000_000;
  const limits: Array<number | undefined> = [];
  const send = async ({ timeoutMs }: ApiRequest): Promise<ApiAnswer> => {
    limits.push(timeoutMs);
    return { ok: true, body: {} };
  };
  const ports = { sleep: async () => {}, random: () => 0 };
  const reads = readsWithin(15_000, send, ports, () => now);
  now -= 3_600_000;
  await reads.send(REQUEST);
  expect(limits).toEqual([15_000]);
});
