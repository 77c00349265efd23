import { LIMITS } from '../../common/lib/constants';
import { BASE, contractSuite, hasPrecondition } from '../helpers/contract_suite';
import { untilListed } from '../helpers/listed_actions';
import { untilIs } from '../helpers/until';

/** Whoever may do nothing writes next to nothing, however much they send. */

const suite = contractSuite();

/** What a request of a third of a megabyte may leave behind: ten hosts and what stands around them. */
const MOST_BYTES = 8_000;

const request = () => ({
  hosts: Array.from({ length: LIMITS.hostsPerAction }, (_, n) => ({
    agentId: String(10n ** 18n + BigInt(n)),
    name: `invented-host-${n}`,
  })),
  comment: 'x'.repeat(LIMITS.comment),
  alertIds: Array.from({ length: LIMITS.alertsPerAction }, (_, n) =>
    `alert-${n}-`.padEnd(300, 'x')
  ),
  caseIds: Array.from({ length: LIMITS.casesPerAction }, (_, n) => `case-${n}-`.padEnd(300, 'x')),
});
const actionIdIn = (message: string): string => /[0-9a-f-]{36}$/.exec(message)?.[0] ?? '';
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

it.each(['reader', 'viewer'] as const)(
  'a request of %s on 1,000 hosts is recorded with its count and the first ten hosts',
  async (user) => {
    const { target } = suite;
    const started = new Date().toISOString();
    const answer = await suite.execute(user, 'isolateHost', request());
    expect(answer.json.status).toBe('error');
    expect(answer.json.service_message).toMatch(/^0 of 1000 hosts isolated/);
    const record = await target.record(actionIdIn(answer.json.service_message));
    expect(record).toMatchObject({
      state: 'ended',
      actor: { username: user },
      alertIds: [],
      caseIds: [],
      refusedRequest: { hostCount: 1_000, alertCount: 1_000, caseCount: 100, furtherRequests: 0 },
    });
    expect(record.hosts).toHaveLength(10);
    expect(record.hosts[9]).toMatchObject({
      name: 'invented-host-9',
      outcome: 'refused',
      reason: 'no_privilege',
    });
    expect(sizeOf(record)).toBeLessThan(MOST_BYTES);
    expect(await target.simulator.calls()).toEqual([]);

    // The list and the export have no more than the record.
    await untilListed(target, { from: started, user });
    const since = `from=${encodeURIComponent(started)}&user=${user}`;
    const page = await target.request('viewer', 'GET', `${BASE}/actions?${since}`);
    expect(page.json.total).toBe(1);
    expect(Buffer.byteLength(page.text)).toBeLessThan(MOST_BYTES);
    const csv = await target.request('viewer', 'GET', `${BASE}/actions/_csv?${since}`);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(11);
    expect(Buffer.byteLength(csv.text)).toBeLessThan(2 * MOST_BYTES);
  }
);

it('counts further requests after the first ten of a minute in one record', async () => {
  const { target } = suite;
  const before = await target.countRecords();
  const one = { hosts: [suite.hostOf()], comment: 'again' };
  const ids: string[] = [];
  for (let n = 0; n < 40; n++) {
    const { json } = await suite.execute(
      'reader',
      n % 2 === 0 ? 'isolateHost' : 'releaseHost',
      one
    );
    expect(json.status).toBe('error');
    expect(json.service_message).toContain('reader lacks the privilege');
    ids.push(actionIdIn(json.service_message));
  }
  // Those of the test before may count within the same minute; either way few are left.
  const made = (await target.countRecords()) - before;
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThanOrEqual(12);
  // The id in each answer is the id of a record of the same action.
  for (const [n, id] of ids.entries()) {
    expect(await target.record(id)).toMatchObject({
      action: n % 2 === 0 ? 'isolate' : 'release',
      actor: { username: 'reader' },
      hosts: [{ reason: 'no_privilege' }],
    });
  }
  expect(await target.simulator.calls()).toEqual([]);

  // The counts are written while the minute lasts.
  const furtherRequests = async () => {
    const records = await Promise.all([...new Set(ids)].map((id) => target.record(id)));
    return records.reduce((sum, record) => sum + record.refusedRequest.furtherRequests, 0);
  };
  await untilIs('all requests are counted', furtherRequests, (count) => count >= 40 - made);
});

it('the answer to a user with the privilege lists every host, and the record is small', async () => {
  const { target } = suite;
  const isOff = target.allowAutomation === false;
  if (!hasPrecondition(target, 'connector that refuses rules and API keys', isOff)) return;
  const headers = { authorization: await target.adminApiKey() };
  const body = { action: 'isolate', ...request() };
  const answer = await target.request('nobody', 'POST', '/api/sentinelone_response/actions', {
    body,
    headers,
  });
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({
    comment: body.comment,
    alertIds: body.alertIds,
    caseIds: body.caseIds,
    refusedRequest: { hostCount: 1_000 },
  });
  expect(answer.json.hosts.map(({ agentId }: { agentId: string }) => agentId)).toEqual(
    body.hosts.map(({ agentId }) => agentId)
  );
  for (const host of answer.json.hosts) {
    expect(host).toMatchObject({ outcome: 'refused', reason: 'automation_off' });
  }
  const record = await target.record(answer.json.actionId);
  expect(record.hosts).toHaveLength(10);
  expect(sizeOf(record)).toBeLessThan(MOST_BYTES);
  expect(await target.simulator.calls()).toEqual([]);
});
