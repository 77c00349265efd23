import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import type { UserName } from '../helpers/target';
import { untilIs } from '../helpers/until';
import type { Fault } from '../simulator/client';

/** Full disk scans: who may start and abort them, and how their records end. */

const suite = contractSuite({ tasks: true });
const PATH = { scan: '/agents/actions/initiate-scan', abort_scan: '/agents/actions/abort-scan' };

beforeEach(() => suite.target.simulator.reset({ settleMs: 300, scanMs: 500 }));

const act = (action: keyof typeof PATH, agentId: string, user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', `${BASE}/hosts/_${action}`, {
    body: { hosts: [{ agentId }], comment: 'scans' },
  });
interface Host {
  readonly outcome: string;
  readonly confirmedAt?: string;
  readonly endedAt?: string;
}
const untilHost = (actionId: string, outcome: string): Promise<Host> =>
  untilIs(
    `the host of action ${actionId} is ${outcome}`,
    async () => (await suite.target.record(actionId)).hosts[0],
    (host: Host) => host.outcome === outcome
  );
const untilScan = (id: string, status: string) =>
  untilIs(
    `the scan of ${id} is ${status}`,
    async () => (await suite.target.simulator.agent(id)).scanStatus,
    (now) => now === status
  );
/** What SentinelOne was told: nothing but these commands, and for this agent only. */
async function expectCommands(id: string, ...paths: readonly string[]) {
  const writes = await suite.target.simulator.writes();
  expect(writes.map(({ path }) => path)).toEqual(paths);
  for (const write of writes) expect(idsOf(write)).toEqual([id]);
}

it('scans the named host, and is done when the agent reports the finish', async () => {
  const { id } = suite.fleet.connected[0]!;
  await suite.target.simulator.setAgent(id, { scan: 'neverEnds' });
  const { status, json } = await act('scan', id);
  expect(status).toBe(200);
  expect(json.hosts).toMatchObject([{ agentId: id, outcome: 'requested' }]);
  await untilScan(id, 'started');
  // A second request changes nothing, and nothing is sent.
  const again = await act('scan', id);
  expect(again.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
  expect(await suite.target.record(json.actionId)).toMatchObject({ state: 'requested' });
  await suite.target.simulator.setAgent(id, { scan: 'finishes' });
  const host = await untilHost(json.actionId, 'done');
  expect(host.confirmedAt).toBe(host.endedAt);
  const { scanStatus, networkStatus } = await suite.target.simulator.agent(id);
  expect({ scanStatus, networkStatus }).toEqual({
    scanStatus: 'finished',
    networkStatus: 'connected',
  });
  await expectCommands(id, PATH.scan);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([id]);
});

it('fails when the agent reports that the scan was aborted', async () => {
  const { id } = suite.fleet.connected[0]!;
  await suite.target.simulator.setAgent(id, { scan: 'aborts' });
  const { json } = await act('scan', id);
  expect(await untilHost(json.actionId, 'failed')).toMatchObject({ reason: 'scan_aborted' });
  await expectCommands(id, PATH.scan);
});

it.each([
  ['that runs', 'neverEnds'],
  ['that has not begun', 'neverBegins'],
] as const)('aborts a scan %s, which is superseded', async (_, scan) => {
  const { id } = suite.fleet.connected[0]!;
  await suite.target.simulator.setAgent(id, { scan });
  const first = await act('scan', id);
  if (scan === 'neverEnds') await untilScan(id, 'started');
  const abort = await act('abort_scan', id);
  expect(abort.json.hosts).toMatchObject([{ agentId: id, outcome: 'requested' }]);
  expect(await untilHost(first.json.actionId, 'failed')).toMatchObject({
    reason: 'superseded',
    supersededBy: { actionId: abort.json.actionId, action: 'abortScan', username: 'analyst' },
  });
  await untilHost(abort.json.actionId, 'done');
  expect((await suite.target.simulator.agent(id)).scanStatus).not.toBe('started');
  await expectCommands(id, PATH.scan, PATH.abort_scan);
});

it('sends nothing to abort a scan if none is running', async () => {
  const { id } = suite.fleet.connected[0]!;
  const { status, json } = await act('abort_scan', id);
  expect(status).toBe(200);
  expect(json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
  await expectCommands(id);
});

it('keeps the scan of an offline host pending until the host is back', async () => {
  const { id } = suite.fleet.offline[0]!;
  const { json } = await act('scan', id);
  expect(json.hosts).toMatchObject([{ outcome: 'requested', reason: 'offline' }]);
  await suite.target.simulator.bringOnline(id);
  await untilHost(json.actionId, 'done');
  await expectCommands(id, PATH.scan);
});

describe('a fault of the command', () => {
  it.each<[string, Fault, string]>([
    ['a refusal with 401', { kind: 'status', status: 401 }, 'unauthorized'],
    ['a refusal with 403', { kind: 'status', status: 403 }, 'forbidden'],
    ['a refusal with 400', { kind: 'status', status: 400 }, 'unexpected_answer'],
    ['a throttled request', { kind: 'throttle', retryAfter: 60 }, 'throttled'],
    ['no agent that was affected', { kind: 'affected0' }, 'not_affected'],
  ])('%s: failed, and nothing is scanned', async (_, fault, reason) => {
    const { id } = suite.fleet.connected[0]!;
    await suite.target.simulator.addFaults({ method: 'POST', path: PATH.scan, fault });
    const { json } = await act('scan', id);
    expect(json.hosts).toMatchObject([{ outcome: 'failed', reason }]);
    expect((await suite.target.record(json.actionId)).state).toBe('ended');
    expect((await suite.target.simulator.agent(id)).scanStatus).not.toBe('started');
    await expectCommands(id, PATH.scan);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['an answer of 503 after it was applied', { kind: 'answerAfterApply', status: 503 }],
    ['a connection that breaks after it was applied', { kind: 'resetAfter' }],
  ])('%s: is not sent again, and is done when the agent reports', async (_, fault) => {
    const { id } = suite.fleet.connected[0]!;
    await suite.target.simulator.addFaults({ method: 'POST', path: PATH.scan, fault });
    const { json } = await act('scan', id);
    // Nobody knows yet: the caller is told so, and the record stays open.
    expect(json.hosts).toMatchObject([{ outcome: 'failed', reason: 'unreachable' }]);
    await untilHost(json.actionId, 'done');
    await expectCommands(id, PATH.scan);
  });
});

describe.each([
  ['scanHost', 'scan'],
  ['abortScan', 'abort_scan'],
] as const)('%s', (subAction, route) => {
  const params = (agentId: string) => ({ hosts: [{ agentId }], comment: 'scans' });

  it.each(['viewer', 'reader'] as const)('is refused for %s, and recorded', async (user) => {
    const { id } = suite.fleet.connected[0]!;
    await suite.target.simulator.setAgent(id, { scanStatus: 'started', scan: 'neverEnds' });
    expect((await act(route, id, user)).status).toBe(403);
    const { json } = await suite.execute(user, subAction, params(id));
    expect(json.service_message).toContain(`${user} lacks the privilege`);
    await expectCommands(id);
  });

  it('acts for the analyst through the connector', async () => {
    const { id } = suite.fleet.connected[0]!;
    const scanStatus = subAction === 'abortScan' ? 'started' : 'none';
    await suite.target.simulator.setAgent(id, { scanStatus, scan: 'neverEnds' });
    const { json } = await suite.execute('analyst', subAction, params(id));
    expect(json).toMatchObject({
      status: 'ok',
      data: { hosts: [{ agentId: id, outcome: 'requested' }] },
    });
    await expectCommands(id, PATH[route]);
  });
});
