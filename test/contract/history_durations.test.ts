import { fleetOf, idsOf, type Fleet } from '../helpers/hosts';
import { openTarget, type Target } from '../helpers/target';
import { untilListed } from '../helpers/listed_actions';

/** The history by how actions stand and how long they took. */

const BASE = '/internal/sentinelone_response';

let target: Target;
let fleet: Fleet;
/** Since when: an official Kibana has a history from before. */
let from: string;
const made: Record<'first' | 'second' | 'waiting' | 'refused', string> = {
  first: '',
  second: '',
  waiting: '',
  refused: '',
};

const get = (path: string) => target.request('viewer', 'GET', `${BASE}${path}`);
const act = async (agentId: string): Promise<string> => {
  const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: { hosts: [{ agentId }], comment: 'Durations' },
  });
  return answer.json.actionId as string;
};
const idsFor = async (query: string): Promise<readonly string[]> => {
  const answer = await get(`/actions?from=${encodeURIComponent(from)}&${query}`);
  expect([query, answer.status]).toEqual([query, 200]);
  return answer.json.actions.map(({ actionId }: { actionId: string }) => actionId);
};

beforeAll(async () => {
  target = await openTarget({ tasks: true });
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
  from = new Date().toISOString();
  made.first = await act(fleet.connected[0]!.id);
  made.second = await act(fleet.connected[1]!.id);
  made.waiting = await act(fleet.offline[0]!.id);
  made.refused = await act('9999999999');
  await untilListed(target, { from, status: 'succeeded' }, 2);
}, 60_000);
afterAll(() => target.close());

it('sent the three that could be sent, each for its own host', async () => {
  expect((await target.simulator.writes()).map(idsOf)).toEqual([
    [fleet.connected[0]!.id],
    [fleet.connected[1]!.id],
    [fleet.offline[0]!.id],
  ]);
});

it('finds the isolation of an offline host in progress', async () => {
  expect(await idsFor('status=in_progress')).toEqual([made.waiting]);
  expect(await idsFor('status=succeeded')).toEqual([made.second, made.first]);
  expect(await idsFor('status=refused')).toEqual([made.refused]);
  expect(await idsFor('status=failed')).toEqual([]);
  expect(await idsFor('status=unchanged')).toEqual([]);
});

it('sorts by time in both directions', async () => {
  const { first, second, waiting, refused } = made;
  const latestFirst = [refused, waiting, second, first];
  expect(await idsFor('sortField=requestedAt')).toEqual(latestFirst);
  expect(await idsFor('sortField=requestedAt&sortOrder=asc')).toEqual([...latestFirst].reverse());
});

it('sorts by duration, with those without one last, on every page', async () => {
  const { json } = await get(
    `/actions?from=${encodeURIComponent(from)}&sortField=duration&sortOrder=asc`
  );
  const [one, other, ...rest] = json.actions as ReadonlyArray<{
    actionId: string;
    durationSortKey: number;
  }>;
  expect(new Set([one!.actionId, other!.actionId])).toEqual(new Set([made.first, made.second]));
  expect(one!.durationSortKey).toBeLessThan(other!.durationSortKey);
  expect(rest.map(({ actionId }) => actionId)).toEqual([made.refused, made.waiting]);
  const expected = [other!.actionId, one!.actionId, made.refused, made.waiting];
  const paged: string[] = [];
  for (const page of [1, 2, 3, 4]) {
    paged.push(...(await idsFor(`sortField=duration&sortOrder=desc&perPage=1&page=${page}`)));
  }
  expect(paged).toEqual(expected);
});

it('finds actions that took longer or have been open for longer, also for the export', async () => {
  const { first, second, waiting } = made;
  expect(await idsFor('longerThanMs=1')).toEqual([waiting, second, first]);
  expect(await idsFor('longerThanMs=3600000')).toEqual([]);
  const csv = async (query: string) =>
    (await get(`/actions/_csv?from=${encodeURIComponent(from)}&${query}`)).text.trimEnd();
  expect((await csv('longerThanMs=1')).split('\r\n')).toHaveLength(4);
  expect((await csv('status=in_progress')).split('\r\n')).toHaveLength(2);
});

it('contains the durations of isolations', async () => {
  const { json } = await get(`/actions/_summary?from=${encodeURIComponent(from)}`);
  expect(json).toMatchObject({
    isolations: 2,
    slowIsolations: { limitMs: 300_000, confirmed: 0, inProgress: 0 },
  });
  expect(json.medianTimeToIsolateMs).toBeGreaterThan(0);
  expect(json.p95TimeToIsolateMs).toBeGreaterThanOrEqual(json.medianTimeToIsolateMs);
  const none = await get(`/actions/_summary?from=${encodeURIComponent(from)}&status=refused`);
  expect(none.json).toMatchObject({
    medianTimeToIsolateMs: null,
    p95TimeToIsolateMs: null,
    isolations: 0,
  });
});

it.each([
  [
    'status=pending',
    'status',
    'one of awaiting_approval, in_progress, succeeded, failed, refused, unchanged',
  ],
  ['longerThanMs=0', 'longerThanMs', 'a whole number from 1'],
  ['longerThanMs=1.5', 'longerThanMs', 'a whole number from 1'],
  ['longerThanMs=5m', 'longerThanMs', 'a whole number from 1'],
  ['sortField=comment', 'sortField', 'one of requestedAt, duration'],
  ['sortOrder=up', 'sortOrder', 'one of asc, desc'],
  ['sortField=duration&after=5', 'after', 'sorted by requestedAt'],
])('refuses %s, and states what is accepted', async (query, field, accepted) => {
  const answer = await get(`/actions?${query}`);
  expect([query, answer.status]).toEqual([query, 400]);
  expect(answer.json.message).toContain(`[${field}]`);
  expect(answer.json.message).toContain(accepted);
});

it('accepts the same filters, and only filters, for the export and the summary', async () => {
  for (const path of ['/actions/_csv', '/actions/_summary']) {
    expect((await get(`${path}?status=pending`)).status).toBe(400);
    expect((await get(`${path}?longerThanMs=0`)).status).toBe(400);
    expect((await get(`${path}?sortField=duration`)).status).toBe(400);
  }
});
