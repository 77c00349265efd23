import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import type { UserName } from '../helpers/target';
import { untilIs } from '../helpers/until';

/** Isolating and releasing by our routes. */

const suite = contractSuite();

describe('isolate and release', () => {
  const act = (action: string, hosts: unknown[], user: UserName = 'analyst') =>
    suite.target.request(user, 'POST', `${BASE}/hosts/_${action}`, {
      body: { hosts, comment: 'contract' },
    });
  const statusOf = async (id: string) => (await suite.target.simulator.agent(id)).networkStatus;
  const reconciled = async (id: string, status: string) => {
    await untilIs(
      `${id} is ${status}`,
      () => statusOf(id),
      (now) => now === status
    );
  };

  it('isolates the named host and no other, and releases it again', async () => {
    const agent = suite.fleet.connected[0]!;
    const isolated = await act('isolate', [suite.hostOf()]);
    expect(isolated.status).toBe(200);
    expect(isolated.json.hosts).toEqual([
      { uuid: agent.uuid, agentId: agent.id, name: agent.computerName, outcome: 'requested' },
    ]);
    await reconciled(agent.id, 'disconnected');
    const released = await act('release', [suite.hostOf()]);
    expect(released.status).toBe(200);
    await reconciled(agent.id, 'connected');
    const writes = await suite.target.simulator.writes();
    expect(writes.map(({ path }) => path.split('/').pop())).toEqual(['disconnect', 'connect']);
    for (const write of writes) expect(idsOf(write)).toEqual([agent.id]);
    expect(affectedBy(writes)).toEqual([agent.id]);
  });

  it('records it with the user, the comment and the outcome', async () => {
    const { json } = await act('isolate', [suite.hostOf()]);
    expect(await suite.target.record(json.actionId)).toMatchObject({
      action: 'isolate',
      state: 'requested',
      comment: 'contract',
      actor: { username: 'analyst' },
      hosts: [{ agentId: suite.fleet.connected[0]!.id, outcome: 'requested' }],
    });
  });

  it('sends nothing to a host that is already in the state', async () => {
    const agent = suite.fleet.isolated[0]!;
    const answer = await act('isolate', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('keeps an action on an offline host pending, with the reason', async () => {
    const agent = suite.fleet.offline[0]!;
    const answer = await act('isolate', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'requested', reason: 'offline' }]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
    expect(await statusOf(agent.id)).toBe('disconnecting');
    // A queued isolation is undone by releasing.
    const undone = await act('release', [{ uuid: agent.uuid, name: agent.computerName }]);
    expect(undone.status).toBe(200);
    expect(await suite.target.simulator.writes()).toHaveLength(2);
  });

  it.each<[string, () => object, string]>([
    ['an unknown UUID', () => ({ uuid: 'not-there' }), 'not_found'],
    ['a shared UUID', () => ({ uuid: suite.fleet.clones[0]!.uuid }), 'ambiguous'],
    ['another name', () => ({ ...suite.hostOf(), name: 'another' }), 'mismatch'],
    [
      'a UUID and an id of two agents',
      () => ({ uuid: suite.fleet.connected[0]!.uuid, agentId: suite.fleet.connected[1]!.id }),
      'mismatch',
    ],
    [
      'a decommissioned agent',
      () => ({ uuid: suite.fleet.decommissioned[0]!.uuid }),
      'decommissioned',
    ],
    ['an uninstalled agent', () => ({ uuid: suite.fleet.uninstalled[0]!.uuid }), 'uninstalled'],
  ])('refuses %s', async (_, host, reason) => {
    for (const action of ['isolate', 'release']) {
      const answer = await act(action, [host()]);
      expect(answer.status).toBe(409);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason }]);
    }
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('acts on the valid hosts of several and reports the others', async () => {
    const answer = await act('isolate', [
      suite.hostOf(0),
      { uuid: 'not-there' },
      suite.hostOf(1),
      suite.hostOf(0),
    ]);
    expect(answer.status).toBe(207);
    expect(answer.json.hosts).toHaveLength(3);
    const writes = await suite.target.simulator.writes();
    expect(writes).toHaveLength(1);
    expect([...idsOf(writes[0]!)].sort()).toEqual(
      [suite.fleet.connected[0]!.id, suite.fleet.connected[1]!.id].sort()
    );
  });

  it('sends one write for twenty simultaneous requests', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => act('isolate', [suite.hostOf()]))
    );
    const outcomes = answers.flatMap(({ json }) =>
      json.hosts.map((host: { outcome: string; reason?: string }) => host.reason ?? host.outcome)
    );
    expect(outcomes.filter((outcome) => outcome === 'requested')).toHaveLength(1);
    expect(
      outcomes.filter((outcome) => !['requested', 'unchanged', 'in_flight'].includes(outcome))
    ).toEqual([]);
    expect(await suite.target.simulator.writes()).toHaveLength(1);
  });

  it('refuses a host with another action in progress, and names its user', async () => {
    const { simulator } = suite.target;
    await simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'delay', ms: 1_000 },
    });
    const first = act('isolate', [suite.hostOf()]);
    await untilIs('the command is sent', simulator.writes, ({ length }) => length > 0);
    // The release differs from the action that holds the lock, so the lock refuses it.
    const second = await act('release', [suite.hostOf()], 'admin');
    expect(second.status).toBe(409);
    expect(second.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'in_flight' }]);
    expect(second.json.hosts[0].detail).toContain('analyst');
    expect((await first).status).toBe(200);
    expect((await simulator.writes()).map(({ path }) => path)).toEqual([
      '/agents/actions/disconnect',
    ]);
  });

  it('accepts a different name only if it is confirmed', async () => {
    const agent = suite.fleet.connected[0]!;
    const named = { uuid: agent.uuid, name: 'as-the-alert-has-it' };
    const refused = await act('isolate', [{ ...named, confirmedName: 'something else' }]);
    expect(refused.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'mismatch' }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
    const confirmed = await act('isolate', [{ ...named, confirmedName: agent.computerName }]);
    expect(confirmed.json.hosts).toMatchObject([{ outcome: 'requested' }]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });

  it('acts on a hundred hosts with three calls at most', async () => {
    const { simulator } = suite.target;
    await simulator.reset({ fleet: 100 });
    const agents = await simulator.agents();
    const hosts = agents.map(({ uuid, computerName }) => ({ uuid, name: computerName }));
    const answer = await act('isolate', hosts);
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toHaveLength(100);
    expect((await simulator.calls()).length).toBeLessThanOrEqual(3);
    expect([...affectedBy(await simulator.writes())].sort()).toEqual(
      agents.map(({ id }) => id).sort()
    );
  });

  it('distinguishes clones by the agent id', async () => {
    const clone = suite.fleet.clones.find(
      (agent) =>
        !agent.isDecommissioned && !agent.isUninstalled && agent.networkStatus === 'connected'
    )!;
    const answer = await act('isolate', [{ uuid: clone.uuid, agentId: clone.id }]);
    expect(answer.status).toBe(200);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([clone.id]);
  });
});
