import { fleetOf, idsOf, type Fleet } from '../helpers/hosts';
import { openTarget, type Target, type UserName } from '../helpers/target';
import { untilListed } from '../helpers/listed_actions';

/** The history's own routes: search, export, summary, settings. */

const BASE = '/internal/sentinelone_response';

let target: Target;
let fleet: Fleet;
/** Since when: an official Kibana has a history from before. */
let from: string;
const made: Record<'web' | 'formula' | 'refused', string> = { web: '', formula: '', refused: '' };

const get = (user: UserName, path: string) => target.request(user, 'GET', `${BASE}${path}`);
const act = async (agentId: string, comment: string, alertIds: readonly string[] = []) => {
  const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts: [{ agentId }], comment, alertIds },
  });
  return answer.json.actionId as string;
};
const since = () => `from=${encodeURIComponent(from)}`;
const idsFor = async (query: string): Promise<readonly string[]> => {
  const answer = await get('viewer', `/actions?${since()}&${query}`);
  expect(answer.status).toBe(200);
  return answer.json.actions.map(({ actionId }: { actionId: string }) => actionId);
};

beforeAll(async () => {
  target = await openTarget({ tasks: true });
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
  from = new Date().toISOString();
  const [one, two] = fleet.connected;
  made.web = await act(one!.id, 'Beaconing to evil.example.com', ['alert-7']);
  made.formula = await act(two!.id, '=HYPERLINK("http://evil")');
  made.refused = await act('9999999999', 'typo');
  // Status reconciliation ends the two that were sent.
  await untilListed(target, { from, outcome: 'done' }, 2);
}, 60_000);
afterAll(() => target.close());

it('only the two hosts received commands', async () => {
  const writes = (await target.simulator.writes()).map(idsOf);
  expect(writes).toEqual([[fleet.connected[0]!.id], [fleet.connected[1]!.id]]);
});

describe('the list', () => {
  it('lists the latest first, with each host and its result', async () => {
    const { json } = await get('viewer', `/actions?${since()}`);
    const { refused, formula, web } = made;
    expect(json.actions.map(({ actionId }: { actionId: string }) => actionId)).toEqual([
      refused,
      formula,
      web,
    ]);
    expect(json.actions[2]).toMatchObject({
      state: 'ended',
      tookMs: expect.any(Number),
      actor: { username: 'analyst' },
      hosts: [{ outcome: 'done', confirmedAt: expect.any(String) }],
    });
  });

  it('searches words of comment, host and user, ignoring case', async () => {
    const { web, formula, refused } = made;
    expect(await idsFor('search=BEACON')).toEqual([web]);
    expect(await idsFor('search=evil.example')).toEqual([web]);
    expect(await idsFor('search=analyst')).toEqual([refused, formula, web]);
    expect(await idsFor('search=analyst%20typo')).toEqual([refused]);
    const name = fleet.connected[0]!.computerName!.toUpperCase();
    expect(await idsFor(`search=${encodeURIComponent(name)}`)).toContain(web);
    expect(await idsFor('search=nothing-like-it')).toEqual([]);
    expect(await idsFor('search=%22%20or%20*')).not.toContain(undefined);
  });

  it('filters by part of a host, while the search uses more fields', async () => {
    const name = fleet.connected[0]!.computerName!;
    const part = encodeURIComponent(name.toUpperCase().slice(0, -1));
    expect(await idsFor(`hostPart=${part}`)).toContain(made.web);
    expect(await idsFor(`host=${part}`)).toEqual([]);
    expect(await idsFor(`hostPart=${fleet.connected[0]!.id}`)).toEqual([made.web]);
    expect(await idsFor('hostPart=beacon')).toEqual([]);
    expect(await idsFor('hostPart=analyst')).toEqual([]);
    expect((await get('viewer', '/actions?hostPart=%20')).status).toBe(400);
  });

  it('filters by alert, outcome and all other fields', async () => {
    expect(await idsFor('alertId=alert-7')).toEqual([made.web]);
    expect(await idsFor('outcome=refused')).toEqual([made.refused]);
    expect(await idsFor('outcome=done&search=hyperlink')).toEqual([made.formula]);
    expect(await idsFor('user=nobody-like-this')).toEqual([]);
  });

  it("lists one action, or only the caller's own, even if another user is given", async () => {
    expect(await idsFor(`actionId=${made.web}`)).toEqual([made.web]);
    const own = async (user: 'analyst' | 'viewer', query: string) => {
      const { json } = await get(user, `/actions?${since()}&mine=true${query}`);
      return json.actions.map(({ actionId }: { actionId: string }) => actionId);
    };
    expect(await own('analyst', '')).toEqual([made.refused, made.formula, made.web]);
    expect(await own('viewer', '')).toEqual([]);
    expect(await own('viewer', '&user=analyst')).toEqual([]);
    expect((await get('viewer', '/actions?actionId=not-a-uuid')).status).toBe(400);
    expect((await get('viewer', '/actions?mine=false')).status).toBe(400);
  });

  it('accepts times in any time zone', async () => {
    const { web, formula, refused } = made;
    const [date, time] = new Date(Date.parse(from) + 5.75 * 3_600_000).toISOString().split('T');
    const inKathmandu = encodeURIComponent(`${date}T${time!.slice(0, -1)}+05:45`);
    const found = async (field: string) => {
      const { json } = await get('viewer', `/actions?${field}=${inKathmandu}`);
      return json.actions.map(({ actionId }: { actionId: string }) => actionId);
    };
    expect(await found('from')).toEqual([refused, formula, web]);
    expect(await found('to')).not.toContain(web);
  });

  it.each([
    ['a day that is not in the calendar', '2024-02-31T00:00:00Z'],
    ['an hour after the last', '2024-01-01T24:00:00Z'],
    ['a zone that is not on earth', '2024-01-01T00:00:00+19:00'],
    ['a year of five digits in UTC', '9999-12-31T23:59:59-01:00'],
  ])('refuses %s, and states what is accepted', async (_, time) => {
    for (const path of ['/actions', '/actions/_csv', '/actions/_summary']) {
      for (const field of ['from', 'to']) {
        const answer = await get('viewer', `${path}?${field}=${encodeURIComponent(time)}`);
        expect([path, answer.status]).toEqual([path, 400]);
        expect(answer.json.message).toContain(
          `[${field}]: got "${time}"; accepted is an ISO 8601 time of a real day`
        );
      }
    }
  });

  it('requires the privilege to view', async () => {
    for (const path of ['/actions', '/actions/_csv', '/actions/_summary', `/actions/${made.web}`]) {
      expect((await get('outsider', path)).status).toBe(403);
      expect((await get('nobody', path)).status).toBe(401);
      expect((await get('viewer', path)).status).toBe(200);
    }
  });
});

describe('the export', () => {
  it('is a table of the matching records, with escaped formulas', async () => {
    const answer = await get('viewer', `/actions/_csv?${since()}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="sentinelone-actions-\d{4}-\d{2}-\d{2}\.csv"$/
    );
    const lines = answer.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(answer.text).toContain('"\'=HYPERLINK(""http://evil"")"');
    for (const line of lines.slice(1)) expect(line).not.toMatch(/(^|,)"[=+\-@]/);
    // Texts, of which no spreadsheet program makes a number: it would round an id of 19 digits.
    for (const { id } of fleet.connected.slice(0, 2)) expect(answer.text).toContain(`"'${id}"`);
    expect(answer.text).not.toMatch(/"\d{16,}"/);
    const one = await get('viewer', `/actions/_csv?${since()}&search=typo`);
    expect(one.text.trimEnd().split('\r\n')).toHaveLength(2);
  });
});

describe('the summary', () => {
  it('counts per day and has the median time to isolate', async () => {
    const { json } = await get('viewer', `/actions/_summary?${since()}&timeZone=Asia/Kathmandu`);
    const total = json.days.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    expect(total).toBe(3);
    for (const { day, action } of json.days) {
      expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(action).toBe('isolate');
    }
    expect(json).toMatchObject({ isolations: 2, users: ['analyst'] });
    expect(json.medianTimeToIsolateMs).toBeGreaterThan(0);
    expect(json.medianTimeToIsolateMs).toBeLessThan(30_000);
  });

  it('refuses a time zone that does not exist', async () => {
    expect((await get('viewer', '/actions/_summary?timeZone=Moon/Crater')).status).toBe(400);
  });
});

describe('the settings', () => {
  const put = (user: UserName, body: unknown) =>
    target.request(user, 'PUT', `${BASE}/retention_settings`, { body });

  it('keep records forever unless a user with the privilege changes that', async () => {
    expect((await get('viewer', '/retention_settings')).json).toEqual({ daysKept: null });
    for (const user of ['viewer', 'analyst', 'outsider'] as const) {
      expect((await put(user, { daysKept: 1 })).status).toBe(403);
    }
    expect((await put('admin', { daysKept: 30 })).json).toEqual({ daysKept: 30 });
    expect((await get('viewer', '/retention_settings')).json).toEqual({ daysKept: 30 });
    const elsewhere = await target.request('admin', 'GET', `/s/ops${BASE}/retention_settings`);
    expect(elsewhere.json).toEqual({ daysKept: null });
    expect((await put('admin', { daysKept: null })).json).toEqual({ daysKept: null });
  });

  it.each([{}, { daysKept: 0 }, { daysKept: 1.5 }, { daysKept: '30' }, { daysKept: 1, x: 1 }])(
    'refuse %j',
    async (body) => {
      expect((await put('admin', body)).status).toBe(400);
    }
  );
});
