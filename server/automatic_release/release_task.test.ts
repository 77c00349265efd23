import type { Logger } from '@kbn/core/server';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';
import { newAutomaticRelease, type AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { DAY, MINUTE, SECOND } from '../../common/lib/constants';
import { agentOf, hostOf, iso, recordOf, START } from '../../test/helpers/status_reconciliation';
import { FirstSeen } from '../lib/first_seen';
import { ConnectorQueue } from '../status_reconciliation/connector_queue';
import type { ReadProblem } from '../status_reconciliation/ports';
import type { PendingRelease, ReleaseChange, TimedAction } from './ports';
import { RELEASE_TASK, releaseDue, releaseTask, type ReleaseOptions } from './release_due';
import { releaseActionIdOf } from './release_schedule';
import type { ReleasePorts } from './timed_action';

/** When the task processes which releases, and how it follows those that have begun. */

const NOW = START + 60 * MINUTE;
const STOPPED_AFTER = 5 * MINUTE;
const TENANT = 'https://example.sentinelone.net';

interface Seed {
  readonly actionId?: string;
  readonly namespace?: string;
  readonly tenant?: string;
  readonly hosts?: readonly RecordedHost[];
  readonly release?: Partial<AutomaticRelease>;
  /** What a search finds as the next check, which may be outdated; default: an hour ago. */
  readonly found?: number;
}
const timed = ({
  actionId = 'iso',
  namespace,
  tenant,
  hosts,
  release = {},
}: Seed): TimedAction => ({
  groups: [
    {
      ...recordOf({
        actionId,
        ...(tenant === undefined ? {} : { tenant }),
        hosts: hosts ?? [hostOf(`of-${actionId}`, { outcome: 'done' })],
      }),
      releaseAt: iso(NOW - SECOND),
      automaticRelease: { ...newAutomaticRelease(iso(NOW - SECOND), 'lead'), ...release },
    },
  ],
  ...{ version: 'v1', namespace },
});
const releasing = (changes: Partial<AutomaticRelease> = {}): Partial<AutomaticRelease> => ({
  ...{ state: 'releasing', attempts: 1, releaseActionId: 'rel', beganAt: iso(NOW - MINUTE) },
  ...changes,
});

interface Options {
  readonly connectors?: readonly string[];
  readonly clientProblem?: ReadProblem;
  /** The records of the release that has begun. */
  readonly records?: readonly ActionRecord[];
  /** Those of earlier releases, by their id. */
  readonly earlier?: ReadonlyMap<string, readonly ActionRecord[]>;
  readonly now?: number;
  /** Instead of reading an action. */
  readonly read?: (actionId: string) => Promise<TimedAction | undefined> | undefined;
}

/** SentinelOne shows all hosts as released, so that nothing has to be sent. */
function environment(
  seeds: readonly Seed[],
  { connectors = ['One'], clientProblem, records = [], earlier, now = NOW, read }: Options = {}
) {
  const state = { now };
  const calls: string[] = [];
  const updates: Array<readonly [string, string | undefined, ReleaseChange]> = [];
  const warnings: string[] = [];
  const actions = new Map(seeds.map((seed) => [seed.actionId ?? 'iso', timed(seed)]));
  const client = {
    reader: {
      agents: async (ids: readonly string[]) => {
        calls.push(`agents ${ids.join()}`);
        return { agents: ids.map((id) => agentOf(id)), failed: new Map() };
      },
      networkActivities: async () => ({ ok: true, value: [] }),
    },
    open: () => {
      calls.push('command');
      throw new Error('No host has to be released');
    },
  };
  const ports = {
    store: {
      pending: async (until: number): Promise<readonly PendingRelease[]> => {
        calls.push(`pending ${until - state.now}`);
        return seeds
          .map(({ actionId = 'iso', namespace, found = NOW - 60 * MINUTE }) => ({
            ...{ actionId, namespace, nextCheckAt: found },
          }))
          .sort((a, b) => a.nextCheckAt - b.nextCheckAt);
      },
      read: async (actionId: string, namespace: string | undefined) => {
        calls.push(`read ${actionId} in ${namespace}`);
        return read?.(actionId) ?? actions.get(actionId);
      },
      update: async ({ groups: [first], namespace }: TimedAction, change: ReleaseChange) => {
        updates.push([first.actionId, namespace, change]);
        return 'written';
      },
    },
    recordsOf: (namespace: string | undefined) => ({
      get: async (actionId: string) => {
        calls.push(`record ${actionId} in ${namespace}`);
        return earlier?.get(actionId) ?? (actionId === 'rel' ? records : []);
      },
    }),
    connectorsIn: async (namespace: string | undefined) => {
      calls.push(`connectors in ${namespace}`);
      return connectors.map((name) => ({ id: `id-${name}`, name }));
    },
    createReleaseClient: async (id: string, namespace: string | undefined, tenant: string) => {
      calls.push(`client ${id} in ${namespace} for ${tenant}`);
      return clientProblem === undefined
        ? { ok: true, client }
        : { ok: false, problem: clientProblem };
    },
    hostLocksOf: () => ({ lastOn: async () => new Map() }),
    laterActionsOn: async () => [],
    clock: () => state.now,
    log: { warn: (message: string) => void warnings.push(message), error: () => {} },
    nodeStoppedAfter: STOPPED_AFTER,
  } as unknown as ReleasePorts;
  const run = (options?: ReleaseOptions) => releaseDue(ports, options);
  /** Of each update, the action, and the state and the problem of its release. */
  const written = () =>
    updates.map(([actionId, , { automaticRelease }]) => [
      actionId,
      automaticRelease?.state,
      automaticRelease?.problem?.reason,
    ]);
  return { ports, run, calls, updates, written, warnings, state };
}
const readsIn = (calls: readonly string[]) => calls.filter((call) => call.startsWith('read'));

describe('the task', () => {
  type Definition = Parameters<TaskManagerSetupContract['registerTaskDefinitions']>[0][string];

  function register(seeds: readonly Seed[], options?: Options) {
    const world = environment(seeds, options);
    let registered: Record<string, Definition> = {};
    const errors: string[] = [];
    const debug: string[] = [];
    const logger = {
      error: (message: string) => void errors.push(message),
      warn: () => {},
      debug: (message: string) => void debug.push(message),
    } as unknown as Logger;
    const task = releaseTask(
      {
        registerTaskDefinitions: (definitions: Record<string, Definition>) => {
          registered = definitions;
        },
      } as unknown as TaskManagerSetupContract,
      async () => world.ports,
      logger
    );
    const [[id, definition]] = Object.entries(registered) as [[string, Definition]];
    const runner = () => definition.createTaskRunner({} as never);
    return { ...world, task, id, definition, runner, errors };
  }

  it.each<[string, readonly Seed[], number]>([
    ['a minute later if nothing is pending', [], MINUTE],
    ['when the next release is due', [{ found: NOW + 30 * SECOND }], 30 * SECOND],
    ['a minute later at the latest', [{ found: NOW + 2 * MINUTE }], MINUTE],
    ['soon after it has processed one', [{}], 2 * SECOND],
  ])('runs again %s', async (_, seeds, pause) => {
    const { id, definition, runner, calls } = register(seeds);
    // Task Manager stores this id.
    expect(id).toBe('sentineloneResponse:automatic-release');
    expect(definition.timeout).toBe('3m');
    expect(definition.title).toContain('SentinelOne Response');
    expect(await runner().run()).toEqual({ state: {}, runAt: new Date(NOW + pause) });
    expect(calls[0]).toBe(`pending ${MINUTE}`);
    expect(calls).not.toContain('command');
  });

  it('begins nothing after it was cancelled', async () => {
    const { runner, calls, updates } = register([{}]);
    const one = runner();
    await one.cancel?.();
    await one.run();
    expect([readsIn(calls), updates]).toEqual([[], []]);
    await runner().run();
    expect(readsIn(calls)).toEqual(['read iso in undefined']);
  });

  it('keeps in mind when a start in the future was first seen', async () => {
    const release = releasing({ beganAt: iso(NOW + DAY) });
    const { runner, state, written } = register([{ release }]);
    await runner().run();
    state.now += STOPPED_AFTER;
    await runner().run();
    expect(written()).toEqual([
      ['iso', 'releasing', undefined],
      ['iso', 'scheduled', 'interrupted'],
    ]);
  });

  it('is scheduled every minute, and runs soon if its next run is much later', async () => {
    jest.useFakeTimers();
    try {
      const { task, errors } = register([]);
      task.stop();
      const asked: unknown[] = [];
      let runAt = new Date();
      const manager = {
        ensureScheduled: async (instance: unknown) => void asked.push(instance),
        get: async (id: string) => {
          asked.push(`get ${id}`);
          return { runAt };
        },
        runSoon: async (id: string) => void asked.push(`run ${id}`),
      } as unknown as TaskManagerStartContract;
      await task.start(manager);
      expect(asked).toEqual([
        {
          ...{ id: RELEASE_TASK, taskType: RELEASE_TASK, params: {}, state: {} },
          schedule: { interval: '60s' },
        },
      ]);
      runAt = new Date(Date.now() + 5 * MINUTE + 2 * MINUTE);
      await jest.advanceTimersByTimeAsync(5 * MINUTE);
      runAt = new Date(Date.now() + 5 * MINUTE + 2 * MINUTE + 1);
      await jest.advanceTimersByTimeAsync(5 * MINUTE);
      const get = `get ${RELEASE_TASK}`;
      expect(asked.slice(1)).toEqual([get, get, `run ${RELEASE_TASK}`]);
      task.stop();
      await jest.advanceTimersByTimeAsync(10 * MINUTE);
      expect(asked).toHaveLength(4);
      expect(errors).toEqual([]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not prevent the start of Kibana if it cannot be scheduled', async () => {
    const { task, errors } = register([]);
    const ensureScheduled = () => Promise.reject(new Error('no shards'));
    await task.start({ ensureScheduled } as unknown as TaskManagerStartContract);
    task.stop();
    expect(errors).toEqual([expect.stringContaining('no shards')]);
  });
});

describe('a run', () => {
  it.each<[string, readonly Seed[], number | undefined]>([
    ['none is pending', [], undefined],
    ['one is due later', [{ found: NOW + 5 * SECOND }], NOW + 5 * SECOND],
    ['one is due now', [{ found: NOW }], NOW + 2 * SECOND],
    [
      'others are due before and after',
      [
        { found: NOW + SECOND, actionId: 'b' },
        { found: NOW - 1 },
        { found: NOW + 2, actionId: 'c' },
      ],
      NOW + 2,
    ],
  ])('returns when the next one is due if %s', async (_, seeds, nextCheck) => {
    const { run, calls } = environment(seeds);
    expect(await run()).toEqual({ nextCheck });
    const due = seeds.filter(({ found }) => found! <= NOW).map(({ actionId = 'iso' }) => actionId);
    expect(readsIn(calls)).toEqual(due.map((id) => `read ${id} in undefined`));
  });

  it('processes what the record says, not what the search found', async () => {
    const { run, calls, written } = environment([
      { actionId: 'later', release: { nextCheckAt: iso(NOW + 1) } },
      { actionId: 'now', release: { nextCheckAt: iso(NOW) } },
      { actionId: 'none', release: { nextCheckAt: null } },
      { actionId: 'cancelled', release: { state: 'cancelled' } },
      { actionId: 'ended', release: { state: 'ended' } },
    ]);
    await run();
    expect(readsIn(calls)).toHaveLength(5);
    expect(written()).toEqual([['now', 'ended', undefined]]);
    expect(calls).not.toContain('command');
  });

  it('leaves out actions that were removed, or have no automatic release, since the search', async () => {
    const { groups, ...action } = timed({});
    const { automaticRelease: _release, ...without } = groups[0];
    const { run, written, warnings, calls } = environment(
      [{ actionId: 'removed' }, { actionId: 'without' }, { actionId: 'c' }],
      {
        read: (id) =>
          id === 'c'
            ? undefined
            : Promise.resolve(id === 'removed' ? undefined : { ...action, groups: [without] }),
      }
    );
    await run();
    expect(readsIn(calls)).toHaveLength(3);
    expect(written()).toEqual([['c', 'ended', undefined]]);
    expect([warnings, calls.includes('command')]).toEqual([[], false]);
  });

  it('reads the hosts of a space and tenant together, through the only connector of the space', async () => {
    const { run, calls, updates } = environment([
      { actionId: 'a' },
      { actionId: 'b', namespace: 'ops' },
      { actionId: 'c' },
      { actionId: 'd', tenant: 'https://other.example' },
    ]);
    await run();
    expect(calls.filter((call) => /^(connectors|client|agents)/.test(call)).sort()).toEqual([
      'agents of-a,of-c',
      'agents of-b',
      'agents of-d',
      `client id-One in ops for ${TENANT}`,
      `client id-One in undefined for ${TENANT}`,
      'client id-One in undefined for https://other.example',
      'connectors in ops',
      'connectors in undefined',
      'connectors in undefined',
    ]);
    expect(updates.map(([id, namespace]) => `${id} ${namespace}`).sort()).toEqual([
      'a undefined',
      'b ops',
      'c undefined',
      'd undefined',
    ]);
  });

  it.each<[string, Options, ReadProblem]>([
    ['there is no connector', { connectors: [] }, { reason: 'no_connector' }],
    [
      'there are several',
      { connectors: ['One', 'Two'] },
      { reason: 'several_connectors', detail: 'One, Two' },
    ],
    [
      'the connector cannot be used',
      { clientProblem: { reason: 'unauthorized', detail: 'why' } },
      { reason: 'unauthorized', detail: 'why' },
    ],
  ])('postpones the releases if %s', async (_, options, { reason, detail = null }) => {
    const { run, updates, calls } = environment([{ actionId: 'a' }, { actionId: 'b' }], options);
    await run();
    expect(updates.map(([id]) => id)).toEqual(['a', 'b']);
    for (const [, , { automaticRelease }] of updates) {
      expect(automaticRelease).toMatchObject({
        ...{ state: 'scheduled', tries: 1, problem: { reason, detail } },
        nextCheckAt: iso(NOW + 10 * SECOND),
      });
    }
    expect(calls.filter((call) => /^(agents|command)/.test(call))).toEqual([]);
  });

  it('continues with the other spaces, and the next fifty, after a failure, which is logged', async () => {
    const many = Array.from({ length: 51 }, (_, n) => ({ actionId: `m${n}`, namespace: 'ops' }));
    const { run, warnings, written, calls } = environment([...many, { actionId: 'own' }], {
      read: (id) => (id === 'm1' ? Promise.reject(new Error('no shards')) : undefined),
    });
    await run();
    expect(written()).toEqual(
      expect.arrayContaining([
        ['m50', 'ended', undefined],
        ['own', 'ended', undefined],
      ])
    );
    expect(written()).toHaveLength(2);
    expect(readsIn(calls)).toHaveLength(4);
    expect(warnings).toEqual([expect.stringMatching(/space ops failed: .*no shards/)]);
    const inDefault = environment([{}], { read: () => Promise.reject(new Error('no shards')) });
    await inDefault.run();
    expect(inDefault.warnings).toEqual([expect.stringContaining('space default failed')]);
  });

  it('begins nothing more once it is cancelled', async () => {
    const seeds = Array.from({ length: 60 }, (_, n) => ({ actionId: `m${n}` }));
    const { run, calls, updates } = environment(seeds);
    await run({ isCancelled: () => readsIn(calls).length === 2 });
    expect(readsIn(calls)).toHaveLength(2);
    expect(updates).toEqual([]);
    const none = environment(seeds);
    await none.run({ isCancelled: () => true });
    expect(readsIn(none.calls)).toEqual([]);
  });

  it('does not wait for a slow space, and does not process it twice at once', async () => {
    const limits = { atOnce: 5, slowAfter: 1, within: 60_000 };
    const connectorQueue = new ConnectorQueue(limits);
    const { run, calls } = environment([{ namespace: 'slow' }, { actionId: 'own' }], {
      read: (id) => (id === 'iso' ? new Promise(() => {}) : undefined),
    });
    await run({ connectorQueue });
    await run({ connectorQueue });
    expect(readsIn(calls).sort()).toEqual([
      'read iso in slow',
      'read own in undefined',
      'read own in undefined',
    ]);
    expect(connectorQueue.lastCheck('slow')).toBe(NOW);
    expect(connectorQueue.lastCheck('')).toBe(NOW);
    await environment([]).run({ connectorQueue });
    expect(connectorQueue.lastCheck('')).toBeUndefined();
  });
});

describe('a release that has begun', () => {
  const recordWith = (...hosts: readonly RecordedHost[]) =>
    recordOf({ actionId: 'rel', action: 'release', hosts });
  const isolated = ['1', '2'].map((id) => hostOf(id, { outcome: 'done' }));
  const follow = async (
    records: readonly ActionRecord[],
    changes: Partial<AutomaticRelease> = {},
    {
      starts,
      hosts = isolated,
      ...more
    }: Options & { readonly starts?: FirstSeen; readonly hosts?: readonly RecordedHost[] } = {}
  ) => {
    const world = environment([{ namespace: 'ops', hosts, release: releasing(changes) }], {
      records,
      ...more,
    });
    await world.run(starts === undefined ? {} : { starts });
    expect(world.calls.filter((call) => /^(agents|command|client)/.test(call))).toEqual([]);
    expect(world.updates).toHaveLength(1);
    const [[actionId, namespace, change]] = world.updates as [(typeof world.updates)[number]];
    expect([actionId, namespace]).toEqual(['iso', 'ops']);
    return { ...change, calls: world.calls };
  };

  it('ends when all of its hosts are released or need no release', async () => {
    const { automaticRelease, handledHosts, calls } = await follow([
      recordWith(hostOf('1', { outcome: 'done' })),
      recordWith(hostOf('2', { outcome: 'unchanged' })),
    ]);
    expect(calls).toContain('record rel in ops');
    expect(automaticRelease).toMatchObject({ state: 'ended', outcome: 'done', endedAt: iso(NOW) });
    expect(handledHosts).toEqual([
      { agentId: '1', name: 'host-1', kind: 'sent', at: iso(NOW) },
      { agentId: '2', name: 'host-2', kind: 'released', at: iso(NOW) },
    ]);
  });

  it('counts for a host whose isolation it ended before the result was known', async () => {
    const { automaticRelease, handledHosts } = await follow(
      [recordWith(hostOf('1', { outcome: 'done' }), hostOf('2', { outcome: 'done' }))],
      {},
      { hosts: [hostOf('1', { outcome: 'failed', reason: 'superseded' }), isolated[1]!] }
    );
    expect(automaticRelease).toMatchObject({ state: 'ended', outcome: 'done' });
    expect(handledHosts).toMatchObject([
      { agentId: '2', kind: 'sent' },
      { agentId: '1', kind: 'sent' },
    ]);
  });

  it('is the task’s for a host that was released by the time of the second, if the first may have been sent', async () => {
    const first = releaseActionIdOf('iso', 1);
    const hosts = [
      hostOf('1', { outcome: 'failed', reason: 'interrupted' }),
      hostOf('2', { outcome: 'failed', reason: 'forbidden' }),
    ];
    const found = ['1', '2'].map((id) => hostOf(id, { outcome: 'unchanged' }));
    const { handledHosts, calls } = await follow(
      [recordWith(...found)],
      { attempts: 2 },
      { earlier: new Map([[first, [recordWith(...hosts)]]]) }
    );
    expect(handledHosts).toMatchObject([
      { agentId: '1', kind: 'sent' },
      { agentId: '2', kind: 'released' },
    ]);
    const read = calls.filter((call) => call.startsWith('record'));
    expect(read).toEqual(['record rel in ops', `record ${first} in ops`]);
  });

  it('reads earlier releases only for a host that was released already', async () => {
    const done = ['1', '2', '3'].map((id) => hostOf(id, { outcome: 'done' }));
    const readOf = async (...records: readonly ActionRecord[]) =>
      (await follow(records, { attempts: 2 })).calls.filter((call) => call.startsWith('record'));
    expect(await readOf(recordWith(...done))).toEqual(['record rel in ops']);
    const mixed = recordWith(hostOf('1', { outcome: 'unchanged' }), done[1]!);
    expect(await readOf(mixed, recordWith(done[2]!))).toHaveLength(2);
  });

  it.each<[string, readonly RecordedHost[], AutomaticRelease['problem']]>([
    ['without a problem', [hostOf('1'), hostOf('2', { outcome: 'done' })], null],
    [
      'with the problem of any host',
      [hostOf('1'), hostOf('2', { reason: 'offline' })],
      { reason: 'offline', detail: null },
    ],
    [
      'even if another host has to be released again',
      [hostOf('1', { outcome: 'failed', reason: 'forbidden' }), hostOf('2')],
      null,
    ],
  ])('is checked again while a host is open, %s', async (_, hosts, problem) => {
    for (const [tries, pause] of [
      [0, 5 * SECOND],
      [2, 20 * SECOND],
    ] as const) {
      const before = { tries, problem: { reason: 'throttled', detail: 'old' } } as const;
      const { automaticRelease, handledHosts } = await follow([recordWith(...hosts)], before);
      expect(automaticRelease).toEqual({
        ...newAutomaticRelease(iso(NOW - SECOND), 'lead'),
        ...releasing({ tries: tries + 1, problem, nextCheckAt: iso(NOW + pause) }),
      });
      expect(handledHosts).toBeUndefined();
    }
  });

  it.each<[string, readonly RecordedHost[], ReadProblem]>([
    [
      'that failed',
      [hostOf('2', { outcome: 'failed', reason: 'forbidden', detail: 'why' })],
      { reason: 'forbidden', detail: 'why' },
    ],
    ['that were not certain when it began', [], { reason: 'in_flight' }],
  ])(
    'is scheduled again for hosts %s, after a growing pause',
    async (_, hosts, { reason, detail = null }) => {
      const done = hostOf('1', { outcome: 'done' });
      for (const [attempts, pause] of [
        [1, 30 * SECOND],
        [3, 2 * MINUTE],
      ] as const) {
        const { automaticRelease, handledHosts } = await follow([recordWith(done, ...hosts)], {
          attempts,
        });
        expect(automaticRelease).toMatchObject({
          ...{ state: 'scheduled', attempts, problem: { reason, detail } },
          nextCheckAt: iso(NOW + pause),
        });
        expect(handledHosts).toMatchObject([{ agentId: '1', kind: 'sent' }]);
      }
    }
  );

  it.each<[string, number, Partial<AutomaticRelease>]>([
    [
      'is checked again while its node may be about to write it',
      STOPPED_AFTER - 1,
      { state: 'releasing', problem: null, tries: 1, nextCheckAt: iso(NOW + 5 * SECOND) },
    ],
    [
      'is scheduled again at once after its node must have stopped',
      STOPPED_AFTER,
      {
        ...{ state: 'scheduled', tries: 1, nextCheckAt: iso(NOW) },
        problem: { reason: 'interrupted', detail: 'Kibana stopped before the release was sent' },
      },
    ],
  ])('without a record %s', async (_, age, expected) => {
    const { automaticRelease } = await follow([], { beganAt: iso(NOW - age) });
    expect(automaticRelease).toMatchObject(expected);
  });

  it('without a record, and with a start in the future, counts from when this node first saw it', async () => {
    const starts = new FirstSeen();
    const changes = { beganAt: iso(NOW + DAY) };
    const first = await follow([], changes, { starts });
    expect(first.automaticRelease?.state).toBe('releasing');
    // Another release of the same node counts separately.
    const later = { starts, now: NOW + STOPPED_AFTER };
    const other = await follow([], { ...changes, releaseActionId: 'other' }, later);
    expect(other.automaticRelease?.state).toBe('releasing');
    const second = await follow([], changes, later);
    expect(second.automaticRelease?.state).toBe('scheduled');
  });
});
