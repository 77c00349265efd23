import { BASE, contractSuite } from '../helpers/contract_suite';
import type { UserName } from '../helpers/target';

/** `GET …/hosts/isolated`: which hosts are isolated now, whoever did it, for how many calls to SentinelOne. */

const suite = contractSuite();

const get = (user: UserName = 'viewer', query = '') =>
  suite.target.request(user, 'GET', `${BASE}/hosts/isolated${query}`);

const callsTo = async (path: string) =>
  (await suite.target.simulator.calls()).filter((call) => call.path === path);

it('names who isolated a host: by the record, else by the activity log', async () => {
  const { target, fleet } = suite;
  const [ours, theirs, policy] = fleet.connected;
  const comment = 'Beaconing to a known server';
  const at = '2026-01-02T03:04:05.000Z';
  await target.simulator.isolate({ ids: [theirs!.id], by: 'Carla Console', at });
  await target.simulator.isolate({ ids: [policy!.id], at });
  const act = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts: [{ uuid: ours!.uuid, name: ours!.computerName }], comment },
  });
  expect(act.status).toBe(200);
  const { status, json } = await get('viewer', '?perPage=1000');
  expect(status).toBe(200);
  const hostOf = (id: string) =>
    json.hosts.find(({ agent }: { agent: { id: string } }) => agent.id === id);
  expect(hostOf(ours!.id)).toMatchObject({
    ...{ source: 'record', by: 'analyst', comment, actionId: act.json.actionId },
    since: expect.stringMatching(/^\d{4}-/),
  });
  expect(hostOf(theirs!.id)).toMatchObject({ source: 'activity', by: 'Carla Console', since: at });
  expect(hostOf(policy!.id)).toMatchObject({ source: 'activity', by: null, since: at });
  // The sample fleet has hosts of which the log says nothing.
  expect(hostOf(fleet.isolated[0]!.id)).toMatchObject({ source: 'outside', by: null, since: null });
  expect(json.total).toBe(json.hosts.length);

  // The viewers share the answer.
  await target.simulator.clearCalls();
  await Promise.all(Array.from({ length: 10 }, () => get()));
  expect(await callsTo('/agents')).toEqual([]);
  expect(await callsTo('/activities')).toEqual([]);
});
