import { expireRequest } from '../helpers/approvals';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { untilIs } from '../helpers/until';

/** The background task ends requests for approval that have expired. */

const suite = contractSuite({ tasks: true });
jest.setTimeout(240_000);

const SETTINGS = '/api/sentinelone_response/settings';
const settings = async (change: object): Promise<void> => {
  const body = { protectedHosts: [], commentRequired: true, maxHosts: 1_000, ...change };
  expect((await suite.target.request('admin', 'PUT', SETTINGS, { body })).status).toBe(200);
};

it('records that a request expired, and sends nothing', async () => {
  const { target, fleet } = suite;
  const { id } = fleet.connected[0]!;
  await settings({
    protectedHosts: [{ field: 'agentId', pattern: id }],
    isolateProtectedHosts: 'with_approval',
  });
  try {
    const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ agentId: id }], comment: 'why', requestApproval: true },
    });
    const { actionId } = answer.json;
    const times = await expireRequest(target, actionId);
    const record = await untilIs(
      'the request has ended',
      () => target.record(actionId),
      ({ state }) => state === 'ended',
      180
    );
    expect(record).toMatchObject({
      hosts: [{ agentId: id, outcome: 'refused', reason: 'approval_expired' }],
      approval: { ...times, decision: { kind: 'expired' } },
    });
    expect(record.approval.decision).not.toHaveProperty('by');
    const list = await target.request('lead', 'GET', `${BASE}/approvals?agentId=${id}`);
    expect(list.json.total).toBe(0);
    const late = await target.request('lead', 'POST', `${BASE}/actions/${actionId}/_approve`, {
      body: { comment: 'c' },
    });
    expect([late.status, late.json.attributes.reason]).toEqual([409, 'already_decided']);
    expect(await target.simulator.writes()).toEqual([]);
  } finally {
    await settings({});
  }
});
