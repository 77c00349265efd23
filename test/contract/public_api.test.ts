import { contractSuite } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { type RequestOptions, type UserName } from '../helpers/target';
import { untilListed } from '../helpers/listed_actions';

/** The public API: the same request path, guards and privileges, and answers that match the record. */

const PATH = '/api/sentinelone_response/actions';

const suite = contractSuite();

const post = (user: UserName, body: unknown, options: RequestOptions = {}) =>
  suite.target.request(user, 'POST', PATH, { body, ...options });
const get = (user: UserName, path = '') => suite.target.request(user, 'GET', `${PATH}${path}`);
const isolate = (...hosts: readonly object[]) => ({
  action: 'isolate',
  hosts,
  comment: 'by the API',
});

describe('acting', () => {
  it('responds 200 with the recorded action', async () => {
    const { id, uuid, computerName } = suite.fleet.connected[0]!;
    const answer = await post('analyst', {
      ...isolate({ uuid }),
      alertIds: ['alert-1'],
      caseIds: ['case-1'],
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('elastic-api-version')).toBe('2023-10-31');
    expect(answer.json).toMatchObject({
      actionId: expect.any(String),
      action: 'isolate',
      state: 'requested',
      connectorId: suite.target.connectorId,
      actor: { username: 'analyst', authentication: 'realm' },
      comment: 'by the API',
      alertIds: ['alert-1'],
      caseIds: ['case-1'],
      requestedAt: expect.any(String),
      hosts: [{ agentId: id, uuid, name: computerName, outcome: 'requested' }],
    });
    expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[id]]);
    const again = await get('viewer', `/${answer.json.actionId}`);
    expect(again.status).toBe(200);
    expect(again.json.actionId).toBe(answer.json.actionId);
  });

  it('responds 207 if it succeeded for some hosts', async () => {
    const { id, uuid } = suite.fleet.connected[1]!;
    const answer = await post('analyst', isolate({ uuid }, { uuid: 'not-there' }));
    expect(answer.status).toBe(207);
    expect(answer.json.hosts.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual([
      'refused',
      'requested',
    ]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([id]);
  });

  it('responds 409 if every host is refused, with the same body', async () => {
    const answer = await post('analyst', isolate({ uuid: 'not-there' }));
    expect(answer.status).toBe(409);
    expect(answer.json).toMatchObject({
      state: 'ended',
      endedAt: expect.any(String),
      hosts: [{ outcome: 'refused', reason: 'not_found' }],
    });
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('responds 422 if it was attempted and failed, with the same body', async () => {
    const { uuid } = suite.fleet.connected[2]!;
    await suite.target.simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'status', status: 403 },
    });
    const answer = await post('analyst', isolate({ uuid }));
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason: 'forbidden' }]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
  });

  it('responds 200 if the host was already in the state', async () => {
    const { id } = suite.fleet.isolated[0]!;
    const answer = await post('analyst', isolate({ agentId: id }));
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it.each<[UserName, number]>([
    ['viewer', 403],
    ['reader', 403],
    ['outsider', 403],
    ['nobody', 401],
  ])('is refused for %s with %i, and nothing is read or recorded', async (user, status) => {
    const before = await suite.target.countRecords();
    const answer = await post(user, isolate({ uuid: suite.fleet.connected[0]!.uuid }));
    expect(answer.status).toBe(status);
    expect(await suite.target.simulator.calls()).toEqual([]);
    expect(await suite.target.countRecords()).toBe(before);
  });

  it.each<[object, string]>([
    [{}, '[action]'],
    [{ action: 'destroy', hosts: [{ uuid: 'a' }], comment: 'x' }, '[action]'],
    [{ action: 'isolate', hosts: [], comment: 'x' }, '[hosts]'],
    [{ action: 'isolate', hosts: [{ name: 'a' }], comment: 'x' }, '[hosts[0]]'],
    [{ action: 'isolate', hosts: [{ uuid: 'a,b' }], comment: 'x' }, '[hosts[0].uuid]'],
    [{ action: 'isolate', hosts: [{ uuid: 'a' }], comment: ' ' }, '[comment]'],
    [{ action: 'isolate', hosts: [{ uuid: 'a' }], comment: 'x', filter: {} }, '[filter]'],
  ])('refuses %j with 400 and names %s', async (body, field) => {
    const answer = await post('admin', body);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(field);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });

  it('supports one version', async () => {
    const headers = { 'elastic-api-version': '2020-01-01' };
    const answer = await post('admin', isolate({ uuid: 'a' }), { headers });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain('2023-10-31');
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

describe('listing', () => {
  it('filters by action, host, user, outcome and time, and pages', async () => {
    const [one, two] = suite.fleet.connected;
    const from = new Date().toISOString();
    const first = await post('analyst', isolate({ agentId: one!.id }));
    const second = await post('admin', isolate({ agentId: two!.id }));
    const third = await post('analyst', {
      action: 'release',
      hosts: [{ agentId: one!.id }],
      comment: 'enough',
    });
    const idsFor = async (query: string) => {
      const answer = await get('viewer', `?from=${encodeURIComponent(from)}&${query}`);
      expect(answer.status).toBe(200);
      return answer.json.actions.map(({ actionId }: { actionId: string }) => actionId);
    };
    await untilListed(suite.target, { from }, 3);
    const [a, b, c] = [first, second, third].map(({ json }) => json.actionId as string);
    expect(await idsFor('')).toEqual([c, b, a]);
    const { json: whole } = await get('viewer', `?from=${encodeURIComponent(from)}`);
    for (const action of whole.actions) {
      expect(action).toMatchObject({ order: expect.any(Number) });
      expect(action).not.toHaveProperty('sortKey');
      expect(action).not.toHaveProperty('durationSortKey');
    }
    expect(await idsFor('action=release')).toEqual([c]);
    expect(await idsFor(`host=${one!.id}`)).toEqual([c, a]);
    expect(await idsFor(`host=${encodeURIComponent(two!.computerName!)}`)).toEqual([b]);
    expect(await idsFor('user=admin')).toEqual([b]);
    expect(await idsFor('outcome=refused')).toEqual([]);
    expect(await idsFor(`to=${encodeURIComponent(from)}`)).toEqual([]);
    expect(await idsFor('perPage=2&page=2')).toEqual([a]);
    const page = (await get('viewer', `?from=${encodeURIComponent(from)}&perPage=1`)).json;
    expect(page).toMatchObject({ total: 3, page: 1, perPage: 1 });
    const next = await idsFor(`perPage=1&after=${page.next}`);
    expect(next).toEqual([b]);
  }, 20_000);

  it.each([
    'perPage=0',
    'perPage=1000',
    'page=-1',
    'page=401',
    'outcome=fine',
    'from=yesterday',
    'from=2024-02-31T00:00:00Z',
    'to=2024-01-01T24:00:00Z',
    'to=2024-01-01T00:00:00-19:00',
    'after=%22',
    'search=x',
  ])('refuses %s', async (query) => {
    expect((await get('viewer', `?${query}`)).status).toBe(400);
  });

  it('returns nothing to users who may not view, or of other spaces', async () => {
    const { json } = await post('analyst', isolate({ agentId: suite.fleet.connected[3]!.id }));
    for (const [user, status] of [
      ['outsider', 403],
      ['nobody', 401],
    ] as const) {
      expect((await get(user)).status).toBe(status);
      expect((await get(user, `/${json.actionId}`)).status).toBe(status);
    }
    const elsewhere = await suite.target.request('admin', 'GET', `/s/ops${PATH}/${json.actionId}`);
    expect(elsewhere.status).toBe(404);
  });

  it('responds 404 for an unknown id, and 400 for an invalid id', async () => {
    expect((await get('viewer', '/3b241101-e2bb-4255-8caf-4136c566a962')).status).toBe(404);
    expect((await get('viewer', '/x')).status).toBe(400);
  });
});
