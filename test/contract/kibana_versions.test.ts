import { get } from 'lodash';
import { BASE } from '../helpers/contract_suite';
import { affectedBy, fleetOf, type Fleet } from '../helpers/hosts';
import { send, type UserName } from '../helpers/http';
import { CONNECTOR_TYPE, RECORD_TYPE } from '../helpers/target';
import { workbenchParts } from '../helpers/workbench_target';
import { simulatorClient, type SimulatorClient } from '../simulator/client';
import type { Simulator } from '../simulator/simulator';
import { createRouter } from '../workbench/http/router';
import type { Workbench } from '../workbench/host';
import { KIBANA_NAMES, kibanaVersion } from '../workbench/versions/selected_version';

/** What changed on Kibana's server between 8.12 and 9.5, in each version that the workbench stands in for. */

let simulator: Simulator;
let client: SimulatorClient;
beforeAll(async () => {
  const { createSimulator } = await workbenchParts();
  simulator = createSimulator({ settleMs: 100 });
  client = simulatorClient(await simulator.start());
});
afterAll(() => simulator.stop());

describe.each(KIBANA_NAMES)('Kibana %s', (name) => {
  const { server } = kibanaVersion(name);
  let fleet: Fleet;
  let host: Workbench;
  beforeAll(async () => {
    const { startWorkbench } = await workbenchParts();
    host = await startWorkbench({
      kibana: name,
      simulatorUrl: client.url,
      allowAutomation: true,
      tasks: false,
    });
  });
  afterAll(() => host?.stop());
  beforeEach(async () => {
    await client.clearFaults();
    await client.reset();
    await client.clearCalls();
    fleet = await fleetOf(client);
  });

  const request = (user: UserName, method: string, path: string, body?: unknown) =>
    send(host.url, user, method, path, { body });
  const isolate = (user: UserName, n: number) => {
    const { uuid, computerName } = fleet.connected[n]!;
    const hosts = [{ uuid, name: computerName }];
    return request(user, 'POST', `${BASE}/hosts/_isolate`, { hosts, comment: 'Ransomware' });
  };
  const connectorId = async (): Promise<string> =>
    (await request('admin', 'GET', '/api/actions/connectors')).json[0].id;

  it('registers everything, and names the version', async () => {
    const { status, json } = await request('analyst', 'GET', `${BASE}/setup`);
    expect(status).toBe(200);
    expect(json.unavailable).toEqual([]);
    expect(json.kibanaVersion).toBe(kibanaVersion(name).version);
    expect(host.logs().filter((line) => line.includes('Not available'))).toEqual([]);
  });

  it('asks for the privilege of each route', async () => {
    expect((await isolate('viewer', 0)).status).toBe(403);
    expect((await request('outsider', 'GET', `${BASE}/setup`)).status).toBe(403);
    expect(await client.writes()).toEqual([]);
    expect((await isolate('analyst', 0)).status).toBe(200);
    expect(affectedBy(await client.writes())).toEqual([fleet.connected[0]!.id]);
  });

  it("acts on the hosts of a rule's alerts, with the variables in the comment", async () => {
    const alert = host.indices
      .alertsOf('default')
      .find(({ _source }) => JSON.stringify(_source).includes(fleet.connected[1]!.uuid!))!;
    const result = await host.runRuleAction('analyst', {
      connectorId: await connectorId(),
      params: { subAction: 'isolateHost', subActionParams: { comment: 'Rule {{rule.name}}' } },
      variables: {
        rule: { name: 'Reverse shell' },
        context: { alerts: [{ _id: alert._id, ...alert._source }] },
      },
    });
    expect(result).toMatchObject({ status: 'ok' });
    expect(affectedBy(await client.writes())).toEqual([fleet.connected[1]!.id]);
    const records = host.savedObjects.dump().filter(({ type }) => type === RECORD_TYPE);
    expect(records.map(({ attributes }) => attributes.comment)).toContain('Rule Reverse shell');
  });

  it('creates and executes a connector, and says what is wrong with one', async () => {
    const body = (url: string) => ({
      name: 'Another',
      connector_type_id: CONNECTOR_TYPE,
      config: { url, allowAutomation: false },
      secrets: { token: 'full-token-0123456789' },
    });
    const refused = await request('admin', 'POST', '/api/actions/connector', body('ftp://x'));
    expect(refused.status).toBe(400);
    expect(refused.json.message).toMatch(/config: .*url/);
    const made = await request('admin', 'POST', '/api/actions/connector', body(client.url));
    expect(made.status).toBe(200);
    const path = `/api/actions/connector/${made.json.id}`;
    const executed = await request('admin', 'POST', `${path}/_execute`, {
      params: { subAction: 'testConnection', subActionParams: {} },
    });
    expect(executed.json).toMatchObject({ status: 'ok', data: { checks: expect.any(Array) } });
    const unknown = await request('admin', 'POST', `${path}/_execute`, {
      params: { subAction: 'isolateHost', subActionParams: { hosts: [], comment: '' } },
    });
    expect(unknown.json.service_message).toContain('Request validation failed');
    await request('admin', 'DELETE', path);
  });

  it('recognizes what SentinelOne refuses', async () => {
    await client.addFaults({
      method: 'GET',
      path: '/agents',
      count: 1,
      fault: { kind: 'status', status: 401 },
    });
    const answer = await isolate('analyst', 2);
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason: 'unauthorized' }]);
    expect(await client.writes()).toEqual([]);
  });

  it('names who saved settings in the audit log', async () => {
    const before = host.audited.length;
    const path = `${BASE}/retention_settings`;
    const saved = await send(host.url, 'admin', 'PUT', path, {
      body: { daysKept: 400 },
      headers: { 'if-match': '*, "nothing"' },
    });
    expect(saved.status).toBe(200);
    const events = host.audited.slice(before).map(({ user }) => user?.name);
    expect(events).toContain('admin');
  });

  it('counts the bytes of an execution where Kibana does', async () => {
    await isolate('analyst', 3);
    const bytes = host.eventLog.events.map((event): unknown =>
      get(event, 'kibana.action.execution.usage.request_body_bytes')
    );
    expect(bytes.some((count) => Number(count) > 0)).toBe(server.usageCollector);
  });

  it('acts with a connector of kibana.yml and a basic license up to 8.14 only, as Set up says', async () => {
    const { startWorkbench } = await workbenchParts();
    const basic = await startWorkbench({
      kibana: name,
      simulatorUrl: client.url,
      license: 'basic',
      preconfigured: true,
      tasks: false,
    });
    try {
      const { uuid, computerName, id } = fleet.connected[4]!;
      const { status, json } = await send(basic.url, 'analyst', 'POST', `${BASE}/hosts/_isolate`, {
        body: { hosts: [{ uuid, name: computerName }], comment: 'Ransomware' },
      });
      if (server.preconfiguredNeedsLicense) {
        expect(status).toBe(409);
        expect(json.message).toMatch(/^Kibana does not execute the connector: .*basic license/);
        expect(await client.writes()).toEqual([]);
      } else {
        expect(status).toBe(200);
        expect(affectedBy(await client.writes())).toEqual([id]);
      }
    } finally {
      await basic.stop();
    }
  });

  it('takes no route without privileges where Kibana requires them', () => {
    const router = createRouter(
      console as never,
      () => ({}),
      () => {},
      server
    );
    const register = () =>
      router.versioned.get({
        path: '/internal/x',
        access: 'internal',
        options: { tags: ['access:x'] },
      });
    if (server.routeSecurity === 'required') expect(register).toThrow('authz.requiredPrivileges');
    else expect(register).not.toThrow();
  });
});
