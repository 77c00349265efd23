import { startWorkbench, type Workbench } from '../workbench/host';
import { untilIs } from '../helpers/until';

/**
 * Audit log and event log. An official Kibana keeps both logs where this test cannot read them, so it is
 * the workbench's alone; that the events are of Kibana's own form is a host check.
 */

const ISO = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

let host: Workbench;
beforeAll(async () => {
  host = await startWorkbench({ simulator: { settleMs: 100 } });
});
afterAll(() => host?.stop());

const post = async (user: string, path: string, body: object) => {
  const answer = await fetch(`${host.url}/api/sentinelone_response/actions${path}`, {
    method: 'POST',
    headers: {
      'kbn-xsrf': 'x',
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`,
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...((await answer.json()) as { actionId: string }) };
};
const isolate = (user: string, agentId: string, more: object = {}) =>
  post(user, '', { action: 'isolate', hosts: [{ agentId }], comment: 'beaconing', ...more });

interface Told {
  readonly message?: string;
  readonly event: { readonly action: string; readonly outcome?: string };
  readonly user?: { readonly name: string };
  readonly error?: { readonly code: string };
  readonly kibana: Readonly<Record<string, unknown>>;
}
const inEventLog = () =>
  (host.eventLog.events as unknown as readonly Told[]).filter(
    ({ event }) => (event as { provider?: string }).provider === 'sentineloneResponse'
  );
const audited = () =>
  (host.audited as unknown as readonly Told[]).filter(({ event }) =>
    event.action.startsWith('sentinelone_response')
  );

it('an attempt and its end are in both logs', async () => {
  const [agent] = host
    .simulator!.agents()
    .filter(({ networkStatus, isActive }) => networkStatus === 'connected' && isActive === true);
  const { actionId } = await isolate('analyst', agent!.id);
  expect(inEventLog().map(({ event }) => event.action)).toEqual(['isolate-attempt']);
  await untilIs('the end is in the event log', inEventLog, ({ length }) => length >= 2);
  expect(inEventLog()).toMatchObject([
    {
      message: `"analyst" requested to isolate "${agent!.computerName}": "beaconing"`,
      event: {
        id: expect.stringContaining(`${actionId}/attempt/`),
        ...{ action: 'isolate-attempt', outcome: 'unknown' },
      },
      user: { name: 'analyst' },
      kibana: {
        saved_objects: [{ rel: 'primary', type: 'sentinelone-response-action', id: actionId }],
        space_ids: ['default'],
      },
    },
    {
      event: {
        id: `${actionId}/end/${agent!.id}`,
        action: 'isolate-end',
        outcome: 'success',
        start: expect.stringMatching(ISO),
        end: expect.stringMatching(ISO),
        duration: expect.any(Number),
      },
      user: { name: 'analyst' },
    },
  ]);
  expect(audited()).toMatchObject([
    { event: { action: 'sentinelone_response_isolate_attempt', outcome: 'unknown' } },
    {
      event: { action: 'sentinelone_response_isolate_end', outcome: 'success' },
      user: { name: 'analyst' },
      kibana: { saved_object: { id: actionId }, space_id: 'default' },
    },
  ]);
  const writes = host.simulator!.writes();
  expect(writes.map(({ affectedIds }) => affectedIds)).toEqual([[agent!.id]]);
}, 30_000);

it('a refusal is an attempt with its end and the reason', async () => {
  const before = inEventLog().length;
  await isolate('analyst', '9999999999');
  expect(inEventLog().slice(before)).toMatchObject([
    { event: { action: 'isolate-attempt' } },
    { event: { action: 'isolate-end', outcome: 'failure' }, error: { code: 'not_found' } },
  ]);
  expect(host.simulator!.writes()).toHaveLength(1);
});

it('a change of the settings contains the user and the change', async () => {
  const before = [inEventLog().length, audited().length];
  const path = '/api/sentinelone_response/settings';
  const put = async (url: string, body: object) => {
    const answer = await fetch(`${host.url}${url}`, {
      method: 'PUT',
      headers: {
        'kbn-xsrf': 'x',
        'elastic-api-version': url === path ? '2023-10-31' : '1',
        'x-elastic-internal-origin': 'test',
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  };
  const protectedHosts = [{ field: 'name', pattern: 'dc-*' }];
  await put(path, { protectedHosts, commentRequired: true, maxHosts: 5 });
  await put(path, { protectedHosts, commentRequired: true, maxHosts: 5 });
  await put(path, { protectedHosts: [], commentRequired: false, maxHosts: 5 });
  await put('/internal/sentinelone_response/retention_settings', { daysKept: 90 });
  const changes = [
    '"admin" protected hosts with name "dc-*"',
    '"admin" set the maximum number of hosts in one action to 5',
    '"admin" no longer protected hosts with name "dc-*"',
    '"admin" made a comment optional',
    '"admin" set records of actions to be removed 90 days after they have ended',
  ];
  expect(inEventLog().slice(before[0])).toMatchObject(
    changes.map((message) => ({
      message,
      event: { action: 'settings-change', outcome: 'success' },
      user: { name: 'admin' },
    }))
  );
  expect(audited().slice(before[1])).toMatchObject(
    changes.map((message) => ({
      message,
      event: { action: 'sentinelone_response_settings_change' },
      user: { name: 'admin' },
    }))
  );
});

it('who tried to approve or decline their own request is in both logs, and who approved it', async () => {
  const agent = host
    .simulator!.agents()
    .find(({ networkStatus, isActive }) => networkStatus === 'connected' && isActive === true)!;
  const settings = await fetch(`${host.url}/api/sentinelone_response/settings`, {
    method: 'PUT',
    headers: {
      'kbn-xsrf': 'x',
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    },
    body: JSON.stringify({
      protectedHosts: [{ field: 'agentId', pattern: agent.id }],
      ...{ commentRequired: true, maxHosts: 5, isolateProtectedHosts: 'with_approval' },
    }),
  });
  expect(settings.status).toBe(200);
  const { actionId } = await isolate('admin', agent.id, { requestApproval: true });
  const before = [inEventLog().length, audited().length];
  const writes = host.simulator!.writes().length;
  for (const decision of ['approve', 'decline'] as const) {
    const { status } = await post('admin', `/${actionId}/_${decision}`, { comment: 'c' });
    expect(status).toBe(403);
  }
  const refused = (['approve', 'decline'] as const).map((decision) => ({
    message: expect.stringMatching(
      `^"admin" tried to ${decision} action ${actionId}, for which "admin" requested approval at .+ Refused: `
    ),
    ...{ user: { name: 'admin' }, error: { code: 'own_request' } },
  }));
  expect(inEventLog().slice(before[0])).toMatchObject(
    refused.map((one) => ({ ...one, event: { action: 'isolate-approval', outcome: 'failure' } }))
  );
  expect(audited().slice(before[1])).toMatchObject(
    refused.map((one) => ({
      ...one,
      event: { action: 'sentinelone_response_isolate_approval', outcome: 'failure' },
      kibana: { saved_object: { id: actionId }, space_id: 'default' },
    }))
  );
  expect(host.simulator!.writes()).toHaveLength(writes);
  const { status } = await post('lead', `/${actionId}/_approve`, { comment: 'agreed' });
  expect(status).toBe(200);
  expect(inEventLog().slice(before[0]! + 2)[0]).toMatchObject({
    ...{ message: expect.stringContaining('. Approved by "lead": "agreed"') },
    ...{ event: { action: 'isolate-attempt' }, user: { name: 'admin' } },
  });
});

it('each event of an action has an id of its own', () => {
  const ids = inEventLog().flatMap(({ event }) => (event as { id?: string }).id ?? []);
  expect(ids.length).toBeGreaterThan(6);
  expect(new Set(ids).size).toBe(ids.length);
});

it('neither contains the token', () => {
  const all = JSON.stringify([inEventLog(), audited()]);
  expect(all).not.toContain('full-token');
});
