import { BASE, contractSuite } from '../helpers/contract_suite';
import { generalCalls, idsOf } from '../helpers/hosts';
import { CONNECTOR_TYPE, type UserName } from '../helpers/target';
import { until } from '../helpers/until';

/** What the Set up page is answered: each check for itself, few calls, and no write. */

const suite = contractSuite({ tasks: true });

const status = (user: UserName, query = '') =>
  suite.target.request(user, 'GET', `${BASE}/setup${query}`);

describe('the checks', () => {
  it('find the connector, the connection and the documents', async () => {
    const answer = await status('analyst', '?fresh=true');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      kibanaVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
      unavailable: [],
      connectors: {
        state: 'answered',
        value: { own: [{ id: suite.target.connectorId }], builtIn: expect.any(Array) },
      },
      connection: { state: 'answered', value: { checks: expect.any(Array) } },
      documents: {
        state: 'answered',
        value: { total: expect.any(Number), newest: expect.any(String) },
      },
      threats: { state: 'answered', value: { withAgent: expect.any(Number) } },
    });
    expect(answer.json.documents.value.withAgent).toBeGreaterThan(0);
    expect(answer.text).not.toContain('full-token');
  });

  it('need at most three calls to SentinelOne, shared for a minute', async () => {
    await status('analyst', '?fresh=true');
    const asked = async () => generalCalls(await suite.target.simulator.calls());
    const first = (await asked()).length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(3);
    await Promise.all([status('analyst'), status('viewer'), status('admin')]);
    expect(await asked()).toHaveLength(first);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('report an invalid token, and still return the other checks', async () => {
    await suite.target.simulator.addFaults({
      method: 'GET',
      path: '/agents',
      fault: { kind: 'status', status: 401 },
    });
    const answer = await status('analyst', '?fresh=true');
    expect(answer.status).toBe(200);
    const checks = answer.json.connection.value.checks as Array<{ id: string; status: string }>;
    expect(checks.find(({ id }) => id === 'token')).toMatchObject({
      status: 'failed',
      todo: expect.any(String),
    });
    expect(answer.json.documents.state).toBe('answered');
  });

  it('report an action as proven after it is confirmed through this connector', async () => {
    const { id, uuid, computerName: name } = suite.fleet.connected[0]!;
    const proven = async () => (await status('analyst')).json.proven;
    const before = await proven();
    expect(before.state).toBe('answered');
    const confirm = async (action: 'isolate' | 'release') => {
      const began = new Date().toISOString();
      const sent = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_${action}`, {
        body: { hosts: [{ uuid, name }], comment: 'Proof' },
      });
      expect(sent.json.hosts[0].outcome).toMatch(/done|requested/);
      await until(`a confirmed action: ${action}`, async () => {
        const { value } = await proven();
        return value[action] !== null && value[action] >= began ? value[action] : undefined;
      });
    };
    await confirm('isolate');
    await confirm('release');
    expect((await proven()).value).toEqual({
      isolate: expect.any(String),
      release: expect.any(String),
    });
    const writes = await suite.target.simulator.writes();
    expect(writes.map((write) => idsOf(write))).toEqual([[id], [id]]);
  });

  it.each<[UserName, number]>([
    ['viewer', 200],
    ['reader', 403],
    ['outsider', 403],
    ['nobody', 401],
  ])('respond to %s with %i', async (user, expected) => {
    expect((await status(user)).status).toBe(expected);
  });

  it('find no connector in a space without one, and make no request to SentinelOne', async () => {
    const all = await suite.target.request('admin', 'GET', '/s/ops/api/actions/connectors');
    // A connector of kibana.yml is in every space.
    const there = all.json
      .filter((one: { connector_type_id: string }) => one.connector_type_id === CONNECTOR_TYPE)
      .map(({ id, name }: { id: string; name: string }) => ({ id, name }));
    // Which of both holds is known from the target, not from what Kibana answers.
    expect(there).toHaveLength(suite.target.isPreconfigured ? 1 : 0);
    const answer = await suite.target.request('admin', 'GET', `/s/ops${BASE}/setup?fresh=true`);
    const own = answer.json.connectors.value.own as ReadonlyArray<{ id: string; name: string }>;
    expect(own.map(({ id, name }) => ({ id, name }))).toEqual(there);
    expect(answer.json.connection === null).toBe(!suite.target.isPreconfigured);
    expect((await suite.target.simulator.calls()).length > 0).toBe(suite.target.isPreconfigured);
  });

  it('return the newest alert of a rule, and none for a rule without alerts', async () => {
    const page = await suite.target.request('analyst', 'GET', `${BASE}/alerts?perPage=1`);
    const { json } = await suite.target.request(
      'analyst',
      'GET',
      `${BASE}/alerts/${page.json.alerts[0].id}`
    );
    const path = (ruleId: string) => `${BASE}/setup/_alert?ruleId=${ruleId}`;
    const newest = await suite.target.request('analyst', 'GET', path(json.ruleId));
    expect(newest.json.alert.ruleName).toBe(json.ruleName);
    expect((await suite.target.request('analyst', 'GET', path('none'))).json).toEqual({
      alert: null,
    });
    expect((await suite.target.request('analyst', 'GET', `${BASE}/setup/_alert`)).status).toBe(400);
  });
});
