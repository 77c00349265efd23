import { ObservedStarts } from '../lib/first_seen';
import { PATIENCE } from './resolve_outcome';
import { settle, type SettlePorts } from './reconcile';
import { agentOf, hostOf, iso, recordOf, START, testWorld, type RecordSeed } from './test_environment';
import { Turns, type TurnLimits } from './connector_queue';

const ALIVE = 200_000;
const open = (seed: Partial<RecordSeed> = {}) => recordOf({ hosts: [hostOf('1')], ...seed });
const crashed = (seed: Partial<RecordSeed> = {}) =>
  recordOf({ hosts: [hostOf('1', { outcome: 'pending' })], ...seed });

describe('nothing to do', () => {
  it('asks SentinelOne nothing when nothing is open', async () => {
    const ended = recordOf({ hosts: [hostOf('1', { outcome: 'refused', reason: 'not_found' })] });
    const world = testWorld([ended]);
    expect(await world.look()).toEqual({
      lastLook: START,
      nextLook: undefined,
      asked: 0,
      ended: 0,
    });
    expect(world.calls).toEqual([]);
  });

  it('asks nothing about a record whose moment has not come, and says when it comes', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    const starts = new ObservedStarts();
    world.state.now = START + 100;
    await settle(undefined, world.ports, { starts });
    expect(world.calls).toEqual(['agents 1']);
    world.state.now = START + 500;
    const { nextLook } = await settle(START + 100, world.ports, { starts });
    expect(world.calls).toEqual(['agents 1']);
    expect(nextLook).toBe(START + 2_000);
    world.state.now = nextLook!;
    await settle(START + 500, world.ports, { starts });
    expect(world.calls).toEqual(['agents 1', 'agents 1']);
  });

  it('leaves alone a record whose action may be alive, and comes back when it cannot be', async () => {
    const world = testWorld([crashed()], ALIVE);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    world.state.now = START + 10_000;
    const { nextLook } = await world.look();
    expect(world.calls).toEqual([]);
    expect(nextLook).toBe(START + ALIVE);
    world.state.now = nextLook!;
    await world.look(START + 10_000);
    expect(world.record().hosts).toMatchObject([{ outcome: 'done' }]);
  });

  it('writes nothing when it has learnt nothing new', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await world.look();
    const version = world.versionOf();
    world.state.now += 60_000;
    await world.look();
    expect(world.versionOf()).toBe(version);
  });
});

describe('a good end', () => {
  it.each([
    ['isolate', 'disconnected'],
    ['release', 'connected'],
  ] as const)('%s is done when SentinelOne reports %s', async (action, networkStatus) => {
    const world = testWorld([open({ action })]);
    world.agents.set('1', agentOf('1', { networkStatus }));
    world.state.now = START + 4_321;
    expect(await world.look()).toMatchObject({ asked: 1, ended: 1 });
    expect(world.record()).toMatchObject({
      state: 'ended',
      endedAt: iso(START + 4_321),
      tookMs: 4_330,
      hosts: [{ outcome: 'done', confirmedAt: iso(START + 4_321), endedAt: iso(START + 4_321) }],
    });
    expect(world.ends).toEqual([{ actionId: 'a1', agentId: '1', outcome: 'done' }]);
    expect(world.calls).toEqual(['agents 1']);
  });

  it('asks about hundreds of hosts of many records at once, and only about open ones', async () => {
    const records = Array.from({ length: 40 }, (_, n) =>
      recordOf({
        actionId: `a${n}`,
        at: n,
        hosts: [hostOf(`${n}1`), hostOf(`${n}2`, { outcome: 'done' })],
      })
    );
    const world = testWorld(records);
    for (let n = 0; n < 40; n++) {
      world.agents.set(`${n}1`, agentOf(`${n}1`, { networkStatus: 'disconnected' }));
    }
    expect(await world.look()).toMatchObject({ asked: 40, ended: 40 });
    expect(world.calls).toEqual(['agents 40']);
  });
});

describe('no end yet', () => {
  it('says since when an offline host is offline', async () => {
    const world = testWorld([open()]);
    const lastActiveDate = '2024-07-03T03:44:00.000000Z';
    world.agents.set(
      '1',
      agentOf('1', { networkStatus: 'disconnecting', isActive: false, lastActiveDate })
    );
    await world.look();
    expect(world.record()).toMatchObject({
      state: 'requested',
      hosts: [
        { outcome: 'requested', reason: 'offline', detail: `offline since ${lastActiveDate}` },
      ],
    });
    expect(world.ends).toEqual([]);
  });

  it('says that an online host has not reported', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await world.look();
    expect(world.record().hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
  });

  it('learns of a crashed action that its command is on its way', async () => {
    const world = testWorld([crashed()], 0);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnecting' }));
    await world.look();
    expect(world.record()).toMatchObject({ state: 'requested', hosts: [{ outcome: 'requested' }] });
  });

  it('says why SentinelOne could not be asked, and keeps the host open', async () => {
    const world = testWorld([open()]);
    world.state.problem = { reason: 'unauthorized', detail: 'expired' };
    world.state.now = START + 10 * PATIENCE;
    await world.look();
    expect(world.record().hosts).toMatchObject([
      { outcome: 'requested', reason: 'unauthorized', detail: 'expired' },
    ]);
  });

  it('says that the connector is gone, and settles the others', async () => {
    const world = testWorld([
      open({ connectorId: 'deleted' }),
      open({ actionId: 'a2', at: 1, hosts: [hostOf('2')] }),
    ]);
    world.agents.set('2', agentOf('2', { networkStatus: 'disconnected' }));
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ reason: 'no_connector' }]);
    expect(world.record('a2').state).toBe('ended');
  });

  it.each(['connected', 'connecting'] as const)(
    'waits a while for a host that is %s just after it was to be isolated',
    async (networkStatus) => {
      const world = testWorld([open()]);
      world.agents.set('1', agentOf('1', { networkStatus }));
      world.state.now = START + PATIENCE - 1;
      await world.look();
      expect(world.record().hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
    }
  );
});

describe('a bad end', () => {
  const settled = async (
    world: ReturnType<typeof testWorld>,
    at: number,
    actionId = 'a1'
  ): Promise<unknown> => {
    world.state.now = START + at;
    await world.look();
    return world.record(actionId).hosts[0];
  };

  it('is told by activity 2010, at once', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1'));
    world.state.now = START + 1_000;
    world.log('unableToDisconnect', '1');
    expect(await settled(world, 2_000)).toMatchObject({
      outcome: 'failed',
      reason: 'unable_to_disconnect',
      detail: `SentinelOne at ${iso(START + 1_000)}: unableToDisconnect it`,
      endedAt: iso(START + 2_000),
    });
    expect(world.calls).toEqual(['agents 1', 'activities 1']);
  });

  it('is not told by an activity from before the asking', async () => {
    const world = testWorld([open({ at: 5_000 })]);
    world.agents.set('1', agentOf('1'));
    world.log('unableToDisconnect', '1');
    expect(await settled(world, 6_000)).toMatchObject({ outcome: 'requested', reason: 'waiting' });
    expect(await settled(world, 5_000 + PATIENCE)).toMatchObject({ reason: 'not_affected' });
  });

  it.each([
    ['isolate', 'connected', ['disconnected', 'reconnected']],
    ['isolate', 'connecting', ['disconnected']],
    ['isolate', 'connecting', []],
    ['release', 'disconnected', ['reconnected', 'disconnected']],
    ['release', 'disconnecting', []],
  ] as const)('%s that is %s again was undone', async (action, networkStatus, log) => {
    const world = testWorld([open({ action })]);
    world.agents.set('1', agentOf('1', { networkStatus }));
    world.state.now = START + 1_000;
    for (const kind of log) world.log(kind, '1');
    expect(await settled(world, PATIENCE)).toMatchObject({ outcome: 'failed', reason: 'undone' });
  });

  it('says that nothing came of what was accepted, and when the activity log cannot be read', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1'));
    world.state.activityProblem = { reason: 'forbidden', detail: 'The token lacks X' };
    expect(await settled(world, PATIENCE)).toMatchObject({
      outcome: 'failed',
      reason: 'not_affected',
      detail: expect.stringMatching(/connected\. Its activity log.*The token lacks X$/),
    });
  });

  it('says that a crashed action came to nothing', async () => {
    const world = testWorld([crashed()], ALIVE);
    world.agents.set('1', agentOf('1'));
    expect(await settled(world, ALIVE)).toMatchObject({ outcome: 'failed', reason: 'interrupted' });
  });

  it.each([
    ['decommissioned', { isDecommissioned: true }],
    ['uninstalled', { isUninstalled: true }],
  ] as const)(
    'is given to a host that is %s, and it is not asked about again',
    async (reason, how) => {
      const world = testWorld([open()]);
      world.agents.set(
        '1',
        agentOf('1', { networkStatus: 'disconnecting', isActive: false, ...how })
      );
      expect(await settled(world, 2_000)).toMatchObject({ outcome: 'failed', reason });
      const { length } = world.calls;
      await settled(world, 10 * PATIENCE);
      expect(world.calls).toHaveLength(length);
    }
  );

  it('is given to a host that SentinelOne does not list any more, but not at once', async () => {
    const world = testWorld([open()]);
    expect(await settled(world, 2_000)).toMatchObject({ outcome: 'requested', reason: 'waiting' });
    expect(await settled(world, PATIENCE)).toMatchObject({
      outcome: 'failed',
      reason: 'not_found',
    });
  });

  it('of a host that is isolated although its agent is gone is a good one', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected', isDecommissioned: true }));
    expect(await settled(world, 2_000)).toMatchObject({ outcome: 'done' });
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
      const world = testWorld([open(), release(outcome)]);
      world.agents.set('1', agentOf('1', { networkStatus: 'connecting', isActive: false }));
      world.state.now = START + 61_000;
      await world.look();
      expect(world.record('a1').hosts).toMatchObject([
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
      expect(world.calls).toEqual(['agents 1', 'activities 1']);
    }
  );

  describe('after it took effect', () => {
    /** A host that went there and back again, each ms after `START`. */
    const there = (action: 'isolate' | 'release', at: readonly number[]) => {
      const opposite = action === 'isolate' ? 'release' : 'isolate';
      const world = testWorld([
        open({ action }),
        recordOf({ actionId: 'a2', action: opposite, at: 60_000, hosts: [hostOf('1')] }),
      ]);
      const networkStatus = action === 'isolate' ? 'connecting' : 'disconnecting';
      world.agents.set('1', agentOf('1', { networkStatus }));
      for (const moment of at) {
        world.state.now = START + moment;
        world.log(action === 'isolate' ? 'disconnected' : 'reconnected', '1');
      }
      world.state.now = START + 61_000;
      return world;
    };

    it.each(['isolate', 'release'] as const)(
      '%s is done, and confirmed when SentinelOne logged it',
      async (action) => {
        const world = there(action, [4_000, 60_001]);
        await world.look();
        const [host] = world.record('a1').hosts;
        expect(host).toEqual({
          ...hostOf('1', { outcome: 'done' }),
          confirmedAt: iso(START + 4_000),
          endedAt: iso(START + 61_000),
        });
        expect(world.record('a1').tookMs).toBe(4_000);
        expect(world.ends).toEqual([{ actionId: 'a1', agentId: '1', outcome: 'done' }]);
        expect(world.calls).toEqual(['agents 1', 'activities 1']);
      }
    );

    it('counts only from the asking to the later asking', async () => {
      const world = there('isolate', [60_001]);
      world.state.now = START - 1;
      world.log('disconnected', '1');
      world.state.now = START + 61_000;
      await world.look();
      expect(world.record('a1').hosts).toMatchObject([{ reason: 'superseded' }]);
    });

    it('is told also of an agent that SentinelOne does not list any more', async () => {
      const world = there('isolate', [4_000]);
      world.agents.clear();
      await world.look();
      expect(world.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
    });

    it('cannot be told when the token may not read the activity log', async () => {
      const world = there('isolate', [4_000]);
      world.state.activityProblem = { reason: 'forbidden' };
      await world.look();
      expect(world.record('a1').hosts).toMatchObject([{ reason: 'superseded' }]);
    });

    it.each(['problem', 'activityProblem'] as const)(
      'is waited for a while when SentinelOne cannot be reached: %s',
      async (which) => {
        const world = there('isolate', [4_000]);
        world.state[which] = { reason: 'unreachable' };
        await world.look();
        expect(world.record('a1').hosts).toMatchObject([
          { outcome: 'requested', reason: 'unreachable' },
        ]);
        const back = there('isolate', [4_000]);
        back.put(world.record('a1'));
        await back.look();
        expect(back.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
        world.state.now = START + 60_000 + 10 * 60_000;
        await world.look();
        // Of a host that cannot be read nobody knows that it is not as it was asked for.
        expect(world.record('a1').hosts).toMatchObject([
          which === 'problem'
            ? { outcome: 'requested', reason: 'unreachable' }
            : { outcome: 'failed', reason: 'superseded' },
        ]);
      }
    );

    it('asks once for all, since the oldest of those that need it', async () => {
      const world = there('isolate', [4_000]);
      world.put(recordOf({ actionId: 'old', at: -90_000_000, hosts: [hostOf('2')] }));
      world.put(recordOf({ actionId: 'a3', at: 59_000, hosts: [hostOf('3')] }));
      world.agents.set('2', agentOf('2', { networkStatus: 'disconnecting', isActive: false }));
      world.agents.set('3', agentOf('3'));
      await world.look();
      expect(world.calls).toEqual(['agents 3', 'activities 2']);
      expect(world.askedSince).toEqual([iso(START)]);
    });
  });

  it.each(['failed', 'refused'] as const)(
    'a release that %s supersedes nothing',
    async (outcome) => {
      const world = testWorld([open(), release(outcome)]);
      world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
      world.state.now = START + 61_000;
      await world.look();
      expect(world.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
    }
  );

  it('a release of which nobody knows yet keeps the isolation waiting', async () => {
    const world = testWorld([open(), release('pending')]);
    world.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
    world.state.now = START + 61_000;
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
  });

  it('so does one whose record cannot be seen yet, but whose claim is there; not for ever', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'connecting' }));
    world.claims.set('1', {
      actionId: 'a2',
      action: 'release',
      username: 'lead',
      since: iso(START + 60_000),
    });
    world.state.now = START + 61_000;
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ outcome: 'requested', reason: 'waiting' }]);
    world.state.now = START + 121_000;
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ outcome: 'failed', reason: 'undone' }]);
  });

  it('supersedes nothing while SentinelOne reports the isolation under way', async () => {
    const world = testWorld([open(), release('done')]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnecting', isActive: false }));
    world.state.now = START + 3_600_000;
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ outcome: 'requested', reason: 'offline' }]);
    expect(world.calls).toEqual(['agents 1']);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    await world.look();
    expect(world.record('a1').hosts).toMatchObject([{ outcome: 'done' }]);
  });

  it('supersedes nothing when SentinelOne reports the host as isolated, whatever its log says', async () => {
    for (const activityProblem of [undefined, { reason: 'unreachable' } as const]) {
      const world = testWorld([open(), release('done')]);
      world.state.activityProblem = activityProblem;
      world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
      world.log('unableToDisconnect', '1');
      world.state.now = START + 61_000;
      await world.look();
      expect(world.record('a1').hosts).toEqual([
        {
          ...hostOf('1', { outcome: 'done' }),
          confirmedAt: iso(START + 61_000),
          endedAt: iso(START + 61_000),
        },
      ]);
    }
  });

  it('a second isolation supersedes the release between; where they lead, both isolations have led', async () => {
    const again = recordOf({ actionId: 'a3', at: 120_000, hosts: [hostOf('1')] });
    const world = testWorld([open(), release('requested'), again]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    world.state.now = START + 130_000;
    await world.look();
    expect(world.record('a1').hosts[0]).toMatchObject({ outcome: 'done' });
    expect(world.record('a2').hosts[0]).toMatchObject({ supersededBy: { actionId: 'a3' } });
    expect(world.record('a3').hosts[0]).toMatchObject({ outcome: 'done' });
  });
});

describe('two at once', () => {
  it('writes one end: who comes second reads again and finds nothing left to do', async () => {
    const world = testWorld([open()]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    await Promise.all([world.look(), world.look(), world.look()]);
    expect(world.ends).toHaveLength(1);
    expect(world.versionOf()).toBe(2);
  });

  it('judges anew what somebody else has written meanwhile', async () => {
    const world = testWorld([open({ hosts: [hostOf('1'), hostOf('2')] })]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    world.agents.set('2', agentOf('2', { networkStatus: 'disconnected' }));
    const byOther = recordOf({ hosts: [hostOf('1', { outcome: 'done' }), hostOf('2')] });
    world.state.meanwhile = () => world.put(byOther);
    await world.look();
    expect(world.ends).toEqual([{ actionId: 'a1', agentId: '2', outcome: 'done' }]);
    expect(world.record().state).toBe('ended');
  });
});

it('begins nothing when it is told to stop, and is due again at once', async () => {
  const world = testWorld([open()]);
  const settled = await settle(START - 5_000, world.ports, { isCancelled: () => true });
  expect(settled).toMatchObject({ lastLook: START - 5_000, nextLook: START, asked: 0 });
  expect(world.calls).toEqual([]);
});

describe('a tenant that does not answer', () => {
  const names = Array.from({ length: 8 }, (_, n) => `black hole ${n}`);

  /** Hosts behind tenants that do not answer, asked for first, and one behind a tenant that does. */
  function hanging(limits: TurnLimits) {
    const world = testWorld([
      ...names.map((connectorId, n) =>
        open({ actionId: connectorId, at: n, connectorId, hosts: [hostOf(`9${n}`)] })
      ),
      open({ at: 10 }),
    ]);
    world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const ports: SettlePorts = {
      ...world.ports,
      async readerOf(id, namespace, tenant) {
        asked.push(id);
        const found = await world.ports.readerOf('connector', namespace, tenant);
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
    const turns = new Turns(limits);
    return { world, ports, asked, answers, look: () => settle(undefined, ports, { turns }) };
  }

  it('keeps nobody waiting, is not asked twice at a time, and gets its reason in the end', async () => {
    const { world, asked, answers, look } = hanging({ atOnce: 3, slowAfter: 20, within: 60_000 });
    const first = await look();
    expect(first).toMatchObject({ lastLook: START, asked: 1, ended: 1 });
    expect(world.record('a1').state).toBe('ended');
    expect([...asked].sort()).toEqual([...names, 'connector'].sort());
    world.state.now += 60_000;
    await look();
    expect(asked).toHaveLength(9);
    for (const answer of answers.splice(0)) answer();
    await new Promise((resolve) => setImmediate(resolve));
    for (const name of names) {
      expect(world.record(name).hosts).toMatchObject([
        { outcome: 'requested', reason: 'unreachable' },
      ]);
    }
    world.state.now += 60_000;
    await look();
    expect(asked).toHaveLength(17);
  });

  it('does not make a run longer than it may be: what is left comes first in the next one', async () => {
    const { world, asked, answers, look } = hanging({ atOnce: 3, slowAfter: 30, within: 20 });
    const cut = await look();
    expect(cut).toMatchObject({ lastLook: undefined, nextLook: START });
    expect(asked).toEqual(names.slice(0, 3));
    for (const answer of answers.splice(0)) answer();
    world.state.now += 60_000;
    await look();
    expect(asked.slice(3)).toEqual(names.slice(3, 6));
    world.state.now += 60_000;
    await look();
    expect(asked.slice(6, 9)).toEqual([...names.slice(6), 'connector']);
    expect(world.record('a1').state).toBe('ended');
  });
});

it('a store that fails for one connector does not keep the others waiting', async () => {
  const world = testWorld([
    open(),
    open({ actionId: 'a2', at: 1, connectorId: 'other', hosts: [hostOf('2')] }),
  ]);
  world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  const { store } = world.ports;
  const failing: SettlePorts = {
    ...world.ports,
    store: {
      ...store,
      laterOn: async (tenant, ids, order) => {
        if (ids.includes('2')) throw new Error('no shards');
        return store.laterOn(tenant, ids, order);
      },
    },
  };
  await settle(undefined, failing);
  expect(world.record('a1').state).toBe('ended');
  expect(world.record('a2').state).toBe('requested');
  expect(world.calls.join()).toContain('no shards');
});

it('a connector that cannot be used is the reason until it can, and is asked for at the usual pace', async () => {
  const world = testWorld([open()]);
  world.agents.set('1', agentOf('1', { networkStatus: 'disconnected' }));
  const problem = { reason: 'no_connector', detail: 'Kibana cannot decrypt it' } as const;
  const broken = { ...world.ports, readerOf: async () => ({ ok: false, problem }) as const };
  const { nextLook } = await settle(undefined, broken);
  expect(world.record().hosts).toMatchObject([{ outcome: 'requested', ...problem }]);
  expect(nextLook).toBe(START + 2_000);
  world.state.now = nextLook!;
  await world.look(START);
  expect(world.record().hosts).toEqual([
    { ...hostOf('1', { outcome: 'done' }), confirmedAt: iso(nextLook!), endedAt: iso(nextLook!) },
  ]);
  expect(world.calls).toEqual(['agents 1']);
});
