import { FAULT_NAMES, FAULTS, type FaultName } from '../helpers/contract_faults';
import { BASE } from '../helpers/contract_suite';
import { affectedBy, fleetOf, type Fleet } from '../helpers/hosts';
import { send, type UserName } from '../helpers/http';
import { RECORD_TYPE } from '../helpers/target';
import { workbenchParts } from '../helpers/workbench_target';
import { simulatorClient, type SimulatorClient } from '../simulator/client';
import type { Simulator } from '../simulator/simulator';
import type { Workbench } from '../workbench/host';
import type { ContractChange } from '../workbench/plugin_host/changed_contracts';
import { kibanaVersion } from '../workbench/versions/selected_version';

/**
 * A Kibana in which one contract that the plugin uses is missing, throws or has another shape. It starts, and says once
 * what is not available; nobody acts on a host without a privilege, and nothing is sent without a record. Only the
 * workbench can be changed like this, in the version that KIBANA_VERSION selects.
 */

const { caseRegistries } = kibanaVersion();

/** What the plugin registers, and where. */
const SET_UP: ReadonlyArray<readonly [integration: string, path: string]> = [
  ['saved_objects', 'core.savedObjects.registerType'],
  ['privileges', 'features.registerKibanaFeature'],
  ['event_log', 'eventLog.registerProviderActions'],
  ['status_reconciliation', 'taskManager.registerTaskDefinitions'],
  ['connector_type', 'actions.registerSubActionConnectorType'],
  ['cases', `cases.attachmentFramework.${caseRegistries[0]}`],
  ['routes', 'core.http.createRouter'],
];
/** Without these no action is possible. */
const ESSENTIAL = ['saved_objects', 'privileges', 'connector_type', 'routes'];

/** What the plugin uses once Kibana has started. */
const AT_START = [
  'core.savedObjects.createInternalRepository',
  'core.savedObjects.getScopedClient',
  'core.elasticsearch.client',
  'security',
  'security.authc',
  'security.authc.getCurrentUser',
  'security.authz',
  'security.authz.checkPrivilegesDynamicallyWithRequest',
  'spaces',
  'spaces.spacesService',
  'actions.getActionsClientWithRequest',
  'actions.isActionExecutable',
  'cases',
  'cases.getCasesClientWithRequest',
  'encryptedSavedObjects.getClient',
  'taskManager.ensureScheduled',
  'taskManager.runSoon',
];

let simulator: Simulator;
let client: SimulatorClient;
let fleet: Fleet;
let host: Workbench | undefined;

beforeAll(async () => {
  const { createSimulator } = await workbenchParts();
  simulator = createSimulator({ settleMs: 100 });
  client = simulatorClient(await simulator.start());
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await client.reset();
  await client.clearCalls();
  fleet = await fleetOf(client);
});
afterEach(async () => {
  await host?.stop();
  host = undefined;
});

const startWith = async (phase: ContractChange['phase'], path: string, fault: FaultName) => {
  const changes = [{ phase, path: path.split('.'), value: FAULTS[fault] }];
  const { startWorkbench } = await workbenchParts();
  host = await startWorkbench({ simulatorUrl: client.url, changes, tasks: false });
  return host;
};

const isolate = ({ url }: Workbench, user: UserName) => {
  const { uuid, computerName: name } = fleet.connected[0]!;
  const body = { hosts: [{ uuid, name }], comment: 'Ransomware on this machine' };
  return send(url, user, 'POST', `${BASE}/hosts/_isolate`, { body });
};

/** Users without the privilege first: nothing reaches SentinelOne for them, in whatever state Kibana is. */
async function expectGuarded(kibana: Workbench): Promise<number> {
  for (const user of ['viewer', 'outsider', 'nobody'] as const) {
    expect([user, (await isolate(kibana, user)).status]).not.toEqual([user, 200]);
  }
  expect(await client.writes()).toEqual([]);
  const { status } = await isolate(kibana, 'analyst');
  const writes = await client.writes();
  const records = kibana.savedObjects.dump().filter(({ type }) => type === RECORD_TYPE);
  expect(writes.length).toBeLessThanOrEqual(records.length);
  if (writes.length > 0) expect(affectedBy(writes)).toEqual([fleet.connected[0]!.id]);
  return status;
}

const unavailableIn = (kibana: Workbench) =>
  kibana.logs().filter((line) => line.includes('Not available in this version of Kibana: '));

describe.each(SET_UP)('%s', (integration, path) => {
  it.each(FAULT_NAMES)('lets Kibana start when its contract is %s', async (fault) => {
    const kibana = await startWith('setup', path, fault);
    const status = await expectGuarded(kibana);
    const lines = unavailableIn(kibana).filter((line) => line.includes(`: ${integration}. `));
    // A version without a registry of attachments is one of several that are expected.
    const isExpected = integration === 'cases' && fault === 'missing';
    expect(lines).toHaveLength(isExpected ? 0 : 1);
    const setup = await send(kibana.url, 'analyst', 'GET', `${BASE}/setup`);
    if (ESSENTIAL.includes(integration)) {
      expect(status).not.toBe(200);
      expect(await client.writes()).toEqual([]);
      if (setup.status === 503) expect(setup.json.message).toContain(integration);
      return;
    }
    expect(status).toBe(200);
    expect(await client.writes()).toHaveLength(1);
    expect(setup.status).toBe(200);
    expect(setup.json.unavailable).toContainEqual({ integration, problem: expect.any(String) });
  });
});

/** All of them when a version is selected, as `npm run test:versions` does; else one of them for each contract. */
const faultsOf = (n: number) =>
  process.env.KIBANA_VERSION === undefined ? [FAULT_NAMES[n % FAULT_NAMES.length]!] : FAULT_NAMES;

describe.each(AT_START.map((path, n) => [path, faultsOf(n)] as const))('%s', (path, faults) => {
  it.each(faults)('keeps the guards when it is %s', async (fault) => {
    const kibana = await startWith('start', path, fault);
    await expectGuarded(kibana);
    const read = await send(kibana.url, 'analyst', 'GET', `${BASE}/history`);
    // An answer of the plugin, whatever it can still do.
    expect(read.json).toBeDefined();
  });
});
