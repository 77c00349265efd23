import { BASE, contractSuite } from '../helpers/contract_suite';

/** What does not fit is refused with the field's name: nothing is recorded, nothing is sent. */

const suite = contractSuite();
let recordsBefore: number;
beforeEach(async () => {
  recordsBefore = await suite.target.countRecords();
});
const expectNothingHappened = async () => {
  expect(await suite.target.simulator.calls()).toEqual([]);
  expect(await suite.target.countRecords()).toBe(recordsBefore);
};

const action = (changes: object) => ({ hosts: [{ uuid: 'abc' }], comment: 'why', ...changes });
/** What neither isolating nor releasing takes, by whichever way. */
const BAD_ACTIONS: ReadonlyArray<readonly [unknown, string]> = [
  [{}, '[hosts]'],
  [action({ hosts: undefined }), '[hosts]'],
  [action({ hosts: null }), '[hosts]'],
  [action({ hosts: [] }), '[hosts]'],
  [action({ hosts: 'abc' }), '[hosts]'],
  [action({ hosts: { uuid: 'abc' } }), '[hosts]'],
  [action({ hosts: ['abc'] }), '[hosts[0]]'],
  [action({ hosts: [null] }), '[hosts[0]]'],
  [action({ hosts: [{}] }), '[hosts[0]]'],
  [action({ hosts: [{ name: 'web-1' }] }), '[hosts[0]]'],
  [action({ hosts: [{ uuid: 'abc' }, { name: 'web-1' }] }), '[hosts[1]]'],
  [action({ hosts: [{ uuid: '' }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: '  ' }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: null }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: ['a'] }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: 'a,b' }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: 'a&ids=1' }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ uuid: 'a'.repeat(65) }] }), '[hosts[0].uuid]'],
  [action({ hosts: [{ agentId: '' }] }), '[hosts[0].agentId]'],
  [action({ hosts: [{ agentId: 1 }] }), '[hosts[0].agentId]'],
  [action({ hosts: [{ agentId: '1,2' }] }), '[hosts[0].agentId]'],
  [action({ hosts: [{ agentId: '0x1' }] }), '[hosts[0].agentId]'],
  [action({ hosts: [{ uuid: 'a', name: '' }] }), '[hosts[0].name]'],
  [action({ hosts: [{ uuid: 'a', confirmedName: ' ' }] }), '[hosts[0].confirmedName]'],
  [action({ hosts: [{ uuid: 'a', computerName: 'x' }] }), '[hosts[0].computerName]'],
  [action({ hosts: [{ uuid: 'a', name: 'web\n1' }] }), '[hosts[0].name]'],
  [action({ hosts: [{ uuid: 'a', name: 'web\u202e1' }] }), '[hosts[0].name]'],
  [action({ hosts: [{ uuid: 'a', confirmedName: 'web\u0000' }] }), '[hosts[0].confirmedName]'],
  [action({ hosts: Array(1001).fill({ uuid: 'a' }) }), '[hosts]'],
  [action({ comment: undefined }), '[comment]'],
  [action({ comment: '' }), '[comment]'],
  [action({ comment: ' ' }), '[comment]'],
  [action({ comment: 7 }), '[comment]'],
  [action({ comment: 'x'.repeat(2001) }), '[comment]'],
  [action({ comment: 'over\rwritten' }), '[comment]'],
  [action({ comment: 'red \u001b[31m' }), '[comment]'],
  [action({ comment: 'backwards \u202e' }), '[comment]'],
  [action({ filter: {} }), '[filter]'],
  [action({ ids: ['1'] }), '[ids]'],
  [action({ alertIds: 'a' }), '[alertIds]'],
  [action({ alertIds: ['a b'] }), '[alertIds[0]]'],
  [action({ alertIds: Array(1001).fill('a') }), '[alertIds]'],
  [action({ caseIds: [7] }), '[caseIds[0]]'],
  [action({ caseIds: Array(101).fill('a') }), '[caseIds]'],
];

/** Short enough for the name of a test. */
const inWords = (input: unknown): string => (JSON.stringify(input) ?? 'nothing').slice(0, 90);

describe('routes', () => {
  const cases: ReadonlyArray<readonly [string, string, unknown, string]> = [
    ['POST', '/hosts/_isolate', undefined, '[hosts]'],
    ...['/hosts/_isolate', '/hosts/_release'].flatMap((path) =>
      BAD_ACTIONS.map(([body, field]) => ['POST', path, body, field] as const)
    ),
    ['POST', '/hosts/_status', {}, '[agents]'],
    ['POST', '/hosts/_status', { agents: [] }, '[agents]'],
    ['POST', '/hosts/_status', { agents: [{}] }, '[agents[0]]'],
    ['POST', '/hosts/_status', { agents: [{ uuid: 'a,b' }] }, '[agents[0].uuid]'],
    ['POST', '/hosts/_status', { agents: [{ agentId: 'x' }] }, '[agents[0].agentId]'],
    ['POST', '/hosts/_status', { agents: [{ uuid: 'a', name: 'x' }] }, '[agents[0].name]'],
    ['POST', '/hosts/_status', { agents: Array(101).fill({ uuid: 'a' }) }, '[agents]'],
    ['POST', '/hosts/_status', { agents: [{ uuid: 'a' }], all: true }, '[all]'],
    ['POST', '/alerts/_hosts', {}, '[alertIds]'],
    ['POST', '/alerts/_hosts', { alertIds: [] }, '[alertIds]'],
    ['POST', '/alerts/_hosts', { alertIds: ['a b'] }, '[alertIds[0]]'],
    ['POST', '/alerts/_hosts', { alertIds: Array(1001).fill('a') }, '[alertIds]'],
    ['GET', '/alerts/a%20b', undefined, '[alertId]'],
    ['GET', `/alerts/${'a'.repeat(513)}`, undefined, '[alertId]'],
    ['GET', '/alerts?page=0', undefined, '[page]'],
    ['GET', '/alerts?page=1.5', undefined, '[page]'],
    ['GET', '/alerts?page=abc', undefined, '[page]'],
    ['GET', '/alerts?perPage=0', undefined, '[perPage]'],
    ['GET', '/alerts?perPage=101', undefined, '[perPage]'],
    ['GET', '/alerts?page=1000&perPage=100', undefined, '[page]'],
    ['GET', '/alerts?sortField=reason', undefined, '[sortField]'],
    ['GET', '/alerts?sortOrder=up', undefined, '[sortOrder]'],
    ['GET', '/alerts?status=isolated', undefined, '[status]'],
    ['GET', '/alerts?search=a&search=b', undefined, '[search]'],
    ['GET', `/alerts?search=${'a'.repeat(257)}`, undefined, '[search]'],
    ['GET', '/alerts?foo=1', undefined, '[foo]'],
  ];
  it.each(
    cases.map(([method, path, body, field]) => ({
      name: `${method} ${path.slice(0, 40)} ${inWords(body)}`,
      method,
      path,
      body,
      field,
    }))
  )('$name names $field', async ({ method, path, body, field }) => {
    const answer = await suite.target.request('admin', method, `${BASE}${path}`, { body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ statusCode: 400, error: 'Bad Request' });
    expect(answer.json.message).toContain(field);
    await expectNothingHappened();
  });

  it.each(['/hosts/_isolate', '/hosts/_release', '/hosts/_status', '/alerts/_hosts'])(
    'POST %s refuses a body that is not JSON, not an object or too large',
    async (path) => {
      const send = async (body: unknown) =>
        (await suite.target.request('admin', 'POST', `${BASE}${path}`, { body })).status;
      for (const body of ['{', '[]', '"a"', '7']) expect(await send(body)).toBe(400);
      expect(await send({ comment: 'x'.repeat(2_000_000) })).toBe(413);
      await expectNothingHappened();
    }
  );
});

describe('sub-actions', () => {
  const cases: ReadonlyArray<readonly [string, unknown, string]> = [
    ...['isolateHost', 'releaseHost'].flatMap((subAction) =>
      BAD_ACTIONS.map(([params, field]) => [subAction, params, field] as const)
    ),
    ['getAgents', { uuids: [] }, '[uuids]'],
    ['getAgents', { uuids: 'a' }, '[uuids]'],
    ['getAgents', { uuids: ['a,b'] }, '[uuids[0]]'],
    ['getAgents', { uuids: Array(101).fill('a') }, '[uuids]'],
    ['getAgents', { ids: [] }, '[ids]'],
    ['getAgents', { ids: ['x'] }, '[ids[0]]'],
    ['getAgents', { limit: 0 }, '[limit]'],
    ['getAgents', { limit: '7' }, '[limit]'],
    ['getAgents', { limit: 1001 }, '[limit]'],
    ['getAgents', { cursor: '' }, '[cursor]'],
    ['getAgents', { nameContains: '' }, '[nameContains]'],
    ['getAgents', { nameContains: ' , ,' }, '[nameContains]'],
    ['getAgents', { computerName: 'x' }, '[computerName]'],
    ['getAgents', { networkStatuses: [] }, '[networkStatuses]'],
    ['getAgents', { networkStatuses: '' }, '[networkStatuses]'],
    ['getAgents', { networkStatuses: ['isolated'] }, '[networkStatuses[0]]'],
    ['getAgents', { networkStatuses: ['connected,'] }, '[networkStatuses[0]]'],
    ['getAgents', { networkStatuses: Array(5).fill('connected') }, '[networkStatuses]'],
    ['getAgents', { ip: '' }, '[ip]'],
    ['getAgents', { ip: '10' }, '[ip]'],
    ['getAgents', { ip: '10.1.,' }, '[ip]'],
    ['getAgents', { ip: '256.1.' }, '[ip]'],
    ['getAgents', { ip: 'fe80::1' }, '[ip]'],
    ['getAgents', { user: '' }, '[user]'],
    ['getAgents', { user: ' ' }, '[user]'],
    ['getAgents', { user: 'a,b' }, '[user]'],
    ['getAgents', { user: 'x'.repeat(257) }, '[user]'],
    ['getAgents', { cursor: 'of nobody' }, '[cursor]'],
    ['getAgents', { cursor: 'bm9ib2R5' }, '[cursor]'],
    ['getAgents', { query: 'x' }, '[query]'],
    ['getAgents', { filter: {} }, '[filter]'],
    ['getIsolationActivities', {}, '[ids]'],
    ['getIsolationActivities', { ids: [] }, '[ids]'],
    ['getIsolationActivities', { ids: ['1,2'] }, '[ids[0]]'],
    ['getIsolationActivities', { ids: Array(1001).fill('1') }, '[ids]'],
    ['getIsolationActivities', { ids: ['1'], activityTypes: '1' }, '[activityTypes]'],
    ['testConnection', { url: 'https://example.org' }, '[url]'],
    ['testConnection', { token: 'x' }, '[token]'],
    ['testConnection', { failedChecks: 'ignore' }, '[failedChecks]'],
  ];
  it.each(
    cases.map(([subAction, params, field]) => ({
      name: `${subAction} ${inWords(params)}`,
      subAction,
      params,
      field,
    }))
  )('$name names $field', async ({ subAction, params, field }) => {
    const answer = await suite.execute('admin', subAction, params);
    expect(answer.json.status).toBe('error');
    expect(`${answer.json.message} ${answer.json.service_message}`).toContain(field);
    await expectNothingHappened();
  });

  it.each(['isolate', 'isolatehost', '', '__proto__', 'constructor', 'request', 'act', 'send', 7])(
    'there is no %p',
    async (name) => {
      const params = { hosts: [suite.hostOf()], comment: 'x' };
      const answer = await suite.execute('admin', name, params);
      expect(answer.json.status ?? answer.status).not.toBe('ok');
      expect([200, 400]).toContain(answer.status);
      await expectNothingHappened();
    }
  );
});
