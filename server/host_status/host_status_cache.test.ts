import { TypedError } from '../lib/typed_error';
import { CALL_INTERVAL } from './host_status_cache';
import { agentOf, boardOf, FLEET, pause, passes } from '../../test/helpers/host_status_cache';
import { STATUS_TTL } from './refresh_schedule';

/** What viewers are told, and what SentinelOne is asked for it. */

beforeEach(() => {
  jest.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

const sizes = (calls: ReturnType<typeof boardOf>['calls']) =>
  calls.map(({ values }) => values.length);

it('returns statuses in the order of the query, with unknown ones', async () => {
  const { cache, viewer } = boardOf();
  const answer = cache.statusOf(
    [{ uuid: 'u2' }, { uuid: 'nobody' }, { agentId: '1' }, { uuid: 'u3', agentId: '4' }],
    viewer('ann')
  );
  await passes(STATUS_TTL);
  const { hosts } = await answer;
  expect(hosts.map(({ state }) => state)).toEqual(['known', 'unknown', 'known', 'mismatch']);
  expect(hosts[0]).toMatchObject({ agent: { id: '2' } });
});

it('also looks up the id if the UUID belongs to another agent or to none', async () => {
  const { cache, viewer, calls } = boardOf();
  const answer = cache.statusOf(
    [
      { uuid: 'replaced', agentId: '1' },
      { uuid: 'u2', agentId: '9999' },
      { uuid: 'u3', agentId: '4' },
      { uuid: 'u5', agentId: '5' },
      { uuid: 'nobody', agentId: '9998' },
    ],
    viewer('ann')
  );
  await passes(STATUS_TTL);
  expect((await answer).hosts).toMatchObject([
    { state: 'partial_match', foundBy: 'agentId', agent: { id: '1', uuid: 'u1' } },
    { state: 'partial_match', foundBy: 'uuid', agent: { id: '2' } },
    { state: 'mismatch', agents: [{ id: '3' }, { id: '4' }] },
    { state: 'known', agent: { id: '5' } },
    { state: 'unknown' },
  ]);
  expect(calls).toMatchObject([
    { kind: 'uuids', values: ['replaced', 'u2', 'u3', 'u5', 'nobody'] },
    { kind: 'ids', values: ['1', '9999', '4', '9998'] },
  ]);
});

it('queries such an id at once the next time, without waiting for others', async () => {
  const { cache, viewer, calls, now } = boardOf();
  const references = [{ uuid: 'replaced', agentId: '1' }];
  const first = cache.statusOf(references, viewer('ann'));
  await passes(10_000);
  await first;
  const from = now();
  const second = cache.statusOf(references, viewer('ann'));
  await passes(CALL_INTERVAL);
  expect((await second).hosts).toMatchObject([{ state: 'partial_match' }]);
  expect(calls.slice(2).map(({ kind, at }) => [kind, at - from])).toEqual([
    ['uuids', 0],
    ['ids', CALL_INTERVAL],
  ]);
});

it('queries only the UUID again, once it belongs to the agent with the id', async () => {
  const { cache, viewer, calls } = boardOf();
  const ask = async () => {
    const answer = cache.statusOf([{ uuid: 'new', agentId: '9997' }], viewer('ann'));
    await passes(10_000);
    return (await answer).hosts[0]?.state;
  };
  expect(await ask()).toBe('unknown');
  FLEET.push(agentOf('new', '9997'));
  try {
    expect(await ask()).toBe('known');
    const before = calls.length;
    expect(await ask()).toBe('known');
    expect(calls.slice(before)).toMatchObject([{ kind: 'uuids', values: ['new'] }]);
  } finally {
    FLEET.pop();
  }
});

it('does not query an id that was given only with the UUID of another agent', async () => {
  const { cache, viewer, calls } = boardOf();
  const first = cache.statusOf([{ uuid: 'u3', agentId: '4' }], viewer('ann'));
  await passes(10_000);
  await first;
  const second = cache.statusOf([{ uuid: 'u4', agentId: '4' }], viewer('ann'));
  await passes(10_000);
  expect((await second).hosts).toMatchObject([{ state: 'known', agent: { id: '4' } }]);
  expect(calls.slice(2)).toMatchObject([{ kind: 'uuids', values: ['u4'] }]);
});

it('returns when each status was read, when the query was received, and the clock', async () => {
  const { cache, viewer, now } = boardOf(() => pause(4_000));
  await passes(500);
  const from = now();
  const answer = cache.statusOf([{ uuid: 'u1' }], viewer('ann'));
  await passes(4_000);
  const { hosts, asOf, receivedAt } = await answer;
  // Sent at once, answered four seconds later: what happened in between it does not know.
  expect(receivedAt).toEqual({ clock: 'node-1', at: from });
  expect(hosts[0]!.readAt).toBe(from);
  expect(hosts[0]!.answeredAt).toBe(from + 4_000);
  expect(Date.parse(asOf)).toBe(Date.now() - 4_000);
});

it('makes one call for fifty viewers of fifty hosts, and the next only after 2 s', async () => {
  const { ask, calls } = boardOf();
  const everybody = () => FLEET.slice(0, 50).map(({ uuid }, n) => ask(`viewer-${n}`, [uuid!]));
  const first = everybody();
  await passes(STATUS_TTL);
  await Promise.all(first);
  expect(sizes(calls)).toEqual([1, 49]);
  await passes(STATUS_TTL);
  const second = everybody();
  await passes(STATUS_TTL);
  await Promise.all(second);
  expect(calls.length).toBeLessThanOrEqual(4);
});

it('makes at most one shared call in two seconds', async () => {
  const { ask, calls } = boardOf(() => pause(300));
  for (let n = 0; n < 60; n++) {
    void ask(`viewer-${n % 30}`, [`u${n % 30}`]);
    await passes(500);
  }
  expect(calls.length).toBeLessThanOrEqual(16);
});

it('lets the first query of the only viewer for a host not wait, and repeated ones share calls', async () => {
  const { ask, calls, now } = boardOf();
  const from = now();
  const took: number[] = [];
  for (const uuid of ['u1', 'u2', 'u3']) {
    const answer = ask('ann', [uuid]);
    await passes(500);
    took.push((await answer).took);
  }
  expect(took).toEqual([0, 0, 0]);
  expect(calls.map(({ at }) => at - from)).toEqual([0, 500, 1_000]);
  // Three tabs of the same user, which repeat their queries every second for half a minute.
  const before = calls.length;
  for (let second = 0; second < 30; second += 1) {
    for (const uuid of ['u1', 'u2', 'u3']) void ask('ann', [uuid]);
    await passes(1_000);
  }
  expect(calls.length - before).toBeLessThanOrEqual(16);
});

it('lets the first query of a viewer for a host share a call with those of others', async () => {
  const { ask, calls } = boardOf();
  void ask('ann', ['u1']);
  await passes(100);
  const answers = [ask('ben', ['u2']), ask('ann', ['u3'])];
  await passes(STATUS_TTL);
  await Promise.all(answers);
  expect(sizes(calls)).toEqual([1, 2]);
});

it('limits a call to a hundred agents of one kind', async () => {
  const { cache, viewer, calls } = boardOf();
  const of = (from: number) => FLEET.slice(from, from + 100).map(({ uuid }) => ({ uuid: uuid! }));
  const answers = [
    cache.statusOf(of(0), viewer('ann')),
    cache.statusOf(of(100), viewer('ben')),
    cache.statusOf([{ agentId: '7' }], viewer('cleo')),
  ];
  await passes(STATUS_TTL);
  await Promise.all(answers);
  expect(calls.length).toBe(3);
  for (const { values } of calls) expect(values.length).toBeLessThanOrEqual(100);
  expect(calls.map(({ kind }) => kind).sort()).toEqual(['ids', 'uuids', 'uuids']);
});

it('returns a failure to all waiting queries, without a call for each', async () => {
  const { ask, calls } = boardOf(async () => {
    throw new Error('unreachable');
  });
  const viewers = Array.from({ length: 20 }, (_, n) => ask(`viewer-${n}`, [`u${n}`]));
  await passes(STATUS_TTL);
  const ends = await Promise.all(viewers);
  expect(new Set(ends.map(({ error }) => (error === undefined ? 'answered' : 'failed')))).toEqual(
    new Set(['failed'])
  );
  expect(calls.length).toBeLessThanOrEqual(2);
});

it('calls as the next viewer if the failure concerns only the first one', async () => {
  const mine = new TypedError('no_privilege', 'mine');
  const { ask } = boardOf(async ({ user }) => {
    if (user === 'refused') throw mine;
  });
  const answers = [ask('first', ['u0']), ask('refused', ['u1']), ask('allowed', ['u1'])];
  await passes(STATUS_TTL);
  const [, refused, allowed] = await Promise.all(answers);
  expect(refused!.error).toBe(mine);
  expect(allowed!.states).toEqual(['known']);
});

describe('after an action', () => {
  it('returns no earlier reading', async () => {
    const { cache, ask, calls } = boardOf();
    await ask('ann', ['u0']);
    await passes(1);
    cache.forget();
    const second = ask('ann', ['u0']);
    await passes(STATUS_TTL);
    await second;
    expect(calls).toHaveLength(2);
  });

  it('discards an answer that was in progress', async () => {
    const { cache, ask, calls } = boardOf(() => pause(300));
    const first = ask('ann', ['u0']);
    await passes(100);
    cache.forget();
    await passes(200);
    await first;
    const second = ask('ann', ['u0']);
    await passes(STATUS_TTL + 300);
    await second;
    expect(calls).toHaveLength(2);
  });

  it('later queries do not wait for an earlier call', async () => {
    const { cache, ask, calls } = boardOf(() => pause(300));
    void ask('ann', ['u0']);
    await passes(100);
    cache.forget();
    await passes(1);
    const after = ask('ben', ['u0']);
    await passes(STATUS_TTL + 300);
    const { value } = await after;
    expect(value!.hosts[0]!.readAt).toBe(calls[1]!.at);
  });
});

describe('a query that requires a new reading', () => {
  it('does not return a known reading', async () => {
    const { ask, calls } = boardOf();
    await ask('ann', ['u0']);
    await passes(500);
    const shared = await ask('ben', ['u0']);
    expect(shared.took).toBe(0);
    const fresh = ask('ben', ['u0'], { fresh: true });
    await passes(STATUS_TTL);
    expect((await fresh).value!.hosts[0]!.readAt).toBe(calls[1]!.at);
    expect(calls).toHaveLength(2);
  });

  it('does not wait for an earlier call', async () => {
    const { ask, calls } = boardOf(() => pause(800));
    void ask('ann', ['u0']);
    await passes(100);
    const fresh = ask('ben', ['u0'], { fresh: true });
    await passes(STATUS_TTL + 800);
    const { value } = await fresh;
    expect(value!.hosts[0]!.readAt).toBe(calls[1]!.at);
    expect(value!.hosts[0]!.readAt).toBeGreaterThanOrEqual(value!.receivedAt.at);
  });
});

describe('authorization', () => {
  const forbidden = () => Promise.reject(new TypedError('no_privilege', 'may not'));

  it('is checked before shared readings are returned', async () => {
    const { ask, calls } = boardOf();
    expect((await ask('ann', ['u0'])).states).toEqual(['known']);
    const { error, value } = await ask('eve', ['u0'], { authorize: forbidden });
    expect(error).toMatchObject({ reason: 'no_privilege' });
    expect(value).toBeUndefined();
    expect(calls.map(({ user }) => user)).toEqual(['ann']);
  });

  it('is checked before joining a call of others', async () => {
    const { ask, calls } = boardOf(() => pause(300));
    const allowed = ask('ann', ['u0']);
    await passes(100);
    const { error } = await ask('eve', ['u0'], { authorize: forbidden });
    expect(error).toMatchObject({ reason: 'no_privilege' });
    await passes(300);
    expect((await allowed).states).toEqual(['known']);
    expect(calls).toHaveLength(1);
  });
});
