import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { TOKEN } from '../helpers/target';

/** Which agent is meant when its UUID or id changed, when clones share a UUID, or when names are written otherwise. */

const suite = contractSuite({ automation: true });

const act = (action: string, hosts: readonly object[]) =>
  suite.target.request('analyst', 'POST', `${BASE}/hosts/_${action}`, {
    body: { hosts, comment: 'contract' },
  });
const statusOf = async (agents: readonly object[]) =>
  (await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, { body: { agents } })).json
    .hosts;
/** The paths of the writes, and the ids that each named. */
const sent = async () =>
  (await suite.target.simulator.writes()).map((write) => [write.path, idsOf(write)]);

/** How an alert names the first connected agent after one of its identifiers changed. */
const outdated = {
  'the UUID': () => {
    const { id, computerName: name } = suite.fleet.connected[0]!;
    return { uuid: '00000000000000000000000000000000', agentId: id, name };
  },
  'the agent id': () => {
    const { uuid, computerName: name } = suite.fleet.connected[0]!;
    return { uuid, agentId: '999', name };
  },
} as const;

describe.each(Object.keys(outdated) as Array<keyof typeof outdated>)('%s changed', (changed) => {
  const found = changed === 'the UUID' ? 'agentId' : 'uuid';

  it('the status contains which agent is found, and by which identifier', async () => {
    const { name: _, ...reference } = outdated[changed]();
    const agent = suite.fleet.connected[0]!;
    expect(await statusOf([reference])).toMatchObject([
      { state: 'partial_match', foundBy: found, agent: { id: agent.id, uuid: agent.uuid } },
    ]);
  });

  it('nothing is sent before its name is confirmed, and then only to this agent', async () => {
    const host = outdated[changed]();
    const agent = suite.fleet.connected[0]!;
    const refused = await act('isolate', [host]);
    expect(refused.status).toBe(409);
    expect(refused.json.hosts).toMatchObject([
      { agentId: agent.id, outcome: 'refused', reason: 'mismatch' },
    ]);
    expect(refused.json.hosts[0].detail).toMatch(
      changed === 'the UUID'
        ? /^No agent has the UUID 0{32}\. The agent id \d+ belongs to .*whose UUID is .*\. Confirm its name/
        : /^No agent has the id 999\. The UUID \S+ belongs to .*agent id \d+.*\. Confirm its name/
    );
    const wrong = await act('isolate', [{ ...host, confirmedName: 'another' }]);
    expect(wrong.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'mismatch' }]);
    expect(await sent()).toEqual([]);

    const confirmed = await act('isolate', [{ ...host, confirmedName: agent.computerName }]);
    expect(confirmed.status).toBe(200);
    expect(await sent()).toEqual([['/agents/actions/disconnect', [agent.id]]]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });

  const whereRulesAct = process.env.AUTOMATION === 'false' ? it.skip : it;
  whereRulesAct('no rule or API key acts, whatever it confirms', async () => {
    const { target } = suite;
    const { computerName: confirmedName } = suite.fleet.connected[0]!;
    for (const key of ['contract test', 'Alerting: siem.queryRule/Identity']) {
      const answer = await target.request(
        'nobody',
        'POST',
        `/api/actions/connector/${target.connectorId}/_execute`,
        {
          headers: { authorization: await target.adminApiKey(key) },
          body: {
            params: {
              subAction: 'isolateHost',
              subActionParams: {
                hosts: [{ ...outdated[changed](), confirmedName }],
                comment: 'contract',
                alertIds: [`identity-${Date.now()}`],
              },
            },
          },
        }
      );
      expect(answer.json.service_message).toMatch(
        /No agent has the .*Rules and API keys act only on an agent that UUID and id agree on/
      );
    }
    expect(await sent()).toEqual([]);
  });
});

describe('a UUID and an id of two agents', () => {
  const two = () => [suite.fleet.connected[0]!, suite.fleet.connected[1]!] as const;

  it('are refused despite confirmation, with the agent of each identifier', async () => {
    const [{ uuid }, { id }] = two();
    const [one, other] = suite.fleet.connected;
    for (const confirmedName of [one!.computerName, other!.computerName]) {
      const answer = await act('isolate', [{ uuid, agentId: id, confirmedName }]);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'mismatch' }]);
      const { detail } = answer.json.hosts[0];
      expect(detail).toContain(`The UUID ${uuid} belongs to ${one!.computerName} (agent id`);
      expect(detail).toContain(`The agent id ${id} belongs to ${other!.computerName} (agent id`);
    }
    expect(await sent()).toEqual([]);
  });

  it('allow an action by the id alone', async () => {
    const [, { id }] = two();
    expect((await act('isolate', [{ agentId: id }])).status).toBe(200);
    expect(await sent()).toEqual([['/agents/actions/disconnect', [id]]]);
  });
});

describe('clones', () => {
  it('are refused by their UUID, and distinguished by id, last seen, site and state', async () => {
    const { uuid } = suite.fleet.clones[0]!;
    const clones = suite.fleet.clones.filter((agent) => agent.uuid === uuid);
    const { simulator } = suite.target;
    await simulator.setAgent(clones[1]!.id, { isDecommissioned: true, isActive: false });
    for (const host of [{ uuid }, { uuid, agentId: '999', confirmedName: 'any' }]) {
      const answer = await act('isolate', [host]);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'ambiguous' }]);
      const { detail } = answer.json.hosts[0];
      for (const { id } of clones) expect(detail).toContain(`(agent id ${id}, `);
      expect(detail).toMatch(/online.*; .*(last seen \d{4}-|offline).*, decommissioned, site /);
    }
    expect(await sent()).toEqual([]);
  });
});

describe('a different spelling of a name', () => {
  it.each([
    ['letter case', 'SRV-Büro-01', 'srv-büro-01'],
    ['Unicode form', 'srv-bu\u0308ro-01', 'srv-büro-01'],
    ['a blank behind', 'srv-01', 'srv-01 '],
    ['other blanks around it in SentinelOne', '\u00a0srv-01\r\n', 'srv-01'],
    ['the apostrophe', 'Anna’s MacBook Pro', "Anna's MacBook Pro"],
    ['a DNS suffix', 'PC-1', 'pc-1.corp.example'],
    ['a DNS suffix in SentinelOne', 'pc-1.corp.example', 'PC-1'],
  ])('is the same for a person and a rule: %s', async (_, computerName, name) => {
    const { simulator } = suite.target;
    const { id, uuid } = suite.fleet.connected[0]!;
    await simulator.setAgent(id, { computerName });
    const isolated = await act('isolate', [{ uuid, name }]);
    expect(isolated.json.hosts).toMatchObject([
      { outcome: 'requested', name: computerName.trim() },
    ]);
    expect(await sent()).toEqual([['/agents/actions/disconnect', [id]]]);

    const confirmed = await act('release', [{ uuid, name: 'another', confirmedName: name }]);
    expect(confirmed.status).toBe(200);
    expect(await sent()).toEqual([
      ['/agents/actions/disconnect', [id]],
      ['/agents/actions/connect', [id]],
    ]);
  });

  it.each([
    ['another letter', 'srv-01', 'srv-02', 'srv-02', 'srv-01'],
    ['a letter of another script', 'srv-a', 'srv-а', 'srv-\\u0430', 'srv-a'],
    ['a zero-width space', 'srv-01', 'srv\u200b-01', 'srv\\u200b-01', 'srv-01'],
    ['an IP address', '10', '10.0.0.5', '10.0.0.5', '10'],
    [
      'another DNS suffix',
      'pc-1.lab.example',
      'pc-1.corp.example',
      'pc-1.corp.example',
      'pc-1.lab.example',
    ],
  ])(
    'is a different host with %s, and both names are returned',
    async (_, computerName, name, expected, actual) => {
      const { simulator } = suite.target;
      const { id, uuid } = suite.fleet.connected[0]!;
      await simulator.setAgent(id, { computerName });
      const answer = await act('isolate', [{ uuid, name }]);
      expect(answer.json.hosts).toMatchObject([
        {
          outcome: 'refused',
          reason: 'mismatch',
          detail: `The alert calls it ${expected}, SentinelOne calls it ${actual}`,
        },
      ]);
      const confirmed = await act('isolate', [{ uuid, name, confirmedName: name }]);
      expect(confirmed.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'mismatch' }]);
      expect(await sent()).toEqual([]);
    }
  );
});

describe('a hundred hosts', () => {
  it.each([
    ['named by UUID and id', 0, 0],
    ['half of which have a new UUID', 50, 100],
    ['all of which have a new UUID', 100, 200],
  ])('%s cost three calls at most', async (_, changed, first) => {
    const { simulator } = suite.target;
    await simulator.reset({ fleet: 300 });
    // Others each time: hosts that another action has just let go of are read again.
    const agents = (await simulator.agents()).slice(first, first + 100);
    const hosts = agents.map(({ uuid, id, computerName }, n) =>
      n < changed
        ? { uuid: `replaced-${n}`, agentId: id, name: computerName, confirmedName: computerName }
        : { uuid, agentId: id, name: computerName }
    );
    await simulator.clearCalls();
    expect((await act('isolate', hosts)).status).toBe(200);
    const calls = await simulator.calls();
    expect(calls.length).toBeLessThanOrEqual(3);
    expect([...affectedBy(await simulator.writes())].sort()).toEqual(
      agents.map(({ id }) => id).sort()
    );
  });
});

it('returns the details for a decision, and the link to SentinelOne', async () => {
  const { simulator } = suite.target;
  const { id } = suite.fleet.connected[0]!;
  await simulator.setAgent(id, {
    machineType: 'laptop',
    domain: 'CORP',
    lastLoggedInUserName: 'anna',
    activeThreats: 3,
    externalIp: '203.0.113.9',
    networkInterfaces: [
      { name: 'lo', inet: ['127.0.0.1'], inet6: ['::1'] },
      { name: 'en0', inet: ['10.0.0.7'], inet6: ['fe80::1', 'fd00::7'] },
      { name: 'en1', inet: ['192.168.1.7', '10.0.0.7'], inet6: null },
    ],
  });
  const [{ agent }] = await statusOf([{ agentId: id }]);
  expect(agent).toMatchObject({
    machineType: 'laptop',
    domain: 'CORP',
    lastLoggedInUserName: 'anna',
    activeThreats: 3,
    externalIp: '203.0.113.9',
    ipAddresses: ['10.0.0.7', '192.168.1.7', 'fd00::7'],
  });
  const url = new URL(agent.consoleUrl);
  // Where the connector points at is another address of the simulator in an official Kibana.
  expect(url.pathname).toBe('/sentinels/devices');
  expect(url.searchParams.get('filter')).toContain(agent.computerName);
  expect(JSON.stringify(agent)).not.toContain(TOKEN);
});

it('returns no details that SentinelOne does not report', async () => {
  const { id } = suite.fleet.connected[1]!;
  const nothing = {
    machineType: null,
    domain: null,
    lastLoggedInUserName: '',
    activeThreats: null,
    externalIp: null,
    networkInterfaces: null,
    computerName: null,
  };
  await suite.target.simulator.setAgent(id, nothing as never);
  const [{ agent }] = await statusOf([{ agentId: id }]);
  expect(agent).toMatchObject({
    machineType: null,
    domain: null,
    lastLoggedInUserName: null,
    activeThreats: null,
    externalIp: null,
    ipAddresses: [],
  });
  expect(agent).not.toHaveProperty('consoleUrl');
});
