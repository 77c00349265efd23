import * as fc from 'fast-check';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { newLocksOfNode, savedObjectHostLocks } from './host_locks';
import type { HostLock } from './ports';

const START = 1_700_000_000_000;
const TENANT = 'https://example.sentinelone.net';
const log = { warn: () => {}, error: () => {} };

function environment() {
  const repository = testRepository();
  const state = { now: START };
  // Every Kibana node has its own over one store.
  const node = (tenant = TENANT) =>
    savedObjectHostLocks(repository, tenant, () => state.now, log, newLocksOfNode());
  return { state, node };
}
const lockBy = (username: string, action: HostLock['action'] = 'isolate'): HostLock => ({
  actionId: `of-${username}`,
  action,
  username,
  since: new Date(START).toISOString(),
});

it('with twenty concurrent attempts on several nodes, one succeeds and the others learn who has it', async () => {
  const { node } = environment();
  const nodes = [node(), node(), node()];
  const taken = await Promise.all(
    Array.from({ length: 20 }, (_, n) => nodes[n % 3]!.take(['1', '2'], lockBy(`user-${n}`), START))
  );
  for (const id of ['1', '2']) {
    const kinds = taken.map(({ byAgent }) => byAgent.get(id)!);
    expect(kinds.filter(({ kind }) => kind !== 'taken')).toHaveLength(1);
    const holder = taken.findIndex(({ byAgent }) => byAgent.get(id)!.kind !== 'taken');
    for (const locked of kinds) {
      if (locked.kind === 'taken') expect(locked.by).toEqual(lockBy(`user-${holder}`));
    }
  }
});

it('is separate for an agent with the same id in another tenant', async () => {
  const { node } = environment();
  const held = await node().take(['1', '2'], lockBy('analyst'), START);
  const elsewhere = node('https://other.example');
  expect(await elsewhere.lastOn(['1', '2'], 'network')).toEqual(new Map());
  const taken = await elsewhere.take(['1'], lockBy('stranger', 'release'), START);
  expect(taken.byAgent.get('1')).toEqual({ kind: 'held' });
  await taken.release(['1']);
  await held.release(['1', '2']);
  expect((await node().lastOn(['1'], 'network')).get('1')).toEqual(lockBy('analyst'));
  expect((await elsewhere.lastOn(['1'], 'network')).get('1')).toEqual(
    lockBy('stranger', 'release')
  );
});

it('is not affected by actions in another tenant', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          isForeign: fc.boolean(),
          agentId: fc.constantFrom('1', '2'),
          action: fc.constantFrom<'isolate' | 'release'>('isolate', 'release'),
          then: fc.constantFrom('hold', 'send', 'send nothing'),
          pause: fc.constantFrom(0, 1_000, 70_000, 400_000),
        }),
        { maxLength: 12 }
      ),
      async (steps) => {
        const seen: unknown[] = [];
        for (const withForeign of [true, false]) {
          const { node, state } = environment();
          const told: unknown[] = [];
          for (const [n, { isForeign, agentId, action, then, pause }] of steps.entries()) {
            state.now += pause;
            if (isForeign && !withForeign) continue;
            const hostLocks = node(isForeign ? 'https://other.example' : TENANT);
            const held = await hostLocks.take([agentId], lockBy(`user-${n}`, action), state.now);
            if (then !== 'hold') await held.release(then === 'send' ? [agentId] : []);
            if (!isForeign)
              told.push([...held.byAgent], [...(await hostLocks.lastOn(['1', '2'], 'network'))]);
          }
          seen.push(told);
        }
        expect(seen[0]).toEqual(seen[1]);
      }
    ),
    { numRuns: 100 }
  ));

it('is free for the opposite action when the first has ended, even if its host is pending', async () => {
  const { node } = environment();
  const first = await node().take(['1'], lockBy('analyst'), START);
  await first.release(['1']);
  const second = await node().take(['1'], lockBy('lead', 'release'), START);
  expect(second.byAgent.get('1')).toEqual({
    kind: 'held_after_another',
    after: lockBy('analyst'),
    before: lockBy('analyst'),
  });
});

it('expires after a crash, but not while a command may still be sent', async () => {
  const { node, state } = environment();
  await node().take(['1'], lockBy('crashed'), START);
  state.now = START + COMMAND_DEADLINE + 60_000;
  expect((await node().take(['1'], lockBy('b'), state.now)).byAgent.get('1')?.kind).toBe('taken');
  state.now = START + COMMAND_DEADLINE + 3 * 60_000;
  expect((await node().take(['1'], lockBy('b'), state.now)).byAgent.get('1')?.kind).toBe(
    'held_after_another'
  );
});

it('returns who locked an agent last, held or released', async () => {
  const { node } = environment();
  const hostLocks = node();
  await (await hostLocks.take(['1'], lockBy('first'), START)).release(['1']);
  await (await hostLocks.take(['1'], lockBy('second', 'release'), START)).release(['1']);
  await hostLocks.take(['2'], lockBy('third'), START);
  const last = await node().lastOn(['1', '2', '3'], 'network');
  expect([...last]).toEqual([
    ['1', lockBy('second', 'release')],
    ['2', { ...lockBy('third'), isUnreleased: true }],
  ]);
  expect((await node().lastOn([], 'network')).size).toBe(0);
});

it('after a lock without a command, returns the previous one again', async () => {
  const { node, state } = environment();
  await (await node().take(['1'], lockBy('alice'), START)).release(['1']);
  state.now = START + 5_000;
  const second = await node().take(['1', '2'], lockBy('bob'), START);
  // As long as nobody knows whether Bob sends anything, both are named.
  expect((await node().lastOn(['1'], 'network')).get('1')).toEqual({
    ...{ ...lockBy('bob'), isUnreleased: true },
    after: lockBy('alice'),
  });
  await second.release(['2']);
  expect([...(await node().lastOn(['1', '2'], 'network'))]).toEqual([
    ['1', lockBy('alice')],
    ['2', lockBy('bob')],
  ]);
  // A status that was read before Alice released the lock may be outdated. One that was read a minute later is not.
  const third = await node().take(['1'], lockBy('carol'), START + 59_000);
  expect(third.byAgent.get('1')).toEqual({
    kind: 'held_after_another',
    after: lockBy('alice'),
    before: lockBy('alice'),
  });
  await third.release([]);
  const fourth = await node().take(['1'], lockBy('dave'), START + 60_000);
  expect(fourth.byAgent.get('1')).toEqual({ kind: 'held', before: lockBy('alice') });
});

it('after a first lock without a command, returns none', async () => {
  const { node } = environment();
  await (await node().take(['1'], lockBy('alice'), START)).release([]);
  expect((await node().lastOn(['1'], 'network')).size).toBe(0);
  const second = await node().take(['1'], lockBy('bob'), START);
  expect(second.byAgent.get('1')).toEqual({ kind: 'held' });
  await second.release(['1']);
  expect((await node().lastOn(['1'], 'network')).get('1')).toEqual(lockBy('bob'));
});

describe('with actions on two properties', () => {
  beforeEach(() => void jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan'));
  afterEach(() => jest.restoreAllMocks());

  it('locks the host for both, and returns the last lock of each property', async () => {
    const { node, state } = environment();
    const first = await node().take(['1'], lockBy('alice'), START);
    const other = await node().take(['1'], lockBy('bob', 'release'), START);
    expect(other.byAgent.get('1')).toEqual({ kind: 'taken', by: lockBy('alice') });
    expect((await node().lastOn(['1'], 'scan')).size).toBe(0);
    await first.release(['1']);
    state.now = START + 1_000;
    const second = await node().take(['1'], lockBy('bob', 'release'), START);
    expect(second.byAgent.get('1')).toEqual({ kind: 'held_after_another', after: lockBy('alice') });
    const networkOf = async () => (await node().lastOn(['1'], 'network')).get('1');
    const scanOf = async () => (await node().lastOn(['1'], 'scan')).get('1');
    const unreleased = { isUnreleased: true };
    expect([await networkOf(), await scanOf()]).toEqual([
      lockBy('alice'),
      { ...lockBy('bob', 'release'), ...unreleased },
    ]);
    await second.release(['1']);
    const third = await node().take(['1'], lockBy('carol'), START + 2_000);
    expect([await networkOf(), await scanOf()]).toEqual([
      { ...lockBy('carol'), ...unreleased, after: lockBy('alice') },
      lockBy('bob', 'release'),
    ]);
    await third.release([]);
    expect([await networkOf(), await scanOf()]).toEqual([
      lockBy('alice'),
      lockBy('bob', 'release'),
    ]);
  });

  it('never returns an action on the other property', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            action: fc.constantFrom<HostLock['action']>('isolate', 'release'),
            isSent: fc.boolean(),
            pause: fc.constantFrom(0, 1_000, 70_000),
          }),
          { maxLength: 12 }
        ),
        async (steps) => {
          const { node, state } = environment();
          const sent: Partial<Record<HostLock['action'], HostLock>> = {};
          for (const [n, { action, isSent, pause }] of steps.entries()) {
            state.now += pause;
            const hostLock = lockBy(`user-${n}`, action);
            const held = await node().take(['1'], hostLock, state.now);
            await held.release(isSent ? ['1'] : []);
            if (isSent) sent[action] = hostLock;
          }
          expect((await node().lastOn(['1'], 'network')).get('1')).toEqual(sent.isolate);
          expect((await node().lastOn(['1'], 'scan')).get('1')).toEqual(sent.release);
        }
      ),
      { numRuns: 200 }
    ));
});
