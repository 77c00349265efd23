import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../helpers/http';
import { isolateThirds } from '../helpers/isolate_thirds';
import { startWorkbench, type Workbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

/** The Hosts page: calls to SentinelOne and wall times by the size of the tenant and the number of isolated hosts. */

const BASE = '/internal/sentinelone_response';
const VIEWERS = 50;
const SECONDS = 20;
/** As often as a page asks. */
const ASKS_EVERY_MS = 5_000;
const TENANTS = [1_000, 100_000];
const ISOLATED = [10, 300, 3_000];
/** Kibana's default of `xpack.actions.maxResponseContentLength`, and what the README suggests. */
const RESPONSE_BYTES = [1_048_576, 10 * 1_048_576];

async function get(workbench: Workbench, path: string): Promise<number> {
  const { took, value } = await timed(() => send(workbench.url, 'viewer', 'GET', `${BASE}${path}`));
  if (value.status !== 200) throw new Error(`${path}: ${value.status} ${value.text.slice(0, 200)}`);
  return took;
}

const callsTo = ({ simulator }: Workbench, path: string): number =>
  simulator!.calls.filter((call) => call.path === path).length;

/** One row: the first answer, and what fifty viewers cost. */
async function row(tenant: number, isolated: number, maxResponseBytes: number) {
  const workbench = await startWorkbench({
    simulator: { fleet: tenant },
    tasks: false,
    maxResponseBytes,
  });
  const simulator = workbench.simulator!;
  try {
    await isolateThirds(isolated, {
      agents: async () => simulator.agents(),
      isolate: async (isolation) => simulator.isolate(isolation),
      advance: async (milliseconds) => simulator.advance(milliseconds),
      act: (body) =>
        send(workbench.url, 'admin', 'POST', '/api/sentinelone_response/actions', { body }),
    });
    simulator.clearCalls();
    const first = await get(workbench, '/hosts/isolated');
    const [firstAgents, firstActivities] = ['/agents', '/activities'].map((path) =>
      callsTo(workbench, path)
    );
    simulator.clearCalls();
    const times: number[] = [];
    const until = performance.now() + SECONDS * 1_000;
    await Promise.all(
      Array.from({ length: VIEWERS }, async (_, n) => {
        await sleep((n * ASKS_EVERY_MS) / VIEWERS);
        while (performance.now() < until) {
          times.push(await get(workbench, '/hosts/isolated?perPage=25'));
          await sleep(ASKS_EVERY_MS);
        }
      })
    );
    const refreshes = Math.max(1, Math.round(SECONDS / 10));
    const agents = callsTo(workbench, '/agents');
    const activities = callsTo(workbench, '/activities');
    const page1: number[] = [];
    for (let n = 0; n < 9; n++) page1.push(await get(workbench, '/hosts?perPage=25'));
    return [
      String(tenant),
      String(isolated),
      `${maxResponseBytes / 1_048_576} MB`,
      `${firstAgents} + ${firstActivities}`,
      ms(first),
      (agents / refreshes).toFixed(1),
      String(activities),
      ms(median(times)),
      ms(Math.max(...times)),
      ms(median(page1)),
    ];
  } finally {
    await workbench.stop();
  }
}

/** Fifty viewers of the isolated hosts, and the first page of all hosts. */
export async function benchHosts(): Promise<void> {
  const rows: string[][] = [];
  for (const tenant of TENANTS) {
    for (const isolated of ISOLATED.filter((count) => count <= tenant)) {
      // Tenants that fit into one response give the same figures with both limits.
      const limits = isolated < 1_000 ? RESPONSE_BYTES.slice(0, 1) : RESPONSE_BYTES;
      for (const limit of limits) rows.push(await row(tenant, isolated, limit));
    }
  }
  printTable(
    `Hosts: ${VIEWERS} viewers, each asking every ${ASKS_EVERY_MS / 1_000} s, for ${SECONDS} s; a third of the isolated hosts by Kibana, a third in the console, a third by policy`,
    [
      ...[
        'agents',
        'isolated',
        'answers up to',
        'first calls (agents + activities)',
        'first answer',
      ],
      ...['calls a refresh', 'activity calls', 'median answer', 'slowest', 'All hosts, page 1'],
    ],
    rows
  );
}
