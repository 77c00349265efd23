import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { FirstSeen } from '../lib/first_seen';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import { reconcile, type ReconcilePorts } from './reconcile';
import {
  agentOf,
  hostOf,
  iso,
  recordOf,
  START,
  testEnvironment,
  type RecordSeed,
} from '../../test/helpers/status_reconciliation';
import { ConnectorQueue, type ConnectorQueueLimits } from './connector_queue';

/** How long a host without any effect of a network command stays open. */
const STATUS_DELAY = PROPERTY_DEFINITIONS.network.effectExpectedWithin;

const ALIVE = 200_000;
const open = (seed: Partial<RecordSeed> = {}) => recordOf({ hosts: [hostOf('1')], ...seed });
const crashed = (seed: Partial<RecordSeed> = {}) =>
  recordOf({ hosts: [hostOf('1', { outcome: 'pending' })], ...seed });

describe('nothing to do', () => {
  it('makes no request if no record is open', async () => {
    const ended = recordOf({ hosts: [hostOf('1', { outcome: 'refused', reason: 'not_found' })] });
    const environment = testEnvironment([ended]);
    expect(await environment.look()).toEqual({
      lastCheck: START,
      nextCheck: undefined,
      asked: 0,
      ended: 0,
    });
    expect(environment.calls).toEqual([]);
  });

  it('makes no request for a record that is not due, and returns when it is', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    const starts = new FirstSeen();
    environment.state.now = START + 100;
    await reconcile(undefined, environment.ports, { starts });
    expect(environment.calls).toEqual(['agents 1']);
    environment.state.now = START + 500;
    const { nextCheck } = await reconcile(START + 100, environment.ports, { starts });
    expect(environment.calls).toEqual(['agents 1']);
    expect(nextCheck).toBe(START + 2_000);
    environment.state.now = nextCheck!;
    await reconcile(START + 500, environment.ports, { starts });
    expect(environment.calls).toEqual(['agents 1', 'agents 1']);
  });

  it('does not change a record whose action may be running, and checks it afterwards', async () => {
    const environment = testEnvironment([crashed()], ALIVE);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    environment.state.now = START + 10_000;
    const { nextCheck } = await environment.look();
    expect(environment.calls).toEqual([]);
    expect(nextCheck).toBe(START + ALIVE);
    environment.state.now = nextCheck!;
    await environment.look(START + 10_000);
    expect(environment.record().hosts).toMatchObject([{ outcome: 'done' }]);
  });

  it('writes nothing without new information', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await environment.look();
    const version = environment.versionOf();
    environment.state.now += 60_000;
    await environment.look();
    expect(environment.versionOf()).toBe(version);
  });
});

describe('success', () => {
  it.each([
    ['isolate', 'disconnected'],
    ['release', 'connected'],
  ] as const)('%s is done when SentinelOne reports %s', async (action, networkStatus) => {
    const environment = testEnvironment([open({ action })]);
    environment.agents.set('1', agentOf('1', { networkStatus }));
    environment.state.now = START + 4_321;
    expect(await environment.look()).toMatchObject({ asked: 1, ended: 1 });
    expect(environment.record()).toMatchObject({
      state: 'ended',
      endedAt: iso(START + 4_321),
      tookMs: 4_330,
      hosts: [{ outcome: 'done', confirmedAt: iso(START + 4_321), endedAt: iso(START + 4_321) }],
    });
    expect(environment.ends).toEqual([{ actionId: 'a1', agentId: '1', outcome: 'done' }]);
    expect(environment.calls).toEqual(['agents 1']);
  });

  it('reads hundreds of open hosts of many records together', async () => {
    const records = Array.from({ length: 40 }, (_, n) =>
      recordOf({
        actionId: `a${n}`,
        at: n,
        hosts: [hostOf(`${n}1`), hostOf(`${n}2`, { outcome: 'done' })],
      })
    );
    const environment = testEnvironment(records);
    for (let n = 0; n < 40; n++) {
      environment.agents.set(`${n}1`, agentOf(`${n}1`, { networkStatus: 'disconnected' }));
    }
    expect(await environment.look()).toMatchObject({ asked: 40, ended: 40 });
    expect(environment.calls).toEqual(['agents 40']);
  });
});

describe('no final outcome', () => {
  it('states since when a host is offline', async () => {
    const environment = testEnvironment([open()]);
    const lastActiveDate = '2024-07-03T03:44:00.000000Z';
    environment.agents.set(
      '1',
      agentOf('1', { networkStatus: 'disconnecting', isActive: false, lastActiveDate })
    );
    await environment.look();
    expect(environment.record()).toMatchObject({
      state: 'requested',
      hosts: [
        { outcome: 'requested', reason: 'offline', detail: `offline since ${lastActiveDate}` },
      ],
    });
    expect(environment.ends).toEqual([]);
  });

  it('states that an online host has not reported', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await environment.look();
    expect(environment.record().hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
  });

  it('detects that the command of a crashed action is in progress', async () => {
    const environment = testEnvironment([crashed()], 0);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await environment.look();
    expect(environment.record()).toMatchObject({
      state: 'requested',
      hosts: [{ outcome: 'requested' }],
    });
  });

  it('states why SentinelOne could not be read, and keeps the host open', async () => {
    const environment = testEnvironment([open()]);
    environment.state.problem = { reason: 'unauthorized', detail: 'expired' };
    environment.state.now = START + 10 * STATUS_DELAY;
    await environment.look();
    expect(environment.record().hosts).toMatchObject([
      { outcome: 'requested', reason: 'unauthorized', detail: 'expired' },
    ]);
  });

  it('states that the connector does not exist, and resolves the other hosts', async () => {
    const environment = testEnvironment([
      open({ connectorId: 'deleted' }),
      open({ actionId: 'a2', at: 1, hosts: [hostOf('2')] }),
    ]);
    environment.agents.set('2', agentOf('2', { networkStatus: 'disconnected' }));
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([{ reason: 'no_connector' }]);
    expect(environment.record('a2').state).toBe('ended');
  });

  it.each(['connected', 'connecting'] as const)(
    'waits a while for a host that is %s just after it was to be isolated',
    async (networkStatus) => {
      const environment = testEnvironment([open()]);
      environment.agents.set('1', agentOf('1', { networkStatus }));
      environment.state.now = START + STATUS_DELAY - 1;
      await environment.look();
      expect(environment.record().hosts).toMatchObject([
        { outcome: 'requested', reason: 'waiting' },
      ]);
    }
  );
});

describe('failure', () => {
  const reconciled = async (
    environment: ReturnType<typeof testEnvironment>,
    at: number,
    actionId = 'a1'
  ): Promise<unknown> => {
    environment.state.now = START + at;
    await environment.look();
    return environment.record(actionId).hosts[0];
  };

  it('is detected by activity 2010, at once', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1'));
    environment.state.now = START + 1_000;
    environment.log('unableToDisconnect', '1');
    expect(await reconciled(environment, 2_000)).toMatchObject({
      outcome: 'failed',
      reason: 'unable_to_disconnect',
      detail: `SentinelOne at ${iso(START + 1_000)}: unableToDisconnect it`,
      endedAt: iso(START + 2_000),
    });
    expect(environment.calls).toEqual(['agents 1', 'activities 1']);
  });

  it('is not detected by an activity before the request', async () => {
    const environment = testEnvironment([open({ at: 5_000 })]);
    environment.agents.set('1', agentOf('1'));
    environment.log('unableToDisconnect', '1');
    expect(await reconciled(environment, 6_000)).toMatchObject({
      outcome: 'requested',
      reason: 'waiting',
    });
    expect(await reconciled(environment, 5_000 + STATUS_DELAY)).toMatchObject({
      reason: 'not_affected',
    });
  });

  it.each([
    ['isolate', 'connected', ['disconnected', 'reconnected']],
    ['isolate', 'connecting', ['disconnected']],
    ['isolate', 'connecting', []],
    ['release', 'disconnected', ['reconnected', 'disconnected']],
    ['release', 'disconnecting', []],
  ] as const)('%s that is %s again was undone', async (action, networkStatus, log) => {
    const environment = testEnvironment([open({ action })]);
    environment.agents.set('1', agentOf('1', { networkStatus }));
    environment.state.now = START + 1_000;
    for (const kind of log) environment.log(kind, '1');
    expect(await reconciled(environment, STATUS_DELAY)).toMatchObject({
      outcome: 'failed',
      reason: 'undone',
    });
  });

  it('reports an accepted command without effect, and an unreadable activity log', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1'));
    environment.state.activityProblem = { reason: 'forbidden', detail: 'The token lacks X' };
    expect(await reconciled(environment, STATUS_DELAY)).toMatchObject({
      outcome: 'failed',
      reason: 'not_affected',
      detail: expect.stringMatching(
        /connected\. The activity log could not be read.*The token lacks X$/
      ),
    });
  });

  it('reports a crashed action without effect', async () => {
    const environment = testEnvironment([crashed()], ALIVE);
    environment.agents.set('1', agentOf('1'));
    expect(await reconciled(environment, ALIVE)).toMatchObject({
      outcome: 'failed',
      reason: 'interrupted',
    });
  });

  it.each([
    ['decommissioned', { isDecommissioned: true }],
    ['uninstalled', { isUninstalled: true }],
  ] as const)(
    'is given to a host that is %s, and it is not asked about again',
    async (reason, how) => {
      const environment = testEnvironment([open()]);
      environment.agents.set(
        '1',
        agentOf('1', { networkStatus: 'disconnecting', isActive: false, ...how })
      );
      expect(await reconciled(environment, 2_000)).toMatchObject({ outcome: 'failed', reason });
      const { length } = environment.calls;
      await reconciled(environment, 10 * STATUS_DELAY);
      expect(environment.calls).toHaveLength(length);
    }
  );

  it('applies to a host that SentinelOne no longer lists, but not at once', async () => {
    const environment = testEnvironment([open()]);
    expect(await reconciled(environment, 2_000)).toMatchObject({
      outcome: 'requested',
      reason: 'waiting',
    });
    expect(await reconciled(environment, STATUS_DELAY)).toMatchObject({
      outcome: 'failed',
      reason: 'not_found',
    });
  });

  it('is not reported for a host that is isolated although its agent was removed', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set(
      '1',
      agentOf('1', { networkStatus: 'disconnected', isDecommissioned: true })
    );
    expect(await reconciled(environment, 2_000)).toMatchObject({ outcome: 'done' });
  });
});

describe('superseding', () => {
  const release = (outcome: 'requested' | 'pending' | 'failed' | 'refused' | 'done') =>
    recordOf({
      actionId: 'a2',
      action: 'release',
      at: 60_000,
      username: 'lead',
      hosts: [hostOf('1', { outcome })],
    });

  it.each(['requested', 'done'] as const)(
    'a release that was %s supersedes the pending isolation on record',
    async (outcome) => {
      const environment = testEnvironment([open(), release(outcome)]);
      environment.agents.set('1', agentOf('1', { networkStatus: 'connecting', isActive: false }));
      environment.state.now = START + 61_000;
      await environment.look();
      expect(environment.record('a1').hosts).toMatchObject([
        {
          outcome: 'failed',
          reason: 'superseded',
          supersededBy: {
            actionId: 'a2',
            action: 'release',
            username: 'lead',
            requestedAt: iso(START + 60_000),
          },
        },
      ]);
      expect(environment.calls).toEqual(['agents 1', 'activities 1']);
    }
  );

  it('the automatic release of a pending isolation supersedes it once it has taken effect', async () => {
    const endsAction = {
      ...{ actionId: 'a1', requestedBy: 'ann', requestedAt: iso(START) },
      releaseAt: iso(START + 60_000),
    };
    const environment = testEnvironment([open(), { ...release('requested'), endsAction }]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'connecting', isActive: false }));
    environment.state.now = START + 61_000;
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([
      { reason: 'waiting', detail: 'A later action requests the opposite' },
    ]);
    expect(environment.record('a1').state).not.toBe('ended');
    environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
    environment.state.now += 5_000;
    await environment.look();
    environment.state.now += 5_000;
    await environment.look();
    expect(environment.record('a2').hosts).toMatchObject([{ outcome: 'done' }]);
    expect(environment.record('a1').hosts).toMatchObject([
      { outcome: 'failed', reason: 'superseded', supersededBy: { actionId: 'a2' } },
    ]);
  });

  describe('after it took effect', () => {
    /** A host that went there and back again, each ms after `START`. */
    const there = (action: 'isolate' | 'release', at: readonly number[]) => {
      const opposite = action === 'isolate' ? 'release' : 'isolate';
      const environment = testEnvironment([
        open({ action }),
        recordOf({ actionId: 'a2', action: opposite, at: 60_000, hosts: [hostOf('1')] }),
      ]);
      const networkStatus = action === 'isolate' ? 'connecting' : 'disconnecting';
      environment.agents.set('1', agentOf('1', { networkStatus }));
      for (const moment of at) {
        environment.state.now = START + moment;
        environment.log(action === 'isolate' ? 'disconnected' : 'reconnected', '1');
      }
      environment.state.now = START + 61_000;
      return environment;
    };

    it.each(['isolate', 'release'] as const)(
      '%s is done, and confirmed when SentinelOne logged it',
      async (action) => {
        const environment = there(action, [4_000, 60_001]);
        await environment.look();
        const [host] = environment.record('a1').hosts;
        expect(host).toEqual({
          ...hostOf('1', { outcome: 'done' }),
          confirmedAt: iso(START + 4_000),
          endedAt: iso(START + 61_000),
        });
        expect(environment.record('a1').tookMs).toBe(4_000);
        expect(environment.ends).toEqual([{ actionId: 'a1', agentId: '1', outcome: 'done' }]);
        expect(environment.calls).toEqual(['agents 1', 'activities 1']);
      }
    );

    it('counts only between the request and the later request', async () => {
      const environment = there('isolate', [60_001]);
      environment.state.now = START - 1;
      environment.log('disconnected', '1');
      environment.state.now = START + 61_000;
      await environment.look();
      expect(environment.record('a1').hosts).toMatchObject([{ reason: 'superseded' }]);
    });

    it('is also detected for an agent that SentinelOne no longer lists', async () => {
      const environment = there('isolate', [4_000]);
      environment.agents.clear();
      await environment.look();
      expect(environment.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
    });

    it('is not detected if the token may not read the activity log', async () => {
      const environment = there('isolate', [4_000]);
      environment.state.activityProblem = { reason: 'forbidden' };
      await environment.look();
      expect(environment.record('a1').hosts).toMatchObject([{ reason: 'superseded' }]);
    });

    it.each(['problem', 'activityProblem'] as const)(
      'is waited for a while when SentinelOne cannot be reached: %s',
      async (which) => {
        const environment = there('isolate', [4_000]);
        environment.state[which] = { reason: 'unreachable' };
        await environment.look();
        expect(environment.record('a1').hosts).toMatchObject([
          { outcome: 'requested', reason: 'unreachable' },
        ]);
        const back = there('isolate', [4_000]);
        back.put(environment.record('a1'));
        await back.look();
        expect(back.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
        environment.state.now = START + 60_000 + 10 * 60_000;
        await environment.look();
        // Of a host that cannot be read nobody knows that it is not as it was asked for.
        expect(environment.record('a1').hosts).toMatchObject([
          which === 'problem'
            ? { outcome: 'requested', reason: 'unreachable' }
            : { outcome: 'failed', reason: 'superseded' },
        ]);
      }
    );

    it('reads the log once for all, from the oldest request that needs it', async () => {
      const environment = there('isolate', [4_000]);
      environment.put(recordOf({ actionId: 'old', at: -90_000_000, hosts: [hostOf('2')] }));
      environment.put(recordOf({ actionId: 'a3', at: 59_000, hosts: [hostOf('3')] }));
      environment.agents.set(
        '2',
        agentOf('2', { networkStatus: 'disconnecting', isActive: false })
      );
      environment.agents.set('3', agentOf('3'));
      await environment.look();
      expect(environment.calls).toEqual(['agents 3', 'activities 2']);
      expect(environment.askedSince).toEqual([iso(START)]);
    });
  });

  it.each(['failed', 'refused'] as const)(
    'a release that %s supersedes nothing',
    async (outcome) => {
      const environment = testEnvironment([open(), release(outcome)]);
      environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
      environment.state.now = START + 61_000;
      await environment.look();
      expect(environment.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
    }
  );

  it('a release with an unknown result keeps the isolation open', async () => {
    const environment = testEnvironment([open(), release('pending')]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
    environment.state.now = START + 61_000;
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([
      { outcome: 'requested', reason: 'waiting' },
    ]);
  });

  it('so does a release with a host lock and no record yet, for a limited time', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
    environment.hostLocks.set('1', {
      actionId: 'a2',
      action: 'release',
      username: 'lead',
      since: iso(START + 60_000),
    });
    environment.state.now = START + 61_000;
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([
      { outcome: 'requested', reason: 'waiting' },
    ]);
    environment.state.now = START + 121_000;
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([{ outcome: 'failed', reason: 'undone' }]);
  });

  it('supersedes nothing while SentinelOne reports the isolation in progress', async () => {
    const environment = testEnvironment([open(), release('done')]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting', isActive: false }));
    environment.state.now = START + 3_600_000;
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([
      { outcome: 'requested', reason: 'offline' },
    ]);
    expect(environment.calls).toEqual(['agents 1']);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    await environment.look();
    expect(environment.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
  });

  it('supersedes nothing if SentinelOne reports the host as isolated, regardless of its log', async () => {
    for (const activityProblem of [undefined, { reason: 'unreachable' } as const]) {
      const environment = testEnvironment([open(), release('done')]);
      environment.state.activityProblem = activityProblem;
      environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
      environment.log('unableToDisconnect', '1');
      environment.state.now = START + 61_000;
      await environment.look();
      expect(environment.record('a1').hosts).toEqual([
        {
          ...hostOf('1', { outcome: 'done' }),
          confirmedAt: iso(START + 61_000),
          endedAt: iso(START + 61_000),
        },
      ]);
    }
  });

  it('a second isolation supersedes the release between, and both isolations are done', async () => {
    const again = recordOf({ actionId: 'a3', at: 120_000, hosts: [hostOf('1')] });
    const environment = testEnvironment([open(), release('requested'), again]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    environment.state.now = START + 130_000;
    await environment.look();
    expect(environment.record('a1').hosts[0]).toMatchObject({ outcome: 'done' });
    expect(environment.record('a2').hosts[0]).toMatchObject({ supersededBy: { actionId: 'a3' } });
    expect(environment.record('a3').hosts[0]).toMatchObject({ outcome: 'done' });
  });
});

describe('concurrent runs', () => {
  it('writes one end: the second run reads again and finds nothing to do', async () => {
    const environment = testEnvironment([open()]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    await Promise.all([environment.look(), environment.look(), environment.look()]);
    expect(environment.ends).toHaveLength(1);
    expect(environment.versionOf()).toBe(2);
  });

  it('resolves a record again after a concurrent change', async () => {
    const environment = testEnvironment([open({ hosts: [hostOf('1'), hostOf('2')] })]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    environment.agents.set('2', agentOf('2', { networkStatus: 'disconnected' }));
    const byOther = recordOf({ hosts: [hostOf('1', { outcome: 'done' }), hostOf('2')] });
    environment.state.meanwhile = () => environment.put(byOther);
    await environment.look();
    expect(environment.ends).toEqual([{ actionId: 'a1', agentId: '2', outcome: 'done' }]);
    expect(environment.record().state).toBe('ended');
  });
});

it('starts nothing when it is cancelled, and is due again at once', async () => {
  const environment = testEnvironment([open()]);
  const reconciled = await reconcile(START - 5_000, environment.ports, { isCancelled: () => true });
  expect(reconciled).toMatchObject({ lastCheck: START - 5_000, nextCheck: START, asked: 0 });
  expect(environment.calls).toEqual([]);
});

describe('a tenant without a response', () => {
  const names = Array.from({ length: 8 }, (_, n) => `black hole ${n}`);

  /** Hosts behind tenants that do not answer, asked for first, and one behind a tenant that does. */
  function hanging(limits: ConnectorQueueLimits) {
    const environment = testEnvironment([
      ...names.map((connectorId, n) =>
        open({ actionId: connectorId, at: n, connectorId, hosts: [hostOf(`9${n}`)] })
      ),
      open({ at: 10 }),
    ]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const ports: ReconcilePorts = {
      ...environment.ports,
      async createReadOnlyClient(id, namespace, tenant) {
        asked.push(id);
        const found = await environment.ports.createReadOnlyClient('connector', namespace, tenant);
        if (id === 'connector' || !found.ok) return found;
        const { reader } = found;
        const agents: typeof reader.agents = (ids) =>
          new Promise((resolve) => {
            const failed = new Map(ids.map((one) => [one, { reason: 'unreachable' } as const]));
            answers.push(() => resolve({ agents: [], failed }));
          });
        return { ok: true, reader: { ...reader, agents } };
      },
    };
    const connectorQueue = new ConnectorQueue(limits);
    return {
      environment,
      ports,
      asked,
      answers,
      check: () => reconcile(undefined, ports, { connectorQueue }),
    };
  }

  it('does not delay others, has one request at a time, and finally gets a reason', async () => {
    const { environment, asked, answers, check } = hanging({
      atOnce: 3,
      slowAfter: 20,
      within: 60_000,
    });
    const first = await check();
    expect(first).toMatchObject({ lastCheck: START, asked: 1, ended: 1 });
    expect(environment.record('a1').state).toBe('ended');
    expect([...asked].sort()).toEqual([...names, 'connector'].sort());
    environment.state.now += 60_000;
    await check();
    expect(asked).toHaveLength(9);
    for (const answer of answers.splice(0)) answer();
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of names) {
      expect(environment.record(name).hosts).toMatchObject([
        { outcome: 'requested', reason: 'unreachable' },
      ]);
    }
    environment.state.now += 60_000;
    await check();
    expect(asked).toHaveLength(17);
  });

  it('does not extend a run: remaining checks come first in the next run', async () => {
    const { environment, asked, answers, check } = hanging({
      atOnce: 3,
      slowAfter: 30,
      within: 20,
    });
    const cut = await check();
    expect(cut).toMatchObject({ lastCheck: undefined, nextCheck: START });
    expect(asked).toEqual(names.slice(0, 3));
    for (const answer of answers.splice(0)) answer();
    environment.state.now += 60_000;
    await check();
    expect(asked.slice(3)).toEqual(names.slice(3, 6));
    environment.state.now += 60_000;
    await check();
    expect(asked.slice(6, 9)).toEqual([...names.slice(6), 'connector']);
    expect(environment.record('a1').state).toBe('ended');
  });
});

it('a failing store of one connector does not delay the others', async () => {
  const environment = testEnvironment([
    open(),
    open({ actionId: 'a2', at: 1, connectorId: 'other', hosts: [hostOf('2')] }),
  ]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  const { store } = environment.ports;
  const failing: ReconcilePorts = {
    ...environment.ports,
    store: {
      ...store,
      laterActionsOn: async (tenant, ids, sortKey) => {
        if (ids.includes('2')) throw new Error('no shards');
        return store.laterActionsOn(tenant, ids, sortKey);
      },
    },
  };
  await reconcile(undefined, failing);
  expect(environment.record('a1').state).toBe('ended');
  expect(environment.record('a2').state).toBe('requested');
  expect(environment.calls.join()).toContain('no shards');
});

it('an unusable connector is the reason, and is read again at the usual interval', async () => {
  const environment = testEnvironment([open()]);
  environment.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  const problem = { reason: 'no_connector', detail: 'Kibana cannot decrypt it' } as const;
  const broken = {
    ...environment.ports,
    createReadOnlyClient: async () => ({ ok: false, problem }) as const,
  };
  const { nextCheck } = await reconcile(undefined, broken);
  expect(environment.record().hosts).toMatchObject([{ outcome: 'requested', ...problem }]);
  expect(nextCheck).toBe(START + 2_000);
  environment.state.now = nextCheck!;
  await environment.look(START);
  expect(environment.record().hosts).toEqual([
    { ...hostOf('1', { outcome: 'done' }), confirmedAt: iso(nextCheck!), endedAt: iso(nextCheck!) },
  ]);
  expect(environment.calls).toEqual(['agents 1']);
});

describe("the catalogue's reading of an agent", () => {
  afterEach(() => jest.restoreAllMocks());

  it('ends a host as failed with the reason of the reading, and reads with the time of the request', async () => {
    const read = jest
      .spyOn(ACTION_DEFINITIONS.isolate, 'read')
      .mockReturnValue({ kind: 'failed', reason: 'unable_to_disconnect' });
    const environment = testEnvironment([open({ at: 500 })]);
    environment.agents.set('1', agentOf('1', { networkStatus: 'connected' }));
    environment.state.now = START + 2_000;
    expect(await environment.look()).toMatchObject({ asked: 1, ended: 1 });
    expect(environment.record()).toMatchObject({
      state: 'ended',
      hosts: [{ outcome: 'failed', reason: 'unable_to_disconnect', endedAt: iso(START + 2_000) }],
    });
    expect(environment.record().hosts[0]).not.toHaveProperty('confirmedAt');
    expect(environment.ends).toEqual([{ actionId: 'a1', agentId: '1', outcome: 'failed' }]);
    expect(environment.calls).toEqual(['agents 1']);
    expect(read).toHaveBeenCalled();
    for (const [agent, requestedAt] of read.mock.calls) {
      expect(agent).toMatchObject({ id: '1' });
      expect(requestedAt).toBe(iso(START + 500));
    }
  });

  it('compares an open action with the last lock on the property that it changes', async () => {
    jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
    const records = [open(), open({ actionId: 'a2', action: 'release', at: 1 })];
    const environment = testEnvironment(records);
    environment.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    const asked: unknown[] = [];
    const hostLocksOf = () => ({
      lastOn: async (ids: readonly string[], property: unknown) => {
        asked.push([ids, property]);
        return new Map();
      },
    });
    await reconcile(undefined, { ...environment.ports, hostLocksOf });
    expect(asked).toEqual([
      [['1'], 'network'],
      [['1'], 'scan'],
    ]);
  });
});
