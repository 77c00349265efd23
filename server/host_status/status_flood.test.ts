import * as fc from 'fast-check';
import { TooManyReads } from '../lib/read_budget';
import { TypedError } from '../lib/typed_error';
import { CALL_INTERVAL } from './host_status_cache';
import {
  boardOf,
  never,
  passes,
  pause,
  type AskedCall,
} from '../../test/helpers/host_status_cache';
import {
  SHARED_READ_WINDOW,
  STATUS_TTL,
  MAX_HOSTS_OF_SHARED_CALL,
  SPLIT_AFTER,
} from './refresh_schedule';

/** Viewers who ask for too much, or for what SentinelOne cannot answer, and the others beside them. */

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

const LATENCY = 300;
/** UUIDs that no agent has. */
const nobodies = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => `nobody-${from + n}`);
const names = (part: string) => (call: AskedCall) =>
  call.values.some((value) => value.startsWith(part));

it('responds to an analyst at the same speed during a flood', async () => {
  const { ask, calls } = boardOf(() => pause(LATENCY));
  const flood = Array.from({ length: 60 }, (_, n) => ask('eve', nobodies(100, n * 100)));
  await passes(1);
  const analyst = ask('ann', ['u0']);
  await passes(30_000);
  const { states, took } = await analyst;
  expect(states).toEqual(['known']);
  expect(took).toBeLessThanOrEqual(STATUS_TTL + CALL_INTERVAL + LATENCY);
  const refused = (await Promise.all(flood)).filter(({ error }) => error instanceof TooManyReads);
  expect(refused).toHaveLength(40);
  // SentinelOne's limit leaves room for actions: at no time more than ten calls a second.
  for (const { at } of calls) {
    const inSecond = calls.filter((one) => one.at >= at && one.at < at + 1_000);
    expect(inSecond.length).toBeLessThanOrEqual(10);
  }
});

it('returns when to retry, and serves others meanwhile', async () => {
  const { ask } = boardOf();
  const first = Array.from({ length: 21 }, (_, n) => ask('eve', nobodies(100, n * 100)));
  await passes(1);
  const ends = await Promise.all([first[20]!, ask('eve', nobodies(1, 9_999))]);
  expect(ends.map(({ error }) => error)).toEqual([
    expect.objectContaining({ retryAfter: 1 }),
    expect.objectContaining({ retryAfter: 1 }),
  ]);
  const analyst = ask('ann', ['u0']);
  await passes(STATUS_TTL);
  expect((await analyst).states).toEqual(['known']);
  const again = ask('eve', ['u1']);
  await passes(10_000);
  expect((await again).states).toEqual(['known']);
});

it('does not charge for known statuses', async () => {
  const { ask } = boardOf();
  await ask('ann', ['u0']);
  for (let n = 0; n < 100; n++) expect((await ask('ben', ['u0'])).states).toEqual(['known']);
});

it('charges a user once for a host in several simultaneous queries', async () => {
  const { ask, calls } = boardOf(() => pause(LATENCY));
  void ask('first', ['u9']);
  await passes(10);
  const places = Array.from({ length: 50 }, () => ask('ann', ['u0', 'u1']));
  await passes(STATUS_TTL + LATENCY);
  for (const { states } of await Promise.all(places)) expect(states).toEqual(['known', 'known']);
  expect(calls).toHaveLength(2);
});

describe('a call that hangs', () => {
  it('does not block other hosts of the same viewer', async () => {
    const { ask } = boardOf((call) => (names('nobody')(call) ? never() : pause(LATENCY)));
    const list = ask('ann', ['u1', 'u2', 'nobody-0']);
    await passes(1_500);
    const own = ask('ann', ['u1']);
    await passes(STATUS_TTL + LATENCY);
    const { states, took } = await own;
    expect(states).toEqual(['known']);
    expect(took).toBeLessThanOrEqual(STATUS_TTL + LATENCY);
    await passes(15_000);
    expect((await list).error).toMatchObject({ reason: 'timed_out' });
  });

  it('does not block other viewers of the shared call', async () => {
    const { ask } = boardOf((call) => (names('nobody')(call) ? never() : pause(LATENCY)));
    void ask('first', ['u9']);
    await passes(10);
    const poisoned = ask('eve', ['nobody-0']);
    const others = ['ann', 'ben', 'cleo'].map((user, n) => ask(user, [`u${n}`]));
    await passes(STATUS_TTL + SPLIT_AFTER + 4 * CALL_INTERVAL + LATENCY);
    for (const { states } of await Promise.all(others)) expect(states).toEqual(['known']);
    await passes(15_000);
    expect((await poisoned).error).toMatchObject({ reason: 'timed_out' });
  });

  it.each([
    [15_000 - 50, 'timed_out'],
    [15_000 - 51, 'unreachable'],
  ])('and ends by itself after %i ms: %s', async (ms, reason) => {
    const { ask } = boardOf(async () => {
      await pause(ms);
      throw new TypedError('unreachable', 'No complete answer');
    });
    const asked = ask('ann', ['u0']);
    await passes(15_000);
    expect((await asked).error).toMatchObject({ reason });
  });

  it('ends for waiting queries after 15 s, and leaves no state', async () => {
    let isUp = false;
    const { ask } = boardOf(() => (isUp ? pause(LATENCY) : never()));
    const waiting = Array.from({ length: 20 }, (_, n) => ask(`viewer-${n}`, [`u${n}`]));
    await passes(15_000);
    for (const { error, took } of await Promise.all(waiting)) {
      expect(error).toMatchObject({ reason: 'timed_out' });
      expect(took).toBe(15_000);
    }
    isUp = true;
    const after = ask('ann', ['u0']);
    await passes(STATUS_TTL + LATENCY);
    expect((await after).states).toEqual(['known']);
  });

  it('does not block later queries for the same host', async () => {
    let isFirst = true;
    const { ask } = boardOf(() => {
      if (!isFirst) return pause(LATENCY);
      isFirst = false;
      return never();
    });
    void ask('ann', ['u0']);
    await passes(SHARED_READ_WINDOW);
    const later = ask('ben', ['u0']);
    await passes(STATUS_TTL + LATENCY);
    expect((await later).states).toEqual(['known']);
  });
});

describe('a query with an unusable answer', () => {
  const bad = new TypedError('unexpected_answer', 'bad request');

  it('fails alone', async () => {
    const { ask } = boardOf(async (call) => {
      if (names('nobody')(call)) throw bad;
    });
    void ask('first', ['u9']);
    await passes(10);
    const poisoned = ask('eve', ['nobody-0']);
    const others = ['ann', 'ben'].map((user, n) => ask(user, [`u${n}`]));
    await passes(STATUS_TTL + 5 * CALL_INTERVAL);
    for (const { states } of await Promise.all(others)) expect(states).toEqual(['known']);
    expect((await poisoned).error).toBe(bad);
  });

  it('fails together with others at most once a minute if SentinelOne seems unavailable', async () => {
    const { ask } = boardOf(async (call) => {
      if (names('nobody')(call)) throw new TypedError('unreachable', 'HTTP 500');
    });
    let failures = 0;
    for (let second = 0; second < 55; second += 5) {
      void ask('eve', nobodies(1, second));
      const analyst = ask('ann', ['u0']);
      await passes(5_000);
      if ((await analyst).error !== undefined) failures += 1;
    }
    expect(failures).toBeLessThanOrEqual(1);
  });
});

it('pauses when SentinelOne throttles, so that actions get through', async () => {
  let throttledUntil = 0;
  const { ask, calls, now } = boardOf(async () => {
    if (now() < throttledUntil) throw new TypedError('throttled', 'too many');
  });
  throttledUntil = now() + 5_000;
  for (let n = 0; n < 20; n++) {
    void ask(`viewer-${n}`, nobodies(MAX_HOSTS_OF_SHARED_CALL + 1, n * 100));
  }
  await passes(5_000);
  expect(calls.length).toBeLessThanOrEqual(3);
  await passes(10_000);
  const after = ask('ann', ['u0']);
  await passes(STATUS_TTL);
  expect((await after).states).toEqual(['known']);
});

/** What one user asks for: so many hosts each time, this often, that SentinelOne answers or not. */
const anyUser = fc.record({
  hosts: fc.integer({ min: 1, max: 100 }),
  everyMs: fc.integer({ min: 50, max: 5_000 }),
  fate: fc.constantFrom('answered', 'hangs', 'fails', 'slow'),
});

it('does not return statuses of hosts that others query', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyUser, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 0, max: 6_000 }),
      fc.constantFrom(1, MAX_HOSTS_OF_SHARED_CALL, 60, 100),
      async (users, startsAt, hosts) => {
        const { ask } = boardOf(async (call) => {
          if (names('hangs')(call)) return never();
          await pause(names('slow')(call) ? 8_000 : LATENCY);
          if (names('fails')(call)) throw new TypedError('unexpected_answer', 'bad request');
        });
        for (const [n, user] of users.entries()) {
          const { everyMs, fate } = user;
          let turn = 0;
          const askAgain = () => {
            turn += 1;
            void ask(
              `user-${n}`,
              Array.from({ length: user.hosts }, (_, host) => `${fate}-${n}-${turn}-${host}`)
            );
          };
          askAgain();
          setInterval(askAgain, everyMs);
        }
        await passes(startsAt);
        const uuids = Array.from({ length: hosts }, (_, host) => `u${host}`);
        const analyst = ask('ann', uuids);
        await passes(15_000);
        const { states, took } = await analyst;
        expect(states).toEqual(uuids.map(() => 'known'));
        // Collected, shared with something that does not answer, and then asked by itself.
        expect(took).toBeLessThanOrEqual(STATUS_TTL + SPLIT_AFTER + LATENCY + 30 * CALL_INTERVAL);
        jest.clearAllTimers();
      }
    ),
    { numRuns: 50 }
  );
}, 120_000);
