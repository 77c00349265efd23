import { createSimulator, type Simulator } from '../../test/simulator/simulator';
import type { Deployment } from './request';
import { setUp } from './set_up';
import { startStandIn, type StandIn } from './stand_in';

const AUTH = 'elastic:elastic-password';
const STREAM = 'logs-sentinel_one.alert-default';

let simulator: Simulator;
let standIn: StandIn;
let deployment: Deployment;

beforeEach(async () => {
  simulator = createSimulator();
  standIn = await startStandIn(AUTH);
  deployment = {
    kibana: standIn.url,
    elasticsearch: standIn.url,
    simulator: await simulator.start(),
    auth: AUTH,
  };
});
afterEach(async () => {
  // No set-up has any host touched, or even looked up.
  expect(simulator.calls).toEqual([]);
  await simulator.stop();
  await standIn.stop();
});

/** All that there is, for comparing. */
const contents = () => {
  const { roles, users, connectors, rules, dataViews, documents } = standIn;
  return structuredClone({ roles, users, connectors, rules, dataViews, documents });
};

it('creates users, one connector, one rule, and a document for each host', async () => {
  expect(await setUp(deployment)).toBe(simulator.hosts().length);
  const { roles, users, connectors, rules, documents } = standIn;
  expect([...users]).toEqual([
    ['analyst', { password: 'analyst-password', roles: ['sentinelone_analyst'] }],
    ['viewer', { password: 'viewer-password', roles: ['sentinelone_viewer'] }],
  ]);
  expect([...roles.keys()]).toEqual(['sentinelone_analyst', 'sentinelone_viewer']);
  expect([...connectors.values()]).toMatchObject([
    { connector_type_id: 'sentinelone-response', config: { url: deployment.simulator } },
  ]);
  expect([...rules.values()]).toMatchObject([
    { index: ['logs-sentinel_one.alert*'], query: 'observer.serial_number:*', enabled: true },
  ]);
  const stored = [...documents.get(STREAM)!.values()];
  expect(stored).toMatchObject(
    simulator.hosts().map(({ uuid, id, name }) => ({
      event: { module: 'sentinel_one' },
      observer: { serial_number: uuid },
      host: { id, name },
      sentinel_one: { alert: { agent: { id, computer_name: name } } },
    }))
  );
  // The rule looks back six minutes.
  const times = stored.map((one) => Date.parse(one['@timestamp'] as string));
  expect(Math.min(...times)).toBeGreaterThan(Date.now() - 5 * 60_000);
});

it('creates what Elastic Security requires for users with few privileges', async () => {
  await setUp(deployment);
  expect(standIn.requests).toEqual(
    expect.arrayContaining(['POST /api/detection_engine/index', 'POST /api/lists/index'])
  );
  const { title, timeFieldName } = standIn.dataViews.get('security-solution-default')!;
  expect(timeFieldName).toBe('@timestamp');
  expect((title as string).split(',')).toEqual(
    expect.arrayContaining(['.alerts-security.alerts-default', 'logs-*'])
  );
});

it('creates nothing twice', async () => {
  await setUp(deployment);
  const once = contents();
  expect(once.connectors.size).toBe(1);
  expect(once.rules.size).toBe(1);
  expect(once.documents.get(STREAM)!.size).toBe(simulator.hosts().length);
  expect(await setUp(deployment)).toBe(simulator.hosts().length);
  expect(contents()).toEqual(once);
});

it('reports which document was refused, and stores the missing ones the next time', async () => {
  const [, second] = simulator.hosts();
  standIn.refuse(`create ${second!.id}`, 429);
  await expect(setUp(deployment)).rejects.toThrow(`"_id":"${second!.id}","status":429`);
  expect(standIn.documents.get(STREAM)!.has(second!.id)).toBe(false);
  expect(standIn.rules.size).toBe(0);
  standIn.refuse(`create ${second!.id}`, undefined);
  await setUp(deployment);
  expect(standIn.documents.get(STREAM)!.size).toBe(simulator.hosts().length);
  expect(standIn.rules.size).toBe(1);
});

it('does not change what users created or changed', async () => {
  const own = { name: 'Mine', connector_type_id: 'sentinelone-response' };
  standIn.connectors.set('mine', own);
  standIn.dataViews.set('security-solution-default', { title: 'mine-*' });
  standIn.rules.set('sentinelone', { enabled: false });
  await setUp(deployment);
  expect([...standIn.connectors]).toEqual([['mine', own]]);
  expect(standIn.dataViews.get('security-solution-default')).toEqual({ title: 'mine-*' });
  expect(standIn.rules.get('sentinelone')).toEqual({ enabled: false });
});

it('ignores a connector of another type', async () => {
  standIn.connectors.set('other', { name: 'Mail', connector_type_id: '.email' });
  await setUp(deployment);
  expect(standIn.connectors.size).toBe(2);
});

it.each([
  'PUT /api/security/role/sentinelone_analyst',
  'PUT /_security/user/viewer',
  'GET /api/actions/connectors',
  'POST /api/detection_engine/index',
  'POST /api/lists/index',
  'POST /api/data_views/data_view',
  'POST /api/detection_engine/rules',
])('reports that %s is refused', async (request) => {
  standIn.refuse(request, 403);
  const [method, path] = request.split(' ');
  await expect(setUp(deployment)).rejects.toThrow(`${method} ${standIn.url}${path}: 403`);
});
