import { randomUUID } from 'node:crypto';
import { BASE, contractSuite, hasPrecondition } from '../helpers/contract_suite';
import { affectedBy, idsOf, type SimulatedAgent } from '../helpers/hosts';
import { expectOk } from '../helpers/http';
import type { HttpAnswer, UserName } from '../helpers/target';

/** Spaces: nothing acts in one that does not exist, and none is a way around another one's protection. */

const PUBLIC = '/api/sentinelone_response';
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };

// Before the suite's own, which closes the host.
afterAll(() => setSettings('default', DEFAULTS));
const suite = contractSuite({ preconfigured: true });

const inSpace = (spaceId: string, path: string): string =>
  spaceId === 'default' ? path : `/s/${spaceId}${path}`;
const ask = (spaceId: string, method: string, path: string, body?: unknown) =>
  suite.target.request('admin', method, inSpace(spaceId, path), { body });
const execute = (spaceId: string, subAction: string, subActionParams: unknown) =>
  ask(spaceId, 'POST', `/api/actions/connector/${suite.target.connectorId}/_execute`, {
    params: { subAction, subActionParams },
  });
async function setSettings(spaceId: string, change: object): Promise<void> {
  const answer = await ask(spaceId, 'PUT', `${PUBLIC}/settings`, { ...DEFAULTS, ...change });
  expectOk(answer, 'PUT settings');
}
const order = () => ({ hosts: [suite.hostOf()], comment: 'spaces' });
const named = ({ id }: SimulatedAgent) => ({ agentId: id });

describe('a space that does not exist', () => {
  const SPACE = `no-such-space-${randomUUID().slice(0, 8)}`;
  const id = randomUUID();
  const nothing = () => undefined;
  const routes: ReadonlyArray<readonly [string, string, () => unknown]> = [
    ['GET', `${BASE}/alerts`, nothing],
    ['GET', `${BASE}/alerts/unknown`, nothing],
    ['POST', `${BASE}/alerts/_hosts`, () => ({ alertIds: ['unknown'] })],
    ['GET', `${BASE}/connection`, nothing],
    ['POST', `${BASE}/hosts/_status`, () => ({ agents: [{ uuid: suite.hostOf().uuid }] })],
    ['GET', `${BASE}/hosts`, nothing],
    ['GET', `${BASE}/hosts/isolated`, nothing],
    ['GET', `${BASE}/hosts/isolated/_csv`, nothing],
    ['POST', `${BASE}/hosts/_find`, () => ({ name: suite.hostOf().name })],
    ['POST', `${BASE}/hosts/_isolate`, order],
    ['POST', `${BASE}/hosts/_release`, order],
    ['GET', `${BASE}/actions`, nothing],
    ['GET', `${BASE}/actions/${id}`, nothing],
    ['GET', `${BASE}/actions/_csv`, nothing],
    ['GET', `${BASE}/actions/_summary?from=2024-07-01T00:00:00Z`, nothing],
    ['POST', `${BASE}/actions/${id}/_attach`, () => ({ caseIds: ['unknown'] })],
    ['GET', `${BASE}/cases`, nothing],
    ['POST', `${BASE}/cases/_of_alerts`, () => ({ alertIds: ['unknown'] })],
    ['GET', `${BASE}/retention_settings`, nothing],
    ['PUT', `${BASE}/retention_settings`, () => ({ daysKept: 1 })],
    ['POST', `${BASE}/protection_settings/_preview`, () => ({ protectedHosts: [] })],
    ['GET', `${BASE}/setup`, nothing],
    ['GET', `${BASE}/setup/_alert?ruleId=unknown`, nothing],
    ['POST', `${BASE}/setup/_dry_run`, order],
    ['GET', `${PUBLIC}/actions`, nothing],
    ['GET', `${PUBLIC}/actions/${id}`, nothing],
    ['POST', `${PUBLIC}/actions`, () => ({ action: 'isolate', ...order() })],
    ['POST', `${PUBLIC}/actions`, () => ({ action: 'release', ...order() })],
    ['GET', `${PUBLIC}/hosts/isolated`, nothing],
    ['GET', `${PUBLIC}/settings`, nothing],
    ['PUT', `${PUBLIC}/settings`, () => ({ ...DEFAULTS, maxHosts: 1 })],
  ];

  it.each(routes)('has no %s %s', async (method, path, body) => {
    const { target } = suite;
    const before = await target.countRecords();
    const answer = await ask(SPACE, method, path, body());
    expect(answer.status).toBe(404);
    expect(answer.json.attributes).toEqual({ reason: 'space_not_found' });
    expect(answer.json.message).toContain('space does not exist');
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.countRecords()).toBe(before);
  });

  it.each<readonly [string, () => unknown]>([
    ['isolateHost', order],
    ['releaseHost', order],
    ['getAgents', () => ({})],
    ['getIsolationActivities', () => ({ ids: ['1'] })],
    ['testConnection', () => ({})],
    ['previewProtection', () => ({ protectedHosts: [] })],
    ['dryRun', order],
  ])('has no sub-action %s of a connector for every space', async (subAction, params) => {
    const { target } = suite;
    const before = await target.countRecords();
    const answer = await execute(SPACE, subAction, params());
    if (target.isPreconfigured) {
      expect(answer.status).toBe(200);
      expect(answer.json.status).toBe('error');
      expect(answer.json.service_message).toMatch(/^\[space_not_found\] /);
    } else expect(answer.status).toBe(404);
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.countRecords()).toBe(before);
  });

  it.each<UserName>(['analyst', 'viewer', 'reader'])('refuses %s there', async (user) => {
    const { target } = suite;
    const path = inSpace(SPACE, `${PUBLIC}/actions`);
    const body = { action: 'isolate', ...order() };
    expect([403, 404]).toContain((await target.request(user, 'POST', path, { body })).status);
    expect(await target.simulator.calls()).toEqual([]);
  });

  it('is empty after its creation, and works until it is deleted', async () => {
    expectOk(await ask('default', 'POST', '/api/spaces/space', { id: SPACE, name: 'x' }), 'POST');
    try {
      expect((await ask(SPACE, 'GET', `${PUBLIC}/settings`)).json).toEqual(DEFAULTS);
      expect((await ask(SPACE, 'GET', `${BASE}/retention_settings`)).json).toEqual({
        daysKept: null,
      });
      expect((await ask(SPACE, 'GET', `${BASE}/actions`)).json.total).toBe(0);
    } finally {
      expectOk(await ask('default', 'DELETE', `/api/spaces/space/${SPACE}`), 'DELETE');
    }
    expect((await ask(SPACE, 'GET', `${PUBLIC}/settings`)).status).toBe(404);
  });
});

describe('a connector for every space', () => {
  const OTHER = `other-${randomUUID().slice(0, 8)}`;
  const whereOne = () =>
    hasPrecondition(
      suite.target,
      'connector that serves every space',
      suite.target.isPreconfigured
    );
  beforeAll(async () => {
    const space = { id: OTHER, name: 'Another team' };
    expectOk(await ask('default', 'POST', '/api/spaces/space', space), 'POST');
  });
  afterAll(async () => {
    expectOk(await ask('default', 'DELETE', `/api/spaces/space/${OTHER}`), 'DELETE');
  });
  beforeEach(async () => {
    await setSettings('default', {});
    await setSettings(OTHER, {});
    await suite.target.simulator.clearCalls();
  });

  const WAYS = ['button', 'execute', 'api'] as const;
  const act = (way: (typeof WAYS)[number], more: object): Promise<HttpAnswer> => {
    const body = { comment: 'spaces', ...more };
    if (way === 'execute') return execute('default', 'isolateHost', body);
    return way === 'button'
      ? ask('default', 'POST', `${BASE}/hosts/_isolate`, body)
      : ask('default', 'POST', `${PUBLIC}/actions`, { action: 'isolate', ...body });
  };

  it.each(WAYS)('refuses by %s what another space protects, and names both', async (way) => {
    if (!whereOne()) return;
    const [host, free] = suite.fleet.connected;
    await setSettings(OTHER, { protectedHosts: [{ field: 'agentId', pattern: host!.id }] });
    const answer = await act(way, { hosts: [named(host!), named(free!)] });
    expect(answer.text).toContain(
      `agent id matches ${host!.id}, by the settings of the space ${OTHER}`
    );
    expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[free!.id]]);
  });

  it('shows the protection of a host, and its space', async () => {
    if (!whereOne()) return;
    const host = suite.fleet.connected[0]!;
    const pattern = { field: 'agentId', pattern: host.id };
    await setSettings(OTHER, { protectedHosts: [pattern] });
    const agents = { agents: [named(host)] };
    const protectedBy = async (spaceId: string) =>
      (await ask(spaceId, 'POST', `${BASE}/hosts/_status`, agents)).json.hosts[0].agent.protectedBy;
    expect(await protectedBy('default')).toEqual({ ...pattern, spaceId: OTHER });
    expect(await protectedBy(OTHER)).toEqual(pattern);
  });

  it('applies a protection from the time at which it was saved, until its space is deleted', async () => {
    if (!whereOne()) return;
    const host = suite.fleet.connected[0]!;
    const space = { id: `${OTHER}-too`, name: 'Soon gone' };
    expectOk(await ask('default', 'POST', '/api/spaces/space', space), 'POST');
    await setSettings(space.id, { protectedHosts: [{ field: 'agentId', pattern: host.id }] });
    expect((await act('api', { hosts: [named(host)] })).json.hosts[0].reason).toBe('protected');
    expect(await suite.target.simulator.writes()).toEqual([]);
    expectOk(await ask('default', 'DELETE', `/api/spaces/space/${space.id}`), 'DELETE');
    expect((await act('api', { hosts: [named(host)] })).status).toBe(200);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([host.id]);
  });

  it('is overridden by users with the privilege in both spaces, and that is recorded', async () => {
    if (!whereOne()) return;
    const { target } = suite;
    const host = suite.fleet.connected[0]!;
    const pattern = { field: 'agentId', pattern: host.id };
    await setSettings(OTHER, { protectedHosts: [pattern] });
    const body = {
      action: 'isolate',
      ...{
        hosts: [named(host)],
        comment: 'spaces',
        overrideComment: 'it encrypts the file server',
      },
    };
    // The lead has the privilege in the default space only.
    const refused = await target.request('lead', 'POST', `${PUBLIC}/actions`, { body });
    expect(refused.status).toBe(409);
    expect(refused.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'protected' }]);
    expect(refused.json.hosts[0].detail).toContain(`${OTHER}. To override it takes`);
    expect(await target.simulator.writes()).toEqual([]);

    await setSettings('default', { protectedHosts: [pattern] });
    const still = await target.request('lead', 'POST', `${PUBLIC}/actions`, { body });
    expect(still.status).toBe(200);
    await target.simulator.reset();
    await target.simulator.clearCalls();

    await setSettings('default', {});
    const done = await ask('default', 'POST', `${PUBLIC}/actions`, body);
    expect(done.status).toBe(200);
    expect(done.json.override.hosts).toEqual([{ ...pattern, agentId: host.id, spaceId: OTHER }]);
    expect(affectedBy(await target.simulator.writes())).toEqual([host.id]);
  });

  it('applies the lowest limit of hosts per action of all spaces', async () => {
    if (!whereOne()) return;
    await setSettings(OTHER, { maxHosts: 1 });
    const [one, two] = suite.fleet.connected;
    const answer = await act('api', { hosts: [named(one!), named(two!)] });
    expect(answer.status).toBe(409);
    expect(answer.json.hosts).toMatchObject([{ reason: 'too_many' }, { reason: 'too_many' }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('requires a comment if any space does', async () => {
    if (!whereOne()) return;
    await setSettings('default', { commentRequired: false });
    const connection = async () =>
      (await ask('default', 'GET', `${BASE}/connection`)).json.commentRequired;
    expect(await connection()).toBe(true);
    const answer = await act('api', { hosts: [named(suite.fleet.connected[0]!)], comment: '' });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain('comment');
    expect(await suite.target.simulator.calls()).toEqual([]);
    await setSettings(OTHER, { commentRequired: false });
    expect(await connection()).toBe(false);
  });
});
