import { BASE, contractSuite } from '../helpers/contract_suite';
import { untilIs } from '../helpers/until';
import type { UserName } from '../helpers/target';

/** What a page or flyout needs first, in one request. */

const suite = contractSuite();

interface Answer {
  readonly route: string;
  readonly question: unknown;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests read single fields of it
}

async function view(question: object, user: UserName = 'viewer'): Promise<readonly Answer[]> {
  const answer = await suite.target.request(user, 'POST', `${BASE}/_view`, { body: question });
  expect(answer.status).toBe(200);
  return answer.json.answers;
}
/** The same, repeated until SentinelOne's answer was there in time, as it is unless the machine is busy. */
const completeView = (question: object, route: string): Promise<readonly Answer[]> =>
  untilIs(
    `the view contains ${route}`,
    () => view(question),
    (answers) => answers.some((one) => one.route === route)
  );
/** The same, repeated until no status is left that others have read a moment ago. */
const viewWithoutStatus = (question: object): Promise<readonly Answer[]> =>
  untilIs(
    'the view contains no status',
    () => view(question),
    (answers) => answers.every(({ route }) => route !== 'hostsStatus')
  );
const routesOf = (answers: readonly Answer[]): readonly string[] =>
  answers.map(({ route }) => route).sort();
const bodyOf = (answers: readonly Answer[], route: string) =>
  answers.find((one) => one.route === route)?.body;

/** What the separate route answers. */
const separate = async (path: string, user: UserName = 'viewer') =>
  (await suite.target.request(user, 'GET', `${BASE}${path}`)).json;

/** An alert that names one agent of the fleet. */
async function alertOfHost() {
  const { alerts } = await separate('/alerts?perPage=100');
  const uuids = new Set(suite.fleet.connected.map(({ uuid }) => uuid));
  return alerts.find((one: { readonly agentUuid: string }) => uuids.has(one.agentUuid));
}

it('contains a page of alerts and the status of their hosts, with one call to SentinelOne', async () => {
  const answers = await completeView({ alerts: { perPage: 5 } }, 'hostsStatus');
  expect(routesOf(answers)).toEqual([
    'actions',
    'alerts',
    'approvals',
    'connection',
    'hostsStatus',
  ]);
  expect(bodyOf(answers, 'alerts')).toEqual(await separate('/alerts?perPage=5'));
  expect(bodyOf(answers, 'connection')).toEqual(await separate('/connection'));
  const { agents } = answers.find(({ route }) => route === 'hostsStatus')!.question as {
    readonly agents: readonly unknown[];
  };
  expect(agents.length).toBeGreaterThan(0);
  expect(bodyOf(answers, 'hostsStatus').hosts).toHaveLength(agents.length);
  const calls = await suite.target.simulator.calls();
  // A second one looks up ids whose UUIDs match no agent.
  expect(calls.length).toBeLessThanOrEqual(2);
  expect(calls.every(({ method }) => method === 'GET')).toBe(true);
});

it('contains an alert, the status of its host, and the latest actions on both', async () => {
  const { id, agentUuid } = await alertOfHost();
  await suite.target.simulator.clearCalls();
  const answers = await completeView({ alertId: id }, 'hostsStatus');
  expect(routesOf(answers)).toEqual([
    'actions',
    'actions',
    'alert',
    'approvals',
    'connection',
    'hostsStatus',
  ]);
  expect(bodyOf(answers, 'alert')).toEqual(await separate(`/alerts/${id}`));
  expect(bodyOf(answers, 'hostsStatus').hosts).toMatchObject([{ agent: { uuid: agentUuid } }]);
  expect(await suite.target.simulator.writes()).toEqual([]);
  const brief = await completeView({ alertId: id, statusOnly: true }, 'hostsStatus');
  expect(routesOf(brief)).toEqual(['alert', 'connection', 'hostsStatus']);
});

it('contains the isolated hosts, and the status of a host', async () => {
  const [host] = suite.fleet.connected;
  const question = { isolated: { perPage: 10 }, agents: [{ agentId: host!.id }] };
  await completeView(question, 'isolatedHosts');
  const answers = await completeView(question, 'hostsStatus');
  expect(routesOf(answers)).toEqual([
    'actions',
    'actions',
    'approvals',
    'connection',
    'hostsStatus',
    'isolatedHosts',
  ]);
  const { total } = await separate('/hosts/isolated?perPage=10');
  expect(bodyOf(answers, 'isolatedHosts')).toMatchObject({ total, page: 1, perPage: 10 });
  expect(bodyOf(answers, 'hostsStatus').hosts).toMatchObject([{ agent: { id: host!.id } }]);
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('contains nothing of SentinelOne for a user who may not execute connectors, also if it is known', async () => {
  const [host] = suite.fleet.connected;
  const question = { alerts: {}, isolated: {}, agents: [{ agentId: host!.id }] };
  await view(question);
  await suite.target.simulator.clearCalls();
  const answers = await view(question, 'unconnected');
  expect(routesOf(answers)).toEqual(['actions', 'actions', 'alerts', 'approvals', 'connection']);
  expect(JSON.stringify(answers)).not.toContain('networkStatus');
  expect(await suite.target.simulator.calls()).toEqual([]);
});

it('leaves out what fails, and what its own route refuses', async () => {
  const { simulator } = suite.target;
  const [, host] = suite.fleet.connected;
  await simulator.addFaults({
    path: '/agents',
    count: 'always',
    fault: { kind: 'status', status: 403 },
  });
  const answers = await viewWithoutStatus({
    alertId: 'unknown',
    agents: [{ agentId: host!.id }],
  });
  expect(routesOf(answers)).toEqual(['actions', 'actions', 'approvals', 'connection']);
  const far = await view({ alerts: { page: 10_000, perPage: 100 } });
  expect(routesOf(far)).toEqual(['actions', 'approvals', 'connection']);
  expect(await simulator.writes()).toEqual([]);
});

it('does not wait for a slow SentinelOne, whose answer the route of the status then waits for', async () => {
  const { simulator } = suite.target;
  const [, , host] = suite.fleet.connected;
  const agents = [{ agentId: host!.id }];
  await simulator.addFaults({
    path: '/agents',
    count: 'always',
    fault: { kind: 'delay', ms: 1_000 },
  });
  const answers = await viewWithoutStatus({ agents });
  expect(routesOf(answers)).toEqual(['actions', 'approvals', 'connection']);
  const { json } = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
    body: { agents },
  });
  expect(json.hosts).toMatchObject([{ agent: { id: host!.id } }]);
  // After a second, it no longer waits for the read that has begun.
  const calls = await simulator.calls();
  const reads = calls.filter(({ query }) => query.raw.includes(host!.id));
  expect([1, 2]).toContain(reads.length);
  expect(calls.every(({ method }) => method === 'GET')).toBe(true);
});

it.each([
  [{ agents: [] }, 'agents'],
  [{ agents: [{}] }, 'agents'],
  [{ alerts: { perPage: 0 } }, 'perPage'],
  [{ alertId: '' }, 'alertId'],
  [{ isolated: { sortField: 'x' } }, 'sortField'],
  [{ hosts: [] }, 'hosts'],
])('refuses %j and names the field', async (question, field) => {
  const answer = await suite.target.request('viewer', 'POST', `${BASE}/_view`, { body: question });
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(field);
  expect(await suite.target.simulator.calls()).toEqual([]);
});
