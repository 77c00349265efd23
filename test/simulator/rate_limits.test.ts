import { OFFICIAL_RATE_LIMITS } from './rate_limits';
import { call, disconnect, startSimulator, stopSimulators } from './test_support';

afterEach(stopSimulators);

describe('rate limits', () => {
  it('are off by default', async () => {
    const simulator = await startSimulator();
    for (let n = 0; n < 60; n++) expect((await call(simulator, 'GET', '/user')).status).toBe(200);
  });

  it('answer 429 with Retry-After after the burst, until time has passed', async () => {
    const simulator = await startSimulator({
      rateLimits: { '/user': { perSecond: 0.5, burst: 2 } },
    });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) statuses.push((await call(simulator, 'GET', '/user')).status);
    expect(statuses).toEqual([200, 200, 429]);
    const throttled = await call(simulator, 'GET', '/user');
    expect(throttled.headers['retry-after']).toBe('2');
    expect(throttled.json.errors[0].detail).toMatch(/throttled/);
    expect((await call(simulator, 'GET', '/agents')).status).toBe(200);
    simulator.advance(2000);
    expect((await call(simulator, 'GET', '/user')).status).toBe(200);
  });

  it('apply to the paths below, stop the command, and use the limit of the longest path', async () => {
    const simulator = await startSimulator({
      rateLimits: {
        '/agents': { perSecond: 1, burst: 1 },
        '/agents/actions': { perSecond: 1, burst: 2 },
      },
    });
    expect((await call(simulator, 'GET', '/agents')).status).toBe(200);
    expect((await call(simulator, 'GET', '/agents/count')).status).toBe(429);
    expect((await disconnect(simulator, {})).status).toBe(200);
    expect((await disconnect(simulator, {})).status).toBe(200);
    expect((await disconnect(simulator, {})).status).toBe(429);
    expect(simulator.writes()[2]).toMatchObject({ status: 429, selectedIds: [], affectedIds: [] });
  });

  it('can be those of SentinelOne', async () => {
    const simulator = await startSimulator({ rateLimits: OFFICIAL_RATE_LIMITS });
    expect((await call(simulator, 'GET', '/agents')).status).toBe(200);
    expect((await call(simulator, 'GET', '/agents')).status).toBe(429);
    simulator.advance(40);
    expect((await call(simulator, 'GET', '/agents')).status).toBe(200);
  });
});
