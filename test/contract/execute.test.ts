import { contractSuite } from '../helpers/contract_suite';
import type { Fault, FaultRule } from '../simulator/client';

/** The connector as Kibana's own API executes it, past our routes. */

const suite = contractSuite();
const readFault = (fault: Fault, count = 1): FaultRule => ({
  method: 'GET',
  path: '/agents',
  count,
  fault,
});

describe.each(['isolateHost', 'releaseHost'])('%s', (subAction) => {
  const candidate = () =>
    subAction === 'isolateHost' ? suite.fleet.connected[0]! : suite.fleet.isolated[0]!;

  it('counts and lists the hosts without success', async () => {
    const answer = await suite.execute('admin', subAction, {
      hosts: [{ uuid: candidate().uuid }, { uuid: suite.fleet.clones[0]!.uuid, name: 'clone' }],
      comment: 'contract',
    });
    expect(answer.json).toMatchObject({ status: 'error' });
    expect(answer.json.service_message).toMatch(
      /^1 of 2 hosts .*"clone" refused: .*Action [0-9a-f-]{36}$/
    );
  });
});

describe('getAgents', () => {
  it('finds exact agents, and a part of a name', async () => {
    const [one, two] = suite.fleet.connected;
    const exact = await suite.execute('viewer', 'getAgents', { uuids: [one!.uuid, 'not-there'] });
    expect(exact.json.data.agents.map(({ id }: { id: string }) => id)).toEqual([one!.id]);
    const byId = await suite.execute('viewer', 'getAgents', { ids: [two!.id] });
    expect(byId.json.data.agents).toHaveLength(1);
    const part = two!.computerName!.slice(0, -1);
    const byName = await suite.execute('viewer', 'getAgents', { nameContains: part });
    expect(byName.json.data.agents.map(({ id }: { id: string }) => id)).toContain(two!.id);
  });

  it('pages through all agents, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await suite.execute('viewer', 'getAgents', {
        limit: 7,
        ...(cursor ? { cursor } : {}),
      });
      expect(answer.json.status).toBe('ok');
      ids.push(...answer.json.data.agents.map(({ id }: { id: string }) => id));
      cursor = answer.json.data.cursor;
    } while (cursor !== null && ids.length < 1000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(suite.fleet.all.length);
  });
});

describe('testConnection', () => {
  const checks = async () => {
    const answer = await suite.execute('admin', 'testConnection', { failedChecks: 'report' });
    expect(answer.json.status).toBe('ok');
    return new Map<string, { status: string; message: string; todo?: string }>(
      answer.json.data.checks.map((check: { id: string }) => [check.id, check])
    );
  };

  it.each<[string, Fault, RegExp]>([
    [
      'API token',
      { kind: 'status', status: 401 },
      /^Failed check \(API token\): SentinelOne does not accept .*HTTP 401.*Ask an administrator/,
    ],
    [
      'permissions',
      { kind: 'status', status: 403 },
      /^Failed check \(permissions\): SentinelOne refused .*HTTP 403.*Endpoints\.view/,
    ],
    [
      'connection',
      { kind: 'status', status: 302, body: '' },
      /^Failed check \(connection\): .*HTTP 302.*Check the tenant URL/,
    ],
  ])('ends as an error that names the failed check: %s', async (_, fault, text) => {
    await suite.target.simulator.addFaults(readFault(fault));
    const { status, json } = await suite.execute('admin', 'testConnection', {});
    expect([status, json.status]).toEqual([200, 'error']);
    expect(json.service_message).toMatch(text);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('succeeds if nothing failed, with or without warnings', async () => {
    await suite.target.simulator.addFaults({
      path: '/user',
      fault: { kind: 'status', status: 403 },
    });
    const { json } = await suite.execute('admin', 'testConnection', {});
    expect(json.status).toBe('ok');
    expect(json.data.checks.map(({ status }: { status: string }) => status)).toContain('warning');
  });

  it('finds no problem, and writes nothing', async () => {
    const found = await checks();
    for (const id of ['reachable', 'token', 'expiry', 'version']) {
      expect([id, found.get(id)?.status]).toEqual([id, 'ok']);
    }
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('reports that the token is not accepted', async () => {
    await suite.target.simulator.addFaults(readFault({ kind: 'status', status: 401 }));
    const found = await checks();
    expect(found.get('reachable')?.status).toBe('ok');
    expect(found.get('token')).toMatchObject({ status: 'failed', todo: expect.any(String) });
  });

  it('names the permission that is missing', async () => {
    await suite.target.simulator.addFaults(readFault({ kind: 'status', status: 403 }));
    const found = await checks();
    expect(found.get('permissions')?.message).toContain('Endpoints.view');
  });

  it("quotes SentinelOne's error text before the likely reason", async () => {
    const errors = [{ code: 4030099, title: 'Forbidden', detail: 'IP address not allowed' }];
    const fault: Fault = { kind: 'status', status: 403, body: { errors } };
    await suite.target.simulator.addFaults(readFault(fault));
    const found = await checks();
    expect(found.get('permissions')?.message).toMatch(/"IP address not allowed"\. Likely cause: /);
    // Its code is not the one by which SentinelOne says that the token is good.
    expect(found.has('token')).toBe(false);
  });

  it.each<[string, Fault, RegExp]>([
    [
      'a firewall with a page of its own',
      {
        kind: 'status',
        status: 403,
        body: '<html><head><title>Access denied</title></head></html>',
        headers: { 'content-type': 'text/html', server: 'some-firewall' },
      },
      /HTTP 403 with the web page "Access denied", sent by "some-firewall"\. This answer is not from SentinelOne/,
    ],
    [
      'a proxy that wants a login',
      { kind: 'status', status: 407, body: '' },
      /This answer is from a proxy/,
    ],
    ['an empty 401', { kind: 'status', status: 401, body: '' }, /HTTP 401 with an empty body/],
    [
      'a redirect to a login page',
      { kind: 'status', status: 302, body: '', headers: { location: 'https://login.example/' } },
      /redirect to https:\/\/login\.example\. This answer is not from SentinelOne's API/,
    ],
    ['a login page', { kind: 'html' }, /HTTP 200 with .*web page/],
    [
      'another service',
      { kind: 'status', status: 200, body: { status: 'up' } },
      /HTTP 200 with JSON in an unexpected format/,
    ],
    [
      'a gateway',
      { kind: 'status', status: 500, body: '<html></html>' },
      /The answer can be from SentinelOne, or from a proxy or gateway/,
    ],
  ])('makes no statement on SentinelOne or the token for %s', async (_, fault, text) => {
    await suite.target.simulator.addFaults(readFault(fault));
    const found = await checks();
    expect([...found.keys()]).toEqual(['reachable']);
    expect(found.get('reachable')).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(text),
      todo: expect.stringContaining('tenant URL'),
    });
  });

  it('names the role of the token, and never its site', async () => {
    const scopeRoles = Array.from({ length: 7 }, (_, n) => ({
      id: String(n),
      name: `Site ${n}`,
      ...(n === 6 ? { roles: ['IR Team'] } : { roleName: n % 2 === 0 ? 'SOC' : 'Viewer' }),
    }));
    await suite.target.simulator.addFaults({
      path: '/user',
      fault: { kind: 'status', status: 200, body: { data: { scopeRoles } } },
    });
    expect((await checks()).get('permissions')?.message).toContain(
      'Its role is SOC, Viewer, IR Team;'
    );
  });

  it('states why the expiry date is not known, and how to find it', async () => {
    await suite.target.simulator.addFaults({
      path: '/user',
      fault: { kind: 'status', status: 403 },
    });
    const expiry = (await checks()).get('expiry');
    expect(expiry?.status).toBe('warning');
    expect(expiry?.message).toMatch(/is not known\. SentinelOne answered HTTP 403: .*Users\.view/);
    expect(expiry?.todo).toContain('Users.view');
  });

  it('reports that SentinelOne cannot be reached', async () => {
    await suite.target.simulator.addFaults(readFault({ kind: 'resetBefore' }, 3));
    expect((await checks()).get('reachable')).toMatchObject({ status: 'failed' });
  });
});
