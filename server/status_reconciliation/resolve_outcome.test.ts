import type { Agent } from '../../common/hosts/agent';
import type { RecordedHost, SupersedingAction } from '../../common/actions/record';
import { MINUTE, SECOND } from '../../common/lib/constants';
import { agentWith } from '../../test/helpers/sample_hosts';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import {
  resolveOutcome,
  type Activities,
  type AgentReading,
  type OpenHost,
} from './resolve_outcome';

/** What became of a host, from what SentinelOne reports and what records say of later actions. */

const REQUESTED = Date.parse('2026-07-01T12:00:00.000Z');
const at = (ms: number): string => new Date(REQUESTED + ms).toISOString();
/** Times after which an agent that shows no effect has failed. */
const NETWORK = 30 * SECOND;
const SCAN = 10 * MINUTE;
const NOW = at(20 * MINUTE);

const HOST: RecordedHost = { uuid: 'u1', agentId: '1', name: 'web-7', outcome: 'requested' };
const pending = (why: Partial<RecordedHost> = {}): RecordedHost => ({
  ...HOST,
  outcome: 'pending',
  ...why,
});
const reading = (changes: Partial<Agent> = {}): AgentReading => ({
  kind: 'agent',
  agent: agentWith(changes),
});
const open = (changes: Partial<OpenHost> = {}): OpenHost => ({
  ...{ action: 'isolate', host: HOST, agentId: '1', requestedAt: at(0), reading: reading() },
  ...{ later: { kind: 'none' }, age: 20 * MINUTE, now: NOW },
  ...changes,
});
const BY: SupersedingAction = {
  ...{ actionId: 'a2', action: 'release', username: 'bob', requestedAt: at(MINUTE) },
};
const SUPERSEDED = { kind: 'superseded', by: BY } as const;
const CONTESTED = { kind: 'contested' } as const;

const log = (...entries: ReadonlyArray<readonly [NetworkActivity['kind'], number, string?]>) => ({
  ok: true as const,
  value: entries.map(([kind, ms, description]): NetworkActivity => ({
    ...{ agentId: '1', kind, at: at(ms), ...(description === undefined ? {} : { description }) },
  })),
});
const EMPTY = log();
const unread = (detail?: string): Activities => ({
  ok: false,
  problem: { reason: 'unreachable', ...(detail === undefined ? {} : { detail }) },
});

/** The host after the resolution, and whether the activity log was needed for it. */
function resolved(one: OpenHost, activities: Activities = EMPTY) {
  const resolution = resolveOutcome(one);
  if (resolution.kind === 'host') return { host: resolution.host, needsLog: false };
  expect(resolution.agentId).toBe('1');
  return { host: resolution.resolveWith(activities), needsLog: true };
}
const stays = (why: object, host = HOST) => ({ ...host, ...why });
const fails = (why: object) => ({ ...HOST, outcome: 'failed', ...why, endedAt: NOW });
const DONE = { ...HOST, outcome: 'done', endedAt: NOW, confirmedAt: NOW };

describe('from what the agent reports', () => {
  const WAITING = stays({ reason: 'waiting' });
  it.each<[string, Partial<OpenHost>, object]>([
    [
      'not read: nothing changes, and the reason is shown',
      { reading: { kind: 'unread', problem: { reason: 'unreachable', detail: 'down' } } },
      stays({ reason: 'unreachable', detail: 'down' }),
    ],
    [
      'not read, although another action followed',
      { reading: { kind: 'unread', problem: { reason: 'throttled' } }, later: SUPERSEDED },
      stays({ reason: 'throttled' }),
    ],
    ['isolated: done', { reading: reading({ networkStatus: 'disconnected' }) }, DONE],
    [
      'isolated, with an earlier reason and a later action that is running',
      {
        host: { ...HOST, reason: 'offline', detail: 'offline since yesterday' },
        ...{ reading: reading({ networkStatus: 'disconnected' }), later: CONTESTED },
      },
      DONE,
    ],
    [
      'isolated and decommissioned',
      { reading: reading({ networkStatus: 'disconnected', isDecommissioned: true }) },
      DONE,
    ],
    ['isolating', { reading: reading({ networkStatus: 'disconnecting' }) }, WAITING],
    [
      'isolating, although another action followed',
      { reading: reading({ networkStatus: 'disconnecting' }), later: SUPERSEDED },
      WAITING,
    ],
    [
      'isolating, of a host whose answer was lost',
      {
        host: pending({ reason: 'unreachable' }),
        reading: reading({ networkStatus: 'disconnecting' }),
      },
      WAITING,
    ],
    [
      'isolating, and contact unknown',
      { reading: reading({ networkStatus: 'disconnecting', isActive: null }) },
      WAITING,
    ],
    [
      'isolating and offline',
      {
        reading: reading({ networkStatus: 'disconnecting', isActive: false, lastActiveDate: 'T' }),
      },
      stays({ reason: 'offline', detail: 'offline since T' }),
    ],
    [
      'isolating and offline at an unknown time',
      {
        reading: reading({ networkStatus: 'disconnecting', isActive: false, lastActiveDate: null }),
      },
      stays({ reason: 'offline' }),
    ],
    [
      'absent, just after the request',
      { reading: { kind: 'absent' }, age: NETWORK - 1 },
      stays({ reason: 'waiting', detail: 'SentinelOne does not list the agent' }),
    ],
    ['absent', { reading: { kind: 'absent' }, age: NETWORK }, fails({ reason: 'not_found' })],
    [
      'decommissioned',
      { reading: reading({ isDecommissioned: true, isUninstalled: true }), age: 0 },
      fails({ reason: 'decommissioned', detail: 'SentinelOne still shows it as connected' }),
    ],
    [
      'uninstalled',
      { reading: reading({ isUninstalled: true }), age: 0 },
      fails({ reason: 'uninstalled', detail: 'SentinelOne still shows it as connected' }),
    ],
    [
      'without a network status',
      { reading: reading({ networkStatus: null }) },
      stays({ reason: 'waiting', detail: 'SentinelOne does not report a network status' }),
    ],
    [
      'connected, while the opposite action is running',
      { later: CONTESTED },
      stays({ reason: 'waiting', detail: 'A later action requests the opposite' }),
    ],
    [
      'with a scan that was aborted',
      { action: 'scan', reading: reading({ scanStatus: 'aborted', scanAbortedAt: at(1) }) },
      fails({ reason: 'scan_aborted' }),
    ],
    [
      'with a scan that ended later',
      { action: 'scan', reading: reading({ scanStatus: 'finished', scanFinishedAt: at(1) }) },
      DONE,
    ],
  ])('%s', (_, changes, expected) => {
    expect(resolved(open(changes))).toStrictEqual({ host: expected, needsLog: false });
  });
});

describe('of an agent that shows no effect', () => {
  const shown = 'SentinelOne shows it as connected';
  it.each<[string, Partial<OpenHost>, Activities, object]>([
    ['waits at first', { age: NETWORK - 1 }, EMPTY, stays({ reason: 'waiting' })],
    ['fails then', { age: NETWORK }, EMPTY, fails({ reason: 'not_affected', detail: shown })],
    [
      'fails as undone if it is leaving the state again',
      { reading: reading({ networkStatus: 'connecting' }) },
      EMPTY,
      fails({ reason: 'undone', detail: 'SentinelOne shows it as connecting' }),
    ],
    [
      'fails as interrupted if the command may not have been sent',
      { host: pending() },
      EMPTY,
      fails({ reason: 'interrupted', detail: shown }),
    ],
    [
      'fails as interrupted whatever the reason was: an accepted command would show',
      { host: pending({ reason: 'unreachable', detail: 'down' }) },
      EMPTY,
      fails({ reason: 'interrupted', detail: shown }),
    ],
    [
      'says if the activity log could not be read, and why',
      {},
      unread('down'),
      fails({
        reason: 'not_affected',
        detail: `${shown}. The activity log could not be read: down`,
      }),
    ],
    [
      'says why without a detail',
      {},
      unread(),
      fails({
        reason: 'not_affected',
        detail: `${shown}. The activity log could not be read: unreachable`,
      }),
    ],
    [
      'waits from when an offline host was seen online, also by another clock',
      { host: { ...HOST, waitingSince: at(20 * MINUTE - NETWORK + 1) } },
      EMPTY,
      stays({ reason: 'waiting', waitingSince: at(20 * MINUTE - NETWORK + 1) }),
    ],
    [
      'waits, also by a clock that is ahead',
      { host: { ...HOST, waitingSince: at(20 * MINUTE + NETWORK - 1) } },
      EMPTY,
      stays({ reason: 'waiting', waitingSince: at(20 * MINUTE + NETWORK - 1) }),
    ],
    [
      'fails after that time',
      { host: { ...HOST, waitingSince: at(20 * MINUTE - NETWORK) } },
      EMPTY,
      {
        ...fails({ reason: 'not_affected', detail: shown }),
        waitingSince: at(20 * MINUTE - NETWORK),
      },
    ],
    [
      'fails at once if the agent could not do it',
      { age: 0 },
      log(['unableToDisconnect', 5_000, 'No driver']),
      fails({ reason: 'unable_to_disconnect', detail: `SentinelOne at ${at(5_000)}: No driver` }),
    ],
    [
      'fails as the last entry says: unable, at the time of an isolation or later',
      {},
      log(['disconnected', 5_000], ['unableToDisconnect', 5_000]),
      fails({
        reason: 'unable_to_disconnect',
        detail: `SentinelOne at ${at(5_000)}: no description`,
      }),
    ],
    [
      'fails as the last entry says: isolated after it was unable',
      {},
      log(['unableToDisconnect', 4_000], ['disconnected', 5_000, 'Isolated']),
      fails({ reason: 'undone', detail: `SentinelOne at ${at(5_000)}: Isolated` }),
    ],
    [
      'fails as undone, with the return to the network if that is known',
      {},
      log(
        ['disconnected', 1_000],
        ['reconnected', 2_000],
        ['disconnected', 5_000],
        ['reconnected', 5_000, 'Back']
      ),
      fails({ reason: 'undone', detail: `SentinelOne at ${at(5_000)}: Back` }),
    ],
    [
      'fails as undone, without a return that was before',
      {},
      log(['reconnected', 4_000, 'Back'], ['disconnected', 5_000, 'Isolated']),
      fails({ reason: 'undone', detail: `SentinelOne at ${at(5_000)}: Isolated` }),
    ],
    [
      'takes a return alone for no reason',
      {},
      log(['reconnected', 4_000]),
      fails({ reason: 'not_affected', detail: shown }),
    ],
    [
      'of a release has its own activities',
      { action: 'release', reading: reading({ networkStatus: 'disconnected' }) },
      log(['unableToDisconnect', 5_000], ['reconnected', 4_000, 'Back']),
      fails({ reason: 'undone', detail: `SentinelOne at ${at(4_000)}: Back` }),
    ],
  ])('%s', (_, changes, activities, expected) => {
    expect(resolved(open(changes), activities)).toStrictEqual({ host: expected, needsLog: true });
  });
});

describe('of a command that the agent shows only once it has received it', () => {
  const shown = 'SentinelOne shows its full disk scan as none';
  const OFFLINE = reading({ isActive: false, lastActiveDate: 'T' });
  const LOST = { reason: 'unreachable', detail: 'The answer was lost' } as const;
  it.each<[string, Partial<OpenHost>, object]>([
    [
      'stays open while it is offline',
      { reading: OFFLINE },
      stays({ reason: 'offline', detail: 'offline since T', waitingSince: null }),
    ],
    [
      'stays open, with the reason why it is not known whether it was accepted',
      { reading: OFFLINE, host: pending(LOST) },
      { ...pending(LOST), waitingSince: null },
    ],
    [
      'stays open, with such a reason without a detail',
      { reading: OFFLINE, host: pending({ reason: 'unreachable' }) },
      { ...pending({ reason: 'unreachable' }), waitingSince: null },
    ],
    [
      'waits from when it is online again',
      { host: { ...HOST, waitingSince: null } },
      stays({ reason: 'waiting', waitingSince: NOW }),
    ],
    [
      'waits from then on, with the reason why it is not known',
      { host: pending({ ...LOST, waitingSince: null }) },
      { ...pending(LOST), waitingSince: NOW },
    ],
    [
      'waits from then on, if it was offline at the command',
      { host: { ...HOST, reason: 'offline' } },
      stays({ reason: 'waiting', waitingSince: NOW }),
    ],
    [
      'does not begin to wait again',
      { host: { ...HOST, reason: 'offline', waitingSince: at(20 * MINUTE - SCAN) } },
      {
        ...fails({ reason: 'not_affected', detail: shown }),
        waitingSince: at(20 * MINUTE - SCAN),
      },
    ],
    [
      'waits at first, with the reason why it is not known',
      { host: pending(LOST), age: SCAN - 1 },
      pending(LOST),
    ],
    ['waits at first', { age: SCAN - 1 }, stays({ reason: 'waiting' })],
    ['fails then', { age: SCAN }, fails({ reason: 'not_affected', detail: shown })],
    [
      'fails then with that reason',
      { host: pending(LOST), age: SCAN },
      fails({ reason: 'unreachable', detail: `The answer was lost. ${shown}` }),
    ],
    [
      'fails then with that reason without a detail',
      { host: pending({ reason: 'unreachable' }), age: SCAN },
      fails({ reason: 'unreachable', detail: shown }),
    ],
    [
      'fails as interrupted if the command may not have been sent',
      { host: pending(), age: SCAN },
      fails({ reason: 'interrupted', detail: shown }),
    ],
    [
      'is superseded, without the activity log',
      { later: SUPERSEDED, reading: { kind: 'absent' } },
      fails({ reason: 'superseded', supersededBy: BY }),
    ],
  ])('%s', (_, changes, expected) => {
    const one = open({ action: 'scan', ...changes });
    expect(resolved(one)).toStrictEqual({ host: expected, needsLog: false });
  });
});

describe('after the opposite action', () => {
  const gone = fails({ reason: 'superseded', supersededBy: BY });
  const doneAt = (ms: number) => ({ ...DONE, confirmedAt: at(ms) });
  const ISOLATED = reading({ networkStatus: 'disconnected' });
  it.each<[string, Partial<OpenHost>, Activities, object]>([
    ['is superseded', {}, EMPTY, gone],
    [
      'is superseded, also if SentinelOne does not list it',
      { reading: { kind: 'absent' } },
      EMPTY,
      gone,
    ],
    ['is done if it was isolated before', {}, log(['disconnected', MINUTE]), doneAt(MINUTE)],
    [
      'is done since the first of several isolations',
      {},
      log(['reconnected', 1_000], ['disconnected', 2_000], ['disconnected', 3_000]),
      doneAt(2_000),
    ],
    ['is superseded if it was isolated only later', {}, log(['disconnected', MINUTE + 1]), gone],
    ['is superseded if only its release is logged', {}, log(['reconnected', 1_000]), gone],
    ['is done if it is isolated again, since then', { reading: ISOLATED }, EMPTY, DONE],
    [
      'is done if it is isolated again, since it was first',
      { reading: ISOLATED },
      log(['disconnected', 1_000]),
      doneAt(1_000),
    ],
    ['is done if it is isolated again, without a log', { reading: ISOLATED }, unread(), DONE],
    [
      'stays open for ten minutes while the log cannot be read',
      { now: at(11 * MINUTE - 1) },
      unread('down'),
      stays({ reason: 'unreachable', detail: 'down' }),
    ],
    [
      'stays open, also by a clock that is behind',
      { now: at(-9 * MINUTE + 1) },
      unread(),
      stays({ reason: 'unreachable' }),
    ],
    [
      'is superseded after ten minutes without a log',
      { now: at(11 * MINUTE) },
      unread(),
      { ...gone, endedAt: at(11 * MINUTE) },
    ],
    [
      'is superseded at once if the log cannot be read for good',
      { now: at(2 * MINUTE) },
      { ok: false, problem: { reason: 'forbidden' } },
      { ...gone, endedAt: at(2 * MINUTE) },
    ],
  ])('%s', (_, changes, activities, expected) => {
    const one = open({ later: SUPERSEDED, ...changes });
    expect(resolved(one, activities)).toStrictEqual({ host: expected, needsLog: true });
  });
});
