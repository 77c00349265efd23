import { contractSuite } from '../helpers/contract_suite';
import { type UserName } from '../helpers/target';

/** `POST …/hosts/_find`: hosts by their exact name, to choose from; it acts on nothing. */

const PATH = '/internal/sentinelone_response/hosts/_find';

const suite = contractSuite();
afterEach(async () => {
  expect(await suite.target.simulator.writes()).toEqual([]);
});

const find = (name: unknown, user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', PATH, { body: { name } });
const namesIn = ({ json }: Awaited<ReturnType<typeof find>>) =>
  json.agents.map(({ computerName }: { computerName: string }) => computerName);

it('finds the host with a name, and not hosts whose names contain it', async () => {
  const names = suite.fleet.all.map(({ computerName }) => computerName ?? '');
  const name = names.find((one) => one !== '' && names.some((n) => n !== one && n.includes(one)))!;
  const answer = await find(name);
  expect(answer.status).toBe(200);
  expect(namesIn(answer)).toEqual([name]);
  expect(answer.json.isComplete).toBe(true);
});

it('finds all hosts with a name, ignoring case', async () => {
  const [first, second] = suite.fleet.connected;
  const name = first!.computerName!;
  await suite.target.simulator.setAgent(second!.id, { computerName: name.toUpperCase() });
  const answer = await find(name);
  const ids = answer.json.agents.map(({ id }: { id: string }) => id);
  expect(ids.sort()).toEqual([first!.id, second!.id].sort());
});

it.each([
  ['a DNS suffix', 'pc-1.corp.example', 'PC-1'],
  ['a DNS suffix in SentinelOne', 'pc-1', 'PC-1.corp.example'],
  ['Unicode form', 'srv-büro-são', 'srv-bu\u0308ro-sa\u0303o'],
  ['the apostrophe', "Anna's MacBook", 'Anna’s MacBook'],
  ['blanks around it', 'srv-01', ' srv-01 '],
])('finds the host with a name that differs in %s', async (_, name, computerName) => {
  const [first, second] = suite.fleet.connected;
  await suite.target.simulator.setAgent(first!.id, { computerName });
  await suite.target.simulator.setAgent(second!.id, { computerName: `${name}0` });
  const answer = await find(name);
  expect(answer.json.agents.map(({ id }: { id: string }) => id)).toEqual([first!.id]);
});

it('finds the host with a name with which six hundred others begin', async () => {
  const fleet = Array.from({ length: 600 }, (_, n) => ({
    id: `${Date.now()}${String(n).padStart(4, '0')}`,
    computerName: n === 0 ? 'pc1' : `pc1${n}`,
  }));
  await suite.target.simulator.reset({ fleet });
  const answer = await find('pc1');
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ isComplete: true, agents: [{ id: fleet[0]!.id }] });
  // As many at once as the API takes are more than Kibana reads of one answer.
  const agents = await suite.execute('analyst', 'getAgents', { nameContains: 'pc1', limit: 1_000 });
  expect(agents.json).toMatchObject({ status: 'ok' });
  expect(agents.json.data.agents.length).toBeGreaterThan(100);
  expect(agents.json.data.cursor).toEqual(expect.any(String));
});

it('treats a comma as a part of the name', async () => {
  const [first, second, third] = suite.fleet.connected;
  const name = "Anna's MacBook, 2nd floor";
  await suite.target.simulator.setAgent(first!.id, { computerName: name });
  await suite.target.simulator.setAgent(second!.id, { computerName: "Anna's MacBook" });
  await suite.target.simulator.setAgent(third!.id, { computerName: '2nd floor' });
  await suite.target.simulator.clearCalls();
  expect(namesIn(await find(name))).toEqual([name]);
  const read = await suite.execute('viewer', 'getAgents', { nameContains: 'macbook, 2nd' });
  expect(read.json.data).toMatchObject({ agents: [{ id: first!.id }], cursor: null, total: null });
  expect(read.json.data.agents).toHaveLength(1);
  const calls = await suite.target.simulator.calls();
  expect(calls.map(({ path, query, status }) => [path, query.parsed, status])).toEqual([
    ['/agents', { computerName__contains: 's MacBook', limit: '100' }, 200],
    ['/agents', { computerName__contains: 'macbook', limit: '100' }, 200],
  ]);
});

it('finds no host for a name that no agent has', async () => {
  const answer = await find('no-such-host');
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ agents: [], isComplete: true });
});

it.each([[''], ['  '], [undefined], [['web-1']], ['x'.repeat(257)]])(
  'refuses %j as a name, without a request to SentinelOne',
  async (name) => {
    expect((await find(name)).status).toBe(400);
    expect(await suite.target.simulator.calls()).toEqual([]);
  }
);

it.each<[UserName, number]>([
  ['viewer', 200],
  ['outsider', 403],
  ['reader', 403],
  ['nobody', 401],
])('answers %s with %i', async (user, status) => {
  expect((await find('web-1', user)).status).toBe(status);
  if (status !== 200) expect(await suite.target.simulator.calls()).toEqual([]);
});

it('reports the problem if SentinelOne refuses the token', async () => {
  await suite.target.simulator.addFaults({
    path: '/agents',
    fault: { kind: 'status', status: 401 },
  });
  const answer = await find('web-1');
  expect(answer.status).toBe(502);
  expect(answer.json.attributes.reason).toBe('unauthorized');
});
