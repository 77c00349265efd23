import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import type { UserName } from '../helpers/target';

/** Isolations that state their end: every request path, every parameter, and who may. */

const suite = contractSuite({ automation: true });
const PUBLIC = '/api/sentinelone_response/actions';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const inFuture = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

type Path = 'internal route' | 'public API' | 'connector';
const PATHS: readonly Path[] = ['internal route', 'public API', 'connector'];

const act = (
  path: Path,
  end: object,
  { user = 'analyst' as UserName, action = 'isolate' as 'isolate' | 'release' } = {}
) => {
  const params = { hosts: [suite.hostOf()], comment: 'contract', ...end };
  if (path === 'internal route') {
    return suite.target.request(user, 'POST', `${BASE}/hosts/_${action}`, { body: params });
  }
  if (path === 'public API') {
    const headers = { 'elastic-api-version': '2023-10-31' };
    return suite.target.request(user, 'POST', PUBLIC, { headers, body: { action, ...params } });
  }
  return suite.execute(user, `${action}Host`, params);
};
const actionIdIn = (path: Path, json: { actionId?: string; data?: { actionId: string } }) =>
  path === 'connector' ? json.data!.actionId : json.actionId!;

describe.each(PATHS)('%s', (path) => {
  it('saves the time, in minutes from the request or as a time', async () => {
    const { simulator } = suite.target;
    const before = Date.now();
    const { json } = await act(path, { releaseAfterMinutes: 60 });
    const record = await suite.target.record(actionIdIn(path, json));
    const releaseAt = Date.parse(record.releaseAt);
    expect(releaseAt).toBeGreaterThanOrEqual(before + HOUR);
    expect(releaseAt).toBeLessThanOrEqual(Date.now() + HOUR);
    expect(record.automaticRelease).toMatchObject({
      ...{ state: 'scheduled', version: 1, setBy: 'analyst', attempts: 0, problem: null },
      nextCheckAt: record.releaseAt,
    });
    expect(affectedBy(await simulator.writes())).toEqual([suite.fleet.connected[0]!.id]);

    await simulator.reset();
    const at = inFuture(2 * HOUR);
    const timed = await act(path, { releaseAt: at });
    expect((await suite.target.record(actionIdIn(path, timed.json))).releaseAt).toBe(at);
    if (path !== 'connector') expect(timed.json.releaseAt).toBe(at);
  });

  it('saves no time without either', async () => {
    const { json } = await act(path, {});
    const record = await suite.target.record(actionIdIn(path, json));
    expect(record).not.toHaveProperty('releaseAt');
    expect(record).not.toHaveProperty('automaticRelease');
    expect(json).not.toHaveProperty('releaseAt');
  });

  it.each<[string, () => object, string]>([
    ['less than 5 minutes', () => ({ releaseAfterMinutes: 4 }), 'releaseAfterMinutes'],
    ['more than 90 days', () => ({ releaseAfterMinutes: 129_601 }), 'releaseAfterMinutes'],
    ['a part of a minute', () => ({ releaseAfterMinutes: 7.5 }), 'releaseAfterMinutes'],
    ['minutes as a text', () => ({ releaseAfterMinutes: '60' }), 'releaseAfterMinutes'],
    ['no minutes', () => ({ releaseAfterMinutes: null }), 'releaseAfterMinutes'],
    ['a time that is too soon', () => ({ releaseAt: inFuture(4 * 60_000) }), 'releaseAt'],
    ['a time in the past', () => ({ releaseAt: inFuture(-DAY) }), 'releaseAt'],
    ['a time that is too late', () => ({ releaseAt: inFuture(91 * DAY) }), 'releaseAt'],
    ['a day without a time', () => ({ releaseAt: '2099-01-01' }), 'releaseAt'],
    ['a time without a zone', () => ({ releaseAt: '2099-01-01T00:00:00' }), 'releaseAt'],
    ['no time', () => ({ releaseAt: null }), 'releaseAt'],
    ['both', () => ({ releaseAt: inFuture(HOUR), releaseAfterMinutes: 60 }), 'releaseAt'],
  ])('refuses %s, and states the field and what is accepted', async (_, end, field) => {
    const records = await suite.target.countRecords();
    const answer = await act(path, end());
    const message = path === 'connector' ? answer.json.service_message : answer.json.message;
    if (path === 'connector') expect(answer.json.status).toBe('error');
    else expect(answer.status).toBe(400);
    expect(`${message} ${answer.json.message}`).toContain(`[${field}]`);
    expect(`${message} ${answer.json.message}`).toMatch(/accepted|allow/);
    expect(await suite.target.simulator.calls()).toEqual([]);
    expect(await suite.target.countRecords()).toBe(records);
  });

  it('accepts no time for a release', async () => {
    for (const end of [{ releaseAfterMinutes: 60 }, { releaseAt: inFuture(HOUR) }]) {
      const answer = await act(path, end, { action: 'release' });
      if (path === 'connector') expect(answer.json.status).toBe('error');
      else expect(answer.status).toBe(400);
      expect(await suite.target.simulator.calls()).toEqual([]);
    }
  });

  it('sends nothing for a user who may isolate and not release, and records that', async () => {
    const answer = await act(path, { releaseAfterMinutes: 60 }, { user: 'isolator' });
    expect(JSON.stringify(answer.json)).toMatch(/no_privilege|lacks the privilege/);
    expect(JSON.stringify(answer.json)).toMatch(/privilege to release/);
    expect(await suite.target.simulator.writes()).toEqual([]);
    const without = await act(path, {}, { user: 'isolator' });
    expect(JSON.stringify(without.json)).toMatch(/requested/);
    expect(await suite.target.simulator.writes()).toHaveLength(1);
  });
});
