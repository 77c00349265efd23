import { sortKeyOf, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import { MINUTE, SECOND } from '../../common/lib/constants';
import { agentWith } from '../../test/helpers/sample_hosts';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import type { StoredHostLock } from '../response_actions/ports';
import type { LaterRecord } from '../status_reconciliation/ports';
import { activitiesSince, decide, hadEffect, hostsLeft, type KnownHost } from './release_hosts';

/** Which hosts of a timed isolation still have to be released, by records, locks, readings and activities. */

const REQUESTED = Date.parse('2026-07-01T12:00:00.000Z');
const at = (ms: number): string => new Date(REQUESTED + ms).toISOString();
type Covered = KnownHost['host'];
type LaterHost = LaterRecord['hosts'][number];

const HOST: Covered = { uuid: 'u1', agentId: '1', name: 'web-7', outcome: 'done' };
const ISOLATED = { kind: 'agent', agent: agentWith({ networkStatus: 'disconnected' }) } as const;

const known = (changes: Partial<KnownHost> = {}): KnownHost => ({
  isolation: { actionId: 'own', action: 'isolate', sortKey: 100, requestedAt: at(0) },
  host: HOST,
  reading: ISOLATED,
  lastLock: undefined,
  mayBeRunning: false,
  later: [],
  ownActionIds: new Set(['own-release']),
  activities: [],
  ...changes,
});
const later = (changes: Partial<LaterRecord> = {}, host: Partial<LaterHost> = {}): LaterRecord => ({
  ...{ actionId: 'other', action: 'release', sortKey: 101, requestedAt: at(MINUTE) },
  actor: { username: 'bob', authentication: 'realm' },
  hosts: [{ agentId: '1', outcome: 'done', ...host }],
  ...changes,
});
const lock = (changes: Partial<StoredHostLock> = {}): StoredHostLock => ({
  ...{ actionId: 'other', action: 'release', username: 'bob', since: at(MINUTE) },
  ...changes,
});
const SEND = { kind: 'send' };
const WAIT = { kind: 'wait', problem: { reason: 'in_flight' } };
const handled = (kind: 'sent' | 'released' | 'isolated_again', by: object = {}) => ({
  ...{ kind: 'handled', by: { kind, ...by } },
});
const BY_BOB = { username: 'bob', actionId: 'other' };

it('sends the release if nothing is known against it, also to a host that SentinelOne does not list', () => {
  expect(decide(known())).toEqual(SEND);
  expect(decide(known({ reading: { kind: 'absent' } }))).toEqual(SEND);
});

it('waits while the host cannot be read, whatever records say', () => {
  const problem = { reason: 'unreachable', detail: 'down' } as const;
  const reading = { kind: 'unread', problem } as const;
  expect(decide(known({ reading, later: [later()] }))).toEqual({ kind: 'wait', problem });
});

it.each([
  ['connected', handled('released')],
  ['connecting', handled('released')],
  ['disconnecting', SEND],
  ['disconnected', SEND],
  [null, SEND],
] as const)('takes a host that is %s for %j', (networkStatus, expected) => {
  const agent = agentWith({ networkStatus });
  expect(decide(known({ reading: { kind: 'agent', agent } }))).toEqual(expected);
});

it('takes a released host for released by the task, if an earlier release of the task may have been sent', () => {
  const released = { kind: 'agent', agent: agentWith({ networkStatus: 'connected' }) } as const;
  const own = later(
    { actionId: 'own-release' },
    { outcome: 'failed', reason: 'interrupted', endedAt: at(1) }
  );
  expect(decide(known({ later: [own], reading: released }))).toEqual(handled('sent'));
  expect(decide(known({ later: [own] }))).toEqual(SEND);
  const refused = later({ actionId: 'own-release' }, { outcome: 'failed', reason: 'forbidden' });
  expect(decide(known({ later: [refused], reading: released }))).toEqual(handled('released'));
  const ofUser = later({}, { outcome: 'failed', reason: 'interrupted', endedAt: at(1) });
  expect(decide(known({ later: [ofUser], reading: released }))).toEqual(handled('released'));
  expect(decide(known({ later: [own, later()], reading: released }))).toEqual(
    handled('released', BY_BOB)
  );
});

describe('a later record', () => {
  it.each<[string, LaterRecord, object]>([
    ['of a release', later(), handled('released', BY_BOB)],
    ['of another isolation', later({ action: 'isolate' }), handled('isolated_again', BY_BOB)],
    [
      'of a request without change',
      later({}, { outcome: 'unchanged' }),
      handled('released', BY_BOB),
    ],
    ['of an accepted request', later({}, { outcome: 'requested' }), handled('released', BY_BOB)],
    [
      'of a request that SentinelOne accepted without effect',
      later({}, { outcome: 'failed', reason: 'undone', endedAt: at(1) }),
      handled('released', BY_BOB),
    ],
    [
      'of a request that SentinelOne refused',
      later({}, { outcome: 'failed', reason: 'forbidden', endedAt: at(1) }),
      SEND,
    ],
    ['of a refused host', later({}, { outcome: 'refused' }), SEND],
    ['of a request that is being sent', later({}, { outcome: 'pending' }), WAIT],
    ['of another host', later({}, { agentId: '2' }), SEND],
    ['of another host that is being sent', later({}, { agentId: '2', outcome: 'pending' }), SEND],
    ['of another property', later({ action: 'scan' }), SEND],
    ['that is as old', later({ sortKey: 100 }), SEND],
    ['that is older', later({ sortKey: 99 }), SEND],
    ['of this action', later({ actionId: 'own' }), SEND],
    ['of an earlier release of this action', later({ actionId: 'own-release' }), SEND],
  ])('%s', (_, record, expected) => {
    expect(decide(known({ later: [record] }))).toEqual(expected);
  });

  it('of the action whose release this one replaces does not count', () => {
    const host: Covered = { ...HOST, outcome: 'unchanged', replacesReleaseOf: 'other' };
    expect(decide(known({ host, later: [later()] }))).toEqual(SEND);
    expect(decide(known({ host: HOST, later: [later()] }))).toEqual(handled('released', BY_BOB));
  });

  it('counts as the last one that had an effect', () => {
    const isolation = later({ actionId: 'third', action: 'isolate', sortKey: 102 });
    const refused = later({ actionId: 'fourth', sortKey: 103 }, { outcome: 'refused' });
    const by = { username: 'bob', actionId: 'third' };
    expect(decide(known({ later: [later(), isolation, refused] }))).toEqual(
      handled('isolated_again', by)
    );
    const open = later({ sortKey: 103 }, { outcome: 'pending' });
    expect(decide(known({ later: [isolation, open] }))).toEqual(handled('isolated_again', by));
  });

  it('names who released the host, although SentinelOne shows it as released too', () => {
    const released = { kind: 'agent', agent: agentWith({ networkStatus: 'connected' }) } as const;
    expect(decide(known({ later: [later()], reading: released }))).toEqual(
      handled('released', BY_BOB)
    );
  });

  it('with several hosts counts by the outcome of this one', () => {
    const other = { agentId: '2', outcome: 'refused' } as const;
    const both = (outcome: LaterHost['outcome']) =>
      later({ hosts: [other, { agentId: '1', outcome }, other] });
    expect(decide(known({ later: [both('done')] }))).toEqual(handled('released', BY_BOB));
    expect(decide(known({ later: [both('pending')] }))).toEqual(WAIT);
    expect(decide(known({ later: [both('refused')] }))).toEqual(SEND);
  });

  it('that is open gives way to what SentinelOne reports', () => {
    const released = { kind: 'agent', agent: agentWith({ networkStatus: 'connected' }) } as const;
    const open = [later({}, { outcome: 'pending' })];
    expect(decide(known({ later: open, reading: released }))).toEqual(handled('released'));
    expect(decide(known({ later: open, reading: { kind: 'absent' } }))).toEqual(WAIT);
  });
});

describe('a record of about the same time, by another clock', () => {
  const isolation = { ...known().isolation, sortKey: sortKeyOf(at(0), 'own', 0) };
  const after = (ms: number, host: Partial<LaterHost> = {}) =>
    later({ sortKey: sortKeyOf(at(ms), 'other', 0) }, host);
  const released = handled('released', BY_BOB);

  it.each<[string, string | undefined, LaterRecord, object]>([
    ['was sent before if this action locked the host last', 'own', after(1_000), SEND],
    ['was sent before if its release locked the host last', 'own-release', after(1_000), SEND],
    ['was sent before, a minute apart', 'own', after(MINUTE), SEND],
    ['was sent after, more than a minute apart', 'own', after(MINUTE + 1), released],
    ['was sent after if it locked the host last', 'other', after(1_000), released],
    ['was sent after if nobody knows who locked the host last', undefined, after(1_000), released],
    [
      'found the host released, without a lock',
      'own',
      after(1_000, { outcome: 'unchanged' }),
      released,
    ],
    ['may be about to be sent', 'own', after(1_000, { outcome: 'pending' }), WAIT],
  ])('%s', (_, actionId, record, expected) => {
    const lastLock = actionId === undefined ? undefined : lock({ actionId });
    expect(decide(known({ isolation, lastLock, later: [record] }))).toEqual(expected);
  });

  it('counts for the host that it was sent to only', () => {
    const hosts = [
      { agentId: '2', outcome: 'done' },
      { agentId: '1', outcome: 'unchanged' },
    ] as const;
    const record = { ...after(1_000), hosts };
    const lastLock = lock({ actionId: 'own' });
    expect(decide(known({ isolation, lastLock, later: [record] }))).toEqual(released);
    const sent = [hosts[0], { agentId: '1', outcome: 'done' }] as const;
    const both = { ...record, hosts: sent };
    expect(decide(known({ isolation, lastLock, later: [both] }))).toEqual(SEND);
  });

  it('was sent after the one whose release this request replaces', () => {
    const host: Covered = { ...HOST, outcome: 'unchanged', replacesReleaseOf: 'first' };
    const lastLock = lock({ actionId: 'first' });
    expect(decide(known({ isolation, host, lastLock, later: [after(1_000)] }))).toEqual(released);
  });
});

describe('a later lock', () => {
  const older = (host: Partial<LaterHost>) => [later({ sortKey: 99 }, host)];

  it.each<[string, Partial<KnownHost>, object]>([
    ['of a release', { lastLock: lock() }, handled('released', BY_BOB)],
    [
      'of an isolation',
      { lastLock: lock({ action: 'isolate' }) },
      handled('isolated_again', BY_BOB),
    ],
    [
      'that is older than the request by more than clocks differ',
      { lastLock: lock({ since: at(-MINUTE - 1) }) },
      SEND,
    ],
    [
      'that is older than the request by what clocks may differ',
      { lastLock: lock({ since: at(-MINUTE) }) },
      handled('released', BY_BOB),
    ],
    ['of this action', { lastLock: lock({ actionId: 'own' }) }, SEND],
    ['of its release', { lastLock: lock({ actionId: 'own-release' }) }, SEND],
    [
      'of an action with an open record',
      { lastLock: lock(), later: older({ outcome: 'pending' }) },
      WAIT,
    ],
    [
      'of an action that had no effect on the host',
      { lastLock: lock(), later: older({ outcome: 'refused' }) },
      SEND,
    ],
    [
      'of an action that had an effect on the host',
      { lastLock: lock(), later: older({}) },
      handled('released', BY_BOB),
    ],
    [
      'beside the record of another action',
      { lastLock: lock({ actionId: 'x' }), later: older({ outcome: 'refused' }) },
      handled('released', { username: 'bob', actionId: 'x' }),
    ],
    [
      'beside the open record of another action',
      { lastLock: lock({ actionId: 'x' }), later: older({ outcome: 'pending' }) },
      handled('released', { username: 'bob', actionId: 'x' }),
    ],
    ['of a running action', { lastLock: lock({ isUnreleased: true }), mayBeRunning: true }, WAIT],
    ['of a stopped node', { lastLock: lock({ isUnreleased: true }), mayBeRunning: false }, SEND],
    [
      'that was released, of an action that may be running',
      { lastLock: lock(), mayBeRunning: true },
      handled('released', BY_BOB),
    ],
  ])('%s', (_, changes, expected) => {
    expect(decide(known(changes))).toEqual(expected);
  });

  it('of an action with several records counts if one of them had an effect', () => {
    const records = [...older({ outcome: 'refused' }), ...older({})];
    expect(decide(known({ lastLock: lock(), later: records }))).toEqual(
      handled('released', BY_BOB)
    );
  });

  it('does not count if this request found it there', () => {
    const requestedBefore = { username: 'bob', requestedAt: at(MINUTE) };
    const host: Covered = { ...HOST, outcome: 'unchanged', requestedBefore };
    const lastLock = lock({ action: 'isolate' });
    expect(decide(known({ host, lastLock }))).toEqual(SEND);
    const others = [
      { ...requestedBefore, username: 'carol' },
      { ...requestedBefore, requestedAt: at(0) },
    ];
    for (const before of others) {
      expect(decide(known({ host: { ...host, requestedBefore: before }, lastLock }))).toEqual(
        handled('isolated_again', BY_BOB)
      );
    }
  });
});

describe('activities outside Kibana', () => {
  type Kind = NetworkActivity['kind'];
  const log = (...entries: ReadonlyArray<readonly [Kind, number]>) =>
    entries.map(([kind, ms]) => ({ agentId: '1', kind, at: at(ms) }));
  const AGAIN = handled('isolated_again');
  const unchanged: Covered = { ...HOST, outcome: 'unchanged', replacesReleaseOf: 'first' };
  const confirmed = (ms: number): Covered => ({ ...HOST, confirmedAt: at(ms) });

  it.each<[string, Covered, ReturnType<typeof log>, object]>([
    ['no release', HOST, log(['disconnected', 5_000]), SEND],
    [
      'a release after its isolation',
      HOST,
      log(['disconnected', 5_000], ['reconnected', 6_000]),
      AGAIN,
    ],
    [
      'a release at the time of its isolation',
      HOST,
      log(['disconnected', 5_000], ['reconnected', 5_000]),
      SEND,
    ],
    [
      'a late report of an earlier release',
      HOST,
      log(['reconnected', 1_000], ['disconnected', 5_000]),
      SEND,
    ],
    [
      'an isolation that failed',
      HOST,
      log(['disconnected', 0], ['unableToDisconnect', 6_000]),
      SEND,
    ],
    [
      'an isolation in the moment of the request',
      HOST,
      log(['disconnected', 0], ['reconnected', 1]),
      AGAIN,
    ],
    [
      'a release, of a host without a report of its isolation',
      HOST,
      log(['reconnected', 5_000]),
      SEND,
    ],
    ['a release, of a host that was isolated already', unchanged, log(['reconnected', 1]), AGAIN],
    [
      'a release at the request, of a host that was isolated already',
      unchanged,
      log(['reconnected', 0]),
      SEND,
    ],
    // The clock of the Kibana node is ahead: the host reported its isolation before the noted time of the request.
    [
      'a release after a report just before the request',
      HOST,
      log(['disconnected', -1_000], ['reconnected', -500]),
      AGAIN,
    ],
    [
      'a release before that report',
      HOST,
      log(['reconnected', -2_000], ['disconnected', -1_000]),
      SEND,
    ],
    [
      'a release after the last report before the request',
      HOST,
      log(['disconnected', -5_000], ['reconnected', -4_000], ['disconnected', -1_000]),
      SEND,
    ],
    [
      'a second isolation minutes after a first one just before the request',
      HOST,
      log(['disconnected', -1_000], ['reconnected', 60_000], ['disconnected', 2 * MINUTE + 1]),
      AGAIN,
    ],
    [
      'a first isolation, at the end of these minutes, of a host that reported another just before',
      HOST,
      log(['disconnected', -1_000], ['reconnected', 60_000], ['disconnected', 2 * MINUTE]),
      SEND,
    ],
    [
      'an isolation that took minutes, of a host that reported none before',
      HOST,
      log(['reconnected', 60_000], ['disconnected', 10 * MINUTE]),
      SEND,
    ],
    [
      'a release after an isolation that took minutes',
      HOST,
      log(['disconnected', 10 * MINUTE], ['reconnected', 11 * MINUTE]),
      AGAIN,
    ],
    [
      'an isolation a minute after Kibana found the host isolated',
      confirmed(MINUTE),
      log(['reconnected', 90_000], ['disconnected', 2 * MINUTE]),
      SEND,
    ],
    [
      'a later isolation, of a host that was released more than a minute after Kibana found it isolated',
      confirmed(MINUTE),
      log(['reconnected', 2 * MINUTE + 1], ['disconnected', 2 * MINUTE + 2]),
      AGAIN,
    ],
    [
      'a later isolation, of a host that was released less than a minute after Kibana found it isolated',
      confirmed(MINUTE),
      log(['reconnected', 2 * MINUTE], ['disconnected', 2 * MINUTE + 1]),
      SEND,
    ],
    [
      'no isolation, of a host that was released more than a minute after Kibana found it isolated',
      confirmed(MINUTE),
      log(['reconnected', 2 * MINUTE + 1]),
      AGAIN,
    ],
    [
      'a late isolation, of a host that reported one before the request and that Kibana found isolated later',
      confirmed(5 * MINUTE),
      log(['disconnected', -1_000], ['reconnected', 3 * MINUTE], ['disconnected', 4 * MINUTE]),
      AGAIN,
    ],
  ])('with %s', (_, host, activities, expected) => {
    expect(decide(known({ host, activities }))).toEqual(expected);
  });

  it('show that the isolation of an offline host was requested again, after the command of this one must have left', () => {
    const latest = MINUTE + COMMAND_DEADLINE;
    const after = (...entries: ReadonlyArray<readonly [Kind, number]>) =>
      decide(known({ activities: log(...entries) }));
    expect(after(['disconnect', 0], ['disconnect', latest])).toEqual(SEND);
    expect(after(['disconnect', 0], ['disconnect', latest + 1])).toEqual(AGAIN);
    expect(after(['disconnect', 0], ['reconnect', latest + 1])).toEqual(SEND);
  });

  it('do not count for an action whose activities SentinelOne does not log', () => {
    const isolation = { ...known().isolation, action: 'scan' as const };
    const activities = log(['disconnected', 1], ['reconnected', 2]);
    expect(decide(known({ isolation, activities, reading: { kind: 'absent' } }))).toEqual(SEND);
  });

  it('are needed from a minute before the request on', () => {
    expect(activitiesSince(at(0))).toBe(at(-MINUTE));
    expect(activitiesSince(at(30 * SECOND))).toBe(at(-30 * SECOND));
  });
});

it('counts an effect only for the host itself', () => {
  expect(hadEffect(later(), '1')).toBe(true);
  expect(hadEffect(later(), '2')).toBe(false);
  expect(hadEffect(later({}, { agentId: '2', outcome: 'unchanged' }), '1')).toBe(false);
});

it('has left what the release covers and nobody has handled, of all groups', () => {
  const host = (agentId: string | null, outcome: RecordedHost['outcome']): RecordedHost => ({
    ...{ uuid: null, name: null, agentId, outcome },
  });
  const groups = [
    {
      hosts: [host('1', 'done'), host('2', 'requested'), host('3', 'failed'), host(null, 'done')],
      handledHosts: [{ agentId: '2' }],
    },
    { hosts: [host('4', 'pending'), host('5', 'unchanged')], handledHosts: [{ agentId: '4' }] },
  ] as unknown as readonly ActionRecord[];
  expect(hostsLeft(groups).map(({ agentId }) => agentId)).toEqual(['1', '4']);
  const [first] = groups;
  const unhandled = [{ ...first!, handledHosts: undefined }];
  expect(hostsLeft(unhandled).map(({ agentId }) => agentId)).toEqual(['1', '2']);
  expect(hostsLeft([])).toEqual([]);
});
