import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilIs } from '../helpers/until';
import { writtenEvents } from '../workbench/event_log/event_log';
import { createSimulator, type Simulator } from '../simulator/simulator';
import { act, actionsOn, type ActionSeen } from './api';
import { eventsOf, type EventsSeen } from './events';
import { startNode, type Node } from './node';
import { ACTIONS, BEFORE, rowOf, type Action, type Row } from './rows';

/**
 * The fault campaign: a Kibana node is killed at chosen and at random points of an action, another one
 * is started over the same store, and in the end the record and SentinelOne must agree, with at most one
 * write to SentinelOne for the action. After that the event log must have each event once.
 */

/** What the node is killed at; returns when it is dead. `acting` is the action under way. */
interface Point {
  readonly name: string;
  /** Milliseconds from the request to a kill from outside. */
  readonly killedAfter?: number;
  readonly kill: (run: Run) => Promise<void>;
}

interface Run {
  readonly node: Node;
  readonly simulator: Simulator;
  readonly agentId: string;
  readonly action: Action;
}

const COMMAND = {
  isolate: '/agents/actions/disconnect',
  release: '/agents/actions/connect',
} as const;

/** Longer than any action lives, and longer than the status reconciliation task's time-out. */
const BETWEEN = 6 * 60_000;
/** How long (ms) the campaign waits for what must happen before a kill. */
const HAPPENS_WITHIN = 30_000;
/**
 * How long (ms) after the restart a record may stay open. A record of this age is read every 20 s
 * (`server/status_reconciliation/check_schedule.ts`), and a read can fail on a busy machine: several of them fit in.
 */
const ENDED_WITHIN = 120_000;
/**
 * How far (ms) the clock of the last restart is ahead of the one before: the task waits up to 15 minutes before it checks the
 * event log again, if nodes were killed before they wrote what it had added.
 */
const BEFORE_LAST_CHECK = 16 * 60_000;
/** How long (ms) after the last restart the event log may lack events; the task checks it within a minute. */
const LOGGED_WITHIN = 90_000;

/** Waits until `holds`, for at most `within` ms. */
async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  within = HAPPENS_WITHIN
): Promise<void> {
  await untilIs(what, holds, (isSo) => isSo, within / 1_000);
}

/** The node kills itself at the n-th write of the action's record. */
const atWrite =
  (write: number, when: 'before' | 'after') =>
  async ({ node, action, agentId }: Run): Promise<void> => {
    await node.arm({ write, when });
    await Promise.all([act(node, action, agentId), node.gone]);
  };

/** Killed from outside while SentinelOne has the command and has not answered. */
const whileSentinelOneHolds =
  (isApplied: boolean) =>
  async ({ node, simulator, action, agentId }: Run): Promise<void> => {
    const fault = { kind: 'hang', ms: 60_000, applied: isApplied } as const;
    simulator.faults.add({ method: 'POST', path: COMMAND[action], fault });
    const acting = act(node, action, agentId);
    await until('SentinelOne has the command', () => simulator.writes().length > 0);
    await node.kill();
    await acting;
  };

/** Killed from outside while the status reconciliation task waits for SentinelOne's answer. */
async function whileReconciliationReads({ node, simulator, action, agentId }: Run): Promise<void> {
  await act(node, action, agentId);
  simulator.faults.add({ method: 'GET', path: '/agents', fault: { kind: 'delay', ms: 5_000 } });
  const before = simulator.calls.length;
  await until('the status reconciliation task asks', () => simulator.calls.length > before);
  await node.kill();
}

export const POINTS: readonly Point[] = [
  { name: 'before the record', kill: atWrite(1, 'before') },
  { name: 'after the record', kill: atWrite(1, 'after') },
  { name: 'write sent, and lost on the way', kill: whileSentinelOneHolds(false) },
  { name: 'write taken, before the answer', kill: whileSentinelOneHolds(true) },
  { name: 'before the end was written', kill: atWrite(2, 'before') },
  { name: 'after the end was written', kill: atWrite(2, 'after') },
  { name: 'reconciliation: while it reads', kill: whileReconciliationReads },
  { name: 'reconciliation: before it writes', kill: atWrite(3, 'before') },
  { name: 'reconciliation: after it has written', kill: atWrite(3, 'after') },
];

/** Killed after so many ms, at any point of the action. */
const atRandom = (milliseconds: number): Point => ({
  name: 'at random',
  killedAfter: milliseconds,
  async kill({ node, action, agentId }) {
    const acting = act(node, action, agentId);
    await sleep(milliseconds);
    await node.kill();
    await acting;
  },
});

interface CampaignOptions {
  /** Random kills, on top of one at each point for each action. */
  readonly random: number;
  /** The longest time (ms) before a random kill. */
  readonly longest?: number;
  /** Gives the random times; default: Math.random. */
  readonly chance?: () => number;
  /** Repeats this one random kill instead: so many ms after the request of this action. */
  readonly only?: { readonly killedAfter: number; readonly action: Action };
  readonly points?: readonly Point[];
  readonly onRow?: (row: Row) => void;
}

interface Campaign {
  readonly rows: readonly Row[];
  /** What the event log has of the actions in the end. */
  readonly events: EventsSeen;
}

/** Runs the campaign; resolves to what became of each run. */
export async function runCampaign({
  random,
  longest = 400,
  chance = Math.random,
  points = POINTS,
  only,
  onRow = () => {},
}: CampaignOptions): Promise<Campaign> {
  const storeFolder = mkdtempSync(join(tmpdir(), 'sentinelone-response-campaign-'));
  const fixed = points.flatMap((point) => ACTIONS.map((action) => ({ point, action })));
  const more = Array.from({ length: random }, (_, n) => ({
    point: atRandom(chance() * longest),
    action: ACTIONS[n % 2]!,
  }));
  const runs =
    only === undefined
      ? [...fixed, ...more]
      : Array.from({ length: random }, () => ({
          point: atRandom(only.killedAfter),
          action: only.action,
        }));
  let clockAhead = 0;
  const simulator = createSimulator({ fleet: runs.length, settleMs: 30 });
  const simulatorUrl = await simulator.start();
  const ids = simulator.agents().map(({ id }) => id);
  const rows: Row[] = [];
  const recorded: ActionSeen[] = [];
  let events: EventsSeen | undefined;
  // The time between two kills passes for Kibana and Elasticsearch alike.
  const start = () =>
    startNode({ storeFolder, simulatorUrl, clockAhead, storeClockAhead: clockAhead });
  let node = await start();
  try {
    for (const [n, { point, action }] of runs.entries()) {
      const agentId = ids[n]!;
      simulator.setAgent(agentId, { networkStatus: BEFORE[action] });
      simulator.faults.clear();
      simulator.clearCalls();
      const run: Run = { node, simulator, agentId, action };
      await point.kill(run);
      clockAhead += BETWEEN;
      simulator.advance(BETWEEN);
      simulator.faults.clear();
      node = await start();
      const next = node;
      let actions: readonly ActionSeen[] = [];
      const restartedAt = Date.now();
      await until(
        `${point.name}, ${action}: an end`,
        async () => {
          actions = await actionsOn(next, { agentId });
          return actions.every(({ state }) => state === 'ended');
        },
        ENDED_WITHIN
      ).catch(() => undefined);
      const row = rowOf({
        point: point.name,
        killedAfter: point.killedAfter,
        endedAfter: Date.now() - restartedAt,
        action,
        actions,
        networkStatus: simulator.agent(agentId).networkStatus,
        writes: simulator.writes().length,
      });
      rows.push(row);
      recorded.push(...actions);
      onRow(row);
    }
    // The latest records must be old enough for the check of the event log, and the check due.
    await node.kill();
    clockAhead += BEFORE_LAST_CHECK;
    node = await start();
    await until(
      'every event is in the event log',
      () => {
        events = eventsOf(recorded, writtenEvents(storeFolder));
        return events.lacking.length === 0;
      },
      LOGGED_WITHIN
    ).catch(() => undefined);
  } finally {
    await node.kill();
    await simulator.stop();
    rmSync(storeFolder, { recursive: true, force: true });
  }
  return { rows, events: events ?? eventsOf(recorded, []) };
}
