import { alertText, DOCUMENTS } from '../helpers/alert_documents';
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

  it('sorts by severity in the order of severities, regardless of risk scores', async () => {
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

  it("shows SentinelOne's rule after Kibana's, and finds alerts by it", async () => {
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

  it('ignores case in searches, and treats wildcards as plain text', async () => {
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

  it('filters by severity, one or several', async () => {
    const fields = DOCUMENTS['sentinel_one.alert']!(suite.fleet.connected[0]!);
    // The alerts of a Kibana need not be of every severity.
    const added = await suite.target.addAlerts(
      ['critical', 'low'].map((severity) =>
        alertText(`Severity ${severity}`, fields, { 'kibana.alert.severity': severity })
      )
    );
    try {
      const all = await list('?perPage=100');
      for (const severities of [['critical'], ['low', 'high']]) {
        const found = await list(`?perPage=100&severity=${severities.join(',')}`);
        const expected = all.alerts.filter((one: { severity: string }) =>
          severities.includes(one.severity)
        );
        expect(found.total).toBe(expected.length);
        expect(found.total).toBeGreaterThan(0);
        for (const { severity } of found.alerts) expect(severities).toContain(severity);
      }
    } finally {
      await added.remove();
    }
  });

  it('filters by the time of the alerts, and returns whether there are others if none match', async () => {
    const all = await list('?perPage=100');
    const times: string[] = all.alerts.map((one: { timestamp: string }) => one.timestamp);
    const middle = times[Math.floor(times.length / 2)]!;
    const iso = encodeURIComponent(new Date(middle).toISOString());
    const [later, earlier] = [await list(`?from=${iso}`), await list(`?to=${iso}`)];
    const at = Date.parse(middle);
    expect(later.total).toBe(times.filter((time) => Date.parse(time) >= at).length);
    expect(earlier.total).toBe(times.filter((time) => Date.parse(time) <= at).length);
    expect((await list(`?from=${iso}&to=${iso}`)).total).toBe(
      times.filter((time) => Date.parse(time) === at).length
    );
    expect(later.hasOthers).toBeUndefined();
    expect(await list('?to=2001-01-01T00:00:00Z')).toMatchObject({ total: 0, hasOthers: true });
    expect(await list('?search=surely-not-there')).toMatchObject({ total: 0, hasOthers: true });
  });

  it('lists the alerts that identify one agent, by its UUID or its id', async () => {
    const all = await list('?perPage=100');
    type One = { id: string; agentUuid: string | null; agentId: string | null };
    const named: One = all.alerts.find(({ agentUuid, agentId }: One) => agentUuid && agentId);
    const found = await list(`?perPage=100&agentUuid=${named.agentUuid}&agentId=${named.agentId}`);
    const expected = all.alerts.filter(
      ({ agentUuid, agentId }: One) => agentUuid === named.agentUuid || agentId === named.agentId
    );
    const idsIn = (alerts: readonly One[]) => alerts.map(({ id }) => id).sort();
    expect(idsIn(found.alerts)).toEqual(idsIn(expected));
    expect((await list('?agentId=1999999999999999998')).total).toBe(0);
  });

  it.each([
    ['agentId=web-1', '[agentId]', '1 to 20 digits'],
    ['agentUuid=', '[agentUuid]', 'an agent UUID'],
    ['severity=urgent', '[severity]', 'one or more of low, medium, high, critical'],
    ['severity=', '[severity]', 'one or more of'],
    ['severity=high,high', '[severity]', 'each once'],
    ['from=now-24h', '[from]', 'ISO 8601'],
    ['to=2024-02-31T00:00:00Z', '[to]', 'ISO 8601'],
    ['until=2024-02-01T00:00:00Z', '[until]', ''],
  ])('refuses %s, and states what is accepted', async (query, field, accepted) => {
    const answer = await suite.target.request('analyst', 'GET', `${BASE}/alerts?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(field);
    expect(answer.json.message).toContain(accepted);
  });

  it('returns one with its document', async () => {
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

  it('returns some by their ids, as far as the user may read them', async () => {
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
