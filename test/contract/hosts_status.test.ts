import { randomInt } from 'node:crypto';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';

const suite = contractSuite();

describe('status of hosts', () => {
  const ask = (agents: unknown[], change = {}) =>
    suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
      body: { agents, ...change },
    });

  it('returns each state with one call, and a second call for ids whose UUIDs match no agent', async () => {
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

  it('makes one call if every UUID belongs to the agent with the id', async () => {
    const agents = suite.fleet.connected.map(({ uuid, id }) => ({ uuid, agentId: id }));
    // An agent that had another UUID in an earlier file is looked up by its id once more in the same Kibana.
    await ask(agents);
    await suite.target.simulator.clearCalls();
    const answer = await ask(agents, { fresh: true });
    const ids = answer.json.hosts.map(({ agent }: { agent: { id: string } }) => agent.id);
    expect(ids).toEqual(agents.map(({ agentId }) => agentId));
    expect(await suite.target.simulator.calls()).toHaveLength(1);
  });

  it('makes one call for a hundred agents', async () => {
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

describe('authorization', () => {
  it('refuses users who may not execute connectors, even for shared statuses', async () => {
    const { target } = suite;
    const agents = [{ uuid: suite.fleet.connected[0]!.uuid }];
    const ask = (user: 'viewer' | 'unconnected', change = {}) =>
      target.request(user, 'POST', `${BASE}/hosts/_status`, { body: { agents, ...change } });
    expect((await ask('viewer', { fresh: true })).status).toBe(200);
    const refused = await ask('unconnected');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('networkStatus');
    expect(await target.simulator.calls()).toHaveLength(1);
  });

  it('is the same for the test of the connection, which is shared for a minute', async () => {
    const { target } = suite;
    const ask = (user: 'viewer' | 'unconnected') => target.request(user, 'GET', `${BASE}/setup`);
    const seen = await ask('viewer');
    expect(seen.json.connection.state).toBe('answered');
    const calls = (await target.simulator.calls()).length;
    const refused = await ask('unconnected');
    expect(refused.json.connection).toMatchObject({
      state: 'unknown',
      missing: '"Actions and Connectors: Read"',
    });
    expect(await target.simulator.calls()).toHaveLength(calls);
  });
});

describe('the time of a status', () => {
  const ask = (body: object) =>
    suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, { body });

  it('is when SentinelOne was read, on the same clock as the time of an acceptance', async () => {
    const { target } = suite;
    const { uuid, computerName: name } = suite.fleet.connected[0]!;
    const before = await ask({ agents: [{ uuid }] });
    const acted = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ uuid, name }], comment: 'time' },
    });
    const after = await ask({ agents: [{ uuid }], fresh: true });
    expect([before.status, acted.status, after.status]).toEqual([200, 200, 200]);
    const { clock, at: acceptedAt } = acted.json.acceptedAt;
    const { receivedAt } = after.json;
    // Several nodes have clocks of their own.
    if (receivedAt.clock === clock) {
      expect(before.json.hosts[0].readAt).toBeLessThan(acceptedAt);
      expect(after.json.hosts[0].readAt).toBeGreaterThanOrEqual(acceptedAt);
    }
    expect(after.json.hosts[0].readAt).toBeGreaterThanOrEqual(receivedAt.at);
    expect(after.json.hosts[0].agent.networkStatus).toMatch(/^disconnect(ing|ed)$/);
    expect(await target.simulator.writes()).toHaveLength(1);
  });

  it('is never from before the request if a new reading is requested', async () => {
    const agents = [{ uuid: suite.fleet.connected[3]!.uuid }];
    await ask({ agents });
    const shared = await ask({ agents });
    expect(await suite.target.simulator.calls()).toHaveLength(1);
    expect(shared.json.hosts[0].readAt).toBeLessThan(shared.json.receivedAt.at);
    const fresh = await ask({ agents, fresh: true });
    expect(fresh.json.hosts[0].readAt).toBeGreaterThanOrEqual(fresh.json.receivedAt.at);
    expect(await suite.target.simulator.calls()).toHaveLength(2);
  });

  it('accepts no other value', async () => {
    const answer = await ask({ agents: [{ uuid: suite.fleet.connected[0]!.uuid }], fresh: 'yes' });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain('fresh');
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

describe('a host that is isolated', () => {
  const newAgent = (computerName: string) => ({
    id: `18${String(randomInt(2 ** 47)).padStart(17, '0')}`,
    computerName,
  });
  const isOutside = async (agentId: string): Promise<boolean | undefined> => {
    const answer = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
      body: { agents: [{ agentId }], fresh: true },
    });
    return answer.json.hosts[0].agent.isIsolatedOutside;
  };

  it('is marked if it was done outside Kibana, and not if Kibana did it', async () => {
    const { simulator } = suite.target;
    // Agents that no earlier test has acted on: what Kibana remembers of an agent outlives a test.
    const [ours, others] = [newAgent('ours'), newAgent('others')];
    await simulator.reset({ fleet: [ours, others] });
    const isolated = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ agentId: ours.id }], comment: 'Beaconing' },
    });
    expect(isolated.status).toBe(200);
    await simulator.setAgent(ours.id, { networkStatus: 'disconnected' });
    await simulator.setAgent(others.id, { networkStatus: 'disconnected' });
    expect(await isOutside(ours.id)).toBeUndefined();
    expect(await isOutside(others.id)).toBe(true);
    expect(affectedBy(await simulator.writes())).toEqual([ours.id]);
  });
});
