import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, type SimulatedAgent } from '../helpers/hosts';

/**
 * Whoever controls a machine chooses its name: line breaks in it must not forge entries of logs, and
 * bidirectional characters must not show it as another host. It can still be isolated.
 */

const suite = contractSuite();
const SETTINGS = '/api/sentinelone_response/settings';
const FORGED = 'web\n[2024-07-03T03:45:00.000+00:00][INFO ][plugins] all is well\u202e10-';
const SHOWN = 'web\\n[2024-07-03T03:45:00.000+00:00][INFO ][plugins] all is well\\u202e10-';
const BEGINS_A_LINE = /^\[2024-07-03T03:45:00/m;

async function renamed(computerName: string): Promise<SimulatedAgent> {
  const [agent] = suite.fleet.connected;
  await suite.target.simulator.setAgent(agent!.id, { computerName });
  return agent!;
}
const isolate = (host: object, comment = 'Beaconing') =>
  suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts: [host], comment },
  });

it('shows invisible characters in the name of a host, and isolates it by the displayed name', async () => {
  const { id: agentId, uuid } = await renamed(FORGED);
  const status = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
    body: { agents: [{ agentId }] },
  });
  expect(status.json.hosts[0].agent.computerName).toBe(SHOWN);
  const found = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_find`, {
    body: { name: SHOWN },
  });
  expect(found.json.agents.map(({ id }: { id: string }) => id)).toEqual([agentId]);

  const answer = await isolate({ agentId, uuid, name: 'web-1', confirmedName: SHOWN });
  expect(answer.json.hosts).toMatchObject([{ agentId, name: SHOWN, outcome: 'requested' }]);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agentId]);
});

it('writes no such name to the log, or to the response of the actions framework', async () => {
  const { id: agentId } = await renamed(FORGED);
  const refused = await suite.execute('analyst', 'isolateHost', {
    hosts: [{ agentId, name: 'web-1' }],
    comment: 'Two lines,\nthe second',
  });
  const said = JSON.stringify(refused.json);
  expect(said).toContain('refused');
  expect(refused.json.service_message).toContain(JSON.stringify(SHOWN));
  expect(refused.json.service_message).not.toMatch(/[\n\u202e]/);
  expect(await suite.target.logs()).not.toMatch(BEGINS_A_LINE);
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('keeps the lines of a comment', async () => {
  const { id: agentId } = suite.fleet.connected[0]!;
  const comment = 'Beaconing:\n\t10.0.0.7\r\nSecond reason';
  const answer = await isolate({ agentId }, comment);
  expect(answer.json.hosts).toMatchObject([{ agentId, outcome: 'requested' }]);
  expect((await suite.target.record(answer.json.actionId)).comment).toBe(comment);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agentId]);
});

it.each([
  ['a pattern', 'pattern', { protectedHosts: [{ field: 'name', pattern: 'dc\u202e-*' }] }],
  ['a pattern', 'pattern', { protectedHosts: [{ field: 'site', pattern: 'a\nb' }] }],
])('refuses settings with control characters in %s', async (_what, field, changes) => {
  const before = await suite.target.request('admin', 'GET', SETTINGS);
  const body = { ...before.json, ...changes };
  const answer = await suite.target.request('admin', 'PUT', SETTINGS, { body });
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(`[protectedHosts[0].${field}]`);
  expect(answer.json.message).not.toMatch(/[\n\u202e]/);
  expect((await suite.target.request('admin', 'GET', SETTINGS)).json).toEqual(before.json);
});
