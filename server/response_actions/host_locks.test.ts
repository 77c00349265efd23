import * as fc from 'fast-check';
import { COMMANDS_LEAVE_WITHIN } from '../sentinelone_client/command_deadline';
import { ObservedStarts } from '../lib/first_seen';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { savedObjectClaims } from './host_locks';
import type { Claim } from './ports';

const START = 1_700_000_000_000;
const TENANT = 'https://example.sentinelone.net';
const log = { warn: () => {}, error: () => {} };

function world() {
  const repository = testRepository();
  const state = { now: START };
  // Every Kibana node has its own over one store.
  const node = (tenant = TENANT) =>
    savedObjectClaims(repository, tenant, () => state.now, log, new ObservedStarts());
  return { state, node };
}
const claimBy = (username: string, action: Claim['action'] = 'isolate'): Claim => ({
  actionId: `of-${username}`,
  action,
  username,
  since: new Date(START).toISOString(),
});

it('twenty at once on several nodes: one holds it, the others are told who', async () => {
  const { node } = world();
  const nodes = [node(), node(), node()];
  const taken = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      nodes[n % 3]!.take(['1', '2'], claimBy(`user-${n}`), START)
    )
  );
  for (const id of ['1', '2']) {
    const kinds = taken.map(({ byAgent }) => byAgent.get(id)!);
    expect(kinds.filter(({ kind }) => kind !== 'taken')).toHaveLength(1);
    const holder = taken.findIndex(({ byAgent }) => byAgent.get(id)!.kind !== 'taken');
    for (const claimed of kinds) {
      if (claimed.kind === 'taken') expect(claimed.by).toEqual(claimBy(`user-${holder}`));
    }
  }
});

it('is another one for an agent with the same id of another tenant', async () => {
  const { node } = world();
  const held = await node().take(['1', '2'], claimBy('analyst'), START);
  const elsewhere = node('https://other.example');
  expect(await elsewhere.lastOn(['1', '2'])).toEqual(new Map());
  const taken = await elsewhere.take(['1'], claimBy('stranger', 'release'), START);
  expect(taken.byAgent.get('1')).toEqual({ kind: 'held' });
  await taken.release(['1']);
  await held.release(['1', '2']);
  expect((await node().lastOn(['1'])).get('1')).toEqual(claimBy('analyst'));
  expect((await elsewhere.lastOn(['1'])).get('1')).toEqual(claimBy('stranger', 'release'));
});

it('is held, refused and remembered alike, whatever is done in another tenant meanwhile', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          isForeign: fc.boolean(),
          agentId: fc.constantFrom('1', '2'),
          action: fc.constantFrom<Claim['action']>('isolate', 'release'),
          then: fc.constantFrom('hold', 'send', 'send nothing'),
          pause: fc.constantFrom(0, 1_000, 70_000, 400_000),
        }),
        { maxLength: 12 }
      ),
      async (steps) => {
        const seen: unknown[] = [];
        for (const withForeign of [true, false]) {
          const { node, state } = world();
          const told: unknown[] = [];
          for (const [n, { isForeign, agentId, action, then, pause }] of steps.entries()) {
            state.now += pause;
            if (isForeign && !withForeign) continue;
            const claims = node(isForeign ? 'https://other.example' : TENANT);
            const held = await claims.take([agentId], claimBy(`user-${n}`, action), state.now);
            if (then !== 'hold') await held.release(then === 'send' ? [agentId] : []);
            if (!isForeign) told.push([...held.byAgent], [...(await claims.lastOn(['1', '2']))]);
          }
          seen.push(told);
        }
        expect(seen[0]).toEqual(seen[1]);
      }
    ),
    { numRuns: 100 }
  ));

it('is free for the opposite action as soon as the first has ended, also while its host is pending', async () => {
  const { node } = world();
  const first = await node().take(['1'], claimBy('analyst'), START);
  await first.release(['1']);
  const second = await node().take(['1'], claimBy('lead', 'release'), START);
  expect(second.byAgent.get('1')).toEqual({
    kind: 'held_after_another',
    after: claimBy('analyst'),
  });
});

it('expires after a crash, but not while a command may still leave', async () => {
  const { node, state } = world();
  await node().take(['1'], claimBy('crashed'), START);
  state.now = START + COMMANDS_LEAVE_WITHIN + 60_000;
  expect((await node().take(['1'], claimBy('b'), state.now)).byAgent.get('1')?.kind).toBe('taken');
  state.now = START + COMMANDS_LEAVE_WITHIN + 3 * 60_000;
  expect((await node().take(['1'], claimBy('b'), state.now)).byAgent.get('1')?.kind).toBe(
    'held_after_another'
  );
});

it('tells who claimed an agent last, held or not', async () => {
  const { node } = world();
  const claims = node();
  await (await claims.take(['1'], claimBy('first'), START)).release(['1']);
  await (await claims.take(['1'], claimBy('second', 'release'), START)).release(['1']);
  await claims.take(['2'], claimBy('third'), START);
  const last = await node().lastOn(['1', '2', '3']);
  expect([...last]).toEqual([
    ['1', claimBy('second', 'release')],
    ['2', claimBy('third')],
  ]);
  expect((await node().lastOn([])).size).toBe(0);
});

it('of a claim under which nothing is sent, whoever held it before is told of again', async () => {
  const { node, state } = world();
  await (await node().take(['1'], claimBy('alice'), START)).release(['1']);
  state.now = START + 5_000;
  const second = await node().take(['1', '2'], claimBy('bob'), START);
  // As long as nobody knows whether Bob sends anything, both are named.
  expect((await node().lastOn(['1'])).get('1')).toEqual({
    ...claimBy('bob'),
    after: claimBy('alice'),
  });
  await second.release(['2']);
  expect([...(await node().lastOn(['1', '2']))]).toEqual([
    ['1', claimBy('alice')],
    ['2', claimBy('bob')],
  ]);
  // What somebody read before Alice let go may still be outdated; what he read a minute later is not.
  const third = await node().take(['1'], claimBy('carol'), START + 59_000);
  expect(third.byAgent.get('1')).toEqual({ kind: 'held_after_another', after: claimBy('alice') });
  await third.release([]);
  const fourth = await node().take(['1'], claimBy('dave'), START + 60_000);
  expect(fourth.byAgent.get('1')).toEqual({ kind: 'held' });
});

it('of a claim that was the first and under which nothing is sent, nothing is told', async () => {
  const { node } = world();
  await (await node().take(['1'], claimBy('alice'), START)).release([]);
  expect((await node().lastOn(['1'])).size).toBe(0);
  const second = await node().take(['1'], claimBy('bob'), START);
  expect(second.byAgent.get('1')).toEqual({ kind: 'held' });
  await second.release(['1']);
  expect((await node().lastOn(['1'])).get('1')).toEqual(claimBy('bob'));
});
