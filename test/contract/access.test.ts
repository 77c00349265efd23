import { randomUUID } from 'node:crypto';
import { affectedBy, idsOf } from '../helpers/hosts';
import { BASE, contractSuite, hasPrecondition } from '../helpers/contract_suite';
import { untilListed } from '../helpers/listed_actions';

/** Privileges: on the plugin's routes, and on the connector's own. */

const suite = contractSuite();
const USERS = ['admin', 'analyst', 'viewer', 'reader', 'outsider', 'nobody'] as const;
type ByUser = Readonly<Record<(typeof USERS)[number], number>>;

describe('routes', () => {
  const seen: ByUser = {
    admin: 200,
    analyst: 200,
    viewer: 200,
    reader: 403,
    outsider: 403,
    nobody: 401,
  };
  const missing: ByUser = { ...seen, admin: 404, analyst: 404, viewer: 404 };
  const acted: ByUser = { ...seen, viewer: 403 };
  const optimisticStatuses: ReadonlyArray<readonly [string, string, ByUser]> = [
    ['GET', '/alerts', seen],
    ['GET', '/alerts/unknown', missing],
    ['POST', '/alerts/_hosts', seen],
    ['GET', '/connection', seen],
    ['POST', '/hosts/_status', seen],
    ['POST', '/_view', seen],
    ['GET', '/hosts', seen],
    ['GET', '/hosts/isolated', seen],
    ['POST', '/hosts/_isolate', acted],
    ['POST', '/hosts/_release', acted],
  ];
  const bodyFor = (path: string): unknown => {
    if (path === '/alerts/_hosts') return { alertIds: ['unknown'] };
    if (path === '/hosts/_status') return { agents: [{ uuid: suite.fleet.connected[0]!.uuid }] };
    if (path.startsWith('/hosts/isolated')) return undefined;
    return path.startsWith('/hosts/') ? { hosts: [suite.hostOf()], comment: 'access' } : undefined;
  };

  it.each(
    optimisticStatuses.flatMap(([method, path, statuses]) =>
      USERS.map((user) => [method, path, user, statuses[user]] as const)
    )
  )('%s %s as %s is %i', async (method, path, user, status) => {
    const { target } = suite;
    const before = await target.countRecords();
    const answer = await target.request(user, method, `${BASE}${path}`, { body: bodyFor(path) });
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.countRecords()).toBe(before);
  });

  it('require the version and kbn-xsrf', async () => {
    const { target } = suite;
    const wrong = await target.request('analyst', 'GET', `${BASE}/connection`, { version: '7' });
    expect(wrong.status).toBe(400);
    const bare = await fetch(`${target.url}${BASE}/hosts/_isolate`, {
      method: 'POST',
      headers: {
        authorization: target.authorizationOf('analyst')!,
        'content-type': 'application/json',
        'elastic-api-version': '1',
      },
      body: JSON.stringify({ hosts: [suite.hostOf()], comment: 'access' }),
    });
    expect(bare.status).toBe(400);
    expect(await bare.text()).toContain('kbn-xsrf');
    expect(await target.simulator.calls()).toEqual([]);
  });
});

describe.each(['isolateHost', 'releaseHost'])('%s', (subAction) => {
  const candidate = () =>
    subAction === 'isolateHost' ? suite.fleet.connected[0]! : suite.fleet.isolated[0]!;
  const params = () => ({ hosts: [{ uuid: candidate().uuid }], comment: 'access' });

  it.each(['admin', 'analyst'] as const)('acts for %s', async (user) => {
    const { target } = suite;
    const { id } = candidate();
    const answer = await suite.execute(user, subAction, params());
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      status: 'ok',
      connector_id: target.connectorId,
      data: { actionId: expect.any(String), hosts: [{ agentId: id, outcome: 'requested' }] },
    });
    const writes = await target.simulator.writes();
    expect(writes.map(idsOf)).toEqual([[id]]);
    expect(affectedBy(writes)).toEqual([id]);
  });

  it.each(['viewer', 'reader'] as const)(
    'is refused by the connector for %s, and recorded',
    async (user) => {
      const { target } = suite;
      const answer = await suite.execute(user, subAction, params());
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ status: 'error', connector_id: target.connectorId });
      expect(answer.json.service_message).toContain(`${user} lacks the privilege`);
      expect(await target.simulator.calls()).toEqual([]);
      const [actionId = ''] = /[0-9a-f-]{36}$/.exec(answer.json.service_message) ?? [];
      expect(await target.record(actionId)).toMatchObject({
        state: 'ended',
        actor: { username: user },
        hosts: [{ outcome: 'refused', reason: 'no_privilege' }],
      });
    }
  );
});

describe.each([
  ['getAgents', {}],
  ['getIsolationActivities', { ids: ['1'] }],
  ['testConnection', {}],
])('%s', (subAction, params) => {
  it.each(['admin', 'analyst', 'viewer'] as const)('answers %s', async (user) => {
    const answer = await suite.execute(user, subAction, params);
    expect(answer.json.status).toBe('ok');
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('is refused by the connector for reader', async () => {
    const answer = await suite.execute('reader', subAction, params);
    expect(answer.json.status).toBe('error');
    expect(answer.json.service_message).toContain('[no_privilege]');
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

it.each(['isolateHost', 'releaseHost', 'getAgents', 'testConnection'])(
  '%s is refused by Kibana for outsiders and strangers',
  async (subAction) => {
    const params = { hosts: [suite.hostOf()], comment: 'access' };
    expect((await suite.execute('outsider', subAction, params)).status).toBe(403);
    expect((await suite.execute('nobody', subAction, params)).status).toBe(401);
    expect(await suite.target.simulator.calls()).toEqual([]);
  }
);

it('an API key acts only when the connector allows it, and is recorded with its name', async () => {
  const { target } = suite;
  const headers = { authorization: await target.adminApiKey() };
  const body = { hosts: [suite.hostOf()], comment: 'access' };
  const answer = await target.request('nobody', 'POST', `${BASE}/hosts/_isolate`, {
    body,
    headers,
  });
  const { reason } = answer.json.hosts[0];
  const refused = reason === 'automation_off';
  expect(answer.status).toBe(refused ? 409 : 200);
  if (target.allowAutomation !== undefined) expect(refused).toBe(!target.allowAutomation);
  const touched = affectedBy(await target.simulator.writes());
  expect(touched).toEqual(refused ? [] : [suite.fleet.connected[0]!.id]);
  expect(await target.record(answer.json.actionId)).toMatchObject({
    actor: {
      authentication: 'api_key',
      realm: '_es_api_key',
      apiKey: 'contract test',
      apiKeyId: expect.any(String),
    },
  });
});

it('an OAuth token of an API key is refused like the key, and recorded as the key', async () => {
  const { target } = suite;
  const authorization = await target.adminApiKeyToken();
  if (!hasPrecondition(target, 'OAuth token of an API key', authorization !== undefined)) return;
  const body = { hosts: [suite.hostOf()], comment: 'access' };
  const answer = await target.request('nobody', 'POST', `${BASE}/hosts/_isolate`, {
    body,
    headers: { authorization: authorization! },
  });
  const { reason } = answer.json.hosts[0];
  const refused = reason === 'automation_off';
  expect(answer.status).toBe(refused ? 409 : 200);
  if (target.allowAutomation !== undefined) expect(refused).toBe(!target.allowAutomation);
  const touched = affectedBy(await target.simulator.writes());
  expect(touched).toEqual(refused ? [] : [suite.fleet.connected[0]!.id]);
  expect(await target.record(answer.json.actionId)).toMatchObject({
    actor: { authentication: 'token', realm: '_es_api_key', apiKey: 'contract test' },
  });
});

describe('with a second connector', () => {
  let takeAway: (() => Promise<void>) | undefined;
  beforeEach(async () => {
    takeAway = await suite.target.addConnector('Another tenant');
  });
  afterEach(() => takeAway?.());

  it('the page receives the user name, so that it shows no user what another one read', async () => {
    const userOf = async (user: 'viewer' | 'analyst') =>
      (await suite.target.request(user, 'GET', `${BASE}/connection`)).json.user as string;
    const viewer = await userOf('viewer');
    expect(viewer).toEqual(expect.stringMatching(/./));
    expect(await userOf('viewer')).toBe(viewer);
    expect(await userOf('analyst')).not.toBe(viewer);
  });

  it('sends nothing on any request path, and lists both', async () => {
    const { target } = suite;
    const connection = await target.request('viewer', 'GET', `${BASE}/connection`);
    expect(connection.json.state).toBe('several');
    const names = connection.json.connectors.map(({ name }: { name: string }) => name);
    expect(names).toContain('Another tenant');

    const word = randomUUID().replaceAll('-', '');
    const body = { hosts: [suite.hostOf()], comment: `access ${word}` };
    for (const path of ['/hosts/_isolate', '/hosts/_release']) {
      const answer = await target.request('analyst', 'POST', `${BASE}${path}`, { body });
      expect(answer.status).toBe(409);
      expect(answer.json.attributes).toEqual({ reason: 'several_connectors' });
    }
    for (const subAction of ['isolateHost', 'releaseHost']) {
      const { json } = await suite.execute('admin', subAction, body);
      expect(json.status).toBe('error');
      expect(json.service_message).toMatch(
        /several SentinelOne Response connectors.*Another tenant/
      );
    }
    expect(await target.simulator.calls()).toEqual([]);

    // All four attempts are recorded.
    const found = await untilListed(target, { search: word }, 4);
    expect(found.map(({ hosts }) => hosts)).toMatchObject(
      Array(4).fill([{ outcome: 'refused', reason: 'several_connectors' }])
    );
  });
});
