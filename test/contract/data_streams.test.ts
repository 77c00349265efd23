import { BASE, contractSuite } from '../helpers/contract_suite';
import { alertText, DOCUMENTS } from '../helpers/alert_documents';
import type { AddedAlerts } from '../helpers/target';

/** Alerts of every data stream of SentinelOne's, and what they name. */

const suite = contractSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});
const STREAMS = Object.keys(DOCUMENTS);

interface ListedAlert {
  readonly id: string;
  readonly agentUuid: string | null;
  readonly agentId: string | null;
  readonly hostName: string | null;
  readonly hosts?: readonly object[];
  readonly unusableIds?: readonly object[];
}

async function list(search: string): Promise<readonly ListedAlert[]> {
  const path = `${BASE}/alerts?perPage=100&search=${encodeURIComponent(search)}`;
  return (await suite.target.request('analyst', 'GET', path)).json.alerts;
}
async function hostsOf(alertIds: readonly string[]) {
  const body = { alertIds };
  const answer = await suite.target.request('analyst', 'POST', `${BASE}/alerts/_hosts`, { body });
  expect(answer.status).toBe(200);
  return answer.json;
}

it('are listed with their host, for each stream', async () => {
  const rule = `streams-${Date.now()}`;
  const [agent] = suite.fleet.connected;
  added = await suite.target.addAlerts(
    STREAMS.map((stream) => alertText(`${rule}-${stream}`, DOCUMENTS[stream]!(agent!)))
  );
  const listed = await list(rule);
  expect(listed.map(({ id }) => id).sort()).toEqual([...added.ids].sort());
  for (const [n, id] of added.ids.entries()) {
    const alert = listed.find((one) => one.id === id)!;
    expect([STREAMS[n], alert.hostName]).toEqual([STREAMS[n], agent!.computerName]);
    const named = { uuid: alert.agentUuid ?? agent!.uuid, id: alert.agentId ?? agent!.id };
    expect(named).toEqual({ uuid: agent!.uuid, id: agent!.id });
    expect(alert.agentUuid ?? alert.agentId).not.toBeNull();
    const one = await suite.target.request('analyst', 'GET', `${BASE}/alerts/${id}`);
    expect(one.json).toMatchObject({
      agentUuid: alert.agentUuid,
      agentId: alert.agentId,
      hostName: alert.hostName,
    });
  }
  const { hosts, withoutAgent } = await hostsOf(added.ids);
  expect(withoutAgent).toEqual([]);
  for (const host of hosts) {
    expect(host.agentUuid ?? agent!.uuid).toBe(agent!.uuid);
    expect(host.agentId ?? agent!.id).toBe(agent!.id);
  }
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('identify no host by an agent id that is a JSON number, and return the reason', async () => {
  // JavaScript rounds the number to the id of the first.
  await suite.target.simulator.reset({
    fleet: [
      { id: '1800000000000000000', computerName: 'another-host' },
      { id: '1800000000000000018', computerName: 'web-9' },
    ],
  });
  const rule = `number-${Date.now()}`;
  added = await suite.target.addAlerts([
    alertText(
      rule,
      '"event":{"dataset":"sentinel_one.threat"},"sentinel_one":{"threat":{"agent":{"id":1800000000000000018}}}'
    ),
  ]);
  const [alert] = await list(rule);
  expect(alert).toMatchObject({
    agentUuid: null,
    agentId: null,
    unusableIds: [{ field: 'sentinel_one.threat.agent.id', problem: 'number' }],
  });
  const { hosts, withoutAgent, unusable } = await hostsOf(added.ids);
  expect([hosts, withoutAgent]).toEqual([[], added.ids]);
  expect(unusable).toMatchObject([
    { alertId: added.ids[0], unusableIds: [{ field: 'sentinel_one.threat.agent.id' }] },
  ]);
  const asked = (await suite.target.simulator.calls()).map(({ query }) => query.raw);
  expect(asked.filter((query) => query.includes('1800000000000000'))).toEqual([]);
});

it('are identified by the UUID if the agent id is such a number', async () => {
  const rule = `beside-${Date.now()}`;
  const { uuid, id, computerName } = suite.fleet.connected[0]!;
  added = await suite.target.addAlerts([
    alertText(
      rule,
      `"event.dataset":"sentinel_one.threat","sentinel_one":{"threat":{"agent":{"uuid":"${uuid}","id":${id}}}},"host":{"name":"${computerName}"}`
    ),
  ]);
  const [alert] = await list(rule);
  expect(alert).toMatchObject({ agentUuid: uuid, agentId: null, hostName: computerName });
  const body = { agents: [{ uuid: alert!.agentUuid }] };
  const status = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_status`, { body });
  expect(status.json.hosts).toMatchObject([{ state: 'known', agent: { id } }]);
});

it('with several values name several hosts, and no single one', async () => {
  const rule = `several-${Date.now()}`;
  const [a, b] = suite.fleet.connected;
  const names = [a!.computerName, b!.computerName];
  added = await suite.target.addAlerts([
    alertText(
      rule,
      `"event.dataset":"sentinel_one.alert","observer":{"serial_number":["${a!.uuid}","${b!.uuid}"]},"host":{"name":["${names.join('","')}"]}`
    ),
  ]);
  const [alert] = await list(rule);
  const hosts = [a!, b!].map(({ uuid }) => ({
    agentUuid: uuid,
    agentId: null,
    hostNames: names,
  }));
  expect(alert).toMatchObject({ agentUuid: null, agentId: null, hostName: null, hosts });
  expect((await hostsOf(added.ids)).hosts).toEqual(
    hosts.map((host) => ({ ...host, hostName: null, alertIds: added!.ids }))
  );
});
