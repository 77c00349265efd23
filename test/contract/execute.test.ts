import { contractSuite } from '../support/contract_suite';
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

  it('counts and names what did not go well', async () => {
    const answer = await suite.execute('admin', subAction, {
      hosts: [{ uuid: candidate().uuid }, { uuid: suite.fleet.clones[0]!.uuid, name: 'clone' }],
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
    const answer = await suite.execute('admin', 'testConnection', {});
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
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('says that the token is not accepted', async () => {
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

  it('says that SentinelOne cannot be reached', async () => {
    await suite.target.simulator.addFaults(readFault({ kind: 'resetBefore' }, 3));
    expect((await checks()).get('reachable')).toMatchObject({ status: 'failed' });
  });
});
