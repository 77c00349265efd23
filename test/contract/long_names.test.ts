import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';

/** Whoever controls a machine chooses its name: a giant one must not keep it, or others, from being isolated. */

const suite = contractSuite();

it('one agent with a name of 40 kB does not prevent that other hosts of a bulk action are isolated and recorded', async () => {
  const { target } = suite;
  const [giant, other] = suite.fleet.connected;
  await target.simulator.setAgent(giant!.id, { computerName: 'x'.repeat(40_000) });
  const body = { hosts: [{ agentId: giant!.id }, { agentId: other!.id }], comment: 'Beaconing' };
  const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, { body });
  expect(answer.status).toBe(200);
  expect(answer.json.hosts).toMatchObject([
    { agentId: giant!.id, outcome: 'requested' },
    { agentId: other!.id, outcome: 'requested' },
  ]);
  expect(answer.text.length).toBeLessThan(2_000);
  expect([...affectedBy(await target.simulator.writes())].sort()).toEqual(
    [giant!.id, other!.id].sort()
  );
  const record = await target.record(answer.json.actionId);
  expect(record.hosts).toMatchObject([
    { agentId: giant!.id, name: expect.stringMatching(/^x{256}…$/) },
    { agentId: other!.id, name: other!.computerName },
  ]);
});

it('protects a host by the end of a very long name', async () => {
  const { target } = suite;
  const [giant] = suite.fleet.connected;
  await target.simulator.setAgent(giant!.id, { computerName: `${'x'.repeat(40_000)}-prod` });
  const settings = '/api/sentinelone_response/settings';
  const { json: before } = await target.request('admin', 'GET', settings);
  const put = (body: unknown) => target.request('admin', 'PUT', settings, { body });
  const protectedHosts = [{ field: 'name', pattern: '*-prod' }];
  expect((await put({ ...before, protectedHosts })).status).toBe(200);
  try {
    const body = { hosts: [{ agentId: giant!.id }], comment: 'Beaconing' };
    const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, { body });
    expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'protected' }]);
    expect(await target.simulator.writes()).toEqual([]);
  } finally {
    await put(before);
  }
});
