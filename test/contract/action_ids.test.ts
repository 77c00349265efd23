import { randomUUID } from 'node:crypto';
import { BASE, contractSuite } from '../helpers/contract_suite';

/** Only the plugin makes the ids of actions: a forged or reused one is refused, and nothing is sent. */

const suite = contractSuite();

const act = (body: object) =>
  suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, { body });

describe.each(['isolateHost', 'releaseHost'])('%s', (subAction) => {
  const execute = (actionId: unknown) =>
    suite.execute('analyst', subAction, { hosts: [suite.hostOf()], comment: 'c', actionId });

  it('refuses an id that was never issued, and records nothing', async () => {
    const before = await suite.target.countRecords();
    const { json } = await execute(randomUUID());
    expect(json.status).toBe('error');
    expect(json.service_message).toMatch(/^\[actionId\]: got ".*"; accepted is only an unused id/);
    expect(await suite.target.countRecords()).toBe(before);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });

  it.each(['', 'x', null, 7, `${randomUUID()}:1`])('refuses %j as an id', async (actionId) => {
    const { json } = await execute(actionId);
    expect(json.status).toBe('error');
    expect(json.service_message ?? json.message).toMatch(/\[actionId\]: got .*a UUID/);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });

  it('refuses the id of a recorded action, for any user', async () => {
    const { target, fleet } = suite;
    const first = await act({ hosts: [suite.hostOf()], comment: 'first' });
    expect(first.status).toBe(200);
    const { actionId } = first.json;
    const record = await target.record(actionId);
    await target.simulator.clearCalls();
    for (const user of ['analyst', 'admin'] as const) {
      const { json } = await suite.execute(user, subAction, {
        hosts: [{ agentId: fleet.connected[1]!.id }],
        comment: 'again',
        actionId,
      });
      expect(json.service_message).toContain('[actionId]: got');
    }
    expect(await target.simulator.calls()).toEqual([]);
    expect((await target.record(actionId)).hosts).toHaveLength(record.hosts.length);
    expect((await target.record(actionId)).comment).toBe('first');
  });
});

it.each([`${BASE}/hosts/_isolate`, `${BASE}/hosts/_release`, '/api/sentinelone_response/actions'])(
  '%s accepts no id from the caller',
  async (path) => {
    const action = path.startsWith(BASE) ? {} : { action: 'isolate' };
    const body = { ...action, hosts: [suite.hostOf()], comment: 'c', actionId: randomUUID() };
    const answer = await suite.target.request('analyst', 'POST', path, { body });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain('[actionId]');
    expect(await suite.target.simulator.calls()).toEqual([]);
  }
);

it('answers a failed action from the record of its id', async () => {
  const { target, fleet } = suite;
  const hosts = [suite.hostOf(), { agentId: '9999999999' }];
  const answer = await act({ hosts, comment: 'one of two' });
  expect(answer.status).toBe(207);
  expect(answer.json.hosts).toMatchObject([
    { agentId: fleet.connected[0]!.id, outcome: 'requested' },
    { agentId: '9999999999', outcome: 'refused', reason: 'not_found' },
  ]);
  expect((await target.record(answer.json.actionId)).comment).toBe('one of two');
  expect(await target.simulator.writes()).toHaveLength(1);
});
