import { MINUTE, SECOND } from '../../common/lib/constants';
import { timedIsolations, type TimedIsolations } from '../../test/helpers/timed_isolations';

/** Automatic releases after a node stopped during another action, and with clocks that differ. */

jest.setTimeout(60_000);

let all: TimedIsolations | undefined;
afterEach(async () => {
  await all?.stop();
});

const DISCONNECT = 'disconnect';
const CONNECT = 'connect';

async function begin({ clockAhead = 0 } = {}) {
  all = await timedIsolations({ fleet: 1 });
  const world = all;
  const [id] = world.simulator.agents().map((agent) => agent.id);
  const [node, other] = [world.node({ clockAhead }), world.node()];
  /** The other node runs both tasks. */
  const pass = async (minutes: number) => {
    for (let passed = 0; passed < minutes * MINUTE; passed += 30 * SECOND) {
      world.advance(30 * SECOND);
      await other.reconcile();
      await other.release();
    }
  };
  const commands = () => world.writes().map(({ command }) => command);
  return { ...world, id: id!, node, other, pass, commands };
}

/** Isolates a host for ten minutes; its user's release after five stops its node before the n-th step. */
async function releasedByCrashingNode(step: number) {
  const world = await begin();
  const { node, id, pass, commands, action, simulator } = world;
  const { actionId } = await node.act('isolate', [id], { releaseAfterMinutes: 10 });
  await pass(5);
  node.steps.stopAt(step - 0.5);
  const stopped = new Promise<'stopped'>((resolve) => {
    node.steps.onStop = () => resolve('stopped');
  });
  const ended = await Promise.race([stopped, node.act('release', [id], { username: 'lead' })]);
  const sent = commands().length - 1;
  await pass(15);
  return {
    hasStopped: ended === 'stopped',
    sent,
    commands: commands(),
    status: simulator.agent(id).networkStatus,
    release: (await action(actionId))!.automaticRelease,
  };
}

it('releases a host once, even if the node of a user who releases it stops at any step', async () => {
  const outcomes = new Set<string>();
  for (let step = 1; ; step += 1) {
    const { hasStopped, sent, commands, status, release } = await releasedByCrashingNode(step);
    await all!.stop();
    // The user's command, or that of the task.
    expect([step, commands, status]).toEqual([step, [DISCONNECT, CONNECT], 'connected']);
    const outcome = sent === 1 ? 'not_needed' : 'done';
    expect([step, release]).toMatchObject([step, { state: 'ended', outcome }]);
    outcomes.add(outcome);
    if (!hasStopped) break;
  }
  expect([...outcomes]).toEqual(['done', 'not_needed']);
});

it('does not release a host that was isolated again in the console, even if the clock of its node is a minute ahead', async () => {
  const { node, id, pass, commands, action, simulator, inConsole, advance } = await begin({
    clockAhead: MINUTE,
  });
  const { actionId } = await node.act('isolate', [id], { releaseAfterMinutes: 10 });
  await pass(4);
  await inConsole(CONNECT, id);
  advance(30 * SECOND);
  await inConsole(DISCONNECT, id);
  await pass(15);
  expect(commands()).toEqual([DISCONNECT, CONNECT, DISCONNECT]);
  expect(simulator.agent(id).networkStatus).toBe('disconnected');
  expect(await action(actionId)).toMatchObject({
    automaticRelease: { state: 'ended', outcome: 'not_needed' },
    handledHosts: [{ kind: 'isolated_again' }],
  });
});

it('releases a host whose earlier isolation was released just before', async () => {
  const { node, id, pass, commands, simulator, advance } = await begin();
  await node.act('isolate', [id]);
  advance(10 * SECOND);
  await node.act('release', [id]);
  advance(10 * SECOND);
  await node.act('isolate', [id], { releaseAfterMinutes: 10 });
  await pass(15);
  expect(commands()).toEqual([DISCONNECT, CONNECT, DISCONNECT, CONNECT]);
  expect(simulator.agent(id).networkStatus).toBe('connected');
});

it('releases at the latest time when several are set at the moment of an earlier release', async () => {
  const { node, other, id, pass, commands, action, simulator, advance } = await begin();
  await node.act('isolate', [id], { releaseAfterMinutes: 5 });
  advance(5 * MINUTE);
  await other.release();
  // A search does not find yet what was written in this second.
  await node.act('isolate', [id], { releaseAfterMinutes: 6 });
  advance(100);
  const latest = await node.act('isolate', [id], { username: 'lead', releaseAfterMinutes: 8 });
  await pass(20);
  expect(commands()).toEqual([DISCONNECT, CONNECT, DISCONNECT, CONNECT]);
  expect(simulator.agent(id).networkStatus).toBe('connected');
  expect(await action(latest.actionId)).toMatchObject({ automaticRelease: { outcome: 'done' } });
});
