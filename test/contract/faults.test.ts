import { randomUUID } from 'node:crypto';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, fleetOf, idsOf, type SimulatedAgent } from '../helpers/hosts';
import type { Fault } from '../simulator/client';
import { TOKEN } from '../helpers/target';
import { untilIs } from '../helpers/until';

/** Each fault of SentinelOne, times isolate and release: what is answered, and what was really sent. */

const suite = contractSuite();

const ACTIONS = {
  isolate: { path: '/agents/actions/disconnect', permission: 'Endpoints.disconnectFromNetwork' },
  release: { path: '/agents/actions/connect', permission: 'Endpoints.reconnectToNetwork' },
} as const;
type Action = keyof typeof ACTIONS;

/** Above the workbench's time-out; in an official Kibana the connection breaks off after it. */
const LONGER_THAN_THE_TIME_OUT = 2_500;
const REDIRECT: Fault = {
  kind: 'status',
  status: 302,
  body: '',
  headers: { location: 'https://example.org/' },
};

/** A page of a firewall's own, with a status that SentinelOne has as well. */
const FIREWALL_PAGE = '<html><head><title>Access denied</title></head></html>';
const FIREWALL: Fault = {
  kind: 'status',
  status: 403,
  body: FIREWALL_PAGE,
  headers: { 'content-type': 'text/html' },
};

const candidates = (action: Action): readonly SimulatedAgent[] =>
  action === 'isolate' ? suite.fleet.connected : suite.fleet.isolated;

async function act(action: Action, agents: readonly SimulatedAgent[]) {
  const hosts = agents.map(({ uuid, computerName }) => ({ uuid, name: computerName }));
  return suite.target.request('analyst', 'POST', `${BASE}/hosts/_${action}`, {
    body: { hosts, comment: 'fault' },
  });
}
const writeFault = (action: Action, fault: Fault, count = 1) =>
  suite.target.simulator.addFaults({ method: 'POST', path: ACTIONS[action].path, count, fault });
/** A fault for the look-up of this agent only, not for the reads of status reconciliation. */
const readFault = ({ uuid }: SimulatedAgent, fault: Fault, count = 1) =>
  suite.target.simulator.addFaults({
    method: 'GET',
    path: '/agents',
    naming: uuid ?? undefined,
    count,
    fault,
  });

/** No write names or changes any other agent. */
async function expectNobodyElse(agents: readonly SimulatedAgent[]) {
  const ids = agents.map(({ id }) => id);
  for (const write of await suite.target.simulator.writes()) {
    expect(idsOf(write).length).toBeGreaterThan(0);
    for (const id of [...idsOf(write), ...write.affectedIds]) expect(ids).toContain(id);
  }
}

describe.each(['isolate', 'release'] as const)('%s, when the look-up', (action) => {
  it.each<[string, Fault, number, string]>([
    ['is refused with 401', { kind: 'status', status: 401 }, 1, 'unauthorized'],
    ['is refused with 403', { kind: 'status', status: 403 }, 1, 'forbidden'],
    ['is answered with 400', { kind: 'status', status: 400 }, 1, 'unexpected_answer'],
    ['is answered with 500', { kind: 'status', status: 500 }, 1, 'unreachable'],
    ['is answered with 503 three times', { kind: 'status', status: 503 }, 3, 'unreachable'],
    ['is throttled for longer than 30 s', { kind: 'throttle', retryAfter: 60 }, 1, 'throttled'],
    ['breaks off three times', { kind: 'resetBefore' }, 3, 'unreachable'],
    ['is answered with HTML', { kind: 'html' }, 1, 'unexpected_answer'],
    ['is answered with half a JSON', { kind: 'truncatedJson' }, 1, 'unexpected_answer'],
    ['has ids that are numbers', { kind: 'numericIds' }, 1, 'unexpected_answer'],
    ['leads elsewhere', REDIRECT, 1, 'unexpected_answer'],
    ['is refused by a firewall', FIREWALL, 1, 'unexpected_answer'],
    ['is refused by a proxy', { kind: 'status', status: 407, body: '' }, 1, 'unreachable'],
    [
      'is answered with something else',
      { kind: 'status', status: 200, body: {} },
      1,
      'unexpected_answer',
    ],
    ['never comes to an end', { kind: 'hang', ms: LONGER_THAN_THE_TIME_OUT }, 3, 'unreachable'],
  ])('%s: failed, and nothing is sent', async (_, fault, times, reason) => {
    const [agent] = candidates(action);
    await readFault(agent!, fault, times);
    const answer = await act(action, [agent!]);
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it.each<[string, Fault, number]>([
    ['fails with 503 once', { kind: 'status', status: 503 }, 1],
    ['fails with 502 twice', { kind: 'status', status: 502 }, 2],
    ['breaks off once', { kind: 'resetBefore' }, 1],
    ['is throttled for a second', { kind: 'throttle', retryAfter: 1 }, 1],
    ['is throttled without a word for how long', { kind: 'throttle', retryAfter: null }, 1],
    ['takes its time', { kind: 'delay', ms: 700 }, 1],
    ['brings new fields', { kind: 'extraFields' }, 1],
  ])('%s: the action is done', async (_, fault, times) => {
    const [agent] = candidates(action);
    await readFault(agent!, fault, times);
    const answer = await act(action, [agent!]);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'requested' }]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent!.id]);
  });

  it('ignores the filter and returns all agents: only the named host is affected, if any', async () => {
    const [agent] = candidates(action);
    await readFault(agent!, { kind: 'ignoreFilter' });
    await act(action, [agent!]);
    await expectNobodyElse([agent!]);
  });

  it('contains nulls instead of values: no other agent is changed', async () => {
    const [agent] = candidates(action);
    await readFault(agent!, { kind: 'nullFields' });
    const answer = await act(action, [agent!]);
    expect([200, 409, 422]).toContain(answer.status);
    await expectNobodyElse([agent!]);
  });

  it('is larger than Kibana allows: reported or split', async () => {
    const [agent] = candidates(action);
    await readFault(agent!, { kind: 'hugeBody' });
    const answer = await act(action, [agent!]);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason: 'unexpected_answer' }]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  });
});

describe.each(['isolate', 'release'] as const)('%s, when the write', (action) => {
  it.each<[string, Fault, number, string, number]>([
    ['is refused with 401', { kind: 'status', status: 401 }, 1, 'unauthorized', 1],
    ['is refused with 403', { kind: 'status', status: 403 }, 1, 'forbidden', 1],
    ['is refused with 400', { kind: 'status', status: 400 }, 1, 'unexpected_answer', 1],
    ['is throttled three times', { kind: 'throttle', retryAfter: 0 }, 3, 'throttled', 3],
    ['fails with 500 and is not taken', { kind: 'status', status: 500 }, 1, 'unreachable', 1],
    ['fails with 503 and is not taken', { kind: 'status', status: 503 }, 1, 'unreachable', 1],
    ['breaks off before it is taken', { kind: 'resetBefore' }, 1, 'unreachable', 1],
    ['affects nobody', { kind: 'affected0' }, 1, 'not_affected', 1],
    ['is answered with a login page', { kind: 'html' }, 1, 'unexpected_answer', 1],
    ['leads elsewhere', REDIRECT, 1, 'unexpected_answer', 1],
    ['is refused by a firewall', FIREWALL, 1, 'unexpected_answer', 1],
    ['is refused by a proxy', { kind: 'status', status: 407, body: '' }, 1, 'unreachable', 1],
    [
      'is not taken and never answered',
      { kind: 'hang', ms: LONGER_THAN_THE_TIME_OUT },
      1,
      'unreachable',
      1,
    ],
  ])('%s: failed', async (_, fault, times, reason, sent) => {
    await writeFault(action, fault, times);
    const [agent] = candidates(action);
    const answer = await act(action, [agent!]);
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason }]);
    if (reason === 'forbidden') {
      expect(answer.json.hosts[0].detail).toContain(ACTIONS[action].permission);
    }
    if (fault === FIREWALL) {
      expect(answer.json.hosts[0].detail).toMatch(
        /"Access denied".*This answer is not from SentinelOne/
      );
    }
    const writes = await suite.target.simulator.writes();
    expect(writes).toHaveLength(sent);
    expect(affectedBy(writes)).toEqual([]);
    await expectNobodyElse([agent!]);
  });

  it.each<[string, Fault]>([
    ['breaks off after it was taken', { kind: 'resetAfter' }],
    ['is taken and answered with 500', { kind: 'answerAfterApply', status: 500 }],
    ['is taken and answered with 504', { kind: 'answerAfterApply', status: 504 }],
    [
      'is taken and the answer never comes',
      { kind: 'hang', ms: LONGER_THAN_THE_TIME_OUT, applied: true },
    ],
    [
      'is taken and its answer refused by a firewall',
      { kind: 'answerAfterApply', status: 403, body: FIREWALL_PAGE },
    ],
    [
      'is taken and answered with HTML',
      { kind: 'answerAfterApply', status: 200, body: '<html></html>' },
    ],
    ['is taken and half the answer comes', { kind: 'truncatedJson' }],
    ['is taken and counts wrongly', { kind: 'affectedWrong', affected: 7 }],
    ['is taken and counts nobody', { kind: 'affectedWrong', affected: 0 }],
    ['is taken and counts less than nobody', { kind: 'affectedWrong', affected: -1 }],
    ['is taken and counts in words', { kind: 'affectedWrong', affected: 'one' }],
    ['is taken and does not count', { kind: 'nullFields', fields: ['affected'] }],
    ['is taken and answers more than Kibana reads', { kind: 'hugeBody' }],
    ['is taken and answers late', { kind: 'delay', ms: 700 }],
    ['is taken and answers with new fields', { kind: 'extraFields' }],
  ])(
    '%s: the actual status is read and returned, and no command is sent twice',
    async (_, fault) => {
      await writeFault(action, fault);
      const [agent] = candidates(action);
      const answer = await act(action, [agent!]);
      expect(answer.status).toBe(200);
      expect(['requested', 'done']).toContain(answer.json.hosts[0].outcome);
      const writes = await suite.target.simulator.writes();
      expect(writes).toHaveLength(1);
      expect(affectedBy(writes)).toEqual([agent!.id]);
    }
  );

  it('is throttled once: sent again, accepted once', async () => {
    await writeFault(action, { kind: 'throttle', retryAfter: 1 });
    const [agent] = candidates(action);
    const answer = await act(action, [agent!]);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'requested' }]);
    const writes = await suite.target.simulator.writes();
    expect(writes).toHaveLength(2);
    expect(affectedBy(writes)).toEqual([agent!.id]);
  });

  it('has no answer and the status cannot be read: failed for the caller, open in the record', async () => {
    await writeFault(action, { kind: 'resetAfter' });
    // A host that no other test has just acted on: it would be read once more before the command.
    const agent = candidates(action).at(-1);
    // The look-up asks by UUID; what became of the command is asked by id.
    await suite.target.simulator.addFaults({
      path: '/agents',
      naming: agent!.id,
      fault: { kind: 'status', status: 500 },
    });
    const answer = await act(action, [agent!]);
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason: 'unreachable' }]);
    expect(await suite.target.record(answer.json.actionId)).toMatchObject({
      state: 'sending',
      hosts: [{ outcome: 'pending' }],
    });
    expect(await suite.target.simulator.writes()).toHaveLength(1);
  });

  it('affects neither of two hosts: both fail as not_affected', async () => {
    const agents = candidates(action).slice(0, 2);
    await writeFault(action, { kind: 'affected0' });
    const answer = await act(action, agents);
    expect(answer.json.hosts.map(({ reason }: { reason: string }) => reason)).toEqual([
      'not_affected',
      'not_affected',
    ]);
    await expectNobodyElse(agents);
  });
});

it('one of two hosts does not accept it: each has its own result', async () => {
  const { simulator } = suite.target;
  // Hosts without an earlier action: others are read once more before the command.
  const [first, second] = [1, 2].map((n) => ({ id: `${Date.now()}${n}`, uuid: randomUUID() }));
  await simulator.reset({ fleet: [first!, second!] });
  const agents = (await fleetOf(simulator)).connected;
  await readFault(agents[0]!, { kind: 'delay', ms: 700 });
  const answering = act('isolate', agents);
  await untilIs('the look-up is sent', simulator.calls, ({ length }) => length > 0);
  // It goes between the look-up and the command.
  await simulator.setAgent(second!.id, { isDecommissioned: true });
  const answer = await answering;
  expect(answer.status).toBe(207);
  const endOf = ({ id }: { id: string }) =>
    answer.json.hosts.find(({ agentId }: { agentId: string }) => agentId === id);
  expect(endOf(first!).outcome).toBe('requested');
  expect(endOf(second!)).toMatchObject({ outcome: 'failed', reason: 'not_affected' });
  const writes = await simulator.writes();
  expect(writes).toHaveLength(1);
  expect(affectedBy(writes)).toEqual([first!.id]);
});

it("SentinelOne's error text is shown to the user, truncated and without the token", async () => {
  const detail = `Bad token ${TOKEN} ${'x'.repeat(700)}`;
  const body = { errors: [{ code: 4000010, title: 'Bad Request', detail }] };
  await writeFault('isolate', { kind: 'status', status: 400, body });
  const answer = await act('isolate', [suite.fleet.connected[0]!]);
  const said: string = answer.json.hosts[0].detail;
  expect(said).toContain('Bad token [token]');
  expect(said.length).toBeLessThanOrEqual(500);
  expect(answer.text).not.toContain(TOKEN);
});
