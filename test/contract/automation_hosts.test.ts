import { affectedBy, idsOf } from '../helpers/hosts';
import { BASE, contractSuite } from '../helpers/contract_suite';
import type { HttpAnswer } from '../helpers/target';

/** Which hosts rules and API keys may act on, and that one bad host keeps no other from being acted on. */

const suite = contractSuite({ automation: true });
const whereRulesAct = process.env.AUTOMATION === 'false' ? it.skip : it;

/** Calls the connector with an API key, as a rule's action does. */
async function executeWithKey(subActionParams: object): Promise<HttpAnswer> {
  const { target } = suite;
  const headers = { authorization: await target.adminApiKey('Alerting: siem.queryRule/Hosts') };
  return target.request('nobody', 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
    body: { params: { subAction: 'isolateHost', subActionParams } },
    headers,
  });
}

async function recordOf({ json }: HttpAnswer) {
  const [actionId = ''] = /[0-9a-f-]{36}$/.exec(json.service_message ?? '') ?? [];
  return suite.target.record(json.data?.actionId ?? actionId);
}

/** The ids that SentinelOne was told to act on. */
const sentIds = async () => (await suite.target.simulator.writes()).flatMap(idsOf);

whereRulesAct('a host that is named by one thing only is refused and recorded', async () => {
  const [named, once, byId] = suite.fleet.connected;
  const answer = await executeWithKey({
    hosts: [
      { uuid: named!.uuid, name: named!.computerName },
      { uuid: once!.uuid },
      { agentId: byId!.id },
    ],
    comment: 'by a rule',
  });
  expect(answer.json.status).toBe('error');
  expect(answer.json.service_message).toMatch(/identified by one value only/);
  expect(await sentIds()).toEqual([named!.id]);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([named!.id]);
  expect((await recordOf(answer)).hosts).toMatchObject([
    { agentId: named!.id },
    { agentId: once!.id, outcome: 'refused', reason: 'named_once' },
    { agentId: byId!.id, outcome: 'refused', reason: 'named_once' },
  ]);
});

whereRulesAct('a host that has one of several names is acted on, another one is not', async () => {
  const [a, b] = suite.fleet.connected;
  const names = ['somebody-else', a!.computerName];
  const hosts = [
    { uuid: a!.uuid, names },
    { uuid: b!.uuid, names },
  ];
  const answer = await executeWithKey({ hosts, comment: 'by a rule' });
  expect(await sentIds()).toEqual([a!.id]);
  expect((await recordOf(answer)).hosts).toMatchObject([
    { agentId: a!.id },
    { agentId: b!.id, outcome: 'refused', reason: 'mismatch' },
  ]);
});

whereRulesAct(
  'a host with contradictory fields is refused, with the reason mismatch or ambiguous',
  async () => {
    const { uuid, computerName: name, id } = suite.fleet.connected[0]!;
    const hosts = [
      { uuid, name },
      { uuid, name: 'forged' },
    ];
    const answer = await executeWithKey({ hosts, comment: 'by a rule' });
    expect(answer.json.service_message).toMatch(/contradicting one on purpose/);
    expect(await sentIds()).toEqual([]);
    const record = await recordOf(answer);
    expect(record.hosts).toMatchObject([{ agentId: id, outcome: 'refused', reason: 'mismatch' }]);
    expect(record.hosts[0].detail).toMatch(/calls it forged.*contradicting one on purpose/);
  }
);

whereRulesAct('hosts with unusable fields in the alerts are recorded with the others', async () => {
  const { uuid, computerName: name, id } = suite.fleet.connected[0]!;
  const refusedHosts = [
    { reason: 'unusable_id', detail: 'host.id is a JSON number', name: 'web-9' },
  ];
  const answer = await executeWithKey({
    hosts: [{ uuid, name }],
    refusedHosts,
    comment: 'by a rule',
  });
  expect(await sentIds()).toEqual([id]);
  expect((await recordOf(answer)).hosts).toMatchObject([
    { agentId: id },
    {
      name: 'web-9',
      outcome: 'refused',
      reason: 'unusable_id',
      detail: 'host.id is a JSON number',
    },
  ]);
  await suite.target.simulator.clearCalls();

  const alone = await executeWithKey({ hosts: [], refusedHosts, comment: 'by a rule' });
  expect(alone.json.service_message).toMatch(/^0 of 1 host .*"web-9" refused/);
  expect(await suite.target.simulator.calls()).toEqual([]);
  expect((await recordOf(alone)).hosts).toMatchObject([{ name: 'web-9', reason: 'unusable_id' }]);

  const none = await executeWithKey({ hosts: [], comment: 'by a rule' });
  expect(none.json.status).toBe('error');
  expect(none.json.service_message).toMatch(/\[hosts\]/);
  expect(await suite.target.simulator.calls()).toEqual([]);
});

it('the limit of hosts counts only hosts that SentinelOne has', async () => {
  const { target } = suite;
  const settings = { protectedHosts: [], commentRequired: true };
  const put = (maxHosts: number) =>
    target.request('admin', 'PUT', '/api/sentinelone_response/settings', {
      body: { ...settings, maxHosts },
    });
  expect((await put(1)).status).toBe(200);
  try {
    const [a, b] = suite.fleet.connected;
    const act = (hosts: readonly object[]) =>
      target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
        body: { hosts, comment: 'limit' },
      });
    const invented = [{ uuid: 'invented-1' }, { uuid: 'invented-2', name: 'web' }];
    const mixed = await act([invented[0]!, { uuid: a!.uuid }, invented[1]!]);
    expect(mixed.status).toBe(207);
    expect(mixed.json.hosts).toMatchObject([
      { agentId: a!.id, outcome: 'requested' },
      { outcome: 'refused', reason: 'not_found' },
      { outcome: 'refused', reason: 'not_found' },
    ]);
    expect(await sentIds()).toEqual([a!.id]);
    await target.simulator.clearCalls();

    const two = await act([{ uuid: suite.fleet.connected[2]!.uuid }, { uuid: b!.uuid }]);
    expect(two.status).toBe(409);
    for (const host of two.json.hosts) {
      expect(host).toMatchObject({ outcome: 'refused', reason: 'too_many' });
    }
    expect(await target.simulator.writes()).toEqual([]);
  } finally {
    await put(1_000);
  }
});

it.each(['isolateHost', 'releaseHost'])(
  '%s refuses a JSON number as an agent id, and states what is accepted',
  async (subAction) => {
    const { target } = suite;
    const before = await target.countRecords();
    const hosts = '[{"agentId":1800000000000000018}]';
    const body = `{"params":{"subAction":"${subAction}","subActionParams":{"hosts":${hosts},"comment":"x"}}}`;
    const path = `/api/actions/connector/${target.connectorId}/_execute`;
    const answer = await target.request('admin', 'POST', path, { body });
    expect(answer.json.status).toBe('error');
    expect(`${answer.json.message} ${answer.json.service_message}`).toMatch(
      /\[hosts\[0\]\.agentId\].*a text of 1 to 20 digits/
    );
    const route = subAction === 'isolateHost' ? '_isolate' : '_release';
    const posted = await target.request('analyst', 'POST', `${BASE}/hosts/${route}`, {
      body: `{"hosts":${hosts},"comment":"x"}`,
    });
    expect(posted.status).toBe(400);
    expect(posted.json.message).toMatch(/\[hosts\[0\]\.agentId\].*a text of 1 to 20 digits/);
    expect(await target.simulator.calls()).toEqual([]);
    expect(await target.countRecords()).toBe(before);
  }
);

it.each(['/hosts/_status'])('%s refuses a JSON number as an agent id', async (path) => {
  const answer = await suite.target.request('analyst', 'POST', `${BASE}${path}`, {
    body: '{"agents":[{"agentId":1800000000000000018}]}',
  });
  expect(answer.status).toBe(400);
  expect(answer.json.message).toMatch(/\[agents\[0\]\.agentId\].*a text of 1 to 20 digits/);
  expect(await suite.target.simulator.calls()).toEqual([]);
});
