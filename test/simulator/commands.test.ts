import { SAMPLE_HOSTS } from './sample_fleet';
import {
  call,
  connect,
  disconnect,
  startSimulator,
  START,
  stopSimulators,
  until,
} from './test_support';

afterEach(stopSimulators);

const { srvWin1, isolated, offline, decommissioned, uninstalled, cannotDisconnect } = SAMPLE_HOSTS;
const SETTLE = 1500;

describe('disconnect', () => {
  it('is disconnecting first, then disconnected with activity 1001', async () => {
    const simulator = await startSimulator();
    const answer = await disconnect(simulator, { ids: [srvWin1.id] });
    expect(answer).toMatchObject({ status: 200, json: { data: { affected: 1 }, errors: [] } });
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnecting');
    simulator.advance(SETTLE - 1);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnecting');
    const requested = {
      activityType: 61,
      agentId: srvWin1.id,
      data: { username: 'Service user full' },
      createdAt: new Date(START).toISOString().replace('Z', '000Z'),
    };
    expect(simulator.activities()).toMatchObject([requested]);
    simulator.advance(1);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
    expect(simulator.activities()).toMatchObject([
      requested,
      {
        activityType: 1001,
        agentId: srvWin1.id,
        createdAt: new Date(START + SETTLE).toISOString().replace('Z', '000Z'),
      },
    ]);
  });

  it('is done at once with a settle time of 0', async () => {
    const simulator = await startSimulator({ settleMs: 0 });
    await disconnect(simulator, { ids: [srvWin1.id] });
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
  });

  it('waits in real time when it uses the clock of the machine', async () => {
    const simulator = await startSimulator({ now: Date.now, settleMs: 20 });
    await disconnect(simulator, { ids: [srvWin1.id] });
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnecting');
    await until(() => simulator.agent(srvWin1.id).networkStatus === 'disconnected');
  });

  it('changes only the agents of its filter, and the call log says which', async () => {
    const simulator = await startSimulator();
    const before = simulator.agents();
    await disconnect(simulator, { ids: [srvWin1.id] });
    const changed = simulator
      .agents()
      .filter((agent, at) => agent.networkStatus !== before[at]?.networkStatus);
    expect(changed.map(({ id }) => id)).toEqual([srvWin1.id]);
    expect(simulator.writes()).toMatchObject([
      {
        method: 'POST',
        path: '/agents/actions/disconnect',
        body: { filter: { ids: [srvWin1.id] } },
        status: 200,
        tokenName: 'full',
        selectedIds: [srvWin1.id],
        affectedIds: [srvWin1.id],
      },
    ]);
  });

  it('counts neither decommissioned nor uninstalled agents', async () => {
    const simulator = await startSimulator();
    const ids = [srvWin1.id, decommissioned.id, uninstalled.id];
    const answer = await disconnect(simulator, { ids });
    expect(answer.json.data).toEqual({ affected: 1 });
    expect(simulator.agent(decommissioned.id).networkStatus).toBe('connected');
    expect(simulator.agent(uninstalled.id).networkStatus).toBe('connected');
    expect(simulator.writes()[0]?.selectedIds).toHaveLength(3);
    expect(simulator.writes()[0]?.affectedIds).toEqual([srvWin1.id]);
    expect((await disconnect(simulator, { ids: [decommissioned.id] })).json.data).toEqual({
      affected: 0,
    });
  });

  it('is accepted for an isolated agent, and changes nothing', async () => {
    const simulator = await startSimulator();
    expect((await disconnect(simulator, { ids: [isolated.id] })).json.data).toEqual({
      affected: 1,
    });
    expect(simulator.writes()[0]).toMatchObject({ selectedIds: [isolated.id], affectedIds: [] });
    simulator.advance(SETTLE);
    expect(simulator.activities()).toEqual([]);
  });

  it('fails with activity 2010 on an agent that cannot disconnect, which stays connected', async () => {
    const simulator = await startSimulator();
    await disconnect(simulator, { ids: [cannotDisconnect.id] });
    expect(simulator.agent(cannotDisconnect.id).networkStatus).toBe('disconnecting');
    simulator.advance(SETTLE);
    expect(simulator.agent(cannotDisconnect.id).networkStatus).toBe('connected');
    expect(simulator.activities()).toMatchObject([
      { activityType: 61, agentId: cannotDisconnect.id },
      { activityType: 2010, agentId: cannotDisconnect.id },
    ]);
  });

  it('stays pending on a stuck agent', async () => {
    const simulator = await startSimulator();
    simulator.setAgent(srvWin1.id, { stuck: true });
    await disconnect(simulator, { ids: [srvWin1.id] });
    simulator.advance(86_400_000);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnecting');
    simulator.setAgent(srvWin1.id, { stuck: false });
    simulator.advance(SETTLE);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
  });
});

describe('an isolation without a call', () => {
  it('is in the activity log with the user of the console, or without one for a policy', async () => {
    const simulator = await startSimulator();
    const at = '2024-07-01T00:00:00.000Z';
    simulator.isolate({ ids: [srvWin1.id], by: 'Ann Analyst', at });
    simulator.isolate({ ids: [offline.id] });
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
    expect(simulator.agent(offline.id).networkStatus).toBe('disconnected');
    const createdAt = '2024-07-01T00:00:00.000000Z';
    expect(simulator.activities()).toMatchObject([
      { activityType: 61, agentId: srvWin1.id, createdAt, data: { username: 'Ann Analyst' } },
      { activityType: 1001, agentId: srvWin1.id, createdAt, userId: null },
      { activityType: 1001, agentId: offline.id, userId: null },
    ]);
    simulator.release({ ids: [srvWin1.id], by: 'Ben Analyst' });
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('connected');
    expect(simulator.activities().slice(3)).toMatchObject([
      { activityType: 62, agentId: srvWin1.id, data: { username: 'Ben Analyst' } },
      { activityType: 1002, agentId: srvWin1.id, userId: null },
    ]);
    expect(simulator.calls).toEqual([]);
    expect(() => simulator.isolate({ ids: [srvWin1.id], at: 'soon' })).toThrow('ISO 8601');
  });
});

describe('an agent that is offline', () => {
  it('applies the command after it is back', async () => {
    const simulator = await startSimulator();
    const answer = await disconnect(simulator, { ids: [offline.id] });
    expect(answer.json.data).toEqual({ affected: 1 });
    simulator.advance(86_400_000);
    expect(simulator.agent(offline.id).networkStatus).toBe('disconnecting');
    expect(simulator.bringOnline(offline.id).networkStatus).toBe('disconnecting');
    simulator.advance(SETTLE - 1);
    expect(simulator.agent(offline.id).networkStatus).toBe('disconnecting');
    simulator.advance(1);
    expect(simulator.agent(offline.id).networkStatus).toBe('disconnected');
    expect(simulator.activities()).toMatchObject([
      { activityType: 61, agentId: offline.id },
      { activityType: 1001, agentId: offline.id },
    ]);
  });

  it('stops working on a command when it goes offline', async () => {
    const simulator = await startSimulator();
    await disconnect(simulator, { ids: [srvWin1.id] });
    simulator.advance(SETTLE - 1);
    simulator.takeOffline(srvWin1.id);
    simulator.advance(SETTLE * 10);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnecting');
    simulator.bringOnline(srvWin1.id);
    simulator.advance(SETTLE);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
  });

  it('is neither faster nor slower because of other changes', async () => {
    const simulator = await startSimulator();
    await disconnect(simulator, { ids: [srvWin1.id] });
    simulator.advance(SETTLE - 1);
    simulator.setAgent(srvWin1.id, { infected: false });
    simulator.advance(1);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('disconnected');
  });

  it('keeps the time when it went offline as last seen, while others report on', async () => {
    const simulator = await startSimulator();
    simulator.advance(3_600_000);
    simulator.takeOffline(srvWin1.id);
    simulator.advance(3_600_000);
    expect(simulator.agent(srvWin1.id).lastActiveDate).toBe('2024-07-03T04:45:00.000000Z');
    expect(simulator.agent(isolated.id).lastActiveDate).toBe('2024-07-03T05:45:00.000000Z');
  });
});

describe('connect', () => {
  it('reconnects with activity 1002', async () => {
    const simulator = await startSimulator();
    await connect(simulator, { ids: [isolated.id] });
    expect(simulator.agent(isolated.id).networkStatus).toBe('connecting');
    simulator.advance(SETTLE);
    expect(simulator.agent(isolated.id).networkStatus).toBe('connected');
    expect(simulator.activities()).toMatchObject([
      { activityType: 62, agentId: isolated.id, data: { username: 'Service user full' } },
      { activityType: 1002, agentId: isolated.id, userId: null },
    ]);
  });

  it('replaces a disconnect that is still in progress', async () => {
    const simulator = await startSimulator();
    await disconnect(simulator, { ids: [srvWin1.id, offline.id] });
    simulator.advance(SETTLE - 1);
    await connect(simulator, { ids: [srvWin1.id, offline.id] });
    simulator.advance(1);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('connecting');
    simulator.advance(SETTLE);
    expect(simulator.agent(srvWin1.id).networkStatus).toBe('connected');
    expect(simulator.activities().map(({ activityType }) => activityType)).toEqual([
      ...[61, 61, 62, 62, 1002],
    ]);
    simulator.bringOnline(offline.id);
    simulator.advance(SETTLE);
    expect(simulator.agent(offline.id).networkStatus).toBe('connected');
  });
});

describe.each([
  ['no body', undefined],
  ['an empty body', {}],
  ['no filter', { data: {} }],
  ['a null filter', { filter: null }],
  ['an empty filter', { filter: {} }],
  ['no ids', { filter: { ids: [] } }],
  ['empty ids', { filter: { ids: '' } }],
  ['blank ids', { filter: { ids: [' ', null] } }],
])('a command with %s', (_, body) => {
  it('reconnects every isolated agent of the tenant', async () => {
    const simulator = await startSimulator({ settleMs: 0 });
    const takers = simulator
      .agents()
      .filter((agent) => !agent.isDecommissioned && !agent.isUninstalled);
    const answer = await call(simulator, 'POST', '/agents/actions/connect', { body });
    expect(answer.json.data).toEqual({ affected: takers.length });
    const left = simulator.agents().filter(({ networkStatus }) => networkStatus === 'disconnected');
    expect(left).toEqual([]);
    expect(simulator.writes()[0]?.selectedIds).toHaveLength(simulator.agents().length);
  });

  it('disconnects every agent of the tenant', async () => {
    const simulator = await startSimulator();
    const takers = simulator
      .agents()
      .filter((agent) => !agent.isDecommissioned && !agent.isUninstalled);
    const answer = await call(simulator, 'POST', '/agents/actions/disconnect', { body });
    expect(answer.json.data).toEqual({ affected: takers.length });
    for (const { id } of takers) {
      expect(simulator.agent(id).networkStatus).toMatch(/^disconnect/);
    }
    const [write] = simulator.writes();
    const had = takers.filter(({ networkStatus }) =>
      ['connected', 'connecting'].includes(networkStatus ?? '')
    );
    expect(write?.affectedIds).toHaveLength(had.length);
  });

  it('is refused by a guarded disconnect, and still not by connect', async () => {
    const simulator = await startSimulator({ emptyDisconnect: 'refused' });
    const refused = await call(simulator, 'POST', '/agents/actions/disconnect', { body });
    expect(refused.status).toBe(400);
    expect(simulator.writes()[0]).toMatchObject({ status: 400, selectedIds: [], affectedIds: [] });
    const taken = await call(simulator, 'POST', '/agents/actions/connect', { body });
    expect(taken.json.data.affected).toBeGreaterThan(20);
  });
});

describe('a command’s body', () => {
  it.each([
    ['JSON that ends early', '{"filter":', /^body: /],
    ['a list', [], /^body: /],
    ['an unknown key', { filters: { ids: ['1'] } }, /^filters: Unknown field/],
    ['a filter that is a list', { filter: ['1'] }, /^filter: /],
    ['an unknown filter', { filter: { id: ['1'] } }, /^id: Unknown field/],
    [
      'a filter named like a member of every object',
      { filter: { constructor: 'x' } },
      /^constructor: Unknown/,
    ],
    ['an id that is none', { filter: { ids: ['12a'] } }, /^ids: /],
    ['an id that is an object', { filter: { ids: [{}] } }, /^ids: /],
    [
      'a network status that is none',
      { filter: { networkStatuses: ['isolated'] } },
      /^networkStatuses: /,
    ],
  ])('with %s is refused and changes nothing', async (_, body, detail) => {
    const simulator = await startSimulator();
    const before = simulator.agents();
    for (const path of ['/agents/actions/disconnect', '/agents/actions/connect']) {
      const answer = await call(simulator, 'POST', path, { body });
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].detail).toMatch(detail);
    }
    expect(simulator.agents()).toEqual(before);
    expect(simulator.writes().flatMap(({ affectedIds }) => affectedIds)).toEqual([]);
  });

  it('may name agents by a comma list, by UUID or by any other filter', async () => {
    const simulator = await startSimulator();
    const { web1, web10, cloneA, cloneB } = SAMPLE_HOSTS;
    await disconnect(simulator, { ids: `${srvWin1.id},${web1.id}` });
    await disconnect(simulator, { uuids: [cloneA.uuid] });
    await disconnect(simulator, { computerName__contains: 'WEB-1' });
    expect(simulator.writes().map(({ affectedIds }) => affectedIds)).toEqual([
      [srvWin1.id, web1.id],
      [cloneA.id, cloneB.id],
      [web10.id],
    ]);
  });
});
