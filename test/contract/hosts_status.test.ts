import { BASE, contractSuite } from '../support/contract_suite';

const suite = contractSuite();

describe('status of hosts', () => {
  const ask = (agents: unknown[]) =>
    suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, { body: { agents } });

  it('tells each state in one call, and in a second one what the ids lead to that the UUIDs do not', async () => {
    const [clone] = suite.fleet.clones;
    const answer = await ask([
      { uuid: suite.fleet.connected[0]!.uuid },
      { uuid: clone!.uuid },
      { uuid: clone!.uuid, agentId: clone!.id },
      { uuid: suite.fleet.connected[0]!.uuid, agentId: suite.fleet.connected[1]!.id },
      { uuid: 'not-there' },
      { uuid: suite.fleet.decommissioned[0]!.uuid },
    ]);
    expect(answer.status).toBe(200);
    const states = answer.json.hosts.map(({ state }: { state: string }) => state);
    expect(states.slice(0, 5)).toEqual(['known', 'ambiguous', 'known', 'mismatch', 'unknown']);
    const calls = await suite.target.simulator.calls();
    expect(calls).toHaveLength(2);
    for (const call of calls) {
      expect(call).toMatchObject({ method: 'GET', authorization: 'ApiToken', tokenInUrl: false });
    }
    expect(calls[1]!.query.parsed).toMatchObject({ ids: suite.fleet.connected[1]!.id });
  });

  it('tells all in one call where every UUID leads to the agent of the id', async () => {
    const agents = suite.fleet.connected.map(({ uuid, id }) => ({ uuid, agentId: id }));
    const answer = await ask(agents);
    const ids = answer.json.hosts.map(({ agent }: { agent: { id: string } }) => agent.id);
    expect(ids).toEqual(agents.map(({ agentId }) => agentId));
    expect(await suite.target.simulator.calls()).toHaveLength(1);
  });

  it('asks once for a hundred agents', async () => {
    const agents = Array.from({ length: 100 }, (_, n) => ({
      uuid: `${'0'.repeat(29)}${String(n).padStart(3, '0')}`,
    }));
    expect((await ask(agents)).status).toBe(200);
    expect(await suite.target.simulator.calls()).toHaveLength(1);
  });

  it('shares one call between fifty viewers of one host', async () => {
    const { uuid } = suite.fleet.connected[2]!;
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask([{ uuid }])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await suite.target.simulator.calls()).length).toBeLessThanOrEqual(2);
  });
});
