import { attachmentsOf, makeCase, titleOf } from '../helpers/cases';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { idsOf, type SimulatedAgent } from '../helpers/hosts';
import type { UserName } from '../helpers/target';
import { untilIs } from '../helpers/until';

/** What the history tells of an action's cases: what came of attaching, and their titles. */

const suite = contractSuite({ tasks: true });
const MISSING = 'no-such-case';

const newCase = (what: string) => makeCase(suite.target, titleOf(what));
const isolate = (agent: SimulatedAgent, caseIds: readonly string[], user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts: [{ agentId: agent.id }], comment: 'for the case', caseIds },
  });
const byId = (caseIds: unknown, user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', `${BASE}/cases/_by_id`, { body: { caseIds } });
const resultsOf = async (actionId: string, path = BASE): Promise<unknown> => {
  const answer = await suite.target.request('viewer', 'GET', `${path}/actions/${actionId}`);
  expect(answer.status).toBe(200);
  return answer.json.caseAttachments;
};

it('is recorded for each case, with the reason and without the title, also for the public API', async () => {
  const agent = suite.fleet.connected[0]!;
  const { id, title } = await newCase('Insider');
  const answer = await isolate(agent, [MISSING, id]);
  expect(answer.json.caseAttachments).toContainEqual({ caseId: id, title, attached: true });
  const recorded = [
    { caseId: MISSING, attached: false, reason: 'not_found' },
    { caseId: id, attached: true },
  ];
  const { actionId } = answer.json;
  expect(await resultsOf(actionId)).toEqual(recorded);
  expect(await resultsOf(actionId, '/api/sentinelone_response')).toEqual(recorded);
  expect(JSON.stringify(await suite.target.record(actionId))).not.toContain(title);
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
});

it('is recorded again when another user attaches it later', async () => {
  const agent = suite.fleet.connected[1]!;
  const [one, other] = [await newCase('Leaver'), await newCase('Joiner')];
  const { json } = await isolate(agent, [one.id, other.id], 'responder');
  const forbidden = { attached: false, reason: 'forbidden' };
  expect(await resultsOf(json.actionId)).toEqual([
    { caseId: one.id, ...forbidden },
    { caseId: other.id, ...forbidden },
  ]);
  const path = `${BASE}/actions/${json.actionId}/_attach`;
  const later = await suite.target.request('analyst', 'POST', path, {
    body: { caseIds: [other.id] },
  });
  expect(later.status).toBe(200);
  expect(await resultsOf(json.actionId)).toEqual([
    { caseId: one.id, ...forbidden },
    { caseId: other.id, attached: true },
  ]);
  expect(await attachmentsOf(suite.target, one.id)).toEqual([]);
  expect(await attachmentsOf(suite.target, other.id)).toHaveLength(1);
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
});

it('does not delay the end of the action', async () => {
  const agent = suite.fleet.connected[2]!;
  const { id } = await newCase('Ends');
  const { json } = await isolate(agent, [id]);
  const record = await untilIs(
    'the record ends',
    () => suite.target.record(json.actionId),
    ({ state }) => state === 'ended'
  );
  expect(record).toMatchObject({
    state: 'ended',
    hosts: [{ outcome: 'done' }],
    caseAttachments: [{ caseId: id, attached: true }],
  });
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
});

it('contains the titles for users who may see the cases, and which do not exist', async () => {
  const { id, title } = await newCase('Visible');
  const answer = await byId([id, MISSING]);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    state: 'available',
    cases: [{ id, title, status: 'open' }],
    notFound: [MISSING],
    forbidden: [],
  });
});

it('contains no title for users who may not see cases, and not which exist', async () => {
  const { id } = await newCase('Hidden');
  expect((await byId([id, MISSING], 'responder')).json).toEqual({
    state: 'available',
    cases: [],
    notFound: [],
    forbidden: [id, MISSING],
  });
  expect((await byId([id], 'outsider')).status).toBe(403);
  expect((await byId([id], 'nobody')).status).toBe(401);
});

it.each<[string, unknown, string]>([
  ['no id', [], '[caseIds]'],
  ['a blank id', [' '], '[caseIds[0]]'],
  ['too many', Array.from({ length: 101 }, (_, n) => `c${n}`), '[caseIds]'],
])('refuses %s', async (_, caseIds, field) => {
  const answer = await byId(caseIds);
  expect(answer.status).toBe(400);
  expect(answer.json.message).toContain(field);
});
