import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentSeed } from '../simulator/agent';
import { fleetOf } from '../simulator/fleet_of';
import { send } from '../helpers/http';
import { longestChain, stepsOf } from '../helpers/elasticsearch_requests';
import { startWorkbench, type Workbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

/**
 * What an action costs in requests to Elasticsearch, and what each millisecond of them costs the user.
 *
 * Method: each part of the workbench sends a request where Kibana 8.12.2 sends one (`ElasticsearchRequests`; the
 * distribution checks compare the saved objects repository with Kibana's own). Every action runs once with
 * `COUNT_DELAY` added to each request, so that requests that run side by side overlap. "One after another" is the
 * longest chain of requests each of which began after the one before was answered; "in all" counts those before the
 * answer and, in brackets, those that were still running or began afterwards. Kibana's own requests (who calls,
 * the privilege of the route or to execute the connector, the connector itself) are included, those of its background
 * tasks are not. Wall times are medians
 * of `ROUNDS` actions on other hosts, with SentinelOne answering at once.
 */

const COUNT_DELAY = 10;
const DELAYS = [0, 5, 10];
const ROUNDS = 5;
const SIZES = [1, 100];
/** Requests in all and one after another that the plugin aims for. */
const GOAL = '12, 8';
/** After this time (ms) without a request nothing follows an answer any more. */
const QUIET = 100;

const ROUTE = '/internal/sentinelone_response/hosts';

/** How a client names hosts: as our pages do, or by the UUID of an alert alone. */
const NAMED: Readonly<Record<string, (agent: AgentSeed) => object>> = {
  'UUID and agent id': ({ id, uuid, computerName: name }) => ({ uuid, agentId: id, name }),
  'UUID alone': ({ uuid, computerName: name }) => ({ uuid, name }),
};

type Act = (
  workbench: Workbench,
  action: 'isolate' | 'release',
  hosts: readonly object[],
  connectorId: string
) => ReturnType<typeof send>;

const PATHS: Readonly<Record<string, Act>> = {
  'route of our pages': ({ url }, action, hosts) =>
    send(url, 'analyst', 'POST', `${ROUTE}/_${action}`, { body: { hosts, comment: 'bench' } }),
  _execute: ({ url }, action, hosts, connectorId) => {
    const path = `/api/actions/connector/${connectorId}/_execute`;
    const subAction = action === 'isolate' ? 'isolateHost' : 'releaseHost';
    const params = { subAction, subActionParams: { hosts, comment: 'bench' } };
    return send(url, 'analyst', 'POST', path, { body: { params } });
  },
};

async function done(answer: ReturnType<typeof send>): Promise<void> {
  const { status, text, json } = await answer;
  if (status !== 200 || json.status === 'error') throw new Error(`${status} ${text.slice(0, 300)}`);
}

/** The requests of one action: before its answer, and until nothing follows. */
async function requestsOf(workbench: Workbench, act: () => Promise<void>) {
  const recorded = workbench.requests.record();
  await act();
  const answeredAt = performance.now();
  let count: number;
  do {
    count = recorded.length;
    await sleep(QUIET);
  } while (recorded.length > count);
  workbench.requests.stop();
  const isBefore = ({ endedAt }: (typeof recorded)[number]) =>
    endedAt !== undefined && endedAt <= answeredAt;
  const before = recorded.filter(isBefore);
  return { before, after: recorded.length - before.length };
}

interface Case {
  readonly path: string;
  readonly size: number;
  readonly naming: string;
  /** Whether the connector stands in `kibana.yml`; default: it was created. */
  readonly preconfigured?: boolean;
}

const [OF_PAGES, OF_CONNECTOR] = Object.keys(PATHS) as [string, string];
const [BOTH_IDS, UUID] = Object.keys(NAMED) as [string, string];
const CASES: readonly Case[] = [
  ...SIZES.map((size) => ({ path: OF_PAGES, size, naming: BOTH_IDS })),
  { path: OF_PAGES, size: 1, naming: UUID },
  ...SIZES.map((size) => ({ path: OF_CONNECTOR, size, naming: BOTH_IDS })),
  ...SIZES.map((size) => ({ path: OF_CONNECTOR, size, naming: BOTH_IDS, preconfigured: true })),
];

async function measure({ path, size, naming, preconfigured = false }: Case): Promise<string[][]> {
  const rounds = 1 + DELAYS.length * ROUNDS;
  const fleet = fleetOf(size * rounds);
  const simulator = { fleet: fleet.length };
  const workbench = await startWorkbench({ simulator, tasks: false, preconfigured });
  const { requests } = workbench;
  const hostsOf = (round: number) =>
    fleet.slice(round * size, (round + 1) * size).map(NAMED[naming]!);
  const { json } = await send(workbench.url, 'admin', 'GET', '/api/actions/connectors');
  const act = async (action: 'isolate' | 'release', round: number) =>
    done(PATHS[path]!(workbench, action, hostsOf(round), json[0].id));
  const rows: string[][] = [];
  try {
    for (const action of ['isolate', 'release'] as const) {
      requests.setDelay(COUNT_DELAY);
      const { before, after } = await requestsOf(workbench, () => act(action, 0));
      const walls: string[] = [];
      for (const [n, delay] of DELAYS.entries()) {
        requests.setDelay(delay);
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          times.push((await timed(() => act(action, 1 + n * ROUNDS + round))).took);
        }
        walls.push(ms(median(times)));
      }
      rows.push([
        `${path}, connector ${preconfigured ? 'in kibana.yml' : 'created'}`,
        ...[action, String(size), naming],
        `${before.length}${after === 0 ? '' : ` (+${after})`}`,
        String(longestChain(before)),
        ...[GOAL, ...walls, stepsOf(before)],
      ]);
    }
  } finally {
    await workbench.stop();
  }
  return rows;
}

/** Each action through each path: how many requests to Elasticsearch, and the wall time when they take longer. */
export async function benchActionRequests(): Promise<void> {
  const rows: string[][] = [];
  for (const one of CASES) rows.push(...(await measure(one)));
  printTable(
    'Requests to Elasticsearch of one action (+ joins what runs side by side), and its wall time with so much added to each of them',
    [
      ...['through', 'action', 'hosts', 'named by', 'in all', 'one after another', 'goal'],
      ...DELAYS.map((delay) => `${delay} ms added`),
      'requests',
    ],
    rows
  );
}
