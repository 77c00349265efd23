import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import { sendAs } from '../helpers/http';
import type { UserName } from '../helpers/target';

/** Changing and cancelling automatic releases: both ways in, every parameter, and who may. Never a command. */

const API = '/api/sentinelone_response';
const SETTINGS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };

// Before the suite's own, which closes the host.
afterAll(() => putSettings({}));
const suite = contractSuite({ automation: true });

const HOUR = 3_600_000;
const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const inFuture = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

const putSettings = async (change: object) => {
  const body = { ...SETTINGS, ...change };
  const { status } = await suite.target.request('admin', 'PUT', `${API}/settings`, { body });
  expect(status).toBe(200);
};

type Way = 'change' | 'cancel';
const post = (
  way: Way,
  actionId: string,
  body: object,
  { user = 'analyst' as UserName, base = API } = {}
) => suite.target.request(user, 'POST', `${base}/actions/${actionId}/_${way}_release`, { body });

/** An isolation of the analyst that ends after two hours. */
async function timed(): Promise<string> {
  await suite.target.simulator.reset();
  const { json } = await suite.target.request('analyst', 'POST', `${API}/actions`, {
    body: {
      ...{ action: 'isolate', hosts: [suite.hostOf()], comment: 'contract' },
      releaseAfterMinutes: 120,
    },
  });
  return json.actionId;
}
/** Only the isolation was ever sent. */
const onlyIsolated = async () =>
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([suite.fleet.connected[0]!.id]);

it.each([API, BASE])(
  '%s: changes and cancels the time, and records the user and the comment',
  async (base) => {
    const actionId = await timed();
    const { releaseAt: first } = await suite.target.record(actionId);
    const to = inFuture(3 * HOUR);
    const changed = await post(
      'change',
      actionId,
      { releaseAt: to, comment: 'still investigating', version: 1 },
      { user: 'responder', base }
    );
    expect(changed.status).toBe(200);
    const expected = { at: expect.any(String), username: 'responder', from: first, to };
    expect(changed.json).toMatchObject({
      ...{ actionId, releaseAt: to },
      actor: { username: 'analyst' },
      automaticRelease: { state: 'scheduled', version: 2, setBy: 'responder', nextCheckAt: to },
      releaseTimeChanges: [{ ...expected, comment: 'still investigating' }],
    });

    const before = Date.now();
    const sooner = { releaseAfterMinutes: 10, comment: 'clean', version: 2 };
    const again = await post('change', actionId, sooner, { base });
    const at = Date.parse(again.json.releaseAt);
    expect(at).toBeGreaterThanOrEqual(before + HOUR / 6);
    expect(at).toBeLessThanOrEqual(Date.now() + HOUR / 6);

    const body = { comment: 'kept until the reinstallation', version: 3 };
    const cancelled = await post('cancel', actionId, body, { base });
    expect(cancelled.status).toBe(200);
    const record = await suite.target.record(actionId);
    expect(record).toMatchObject({
      releaseAt: null,
      automaticRelease: { state: 'cancelled', version: 4, setBy: 'analyst', nextCheckAt: null },
    });
    expect(record.releaseTimeChanges).toMatchObject([
      { to, comment: 'still investigating' },
      { from: to, username: 'analyst', comment: 'clean' },
      { to: null, comment: body.comment },
    ]);
    expect(cancelled.json.releaseTimeChanges).toEqual(record.releaseTimeChanges);
    for (const way of ['change', 'cancel'] as const) {
      const more = { comment: 'c', version: 4, ...(way === 'change' ? { releaseAt: to } : {}) };
      const over = await post(way, actionId, more, { base });
      expect(over.status).toBe(409);
      expect(over.json.attributes.reason).toBe('release_not_pending');
      expect(over.json.message).toContain('analyst cancelled it');
    }
    await onlyIsolated();
  }
);

it('refuses invalid input, names the field, and changes nothing', async () => {
  const actionId = await timed();
  const before = await suite.target.record(actionId);
  const good = { releaseAt: inFuture(HOUR), comment: 'c', version: 1 };
  const cases: ReadonlyArray<readonly [Way, object, string]> = [
    ['change', { ...good, releaseAt: undefined }, 'releaseAt'],
    ['change', { ...good, releaseAt: null }, 'releaseAt'],
    ['change', { ...good, releaseAt: inFuture(60_000) }, 'releaseAt'],
    ['change', { ...good, releaseAt: inFuture(-HOUR) }, 'releaseAt'],
    ['change', { ...good, releaseAt: inFuture(91 * 24 * HOUR) }, 'releaseAt'],
    ['change', { ...good, releaseAt: '2099-01-01' }, 'releaseAt'],
    ['change', { ...good, releaseAfterMinutes: 60 }, 'releaseAt'],
    ['change', { comment: 'c', version: 1, releaseAfterMinutes: 4 }, 'releaseAfterMinutes'],
    ['change', { comment: 'c', version: 1, releaseAfterMinutes: '60' }, 'releaseAfterMinutes'],
    ['change', { ...good, comment: ' ' }, 'comment'],
    ['change', { ...good, comment: undefined }, 'comment'],
    ['change', { ...good, version: 0 }, 'version'],
    ['change', { ...good, version: undefined }, 'version'],
    ['change', { ...good, hosts: [] }, 'hosts'],
    ['cancel', { version: 1 }, 'comment'],
    ['cancel', { comment: 'c' }, 'version'],
    ['cancel', { comment: 'c', version: '1' }, 'version'],
    ['cancel', good, 'releaseAt'],
  ];
  for (const [way, body, field] of cases) {
    const answer = await post(way, actionId, body);
    expect([answer.status, body]).toEqual([400, body]);
    expect(answer.json.message).toContain(`[${field}]`);
  }
  await putSettings({ automaticRelease: { defaultMinutes: null, longestMinutes: 30 } });
  for (const end of [{ releaseAfterMinutes: 31 }, { releaseAt: good.releaseAt }]) {
    const answer = await post('change', actionId, { comment: 'c', version: 1, ...end });
    expect(answer.status).toBe(400);
    expect(answer.json.message).toMatch(/settings allow/);
  }
  await putSettings({});
  for (const way of ['change', 'cancel'] as const) {
    const body = way === 'change' ? good : { comment: 'c', version: 1 };
    expect((await post(way, 'none', body)).status).toBe(400);
    expect((await post(way, UNKNOWN_ID, body)).status).toBe(404);
    const elsewhere = { user: 'admin' as const, base: `/s/ops${API}` };
    expect((await post(way, actionId, body, elsewhere)).status).toBe(404);
    const other = await post(way, actionId, { ...body, version: 2 });
    expect(other.status).toBe(409);
    expect(other.json.attributes.reason).toBe('release_changed');
    expect(other.json.message).toContain('analyst set it to');
  }
  const { releaseAt, automaticRelease, releaseTimeChanges } = await suite.target.record(actionId);
  expect(releaseAt).toBe(before.releaseAt);
  expect(automaticRelease).toEqual(before.automaticRelease);
  expect(releaseTimeChanges).toBeUndefined();
  await onlyIsolated();
});

it('refuses an action that has no automatic release', async () => {
  const { json } = await suite.target.request('analyst', 'POST', `${API}/actions`, {
    body: { action: 'isolate', hosts: [suite.hostOf()], comment: 'contract' },
  });
  const answer = await post('cancel', json.actionId, { comment: 'c', version: 1 });
  expect(answer.status).toBe(409);
  expect(answer.json.attributes.reason).toBe('release_not_pending');
  await onlyIsolated();
});

it('requires the privilege to release', async () => {
  const actionId = await timed();
  for (const [user, status] of [
    ['viewer', 403],
    ['isolator', 403],
    ['reader', 403],
    ['outsider', 403],
    ['nobody', 401],
  ] as const) {
    for (const base of [API, BASE]) {
      const body = { comment: 'c', version: 1 };
      expect((await post('cancel', actionId, body, { user, base })).status).toBe(status);
      const later = { ...body, releaseAfterMinutes: 60 };
      expect((await post('change', actionId, later, { user, base })).status).toBe(status);
    }
  }
  expect((await suite.target.record(actionId)).automaticRelease.version).toBe(1);
  await onlyIsolated();
});

it('requires neither SentinelOne nor a single connector', async () => {
  const actionId = await timed();
  const { simulator } = suite.target;
  await simulator.clearCalls();
  await simulator.addFaults({
    path: '/agents',
    count: 'always',
    fault: { kind: 'status', status: 503 },
  });
  const remove = await suite.target.addConnector('A second one');
  try {
    const body = { comment: 'longer', version: 1, releaseAfterMinutes: 600 };
    expect((await post('change', actionId, body)).status).toBe(200);
    const cancelled = await post('cancel', actionId, { comment: 'no longer', version: 2 });
    expect(cancelled.status).toBe(200);
    expect(cancelled.json.automaticRelease).toMatchObject({ state: 'cancelled', version: 3 });
  } finally {
    await remove();
  }
  expect(await simulator.calls()).toEqual([]);
});

it('accepts API keys if they may act, and records the key', async () => {
  const actionId = await timed();
  const key = await suite.target.adminApiKey();
  const path = `${API}/actions/${actionId}/_cancel_release`;
  const body = { comment: 'by a script', version: 1 };
  const answer = await sendAs(suite.target.url, key, 'POST', path, { body });
  expect(answer.status).toBe(200);
  const [change] = (await suite.target.record(actionId)).releaseTimeChanges;
  expect(change).toMatchObject({ username: 'admin', apiKey: expect.any(String), to: null });
  await onlyIsolated();
});

it('applies one of several concurrent changes', async () => {
  const actionId = await timed();
  const answers = await Promise.all([
    post('cancel', actionId, { comment: 'one', version: 1 }),
    post('change', actionId, { comment: 'two', version: 1, releaseAfterMinutes: 60 }),
    post('cancel', actionId, { comment: 'three', version: 1 }, { user: 'admin' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const record = await suite.target.record(actionId);
  expect(record.automaticRelease.version).toBe(2);
  expect(record.releaseTimeChanges).toHaveLength(1);
  await onlyIsolated();
});
