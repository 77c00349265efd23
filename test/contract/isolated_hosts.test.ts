import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import { TOKEN, type UserName } from '../helpers/target';

/** `GET …/hosts/isolated`: which hosts are isolated now, independent of who isolated them, and the number of calls to SentinelOne. */

const suite = contractSuite();
const PATH = `${BASE}/hosts/isolated`;
const PUBLIC = '/api/sentinelone_response/hosts/isolated';
const AT = '2026-01-02T03:04:05.000Z';

interface Listed {
  readonly agent: { readonly id: string };
  readonly [field: string]: unknown;
}

const get = (user: UserName = 'viewer', query = '', path = PATH) =>
  suite.target.request(user, 'GET', `${path}${query}`);

const callsTo = async (path: string) =>
  (await suite.target.simulator.calls()).filter((call) => call.path === path);

const isolate = (user: UserName, hosts: readonly object[], comment = 'why') =>
  suite.target.request(user, 'POST', `${BASE}/hosts/_isolate`, { body: { hosts, comment } });

/** Any action discards what was read before it; this one acts on no host. */
async function afterAnAction(): Promise<void> {
  const nobody = [{ uuid: 'not-there' }];
  await suite.execute('analyst', 'releaseHost', { hosts: nobody, comment: 'forget' });
  await suite.target.simulator.clearCalls();
}

const idsOf = ({ hosts }: { readonly hosts: readonly Listed[] }) =>
  hosts.map(({ agent }) => agent.id);

it('names who isolated a host: by the record, else by the activity log', async () => {
  const { target, fleet } = suite;
  const [ours, theirs, policy, released] = fleet.connected;
  const comment = 'Beaconing to a known server';
  await target.simulator.isolate({ ids: [theirs!.id], by: 'Carla Console', at: AT });
  await target.simulator.isolate({ ids: [policy!.id], at: AT });
  const act = await isolate('analyst', [{ uuid: ours!.uuid, name: ours!.computerName }], comment);
  expect(act.status).toBe(200);
  await isolate('admin', [{ uuid: released!.uuid }]);
  await target.simulator.advance(2_000);
  // It stays on its way, however long the following takes.
  await target.simulator.setAgent(released!.id, { stuck: true });
  await target.request('analyst', 'POST', `${BASE}/hosts/_release`, {
    body: { hosts: [{ uuid: released!.uuid }], comment: 'enough' },
  });
  const { status, json } = await get('viewer', '?perPage=1000');
  expect(status).toBe(200);
  const hostOf = (id: string) => json.hosts.find(({ agent }: Listed) => agent.id === id);
  expect(hostOf(ours!.id)).toMatchObject({
    ...{ source: 'record', by: 'analyst', comment, actionId: act.json.actionId, alertCount: 0 },
    since: expect.stringMatching(/^\d{4}-/),
  });
  expect(hostOf(theirs!.id)).toMatchObject({ source: 'activity', by: 'Carla Console', since: AT });
  expect(hostOf(policy!.id)).toMatchObject({ source: 'activity', by: null, since: AT });
  expect(hostOf(released!.id)).toMatchObject({
    ...{ source: 'record', by: 'admin', agent: { networkStatus: 'connecting' } },
    release: { by: 'analyst', at: expect.any(String) },
  });
  // The sample fleet has hosts of which the log says nothing.
  expect(hostOf(fleet.isolated[0]!.id)).toMatchObject({ source: 'outside', by: null, since: null });
  const wanted = (await target.simulator.agents())
    .filter(({ networkStatus }) => networkStatus !== null && networkStatus !== 'connected')
    .map(({ id }) => id);
  expect(idsOf(json).sort()).toEqual(wanted.sort());
  expect(json).toMatchObject({ total: wanted.length, isComplete: true });
  expect(json).not.toHaveProperty('problem');
  expect([...affectedBy(await target.simulator.writes())].sort()).toEqual(
    [ours!.id, released!.id].sort()
  );
});

/** A command past Kibana, with one of the simulator's tokens. */
async function command(token: string, verb: 'disconnect' | 'connect', ids: readonly string[]) {
  const { url } = suite.target.simulator;
  const answer = await fetch(`${url}/web/api/v2.1/agents/actions/${verb}`, {
    method: 'POST',
    headers: { authorization: `ApiToken ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ filter: { ids } }),
  });
  expect(answer.status).toBe(200);
}

it('names who isolated a host again outside Kibana, not the user of the earlier record', async () => {
  const { target, fleet } = suite;
  const [again, still, gone] = fleet.connected.slice(3);
  const comment = 'The first isolation';
  const releaseAfterMinutes = 600;
  const { json } = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: {
      hosts: [again, still, gone].map((agent) => ({ uuid: agent!.uuid })),
      ...{ comment, releaseAfterMinutes },
    },
  });
  await target.simulator.advance(2_000);
  const hostOf = async ({ id }: { id: string }, user: UserName = 'viewer') =>
    (await get(user, `?perPage=1000&agentId=${id}`)).json.hosts[0];
  const recorded = { source: 'record', by: 'analyst', comment, actionId: json.actionId };
  for (const agent of [again, still, gone]) expect(await hostOf(agent!)).toMatchObject(recorded);
  await target.simulator.advance(60_000);
  const ids = [again!.id, gone!.id];
  await target.simulator.release({ ids, by: 'Carla Console' });
  await afterAnAction();
  for (const agent of [again, gone]) expect(await hostOf(agent!)).toBeUndefined();
  await target.simulator.advance(60_000);
  await target.simulator.isolate({ ids: [again!.id], by: 'Carla Console' });
  await afterAnAction();
  const later = await hostOf(again!);
  expect(later).toMatchObject({ by: 'Carla Console', agent: { isIsolatedOutside: true } });
  for (const field of ['comment', 'actionId', 'releaseAt', 'releaseOf', 'isOwnToken']) {
    expect(later).not.toHaveProperty(field);
  }
  expect(await hostOf(still!)).toMatchObject({ ...recorded, releaseAt: expect.any(String) });
  const mine = await get('analyst', '?perPage=1000&mine=true');
  expect(idsOf(mine.json)).toContain(still!.id);
  expect(idsOf(mine.json)).not.toContain(again!.id);
  expect(await target.simulator.writes()).toEqual([]);
});

it("reports that the connector's token isolated a host without a record", async () => {
  const { target, fleet } = suite;
  const [own, other] = fleet.connected.slice(8);
  await command(TOKEN, 'disconnect', [own!.id]);
  await command('without-scans-token-0123456789', 'disconnect', [other!.id]);
  await target.simulator.advance(2_000);
  await afterAnAction();
  const { hosts } = (await get('viewer', '?perPage=1000&search=service%20user')).json;
  const found = new Map(hosts.map((host: Listed) => [host.agent.id, host]));
  expect(found.get(own!.id)).toMatchObject({
    ...{ source: 'activity', by: 'Service user full', isOwnToken: true },
  });
  expect(found.get(own!.id)).not.toHaveProperty('agent.isIsolatedOutside');
  expect(found.get(other!.id)).toMatchObject({
    ...{ by: 'Service user withoutScans', agent: { isIsolatedOutside: true } },
  });
  expect(found.get(other!.id)).not.toHaveProperty('isOwnToken');
  // It is asked once in ten minutes, and nothing that identifies the user is handed on.
  expect((await callsTo('/user')).length).toBeLessThanOrEqual(1);
  expect(JSON.stringify(hosts)).not.toContain('userId');
  const csv = await get('viewer', '?search=service%20user', `${PATH}/_csv`);
  expect(csv.text).toContain('"activity","true"');
  expect(await target.simulator.writes()).toEqual([]);
});

it('needs one call for all viewers together in ten seconds', async () => {
  await afterAnAction();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => get(n % 2 === 0 ? 'viewer' : 'analyst'))
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const [read, ...more] = await callsTo('/agents');
  expect(read!.query.parsed).toEqual({
    ...{ networkStatuses: 'disconnected,disconnecting,connecting', limit: '1000' },
  });
  expect(more).toEqual([]);
  expect((await callsTo('/activities')).length).toBeLessThanOrEqual(1);
  await suite.target.simulator.clearCalls();
  await Promise.all(Array.from({ length: 30 }, () => get()));
  await get('viewer', '', `${PATH}/_csv`);
  await get('viewer', '', PUBLIC);
  expect(await suite.target.simulator.calls()).toEqual([]);
});

it('filters, sorts, counts and pages', async () => {
  const { target, fleet } = suite;
  const [mine, theirs, offline] = [fleet.connected[0]!, fleet.connected[1]!, fleet.offline[0]!];
  await target.simulator.isolate({ ids: [theirs.id], by: 'Carla Console', at: AT });
  // It stays on its way, however long the following takes.
  await target.simulator.setAgent(mine.id, { stuck: true });
  await isolate('analyst', [{ uuid: mine.uuid }, { uuid: offline.uuid }], 'Filtered comment');
  await target.simulator.clearCalls();
  const idsFor = async (query: string, user: UserName = 'analyst') => {
    const answer = await get(user, `?perPage=1000&${query}`);
    expect(answer.status).toBe(200);
    return idsOf(answer.json);
  };
  const all = (await get('analyst', '?perPage=1000')).json;
  expect(all.hosts[0]).toMatchObject({ agent: { id: theirs.id }, since: AT });
  expect(await idsFor('mine=true')).toEqual([mine.id, offline.id].sort());
  expect(await idsFor('mine=true', 'viewer')).toEqual([]);
  expect(await idsFor('search=filtered%20comment')).toEqual([mine.id, offline.id].sort());
  expect(await idsFor('search=carla')).toEqual([theirs.id]);
  expect(await idsFor('longerThanMs=86400000')).toEqual([theirs.id]);
  expect(await idsFor(`agentId=${mine.id}`)).toEqual([mine.id]);
  expect(await idsFor('status=isolating')).toEqual(expect.arrayContaining([offline.id, mine.id]));
  expect(await idsFor('status=isolated')).not.toContain(offline.id);
  const { agent } = all.hosts[0];
  expect(await idsFor(`site=${encodeURIComponent(agent.siteName)}`)).toContain(agent.id);
  expect(all.sites).toContain(agent.siteName);
  expect(await idsFor('site=elsewhere')).toEqual([]);
  const byName = (await get('viewer', '?sortField=name&sortOrder=desc&perPage=1000')).json.hosts;
  const names = byName.flatMap(({ agent: { computerName } }: never) => computerName ?? []);
  expect(names.map((name: string) => name.toLowerCase())).toEqual(
    names
      .map((name: string) => name.toLowerCase())
      .sort()
      .reverse()
  );

  const { figures, total } = all;
  expect(figures.isolated + figures.isolating + figures.releasing).toBe(total);
  expect(figures.isolatingOffline).toBeGreaterThanOrEqual(1);
  expect(figures.longest).toEqual({
    ...{ agentId: theirs.id, name: theirs.computerName, since: AT },
  });
  // The figures are about all hosts, whatever the filter.
  expect((await get('viewer', '?search=carla')).json).toMatchObject({ figures, total: 1 });
  const pages = await Promise.all(
    Array.from({ length: Math.ceil(total / 4) }, (_, n) =>
      get('viewer', `?perPage=4&page=${n + 1}`)
    )
  );
  expect(pages.flatMap(({ json }) => idsOf(json))).toEqual(idsOf(all));
  expect((await get('viewer', '?perPage=4&page=1000')).json).toMatchObject({ hosts: [], total });

  const csv = await get('viewer', '?search=filtered', `${PATH}/_csv`);
  expect(csv.status).toBe(200);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.headers.get('content-disposition')).toMatch(/isolated-hosts-\d{4}-\d\d-\d\d\.csv/);
  expect(csv.text.trim().split('\r\n')).toHaveLength(3);
  expect(csv.text).toContain(`"'${mine.id}"`);

  const open = await get('viewer', '?search=carla', PUBLIC);
  expect(open.headers.get('elastic-api-version')).toBe('2023-10-31');
  expect(open.json).toMatchObject({ total: 1, hosts: [{ by: 'Carla Console', since: AT }] });
  expect(await target.simulator.writes()).toEqual([]);
});

describe('a comment that a spreadsheet would treat as a formula', () => {
  it('is exported as text', async () => {
    const { uuid } = suite.fleet.connected[2]!;
    await isolate('analyst', [{ uuid }], '=cmd|calc');
    const { text } = await get('viewer', '', `${PATH}/_csv`);
    expect(text).toContain(`"'=cmd|calc"`);
    expect(affectedBy(await suite.target.simulator.writes())).toHaveLength(1);
  });
});

it.each([
  ['page=0', '[page]'],
  ['perPage=0', '[perPage]'],
  ['perPage=1001', '[perPage]'],
  ['search=', '[search]'],
  ['search=%20', '[search]'],
  [`search=${'x'.repeat(257)}`, '[search]'],
  ['search=a%E2%80%AEb', '[search]'],
  ['site=', '[site]'],
  ['status=connected', '[status]'],
  ['mine=false', '[mine]'],
  ['longerThanMs=0', '[longerThanMs]'],
  ['longerThanMs=soon', '[longerThanMs]'],
  ['agentId=1,2', '[agentId]'],
  ['sortField=uuid', '[sortField]'],
  ['sortOrder=up', '[sortOrder]'],
  ['sites=x', '[sites]'],
])('refuses %s with 400, in every route, and names %s', async (query, field) => {
  await suite.target.simulator.clearCalls();
  for (const path of [PATH, PUBLIC, `${PATH}/_csv`]) {
    const answer = await get('admin', `?${query}`, path);
    expect(answer.status).toBe(400);
    if (path === PATH) expect(answer.json.message).toContain(field);
  }
  expect(await suite.target.simulator.calls()).toEqual([]);
});

describe('access', () => {
  it.each([
    ['admin', 200],
    ['analyst', 200],
    ['viewer', 200],
    ['unconnected', 403],
    ['reader', 403],
    ['outsider', 403],
    ['nobody', 401],
  ] as const)('responds to %s with %i, even while others get shared data', async (user, status) => {
    await get('viewer');
    await suite.target.simulator.clearCalls();
    for (const path of [PATH, PUBLIC, `${PATH}/_csv`]) {
      expect((await get(user, '', path)).status).toBe(status);
    }
    if (status !== 200) expect(await suite.target.simulator.calls()).toEqual([]);
  });
});
