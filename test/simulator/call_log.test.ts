import { SAMPLE_HOSTS } from './sample_fleet';
import { SAMPLE_TOKENS } from './tokens';
import {
  call,
  disconnect,
  FULL_TOKEN,
  START,
  startSimulator,
  stopSimulators,
} from './test_support';

afterEach(stopSimulators);

const { srvWin1 } = SAMPLE_HOSTS;

describe('the call log', () => {
  it('contains the request, the token and the result of each call', async () => {
    const simulator = await startSimulator();
    await call(simulator, 'GET', `/agents?uuids=${srvWin1.uuid},%20x&limit=1`);
    expect(simulator.calls).toEqual([
      {
        n: 1,
        at: new Date(START).toISOString(),
        method: 'GET',
        path: '/agents',
        query: {
          parsed: { uuids: `${srvWin1.uuid}, x`, limit: '1' },
          raw: `uuids=${srvWin1.uuid},%20x&limit=1`,
        },
        body: null,
        authorization: 'ApiToken',
        tokenName: 'full',
        tokenInUrl: false,
        fault: null,
        status: 200,
        selectedIds: [],
        affectedIds: [],
      },
    ]);
  });

  it('distinguishes writes from reads, and contains refused ones', async () => {
    const simulator = await startSimulator();
    await call(simulator, 'GET', '/agents');
    await disconnect(simulator, { ids: ['none'] });
    await disconnect(simulator, { ids: [srvWin1.id] }, { authorization: null });
    await call(simulator, 'POST', '/agents/actions/disconnect', { body: 'not JSON' });
    expect(simulator.writes().map(({ n, status, body }) => [n, status, body])).toEqual([
      [2, 400, { filter: { ids: ['none'] } }],
      [3, 401, { filter: { ids: [srvWin1.id] } }],
      [4, 400, 'not JSON'],
    ]);
  });

  it('continues its numbers after it is cleared', async () => {
    const simulator = await startSimulator();
    await call(simulator, 'GET', '/agents');
    simulator.clearCalls();
    expect(simulator.calls).toEqual([]);
    await call(simulator, 'GET', '/agents');
    expect(simulator.calls.map(({ n }) => n)).toEqual([2]);
  });

  it('never contains a token, wherever the request carried it', async () => {
    const simulator = await startSimulator();
    const body = { data: { apiToken: FULL_TOKEN }, [FULL_TOKEN]: [`x${FULL_TOKEN}`] };
    const stranger = 'a-token-of-somebody-else';
    await call(simulator, 'POST', '/users/api-token-details', { body });
    await call(simulator, 'POST', '/users/api-token-details', {
      body: { data: { apiToken: stranger } },
    });
    await call(simulator, 'GET', `/agents?query=${FULL_TOKEN}&computerName=${FULL_TOKEN}`);
    await call(simulator, 'GET', `/agents?apitoken=${stranger}&API%54oken=${stranger}`);
    await call(simulator, 'GET', `/agents/${FULL_TOKEN}`);
    await call(simulator, 'GET', '/agents', { authorization: FULL_TOKEN });
    await call(simulator, 'GET', `/agents?query=${stranger}`, {
      authorization: `ApiToken ${stranger}`,
    });
    await call(simulator, 'POST', '/agents/actions/connect', { body: `{"${FULL_TOKEN}` });
    expect(simulator.calls).toHaveLength(8);
    const log = JSON.stringify(simulator.calls);
    for (const { token } of SAMPLE_TOKENS) expect(log).not.toContain(token);
    expect(log).not.toContain(stranger);
    expect(simulator.calls.map(({ tokenInUrl }) => tokenInUrl)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it.each([
    [null, 'none'],
    ['', 'none'],
    [`ApiToken ${FULL_TOKEN}`, 'ApiToken'],
    [`Bearer ${FULL_TOKEN}`, 'Bearer'],
    ['Basic dXNlcjpwYXNz', 'Basic'],
    [FULL_TOKEN, 'malformed'],
    [`${FULL_TOKEN} ${FULL_TOKEN}`, 'malformed'],
  ])('names the scheme of %j as %s', async (authorization, scheme) => {
    const simulator = await startSimulator();
    await call(simulator, 'GET', '/agents', { authorization });
    expect(simulator.calls[0]?.authorization).toBe(scheme);
  });
});
