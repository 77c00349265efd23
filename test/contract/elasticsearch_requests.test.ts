import { send } from '../helpers/http';
import { workbenchParts } from '../helpers/workbench_target';
import { longestChain, stepsOf } from '../helpers/elasticsearch_requests';
import type { AgentSeed } from '../simulator/agent';
import { fleetOf } from '../simulator/fleet_of';
import type { Workbench } from '../workbench/host';

/**
 * The requests to Elasticsearch of an action, so that none is added unseen: `+` joins what runs side by side. The
 * workbench counts them; `npm run bench -- requests` prints them with wall times.
 */

/** Longer than the work between two requests (ms). */
const DELAY = 25;
const MOST_IN_ALL = 12;
const MOST_ONE_AFTER_ANOTHER = 8;

const ROUTE = '/internal/sentinelone_response/hosts';
const HOSTS = 100;

const fleet = fleetOf(2 * HOSTS + 10);
const bothIds = ({ id, uuid, computerName: name }: AgentSeed) => ({ uuid, agentId: id, name });
const uuidAlone = ({ uuid, computerName: name }: AgentSeed) => ({ uuid, name });

type Verb = 'isolate' | 'release';
type Act = (workbench: Workbench, verb: Verb, hosts: readonly object[]) => ReturnType<typeof send>;

const byRoute: Act = ({ url }, verb, hosts) =>
  send(url, 'analyst', 'POST', `${ROUTE}/_${verb}`, { body: { hosts, comment: 'counted' } });
const byConnector =
  (connectorId: string): Act =>
  ({ url }, verb, hosts) =>
    send(url, 'analyst', 'POST', `/api/actions/connector/${connectorId}/_execute`, {
      body: {
        params: { subAction: `${verb}Host`, subActionParams: { hosts, comment: 'counted' } },
      },
    });

/** Acts, and returns the requests until the answer. */
async function count(workbench: Workbench, act: Act, verb: Verb, hosts: readonly object[]) {
  workbench.simulator!.clearCalls();
  workbench.requests.setDelay(DELAY);
  const recorded = workbench.requests.record();
  const { status, text } = await act(workbench, verb, hosts);
  const requests = [...recorded];
  workbench.requests.stop();
  workbench.requests.setDelay(0);
  if (status !== 200 || text.includes('"status":"error"')) throw new Error(text);
  const writes = workbench.simulator!.calls.filter(({ method }) => method === 'POST');
  const ids = writes.flatMap(({ body }) => (body as { filter: { ids: string[] } }).filter.ids);
  expect(ids).toHaveLength(hosts.length);
  // All of them had been answered: no host stays locked, or open in the record, behind an answer.
  expect(requests.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
  expect(requests.length).toBeLessThanOrEqual(MOST_IN_ALL);
  expect(longestChain(requests)).toBeLessThanOrEqual(MOST_ONE_AFTER_ANOTHER);
  return stepsOf(requests);
}

const KIBANAS_ROUTE = 'authenticate, has_privileges';
/** Kibana reads a created connector to find its type, checks the privilege, and reads it again with its secrets. */
const OURS = 'authenticate + get + has_privileges + search';

const whereCounted = process.env.KIBANA_URL === undefined ? describe : describe.skip;

whereCounted('requests to Elasticsearch', () => {
  let startWorkbench: (typeof import('../workbench/host'))['startWorkbench'];
  let workbench: Workbench;
  beforeAll(async () => {
    ({ startWorkbench } = await workbenchParts());
  });
  afterEach(() => workbench.stop());

  it("of actions on one host and on a hundred, through the plugin's route, are few and concurrent", async () => {
    workbench = await startWorkbench({ simulator: { fleet: fleet.length }, tasks: false });
    const locked = `${KIBANAS_ROUTE}, ${OURS}, get + mget, has_privileges, get, bulk, bulk`;
    const unlocked = `${KIBANAS_ROUTE}, ${OURS}, get, has_privileges, get, bulk, bulk`;
    const one = [bothIds(fleet[0]!)];
    const hundred = fleet.slice(HOSTS, 2 * HOSTS).map(bothIds);
    expect(await count(workbench, byRoute, 'isolate', one)).toBe(locked);
    expect(await count(workbench, byRoute, 'release', one)).toBe(locked);
    expect(await count(workbench, byRoute, 'isolate', hundred)).toBe(locked);
    expect(await count(workbench, byRoute, 'release', hundred)).toBe(locked);
    // By its UUID alone the first time, there is no lock to be read; then its agent is known.
    const byUuid = [uuidAlone(fleet[1]!)];
    expect(await count(workbench, byRoute, 'isolate', byUuid)).toBe(unlocked);
    expect(await count(workbench, byRoute, 'release', byUuid)).toBe(locked);
  });

  it('of the connector itself are as few, also for a connector in kibana.yml', async () => {
    workbench = await startWorkbench({ simulator: { fleet: fleet.length }, tasks: false });
    const { json } = await send(workbench.url, 'admin', 'GET', '/api/actions/connectors');
    const created = byConnector(json[0].id);
    const ours = 'authenticate + get + has_privileges + mget + search';
    const steps = `authenticate, get, has_privileges, get, ${ours}, bulk, bulk`;
    for (const verb of ['isolate', 'release'] as const) {
      expect(await count(workbench, created, verb, [bothIds(fleet[0]!)])).toBe(steps);
    }
    await workbench.stop();
    workbench = await startWorkbench({
      ...{ simulator: { fleet: fleet.length }, tasks: false, preconfigured: true },
    });
    // The settings of all spaces apply there. The spaces are known from the second action on.
    const ofAllSpaces = {
      isolate: `authenticate, has_privileges, ${ours} + search, mget, bulk, bulk`,
      release:
        'authenticate, has_privileges, authenticate + get + has_privileges + mget + mget + search + search, bulk, bulk',
    };
    const preconfigured = byConnector('ours');
    for (const verb of ['isolate', 'release'] as const) {
      expect(
        await count(workbench, preconfigured, verb, fleet.slice(HOSTS, 2 * HOSTS).map(bothIds))
      ).toBe(ofAllSpaces[verb]);
    }
  });

  it('of an action right after another on the same host do not meet its lock, and its status is read once', async () => {
    workbench = await startWorkbench({ simulator: { fleet: fleet.length }, tasks: false });
    workbench.requests.setDelay(DELAY);
    const hosts = [bothIds(fleet[2]!)];
    for (const verb of ['isolate', 'release', 'isolate', 'release'] as const) {
      const { status, json } = await byRoute(workbench, verb, hosts);
      expect([status, json.hosts[0].outcome]).toEqual([200, 'requested']);
    }
    const writes = workbench.simulator!.calls.filter(({ method }) => method === 'POST');
    expect(writes.map(({ path }) => path.split('/').at(-1))).toEqual([
      ...['disconnect', 'connect', 'disconnect', 'connect'],
    ]);
    expect(workbench.simulator!.calls).toHaveLength(2 * writes.length);
  });
});
