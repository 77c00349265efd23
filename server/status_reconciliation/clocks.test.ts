import * as fc from 'fast-check';
import type { NetworkStatus } from '../../common/hosts/agent';
import { isOpen } from '../../common/actions/record';
import { FirstSeen } from '../lib/first_seen';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import { reconcile } from './reconcile';
import {
  agentOf,
  hostOf,
  iso,
  recordOf,
  START,
  testEnvironment,
} from '../../test/helpers/status_reconciliation';
import { DAY } from '../../common/lib/constants';

/** How long a host without any effect of a network command stays open. */
const STATUS_DELAY = PROPERTY_DEFINITIONS.network.effectExpectedWithin;

/** Records of Kibana nodes whose clocks are ahead of the one that reconciles. */

jest.setTimeout(60_000);

const ALIVE = 200_000;

/** A reconciling node that remembers what it has seen, as the task does. */
function node(seeds: Parameters<typeof testEnvironment>[0]) {
  const environment = testEnvironment(seeds, ALIVE);
  const starts = new FirstSeen();
  let last: number | undefined;
  const look = async () => {
    const reconciled = await reconcile(last, environment.ports, { starts });
    last = reconciled.lastCheck;
    return reconciled;
  };
  return { ...environment, look };
}

it('ends a record from the future as soon as SentinelOne reports the requested state', async () => {
  const environment = node([recordOf({ at: 30 * DAY, hosts: [hostOf('1')] })]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
  const { nextCheck } = await environment.look();
  expect(nextCheck).toBe(START + 2_000);
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  environment.state.now = nextCheck!;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([
    { outcome: 'done', confirmedAt: iso(START + 2_000) },
  ]);
});

it('fails one without an effect after the usual time since it was first seen', async () => {
  const environment = node([recordOf({ at: 30 * DAY, hosts: [hostOf('1')] })]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
  await environment.look();
  environment.state.now = START + STATUS_DELAY - 1;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
  environment.state.now = START + STATUS_DELAY + 5_000;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'failed', reason: 'not_affected' }]);
});

it('treats one whose action may be running as stopped after the usual time, not after 30 days', async () => {
  const environment = node([
    recordOf({ at: 30 * DAY, hosts: [hostOf('1', { outcome: 'pending' })] }),
  ]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
  const { nextCheck } = await environment.look();
  expect(nextCheck).toBe(START + ALIVE);
  environment.state.now = START + ALIVE - 1;
  await environment.look();
  expect(environment.record().hosts[0]).not.toHaveProperty('reason');
  environment.state.now = START + ALIVE;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'failed', reason: 'interrupted' }]);
});

it('uses activities from just before it was first seen', async () => {
  const environment = node([recordOf({ at: 30 * DAY, hosts: [hostOf('1')] })]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
  environment.state.now = START - 3_000;
  environment.log('unableToDisconnect', '1');
  environment.state.now = START;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ reason: 'unable_to_disconnect' }]);
});

it('checks at once a record of a node whose clock is behind, although it seems old', async () => {
  const environment = node([]);
  await environment.look();
  environment.put(recordOf({ at: -30 * DAY, hosts: [hostOf('1')] }));
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  environment.state.now = START + 1_000;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'done' }]);
});

it('checks everything if the last check is in the future', async () => {
  const environment = node([recordOf({ hosts: [hostOf('1')] })]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  environment.state.now = START + 10_000;
  const { lastCheck } = await reconcile(START + 30 * DAY, environment.ports);
  expect(lastCheck).toBe(START + 10_000);
  expect(environment.record().state).toBe('ended');
});

it('a release from the future, which may be an earlier one, supersedes nothing', async () => {
  const environment = node([
    recordOf({ hosts: [hostOf('1')] }),
    recordOf({
      actionId: 'a2',
      action: 'release',
      at: 30 * DAY,
      hosts: [hostOf('1', { outcome: 'done' })],
    }),
  ]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
  environment.state.now = START + STATUS_DELAY;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'failed', reason: 'undone' }]);
  expect(environment.record().hosts[0]).not.toHaveProperty('supersededBy');
});

it('a host lock from the future delays no record', async () => {
  const environment = node([recordOf({ hosts: [hostOf('1')] })]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
  environment.hostLocks.set('1', {
    ...{ actionId: 'a2', action: 'release', username: 'lead' },
    since: iso(START + 30 * DAY),
  });
  environment.state.now = START + STATUS_DELAY;
  await environment.look();
  expect(environment.record().hosts).toMatchObject([{ outcome: 'failed', reason: 'undone' }]);
});

it('with any clock difference, every record ends within minutes unless its host stays in progress', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          ahead: fc.oneof(fc.constant(0), fc.integer({ min: -400 * DAY, max: 400 * DAY })),
          action: fc.constantFrom('isolate' as const, 'release' as const),
          outcome: fc.constantFrom('pending' as const, 'requested' as const),
        }),
        { minLength: 1, maxLength: 5 }
      ),
      fc.constantFrom<NetworkStatus>('connected', 'disconnected'),
      async (seeds, networkStatus) => {
        const environment = node(
          seeds.map(({ ahead, action, outcome }, n) =>
            recordOf({ actionId: `a${n}`, action, at: ahead, hosts: [hostOf('1', { outcome })] })
          )
        );
        environment.agents.set('1', agentOf('1', { networkStatus }));
        // Old records are looked at every 15 minutes, and may have to wait for what becomes of a later one.
        const until = START + ALIVE + STATUS_DELAY + 2 * 15 * 60_000;
        for (let n = 0; environment.state.now < until; n++) {
          const { nextCheck } = await environment.look();
          if (nextCheck === undefined) break;
          // As the task: at the latest after a minute.
          expect(nextCheck).toBeGreaterThanOrEqual(environment.state.now);
          environment.state.now = Math.min(nextCheck, environment.state.now + 60_000);
          expect(n).toBeLessThan(1_000);
        }
        for (const n of seeds.keys())
          expect(environment.record(`a${n}`).hosts.some(isOpen)).toBe(false);
      }
    ),
    { numRuns: 150 }
  ));
