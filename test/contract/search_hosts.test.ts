import * as fc from 'fast-check';
import { BASE, contractSuite } from '../helpers/contract_suite';
import type { UserName } from '../helpers/target';

/** `GET …/hosts`: all hosts of the tenant, and those that a search finds, page by page. */

const suite = contractSuite();

const get = (query: Readonly<Record<string, string>> = {}, user: UserName = 'viewer') =>
  suite.target.request(user, 'GET', `${BASE}/hosts?${new URLSearchParams(query).toString()}`);
const idsOf = ({ hosts }: { readonly hosts: ReadonlyArray<{ readonly id: string }> }) =>
  hosts.map(({ id }) => id);

it('pages through all hosts by cursor, with one call for each page and never more than a page', async () => {
  const { simulator } = suite.target;
  const seen: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const answer = await get({ perPage: '7', ...(cursor === null ? {} : { cursor }) });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ total: suite.fleet.all.length, kind: null });
    seen.push(...idsOf(answer.json));
    cursor = answer.json.cursor;
    pages += 1;
  } while (cursor !== null);
  expect(seen.sort()).toEqual(suite.fleet.all.map(({ id }) => id).sort());
  expect(pages).toBe(Math.ceil(suite.fleet.all.length / 7));
  const calls = await simulator.calls();
  expect(calls.map(({ method, path }) => [method, path])).toEqual(
    Array(pages).fill(['GET', '/agents'])
  );
  expect(calls.map(({ query }) => (query.parsed as { limit: string }).limit)).toEqual(
    Array(pages).fill('7')
  );
});

it('finds hosts by name, IP address, user, UUID and agent id, and returns the kind of search', async () => {
  const { target, fleet } = suite;
  const [host, other] = fleet.connected;
  const inet = (address: string) => [{ id: '1', name: 'eth0', inet: [address], inet6: [] }];
  await target.simulator.setAgent(host!.id, {
    lastLoggedInUserName: 'CORP\\Zoe.Zimmer',
    networkInterfaces: inet('198.51.100.7'),
  });
  await target.simulator.setAgent(other!.id, { networkInterfaces: inet('198.51.100.77') });
  const found = async (search: string, kind?: string) => {
    const answer = await get({ search, ...(kind === undefined ? {} : { kind }) });
    expect(answer.status).toBe(200);
    return [answer.json.kind, idsOf(answer.json)];
  };
  expect(await found(` ${host!.computerName!.toUpperCase()} `)).toEqual([
    'name',
    expect.arrayContaining([host!.id]),
  ]);
  expect(await found('198.51.100.7')).toEqual(['ip', [host!.id]]);
  expect(await found('198.51.100.')).toEqual(['ip', [host!.id, other!.id].sort()]);
  expect(await found('zoe', 'user')).toEqual(['user', [host!.id]]);
  expect(await found(host!.uuid!)).toEqual(['uuid', [host!.id]]);
  expect(await found(host!.id)).toEqual(['agentId', [host!.id]]);
  expect(await found('nobody-has-this-name')).toEqual(['name', []]);
  expect(await target.simulator.writes()).toEqual([]);
});

it('filters by status, shows what a page needs, and marks what was isolated outside Kibana', async () => {
  const { target, fleet } = suite;
  const { json } = await get({ status: 'isolated', perPage: '100' });
  expect(idsOf(json)).toEqual(expect.arrayContaining(fleet.isolated.map(({ id }) => id)));
  for (const host of json.hosts) {
    expect(host).toMatchObject({ networkStatus: 'disconnected', isIsolatedOutside: true });
    for (const field of ['osName', 'siteName', 'groupName', 'agentVersion', 'lastActiveDate']) {
      expect(host).toHaveProperty(field);
    }
  }
  const settings = { protectedHosts: [{ field: 'agentId', pattern: fleet.isolated[0]!.id }] };
  const path = '/api/sentinelone_response/settings';
  const before = (await target.request('admin', 'GET', path)).json;
  await target.request('admin', 'PUT', path, { body: { ...before, ...settings } });
  try {
    const answer = await get({ search: fleet.isolated[0]!.id });
    expect(answer.json.hosts).toMatchObject([{ protectedBy: settings.protectedHosts[0] }]);
  } finally {
    await target.request('admin', 'PUT', path, { body: before });
  }
});

describe('a cursor', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['of all hosts', { search: 'web' }],
    ['of all hosts', { status: 'connected' }],
    ['of all hosts', { search: '10.', kind: 'ip' }],
  ])('%s is refused for another search', async (_, query) => {
    const { cursor } = (await get({ perPage: '2' })).json;
    await suite.target.simulator.clearCalls();
    const answer = await get({ ...query, perPage: '2', cursor });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toMatch(/^\[cursor\]: .*accepted is the cursor of the page before/);
    const executed = await suite.execute('viewer', 'getAgents', { nameContains: 'web', cursor });
    expect(executed.json.status).toBe('error');
    expect(executed.json.service_message).toMatch(/^\[cursor\]: /);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });

  it('of another page size continues after the previous page', async () => {
    const first = (await get({ perPage: '2' })).json;
    const second = (await get({ perPage: '3', cursor: first.cursor })).json;
    const both = (await get({ perPage: '5' })).json;
    expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(both));
  });

  it('that the connector did not create is refused', async () => {
    const theirs = Buffer.from(JSON.stringify({ by: 'id', order: 'asc', id: '1' }), 'utf8');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.stringMatching(/^\S{1,40}$/), fc.constant(theirs.toString('base64url'))),
        async (cursor) => {
          const answer = await get({ cursor });
          expect([answer.status, answer.json.message]).toEqual([
            400,
            expect.stringContaining('[cursor]'),
          ]);
        }
      ),
      { numRuns: 20 }
    );
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

it.each<[Readonly<Record<string, string>>, string, string]>([
  [{ search: '' }, '[search]', '1 to 256 characters'],
  [{ search: ' ' }, '[search]', '1 to 256 characters'],
  [{ search: 'x'.repeat(257) }, '[search]', '1 to 256 characters'],
  [{ search: ',' }, '[search]', 'a part of a host name'],
  [{ search: 'fe80::1', kind: 'ip' }, '[search]', 'an IPv4 address or a part of one'],
  [{ search: '10', kind: 'ip' }, '[search]', 'an IPv4 address or a part of one'],
  [{ search: 'a,b', kind: 'user' }, '[search]', 'no commas'],
  [{ search: 'a b', kind: 'uuid' }, '[search]', 'an agent UUID'],
  [{ search: 'web', kind: 'agentId' }, '[search]', 'an agent id'],
  [{ search: 'web', kind: 'site' }, '[kind]', 'one of name, ip, user, uuid, agentId'],
  [{ kind: 'ip' }, '[kind]', 'accepted only with a search'],
  [{ status: 'offline' }, '[status]', 'one of connected, isolating, isolated, releasing'],
  [{ perPage: '101' }, '[perPage]', 'from 1 to 100'],
  [{ perPage: '0' }, '[perPage]', 'from 1 to 100'],
  [{ cursor: '' }, '[cursor]', 'the cursor of the page before'],
  [{ page: '2' }, '[page]', 'known are search, kind, status, perPage, cursor'],
  [{ query: 'x' }, '[query]', 'there is no such field'],
])('refuses %j with 400, and names %s and what is accepted', async (query, field, accepted) => {
  const answer = await get(query, 'admin');
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(field);
  expect(answer.json.message).toContain(accepted);
  expect(await suite.target.simulator.calls()).toEqual([]);
});

it.each([
  ['admin', 200],
  ['analyst', 200],
  ['viewer', 200],
  ['unconnected', 403],
  ['reader', 403],
  ['outsider', 403],
  ['nobody', 401],
] as const)('responds to %s with %i', async (user, status) => {
  expect((await get({}, user)).status).toBe(status);
  if (status !== 200) expect(await suite.target.simulator.calls()).toEqual([]);
});

it.each([
  ['is not accepted', { kind: 'status', status: 401 }, 502, 'unauthorized'],
  ['lacks the permission', { kind: 'status', status: 403 }, 502, 'forbidden'],
  ['is throttled', { kind: 'throttle', retryAfter: 60 }, 503, 'throttled'],
  ['is answered by a login page', { kind: 'html' }, 502, 'unexpected_answer'],
] as const)('reports that the token %s', async (_, fault, status, reason) => {
  await suite.target.simulator.addFaults({ path: '/agents', fault });
  const answer = await get();
  expect([answer.status, answer.json.attributes]).toEqual([status, { reason }]);
  if (reason === 'forbidden') expect(answer.json.message).toContain('Endpoints.view');
  expect(await suite.target.simulator.calls()).toHaveLength(1);
});

describe('the alerts of a host', () => {
  it('are found by its UUID or agent id, without those of other hosts', async () => {
    const all = (await suite.target.request('viewer', 'GET', `${BASE}/alerts?perPage=100`)).json;
    const alert = all.alerts.find(
      ({ agentUuid, hosts }: { agentUuid: string | null; hosts?: unknown }) =>
        agentUuid !== null && hosts === undefined
    );
    const { agentUuid } = alert;
    const own = await suite.target.request(
      'viewer',
      'GET',
      `${BASE}/alerts?perPage=100&agentUuid=${agentUuid}&agentId=1`
    );
    expect(own.status).toBe(200);
    const idsWithUuid = all.alerts.flatMap((one: { id: string; agentUuid: string }) =>
      one.agentUuid === agentUuid ? one.id : []
    );
    expect(own.json.alerts.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(idsWithUuid)
    );
    expect(own.json.total).toBeLessThan(all.total);
    const none = await suite.target.request('viewer', 'GET', `${BASE}/alerts?agentId=1`);
    expect(none.json.total).toBe(0);
    for (const bad of ['agentUuid=a,b', 'agentUuid=', 'agentId=x']) {
      const answer = await suite.target.request('viewer', 'GET', `${BASE}/alerts?${bad}`);
      expect(answer.status).toBe(400);
    }
  });
});
