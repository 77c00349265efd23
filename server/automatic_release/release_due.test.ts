import { randomUUID } from 'node:crypto';
import { MINUTE, SECOND, DAY } from '../../common/lib/constants';
import { timedIsolations, type TimedIsolations } from '../../test/helpers/timed_isolations';

/** Automatic releases, with SentinelOne's simulator and the records in memory. */

let all: TimedIsolations | undefined;
afterEach(async () => {
  await all?.stop();
});

const DISCONNECT = 'disconnect';
const CONNECT = 'connect';

async function begin(fleet = 3) {
  all = await timedIsolations({ fleet });
  const { simulator, advance } = all;
  const node = all.node();
  const ids = simulator.agents().map(({ id }) => id);
  /** Puts the clock forward in steps, with both tasks running, as they would. */
  const pass = async (milliseconds: number, step = 30 * SECOND) => {
    for (let passed = 0; passed < milliseconds; passed += step) {
      advance(Math.min(step, milliseconds - passed));
      await node.reconcile();
      await node.release();
    }
  };
  return { ...all, newNode: all.node, node, ids, pass };
}

it('releases once when it is due, not earlier', async () => {
  const { node, ids, pass, action, writes, simulator } = await begin();
  const [id] = ids;
  const { actionId } = await node.act('isolate', [id!], { releaseAfterMinutes: 60 });
  expect(await action(actionId)).toMatchObject({
    releaseAt: '2026-07-01T01:00:00.000Z',
    automaticRelease: { state: 'scheduled', version: 1, setBy: 'analyst', attempts: 0 },
  });
  await pass(59 * MINUTE, MINUTE);
  expect(writes()).toEqual([{ command: DISCONNECT, ids: [id] }]);
  await pass(5 * MINUTE);
  expect(writes()).toEqual([
    { command: DISCONNECT, ids: [id] },
    { command: CONNECT, ids: [id] },
  ]);
  expect(simulator.agent(id!).networkStatus).toBe('connected');
  const ended = await action(actionId);
  expect(ended).toMatchObject({
    state: 'ended',
    automaticRelease: { state: 'ended', outcome: 'done', attempts: 1, nextCheckAt: null },
    handledHosts: [{ agentId: id, kind: 'sent' }],
  });
  const release = await action(ended!.automaticRelease!.releaseActionId!);
  expect(release).toMatchObject({
    action: 'release',
    state: 'ended',
    actor: { username: 'analyst', authentication: 'scheduled' },
    endsAction: { actionId, requestedBy: 'analyst', releaseAt: '2026-07-01T01:00:00.000Z' },
    comment: 'Automatic release: isolated on 2026-07-01 at 00:00 UTC by analyst',
    hosts: [{ agentId: id, outcome: 'done' }],
  });
  expect(release).not.toHaveProperty('automaticRelease');
  await pass(DAY, 60 * MINUTE);
  expect(writes()).toHaveLength(2);
});

it('releases all hosts of an action with one command, and no host of another one', async () => {
  const { node, ids, pass, writes } = await begin();
  await node.act('isolate', ids.slice(0, 2), { releaseAfterMinutes: 5 });
  await node.act('isolate', ids.slice(2));
  await pass(10 * MINUTE);
  expect(writes().slice(2)).toEqual([{ command: CONNECT, ids: ids.slice(0, 2) }]);
});

describe('sends nothing', () => {
  it.each([
    ['released by a user', async ({ node, ids }: World) => void (await node.act('release', ids))],
    [
      'released in the console',
      async ({ simulator, ids }: World) =>
        void simulator.setAgent(ids[0]!, { networkStatus: 'connected' }),
    ],
  ])('to a host that was %s', async (_, meanwhile) => {
    const world = await begin(1);
    const { node, ids, pass, action, writes } = world;
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 30 });
    await pass(10 * MINUTE, MINUTE);
    await meanwhile(world);
    const before = writes().length;
    await pass(30 * MINUTE, MINUTE);
    expect(writes()).toHaveLength(before);
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome: 'not_needed', releaseActionId: null },
      handledHosts: [{ agentId: ids[0], kind: 'released' }],
    });
  });

  it('to a host that was released and isolated again by users', async () => {
    const { node, ids, pass, action, writes, simulator } = await begin(1);
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 30 });
    await pass(5 * MINUTE, MINUTE);
    await node.act('release', ids);
    await pass(2 * MINUTE, MINUTE);
    await node.act('isolate', ids, { username: 'lead' });
    await pass(60 * MINUTE, MINUTE);
    expect(writes().map(({ command }) => command)).toEqual([DISCONNECT, CONNECT, DISCONNECT]);
    expect(simulator.agent(ids[0]!).networkStatus).toBe('disconnected');
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome: 'not_needed' },
      handledHosts: [{ kind: 'isolated_again', username: 'lead' }],
    });
  });

  it('to a host that was released and isolated again in the console', async () => {
    const { node, ids, pass, action, writes, simulator, advance } = await begin(1);
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 30 });
    await pass(5 * MINUTE, MINUTE);
    const send = (command: string) =>
      fetch(`${simulator.url}/web/api/v2.1/agents/actions/${command}`, {
        method: 'POST',
        headers: {
          authorization: 'ApiToken full-token-0123456789',
          'content-type': 'application/json',
        },
        body: JSON.stringify({ filter: { ids } }),
      });
    await send('connect');
    advance(MINUTE);
    await send('disconnect');
    advance(MINUTE);
    const before = writes().length;
    await pass(60 * MINUTE, MINUTE);
    expect(writes()).toHaveLength(before);
    expect(simulator.agent(ids[0]!).networkStatus).toBe('disconnected');
    expect(await action(actionId)).toMatchObject({
      handledHosts: [{ kind: 'isolated_again' }],
    });
  });

  it('to a host whose isolation was requested again without an end', async () => {
    const { node, ids, pass, action, writes } = await begin(1);
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 30 });
    await pass(5 * MINUTE, MINUTE);
    const again = await node.act('isolate', ids, { username: 'lead' });
    expect(again.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    await pass(60 * MINUTE, MINUTE);
    expect(writes()).toHaveLength(1);
    expect(await action(actionId)).toMatchObject({
      handledHosts: [{ kind: 'isolated_again', username: 'lead', actionId: again.actionId }],
    });
  });
});
type World = Awaited<ReturnType<typeof begin>>;

it('releases at the time of the latest request that states one', async () => {
  const { node, ids, pass, action, writes } = await begin(1);
  const first = await node.act('isolate', ids, { releaseAfterMinutes: 30 });
  await pass(10 * MINUTE, MINUTE);
  const second = await node.act('isolate', ids, { username: 'lead', releaseAfterMinutes: 60 });
  expect(second.hosts).toMatchObject([{ outcome: 'unchanged', replacesReleaseOf: first.actionId }]);
  await pass(55 * MINUTE, MINUTE);
  expect(writes()).toHaveLength(1);
  expect(await action(first.actionId)).toMatchObject({
    automaticRelease: { outcome: 'not_needed' },
    handledHosts: [{ kind: 'isolated_again', username: 'lead' }],
  });
  await pass(10 * MINUTE, MINUTE);
  expect(writes().slice(1)).toEqual([{ command: CONNECT, ids }]);
  expect(await action(second.actionId)).toMatchObject({ automaticRelease: { outcome: 'done' } });
});

it('never ends an isolation that had no end', async () => {
  const { node, ids, pass, action, writes } = await begin(1);
  await node.act('isolate', ids);
  await pass(5 * MINUTE, MINUTE);
  const timed = await node.act('isolate', ids, { username: 'lead', releaseAfterMinutes: 5 });
  expect(await action(timed.actionId)).not.toHaveProperty('automaticRelease');
  await pass(30 * MINUTE, MINUTE);
  expect(writes()).toHaveLength(1);
});

it('ends as done for a host whose isolation is ended by the release before its result was known', async () => {
  const { newNode, node: other, ids, action, advance, simulator, writes } = await begin(1);
  // Its clock is ahead, so SentinelOne's log has nothing since the request.
  const stopping = newNode({
    clockAhead: MINUTE,
    onRequest: (method) => method === 'POST' && stopping.steps.stopAt(1),
  });
  const stopped = new Promise<void>((resolve) => {
    stopping.steps.onStop = resolve;
  });
  const actionId = randomUUID();
  const isolation = { actionId, releaseAfterMinutes: 5 };
  await Promise.race([stopped, stopping.act('isolate', ids, isolation)]);
  expect(await action(actionId)).toMatchObject({ hosts: [{ outcome: 'pending' }] });
  advance(6 * MINUTE);
  await other.release();
  expect(simulator.agent(ids[0]!).networkStatus).toBe('connecting');
  advance(5 * SECOND);
  for (let n = 0; n < 10; n += 1) {
    await other.reconcile();
    advance(5 * SECOND);
  }
  expect(await action(actionId)).toMatchObject({
    hosts: [{ outcome: 'failed', reason: 'superseded' }],
    automaticRelease: { state: 'releasing' },
  });
  await other.release();
  expect(await action(actionId)).toMatchObject({
    automaticRelease: { state: 'ended', outcome: 'done' },
    handledHosts: [{ agentId: ids[0], kind: 'sent' }],
  });
  expect(writes()).toEqual([
    { command: DISCONNECT, ids },
    { command: CONNECT, ids },
  ]);
});

describe('a host that is found released after a first release', () => {
  type FirstRelease = 'interrupted' | 'forbidden';

  /** A first release without an effect, and the node that makes the second one. */
  async function afterFirst(kind: FirstRelease, onRequest?: (method: string) => void) {
    const world = await begin(1);
    const { ids, action, advance, simulator } = world;
    const { actionId } = await world.node.act('isolate', ids, { releaseAfterMinutes: 5 });
    advance(5 * MINUTE);
    await world.node.reconcile();
    let stop = () => {};
    const first = world.newNode({ onRequest: (method) => method === 'POST' && stop() });
    if (kind === 'forbidden') {
      const fault = { kind: 'status', status: 403 } as const;
      simulator.faults.add({ method: 'POST', path: '/agents/actions/connect', fault });
    } else stop = () => first.steps.stopAt(0.5);
    const stopped = new Promise<void>((resolve) => {
      first.steps.onStop = resolve;
    });
    await Promise.race([stopped, first.release()]);
    const node = world.newNode({ onRequest });
    const problem = async () => (await action(actionId))!.automaticRelease!.problem?.reason;
    while ((await problem()) !== kind) {
      advance(5 * SECOND);
      await node.reconcile();
      await node.release();
    }
    expect((await action(actionId))!.automaticRelease).toMatchObject({
      ...{ state: 'scheduled', attempts: 1 },
    });
    const pass = async () => {
      for (let n = 0; n < 60; n += 1) {
        advance(10 * SECOND);
        await node.reconcile();
        await node.release();
      }
    };
    return { ...world, actionId, pass, sent: world.writes().length };
  }

  it.each<[FirstRelease, string, string]>([
    ['interrupted', 'done', 'sent'],
    ['forbidden', 'not_needed', 'released'],
  ])('that was %s: %s', async (kind, outcome, handledAs) => {
    const { ids, pass, action, actionId, simulator, writes, sent } = await afterFirst(kind);
    simulator.setAgent(ids[0]!, { networkStatus: 'connected' });
    await pass();
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome, attempts: 1 },
      handledHosts: [{ agentId: ids[0], kind: handledAs }],
    });
    expect(writes()).toHaveLength(sent);
  });

  it.each<[FirstRelease, string, string]>([
    ['interrupted', 'done', 'sent'],
    ['forbidden', 'not_needed', 'released'],
  ])('that was %s, by the look-up of the second: %s', async (kind, outcome, handledAs) => {
    const { ids, pass, action, actionId, writes, sent } = await afterFirst(kind, () =>
      all!.simulator.setAgent(ids[0]!, { networkStatus: 'connected' })
    );
    await pass();
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome, attempts: 2 },
      handledHosts: [{ agentId: ids[0], kind: handledAs }],
    });
    expect(writes()).toHaveLength(sent);
  });
});

describe('is overdue, with the reason, and is sent when possible', () => {
  it.each<[string, (world: World, isFaulty: boolean) => void, string]>([
    [
      'SentinelOne is down',
      ({ world }, isFaulty) => {
        world.isDown = isFaulty;
      },
      'unreachable',
    ],
    [
      'the token is revoked',
      ({ simulator }, isFaulty) => {
        simulator.faults.clear();
        if (!isFaulty) return;
        const fault = { kind: 'status', status: 401 } as const;
        simulator.faults.add({ method: '*', path: '*', count: 'always', fault });
      },
      'unauthorized',
    ],
    [
      'SentinelOne throttles',
      ({ simulator }, isFaulty) => {
        simulator.faults.clear();
        if (!isFaulty) return;
        const fault = { kind: 'throttle', retryAfter: null } as const;
        simulator.faults.add({ method: 'GET', path: '*', count: 'always', fault });
      },
      'throttled',
    ],
    [
      'there are several connectors',
      ({ world }, isFaulty) => {
        world.connectors = isFaulty ? ['One', 'Two'] : ['One'];
      },
      'several_connectors',
    ],
    [
      'there is no connector',
      ({ world }, isFaulty) => {
        world.connectors = isFaulty ? [] : ['One'];
      },
      'no_connector',
    ],
    [
      'the connector cannot be decrypted',
      ({ world }, isFaulty) => {
        world.connectorProblem = isFaulty ? { reason: 'no_connector', detail: 'key' } : undefined;
      },
      'no_connector',
    ],
  ])('%s', async (_, setFault, reason) => {
    const world = await begin(1);
    const { node, ids, pass, action, writes, simulator } = world;
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
    await pass(4 * MINUTE, MINUTE);
    setFault(world, true);
    await pass(3 * MINUTE, 10 * SECOND);
    const overdue = await action(actionId);
    expect(overdue).toMatchObject({
      automaticRelease: { state: 'scheduled', problem: { reason }, attempts: 0, outcome: null },
    });
    // The pauses grow: far fewer tries than there were runs.
    expect(overdue!.automaticRelease!.tries).toBeGreaterThan(1);
    expect(overdue!.automaticRelease!.tries).toBeLessThan(7);
    await pass(10 * MINUTE, 30 * SECOND);
    expect(writes()).toHaveLength(1);
    setFault(world, false);
    await pass(20 * MINUTE, 30 * SECOND);
    expect(writes().slice(1)).toEqual([{ command: CONNECT, ids }]);
    expect(simulator.agent(ids[0]!).networkStatus).toBe('connected');
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome: 'done', attempts: 1, problem: null },
    });
  });

  it('the token may not release: few attempts, each with a record', async () => {
    const { node, ids, pass, action, writes, simulator } = await begin(1);
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
    const fault = { kind: 'status', status: 403 } as const;
    simulator.faults.add({
      method: 'POST',
      path: '/agents/actions/connect',
      count: 'always',
      fault,
    });
    await pass(2 * 60 * MINUTE, MINUTE);
    const overdue = await action(actionId);
    expect(overdue).toMatchObject({
      automaticRelease: { state: 'scheduled', problem: { reason: 'forbidden' } },
    });
    const { attempts, releaseActionId } = overdue!.automaticRelease!;
    expect(attempts).toBeLessThan(12);
    expect(await action(releaseActionId!)).toMatchObject({
      hosts: [{ outcome: 'failed', reason: 'forbidden' }],
    });
    simulator.faults.clear();
    await pass(5 * 60 * MINUTE, MINUTE);
    expect(simulator.agent(ids[0]!).networkStatus).toBe('connected');
    expect(await action(actionId)).toMatchObject({ automaticRelease: { outcome: 'done' } });
    expect(writes().at(-1)).toEqual({ command: CONNECT, ids });
  });

  it('the host is offline: one release, which ends when the host is online', async () => {
    const { node, ids, pass, action, writes, simulator } = await begin(1);
    const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
    await pass(3 * MINUTE, MINUTE);
    simulator.takeOffline(ids[0]!);
    await pass(60 * MINUTE, MINUTE);
    expect(writes()).toHaveLength(2);
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'releasing', problem: { reason: 'offline' } },
    });
    simulator.bringOnline(ids[0]!);
    await pass(30 * MINUTE, MINUTE);
    expect(writes()).toHaveLength(2);
    expect(await action(actionId)).toMatchObject({
      automaticRelease: { state: 'ended', outcome: 'done', problem: null },
    });
  });
});

it('ends as failed, also in the history, if it could not be sent for a week', async () => {
  const { node, ids, pass, action, writes, world } = await begin(1);
  const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
  await pass(2 * MINUTE, MINUTE);
  world.isDown = true;
  await pass(7 * DAY + 60 * MINUTE, 14 * MINUTE);
  const ended = await action(actionId);
  expect(ended).toMatchObject({
    automaticRelease: { state: 'ended', outcome: 'failed' },
    handledHosts: [{ kind: 'failed', reason: 'unreachable' }],
  });
  expect(await action(ended!.automaticRelease!.releaseActionId!)).toMatchObject({
    action: 'release',
    state: 'ended',
    endsAction: { actionId },
    hosts: [{ agentId: ids[0], outcome: 'failed', reason: 'unreachable' }],
  });
  expect(writes()).toHaveLength(1);
});

it('ends as failed for a host without an agent', async () => {
  const { node, ids, pass, action, writes, simulator } = await begin(1);
  const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
  await pass(2 * MINUTE, MINUTE);
  simulator.setAgent(ids[0]!, { isDecommissioned: true });
  await pass(10 * MINUTE, MINUTE);
  expect(writes()).toHaveLength(1);
  expect(await action(actionId)).toMatchObject({
    automaticRelease: { state: 'ended', outcome: 'failed' },
    handledHosts: [{ kind: 'failed', reason: 'decommissioned' }],
  });
});

it('covers the hosts of every record of a large action', async () => {
  const { node, ids, pass, action, writes } = await begin(501);
  const { actionId } = await node.act('isolate', ids, { releaseAfterMinutes: 5 });
  await pass(8 * MINUTE, MINUTE);
  const released = writes().filter(({ command }) => command === CONNECT);
  expect(released.flatMap((write) => write.ids).sort()).toEqual([...ids].sort());
  expect(released).toHaveLength(2);
  expect((await action(actionId))!.handledHosts).toHaveLength(501);
});
