import { CONNECTOR_PERMISSIONS } from '../../common/actions/token_permissions';
import { OFFICE_SITE_ID, SAMPLE_HOSTS } from './sample_fleet';
import {
  call,
  connect,
  disconnect,
  FULL_TOKEN,
  idsIn,
  START,
  startSimulator,
  stopSimulators,
} from './test_support';
import { PERMISSIONS } from './tokens';

afterEach(stopSimulators);

const { srvWin1, workstation } = SAMPLE_HOSTS;
const as = (name: string) => ({ authorization: `ApiToken ${name}-token-0123456789` });

describe('authentication', () => {
  it.each([
    ['no header', null],
    ['another scheme', `Bearer ${FULL_TOKEN}`],
    ['no scheme', FULL_TOKEN],
    ['an unknown token', 'ApiToken nobody-knows-this-one'],
    ['a part of a token', `ApiToken ${FULL_TOKEN.slice(0, -1)}`],
    ['more than a token', `ApiToken ${FULL_TOKEN} and more`],
  ])('answers 401 without a detail to %s', async (_, authorization) => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', '/agents', { authorization });
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({
      errors: [{ code: 4010010, title: 'Authentication Failed', detail: null }],
    });
    const write = await disconnect(simulator, {}, { authorization });
    expect(write.status).toBe(401);
    expect(simulator.writes()[0]).toMatchObject({ status: 401, tokenName: null, affectedIds: [] });
  });

  it('refuses a token in the URL, and logs it', async () => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', `/agents?APIToken=${FULL_TOKEN}`, {
      authorization: null,
    });
    expect(answer.status).toBe(401);
    expect(simulator.calls).toMatchObject([
      { tokenInUrl: true, authorization: 'none', query: { parsed: { APIToken: '[token]' } } },
    ]);
    const beside = await call(simulator, 'GET', `/agents?apitoken=${FULL_TOKEN}`);
    expect(beside.status).toBe(200);
    expect(simulator.calls[1]).toMatchObject({ tokenInUrl: true, authorization: 'ApiToken' });
  });

  it('accepts a token in the URL when it is configured to', async () => {
    const simulator = await startSimulator({ acceptTokenInUrl: true });
    const path = `/agents?APIToken=${FULL_TOKEN}&uuid=${srvWin1.uuid}`;
    const answer = await call(simulator, 'GET', path, { authorization: null });
    expect(idsIn(answer)).toEqual([srvWin1.id]);
    expect(simulator.calls[0]).toMatchObject({ tokenInUrl: true, tokenName: 'full' });
  });

  it('reports an expired token', async () => {
    const simulator = await startSimulator();
    const answer = await call(simulator, 'GET', '/agents', as('expired'));
    expect(answer.status).toBe(401);
    expect(answer.json.errors[0]).toMatchObject({ code: 4010011, title: 'Token has expired' });
  });

  it('expires tokens by its clock', async () => {
    const simulator = await startSimulator();
    expect((await call(simulator, 'GET', '/agents', as('expiring-soon'))).status).toBe(200);
    simulator.advance(7 * 86_400_000);
    expect((await call(simulator, 'GET', '/agents', as('expiring-soon'))).status).toBe(401);
    expect((await call(simulator, 'GET', '/agents', as('never-expires'))).status).toBe(200);
  });

  it('refuses a token that was regenerated or revoked', async () => {
    const simulator = await startSimulator();
    simulator.tokens.set('full', { token: 'regenerated-token-0123456789' });
    expect((await call(simulator, 'GET', '/agents')).status).toBe(401);
    expect((await call(simulator, 'GET', '/agents', as('regenerated'))).status).toBe(200);
    simulator.tokens.revoke('full');
    expect((await call(simulator, 'GET', '/agents', as('regenerated'))).status).toBe(401);
    expect(() => simulator.tokens.set('full', {})).toThrow('no token named "full"');
  });

  it('is required by /system/info, not by /system/status', async () => {
    const simulator = await startSimulator();
    const anonymous = { authorization: null };
    expect((await call(simulator, 'GET', '/system/status', anonymous)).status).toBe(200);
    expect((await call(simulator, 'GET', '/system/info', anonymous)).status).toBe(401);
    const info = await call(simulator, 'GET', '/system/info');
    expect(info.json.data.version).toMatch(/^S-/);
  });
});

describe('permissions', () => {
  it.each([
    ['view-only', { agents: 200, disconnect: 403, connect: 403, user: 200, activities: 200 }],
    ['disconnect-only', { agents: 200, disconnect: 200, connect: 403, user: 200, activities: 200 }],
    ['no-users-view', { agents: 200, disconnect: 200, connect: 200, user: 403, activities: 403 }],
    ['no-permissions', { agents: 403, disconnect: 403, connect: 403, user: 403, activities: 403 }],
  ])('of the token %s', async (name, expected) => {
    const simulator = await startSimulator();
    const filter = { ids: [srvWin1.id] };
    const statuses = {
      agents: (await call(simulator, 'GET', '/agents', as(name))).status,
      disconnect: (await disconnect(simulator, filter, as(name))).status,
      connect: (await connect(simulator, filter, as(name))).status,
      user: (await call(simulator, 'GET', '/user', as(name))).status,
      activities: (await call(simulator, 'GET', '/activities', as(name))).status,
    };
    expect(statuses).toEqual(expected);
    const changed = simulator.writes().filter(({ affectedIds }) => affectedIds.length > 0);
    expect(changed.every(({ status }) => status === 200)).toBe(true);
    expect(changed.length > 0).toBe(expected.disconnect === 200);
  });

  it('that are missing are answered with 4030010', async () => {
    const simulator = await startSimulator();
    const { json } = await disconnect(simulator, { ids: [srvWin1.id] }, as('view-only'));
    expect(json.errors).toMatchObject([{ code: 4030010, title: 'Insufficient permissions' }]);
  });
});

describe('a site-scoped token', () => {
  it('reads and changes only that site, also with an empty filter', async () => {
    const simulator = await startSimulator();
    const mine = simulator.agents().filter(({ siteId }) => siteId === OFFICE_SITE_ID);
    const seen = await call(simulator, 'GET', '/agents?limit=1000', as('site-scoped'));
    expect(idsIn(seen)).toEqual(mine.map(({ id }) => id));
    const other = await disconnect(simulator, { ids: [srvWin1.id] }, as('site-scoped'));
    expect(other.json.data).toEqual({ affected: 0 });
    await disconnect(simulator, {}, as('site-scoped'));
    const touched = simulator.writes().flatMap(({ affectedIds }) => affectedIds);
    expect(touched).toContain(workstation.id);
    expect(mine.map(({ id }) => id)).toEqual(expect.arrayContaining(touched));
    await disconnect(simulator, { ids: [srvWin1.id] });
    simulator.advance(60_000);
    const activities = await call(simulator, 'GET', '/activities?limit=1000', as('site-scoped'));
    expect(activities.json.data.length).toBeGreaterThan(0);
    for (const { siteId } of activities.json.data) expect(siteId).toBe(OFFICE_SITE_ID);
  });
});

describe('the description of a token', () => {
  it('is returned by GET /user', async () => {
    const simulator = await startSimulator();
    const full = (await call(simulator, 'GET', '/user')).json.data;
    expect(full.scope).toBe('tenant');
    expect(Date.parse(full.apiToken.expiresAt) - START).toBe(180 * 86_400_000);
    expect(full.scopeRoles[0].roleName).toBe('Response operator');
    const site = (await call(simulator, 'GET', '/user', as('site-scoped'))).json.data;
    expect(site.scope).toBe('site');
    const never = (await call(simulator, 'GET', '/user', as('never-expires'))).json.data;
    expect(never.apiToken.expiresAt).toBeNull();
  });

  it('is returned by POST /users/api-token-details without any permission', async () => {
    const simulator = await startSimulator();
    const ask = (apiToken: unknown) =>
      call(simulator, 'POST', '/users/api-token-details', {
        body: { data: { apiToken } },
        ...as('no-permissions'),
      });
    const soon = await ask('expiring-soon-token-0123456789');
    expect(Date.parse(soon.json.data.expiresAt) - START).toBe(7 * 86_400_000);
    expect((await ask('nobody-knows-this-one')).json.errors[0].code).toBe(4000010);
    expect((await ask(undefined)).status).toBe(400);
  });
});

it('has the permissions that the plugin requires, and no others', () => {
  expect(CONNECTOR_PERMISSIONS.map(({ name }) => name).sort()).toEqual([...PERMISSIONS].sort());
});
