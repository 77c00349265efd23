import * as fc from 'fast-check';
import { testRepository } from '../../test/helpers/saved_objects_repository';
import { HOST_LOCKS_EXPIRE_AFTER, newLocksOfNode, savedObjectHostLocks } from './host_locks';
import type { HostLock } from './ports';
import { DAY } from '../../common/lib/constants';

/** Host locks of Kibana nodes whose clocks differ. */

const START = 1_700_000_000_000;
const log = { warn: () => {}, error: () => {} };

/** Nodes over one store; each has a clock that is so many ms ahead of the right one. */
function environment() {
  const repository = testRepository();
  const state = { now: START };
  const nodeAhead = (ahead: number) => {
    const clock = () => state.now + ahead;
    const hostLocks = savedObjectHostLocks(
      repository,
      'https://example.sentinelone.net',
      clock,
      log,
      newLocksOfNode()
    );
    const lockBy = (username: string, action: HostLock['action']): HostLock => ({
      ...{ actionId: `of-${username}`, action, username },
      since: new Date(clock()).toISOString(),
    });
    return {
      take: (username: string, action: HostLock['action'] = 'isolate') =>
        hostLocks.take(['1'], lockBy(username, action), clock()),
    };
  };
  return { state, nodeAhead };
}
const kindOf = async (
  taking: ReturnType<ReturnType<ReturnType<typeof environment>['nodeAhead']>['take']>
) => (await taking).byAgent.get('1')!.kind;

it('expires within minutes if a node with a clock 30 days ahead left it, including releases', async () => {
  const { state, nodeAhead } = environment();
  await nodeAhead(30 * DAY).take('crashed');
  const node = nodeAhead(0);
  state.now += 1_000;
  expect(await kindOf(node.take('lead', 'release'))).toBe('taken');
  state.now += HOST_LOCKS_EXPIRE_AFTER - 1;
  expect(await kindOf(node.take('lead', 'release'))).toBe('taken');
  state.now += 1;
  expect(await kindOf(node.take('lead', 'release'))).toBe('held_after_another');
});

it('with any clock difference, blocks other actions while its action may run, and not for long', () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 400 * DAY }),
      fc.array(fc.integer({ min: 0, max: HOST_LOCKS_EXPIRE_AFTER / 2 }), { maxLength: 8 }),
      async (ahead, pauses) => {
        const { state, nodeAhead } = environment();
        await nodeAhead(ahead).take('first');
        const node = nodeAhead(0);
        for (const pause of pauses) {
          state.now += pause;
          const kind = await kindOf(node.take('second'));
          if (state.now - START < HOST_LOCKS_EXPIRE_AFTER) expect(kind).toBe('taken');
          if (kind !== 'taken') return;
        }
        state.now += HOST_LOCKS_EXPIRE_AFTER;
        await kindOf(node.take('second'));
        state.now += HOST_LOCKS_EXPIRE_AFTER;
        expect(await kindOf(node.take('third'))).not.toBe('taken');
      }
    ),
    { numRuns: 60 }
  ));

it('counts each lock separately: an earlier lock on the agent does not make the next one old', async () => {
  const { state, nodeAhead } = environment();
  const ahead = nodeAhead(30 * DAY);
  const node = nodeAhead(0);
  const first = await ahead.take('first');
  expect(await kindOf(node.take('lead'))).toBe('taken');
  await first.release(['1']);
  state.now += HOST_LOCKS_EXPIRE_AFTER;
  await ahead.take('second');
  expect(await kindOf(node.take('lead'))).toBe('taken');
});
