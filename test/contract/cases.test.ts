import { randomUUID } from 'node:crypto';
import {
  attachmentsOf,
  CASES_OWNER,
  closeCase,
  makeCase,
  shownIn,
  titleOf,
} from '../helpers/cases';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { idsOf, type SimulatedAgent } from '../helpers/hosts';
import { expectOk } from '../helpers/http';
import type { UserName } from '../helpers/target';
import { untilIs } from '../helpers/until';

/** Actions in Elastic Security's cases. */

const suite = contractSuite();
const MISSING = 'no-such-case';

const isolate = (agent: SimulatedAgent, caseIds: readonly string[], user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', `${BASE}/hosts/_isolate`, {
    body: {
      hosts: [{ uuid: agent.uuid, agentId: agent.id }],
      comment: 'for the case',
      caseIds,
    },
  });
const attach = (actionId: string, body: unknown, user: UserName = 'analyst') =>
  suite.target.request(user, 'POST', `${BASE}/actions/${actionId}/_attach`, { body });
const writtenTo = async () => (await suite.target.simulator.writes()).map(idsOf);
const newCase = (what: string, alertIds: readonly string[] = []) =>
  makeCase(suite.target, titleOf(what), alertIds);

describe('attaching an action', () => {
  it('attaches it once to each case, as the user of the action, without any secret', async () => {
    const agent = suite.fleet.connected[0]!;
    const [one, other] = [await newCase('Ransomware'), await newCase('Phishing')];
    const answer = await isolate(agent, [one.id, other.id, one.id]);
    expect(answer.status).toBe(200);
    expect(answer.json.caseAttachments).toEqual([
      { caseId: one.id, title: one.title, attached: true },
      { caseId: other.id, title: other.title, attached: true },
    ]);
    for (const { id } of [one, other]) {
      const attachments = await attachmentsOf(suite.target, id);
      expect(attachments).toEqual([
        expect.objectContaining({
          actionId: answer.json.actionId,
          metadata: {
            action: 'isolate',
            hosts: [{ name: agent.computerName, agentId: agent.id }],
            hostCount: 1,
          },
          owner: CASES_OWNER,
          created_by: expect.objectContaining({ username: 'analyst' }),
        }),
      ]);
    }
    expect((await suite.target.record(answer.json.actionId)).caseIds).toContain(one.id);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('performs the action without the case, and reports that', async () => {
    const agent = suite.fleet.connected[1]!;
    const there = await newCase('Worm');
    const answer = await isolate(agent, [MISSING, there.id]);
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'requested' }]);
    expect(answer.json.caseAttachments).toEqual([
      { caseId: MISSING, attached: false, reason: 'not_found' },
      { caseId: there.id, title: there.title, attached: true },
    ]);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('performs the action for a user without access to cases, and reports that', async () => {
    const agent = suite.fleet.connected[2]!;
    const { id } = await newCase('Trojan');
    const answer = await isolate(agent, [id], 'responder');
    expect(answer.status).toBe(200);
    expect(answer.json.caseAttachments).toEqual([
      { caseId: id, attached: false, reason: 'forbidden' },
    ]);
    expect(await attachmentsOf(suite.target, id)).toEqual([]);
    expect(await writtenTo()).toEqual([[agent.id]]);
    // Somebody who may does it later; twice is once.
    for (let n = 0; n < 2; n++) {
      const later = await attach(answer.json.actionId, { caseIds: [id] });
      expect(later.status).toBe(200);
      expect(later.json.caseAttachments).toMatchObject([{ caseId: id, attached: true }]);
    }
    expect(await attachmentsOf(suite.target, id)).toHaveLength(1);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('attaches to a closed case, as Kibana does', async () => {
    const agent = suite.fleet.connected[3]!;
    const { id } = await newCase('Old story');
    await closeCase(suite.target, id);
    expect((await isolate(agent, [id])).json.caseAttachments).toMatchObject([{ attached: true }]);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('attaches nothing when every host is refused', async () => {
    const { id } = await newCase('Nobody');
    const answer = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ agentId: '404404404' }], comment: 'none', caseIds: [id] },
    });
    expect(answer.status).toBe(409);
    expect(answer.json.caseAttachments).toEqual([
      { caseId: id, attached: false, reason: 'nothing_sent' },
    ]);
    expect(await attachmentsOf(suite.target, id)).toEqual([]);
    expect(await writtenTo()).toEqual([]);
  });

  it('keeps all of several concurrent attachments to a case', async () => {
    const { id } = await newCase('Outbreak');
    const agents = suite.fleet.connected.slice(0, 4);
    const answers = await Promise.all(agents.map((agent) => isolate(agent, [id])));
    for (const { json } of answers) {
      expect(json.caseAttachments).toMatchObject([{ attached: true }]);
    }
    const attachments = await attachmentsOf(suite.target, id);
    const attached = attachments.map((one) => one.actionId);
    expect(attached.sort()).toEqual(answers.map(({ json }) => json.actionId).sort());
    expect((await writtenTo()).flat().sort()).toEqual(agents.map((agent) => agent.id).sort());
  });

  /** Waits until a comment that is added now is listed, and so all that was written to the case before. */
  const untilSearchable = async (caseId: string): Promise<void> => {
    const path = `/api/cases/${caseId}/comments`;
    const body = { type: 'user', comment: `marker ${randomUUID()}`, owner: CASES_OWNER };
    expectOk(await suite.target.request('admin', 'POST', path, { body }), `POST ${path}`);
    await untilIs(
      'the case lists the newest comment',
      () => suite.target.request('admin', 'GET', path),
      ({ text }) => text.includes(body.comment)
    );
  };

  it('contains and shows it once despite concurrent changes of the case', async () => {
    const agent = suite.fleet.connected[0]!;
    const { id } = await newCase('Busy');
    let isOver = false;
    const people = Array.from({ length: 3 }, async () => {
      while (!isOver) {
        await suite.target.request('admin', 'POST', `/api/cases/${id}/comments`, {
          body: { type: 'user', comment: 'and another thing', owner: CASES_OWNER },
        });
      }
    });
    const answer = await isolate(agent, [id]);
    isOver = true;
    await Promise.all(people);
    expect(answer.status).toBe(200);
    // Too busy for all tries, it is attached later.
    const [end] = answer.json.caseAttachments;
    if (end.attached === false) {
      expect(end.reason).toBe('unclear');
      await untilSearchable(id);
      const later = await attach(answer.json.actionId, { caseIds: [id] });
      expect(later.json.caseAttachments).toMatchObject([{ attached: true }]);
    }
    await untilSearchable(id);
    const held = await attachmentsOf(suite.target, id);
    expect(held).toMatchObject([{ actionId: answer.json.actionId }]);
    expect(await shownIn(suite.target, id)).toContain(held[0]!.id);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('does so for the public API', async () => {
    const agent = suite.fleet.connected[4]!;
    const { id, title } = await newCase('By a script');
    const answer = await suite.target.request(
      'analyst',
      'POST',
      '/api/sentinelone_response/actions',
      {
        body: {
          action: 'isolate',
          hosts: [{ uuid: agent.uuid, agentId: agent.id }],
          comment: 'by the API',
          caseIds: [id],
        },
      }
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      caseIds: [id],
      caseAttachments: [{ caseId: id, title, attached: true }],
    });
    expect(await attachmentsOf(suite.target, id)).toMatchObject([
      { actionId: answer.json.actionId },
    ]);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });

  it('only records the cases of a direct call of the connector', async () => {
    const agent = suite.fleet.connected[5]!;
    const { id } = await newCase('Straight');
    const { target } = suite;
    const path = `/api/actions/connector/${target.connectorId}/_execute`;
    const { json } = await target.request('analyst', 'POST', path, {
      body: {
        params: {
          subAction: 'isolateHost',
          subActionParams: { hosts: [{ agentId: agent.id }], comment: 'straight', caseIds: [id] },
        },
      },
    });
    expect(json.status).toBe('ok');
    expect((await target.record(json.data.actionId)).caseIds).toEqual([id]);
    expect(await attachmentsOf(target, id)).toEqual([]);
    const later = await attach(json.data.actionId, { caseIds: [id] });
    expect(later.json.caseAttachments).toMatchObject([{ attached: true }]);
    expect(await writtenTo()).toEqual([[agent.id]]);
  });
});

describe('bad input', () => {
  it.each<[string, unknown, RegExp]>([
    ['a blank id', [''], /\[caseIds\[0\]\]: got ""; accepted is the id of a case/],
    ['an id with a blank', ['a b'], /\[caseIds\[0\]\]: got "a b"; accepted is the id of a case/],
    ['a number', [7], /\[caseIds\[0\]\]: got 7/],
    ['no list', 'case-1', /\[caseIds\]: got "case-1"; accepted is a list of 0 to 100 case ids/],
    ['too many', Array.from({ length: 101 }, (_, n) => `c${n}`), /\[caseIds\]: got a list of 101/],
  ])('%s: 400, nothing written, nothing sent', async (_, caseIds, message) => {
    const before = await suite.target.countRecords();
    const hosts = [{ agentId: suite.fleet.connected[0]!.id }];
    const body = { hosts, comment: 'bad case', caseIds };
    for (const [path, sent] of [
      [`${BASE}/hosts/_isolate`, body],
      ['/api/sentinelone_response/actions', { ...body, action: 'isolate' }],
    ] as const) {
      const answer = await suite.target.request('analyst', 'POST', path, { body: sent });
      expect(answer.status).toBe(400);
      expect(answer.json.message).toMatch(message);
    }
    expect(await suite.target.countRecords()).toBe(before);
    expect(await writtenTo()).toEqual([]);
  });

  it('refuses to attach an action to a case that is not in its record', async () => {
    const { id } = await newCase('Elsewhere');
    const { json } = await isolate(suite.fleet.connected[0]!, []);
    expect(json.caseAttachments).toBeUndefined();
    const answer = await attach(json.actionId, { caseIds: [id] });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(`[caseIds[0]]: got "${id}"`);
    expect(await attachmentsOf(suite.target, id)).toEqual([]);
    const unknown = await attach('00000000-0000-0000-0000-000000000000', { caseIds: [id] });
    expect(unknown.status).toBe(404);
    expect((await attach(json.actionId, { caseIds: [] })).status).toBe(400);
  });
});

describe('the cases to choose from', () => {
  const ofAlerts = (alertIds: unknown, user: UserName = 'analyst') =>
    suite.target.request(user, 'POST', `${BASE}/cases/_of_alerts`, { body: { alertIds } });
  const search = (query: string, user: UserName = 'analyst') =>
    suite.target.request(user, 'GET', `${BASE}/cases?${query}`);

  it('are those of the alerts, each once', async () => {
    const alerts = [`alert-${titleOf('a')}`, `alert-${titleOf('b')}`].map((one) =>
      one.replace(/ /g, '')
    );
    const both = await newCase('Both', alerts);
    const one = await newCase('One', [alerts[0]!]);
    await closeCase(suite.target, one.id);
    const answer = await ofAlerts(alerts);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ state: 'available', total: 2 });
    expect(answer.json.cases).toEqual(
      expect.arrayContaining([
        { id: both.id, title: both.title, status: 'open' },
        { id: one.id, title: one.title, status: 'closed' },
      ])
    );
    expect((await ofAlerts(['in-no-case'])).json).toEqual({
      state: 'available',
      cases: [],
      total: 0,
    });
  });

  it('are found by words of their titles unless they are closed, page by page', async () => {
    const word = titleOf('x').replace(/ /g, '');
    const [first, second, closed] = [
      await newCase(`Lateral movement ${word}`),
      await newCase(`Lateral ${word}`),
      await newCase(`Closed ${word}`),
    ];
    await closeCase(suite.target, closed.id);
    const idsIn = async (query: string) =>
      (await search(query)).json.cases.map(({ id }: { id: string }) => id);
    expect(await idsIn(`search=${word}`)).toEqual([second.id, first.id]);
    expect(await idsIn(`search=${word}+mov`)).toEqual([first.id]);
    expect(await idsIn(`search=${encodeURIComponent(`"(${word}) OR -`)}`)).not.toContain(closed.id);
    expect(await idsIn(`search=${word}&page=2&perPage=1`)).toEqual([first.id]);
    expect((await search(`search=${word}&perPage=1`)).json.total).toBe(2);
  });

  it('are not listed for users who may not add to them, with a separate reason', async () => {
    for (const user of ['responder', 'viewer'] as const) {
      expect((await ofAlerts(['alert-1'], user)).json).toEqual({ state: 'forbidden' });
      expect((await search('', user)).json).toEqual({ state: 'forbidden' });
    }
    expect((await search('', 'outsider')).status).toBe(403);
    expect((await search('', 'nobody')).status).toBe(401);
  });

  it.each([
    ['perPage=101', '[perPage]'],
    ['page=0', '[page]'],
    ['owner=cases', '[owner]'],
  ])('refuses %s', async (query, field) => {
    const answer = await search(query);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(field);
  });

  it('refuses invalid ids of alerts', async () => {
    for (const alertIds of [[], [''], Array.from({ length: 51 }, (_, n) => `a${n}`)]) {
      const answer = await ofAlerts(alertIds);
      expect(answer.status).toBe(400);
      expect(answer.json.message).toContain('[alertIds');
    }
  });
});

describe("Kibana's own cases", () => {
  const PATH = '/api/cases';
  const as = (user: UserName, method: string, path = '', body?: unknown) =>
    suite.target.request(user, method, `${PATH}${path}`, { body });
  const error = (statusCode: number, name: string, message: string) => ({
    statusCode,
    error: name,
    message,
  });
  const comment = (over: object = {}) => ({
    type: 'user',
    comment: 'x',
    owner: CASES_OWNER,
    ...over,
  });

  it('returns the same for any host', async () => {
    const { id } = await newCase('Alike');
    const newBody = {
      title: 'x',
      description: 'd',
      tags: [],
      connector: { id: 'none', name: 'none', type: '.none', fields: null },
      settings: { syncAlerts: false },
      owner: CASES_OWNER,
    };
    const cases: ReadonlyArray<readonly [Parameters<typeof as>, object]> = [
      [
        ['viewer', 'POST', '', newBody],
        error(403, 'Forbidden', `Unauthorized to create case with owners: "${CASES_OWNER}"`),
      ],
      [
        ['outsider', 'POST', '', newBody],
        error(403, 'Forbidden', 'Unauthorized to access case configurations of any owner'),
      ],
      [['analyst', 'GET', '/nope'], error(404, 'Not Found', 'Saved object [cases/nope] not found')],
      [
        ['outsider', 'GET', `/${id}`],
        error(403, 'Forbidden', `Unauthorized to access case with owners: "${CASES_OWNER}"`),
      ],
      [
        ['outsider', 'GET', '/alerts/x'],
        error(403, 'Forbidden', 'Unauthorized to access cases of any owner'),
      ],
      [
        ['viewer', 'POST', `/${id}/comments`, comment()],
        error(403, 'Forbidden', `Unauthorized to create comments with owners: "${CASES_OWNER}"`),
      ],
      [
        ['analyst', 'POST', '/nope/comments', comment()],
        error(404, 'Not Found', 'Saved object [cases/nope] not found'),
      ],
      [
        ['analyst', 'POST', `/${id}/comments`, comment({ owner: 'cases' })],
        error(403, 'Forbidden', 'Unauthorized to create comments with owners: "cases"'),
      ],
      [
        [
          'analyst',
          'POST',
          `/${id}/comments`,
          {
            type: 'externalReference',
            externalReferenceAttachmentTypeId: 'nobodys',
            externalReferenceId: 'x',
            externalReferenceStorage: { type: 'elasticSearchDoc' },
            externalReferenceMetadata: null,
            owner: CASES_OWNER,
          },
        ],
        error(400, 'Bad Request', 'Attachment type nobodys is not registered.'),
      ],
      [
        ['outsider', 'GET', `/${id}/comments`],
        error(403, 'Forbidden', 'Unauthorized to access comments of any owner'),
      ],
      [
        ['analyst', 'POST', '', { ...newBody, description: undefined, settings: undefined }],
        error(
          400,
          'Bad Request',
          'Invalid value "undefined" supplied to "description",Invalid value "undefined" supplied to "settings"'
        ),
      ],
      [
        ['analyst', 'PATCH', '', { cases: [{ id, version: 'x', status: 'closed' }] }],
        error(
          409,
          'Conflict',
          `These cases ${id} has been updated. Please refresh before saving additional updates.`
        ),
      ],
    ];
    for (const [request, expected] of cases) {
      expect([request.slice(0, 3), (await as(...request)).json]).toEqual([
        request.slice(0, 3),
        expected,
      ]);
    }
  });
});
