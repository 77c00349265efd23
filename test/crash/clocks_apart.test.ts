import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator } from '../simulator/simulator';
import { act, actionsOn } from './api';
import { startNode, type Node } from './node';
import { untilIs } from '../helpers/until';

/** Two Kibana nodes over one store, one of them with a clock that is 30 days ahead. */

const DAYS_30 = 30 * 86_400_000;

let folder: string;
let simulator: Simulator;
let ahead: Node;
let node: Node;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinelone-response-clocks-'));
  // An action takes effect before any check: the node that is ahead checks what it takes for old only four times an hour.
  simulator = createSimulator({ fleet: 4, settleMs: 0 });
  const simulatorUrl = await simulator.start();
  ahead = await startNode({ storeFolder: folder, simulatorUrl, clockAhead: DAYS_30 });
  node = await startNode({ storeFolder: folder, simulatorUrl });
}, 120_000);
afterAll(async () => {
  await Promise.all([ahead, node].map((one) => one?.kill()));
  await simulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Seconds: a node reads open records at least once a minute. */
const WITHIN = 75;

it('a host that one node isolates is released by the other, and every record ends within minutes', async () => {
  const { id } = simulator.agents()[0]!;
  const isolation = await act(ahead, 'isolate', id, 'analyst');
  expect(isolation?.hosts).toMatchObject([{ outcome: 'requested' }]);
  await untilIs(
    'the other node finds the record',
    () => actionsOn(node),
    (actions) => actions.length === 1,
    15
  );
  await untilIs(
    'the host is isolated',
    () => simulator.agent(id).networkStatus,
    (status) => status === 'disconnected',
    WITHIN
  );
  const release = await act(node, 'release', id, 'responder');
  expect(release?.hosts).toMatchObject([{ agentId: id, outcome: 'requested' }]);
  const ended = await untilIs(
    'both records end',
    () => actionsOn(node),
    (actions) => actions.length === 2 && actions.every(({ state }) => state === 'ended'),
    WITHIN
  );
  // The isolation was confirmed, or cannot be told any more from a release that came later.
  for (const { action, hosts } of ended) {
    if (action === 'release') expect(hosts).toMatchObject([{ outcome: 'done' }]);
  }
  expect(simulator.writes().map(({ affectedIds }) => affectedIds)).toEqual([[id], [id]]);
}, 180_000);

it('a lock of a killed node is still held for the other one at first', async () => {
  const { id } = simulator.agents()[1]!;
  simulator.clearCalls();
  // Killed after it writes its record: it holds the lock, and has sent nothing.
  await ahead.arm({ write: 1, when: 'after' });
  await act(ahead, 'isolate', id, 'analyst').catch(() => undefined);
  await ahead.gone;
  expect(simulator.writes()).toEqual([]);

  const first = await act(node, 'isolate', id, 'responder');
  expect(first?.hosts).toMatchObject([{ outcome: 'refused', reason: 'in_flight' }]);
  // How that ends after minutes, and not after 30 days: `server/response_actions/host_locks_clocks.test.ts`.
  expect(simulator.writes()).toEqual([]);
}, 60_000);
