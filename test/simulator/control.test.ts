import { request } from 'node:http';
import { simulatorClient } from './client';
import { OFFICE_SITE_ID, SAMPLE_HOSTS } from './sample_fleet';
import { call, disconnect, startSimulator, stopSimulators } from './test_support';

afterEach(stopSimulators);

const { srvWin1, web1, offline, cloneA, renamed } = SAMPLE_HOSTS;

async function startBoth() {
  const simulator = await startSimulator();
  return { simulator, client: simulatorClient(`${simulator.url}/`) };
}

describe('the control API', () => {
  it('returns and clears the call log, and does not log its own calls', async () => {
    const { simulator, client } = await startBoth();
    await call(simulator, 'GET', '/agents');
    await disconnect(simulator, { ids: [srvWin1.id] });
    expect(await client.calls()).toEqual(simulator.calls);
    expect(await client.writes()).toEqual(simulator.writes());
    const both = await client.calls();
    expect(both).toHaveLength(2);
    expect(await client.takeCalls()).toEqual(both);
    expect(await client.calls()).toEqual([]);
    await call(simulator, 'GET', '/agents');
    await client.clearCalls();
    expect(await client.calls()).toEqual([]);
  });

  it('adds, returns and clears faults', async () => {
    const { simulator, client } = await startBoth();
    await client.addFaults(
      { path: '/user', fault: { kind: 'status', status: 500 } },
      { path: '/user', count: 'always', fault: { kind: 'throttle', retryAfter: 1 } }
    );
    expect(await client.pendingFaults()).toHaveLength(2);
    expect((await call(simulator, 'GET', '/user')).status).toBe(500);
    expect((await call(simulator, 'GET', '/user')).status).toBe(429);
    await client.clearFaults();
    expect((await call(simulator, 'GET', '/user')).status).toBe(200);
    const typo = client.addFaults({ path: '/usr', fault: { kind: 'pass' } });
    await expect(typo).rejects.toThrow('The API has no /usr');
  });

  it('returns and changes agents', async () => {
    const { simulator, client } = await startBoth();
    expect(await client.agents()).toEqual(simulator.agents());
    expect(await client.agent(srvWin1.uuid)).toEqual(simulator.agent(srvWin1.id));
    const changed = await client.setAgent(srvWin1.id, { isDecommissioned: true });
    expect(changed).toMatchObject({ id: srvWin1.id, isDecommissioned: true });
    expect((await client.bringOnline(offline.id)).isActive).toBe(true);
    expect((await client.takeOffline(offline.id)).isActive).toBe(false);
    await expect(client.agent(cloneA.uuid)).rejects.toThrow('2 agents have the UUID');
    await expect(client.setAgent('nobody', {})).rejects.toThrow('No agent');
    const typo = { networkStatus: 'isolated' } as unknown as { networkStatus: 'connected' };
    await expect(client.setAgent(srvWin1.id, typo)).rejects.toThrow('not one of');
  });

  it('moves the clock, and returns the resulting activities', async () => {
    const { simulator, client } = await startBoth();
    const before = await client.now();
    await disconnect(simulator, { ids: [srvWin1.id] });
    await client.advance(1500);
    expect(await client.now()).toBe(before + 1500);
    expect((await client.agent(srvWin1.id)).networkStatus).toBe('disconnected');
    expect(await client.activities()).toMatchObject([
      { activityType: 61, agentId: srvWin1.id },
      { activityType: 1001, agentId: srvWin1.id },
    ]);
    await client.isolate({ ids: [web1.id], by: 'Ann Analyst' });
    expect((await client.agent(web1.id)).networkStatus).toBe('disconnected');
    await expect(client.advance(-1)).rejects.toThrow('Time only goes forward');
  });

  it('lists hosts for alert documents', async () => {
    const { client } = await startBoth();
    const hosts = await client.hosts();
    expect(hosts).toHaveLength(32);
    expect(hosts[0]).toEqual(srvWin1);
    expect(hosts).toContainEqual(renamed);
  });

  it('lists, changes and revokes tokens', async () => {
    const { simulator, client } = await startBoth();
    expect((await client.tokens()).map(({ name }) => name)).toContain('siteScoped');
    expect((await client.setToken('full', { siteId: OFFICE_SITE_ID })).siteId).toBe(OFFICE_SITE_ID);
    await client.revokeToken('full');
    expect((await call(simulator, 'GET', '/agents')).status).toBe(401);
    await expect(client.setToken('nobody', {})).rejects.toThrow('no token named');
  });

  it('resets the simulator, once with other settings', async () => {
    const { simulator, client } = await startBoth();
    await disconnect(simulator, {});
    await client.addFaults({ path: '*', count: 'always', fault: { kind: 'resetBefore' } });
    await client.advance(5000);
    await client.setToken('full', { permissions: [] });
    await client.reset({ fleet: 3, settleMs: 0 });
    expect(await client.calls()).toEqual([]);
    expect(await client.activities()).toEqual([]);
    expect(await client.pendingFaults()).toEqual([]);
    expect(await client.agents()).toHaveLength(3);
    await disconnect(simulator, {});
    expect((await client.agents()).map(({ networkStatus }) => networkStatus)).toEqual([
      'disconnected',
      'disconnected',
      'disconnected',
    ]);
    await client.reset();
    expect(await client.agents()).toHaveLength(32);
    await client.reset({ fleet: [{ id: '5', computerName: 'alone' }] });
    expect(await client.agents()).toMatchObject([{ id: '5', computerName: 'alone' }]);
    const typo = { settle: 0 } as Record<string, unknown>;
    await expect(client.reset(typo)).rejects.toThrow('no setting "settle"');
    expect(await client.agents()).toHaveLength(1);
  });

  it('answers an invalid request with the reason', async () => {
    const { simulator } = await startBoth();
    const control = (method: string, path: string, body?: unknown) =>
      call(simulator, method, path, { prefix: '/_simulator', authorization: null, body });
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect((await control('GET', '/agents/1/2')).status).toBe(404);
    expect((await control('PUT', '/calls')).status).toBe(404);
    expect((await control('POST', '/reset', '{')).status).toBe(400);
    expect((await control('POST', '/reset', [])).status).toBe(400);
  });

  /** The status for one who comes from `localAddress` and calls the simulator `host`. */
  const statusFor = ({ url }: { readonly url: string }, localAddress: string, host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const path = '/_simulator/calls';
      request({ hostname, port, path, localAddress, headers: { host } }, (answer) =>
        resolve(answer.resume().statusCode)
      )
        .on('error', reject)
        .end();
    });
  /** An address that is not the machine's usual one. */
  const ELSEWHERE = '127.0.0.2';

  it('answers only this machine, by its own name', async () => {
    const simulator = await startSimulator({ host: '0.0.0.0' });
    expect(await statusFor(simulator, '127.0.0.1', 'localhost:1')).toBe(200);
    expect(await statusFor(simulator, '127.0.0.1', 'attacker.example')).toBe(403);
    expect(await statusFor(simulator, ELSEWHERE, 'localhost')).toBe(403);
  });

  it('answers other machines when it listens on all addresses', async () => {
    const simulator = await startSimulator({ host: '0.0.0.0', openControl: true });
    expect(await statusFor(simulator, '127.0.0.1', 'localhost')).toBe(200);
    expect(await statusFor(simulator, ELSEWHERE, 'localhost')).toBe(200);
    expect(await statusFor(simulator, ELSEWHERE, 'attacker.example')).toBe(403);
  });
});

describe('latency', () => {
  it('delays every call', async () => {
    const simulator = await startSimulator({ latencyMs: 40 });
    const order: string[] = [];
    const slow = call(simulator, 'GET', '/agents').then(() => order.push('call'));
    const timer = new Promise((resolve) => setTimeout(resolve, 10)).then(() => order.push('timer'));
    await Promise.all([slow, timer]);
    expect(order).toEqual(['timer', 'call']);
  });
});
