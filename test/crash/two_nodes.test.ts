import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator } from '../simulator/simulator';
import { act, actionsOn } from './api';
import { startNode, type Node } from './node';
import { untilIs } from '../helpers/until';

/** Two Kibana nodes over one store, each a process of its own. */

const HOSTS = 10;
const ACTIONS = 50;
const USERS = ['analyst', 'responder'] as const;

let folder: string;
let simulator: Simulator;
let nodes: readonly Node[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-nodes-'));
  simulator = createSimulator({ fleet: HOSTS, settleMs: 200 });
  const simulatorUrl = await simulator.start();
  const first = await startNode({ storeFolder: folder, simulatorUrl });
  nodes = [first, await startNode({ storeFolder: folder, simulatorUrl })];
}, 120_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['isolate', '/agents/actions/disconnect', 'disconnected'],
  ['release', '/agents/actions/connect', 'connected'],
] as const)(
  `${ACTIONS} times %s at once on ${HOSTS} hosts from both: one write per host, and every end`,
  async (action, path, status) => {
    const ids = simulator.agents().map(({ id }) => id);
    simulator.clearCalls();
    const answers = await Promise.all(
      Array.from({ length: ACTIONS }, (_, n) => {
        // Every host by both people and on both nodes.
        const round = Math.floor(n / HOSTS);
        const user = USERS[Math.floor(round / 2) % 2];
        return act(nodes[round % 2]!, action, ids[n % HOSTS]!, user);
      })
    );
    const writes = simulator.writes();
    expect(writes.every((write) => write.path === path)).toBe(true);
    expect(writes.flatMap(({ affectedIds }) => affectedIds).sort()).toEqual([...ids].sort());
    expect(writes.flatMap(({ selectedIds }) => selectedIds).sort()).toEqual([...ids].sort());
    const outcomes = answers.map((answer) => answer?.hosts[0]);
    for (const host of outcomes) {
      expect(['requested', 'done', 'unchanged', 'refused']).toContain(host?.outcome);
      if (host?.outcome === 'refused') expect(host.reason).toBe('in_flight');
    }
    // An answer without a command names the user who sent it, and the time of the request.
    for (const id of ids) {
      const ofHost = answers.filter((answer) => answer?.hosts[0]?.agentId === id);
      const writer = ofHost.find((answer) => answer?.hosts[0]?.outcome === 'requested')!;
      for (const answer of ofHost) {
        const { outcome, detail } = answer!.hosts[0]!;
        if (outcome !== 'unchanged') continue;
        expect(detail).toBe(
          `${writer.actor.username} requested to ${action} it at ${writer.requestedAt}`
        );
      }
    }
    // No end is lost, whichever node reconciles the records.
    const ended = await untilIs(
      'all actions end',
      async () => (await actionsOn(nodes[1]!)).filter((one) => one.action === action),
      (actions) => actions.length === ACTIONS && actions.every(({ state }) => state === 'ended')
    );
    const done = ended.filter(({ hosts }) => hosts[0]?.outcome === 'done');
    expect(done.map(({ hosts }) => hosts[0]?.agentId).sort()).toEqual([...ids].sort());
    for (const id of ids) expect(simulator.agent(id).networkStatus).toBe(status);
  },
  60_000
);
