import * as fc from 'fast-check';
import { contractSuite, BASE } from '../helpers/contract_suite';
import { affectedBy, idsOf, type SimulatedAgent } from '../helpers/hosts';
import { sendAs } from '../helpers/http';
import type { UserName } from '../helpers/target';
import { untilListed } from '../helpers/listed_actions';

/** Isolating a host that the settings protect: with a privilege of its own and a second comment, or not at all. */

const SETTINGS = '/api/sentinelone_response/settings';
const ACTIONS = '/api/sentinelone_response/actions';
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };
const WHY = 'it encrypts the file server';
const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);

// Before the suite's own, which closes the host.
afterAll(() => settings({}));
const suite = contractSuite();
jest.setTimeout(300_000);

const settings = async (change: object): Promise<void> => {
  const body = { ...DEFAULTS, ...change };
  expect((await suite.target.request('admin', 'PUT', SETTINGS, { body })).status).toBe(200);
};
const protect = (agent: SimulatedAgent) =>
  settings({ protectedHosts: [{ field: 'agentId', pattern: agent.id }] });
beforeEach(() => settings({}));

const REQUEST_PATHS = ['button', 'execute', 'api'] as const;
type RequestPath = (typeof REQUEST_PATHS)[number];

interface Order {
  readonly hosts: readonly object[];
  readonly comment?: string;
  readonly overrideComment?: unknown;
}

function act(
  path: RequestPath,
  authorization: string | undefined,
  { comment = 'c', ...rest }: Order
) {
  const { url, connectorId } = suite.target;
  const order = { comment, ...rest };
  const post = (path: string, body: unknown) => sendAs(url, authorization, 'POST', path, { body });
  switch (path) {
    case 'button':
      return post(`${BASE}/hosts/_isolate`, order);
    case 'api':
      return post(ACTIONS, { action: 'isolate', ...order });
    case 'execute':
      return post(`/api/actions/connector/${connectorId}/_execute`, {
        params: { subAction: 'isolateHost', subActionParams: order },
      });
  }
}
const as = (user: UserName) => suite.target.authorizationOf(user);
/** The id of the action in an answer of a route or in the message of an execution. */
const actionIdOf = (text: string): string =>
  /(?:"actionId":"|Action )([0-9a-f-]{36})/.exec(text)?.[1] ?? '';
const named = ({ id }: SimulatedAgent) => ({ agentId: id });

describe('with the privilege and a second comment', () => {
  it.each(REQUEST_PATHS)('a protected host is isolated by %s', async (path) => {
    const agent = suite.fleet.connected[0]!;
    await protect(agent);
    const order = { hosts: [named(agent)], overrideComment: WHY };
    const answer = await act(path, as('lead'), order);
    expect(answer.status).toBe(200);
    expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
  });

  it('only those hosts are marked that were protected, with the pattern that protected them', async () => {
    const [one, two] = suite.fleet.connected;
    await protect(one!);
    const order = { hosts: [named(one!), named(two!)], overrideComment: WHY };
    const answer = await act('api', as('lead'), order);
    expect(answer.status).toBe(200);
    const override = {
      comment: WHY,
      hosts: [{ agentId: one!.id, field: 'agentId', pattern: one!.id }],
    };
    expect(answer.json.override).toEqual(override);
    const { actionId } = answer.json;
    expect((await suite.target.record(actionId)).override).toEqual(override);
    const recorded = await suite.target.request('viewer', 'GET', `${ACTIONS}/${actionId}`);
    expect(recorded.json.override).toEqual(override);
    expect((await suite.target.simulator.writes()).flatMap(idsOf).sort()).toEqual(
      [one!.id, two!.id].sort()
    );
    await untilListed(suite.target, { search: 'encrypts', actionId });
    const table = await suite.target.request('viewer', 'GET', `${BASE}/actions/_csv`);
    const lines = table.text.split('\r\n').filter((line) => line.includes(actionId));
    expect(lines).toHaveLength(2);
    expect(lines.filter((line) => line.includes(WHY))).toEqual([
      expect.stringContaining(`"agent id matches ${one!.id}","${WHY}"`),
    ]);
  });

  it('a second comment for a host without protection is not recorded', async () => {
    const agent = suite.fleet.connected[0]!;
    const answer = await act('api', as('lead'), { hosts: [named(agent)], overrideComment: WHY });
    expect(answer.status).toBe(200);
    expect(answer.json).not.toHaveProperty('override');
    expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
  });

  it('applies only in the space of the privilege', async () => {
    const agent = suite.fleet.connected[0]!;
    const body = { ...DEFAULTS, protectedHosts: [{ field: 'name', pattern: '*' }] };
    await suite.target.request('admin', 'PUT', `/s/ops${SETTINGS}`, { body });
    const answer = await suite.target.request('lead', 'POST', `/s/ops${BASE}/hosts/_isolate`, {
      body: { hosts: [named(agent)], comment: 'c', overrideComment: WHY },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await suite.target.simulator.writes()).toEqual([]);
    // What is left in that space must add nothing to this one, whose tests follow.
    const lenient = { ...DEFAULTS, commentRequired: false };
    await suite.target.request('admin', 'PUT', `/s/ops${SETTINGS}`, { body: lenient });
  });
});

describe('otherwise it stays protected', () => {
  it.each(REQUEST_PATHS)('without the privilege, by %s, naming it', async (path) => {
    const [agent, other] = suite.fleet.connected;
    await protect(agent!);
    const hosts = [named(agent!), named(other!)];
    const answer = await act(path, as('analyst'), { hosts, overrideComment: WHY });
    expect(answer.text).toContain('Isolate protected hosts');
    expect(answer.text).toMatch(/analyst lacks the Kibana privilege/);
    expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[other!.id]]);
  });

  it.each(REQUEST_PATHS)('without a second comment, by %s', async (path) => {
    const agent = suite.fleet.connected[0]!;
    await protect(agent);
    const answer = await act(path, as('lead'), { hosts: [named(agent)] });
    expect(answer.text).toMatch(/protected/);
    const record = await suite.target.record(actionIdOf(answer.text));
    expect(record.hosts[0]?.protectedBy).toEqual({ field: 'agentId', pattern: agent.id });
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it.each(REQUEST_PATHS)('by API key, by %s, whatever its owner may do', async (path) => {
    const agent = suite.fleet.connected[0]!;
    await protect(agent);
    const key = await suite.target.adminApiKey();
    const answer = await act(path, key, { hosts: [named(agent)], overrideComment: WHY });
    expect(answer.text).toMatch(
      /Rules and API keys never isolate protected hosts|automation_off|does not let rules and API keys act/
    );
    expect(await suite.target.simulator.writes()).toEqual([]);
  });
});

describe('bad input', () => {
  it.each(REQUEST_PATHS)('a blank second comment is refused by %s', async (path) => {
    const agent = suite.fleet.connected[0]!;
    await protect(agent);
    const records = await suite.target.countRecords();
    for (const overrideComment of [
      '',
      ' ',
      '\n',
      'red \u001b[31m',
      '\u202e',
      'x'.repeat(2_001),
      null,
      7,
      {},
    ]) {
      const answer = await act(path, as('lead'), { hosts: [named(agent)], overrideComment });
      if (path === 'execute') expect(answer.json.status).toBe('error');
      else expect(answer.status).toBe(400);
      expect(answer.text).toContain('[overrideComment]');
    }
    expect(await suite.target.simulator.calls()).toEqual([]);
    expect(await suite.target.countRecords()).toBe(records);
  });

  it('a release accepts and requires none', async () => {
    const { target } = suite;
    const agent = suite.fleet.isolated[0]!;
    await protect(agent);
    const order = { hosts: [named(agent)], comment: 'c' };
    const refused = await Promise.all([
      target.request('lead', 'POST', `${BASE}/hosts/_release`, {
        body: { ...order, overrideComment: WHY },
      }),
      target.request('lead', 'POST', ACTIONS, {
        body: { action: 'release', ...order, overrideComment: WHY },
      }),
    ]);
    for (const answer of refused) {
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('[overrideComment]');
    }
    const direct = await suite.execute('lead', 'releaseHost', { ...order, overrideComment: WHY });
    expect(direct.json.status).toBe('error');
    expect(await target.simulator.calls()).toEqual([]);

    const released = await target.request('analyst', 'POST', `${BASE}/hosts/_release`, {
      body: order,
    });
    expect(released.status).toBe(200);
    expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
  });
});

describe('before an action', () => {
  it('the status of a host contains the pattern that protects it, with one call', async () => {
    const [one, two] = suite.fleet.connected;
    await protect(one!);
    const answer = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
      body: { agents: [named(one!), named(two!)] },
    });
    const [first, second] = answer.json.hosts;
    expect(first.agent.protectedBy).toEqual({ field: 'agentId', pattern: one!.id });
    expect(second.agent).not.toHaveProperty('protectedBy');
    expect(await suite.target.simulator.calls()).toHaveLength(1);
  });

  it('the response about connectors contains whether a comment is required', async () => {
    const ask = async () =>
      (await suite.target.request('viewer', 'GET', `${BASE}/connection`)).json;
    expect(await ask()).toMatchObject({ state: 'one', commentRequired: true, maxHosts: 1_000 });
    await settings({ commentRequired: false, maxHosts: 7 });
    expect(await ask()).toMatchObject({ state: 'one', commentRequired: false, maxHosts: 7 });
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

it(`every request path isolates a protected host only with the privilege and a second comment (${RUNS} patterns)`, async () => {
  const key = await suite.target.adminApiKey();
  const callers = { lead: as('lead'), analyst: as('analyst'), key };
  let overridden = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...REQUEST_PATHS),
      fc.constantFrom<keyof typeof callers>('lead', 'analyst', 'key'),
      fc.option(fc.constantFrom('', '  ', WHY), { nil: undefined }),
      fc.nat(),
      fc.constantFrom<'name' | 'agentId' | 'uuid'>('name', 'agentId', 'uuid'),
      fc.array(fc.constantFrom('keep', '?', '*'), { minLength: 8, maxLength: 8 }),
      async (path, caller, overrideComment, host, field, changes) => {
        const { simulator } = suite.target;
        await simulator.reset();
        await simulator.clearCalls();
        const agent = suite.fleet.connected[host % suite.fleet.connected.length]!;
        const value = { name: agent.computerName, agentId: agent.id, uuid: agent.uuid }[field]!;
        const pattern = [...value]
          .map((one, n) => (changes[n % 8] === 'keep' ? one : changes[n % 8]!))
          .join('');
        await settings({ protectedHosts: [{ field, pattern }] });
        await act(path, callers[caller], {
          hosts: [named(agent)],
          ...(overrideComment === undefined ? {} : { overrideComment }),
        });
        const touched = affectedBy(await simulator.writes());
        const may = caller === 'lead' && overrideComment === WHY;
        expect(touched).toEqual(may ? [agent.id] : []);
        if (may) overridden += 1;
      }
    ),
    { numRuns: RUNS, endOnFailure: true }
  );
  // A lock without a key would prove nothing.
  expect(overridden).toBeGreaterThan(0);
});
