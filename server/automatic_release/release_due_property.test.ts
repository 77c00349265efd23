import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import { MINUTE, SECOND } from '../../common/lib/constants';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import {
  AUTOMATIC,
  timedIsolations,
  type TimedIsolations,
} from '../../test/helpers/timed_isolations';

/**
 * Timed isolations on two Kibana nodes whose clocks are a minute apart, while nodes stop at any step, SentinelOne is
 * down, answers are lost, hosts are offline, and users and the console act on the same hosts.
 */

jest.setTimeout(240_000);

const APART = MINUTE;
/** What a search finds late, and what an agent needs to carry out a command. */
const SETTLED = 5 * SECOND;
const HOSTS = 2;

type NodeName = 'behind' | 'ahead';
type UserAct = 'release' | 'isolate';
type Step =
  | {
      readonly kind: 'isolate';
      readonly host: number;
      readonly on: NodeName;
      readonly minutes: number;
    }
  | { readonly kind: 'act'; readonly action: UserAct; readonly host: number; readonly on: NodeName }
  | { readonly kind: 'console'; readonly command: 'connect' | 'disconnect'; readonly host: number }
  | {
      readonly kind: 'change';
      readonly host: number;
      readonly on: NodeName;
      readonly minutes: number | null;
    }
  | { readonly kind: 'down'; readonly isDown: boolean }
  | { readonly kind: 'online'; readonly host: number; readonly isOnline: boolean }
  | { readonly kind: 'lose'; readonly fault: 'resetBefore' | 'resetAfter' }
  | { readonly kind: 'stop'; readonly on: NodeName; readonly at: number }
  | {
      readonly kind: 'pass';
      readonly seconds: number;
      readonly on: readonly NodeName[];
      readonly meanwhile: UserAct | null;
    };

const host = fc.nat(HOSTS - 1);
const on = fc.constantFrom<NodeName>('behind', 'ahead');
const minutes = fc.integer({ min: 5, max: 15 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('isolate' as const), host, on, minutes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant('act' as const), host, on },
      action: fc.constantFrom<UserAct>('release', 'isolate'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant('console' as const), host },
      command: fc.constantFrom('connect' as const, 'disconnect' as const),
    }),
  },
  fc.record({ kind: fc.constant('change' as const), host, on, minutes: fc.option(minutes) }),
  fc.record({ kind: fc.constant('down' as const), isDown: fc.boolean() }),
  fc.record({ kind: fc.constant('online' as const), host, isOnline: fc.boolean() }),
  fc.record({
    kind: fc.constant('lose' as const),
    fault: fc.constantFrom('resetBefore' as const, 'resetAfter' as const),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('stop' as const),
      on,
      at: fc.integer({ min: 1, max: 40 }).map((half) => half / 2),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.constantFrom(5, 15, 60, 120, 300, 400),
      on: fc.constantFrom<readonly NodeName[]>(['behind'], ['ahead'], ['behind', 'ahead']),
      meanwhile: fc.option(fc.constantFrom<UserAct>('release', 'isolate'), { freq: 4 }),
    }),
  }
);

/** Something that was done to a host, by others than the task. */
interface Touch {
  readonly host: string;
  /** Calls that SentinelOne had got when it began and when it was over. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly kind: UserAct | 'connect' | 'disconnect' | 'unknown';
  readonly byUser: boolean;
}
interface Timed {
  readonly actionId: string;
  readonly host: string;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** The times that were set, by the number of calls until then; null: cancelled. */
  readonly times: Array<{ readonly from: number; readonly releaseAt: number | null }>;
}
interface Looked {
  readonly from: number;
  readonly at: number;
}

async function run(all: TimedIsolations, steps: readonly Step[]) {
  const { simulator, world } = all;
  const ids = simulator.agents().map(({ id }) => id);
  const touches: Touch[] = [];
  const timed: Timed[] = [];
  const looks: Looked[] = [];
  const start = (clockAhead: number) => {
    const node = all.node({ clockAhead });
    const stopped = new Promise<'stopped'>((resolve) => {
      node.steps.onStop = () => resolve('stopped');
    });
    return { ...node, stopped };
  };
  const nodes = { behind: start(0), ahead: start(APART) };
  const calls = () => simulator.calls.at(-1)?.n ?? 0;
  /** Does it on a node; a node that stops over it is started again. */
  const onNode = async <Result>(
    name: NodeName,
    work: (node: (typeof nodes)[NodeName]) => Promise<Result>
  ): Promise<Result | 'stopped'> => {
    const node = nodes[name];
    const result = await Promise.race([work(node), node.stopped]);
    if (node.steps.isStopped && nodes[name] === node) {
      nodes[name] = start(name === 'ahead' ? APART : 0);
    }
    return result;
  };

  const isolateTimed = async (id: string, name: NodeName, after: number) => {
    const actionId = randomUUID();
    const [from, at] = [calls(), all.now()];
    const releaseAt = at + (name === 'ahead' ? APART : 0) + after * MINUTE;
    await onNode(name, (node) =>
      node.act('isolate', [id], { actionId, releaseAfterMinutes: after }).catch(() => undefined)
    );
    const record = await all.action(actionId);
    const one = { actionId, host: id, from, to: calls(), at };
    const isTimed = record?.automaticRelease !== undefined;
    if (isTimed) timed.push({ ...one, times: [{ from, releaseAt }] });
    touches.push({ ...one, kind: isTimed ? 'isolate' : 'unknown', byUser: true });
  };
  const act = async (action: UserAct, id: string, name: NodeName) => {
    const [from, at] = [calls(), all.now()];
    const result = await onNode(name, (node) =>
      node.act(action, [id], { username: 'lead' }).catch(() => undefined)
    );
    const outcome =
      typeof result === 'object' ? result.hosts.find((one) => one.agentId === id)?.outcome : 'none';
    const isCertain = ['requested', 'done', 'unchanged'].includes(outcome ?? '');
    if (outcome === 'refused' || outcome === 'failed') return;
    touches.push({
      ...{ host: id, from, to: calls(), at, byUser: true },
      kind: isCertain ? action : 'unknown',
    });
  };
  const change = async (id: string, name: NodeName, after: number | null) => {
    const latest = timed.filter((one) => one.host === id).at(-1);
    if (latest === undefined) return;
    const { automaticRelease } = (await all.action(latest.actionId))!;
    const releaseAt = after === null ? null : nodes[name].clock() + after * MINUTE;
    const from = calls();
    await onNode(name, (node) =>
      node
        .change(
          latest.actionId,
          automaticRelease!.version,
          releaseAt === null ? null : new Date(releaseAt).toISOString()
        )
        .catch(() => undefined)
    );
    const now = (await all.action(latest.actionId))!.automaticRelease!;
    if (now.version > automaticRelease!.version) latest.times.push({ from, releaseAt });
  };
  const runTasks = async (names: readonly NodeName[]) => {
    for (const name of names) await onNode(name, (node) => node.reconcile().catch(() => undefined));
    looks.push({ from: calls(), at: all.now() });
    await Promise.all(
      names.map((name) => onNode(name, (node) => node.release().catch(() => undefined)))
    );
  };

  for (const step of steps) {
    switch (step.kind) {
      case 'isolate':
        await isolateTimed(ids[step.host]!, step.on, step.minutes);
        break;
      case 'act':
        await act(step.action, ids[step.host]!, step.on);
        break;
      case 'console': {
        // A command that replaces one which the agent has not carried out leaves no trace in its reports.
        all.advance(SETTLED);
        const id = ids[step.host]!;
        const [from, at] = [calls(), all.now()];
        // An offline agent has not carried out the command before, however long ago that was.
        const isReplaced = /ing$/.test(simulator.agent(id).networkStatus ?? '');
        const changed = await all.inConsole(step.command, id);
        if (changed) {
          touches.push({
            ...{ host: id, from, to: calls(), at, byUser: false },
            kind: isReplaced ? 'unknown' : step.command,
          });
        }
        all.advance(SETTLED);
        break;
      }
      case 'change':
        await change(ids[step.host]!, step.on, step.minutes);
        break;
      case 'down':
        world.isDown = step.isDown;
        break;
      case 'online':
        if (step.isOnline) simulator.bringOnline(ids[step.host]!);
        else simulator.takeOffline(ids[step.host]!);
        break;
      case 'lose':
        simulator.faults.clear();
        simulator.faults.add({ method: 'POST', path: '*', fault: { kind: step.fault } });
        break;
      case 'stop':
        nodes[step.on].steps.stopAt(step.at);
        break;
      case 'pass':
        all.advance(step.seconds * SECOND);
        await Promise.all([
          runTasks(step.on),
          ...(step.meanwhile === null ? [] : [act(step.meanwhile, ids[0]!, 'behind')]),
        ]);
    }
  }

  world.isDown = false;
  simulator.faults.clear();
  for (const id of ids) simulator.bringOnline(id);
  for (const name of ['behind', 'ahead'] as const)
    nodes[name] = start(name === 'ahead' ? APART : 0);
  const isOver = async () => {
    for (const { actionId } of timed) {
      const { state, automaticRelease } = (await all.action(actionId))!;
      if (state !== 'ended' || !['ended', 'cancelled'].includes(automaticRelease!.state))
        return false;
    }
    return true;
  };
  for (let round = 0; round < 300 && !(await isOver()); round += 1) {
    all.advance(round < 40 ? 30 * SECOND : 5 * MINUTE);
    await runTasks(['behind', 'ahead']);
  }
  return { all, ids, touches, timed, looks };
}

async function check({ all, touches, timed, looks }: Awaited<ReturnType<typeof run>>) {
  const commands = all.simulator.writes();
  const automatic = commands.filter(({ tokenName }) => tokenName === AUTOMATIC.name);
  for (const command of automatic) {
    expect(command.path).toBe('/agents/actions/connect');
    // As it was sent: a lost command selects nothing.
    const [id, ...others] = (command.body as { filter: { ids: string[] } }).filter.ids;
    expect(others).toEqual([]);
    const at = Date.parse(command.at);
    // It is in a record whose `releaseAt` is due.
    const due = timed.filter(
      (one) =>
        one.host === id &&
        one.to < command.n &&
        one.times.some(({ from, releaseAt }, n) => {
          const next = one.times[n + 1]?.from ?? Number.POSITIVE_INFINITY;
          return (
            releaseAt !== null &&
            releaseAt <= at + APART &&
            from <= command.n &&
            next >= command.n - 2
          );
        })
    );
    expect(due.map(({ actionId }) => actionId)).not.toEqual([]);
    // Nobody acted on the host between the latest such isolation and the look that decided. SentinelOne's log names
    // nobody who isolated a host, so within the time in which the command can leave the order is not known.
    const look = looks.filter(({ from }) => from < command.n).at(-1)!;
    const latest = due.at(-1)!;
    const acted = touches.filter(
      (one) =>
        one.host === id &&
        one.kind !== 'unknown' &&
        one.from >= latest.to &&
        one.to <= look.from &&
        one.at < look.at &&
        one.at - latest.at > (one.byUser ? APART : APART + COMMAND_DEADLINE)
    );
    expect(acted.map(({ kind }) => kind)).toEqual([]);
  }
  for (const { actionId, host: id, to, at } of timed) {
    const record = (await all.action(actionId))!;
    const { automaticRelease, handledHosts = [] } = record;
    expect(['ended', 'cancelled']).toContain(automaticRelease!.state);
    if (automaticRelease!.state === 'cancelled') continue;
    const handled = handledHosts.map(({ agentId }) => agentId);
    expect(new Set(handled).size).toBe(handled.length);
    const covered = record.hosts.filter(isCoveredByRelease).map(({ agentId }) => agentId);
    for (const one of covered) expect(handled).toContain(one);
    // The order of records is that of the nodes' clocks.
    const isAlone = !touches.some(
      (one) => one.host === id && one.to !== to && one.at >= at - APART
    );
    if (!isAlone || covered.length === 0) continue;
    // Nobody else acted: the task released it, once.
    expect(automaticRelease).toMatchObject({ outcome: 'done', problem: null });
    expect(all.simulator.agent(id).networkStatus).toBe('connected');
    const taken = automatic.filter(({ n, affectedIds }) => n > to && affectedIds.includes(id));
    expect(taken).toHaveLength(1);
  }
}

it('each timed isolation ends exactly once, and only due hosts are released', () =>
  fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 8, maxLength: 40 }), async (steps) => {
      const all = await timedIsolations({ fleet: HOSTS });
      try {
        await check(await run(all, steps));
      } finally {
        await all.stop();
      }
    }),
    // The same histories in every run. Take the seed out, and run more, to search for others.
    {
      numRuns: 40,
      seed: 1,
      examples: [
        [
          // The release of a node whose clock is behind did not reach SentinelOne, and sorts before the isolation.
          [
            { kind: 'isolate', host: 0, on: 'behind', minutes: 5 },
            { kind: 'pass', seconds: 5, on: ['behind'], meanwhile: null },
            { kind: 'pass', seconds: 5, on: ['behind'], meanwhile: null },
            { kind: 'stop', on: 'behind', at: 9.5 },
            { kind: 'isolate', host: 1, on: 'ahead', minutes: 5 },
            { kind: 'act', host: 0, on: 'ahead', action: 'release' },
            { kind: 'lose', fault: 'resetBefore' },
            { kind: 'act', host: 1, on: 'behind', action: 'release' },
          ],
        ],
        [
          // A host is isolated again by a node whose clock is behind, right after a release by one whose clock is ahead:
          // the release sorts after the isolation.
          [
            { kind: 'isolate', host: 1, on: 'behind', minutes: 7 },
            { kind: 'pass', seconds: 400, on: ['behind', 'ahead'], meanwhile: null },
            { kind: 'pass', seconds: 5, on: ['behind'], meanwhile: null },
            { kind: 'isolate', host: 1, on: 'behind', minutes: 5 },
          ],
        ],
        [
          // A host that was isolated in the console is isolated again with an end: the last lock is that of a release
          // long before.
          [
            { kind: 'isolate', host: 1, on: 'ahead', minutes: 8 },
            { kind: 'pass', seconds: 120, on: ['behind'], meanwhile: null },
            { kind: 'pass', seconds: 400, on: ['behind', 'ahead'], meanwhile: null },
            { kind: 'console', host: 1, command: 'disconnect' },
            { kind: 'pass', seconds: 300, on: ['behind', 'ahead'], meanwhile: null },
            { kind: 'isolate', host: 1, on: 'behind', minutes: 6 },
          ],
        ],
        [
          // An offline agent has not carried out a user's release when the host is isolated again in the console.
          [
            { kind: 'online', host: 0, isOnline: false },
            { kind: 'isolate', host: 0, on: 'ahead', minutes: 6 },
            { kind: 'pass', seconds: 300, on: ['ahead'], meanwhile: 'release' },
            { kind: 'console', host: 0, command: 'disconnect' },
          ],
        ],
      ],
    }
  ));
