import { TypedError } from '../lib/typed_error';
import { IsolationActivities } from './isolation_activities';
import type { RecordAge } from './present_isolation';
import { agentOf } from '../../test/helpers/isolated_hosts';

function log() {
  const state = {
    now: 0,
    failure: undefined as Error | undefined,
    known: ['1', '2', '3'] as readonly string[],
    /** The ages of the records of hosts that have one. */
    records: {} as Record<string, RecordAge>,
  };
  const asked: Array<readonly string[]> = [];
  const activities = new IsolationActivities(() => state.now);
  const read = async (...agents: ReturnType<typeof agentOf>[]) => {
    const { byAgent, problem } = await activities.read(
      agents,
      async (ids) => {
        asked.push(ids);
        if (state.failure !== undefined) throw state.failure;
        return ids
          .filter((id) => state.known.includes(id))
          .map((agentId) => ({
            agentId,
            at: '2026-01-01T00:00:00.000Z',
            user: `user of ${agentId}`,
            connectedAt: null,
            isolatedBefore: null,
          }));
      },
      ({ id }) => state.records[id] ?? 'none'
    );
    return { ids: [...byAgent.keys()].sort(), problem };
  };
  return { state, asked, read };
}

it('is read once per host while it is viewed and unchanged', async () => {
  const { state, asked, read } = log();
  expect(await read(agentOf('1'), agentOf('2'))).toEqual({ ids: ['1', '2'], problem: undefined });
  for (let n = 0; n < 300; n++) {
    state.now += 10_000;
    await read(agentOf('1'), agentOf('2'));
  }
  expect(asked).toEqual([['1', '2']]);
  await read(agentOf('1'), agentOf('2'), agentOf('3'));
  expect(asked.slice(1)).toEqual([['3']]);
});

it('is read again for a host whose status changed, that was missing, or that was not viewed for two minutes', async () => {
  const { state, asked, read } = log();
  await read(agentOf('1', { networkStatus: 'disconnecting' }), agentOf('2'));
  state.now += 10_000;
  await read(agentOf('1'), agentOf('2'));
  expect(asked.at(-1)).toEqual(['1']);
  state.now += 10_000;
  await read(agentOf('1'));
  state.now += 10_000;
  await read(agentOf('1'), agentOf('2'));
  expect(asked.at(-1)).toEqual(['2']);
  state.now += 120_000;
  await read(agentOf('1'), agentOf('2'));
  expect(asked.at(-1)).toEqual(['1', '2']);
});

it('is read again after five minutes for a host without an entry', async () => {
  const { state, asked, read } = log();
  state.known = [];
  for (let at = 0; at <= 5 * 60_000; at += 10_000) {
    state.now = at;
    expect((await read(agentOf('1'))).ids).toEqual([]);
  }
  expect(asked).toEqual([['1'], ['1']]);
});

it('is not read for a host that Kibana isolated while it was viewed, and once an hour for other recorded ones', async () => {
  const { state, asked, read } = log();
  state.known = [];
  state.records = { 1: 'begun', 2: 'earlier', 3: 'recent' };
  await read(agentOf('1', { networkStatus: 'disconnecting' }), agentOf('2'), agentOf('3'));
  expect(asked).toEqual([['2', '3']]);
  for (let at = 10_000; at < 60 * 60_000; at += 10_000) {
    state.now = at;
    state.records = at > 120_000 ? { 1: 'earlier', 2: 'earlier' } : { 1: 'recent', 2: 'earlier' };
    await read(agentOf('1'), agentOf('2'));
  }
  expect(asked).toHaveLength(1);
  // It was released in between.
  await read(agentOf('2'));
  await read(agentOf('1'), agentOf('2'));
  expect(asked.slice(1)).toEqual([['1']]);
});

it('is read for at most a thousand hosts at a time', async () => {
  const { asked, read } = log();
  await read(...Array.from({ length: 2_100 }, (_, n) => agentOf(String(n))));
  expect(asked.map(({ length }) => length)).toEqual([1_000, 1_000, 100]);
});

it('names the missing permission of the token, keeps known results, and is not read for a minute', async () => {
  const { state, asked, read } = log();
  await read(agentOf('1'));
  state.failure = new TypedError('forbidden', 'SentinelOne refused the request');
  state.now += 10_000;
  const denied = await read(agentOf('1'), agentOf('2'));
  expect(denied).toEqual({
    ids: ['1'],
    problem: {
      message: 'SentinelOne refused the request',
      missingPermission: 'Activity Page.view',
    },
  });
  state.now += 59_999;
  await read(agentOf('1'), agentOf('2'));
  expect(asked).toHaveLength(2);
  state.failure = undefined;
  state.now += 1;
  expect(await read(agentOf('1'), agentOf('2'))).toEqual({ ids: ['1', '2'], problem: undefined });

  state.failure = new TypedError('throttled', 'too fast', 300_000);
  state.now += 10_000;
  expect((await read(agentOf('3'))).problem).toEqual({ message: 'too fast' });
  const before = asked.length;
  for (let n = 0; n < 29; n++) {
    state.now += 10_000;
    await read(agentOf('3'));
  }
  expect(asked).toHaveLength(before);
});
