import { expireRequest } from '../helpers/approvals';
import { contractSuite, BASE } from '../helpers/contract_suite';
import { affectedBy, idsOf, type SimulatedAgent } from '../helpers/hosts';
import { sendAs } from '../helpers/http';
import type { UserName } from '../helpers/target';
import type { FaultRule } from '../simulator/faults';

/** Isolating protected hosts after approval by a second person. */

const API = '/api/sentinelone_response';
const ACTIONS = `${API}/actions`;
const SETTINGS = `${API}/settings`;
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };
const WHY = 'it encrypts the file server';
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

// Before the suite's own, which closes the host.
afterAll(() => settings({}));
const suite = contractSuite();
jest.setTimeout(120_000);
/** An official Kibana's connector lets API keys act unless AUTOMATION says otherwise. */
const whereKeysMayNot =
  process.env.KIBANA_URL === undefined || process.env.AUTOMATION === 'false' ? it : it.skip;

const settings = async (change: object): Promise<void> => {
  const body = { ...DEFAULTS, ...change };
  expect((await suite.target.request('admin', 'PUT', SETTINGS, { body })).status).toBe(200);
};
const protect = (agents: readonly SimulatedAgent[], isolateProtectedHosts = 'with_approval') =>
  settings({
    protectedHosts: agents.map(({ id }) => ({ field: 'agentId', pattern: id })),
    isolateProtectedHosts,
  });
const named = ({ id }: SimulatedAgent) => ({ agentId: id });
const writes = async () => (await suite.target.simulator.writes()).map(idsOf);

const isolate = (user: UserName, hosts: readonly SimulatedAgent[], change: object = {}) =>
  suite.target.request(user, 'POST', ACTIONS, {
    body: {
      action: 'isolate',
      hosts: hosts.map(named),
      comment: WHY,
      requestApproval: true,
      ...change,
    },
  });
const decide = (
  user: UserName,
  actionId: string,
  decision: 'approve' | 'decline' | 'withdraw',
  comment: unknown = 'agreed with the server team',
  base: string = API
) =>
  suite.target.request(user, 'POST', `${base}/actions/${actionId}/_${decision}`, {
    ...(decision === 'withdraw' ? {} : { body: { comment } }),
  });
const list = async (user: UserName = 'viewer', query = '', base: string = API) =>
  suite.target.request(user, 'GET', `${base}/approvals${query}`);
/** The ids of the listed requests. */
const listed = async (user?: UserName): Promise<readonly string[]> =>
  (await list(user)).json.requests.map(({ actionId }: { actionId: string }) => actionId);

/** A request of the analyst for the first connected host. */
async function requested(): Promise<{ actionId: string; agent: SimulatedAgent }> {
  const agent = suite.fleet.connected[0]!;
  await protect([agent]);
  const answer = await isolate('analyst', [agent]);
  expect(answer.status).toBe(202);
  return { actionId: answer.json.actionId, agent };
}

// A host waits in one request at a time.
afterEach(async () => {
  for (const { actionId, actor } of (await list('admin')).json.requests) {
    await decide(actor.username, actionId, 'withdraw');
  }
});

describe('requesting', () => {
  it('records the request, locks nothing and sends nothing', async () => {
    const { actionId, agent } = await requested();
    expect(await writes()).toEqual([]);
    const record = await suite.target.request('viewer', 'GET', `${ACTIONS}/${actionId}`);
    expect(record.json).toMatchObject({
      state: 'awaiting_approval',
      actor: { username: 'analyst' },
      comment: WHY,
      hosts: [{ agentId: agent.id, outcome: 'awaiting_approval' }],
      approval: {
        hosts: [
          { agentId: agent.id, field: 'agentId', pattern: agent.id, isolation: 'with_approval' },
        ],
      },
    });
    const { requestedAt, expiresAt } = record.json.approval;
    expect(Date.parse(expiresAt) - Date.parse(requestedAt)).toBe(60 * 60_000);
    const { json, status } = await list('analyst', `?agentId=${agent.id}`);
    expect(status).toBe(200);
    const shown = json.requests.find((one: { actionId: string }) => one.actionId === actionId);
    expect(shown).toMatchObject({ isOwn: true, isExpired: false, actor: { username: 'analyst' } });
    expect(await listed('lead')).toContain(actionId);
    // Not locked: the host can be released, and another one isolated.
    const release = await suite.target.request('analyst', 'POST', ACTIONS, {
      body: { action: 'release', hosts: [named(agent)], comment: 'c' },
    });
    expect(release.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await writes()).toEqual([]);
    await decide('analyst', actionId, 'withdraw');
  });

  it('requests approval for protected hosts, and isolates the others', async () => {
    const [one, two, three] = suite.fleet.connected;
    await protect([one!, two!]);
    const answer = await isolate('analyst', [one!, two!, three!]);
    expect(answer.status).toBe(202);
    const outcomes = Object.fromEntries(
      answer.json.hosts.map((host: { agentId: string; outcome: string }) => [
        host.agentId,
        host.outcome,
      ])
    );
    expect(outcomes).toEqual({
      [one!.id]: 'awaiting_approval',
      [two!.id]: 'awaiting_approval',
      [three!.id]: 'requested',
    });
    expect(await writes()).toEqual([[three!.id]]);
    const approved = await decide('lead', answer.json.actionId, 'approve');
    expect(approved.status).toBe(200);
    expect((await writes())[1]!.slice().sort()).toEqual([one!.id, two!.id].sort());
    expect(approved.json.hosts).toHaveLength(3);
  });

  it('is refused for a host with an open request of any user, and not for the other hosts', async () => {
    const [one, two] = suite.fleet.connected;
    await protect([one!, two!]);
    const first = await isolate('analyst', [one!]);
    const { requestedAt } = first.json.approval;
    const requestedBefore = {
      ...{ username: 'analyst', requestedAt, actionId: first.json.actionId },
    };
    const refused = {
      ...{ agentId: one!.id, outcome: 'refused', reason: 'already_requested', requestedBefore },
      detail: `analyst requested approval at ${requestedAt}`,
    };
    for (const user of ['analyst', 'admin'] as const) {
      const answer = await isolate(user, [one!]);
      expect(answer.status).toBe(409);
      expect(answer.json.hosts).toMatchObject([refused]);
      expect(answer.json).not.toHaveProperty('approval');
    }
    const direct = await suite.execute('analyst', 'isolateHost', {
      ...{ hosts: [named(one!)], comment: WHY, requestApproval: true },
    });
    expect(direct.json.status).toBe('error');
    expect(direct.text).toContain('a request for approval is open already');
    const both = await isolate('admin', [one!, two!]);
    expect(both.status).toBe(207);
    expect(both.json.hosts).toEqual(
      expect.arrayContaining([
        expect.objectContaining(refused),
        expect.objectContaining({ agentId: two!.id, outcome: 'awaiting_approval' }),
      ])
    );
    expect((await listed()).slice().sort()).toEqual(
      [first.json.actionId, both.json.actionId].sort()
    );
    expect(await writes()).toEqual([]);
    // The first one is as it was, and another one is possible once it is decided.
    expect((await decide('lead', first.json.actionId, 'decline')).status).toBe(200);
    const again = await isolate('analyst', [one!]);
    expect(again.status).toBe(202);
    expect((await decide('lead', again.json.actionId, 'approve')).status).toBe(200);
    expect(await writes()).toEqual([[one!.id]]);
  });

  it.each(['never', 'with_comment'])('is refused if the settings are %s', async (way) => {
    const agent = suite.fleet.connected[0]!;
    await protect([agent], way);
    const answer = await isolate('analyst', [agent]);
    expect(answer.status).toBe(409);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'protected' }]);
    expect(await writes()).toEqual([]);
  });

  it('is required even if a user with the privilege enters a second comment', async () => {
    const agent = suite.fleet.connected[0]!;
    await protect([agent]);
    const answer = await isolate('lead', [agent], {
      requestApproval: undefined,
      overrideComment: WHY,
    });
    expect(answer.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'protected' }]);
    expect(answer.text).toContain('Another user has to approve');
    expect(await writes()).toEqual([]);
  });

  it('is not possible for API keys, through the routes or the connector', async () => {
    const agent = suite.fleet.connected[0]!;
    await protect([agent]);
    const { target } = suite;
    const key = await target.adminApiKey();
    const body = { hosts: [{ agentId: agent.id, name: agent.computerName }], comment: 'c' };
    const order = { ...body, requestApproval: true };
    const answers = [
      await sendAs(target.url, key, 'POST', ACTIONS, { body: { action: 'isolate', ...order } }),
      await sendAs(
        target.url,
        key,
        'POST',
        `/api/actions/connector/${target.connectorId}/_execute`,
        { body: { params: { subAction: 'isolateHost', subActionParams: order } } }
      ),
    ];
    for (const { text } of answers) {
      expect(text).not.toContain('awaiting');
      expect(text).toMatch(/Rules and API keys neither|automation_off|does not let rules/);
    }
    expect(await listed()).toEqual([]);
    expect(await writes()).toEqual([]);
  });

  it('requires a comment, even if the settings do not, and is a boolean', async () => {
    const agent = suite.fleet.connected[0]!;
    await settings({
      commentRequired: false,
      protectedHosts: [{ field: 'agentId', pattern: agent.id }],
      isolateProtectedHosts: 'with_approval',
    });
    const records = await suite.target.countRecords();
    for (const [change, field] of [
      [{ comment: '' }, '[comment]'],
      [{ comment: ' \n' }, '[comment]'],
      [{ requestApproval: 'yes' }, '[requestApproval]'],
      [{ requestApproval: null }, '[requestApproval]'],
    ] as const) {
      const answer = await isolate('analyst', [agent], change);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(field);
    }
    const released = await isolate('analyst', [agent], { action: 'release' });
    expect(released.status).toBe(400);
    expect(released.text).toContain('[requestApproval]');
    expect(await suite.target.countRecords()).toBe(records);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

describe('approving', () => {
  it.each([API, BASE])(
    'isolates the host once, as the requester, and records the approver (%s)',
    async (base) => {
      const { actionId, agent } = await requested();
      const before = (await suite.target.request('viewer', 'GET', `${ACTIONS}/${actionId}`)).json;
      const answer = await decide('lead', actionId, 'approve', 'agreed', base);
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({
        actionId,
        actor: { username: 'analyst' },
        comment: WHY,
        hosts: [{ agentId: agent.id, outcome: 'requested' }],
        approval: {
          requestedAt: before.approval.requestedAt,
          decision: { kind: 'approved', by: { username: 'lead' }, comment: 'agreed' },
        },
      });
      // The action began when it was approved.
      expect(answer.json.requestedAt >= before.requestedAt).toBe(true);
      expect(answer.json.requestedAt <= answer.json.approval.decision.at).toBe(true);
      expect(await writes()).toEqual([[agent.id]]);
      expect(await listed()).not.toContain(actionId);

      for (const decision of ['approve', 'decline'] as const) {
        const again = await decide('admin', actionId, decision);
        expect(again.status).toBe(409);
        expect(again.json.attributes.reason).toBe('already_decided');
      }
      expect((await decide('analyst', actionId, 'withdraw')).status).toBe(409);
      expect(await writes()).toEqual([[agent.id]]);
    }
  );

  it('sends one command when two users approve and one declines at the same time', async () => {
    const { actionId, agent } = await requested();
    const answers = await Promise.all([
      decide('lead', actionId, 'approve'),
      decide('admin', actionId, 'approve'),
      decide('admin', actionId, 'decline'),
      decide('analyst', actionId, 'withdraw'),
      decide('lead', actionId, 'approve'),
    ]);
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    for (const { status } of answers) expect([200, 409]).toContain(status);
    const { kind } = good[0]!.json.approval.decision;
    expect(await writes()).toEqual(kind === 'approved' ? [[agent.id]] : []);
  });

  it.each([
    ['analyst', 403],
    ['viewer', 403],
    ['outsider', 403],
    ['nobody', 401],
  ] as const)('is not possible for %s', async (user, status) => {
    const { actionId } = await requested();
    expect((await decide(user, actionId, 'approve')).status).toBe(status);
    expect((await decide(user, actionId, 'decline')).status).toBe(status);
    const direct = await suite.execute(user, 'approveRequest', { actionId, comment: 'c' });
    expect(direct.json.status).not.toBe('ok');
    expect(await writes()).toEqual([]);
    expect(await listed()).toContain(actionId);
    await decide('analyst', actionId, 'withdraw');
  });

  it('is not possible for the user who made the request, or for API keys', async () => {
    const [agent, another] = [suite.fleet.connected[0]!, suite.fleet.connected[1]!];
    await protect([agent, another]);
    const { target } = suite;
    const { actionId } = (await isolate('admin', [agent])).json;
    const key = await target.adminApiKey();
    const asKey = (path: string, body: object) => sendAs(target.url, key, 'POST', path, { body });
    const answers = [
      await decide('admin', actionId, 'approve'),
      await decide('admin', actionId, 'decline'),
      await suite.execute('admin', 'approveRequest', { actionId, comment: 'c' }),
      await asKey(`${ACTIONS}/${actionId}/_approve`, { comment: 'c' }),
      await asKey(`${ACTIONS}/${actionId}/_decline`, { comment: 'c' }),
      await asKey(`${ACTIONS}/${actionId}/_withdraw`, {}),
      await asKey(`/api/actions/connector/${target.connectorId}/_execute`, {
        params: { subAction: 'approveRequest', subActionParams: { actionId, comment: 'c' } },
      }),
    ];
    for (const answer of answers) {
      if (answer.status === 200) expect(answer.json.status).toBe('error');
      else expect(answer.status).toBe(403);
      expect(answer.text).toMatch(/requested with the same user name|Rules and API keys neither/);
    }
    // Somebody else's key is no second person either.
    const other = await isolate('analyst', [another]);
    const byKey = await asKey(`${ACTIONS}/${other.json.actionId}/_approve`, { comment: 'c' });
    expect(byKey.status).toBe(403);
    expect(byKey.text).toContain('Rules and API keys neither');
    expect(await writes()).toEqual([]);
    await decide('admin', actionId, 'withdraw');
    await decide('analyst', other.json.actionId, 'withdraw');
  });

  it('checks the current settings and the host in SentinelOne again', async () => {
    const { simulator } = suite.target;
    const never = await requested();
    await protect([never.agent], 'never');
    const refused = await decide('lead', never.actionId, 'approve');
    expect(refused.status).toBe(409);
    expect(refused.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'protected' }]);

    const renamed = await requested();
    await simulator.setAgent(renamed.agent.id, { computerName: 'another-machine' });
    const mismatch = await decide('lead', renamed.actionId, 'approve');
    expect(mismatch.json.hosts).toMatchObject([{ outcome: 'refused', reason: 'mismatch' }]);
    await simulator.reset();

    const gone = await requested();
    await simulator.setAgent(gone.agent.id, { isDecommissioned: true });
    const decommissioned = await decide('lead', gone.actionId, 'approve');
    expect(decommissioned.json.hosts).toMatchObject([
      { outcome: 'refused', reason: 'decommissioned' },
    ]);
    expect(await writes()).toEqual([]);
    await simulator.reset();

    const free = await requested();
    await settings({});
    expect((await decide('lead', free.actionId, 'approve')).status).toBe(200);
    expect(await writes()).toEqual([[free.agent.id]]);
  });

  it.each<[string, FaultRule['fault'], number]>([
    ['refuses the token', { kind: 'status', status: 401 }, 502],
    ['refuses the permission', { kind: 'status', status: 403 }, 502],
    ['answers with a web page', { kind: 'html' }, 502],
    ['answers in part', { kind: 'truncatedJson' }, 502],
    ['throttles', { kind: 'throttle', retryAfter: 60 }, 503],
    ['is down', { kind: 'status', status: 503 }, 502],
    ['closes the connection', { kind: 'resetBefore' }, 502],
  ])('does not change the request if SentinelOne %s', async (_, fault, status) => {
    const { actionId, agent } = await requested();
    await suite.target.simulator.addFaults({ path: '/agents', count: 'always', fault });
    const failed = await decide('lead', actionId, 'approve');
    expect(failed.status).toBe(status);
    expect(await listed()).toContain(actionId);
    expect(await writes()).toEqual([]);
    await suite.target.simulator.clearFaults();
    expect((await decide('lead', actionId, 'approve')).status).toBe(200);
    expect(await writes()).toEqual([[agent.id]]);
  });

  it('counts the time until the automatic release from the approval', async () => {
    const agent = suite.fleet.connected[0]!;
    await protect([agent]);
    const answer = await isolate('analyst', [agent], { releaseAfterMinutes: 30 });
    expect(answer.status).toBe(202);
    expect(answer.json.releaseAt ?? null).toBeNull();
    expect(answer.json.approval.releaseAfterMinutes).toBe(30);
    const approved = await decide('lead', answer.json.actionId, 'approve');
    expect(approved.status).toBe(200);
    const { requestedAt, releaseAt, automaticRelease } = approved.json;
    const minutes = (Date.parse(releaseAt) - Date.parse(requestedAt)) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(30);
    expect(minutes).toBeLessThan(31);
    expect(automaticRelease).toMatchObject({ state: 'scheduled', setBy: 'analyst' });
    expect(await writes()).toEqual([[agent.id]]);
  });

  it('resolves a lost answer to the command by what SentinelOne then reports', async () => {
    const { actionId, agent } = await requested();
    await suite.target.simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'resetAfter' },
    });
    const answer = await decide('lead', actionId, 'approve');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      hosts: [{ agentId: agent.id, outcome: expect.stringMatching(/requested|done/) }],
      approval: { decision: { kind: 'approved' } },
    });
    expect(await writes()).toEqual([[agent.id]]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });

  it('requires exactly one connector; declining and withdrawing require none', async () => {
    const { actionId } = await requested();
    const remove = await suite.target.addConnector('A second one');
    try {
      const answer = await decide('lead', actionId, 'approve');
      expect([answer.status, answer.json.attributes.reason]).toEqual([409, 'several_connectors']);
      const direct = await suite.execute('lead', 'approveRequest', { actionId, comment: 'c' });
      expect(direct.json.service_message).toContain('[several_connectors]');
      expect(await listed()).toContain(actionId);
      expect((await decide('lead', actionId, 'decline')).status).toBe(200);
    } finally {
      await remove();
    }
    expect(await writes()).toEqual([]);
  });

  it('never sends a command again when the first one failed', async () => {
    const { actionId, agent } = await requested();
    await suite.target.simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'status', status: 403 },
    });
    const failed = await decide('lead', actionId, 'approve');
    expect(failed.status).toBe(422);
    expect(failed.json).toMatchObject({
      hosts: [{ agentId: agent.id, outcome: 'failed', reason: 'forbidden' }],
      approval: { decision: { kind: 'approved' } },
    });
    expect((await decide('admin', actionId, 'approve')).status).toBe(409);
    expect(await writes()).toEqual([[agent.id]]);
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
  });
});

it('cannot be decided after it has expired, and can be requested again', async () => {
  const { actionId, agent } = await requested();
  const { approval } = await suite.target.record(actionId);
  await expireRequest(suite.target, actionId);
  const shown = (await list('lead', `?agentId=${agent.id}`)).json.requests;
  expect(shown).toMatchObject([{ actionId, isExpired: true, isOwn: false }]);
  for (const [user, decision] of [
    ['lead', 'approve'],
    ['lead', 'decline'],
    ['analyst', 'withdraw'],
  ] as const) {
    for (const base of [API, BASE]) {
      const answer = await decide(user, actionId, decision, 'too late', base);
      expect(answer.status).toBe(409);
      expect(answer.json.attributes.reason).toBe('approval_expired');
    }
  }
  const direct = await suite.execute('lead', 'approveRequest', { actionId, comment: 'too late' });
  expect(direct.json).toMatchObject({
    ...{ status: 'error', service_message: expect.stringContaining('[approval_expired]') },
  });
  expect(await suite.target.record(actionId)).not.toHaveProperty('approval.decision');
  expect(await writes()).toEqual([]);
  const again = await isolate('analyst', [agent]);
  expect(again.status).toBe(202);
  expect((await decide('lead', again.json.actionId, 'approve')).status).toBe(200);
  expect(await writes()).toEqual([[agent.id]]);
  // In time, so that it does not stay in the list.
  await suite.target.changeRecord(actionId, { approval, listed: { approval } });
});

describe('declining and withdrawing', () => {
  it('ends the request, with the user who declined it and their comment', async () => {
    const { actionId, agent } = await requested();
    const answer = await decide('lead', actionId, 'decline', 'not during the backup');
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      state: 'ended',
      hosts: [
        {
          agentId: agent.id,
          outcome: 'refused',
          reason: 'declined',
          detail: 'lead: not during the backup',
        },
      ],
      approval: { decision: { kind: 'declined', by: { username: 'lead' } } },
    });
    expect(await listed()).not.toContain(actionId);
    expect((await decide('admin', actionId, 'approve')).status).toBe(409);
    expect(await writes()).toEqual([]);
  });

  it('lets only the user who made a request withdraw it', async () => {
    const { actionId, agent } = await requested();
    const other = await decide('lead', actionId, 'withdraw');
    expect(other.status).toBe(403);
    expect(other.text).toContain('analyst made the request');
    const answer = await decide('analyst', actionId, 'withdraw');
    expect(answer.status).toBe(200);
    expect(answer.json.hosts).toMatchObject([
      { agentId: agent.id, outcome: 'refused', reason: 'withdrawn' },
    ]);
    expect((await decide('lead', actionId, 'approve')).status).toBe(409);
    expect(await writes()).toEqual([]);
  });
});

describe('the list of requests', () => {
  it.each([
    ['admin', 200],
    ['lead', 200],
    ['analyst', 200],
    ['viewer', 200],
    ['reader', 403],
    ['outsider', 403],
    ['nobody', 401],
  ] as const)('responds to %s with %i, through both APIs', async (user, status) => {
    for (const base of [API, BASE]) expect((await list(user, '', base)).status).toBe(status);
    expect(await suite.target.simulator.calls()).toEqual([]);
  });

  it('is paged, oldest first, and filtered by host', async () => {
    const [one, two] = suite.fleet.connected;
    await protect([one!, two!]);
    const first = (await isolate('analyst', [one!])).json.actionId;
    const second = (await isolate('admin', [two!])).json.actionId;
    await suite.target.simulator.clearCalls();
    for (const base of [API, BASE]) {
      const all = (await list('lead', '', base)).json;
      expect(all).toMatchObject({ total: 2, page: 1, perPage: 25, asOf: expect.any(String) });
      expect(all.requests).toMatchObject([
        { actionId: first, isOwn: false, isExpired: false },
        { actionId: second, isOwn: false, isExpired: false },
      ]);
      // The public API names the order of records in its own way.
      for (const request of all.requests) {
        expect(Object.keys(request)).toContain(base === API ? 'order' : 'sortKey');
        expect(Object.keys(request)).not.toContain(base === API ? 'sortKey' : 'order');
      }
      const page = (await list('lead', '?perPage=1&page=2', base)).json;
      expect(page).toMatchObject({ total: 2, page: 2, requests: [{ actionId: second }] });
      const about = (await list('lead', `?agentId=${one!.id}`, base)).json;
      expect(about).toMatchObject({ total: 1, requests: [{ actionId: first }] });
      expect((await list('admin', '', base)).json.requests).toMatchObject([
        { isOwn: false },
        { isOwn: true },
      ]);
    }
    expect(await suite.target.simulator.calls()).toEqual([]);
  });
});

describe('bad input', () => {
  it('is refused with the field, and changes nothing', async () => {
    const { actionId } = await requested();
    for (const comment of ['', ' ', '\u202e', 'x'.repeat(2_001), null, 7]) {
      for (const decision of ['approve', 'decline'] as const) {
        const answer = await decide('lead', actionId, decision, comment);
        expect(answer.status).toBe(400);
        expect(answer.text).toContain('[comment]');
      }
    }
    for (const [query, field] of [
      ['?perPage=0', '[perPage]'],
      ['?perPage=101', '[perPage]'],
      ['?page=x', '[page]'],
      ['?page=0', '[page]'],
      ['?agentId=a,b', '[agentId]'],
      ['?agentId=', '[agentId]'],
      ['?user=lead', '[user]'],
    ] as const) {
      for (const base of [API, BASE]) {
        const answer = await list('viewer', query, base);
        expect(answer.status).toBe(400);
        expect(answer.json.message).toContain(field);
      }
    }
    for (const base of [API, BASE]) {
      for (const decision of ['approve', 'decline'] as const) {
        const path = `${base}/actions/${actionId}/_${decision}`;
        for (const [body, field] of [
          [undefined, '[comment]'],
          [{}, '[comment]'],
          [{ comment: 'c', hosts: [{ agentId: '1' }] }, '[hosts]'],
          [{ comment: 'c', releaseAfterMinutes: 60 }, '[releaseAfterMinutes]'],
        ] as const) {
          const answer = await suite.target.request('lead', 'POST', path, { body });
          expect(answer.status).toBe(400);
          expect(answer.text).toContain(field);
        }
      }
    }
    for (const [params, field] of [
      [{ comment: 'c' }, '[actionId]'],
      [{ actionId: 'none', comment: 'c' }, '[actionId]'],
      [{ actionId }, '[comment]'],
      [{ actionId, comment: ' ' }, '[comment]'],
      [{ actionId, comment: 'c', approver: 'admin' }, '[approver]'],
    ] as const) {
      const { json } = await suite.execute('lead', 'approveRequest', params);
      expect(json.status).toBe('error');
      expect(`${json.message} ${json.service_message}`).toContain(field);
    }
    expect(await suite.target.simulator.calls()).toHaveLength(1);
    expect((await list('viewer', '?page=10000&perPage=100')).status).toBe(400);
    for (const decision of ['approve', 'decline', 'withdraw'] as const) {
      expect((await decide('lead', UNKNOWN_ID, decision)).status).toBe(404);
      expect((await decide('lead', 'none', decision)).status).toBe(400);
    }
    expect((await list('outsider')).status).toBe(403);
    expect(await listed()).toContain(actionId);
    expect(await writes()).toEqual([]);
    await decide('analyst', actionId, 'withdraw');
  });

  it('does not find requests of another space', async () => {
    const { actionId } = await requested();
    const path = `/s/ops${ACTIONS}/${actionId}/_approve`;
    const answer = await suite.target.request('admin', 'POST', path, { body: { comment: 'c' } });
    expect(answer.status).toBe(404);
    expect(await writes()).toEqual([]);
    await decide('analyst', actionId, 'withdraw');
  });

  it('an action that needed no approval can be neither approved nor declined', async () => {
    const agent = suite.fleet.connected[1]!;
    await settings({});
    const { actionId } = (await isolate('analyst', [agent], { requestApproval: undefined })).json;
    for (const decision of ['approve', 'decline'] as const) {
      expect((await decide('lead', actionId, decision)).status).toBe(409);
    }
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });

  whereKeysMayNot(
    'API keys change no automatic release if the connector does not let them act',
    async () => {
      const agent = suite.fleet.connected[1]!;
      await settings({});
      const change = { requestApproval: undefined, releaseAfterMinutes: 60 };
      const { actionId } = (await isolate('analyst', [agent], change)).json;
      const { target } = suite;
      const path = `${ACTIONS}/${actionId}/_cancel_release`;
      const body = { comment: 'c', version: 1 };
      const byKey = await sendAs(target.url, await target.adminApiKey(), 'POST', path, { body });
      expect(byKey.status).toBe(409);
      expect(byKey.json.attributes.reason).toBe('automation_off');
      expect((await target.record(actionId)).automaticRelease).toMatchObject({ version: 1 });
      expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
    }
  );
});
