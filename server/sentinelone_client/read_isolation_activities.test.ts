import { readIsolationActivities, readTokenUserId } from './read_isolation_activities';
import type { ApiAnswer, ApiRequest } from './transport';

const ports = { sleep: async () => {}, random: () => 0 };
const [REQUESTED, RELEASE_REQUESTED, DISCONNECTED, RECONNECTED] = [61, 62, 1001, 1002];
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

interface Entry {
  readonly type: number;
  readonly hour: number;
  readonly agentId?: unknown;
  readonly data?: unknown;
  readonly userId?: unknown;
}
const entryOf = ({ type, hour, agentId = '1', data = null, userId = null }: Entry) => ({
  ...{ activityType: type, agentId, createdAt: at(hour), data, userId },
});
const NOTHING_BEFORE = { connectedAt: null, isolatedBefore: null };
const by = (username: string) => ({ username });

/** Answers like SentinelOne: newest first, `limit` at a time; an answer with more than `fits` entries is cut. */
function tenant(entries: readonly Entry[], fits = 10_000) {
  const requests: ApiRequest[] = [];
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    requests.push(request);
    const { agentIds = '', limit = '10' } = request.query ?? {};
    const asked = agentIds.split(',');
    const found = entries
      .filter(({ agentId = '1' }) => asked.includes(String(agentId)))
      .sort((a, b) => b.hour - a.hour);
    const page = found.slice(0, Number(limit));
    if (page.length > fits) return { ok: false, failure: { kind: 'too_large' } };
    const nextCursor = found.length > page.length ? 'next' : null;
    return { ok: true, body: { data: page.map(entryOf), pagination: { nextCursor } } };
  };
  return {
    requests,
    read: async (...ids: readonly string[]) => {
      const read = await readIsolationActivities(send, ports, ids);
      return read.ok ? read.value : read.problem;
    },
  };
}

it.each<[string, readonly Entry[], object | undefined]>([
  [
    'the user who requested it, and when the agent reported it',
    [
      { type: REQUESTED, hour: 1, data: by('Ann'), userId: '7' },
      { type: DISCONNECTED, hour: 2 },
    ],
    { at: at(2), user: 'Ann', userId: '7' },
  ],
  ['nobody for a policy', [{ type: DISCONNECTED, hour: 2 }], { at: at(2), user: null }],
  [
    'when it was requested, while the agent has not reported',
    [{ type: REQUESTED, hour: 1, data: by('Ann') }],
    { at: at(1), user: 'Ann' },
  ],
  [
    'only what happened since the host was connected',
    [
      { type: REQUESTED, hour: 1, data: by('Ann') },
      { type: DISCONNECTED, hour: 2 },
      { type: RELEASE_REQUESTED, hour: 3, data: by('Ben') },
      { type: RECONNECTED, hour: 4 },
      { type: REQUESTED, hour: 5, data: by('Cleo'), userId: 8 },
      { type: DISCONNECTED, hour: 6 },
    ],
    { at: at(6), user: 'Cleo', connectedAt: at(4), isolatedBefore: at(2) },
  ],
  [
    'that the host was connected before, also if the log does not say by whom it was isolated then',
    [
      { type: RECONNECTED, hour: 4 },
      { type: DISCONNECTED, hour: 6 },
    ],
    { at: at(6), user: null, connectedAt: at(4) },
  ],
  [
    'nothing of a host that was connected since',
    [
      { type: DISCONNECTED, hour: 2 },
      { type: RECONNECTED, hour: 4 },
    ],
    undefined,
  ],
  [
    'the isolation while a release is requested',
    [
      { type: REQUESTED, hour: 1, data: by('Ann') },
      { type: DISCONNECTED, hour: 2 },
      { type: RELEASE_REQUESTED, hour: 3, data: by('Ben') },
    ],
    { at: at(2), user: 'Ann' },
  ],
  [
    'who requested it first: a later request changed nothing',
    [
      { type: REQUESTED, hour: 1, data: by('Ann') },
      { type: DISCONNECTED, hour: 2 },
      { type: REQUESTED, hour: 3, data: by('Ben') },
      { type: DISCONNECTED, hour: 4 },
    ],
    { at: at(2), user: 'Ann' },
  ],
  [
    'the name in its newer place, with hidden characters as escapes',
    [
      { type: REQUESTED, hour: 1, data: { byUser: 'An\u202en', username: ' ' } },
      { type: DISCONNECTED, hour: 2 },
    ],
    { at: at(2), user: 'An\\u202en' },
  ],
  [
    'nothing from entries that it does not know',
    [
      { type: 2010, hour: 1 },
      { type: DISCONNECTED, hour: 2, agentId: 1 },
    ],
    undefined,
  ],
])('tells %s', async (_, entries, expected) => {
  const { read } = tenant(entries);
  const isolation = { agentId: '1', userId: null, ...NOTHING_BEFORE, ...expected };
  expect(await read('1')).toEqual(expected === undefined ? [] : [isolation]);
});

it('sends one request for 250 agents, with types, newest first', async () => {
  const ids = Array.from({ length: 600 }, (_, n) => String(1_834_780_238_610_855_000n + BigInt(n)));
  const { requests, read } = tenant(
    ids.map((agentId, n) => ({ agentId, type: DISCONNECTED, hour: n % 20 }))
  );
  expect(await read(...ids)).toHaveLength(600);
  expect(requests).toHaveLength(3);
  expect(requests[0]).toMatchObject({
    method: 'GET',
    path: '/activities',
    query: {
      ...{ activityTypes: '61,62,1001,1002', sortBy: 'createdAt', sortOrder: 'desc', limit: '800' },
    },
  });
  for (const { query } of requests) expect(query!.agentIds!.length).toBeLessThan(5_500);
});

it('finds activities behind a page of those of other agents, and gives up after a few pages', async () => {
  const busy = (agentId: string, hour: number, count: number): Entry[] =>
    Array.from({ length: count }, () => ({ agentId, type: DISCONNECTED, hour }));
  const quiet: Entry = { agentId: '9', type: DISCONNECTED, hour: 0 };
  const two = tenant([...busy('1', 9, 900), ...busy('2', 8, 900), quiet]);
  expect(await two.read('1', '2', '9')).toMatchObject([
    { agentId: '1' },
    { agentId: '2' },
    { agentId: '9', at: at(0) },
  ]);
  expect(two.requests.map(({ query }) => query!.agentIds)).toEqual(['1,2,9', '2,9', '9']);
  const many = tenant([...['1', '2', '3', '4', '5'].flatMap((id) => busy(id, 9, 900)), quiet]);
  await many.read('1', '2', '3', '4', '5', '9');
  expect(many.requests.length).toBeLessThanOrEqual(4);
});

it('requests fewer agents if Kibana rejects the response as too large', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => String(n));
  const { requests, read } = tenant(
    ids.map((agentId) => ({ agentId, type: DISCONNECTED, hour: 1 })),
    10
  );
  expect(await read(...ids)).toHaveLength(40);
  expect(requests.every(({ method }) => method === 'GET')).toBe(true);
});

it('names the permission that the token lacks', async () => {
  const content = { form: 'error', excerpt: 'Insufficient permissions', code: 4030010 } as const;
  const read = await readIsolationActivities(
    async () => ({ ok: false, failure: { kind: 'status', status: 403, content } }),
    ports,
    ['1']
  );
  expect(read).toMatchObject({
    ok: false,
    problem: { reason: 'forbidden', detail: expect.stringContaining('Activity Page.view') },
  });
});

it.each<[string, ApiAnswer, unknown]>([
  ['the id of the user', { ok: true, body: { data: { id: '7', email: 'a@b.c' } } }, '7'],
  ['nothing for an id that is no text', { ok: true, body: { data: { id: 7 } } }, null],
  ['nothing for another form', { ok: true, body: [] }, null],
])('of the token it tells %s', async (_, answer, expected) => {
  const requests: ApiRequest[] = [];
  const send = async (request: ApiRequest) => {
    requests.push(request);
    return answer;
  };
  expect(await readTokenUserId(send, ports)).toEqual({ ok: true, value: expected });
  expect(requests).toEqual([{ method: 'GET', path: '/user' }]);
});
