import { randomUUID } from 'node:crypto';
import { BASE, contractSuite, hasPrecondition } from '../helpers/contract_suite';
import { expectOk } from '../helpers/http';
import type { Fault } from '../simulator/client';

/** The isolated hosts while SentinelOne fails: in a space of its own each, since what is known is known of a space. */

const suite = contractSuite({ preconfigured: true });
const spaces: string[] = [];

async function newSpace(): Promise<string> {
  const id = `isolated-${randomUUID().slice(0, 8)}`;
  const body = { id, name: id };
  expectOk(await suite.target.request('admin', 'POST', '/api/spaces/space', { body }), 'POST');
  spaces.push(id);
  return id;
}
afterEach(async () => {
  for (const id of spaces.splice(0)) {
    await suite.target.request('admin', 'DELETE', `/api/spaces/space/${id}`);
  }
});

const servesEverySpace = () =>
  hasPrecondition(suite.target, 'connector that serves every space', suite.target.isPreconfigured);
const read = (space: string) =>
  suite.target.request('admin', 'GET', `/s/${space}${BASE}/hosts/isolated?perPage=1000`);
/** Any action discards what is shared. */
const act = (space: string) =>
  suite.target.request('admin', 'POST', `/s/${space}${BASE}/hosts/_release`, {
    body: { hosts: [{ uuid: 'not-there' }], comment: 'forget' },
  });
const fault = (one: Fault, count = 1) =>
  suite.target.simulator.addFaults({ method: 'GET', path: '/agents', count, fault: one });
const agentCalls = async () =>
  (await suite.target.simulator.calls()).filter(({ path }) => path === '/agents').length;

it.each<[string, Fault, number, string, number]>([
  ['does not accept the token', { kind: 'status', status: 401 }, 1, 'unauthorized', 502],
  ['refuses for a missing permission', { kind: 'status', status: 403 }, 1, 'forbidden', 502],
  ['throttles', { kind: 'throttle', retryAfter: 60 }, 1, 'throttled', 503],
  ['closes the connection', { kind: 'resetBefore' }, 3, 'unreachable', 502],
  ['is down', { kind: 'status', status: 503 }, 3, 'unreachable', 502],
  ['is replaced by a login page', { kind: 'html' }, 1, 'unexpected_answer', 502],
  ['answers in part', { kind: 'truncatedJson' }, 1, 'unexpected_answer', 502],
])(
  'that %s: returns the last known hosts with the reason, or an error, and pauses',
  async (_, one, count, reason, status) => {
    if (!servesEverySpace()) return;
    const { simulator } = suite.target;
    const [known, unknown] = [await newSpace(), await newSpace()];
    const { hosts, total } = (await read(known)).json;
    expect(total).toBeGreaterThan(0);
    await act(known);
    await simulator.clearCalls();
    await fault(one, count);
    const answer = await read(known);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      total,
      problem: { reason, message: expect.any(String), retryInMs: expect.any(Number) },
    });
    expect(answer.json.hosts.map(({ agent }: { agent: { id: string } }) => agent.id)).toEqual(
      hosts.map(({ agent }: { agent: { id: string } }) => agent.id)
    );
    expect(answer.json.ageMs).toBeGreaterThan(0);
    if (reason === 'forbidden') expect(answer.json.problem.message).toContain('Endpoints.view');
    if (reason === 'throttled') expect(answer.json.problem.retryInMs).toBeGreaterThan(50_000);
    expect(await agentCalls()).toBe(count);
    await Promise.all(Array.from({ length: 5 }, () => read(known)));
    expect(await agentCalls()).toBe(count);

    await fault(one, count);
    const failed = await read(unknown);
    expect([failed.status, failed.json.attributes.reason]).toEqual([status, reason]);
    expect(await agentCalls()).toBe(2 * count);
    expect((await read(unknown)).status).toBe(status);
    expect(await agentCalls()).toBe(2 * count);
    expect(await simulator.writes()).toEqual([]);
  },
  120_000
);

it('whose token may not read the activity log: names the permission, and reads once a minute', async () => {
  if (!servesEverySpace()) return;
  const { simulator } = suite.target;
  await simulator.addFaults({
    method: 'GET',
    path: '/activities',
    fault: { kind: 'status', status: 403 },
    count: 2,
  });
  const space = await newSpace();
  const { json, status } = await read(space);
  expect(status).toBe(200);
  expect(json).not.toHaveProperty('problem');
  expect(json.activityProblem).toMatchObject({ missingPermission: 'Activity Page.view' });
  expect(new Set(json.hosts.map(({ source }: { source: string }) => source))).toEqual(
    new Set(['outside'])
  );
  await act(space);
  await read(space);
  const asked = (await simulator.calls()).filter(({ path }) => path === '/activities');
  expect(asked).toHaveLength(1);
});

it('that ignores the filter: no connected host is listed', async () => {
  if (!servesEverySpace()) return;
  const space = await newSpace();
  await fault({ kind: 'ignoreFilter' });
  const { json } = await read(space);
  expect(json.total).toBeGreaterThan(0);
  for (const { agent } of json.hosts) expect(agent.networkStatus).not.toBe('connected');
});

it('whose answers are larger than Kibana allows are read in smaller pages', async () => {
  if (!servesEverySpace()) return;
  const { simulator } = suite.target;
  await simulator.reset({ fleet: 700 });
  await simulator.isolate({ ids: (await simulator.agents()).map(({ id }) => id) });
  await simulator.clearCalls();
  const space = await newSpace();
  const { json } = await read(space);
  expect(json).toMatchObject({ total: 700, isComplete: true });
  const limits = (await simulator.calls())
    .filter(({ path }) => path === '/agents')
    .map(({ query }) => (query.parsed as { limit: string }).limit);
  // A simulated agent has 2.5 kB: 500 are cut, and 250 are not.
  expect(limits).toEqual(['1000', '500', '250', '250', '250']);
  await act(space);
  await simulator.clearCalls();
  await read(space);
  const again = (await simulator.calls()).filter(({ path }) => path === '/agents');
  expect(again.map(({ query }) => (query.parsed as { limit: string }).limit)).toEqual([
    ...['250', '250', '250'],
  ]);
});

it('without a connector or with several: has the usual error', async () => {
  const { target } = suite;
  if (target.isPreconfigured) {
    const remove = await target.addConnector('A second one');
    try {
      const answer = await target.request('viewer', 'GET', `${BASE}/hosts/isolated`);
      expect([answer.status, answer.json.attributes.reason]).toEqual([409, 'several_connectors']);
      const hosts = await target.request('viewer', 'GET', `${BASE}/hosts`);
      expect([hosts.status, hosts.json.attributes.reason]).toEqual([409, 'several_connectors']);
    } finally {
      await remove();
    }
  }
  expect(await target.simulator.calls()).toEqual([]);
});
