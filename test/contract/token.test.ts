import type { Fault } from '../simulator/client';
import { fleetOf } from '../helpers/hosts';
import { openTarget, TOKEN, type HttpAnswer, type Target } from '../helpers/target';

/** A run of everything, good and bad, in which the token is searched for. */

jest.setTimeout(120_000);

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

it('the token is only in the Authorization header', async () => {
  await target.simulator.reset();
  const fleet = await fleetOf(target.simulator);
  const host = { uuid: fleet.connected[0]!.uuid };
  const answers: HttpAnswer[] = [];
  await target.simulator.clearCalls();
  const call = async (...args: Parameters<Target['request']>) => {
    answers.push(await target.request(...args));
  };
  const execute = (subAction: string, subActionParams: unknown) =>
    call('admin', 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
      body: { params: { subAction, subActionParams } },
    });
  const base = '/internal/sentinelone_response';

  const faults: Array<Fault | undefined> = [
    { kind: 'status', status: 401 },
    { kind: 'status', status: 403 },
    { kind: 'status', status: 400, body: { errors: [{ detail: `Token ${TOKEN} is bad` }] } },
    { kind: 'status', status: 500, body: { message: TOKEN } },
    { kind: 'html' },
    { kind: 'resetBefore' },
    { kind: 'truncatedJson' },
    {
      kind: 'status',
      status: 302,
      body: '',
      headers: { location: `https://example.org/${TOKEN}` },
    },
    undefined,
  ];
  for (const fault of faults) {
    for (const [method, path] of [
      ['GET', '/agents'],
      ['POST', '/agents/actions/disconnect'],
      ['GET', '/user'],
    ] as const) {
      await target.simulator.clearFaults();
      if (fault !== undefined) {
        await target.simulator.addFaults({ method, path, count: 3, fault });
      }
      await call('admin', 'POST', `${base}/hosts/_isolate`, {
        body: { hosts: [host], comment: 'x' },
      });
      await call('admin', 'POST', `${base}/hosts/_release`, {
        body: { hosts: [host], comment: 'x' },
      });
      await call('admin', 'POST', '/api/sentinelone_response/actions', {
        body: { action: 'isolate', hosts: [host], comment: 'x' },
      });
      await execute('getAgents', { uuids: [host.uuid] });
      await execute('testConnection', {});
    }
  }
  await target.simulator.clearFaults();
  await call('admin', 'GET', `${base}/connection`);
  await call('admin', 'GET', `${base}/alerts`);
  await call('admin', 'GET', `${base}/actions?perPage=100`);
  await call('admin', 'GET', `${base}/actions/_csv`);
  await call('admin', 'POST', `${base}/hosts/_status`, { body: { agents: [host] } });
  await call('admin', 'GET', '/api/actions/connectors');
  await call('admin', 'GET', `/api/actions/connector/${target.connectorId}`);

  expect(answers.length).toBeGreaterThan(80);
  for (const { text, headers } of answers) {
    expect(text.includes(TOKEN)).toBe(false);
    expect(JSON.stringify([...headers]).includes(TOKEN)).toBe(false);
  }
  expect((await target.logs()).includes(TOKEN)).toBe(false);
  expect((await target.stored()).includes(TOKEN)).toBe(false);
  const calls = await target.simulator.calls();
  expect(calls.length).toBeGreaterThan(50);
  for (const { tokenInUrl, authorization, body } of calls) {
    expect(tokenInUrl).toBe(false);
    expect(authorization).toBe('ApiToken');
    expect(JSON.stringify(body ?? null).includes(TOKEN)).toBe(false);
  }
});
