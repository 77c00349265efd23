import { MINUTE, SECOND } from '../../common/lib/constants';
import { timedIsolations, type TimedIsolations } from '../../test/helpers/timed_isolations';
import { changeRelease, type ChangeReleasePorts, type ReleaseTimeOrder } from './change_release';

/** Changes of automatic releases against the task that sends them, with the simulator and the records in memory. */

let all: TimedIsolations | undefined;
afterEach(async () => {
  await all?.stop();
});

const DISCONNECT = 'disconnect';
const CONNECT = 'connect';

async function begin() {
  all = await timedIsolations({ fleet: 2 });
  const { simulator, advance } = all;
  const node = all.node();
  const [id] = simulator.agents().map((agent) => agent.id);
  const { actionId } = await node.act('isolate', [id!], { releaseAfterMinutes: 60 });
  const pass = async (minutes: number) => {
    for (let passed = 0; passed < minutes * MINUTE; passed += 30 * SECOND) {
      advance(30 * SECOND);
      await node.reconcile();
      await node.release();
    }
  };
  const at = (minutes: number) => new Date(node.clock() + minutes * MINUTE).toISOString();
  const told: unknown[][] = [];
  const ports: ChangeReleasePorts = {
    store: node.store,
    auditLog: { releaseTimeChanged: (...args) => void told.push(args) },
    clock: node.clock,
  };
  const change = (order: Partial<ReleaseTimeOrder>, own: Partial<ChangeReleasePorts> = {}) =>
    changeRelease(
      {
        ...{ actionId, namespace: undefined, version: 1, releaseAt: null, comment: 'why' },
        by: { username: 'lead', authentication: 'realm', realm: 'native' },
        ...order,
      },
      { ...ports, ...own }
    );
  const outcome = (promise: Promise<void>) =>
    promise.then(
      () => 'written',
      (error: { reason?: string }) => error.reason
    );
  return { ...all, node, id: id!, actionId, pass, at, told, change, outcome };
}

it('releases at the new time and not at the old one, and records the change', async () => {
  const { change, at, pass, action, actionId, writes, id, now, told } = await begin();
  const from = at(60);
  const later = at(120);
  await change({ releaseAt: later });
  const changed = await action(actionId);
  expect(changed).toMatchObject({
    releaseAt: later,
    automaticRelease: { state: 'scheduled', version: 2, setBy: 'lead', nextCheckAt: later },
    releaseTimeChanges: [
      { at: new Date(now()).toISOString(), username: 'lead', from, to: later, comment: 'why' },
    ],
  });
  expect(told).toHaveLength(1);
  await pass(115);
  expect(writes()).toEqual([{ command: DISCONNECT, ids: [id] }]);
  await pass(10);
  expect(writes().slice(1)).toEqual([{ command: CONNECT, ids: [id] }]);
});

it('never releases after a cancellation, even if it was overdue', async () => {
  const { change, pass, action, actionId, writes, id, world, outcome } = await begin();
  world.isDown = true;
  await pass(62);
  expect((await action(actionId))?.automaticRelease?.problem).toMatchObject({
    reason: 'unreachable',
  });
  await change({});
  world.isDown = false;
  await pass(60);
  expect(await action(actionId)).toMatchObject({
    releaseAt: null,
    automaticRelease: { state: 'cancelled', version: 2, problem: null, nextCheckAt: null },
  });
  expect(writes()).toEqual([{ command: DISCONNECT, ids: [id] }]);
  expect(await outcome(change({ version: 2 }))).toBe('release_not_pending');
});

it('is refused for another version, and after the release has begun or ended', async () => {
  const { change, outcome, action, actionId, told, stop } = await begin();
  expect(await outcome(change({ version: 2 }))).toBe('release_changed');
  const both = await Promise.all([outcome(change({})), outcome(change({}))]);
  expect(both.filter((one) => one === 'written')).toHaveLength(1);
  expect(told).toHaveLength(1);
  expect((await action(actionId))?.releaseTimeChanges).toHaveLength(1);

  await stop();
  const second = await begin();
  await second.pass(59);
  second.advance(90 * SECOND);
  await second.node.release();
  expect((await second.action(second.actionId))?.automaticRelease?.state).toBe('releasing');
  expect(await second.outcome(second.change({}))).toBe('release_not_pending');
  await second.pass(5);
  expect((await second.action(second.actionId))?.automaticRelease?.state).toBe('ended');
  expect(await second.outcome(second.change({}))).toBe('release_not_pending');
  expect(await second.outcome(second.change({ actionId: 'none' }))).toBe('release_not_pending');
  expect(second.writes()).toHaveLength(2);
});

it('of a concurrent change and release, only one is written', async () => {
  // The change read the record before the release began.
  const slow = await begin();
  await slow.pass(59);
  slow.advance(90 * SECOND);
  const read: ChangeReleasePorts['store']['read'] = async (...args) => {
    const known = await slow.node.store.read(...args);
    if (known?.groups[0].automaticRelease?.state === 'scheduled') await slow.node.release();
    return known;
  };
  const lost = slow.change({}, { store: { read, update: slow.node.store.update } });
  expect(await slow.outcome(lost)).toBe('release_not_pending');
  expect(slow.writes().map(({ command }) => command)).toEqual([DISCONNECT, CONNECT]);
  await slow.stop();

  // The task read the record before the change.
  const fast = await begin();
  await fast.pass(59);
  fast.advance(90 * SECOND);
  const { releasePorts } = fast.node;
  const original = releasePorts.laterActionsOn;
  let isCancelled = false;
  Object.assign(releasePorts, {
    laterActionsOn: async (...args: Parameters<typeof original>) => {
      if (!isCancelled) await fast.change({});
      isCancelled = true;
      return original(...args);
    },
  });
  await fast.node.release();
  expect(isCancelled).toBe(true);
  await fast.pass(10);
  expect(fast.writes().map(({ command }) => command)).toEqual([DISCONNECT]);
  expect((await fast.action(fast.actionId))?.automaticRelease?.state).toBe('cancelled');
});

it('is written despite concurrent changes of other fields', async () => {
  const { change, node, action, actionId, advance } = await begin();
  advance(5 * SECOND);
  let reads = 0;
  const read: ChangeReleasePorts['store']['read'] = async (...args) => {
    const known = await node.store.read(...args);
    reads += 1;
    if (reads === 1) await node.reconcile();
    return known;
  };
  await change({}, { store: { read, update: node.store.update } });
  expect(reads).toBe(2);
  expect(await action(actionId)).toMatchObject({
    state: 'ended',
    releaseAt: null,
    automaticRelease: { state: 'cancelled' },
  });
});
