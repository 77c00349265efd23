import { affectedBy, fleetOf, idsOf, type Fleet } from '../support/hosts';
import { openTarget, type Target, type UserName } from '../support/target';

const BASE = '/internal/sentinelone_response';

let target: Target;
let fleet: Fleet;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(async () => {
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
});

const hostOf = (n = 0) => ({
  uuid: fleet.connected[n]!.uuid,
  name: fleet.connected[n]!.computerName,
});
const alertIds = async (): Promise<string[]> => {
  const page = await target.request('analyst', 'GET', `${BASE}/alerts?perPage=100`);
  return page.json.alerts.map(({ id }: { id: string }) => id);
};

describe('who may call what', () => {
  const users: UserName[] = ['admin', 'analyst', 'viewer', 'reader', 'outsider', 'nobody'];
  const expectations: Array<[string, string, Partial<Record<UserName, number>>]> = [
    [
      'GET',
      '/alerts',
      { admin: 200, analyst: 200, viewer: 200, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'GET',
      '/alerts/unknown',
      { admin: 404, analyst: 404, viewer: 404, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'POST',
      '/alerts/_hosts',
      { admin: 200, analyst: 200, viewer: 200, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'GET',
      '/connection',
      { admin: 200, analyst: 200, viewer: 200, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'POST',
      '/hosts/_status',
      { admin: 200, analyst: 200, viewer: 200, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'POST',
      '/hosts/_isolate',
      { admin: 200, analyst: 200, viewer: 403, reader: 403, outsider: 403, nobody: 401 },
    ],
    [
      'POST',
      '/hosts/_release',
      { admin: 200, analyst: 200, viewer: 403, reader: 403, outsider: 403, nobody: 401 },
    ],
  ];
  const bodyFor = (path: string): unknown => {
    if (path === '/alerts/_hosts') return { alertIds: ['unknown'] };
    if (path === '/hosts/_status') return { agents: [{ uuid: fleet.connected[0]!.uuid }] };
    return path.startsWith('/hosts/') ? { hosts: [hostOf()], comment: 'contract' } : undefined;
  };

  it.each(
    expectations.flatMap(([method, path, statuses]) =>
      users.map((user) => [method, path, user, statuses[user]] as const)
    )
  )('%s %s as %s is %i', async (method, path, user, status) => {
    const answer = await target.request(user, method, `${BASE}${path}`, { body: bodyFor(path) });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(await target.simulator.writes()).toEqual([]);
  });

  it('asks for the version and for kbn-xsrf', async () => {
    const wrong = await target.request('analyst', 'GET', `${BASE}/connection`, { version: '7' });
    expect(wrong.status).toBe(400);
    const body = { hosts: [hostOf()], comment: 'contract' };
    const bare = await fetch(`${target.url}${BASE}/hosts/_isolate`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('analyst:analyst').toString('base64')}`,
        'content-type': 'application/json',
        'elastic-api-version': '1',
      },
      body: JSON.stringify(body),
    });
    expect(bare.status).toBe(400);
    expect(await bare.text()).toContain('kbn-xsrf');
    expect(await target.simulator.writes()).toEqual([]);
  });
});

describe('bad input', () => {
  const action = (changes: object) => ({ hosts: [{ uuid: 'abc' }], comment: 'why', ...changes });
  it.each<[string, string, unknown, string]>([
    ['POST', '/hosts/_isolate', undefined, '[hosts]'],
    ['POST', '/hosts/_isolate', {}, '[hosts]'],
    ['POST', '/hosts/_isolate', action({ hosts: [] }), '[hosts]'],
    ['POST', '/hosts/_isolate', action({ hosts: 'abc' }), '[hosts]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{}] }), '[hosts[0]]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ name: 'web-1' }] }), '[hosts[0]]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ uuid: '' }] }), '[hosts[0].uuid]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ uuid: '  ' }] }), '[hosts[0].uuid]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ uuid: 'a,b' }] }), '[hosts[0].uuid]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ uuid: 'a&ids=1' }] }), '[hosts[0].uuid]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ agentId: 1 }] }), '[hosts[0].agentId]'],
    ['POST', '/hosts/_isolate', action({ hosts: [{ agentId: '1,2' }] }), '[hosts[0].agentId]'],
    ['POST', '/hosts/_isolate', action({ hosts: Array(1001).fill({ uuid: 'a' }) }), '[hosts]'],
    ['POST', '/hosts/_isolate', action({ comment: undefined }), '[comment]'],
    ['POST', '/hosts/_isolate', action({ comment: ' ' }), '[comment]'],
    ['POST', '/hosts/_isolate', action({ comment: 'x'.repeat(2001) }), '[comment]'],
    ['POST', '/hosts/_isolate', action({ filter: {} }), '[filter]'],
    ['POST', '/hosts/_isolate', action({ alertIds: 'a' }), '[alertIds]'],
    ['POST', '/hosts/_isolate', action({ alertIds: ['a b'] }), '[alertIds[0]]'],
    ['POST', '/hosts/_isolate', action({ caseIds: [7] }), '[caseIds[0]]'],
    ['POST', '/hosts/_release', action({ hosts: [] }), '[hosts]'],
    ['POST', '/hosts/_release', action({ comment: '' }), '[comment]'],
    ['POST', '/hosts/_status', {}, '[agents]'],
    ['POST', '/hosts/_status', { agents: [] }, '[agents]'],
    ['POST', '/hosts/_status', { agents: [{}] }, '[agents[0]]'],
    ['POST', '/hosts/_status', { agents: Array(101).fill({ uuid: 'a' }) }, '[agents]'],
    ['POST', '/alerts/_hosts', { alertIds: [] }, '[alertIds]'],
    ['POST', '/alerts/_hosts', { alertIds: Array(1001).fill('a') }, '[alertIds]'],
    ['GET', '/alerts?page=0', undefined, '[page]'],
    ['GET', '/alerts?page=1.5', undefined, '[page]'],
    ['GET', '/alerts?page=abc', undefined, '[page]'],
    ['GET', '/alerts?perPage=101', undefined, '[perPage]'],
    ['GET', '/alerts?page=1000&perPage=100', undefined, '[page]'],
    ['GET', '/alerts?sortField=reason', undefined, '[sortField]'],
    ['GET', '/alerts?sortOrder=up', undefined, '[sortOrder]'],
    ['GET', '/alerts?status=isolated', undefined, '[status]'],
    ['GET', '/alerts?search=a&search=b', undefined, '[search]'],
    ['GET', '/alerts?foo=1', undefined, '[foo]'],
  ])('%s %s %j names %s', async (method, path, body, field) => {
    const before = await target.records();
    const answer = await target.request('admin', method, `${BASE}${path}`, { body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    expect(answer.json.message).toContain(field);
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.records()).toHaveLength(before.length);
  });

  it('a body that is no JSON is refused', async () => {
    const answer = await target.request('admin', 'POST', `${BASE}/hosts/_isolate`, { body: '{' });
    expect(answer.status).toBe(400);
    expect(await target.simulator.calls()).toEqual([]);
  });
});

describe('alerts', () => {
  const list = async (query = '') =>
    (await target.request('analyst', 'GET', `${BASE}/alerts${query}`)).json;

  it('pages through all of them, each once', async () => {
    const { total } = await list('?perPage=1');
    const ids: string[] = [];
    for (let page = 1; (page - 1) * 10 < total; page++) {
      const { alerts } = await list(`?perPage=10&page=${page}`);
      ids.push(...alerts.map(({ id }: { id: string }) => id));
    }
    expect(total).toBeGreaterThan(0);
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
  });

  it.each(['asc', 'desc'])('sorts by time %s', async (order) => {
    const { alerts } = await list(`?perPage=100&sortField=timestamp&sortOrder=${order}`);
    const times = alerts.map(({ timestamp }: { timestamp: string }) => Date.parse(timestamp));
    const sorted = [...times].sort((a, b) => (order === 'asc' ? a - b : b - a));
    expect(times).toEqual(sorted);
  });

  it('sorts by host and rule', async () => {
    for (const field of ['hostName', 'ruleName']) {
      const { alerts } = await list(`?perPage=100&sortField=${field}&sortOrder=asc`);
      const values: string[] = alerts
        .map((one: Record<string, string | null>) => one[field])
        .filter(Boolean);
      expect(values).toEqual([...values].sort());
    }
  });

  it('searches in any case, and takes wildcards for what they are', async () => {
    const { alerts } = await list('?perPage=100');
    const { hostName } = alerts.find((one: { hostName: string | null }) => one.hostName !== null);
    const found = await list(`?perPage=100&search=${encodeURIComponent(hostName.toUpperCase())}`);
    expect(found.total).toBeGreaterThan(0);
    const expected = alerts.filter((one: { hostName: string | null }) => one.hostName === hostName);
    const ids = found.alerts.map(({ id }: { id: string }) => id);
    for (const { id } of expected) expect(ids).toContain(id);
    expect((await list(`?search=${encodeURIComponent('*?*')}`)).total).toBe(0);
    expect((await list('?search=surely-not-there')).total).toBe(0);
  });

  it('filters by status', async () => {
    const all = await list('?perPage=100');
    const open = await list('?perPage=100&status=open');
    const count = all.alerts.filter(
      (one: { workflowStatus: string }) => one.workflowStatus === 'open'
    ).length;
    expect(open.total).toBe(count);
  });

  it('gives one with its document', async () => {
    const [id] = await alertIds();
    const answer = await target.request(
      'analyst',
      'GET',
      `${BASE}/alerts/${encodeURIComponent(id!)}`
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id,
      source: expect.any(Object),
      process: expect.any(Array),
    });
  });

  it('resolves alerts to their distinct hosts', async () => {
    const ids = await alertIds();
    const answer = await target.request('analyst', 'POST', `${BASE}/alerts/_hosts`, {
      body: { alertIds: [...ids, 'not-there'] },
    });
    expect(answer.status).toBe(200);
    const { hosts, withoutAgent, notFound } = answer.json;
    expect(notFound).toEqual(['not-there']);
    const named: string[] = hosts.flatMap((host: { alertIds: string[] }) => host.alertIds);
    expect([...named, ...withoutAgent].sort()).toEqual([...ids].sort());
    const identities = hosts.map((host: { agentUuid: string; agentId: string; hostName: string }) =>
      JSON.stringify([host.agentUuid, host.agentId, host.hostName])
    );
    expect(new Set(identities).size).toBe(identities.length);
  });
});

describe('status of hosts', () => {
  const ask = (agents: unknown[]) =>
    target.request('viewer', 'POST', `${BASE}/hosts/_status`, { body: { agents } });

  it('tells each state in one call', async () => {
    const [clone] = fleet.clones;
    const answer = await ask([
      { uuid: fleet.connected[0]!.uuid },
      { uuid: clone!.uuid },
      { uuid: clone!.uuid, agentId: clone!.id },
      { uuid: fleet.connected[0]!.uuid, agentId: fleet.connected[1]!.id },
      { uuid: 'not-there' },
      { uuid: fleet.decommissioned[0]!.uuid },
    ]);
    expect(answer.status).toBe(200);
    const states = answer.json.hosts.map(({ state }: { state: string }) => state);
    expect(states.slice(0, 5)).toEqual(['known', 'ambiguous', 'known', 'mismatch', 'unknown']);
    const calls = await target.simulator.calls();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ method: 'GET', authorization: 'ApiToken', tokenInUrl: false });
  });

  it('asks once for a hundred agents', async () => {
    const agents = Array.from({ length: 100 }, (_, n) => ({
      uuid: `${'0'.repeat(29)}${String(n).padStart(3, '0')}`,
    }));
    expect((await ask(agents)).status).toBe(200);
    expect(await target.simulator.calls()).toHaveLength(1);
  });

  it('shares one call between fifty viewers of one host', async () => {
    const { uuid } = fleet.connected[2]!;
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask([{ uuid }])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await target.simulator.calls()).length).toBeLessThanOrEqual(2);
  });
});

describe('isolate and release', () => {
  const act = (action: string, hosts: unknown[], user: UserName = 'analyst') =>
    target.request(user, 'POST', `${BASE}/hosts/_${action}`, {
      body: { hosts, comment: 'contract' },
    });
  const statusOf = async (id: string) => (await target.simulator.agent(id)).networkStatus;
  const settled = async (id: string, status: string) => {
    for (let n = 0; n < 100 && (await statusOf(id)) !== status; n++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await statusOf(id)).toBe(status);
  };

  it('isolates the named host and no other, and releases it again', async () => {
    const agent = fleet.connected[0]!;
    const isolated = await act('isolate', [hostOf()]);
    expect(isolated.status).toBe(200);
    expect(isolated.json.hosts).toEqual([
      { uuid: agent.uuid, agentId: agent.id, name: agent.computerName, outcome: 'requested' },
    ]);
    await settled(agent.id, 'disconnected');
    const released = await act('release', [hostOf()]);
    expect(released.status).toBe(200);
    await settled(agent.id, 'connected');
    const writes = await target.simulator.writes();
    expect(writes.map(({ path }) => path.split('/').pop())).toEqual(['disconnect', 'connect']);
    for (const write of writes) expect(idsOf(write)).toEqual([agent.id]);
    expect(affectedBy(writes)).toEqual([agent.id]);
  });

  it('puts it on record with who, why and how it ended', async () => {
    const { json } = await act('isolate', [hostOf()]);
    const record = (await target.records()).find(({ id }) => id === json.actionId);
    expect(record?.attributes).toMatchObject({
      action: 'isolate',
      state: 'requested',
      comment: 'contract',
      actor: { username: 'analyst' },
      hosts: [{ agentId: fleet.connected[0]!.id, outcome: 'requested' }],
    });
  });

  it('sends nothing to a host that is already there', async () => {
    const agent = fleet.isolated[0]!;
    const answer = await act('isolate', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await target.simulator.writes()).toEqual([]);
  });

  it('leaves an offline host on its way, with the reason', async () => {
    const agent = fleet.offline[0]!;
    const answer = await act('isolate', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'requested', reason: 'offline' }]);
    expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
    expect(await statusOf(agent.id)).toBe('disconnecting');
    // A queued isolation is undone by releasing.
    const undone = await act('release', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(undone.status).toBe(200);
    expect(await target.simulator.writes()).toHaveLength(2);
  });

  it.each<[string, () => object, string]>([
    ['an unknown UUID', () => ({ uuid: 'not-there' }), 'not_found'],
    ['a shared UUID', () => ({ uuid: fleet.clones[0]!.uuid }), 'ambiguous'],
    ['another name', () => ({ ...hostOf(), name: 'another' }), 'mismatch'],
    [
      'a UUID and an id of two agents',
      () => ({ uuid: fleet.connected[0]!.uuid, agentId: fleet.connected[1]!.id }),
      'mismatch',
    ],
    ['a decommissioned agent', () => ({ uuid: fleet.decommissioned[0]!.uuid }), 'decommissioned'],
    ['an uninstalled agent', () => ({ uuid: fleet.uninstalled[0]!.uuid }), 'uninstalled'],
  ])('refuses %s', async (_, host, reason) => {
    for (const action of ['isolate', 'release']) {
      const answer = await act(action, [host()]);
      expect(answer.status).toBe(409);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason }]);
    }
    expect(await target.simulator.writes()).toEqual([]);
  });

  it('acts on the good ones of several and says which are not', async () => {
    const answer = await act('isolate', [hostOf(0), { uuid: 'not-there' }, hostOf(1), hostOf(0)]);
    expect(answer.status).toBe(207);
    expect(answer.json.hosts).toHaveLength(3);
    const writes = await target.simulator.writes();
    expect(writes).toHaveLength(1);
    expect([...idsOf(writes[0]!)].sort()).toEqual(
      [fleet.connected[0]!.id, fleet.connected[1]!.id].sort()
    );
  });

  it('sends one write for twenty simultaneous requests', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => act('isolate', [hostOf()])));
    const outcomes = answers.flatMap(({ json }) =>
      json.hosts.map((host: { outcome: string; reason?: string }) => host.reason ?? host.outcome)
    );
    expect(outcomes.filter((outcome) => outcome === 'requested')).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => !['requested', 'unchanged', 'in_flight'].includes(outcome))
    ).toEqual([]);
    expect(await target.simulator.writes()).toHaveLength(1);
  });

  it('tells clones apart by the agent id', async () => {
    const clone = fleet.clones.find(
      (agent) =>
        !agent.isDecommissioned && !agent.isUninstalled && agent.networkStatus === 'connected'
    )!;
    const answer = await act('isolate', [{ uuid: clone.uuid, agentId: clone.id }]);
    expect(answer.status).toBe(200);
    expect(affectedBy(await target.simulator.writes())).toEqual([clone.id]);
  });
});
