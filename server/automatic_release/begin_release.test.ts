import {
  newAutomaticRelease,
  type AutomaticRelease,
  type HandledHost,
} from '../../common/actions/automatic_release';
import { sortKeyOf, type ActionRecord } from '../../common/actions/record';
import { DAY, MINUTE } from '../../common/lib/constants';
import { agentOf, hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import { FirstSeen } from '../lib/first_seen';
import type { LastHostLock, LockedHosts } from '../response_actions/ports';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import type { LaterRecord, ReadProblem } from '../status_reconciliation/ports';
import { beginReleases } from './begin_release';
import type { ReleaseChange, ReleaseClient, TimedAction } from './ports';
import { releaseActionIdOf } from './release_schedule';
import type { ReleasePorts } from './timed_action';

/** Which hosts the due releases of a connector are sent to, what is read before, and what is written. */

const RELEASE_AT = START + 60 * MINUTE;
const NOW = RELEASE_AT + 1_000;
const STOPPED_AFTER = 5 * MINUTE;

const timed = (
  ids: readonly string[],
  {
    actionId = 'iso',
    at = 0,
    release = {},
    more = {},
  }: {
    readonly actionId?: string;
    /** ms after `START`. */
    readonly at?: number;
    readonly release?: Partial<AutomaticRelease>;
    readonly more?: Partial<ActionRecord>;
  } = {}
): TimedAction => ({
  groups: [
    {
      ...recordOf({ actionId, at, hosts: ids.map((id) => hostOf(id, { outcome: 'done' })) }),
      releaseAt: iso(RELEASE_AT),
      automaticRelease: { ...newAutomaticRelease(iso(RELEASE_AT), 'lead'), ...release },
      ...more,
    },
  ],
  ...{ version: 'v1', namespace: 'ops' },
});
const lockBy = (username: string, more: Partial<LastHostLock> = {}): LastHostLock => ({
  ...{ actionId: `of-${username}`, action: 'isolate', username, since: iso(START + MINUTE) },
  ...more,
});
const laterBy = (username: string, agentId: string): LaterRecord => ({
  ...{ actionId: `of-${username}`, action: 'release', requestedAt: iso(START + MINUTE) },
  sortKey: sortKeyOf(iso(START + MINUTE), '', 0),
  actor: { username, authentication: 'realm' },
  hosts: [{ agentId, outcome: 'done' }],
});

interface Options {
  /** Network status by agent id; agents that are missing are not listed by SentinelOne. */
  readonly agents?: Readonly<Record<string, string>>;
  readonly unread?: Readonly<Record<string, ReadProblem>>;
  readonly last?: Readonly<Record<string, LastHostLock>>;
  readonly later?: readonly LaterRecord[];
  readonly activities?: readonly NetworkActivity[] | ReadProblem;
  /** What is found when the hosts are locked. */
  readonly locks?: Readonly<Record<string, LockedHosts>>;
  readonly written?: 'written' | 'conflict' | Error;
  readonly now?: number;
}

function environment({
  agents = { '1': 'disconnected', '2': 'disconnected' },
  unread = {},
  last = {},
  later = [],
  activities = [],
  locks = {},
  written = 'written',
  now = NOW,
}: Options = {}) {
  const calls: string[] = [];
  const commands: string[] = [];
  const updates: Array<ReleaseChange & { readonly actionId: string }> = [];
  const records: Array<readonly [string | undefined, ActionRecord]> = [];
  const warnings: string[] = [];
  const began: number[] = [];
  const answer = (id: string) => agentOf(id, { networkStatus: agents[id] as 'connected' });
  const send = async ({ method, path, query, body }: ApiRequest): Promise<ApiAnswer> => {
    if (method === 'GET') {
      const data = query!
        .ids!.split(',')
        .flatMap((id) => (agents[id] === undefined ? [] : [answer(id)]));
      return { ok: true, body: { data, pagination: { nextCursor: null } } };
    }
    const { ids } = (body as { filter: { ids: readonly string[] } }).filter;
    commands.push(`${path} ${ids.join()}`);
    calls.push('command');
    return { ok: true, body: { data: { affected: ids.length } } };
  };
  const client: ReleaseClient = {
    reader: {
      agents: async (ids) => {
        calls.push(`agents ${ids.join()}`);
        const listed = ids.filter((id) => agents[id] !== undefined && unread[id] === undefined);
        return { agents: listed.map(answer), failed: new Map(Object.entries(unread)) };
      },
      networkActivities: async (ids, since) => {
        calls.push(`activities ${ids.join()} ${since}`);
        return 'reason' in activities
          ? { ok: false, problem: activities }
          : { ok: true, value: activities as readonly NetworkActivity[] };
      },
    },
    open: (due, startedAt) => {
      began.push(startedAt);
      const ports = { sleep: async () => {}, random: () => 0 };
      const through = (checked: typeof send) => checked;
      return due.openHostAction({ send, through, ports, clock: () => now, began: startedAt });
    },
  };
  const note = (namespace: string | undefined) => (many: readonly ActionRecord[]) => {
    calls.push('record');
    records.push(...many.map((record) => [namespace, record] as const));
    return many.map((record) => ({ record, version: 'v' }));
  };
  const audited: unknown[] = [];
  const ports = {
    store: {
      update: async ({ groups: [{ actionId }] }: TimedAction, change: ReleaseChange) => {
        calls.push(`update ${actionId}`);
        if (written instanceof Error) throw written;
        updates.push({ actionId, ...change });
        return written;
      },
    },
    laterActionsOn: async (_tenant: string, ids: readonly string[], sortKey: number) => {
      calls.push(`later ${ids.join()} ${sortKey}`);
      return later;
    },
    hostLocksOf: (tenant: string) => ({
      readAhead: async () => ({ byDocument: new Map() }),
      noteAgents: () => {},
      take: async (ids: readonly string[]) => ({
        wasContested: false,
        byAgent: new Map(ids.map((id) => [id, locks[id] ?? { kind: 'held' }])),
        release: async () => {},
      }),
      lastOn: async (ids: readonly string[], property: string) => {
        calls.push(`locks ${new URL(tenant).hostname} ${ids.join()} ${property}`);
        return new Map(ids.flatMap((id) => (last[id] === undefined ? [] : [[id, last[id]]])));
      },
    }),
    recordsOf: (namespace: string | undefined) => ({
      create: async (many: readonly ActionRecord[]) => note(namespace)(many),
      replace: async (_: unknown, many: readonly ActionRecord[]) => note(namespace)(many),
    }),
    auditLogOf: (namespace: string | undefined) => ({
      attempted: () => void audited.push(namespace),
      ended: () => {},
    }),
    sent: () => void calls.push('sent'),
    clock: () => now,
    log: { warn: (message: string) => void warnings.push(message), error: () => {} },
    nodeStoppedAfter: STOPPED_AFTER,
  } as unknown as ReleasePorts;
  const begin = (
    actions: readonly TimedAction[],
    isCancelled: () => boolean = () => false,
    starts = new FirstSeen()
  ) => beginReleases(actions, client, starts, ports, isCancelled);
  return { begin, calls, commands, updates, records, warnings, began, audited };
}
const CONNECT = '/agents/actions/connect';
const handledAs = (agentId: string, by: Partial<HandledHost>) => ({
  ...{ agentId, name: `host-${agentId}`, at: iso(NOW) },
  ...by,
});

it('reads everything, then writes that the release begins, and only then records and sends it', async () => {
  const { begin, calls, commands, updates, records, began, audited } = environment();
  const action = timed(['1', '2'], {
    release: { attempts: 1, tries: 5, problem: { reason: 'offline', detail: null } },
  });
  await begin([action]);
  expect(calls).toEqual([
    'agents 1,2',
    'locks example.sentinelone.net 1,2 network',
    `later 1,2 ${sortKeyOf(iso(START - MINUTE), '', 0)}`,
    `activities 1,2 ${iso(START - MINUTE)}`,
    'update iso',
    'record',
    'command',
    'record',
    'sent',
  ]);
  const releaseActionId = releaseActionIdOf('iso', 2);
  expect(updates).toEqual([
    {
      ...{ actionId: 'iso', handledHosts: [] },
      automaticRelease: {
        ...newAutomaticRelease(iso(RELEASE_AT), 'lead'),
        ...{ state: 'releasing', attempts: 2, releaseActionId, beganAt: iso(NOW) },
        nextCheckAt: iso(NOW + 2_000),
      },
    },
  ]);
  expect(commands).toEqual([`${CONNECT} 1,2`]);
  expect(records).toMatchObject([
    ['ops', { actionId: releaseActionId, action: 'release', state: 'sending' }],
    ['ops', { actionId: releaseActionId, state: 'requested' }],
  ]);
  expect(audited).toEqual(['ops']);
  expect(began).toEqual([NOW]);
});

it('reads the hosts of several actions together, from before the oldest of them', async () => {
  const { begin, calls, commands } = environment({
    agents: { '1': 'disconnected', '2': 'disconnected', '3': 'disconnected' },
  });
  await begin([
    timed(['2', '3'], { actionId: 'second', at: 5 * MINUTE }),
    timed(['1', '2'], { actionId: 'first' }),
  ]);
  expect(calls.slice(0, 4)).toEqual([
    'agents 2,3,1',
    'locks example.sentinelone.net 2,3,1 network',
    `later 2,3,1 ${sortKeyOf(iso(START - MINUTE), '', 0)}`,
    `activities 2,3,1 ${iso(START - MINUTE)}`,
  ]);
  expect(calls.filter((call) => /^(agents|locks|later|activities)/.test(call))).toHaveLength(4);
  expect(commands).toEqual([`${CONNECT} 2,3`, `${CONNECT} 1,2`]);
});

describe('does not send to a host', () => {
  it.each<[string, Options, Partial<HandledHost>]>([
    [
      'that SentinelOne shows as connected',
      { agents: { '1': 'connected', '2': 'disconnected' } },
      { kind: 'released' },
    ],
    [
      'that a user released since',
      { later: [laterBy('bob', '1')] },
      { kind: 'released', username: 'bob', actionId: 'of-bob' },
    ],
    [
      'that another action locked since',
      { last: { '1': lockBy('bob') } },
      { kind: 'isolated_again', username: 'bob', actionId: 'of-bob' },
    ],
    [
      'that was isolated again in the console',
      {
        activities: [
          { agentId: '1', kind: 'disconnected', at: iso(START + 1_000) },
          { agentId: '1', kind: 'reconnected', at: iso(START + 2_000) },
        ],
      },
      { kind: 'isolated_again' },
    ],
  ])('%s, but to the others', async (_, options, by) => {
    const { begin, commands, updates } = environment(options);
    await begin([timed(['1', '2'])]);
    expect(commands).toEqual([`${CONNECT} 2`]);
    expect(updates).toMatchObject([{ automaticRelease: { state: 'releasing' } }]);
    expect(updates[0]!.handledHosts).toEqual([handledAs('1', by)]);
  });

  it('and ends the release if no host is left', async () => {
    const { begin, commands, updates, calls } = environment({ later: [laterBy('bob', '1')] });
    const before = handledAs('0', { kind: 'released' }) as HandledHost;
    await begin([timed(['1'], { more: { handledHosts: [before] } })]);
    expect(commands).toEqual([]);
    expect(calls.slice(-1)).toEqual(['update iso']);
    expect(updates).toMatchObject([
      { automaticRelease: { state: 'ended', outcome: 'not_needed', attempts: 0 } },
    ]);
    expect(updates[0]!.handledHosts).toEqual([
      before,
      handledAs('1', { kind: 'released', username: 'bob', actionId: 'of-bob' }),
    ]);
  });
});

it('does not count activities from before the isolation, although those of an older action are read', async () => {
  const activities = [
    { agentId: '2', kind: 'disconnected', at: iso(START + 10 * MINUTE) },
    { agentId: '2', kind: 'reconnected', at: iso(START + 15 * MINUTE) },
  ] as const;
  const { begin, commands } = environment({ activities });
  await begin([timed(['1']), timed(['2'], { actionId: 'second', at: 20 * MINUTE })]);
  expect(commands).toEqual([`${CONNECT} 1`, `${CONNECT} 2`]);
});

it('counts activities from a minute before the isolation on', async () => {
  const activities = [
    { agentId: '1', kind: 'disconnected', at: iso(START - MINUTE) },
    { agentId: '1', kind: 'reconnected', at: iso(START + 10 * MINUTE) },
  ] as const;
  const { begin, commands, updates } = environment({ activities });
  await begin([timed(['1'])]);
  expect(commands).toEqual([]);
  expect(updates[0]!.handledHosts).toEqual([handledAs('1', { kind: 'isolated_again' })]);
});

describe('a later record', () => {
  it('counts for each host that it names', async () => {
    const both = laterBy('bob', '1');
    const later = [{ ...both, hosts: [...both.hosts, { agentId: '2', outcome: 'done' as const }] }];
    const { begin, commands, updates } = environment({ later });
    await begin([timed(['1', '2'])]);
    expect(commands).toEqual([]);
    const by = { kind: 'released', username: 'bob', actionId: 'of-bob' } as const;
    expect(updates[0]!.handledHosts).toEqual([handledAs('1', by), handledAs('2', by)]);
  });

  it('of other hosts does not show that its action had no effect on this one', async () => {
    const later = [{ ...laterBy('bob', '9'), action: 'isolate' as const }];
    const { begin, commands, updates } = environment({ later, last: { '1': lockBy('bob') } });
    await begin([timed(['1'])]);
    expect(commands).toEqual([]);
    expect(updates[0]!.handledHosts).toMatchObject([{ agentId: '1', kind: 'isolated_again' }]);
  });
});

describe('a host that cannot be decided', () => {
  const problem = { reason: 'unreachable', detail: 'down' } as const;

  it('waits with the reason if no other one is left, and keeps what was found of the others', async () => {
    const { begin, commands, updates } = environment({
      ...{ agents: { '1': 'connected' }, unread: { '2': problem } },
    });
    await begin([timed(['1', '2'])]);
    expect(commands).toEqual([]);
    expect(updates).toMatchObject([
      { automaticRelease: { state: 'scheduled', problem, tries: 1, attempts: 0 } },
    ]);
    expect(updates[0]!.handledHosts).toEqual([handledAs('1', { kind: 'released' })]);
  });

  it('does not delay the others', async () => {
    const { begin, commands, updates } = environment({ unread: { '1': problem } });
    await begin([timed(['1', '2'])]);
    expect(commands).toEqual([`${CONNECT} 2`]);
    expect(updates).toMatchObject([{ automaticRelease: { state: 'releasing' }, handledHosts: [] }]);
  });

  it('is not listed by SentinelOne: the release is recorded as refused, and no activities are read', async () => {
    const { begin, calls, commands, records } = environment({ agents: {} });
    await begin([timed(['1'])]);
    expect(calls.some((call) => call.startsWith('activities'))).toBe(false);
    expect(commands).toEqual([]);
    expect(records).toMatchObject([['ops', { state: 'ended', hosts: [{ reason: 'not_found' }] }]]);
  });
});

describe('activities that cannot be read', () => {
  it.each<[string, ReadProblem, number]>([
    ['for a while delay the release', { reason: 'throttled', detail: 'busy' }, 0],
    ['with this token are left out', { reason: 'forbidden' }, 1],
    ['at all are left out', { reason: 'unexpected_answer' }, 1],
  ])('%s', async (_, activities, sent) => {
    const { begin, commands, updates, calls } = environment({ activities });
    await begin([timed(['1']), timed(['2'], { actionId: 'second' })]);
    expect(commands).toEqual(sent === 0 ? [] : [`${CONNECT} 1`, `${CONNECT} 2`]);
    if (sent === 0) {
      const release = { state: 'scheduled', problem: activities };
      expect(updates).toMatchObject([
        { actionId: 'iso', automaticRelease: release },
        { actionId: 'second', automaticRelease: release },
      ]);
      expect(calls).not.toContain('record');
    }
  });
});

it.each(['conflict', 'throws'])(
  'sends nothing if the beginning is not written: %s',
  async (how) => {
    const written = how === 'conflict' ? 'conflict' : new Error('no connection');
    const { begin, commands, calls, warnings } = environment({ written });
    await begin([timed(['1'])]);
    expect([commands, calls.at(-1)]).toEqual([[], 'update iso']);
    expect(warnings).toEqual(
      how === 'conflict' ? [] : [expect.stringMatching(/action iso failed: .*no connection/)]
    );
  }
);

it('continues with the next action after a failure, and stops between actions when it is cancelled', async () => {
  const broken: TimedAction = {
    ...timed(['1']),
    groups: [{ ...timed(['1']).groups[0], actionId: 'broken', automaticRelease: undefined }],
  };
  const failing = environment();
  await failing.begin([broken, timed(['2'])]);
  expect(failing.warnings).toEqual([expect.stringContaining('action broken failed')]);
  expect(failing.commands).toEqual([`${CONNECT} 2`]);

  const cancelled = environment();
  const both = [timed(['1']), timed(['2'], { actionId: 'second' })];
  await cancelled.begin(both, () => cancelled.commands.length > 0);
  expect(cancelled.commands).toEqual([`${CONNECT} 1`]);
});

it('sends nothing before the time in the record, even if the task begins', async () => {
  const { begin, commands, records, warnings } = environment({ now: RELEASE_AT - 1 });
  await begin([timed(['1'])]);
  expect([commands, records, warnings]).toEqual([[], [], []]);
});

describe('a lock of another action that was not released', () => {
  const held = { since: iso(NOW - STOPPED_AFTER), isUnreleased: true } as const;

  it.each<[string, Partial<LastHostLock>, boolean]>([
    [
      'may be running until its node must have stopped',
      { since: iso(NOW - STOPPED_AFTER + 1) },
      false,
    ],
    ['counts as stopped then', {}, true],
  ])('%s', async (_, more, isSent) => {
    const bob = lockBy('bob', { ...held, ...more });
    const { begin, commands, updates } = environment({
      ...{ last: { '1': bob }, locks: { '1': { kind: 'held', before: bob } } },
    });
    await begin([timed(['1'])]);
    expect(commands).toEqual(isSent ? [`${CONNECT} 1`] : []);
    if (!isSent) {
      const release = { state: 'scheduled', problem: { reason: 'in_flight', detail: null } };
      expect(updates).toMatchObject([{ automaticRelease: release }]);
    }
  });

  it('counts from when this node first saw it if its time is in the future', async () => {
    const starts = new FirstSeen();
    const last = { '1': lockBy('bob', { ...held, since: iso(NOW + 30 * DAY) }) };
    for (const [passed, sent] of [
      [0, []],
      [STOPPED_AFTER - 1, []],
      [STOPPED_AFTER, [`${CONNECT} 1`]],
    ] as const) {
      const { begin, commands } = environment({ last, now: NOW + passed });
      await begin([timed(['1'])], undefined, starts);
      expect([passed, commands]).toEqual([passed, sent]);
    }
  });
});

describe('a lock that is found when the host is locked', () => {
  const found = (before: LastHostLock): Options['locks'] => ({ '1': { kind: 'held', before } });

  it('by an action that was not known before prevents the release of its host', async () => {
    const { begin, commands, records } = environment({ locks: found(lockBy('bob')) });
    await begin([timed(['1', '2'])]);
    expect(commands).toEqual([`${CONNECT} 2`]);
    const detail = `bob started to isolate it at ${iso(START + MINUTE)}`;
    const refused = {
      ...{ uuid: 'u1', agentId: '1', name: 'host-1' },
      ...{ outcome: 'refused', reason: 'superseded', detail },
    };
    expect(records[0]![1].hosts).toEqual([
      expect.objectContaining({ agentId: '2', outcome: 'pending' }),
      expect.objectContaining(refused),
    ]);
  });

  it.each<[string, Partial<LastHostLock>, Parameters<typeof timed>[1]]>([
    ['the isolation', { actionId: 'iso' }, {}],
    [
      'an earlier release',
      { actionId: releaseActionIdOf('iso', 1), action: 'release' },
      { release: { attempts: 1 } },
    ],
    [
      'this release',
      { actionId: releaseActionIdOf('iso', 2), action: 'release' },
      { release: { attempts: 1 } },
    ],
    [
      'the isolation whose release it replaces',
      { actionId: 'older' },
      { more: { hosts: [hostOf('1', { outcome: 'unchanged', replacesReleaseOf: 'older' })] } },
    ],
  ])('by %s does not', async (_, more, options) => {
    const { begin, commands } = environment({ locks: found(lockBy('analyst', more)) });
    await begin([timed(['1'], options)]);
    expect(commands).toEqual([`${CONNECT} 1`]);
  });
});

it('takes the locks of its own releases as its own', async () => {
  const own = lockBy('lead', { actionId: releaseActionIdOf('iso', 2), action: 'release' });
  const { begin, commands } = environment({ last: { '1': own } });
  await begin([timed(['1'], { release: { attempts: 2 } })]);
  expect(commands).toEqual([`${CONNECT} 1`]);
});
