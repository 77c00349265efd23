import type { IsolationActivity } from '../../common/api/connector';
import { TypedError } from '../lib/typed_error';
import {
  ISOLATED_SHARED_FOR,
  isolatedHostsCaches,
  RECENT_AFTER,
  SLOW_AFTER,
} from './isolated_hosts';
import { agentOf, environment } from '../../test/helpers/isolated_hosts';

const unreachable = new TypedError('unreachable', 'SentinelOne could not be reached');

it('reads isolated, isolating and releasing hosts once in ten seconds for all viewers', async () => {
  const { state, asked, read, viewer, hosts } = environment();
  const params: unknown[] = [];
  const { ask } = viewer();
  await hosts.read({
    ...viewer(),
    ask: (given) => {
      params.push(given.networkStatuses);
      return ask(given);
    },
  });
  expect(params).toEqual([['disconnected', 'disconnecting', 'connecting']]);
  await Promise.all(Array.from({ length: 50 }, (_, n) => read(`viewer-${n}`)));
  expect(asked).toHaveLength(1);
  state.now += ISOLATED_SHARED_FOR - 1;
  expect((await read()).ageMs).toBe(ISOLATED_SHARED_FOR - 1);
  expect(asked).toHaveLength(1);
  state.now += 1;
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => read(`viewer-${n}`)));
  expect(asked).toHaveLength(2);
  expect(new Set(answers.map(({ ageMs }) => ageMs))).toEqual(new Set([0]));
});

it('reads pages of a thousand, or smaller ones that Kibana accepts, and keeps that size', async () => {
  const agents = Array.from({ length: 2_500 }, (_, n) => agentOf(String(n)));
  const { state, asked, read } = environment(agents);
  expect((await read()).hosts).toHaveLength(2_500);
  expect(asked.map(({ limit }) => limit)).toEqual([1_000, 1_000, 1_000]);
  state.fits = 600;
  state.now += ISOLATED_SHARED_FOR;
  asked.length = 0;
  expect((await read()).hosts).toHaveLength(2_500);
  expect(asked.map(({ limit }) => limit)).toEqual([1_000, 600, 600, 600, 600]);
  state.now += ISOLATED_SHARED_FOR;
  asked.length = 0;
  const { isComplete } = await read();
  expect(isComplete).toBe(true);
  expect(asked.map(({ limit }) => limit)).toEqual([600, 600, 600, 600, 600]);
});

it('ends if a tenant always returns a further page, and reports that hosts are missing', async () => {
  const { read, viewer } = environment();
  const { ask } = viewer();
  let calls = 0;
  const endless = async (params: Parameters<typeof ask>[0]) => {
    calls += 1;
    return { ...(await ask({ limit: params.limit! })), cursor: 'again' };
  };
  expect(await read('ann', { ask: endless })).toMatchObject({ isComplete: false });
  expect(calls).toBe(10);
});

const AT = '2026-01-01T00:00:00.000Z';
const activityOf = (agentId: string, fields: Partial<IsolationActivity> = {}) => ({
  ...{ agentId, at: AT, user: 'Carla Console', connectedAt: null, isolatedBefore: null },
  ...fields,
});

it('names the source: the record, else the activity log, else nothing', async () => {
  const { state, read, askedActivities } = environment([
    ...[agentOf('1', { networkStatus: 'disconnecting' }), agentOf('2'), agentOf('3')],
  ]);
  const recent = new Date(state.timeOfDay() - 1_000).toISOString();
  state.recorded = new Map([
    ['1', { by: 'ann', since: recent, requestedAt: recent, comment: 'why' }],
  ]);
  state.activities = [activityOf('2')];
  const { hosts } = await read();
  expect(hosts).toMatchObject([
    { source: 'record', by: 'ann', since: recent, comment: 'why', agent: { id: '1' } },
    { source: 'activity', by: 'Carla Console', since: AT, agent: { isIsolatedOutside: true } },
    { source: 'outside', by: null, since: null, agent: { isIsolatedOutside: true } },
  ]);
  expect(hosts[0]!.agent.isIsolatedOutside).toBeUndefined();
  expect(hosts[0]).not.toHaveProperty('requestedAt');
  expect(askedActivities).toEqual([['2', '3']]);
});

it('reads the log once for hosts with an earlier record, and returns who isolated one again outside Kibana', async () => {
  const { state, read, askedActivities } = environment([agentOf('1'), agentOf('2')]);
  const requestedAt = new Date(state.timeOfDay() - 60 * 60_000).toISOString();
  const recorded = { by: 'ann', since: requestedAt, requestedAt, releaseAt: AT, actionId: 'a1' };
  state.recorded = new Map(['1', '2'].map((id) => [id, recorded]));
  const later = (minutes: number) =>
    new Date(Date.parse(requestedAt) + minutes * 60_000).toISOString();
  state.activities = [
    activityOf('2', { at: later(30), connectedAt: later(20), isolatedBefore: later(1) }),
  ];
  const { hosts } = await read();
  expect(hosts[0]).toMatchObject({ source: 'record', by: 'ann', actionId: 'a1' });
  expect(hosts[1]).toEqual({
    ...{ agent: { ...agentOf('2'), isIsolatedOutside: true } },
    ...{ source: 'activity', by: 'Carla Console', since: later(30) },
  });
  for (let n = 0; n < 30; n++) {
    state.now += ISOLATED_SHARED_FOR;
    await read();
  }
  expect(askedActivities).toEqual([['1', '2']]);
});

it('does not mention the log if every host has a record', async () => {
  const { state, read } = environment();
  const since = new Date(state.timeOfDay() - 60 * 60_000).toISOString();
  state.recorded = new Map([['1', { by: 'ann', since, requestedAt: since }]]);
  state.activityFailure = new TypedError('forbidden', 'SentinelOne refused the request');
  expect(await read()).not.toHaveProperty('activityProblem');
  state.recorded = new Map();
  state.now += ISOLATED_SHARED_FOR;
  expect(await read()).toHaveProperty('activityProblem');
});

it('returns the last known hosts and their age while SentinelOne cannot be reached, with growing pauses', async () => {
  const { state, asked, read } = environment();
  await read();
  state.failure = unreachable;
  const pauses: number[] = [];
  for (let n = 0; n < 7; n++) {
    const before = asked.length;
    const from = state.now;
    while (asked.length === before) {
      state.now += 1_000;
      const { hosts, problem, ageMs } = await read();
      expect(hosts).toHaveLength(1);
      expect(ageMs).toBe(state.now - 1_000);
      if (asked.length > before) {
        expect(problem).toMatchObject({ reason: 'unreachable', message: unreachable.message });
        expect(problem!.retryInMs).toBeGreaterThan(0);
      }
    }
    pauses.push((state.now - from) / 1_000);
  }
  // Shared for ten seconds in any case.
  expect(pauses).toEqual([10, 10, 10, 20, 40, 60, 60]);
  state.failure = undefined;
  state.now += 60_000;
  expect((await read()).problem).toBeUndefined();
  state.now += ISOLATED_SHARED_FOR;
  expect(await read()).toMatchObject({ ageMs: 0 });
});

it('waits for the pause that SentinelOne requests', async () => {
  const { state, asked, read } = environment();
  await read();
  state.now += ISOLATED_SHARED_FOR;
  state.failure = new TypedError('throttled', 'SentinelOne throttles requests', 90_000);
  expect((await read()).problem).toEqual({
    ...{ reason: 'throttled', message: 'SentinelOne throttles requests', retryInMs: 90_000 },
  });
  for (let seconds = 10; seconds < 90; seconds += 10) {
    state.now += 10_000;
    await read();
  }
  expect(asked).toHaveLength(2);
  state.now += 10_000;
  await read();
  expect(asked).toHaveLength(3);
});

it('returns the reason if no hosts are known, with the same pauses', async () => {
  const { state, asked, read } = environment();
  state.failure = unreachable;
  for (let n = 0; n < 20; n++) await expect(read()).rejects.toBe(unreachable);
  expect(asked).toHaveLength(1);
  state.now += 5_000;
  await expect(read()).rejects.toBe(unreachable);
  expect(asked).toHaveLength(2);
  state.failure = undefined;
  state.now += 10_000;
  expect((await read()).hosts).toHaveLength(1);
});

/** A read that SentinelOne does not answer before `answer` is called. */
function slowRead({ state, read, wake }: ReturnType<typeof environment>) {
  let answer = () => {};
  state.before = () => new Promise<void>((resolve) => (answer = resolve));
  const slow = read();
  return {
    slow,
    answer: () => answer(),
    after: async (milliseconds: number) => {
      await Promise.resolve();
      state.now += milliseconds;
      wake();
    },
  };
}

it('returns the last known hosts if the answer takes longer than five seconds', async () => {
  const tenant = environment();
  const { state, read } = tenant;
  await read();
  state.now += 60_000;
  const { slow, after, answer } = slowRead(tenant);
  await after(SLOW_AFTER);
  expect(await slow).toMatchObject({
    hosts: [{ agent: { id: '1' } }],
    ageMs: 60_000 + SLOW_AFTER,
    problem: { reason: 'timed_out' },
  });
  state.agents = [];
  answer();
  expect(await read()).toMatchObject({ hosts: [] });
});

it('returns recent hosts after a second, but none from before an action', async () => {
  const tenant = environment();
  const { state, asked, read, hosts } = tenant;
  await read();
  state.now += ISOLATED_SHARED_FOR;
  const first = slowRead(tenant);
  await first.after(RECENT_AFTER);
  const recent = await first.slow;
  expect(recent).toMatchObject({ ageMs: ISOLATED_SHARED_FOR + RECENT_AFTER });
  expect(recent).not.toHaveProperty('problem');
  expect(asked).toHaveLength(2);
  first.answer();

  hosts.forget();
  const second = slowRead(tenant);
  await second.after(RECENT_AFTER);
  expect((await second.slow).problem).toMatchObject({ reason: 'timed_out' });
  second.answer();
});

it('reads again after an action, and returns no earlier status', async () => {
  const { state, asked, read, hosts } = environment();
  await read();
  hosts.forget();
  state.agents = [agentOf('1', { networkStatus: 'connecting' })];
  expect((await read()).hosts).toMatchObject([{ agent: { networkStatus: 'connecting' } }]);
  expect(asked).toHaveLength(2);
});

describe('authorization', () => {
  const forbidden = () => Promise.reject(new TypedError('no_privilege', 'may not'));

  it('is checked before shared data is returned, including the last known hosts', async () => {
    const { state, asked, read } = environment();
    await read();
    await expect(read('eve', { authorize: forbidden })).rejects.toThrow('may not');
    state.failure = unreachable;
    state.now += ISOLATED_SHARED_FOR;
    await read();
    await expect(read('eve', { authorize: forbidden })).rejects.toThrow('may not');
    expect(asked.map(({ user }) => user)).toEqual(['ann', 'ann']);
  });

  it('of one viewer does not affect other viewers', async () => {
    const { asked, read } = environment();
    const refused = read('eve', { ask: forbidden });
    const allowed = [read('ann'), read('ben'), read('cleo')];
    await expect(refused).rejects.toThrow('may not');
    for (const { hosts } of await Promise.all(allowed)) expect(hosts).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });
});

it('is separate per connector, space and tenant, and is discarded after an hour without viewers', () => {
  let now = 0;
  let made = 0;
  const { of } = isolatedHostsCaches(
    () => {
      made += 1;
      return { clock: { id: 'n', now: () => now } } as never;
    },
    () => now
  );
  const connector = { id: 'c', tenant: 'https://a.example' };
  const first = of('default', connector);
  expect(of('default', connector)).toBe(first);
  expect(of('ops', connector)).not.toBe(first);
  expect(of('default', { ...connector, id: 'd' })).not.toBe(first);
  expect(of('default', { ...connector, tenant: 'https://b.example' })).not.toBe(first);
  expect(made).toBe(4);
  now = 60 * 60_000;
  expect(of('default', connector)).not.toBe(first);
});
