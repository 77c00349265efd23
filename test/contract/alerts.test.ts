import { BASE, contractSuite } from '../helpers/contract_suite';
import type { UserName } from '../helpers/target';

/** Alerts as our pages read them. */

const suite = contractSuite();
const alertIds = async (): Promise<string[]> => {
  const page = await suite.target.request('analyst', 'GET', `${BASE}/alerts?perPage=100`);
  return page.json.alerts.map(({ id }: { id: string }) => id);
};

describe('alerts', () => {
  const list = async (query = '') =>
    (await suite.target.request('analyst', 'GET', `${BASE}/alerts${query}`)).json;

  it('pages through all of them, each once', async () => {
    const { total } = await list('?perPage=1');
    const ids: string[] = [];
    for (let page = 1; (page - 1) * 10 < total; page++) {
      const { alerts } = await list(`?perPage=10&page=${page}`);
      ids.push(...alerts.map(({ id }: { id: string }) => id));
    }
    expect(total).toBeGreaterThan(0);
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
  });

  it.each(['asc', 'desc'])('sorts by time %s', async (order) => {
    const { alerts } = await list(`?perPage=100&sortField=timestamp&sortOrder=${order}`);
    const times = alerts.map(({ timestamp }: { timestamp: string }) => Date.parse(timestamp));
    const sorted = [...times].sort((a, b) => (order === 'asc' ? a - b : b - a));
    expect(times).toEqual(sorted);
  });

  it('sorts by severity in the order of severities, whatever the risk scores are', async () => {
    const ranks = ['low', 'medium', 'high', 'critical'];
    for (const order of ['asc', 'desc']) {
      const found: string[] = [];
      for (let page = 1; ; page++) {
        const path = `?perPage=7&page=${page}&sortField=severity&sortOrder=${order}`;
        const { alerts, total } = await list(path);
        found.push(...alerts.map((one: { severity: string }) => one.severity));
        if (page * 7 >= total) break;
      }
      const expected = [...found].sort((a, b) => ranks.indexOf(a) - ranks.indexOf(b));
      expect(found).toEqual(order === 'asc' ? expected : expected.reverse());
    }
  });

  it('sorts by risk score', async () => {
    const { alerts } = await list('?perPage=100&sortField=riskScore&sortOrder=desc');
    const scores: number[] = alerts.map((one: { riskScore: number }) => one.riskScore);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => typeof score === 'number')).toBe(true);
  });

  it("has SentinelOne's rule behind Kibana's, and finds alerts by it", async () => {
    const { alerts } = await list('?perPage=100');
    const named = alerts.find((one: { sentinelOneName: string | null }) => one.sentinelOneName);
    expect(named.sentinelOneName).not.toBe(named.ruleName);
    const found = await list(`?perPage=100&search=${encodeURIComponent(named.sentinelOneName)}`);
    expect(found.alerts.map(({ id }: { id: string }) => id)).toContain(named.id);
    const { json } = await suite.target.request(
      'analyst',
      'GET',
      `${BASE}/alerts/${encodeURIComponent(named.id)}`
    );
    expect(json.sentinelOne).toContainEqual({
      id: 'rule',
      field: 'rule.name',
      value: named.sentinelOneName,
    });
  });

  it('sorts by host, rule and status', async () => {
    for (const field of ['hostName', 'ruleName', 'workflowStatus']) {
      const { alerts } = await list(`?perPage=100&sortField=${field}&sortOrder=asc`);
      const values: string[] = alerts
        .map((one: Record<string, string | null>) => one[field])
        .filter(Boolean);
      expect(values).toEqual([...values].sort());
    }
  });

  it('searches in any case, and takes wildcards for what they are', async () => {
    const { alerts } = await list('?perPage=100');
    const { hostName } = alerts.find((one: { hostName: string | null }) => one.hostName !== null);
    const found = await list(`?perPage=100&search=${encodeURIComponent(hostName.toUpperCase())}`);
    expect(found.total).toBeGreaterThan(0);
    const expected = alerts.filter((one: { hostName: string | null }) => one.hostName === hostName);
    const ids = found.alerts.map(({ id }: { id: string }) => id);
    for (const { id } of expected) expect(ids).toContain(id);
    expect((await list(`?search=${encodeURIComponent('*?*')}`)).total).toBe(0);
    expect((await list('?search=surely-not-there')).total).toBe(0);
  });

  it('filters by status', async () => {
    const all = await list('?perPage=100');
    const open = await list('?perPage=100&status=open');
    const count = all.alerts.filter(
      (one: { workflowStatus: string }) => one.workflowStatus === 'open'
    ).length;
    expect(open.total).toBe(count);
  });

  it('gives one with its document', async () => {
    const [id] = await alertIds();
    const answer = await suite.target.request(
      'analyst',
      'GET',
      `${BASE}/alerts/${encodeURIComponent(id!)}`
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id,
      source: expect.any(Object),
      process: expect.any(Array),
    });
  });

  it('gives some by their ids, as far as the person may read them', async () => {
    const [one, other] = await alertIds();
    const byId = (user: UserName, ids: unknown) =>
      suite.target.request(user, 'POST', `${BASE}/alerts/_by_id`, { body: { alertIds: ids } });
    const answer = await byId('viewer', [one, 'not-there', other, one]);
    expect(answer.status).toBe(200);
    const found: Array<{ id: string }> = answer.json.alerts;
    expect(found.map(({ id }) => id).sort()).toEqual([one, other].sort());
    for (const alert of found) {
      expect(alert).toMatchObject({ ruleName: expect.any(String), timestamp: expect.any(String) });
    }
    expect((await byId('outsider', [one])).status).toBe(403);
    for (const ids of [[], [''], Array.from({ length: 1_001 }, (_, n) => `a${n}`), 'a']) {
      const refused = await byId('viewer', ids);
      expect(refused.status).toBe(400);
      expect(refused.json.message).toContain('[alertIds');
    }
  });

  it('resolves alerts to their distinct hosts', async () => {
    const ids = await alertIds();
    const answer = await suite.target.request('analyst', 'POST', `${BASE}/alerts/_hosts`, {
      body: { alertIds: [...ids, 'not-there'] },
    });
    expect(answer.status).toBe(200);
    const { hosts, withoutAgent, notFound } = answer.json;
    expect(notFound).toEqual(['not-there']);
    const named: string[] = hosts.flatMap((host: { alertIds: string[] }) => host.alertIds);
    expect([...named, ...withoutAgent].sort()).toEqual([...ids].sort());
    const identities = hosts.map((host: { agentUuid: string; agentId: string; hostName: string }) =>
      JSON.stringify([host.agentUuid, host.agentId, host.hostName])
    );
    expect(new Set(identities).size).toBe(identities.length);
  });
});
