import { affectedBy, fleetOf, idsOf, type Fleet } from '../support/hosts';
import type { Fault, FaultRule } from '../simulator/client';
import { openTarget, type Target, type UserName } from '../support/target';

/** The connector as Kibana's own API executes it, past our routes. */

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

const execute = (user: UserName, subAction: unknown, subActionParams: unknown) =>
  target.request(user, 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
    body: { params: { subAction, subActionParams } },
  });
const readFault = (fault: Fault, count = 1): FaultRule => ({
  method: 'GET',
  path: '/agents',
  count,
  fault,
});
const hostOf = (n = 0) => ({
  uuid: fleet.connected[n]!.uuid,
  name: fleet.connected[n]!.computerName,
});

describe.each(['isolateHost', 'releaseHost'])('%s', (subAction) => {
  const candidate = () => (subAction === 'isolateHost' ? fleet.connected[0]! : fleet.isolated[0]!);
  const params = () => ({ hosts: [{ uuid: candidate().uuid }], comment: 'contract' });

  it.each(['admin', 'analyst'] as const)('acts for %s', async (user) => {
    const { id } = candidate();
    const answer = await execute(user, subAction, params());
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

  it.each(['viewer', 'reader'] as const)('is refused by the connector for %s', async (user) => {
    const answer = await execute(user, subAction, params());
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ status: 'error', connector_id: target.connectorId });
    expect(answer.json.service_message).toContain(`${user} lacks the privilege`);
    expect(await target.simulator.calls()).toEqual([]);
  });

  it('is refused by Kibana for outsiders and strangers', async () => {
    expect((await execute('outsider', subAction, params())).status).toBe(403);
    expect((await execute('nobody', subAction, params())).status).toBe(401);
    expect(await target.simulator.calls()).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{}, '[hosts]'],
    [{ hosts: [], comment: 'x' }, '[hosts]'],
    [{ hosts: [{}], comment: 'x' }, '[hosts[0]]'],
    [{ hosts: [{ name: 'srv-win1' }], comment: 'x' }, '[hosts[0]]'],
    [{ hosts: [{ uuid: '' }], comment: 'x' }, '[hosts[0].uuid]'],
    [{ hosts: [{ uuid: 'a,b' }], comment: 'x' }, '[hosts[0].uuid]'],
    [{ hosts: [{ uuid: ['a'] }], comment: 'x' }, '[hosts[0].uuid]'],
    [{ hosts: [{ agentId: '' }], comment: 'x' }, '[hosts[0].agentId]'],
    [{ hosts: [{ uuid: 'a' }], comment: '' }, '[comment]'],
    [{ hosts: [{ uuid: 'a' }] }, '[comment]'],
    [{ hosts: [{ uuid: 'a' }], comment: 'x', ids: ['1'] }, '[ids]'],
  ])('refuses %j and names %s', async (bad, field) => {
    const before = await target.records();
    const answer = await execute('admin', subAction, bad);
    expect(answer.json.status).toBe('error');
    expect(`${answer.json.message} ${answer.json.service_message}`).toContain(field);
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.records()).toHaveLength(before.length);
  });

  it('counts and names what did not go well', async () => {
    const answer = await execute('admin', subAction, {
      hosts: [{ uuid: candidate().uuid }, { uuid: fleet.clones[0]!.uuid, name: 'clone' }],
      comment: 'contract',
    });
    expect(answer.json).toMatchObject({ status: 'error' });
    expect(answer.json.service_message).toMatch(
      /^1 of 2 hosts .*clone refused: .*Action [0-9a-f-]{36}$/
    );
  });
});

describe('getAgents', () => {
  it('finds exact agents, and a part of a name', async () => {
    const [one, two] = fleet.connected;
    const exact = await execute('viewer', 'getAgents', { uuids: [one!.uuid, 'not-there'] });
    expect(exact.json.data.agents.map(({ id }: { id: string }) => id)).toEqual([one!.id]);
    const byId = await execute('viewer', 'getAgents', { ids: [two!.id] });
    expect(byId.json.data.agents).toHaveLength(1);
    const part = two!.computerName!.slice(0, -1);
    const byName = await execute('viewer', 'getAgents', { nameContains: part });
    expect(byName.json.data.agents.map(({ id }: { id: string }) => id)).toContain(two!.id);
  });

  it('pages through all agents, each once', async () => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const answer = await execute('viewer', 'getAgents', {
        limit: 7,
        ...(cursor ? { cursor } : {}),
      });
      expect(answer.json.status).toBe('ok');
      ids.push(...answer.json.data.agents.map(({ id }: { id: string }) => id));
      cursor = answer.json.data.cursor;
    } while (cursor !== null && ids.length < 1000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(fleet.all.length);
  });

  it.each<[unknown, string]>([
    [{ uuids: [] }, '[uuids]'],
    [{ uuids: ['a,b'] }, '[uuids[0]]'],
    [{ ids: ['x'] }, '[ids[0]]'],
    [{ limit: 0 }, '[limit]'],
    [{ limit: 1001 }, '[limit]'],
    [{ nameContains: '' }, '[nameContains]'],
    [{ computerName: 'x' }, '[computerName]'],
  ])('refuses %j and names %s', async (bad, field) => {
    const answer = await execute('admin', 'getAgents', bad);
    expect(answer.json.status).toBe('error');
    expect(answer.json.service_message).toContain(field);
    expect(await target.simulator.calls()).toEqual([]);
  });

  it('needs our privilege to view', async () => {
    const answer = await execute('reader', 'getAgents', {});
    expect(answer.json.service_message).toContain('[no_privilege]');
    expect(await target.simulator.calls()).toEqual([]);
  });
});

describe('testConnection', () => {
  const checks = async () => {
    const answer = await execute('admin', 'testConnection', {});
    expect(answer.json.status).toBe('ok');
    return new Map<string, { status: string; message: string; todo?: string }>(
      answer.json.data.checks.map((check: { id: string }) => [check.id, check])
    );
  };

  it('finds everything well, and writes nothing', async () => {
    const found = await checks();
    for (const id of ['reachable', 'token', 'expiry', 'version']) {
      expect([id, found.get(id)?.status]).toEqual([id, 'ok']);
    }
    expect(await target.simulator.writes()).toEqual([]);
  });

  it('says that the token is not accepted', async () => {
    await target.simulator.addFaults(readFault({ kind: 'status', status: 401 }));
    const found = await checks();
    expect(found.get('reachable')?.status).toBe('ok');
    expect(found.get('token')).toMatchObject({ status: 'failed', todo: expect.any(String) });
  });

  it('names the permission that is missing', async () => {
    await target.simulator.addFaults(readFault({ kind: 'status', status: 403 }));
    const found = await checks();
    expect(found.get('permissions')?.message).toContain('Endpoints.view');
  });

  it('says that SentinelOne cannot be reached', async () => {
    await target.simulator.addFaults(readFault({ kind: 'resetBefore' }, 3));
    expect((await checks()).get('reachable')).toMatchObject({ status: 'failed' });
  });

  it('takes no parameters', async () => {
    const answer = await execute('admin', 'testConnection', { url: 'https://example.org' });
    expect(answer.json.service_message).toContain('[url]');
  });
});

describe('what is no sub-action', () => {
  it.each([['isolate'], ['__proto__'], ['constructor'], ['request'], ['act']])(
    '%s is refused',
    async (name) => {
      const answer = await execute('admin', name, { hosts: [hostOf()], comment: 'x' });
      expect(answer.json.status).toBe('error');
      expect(await target.simulator.calls()).toEqual([]);
    }
  );
});
