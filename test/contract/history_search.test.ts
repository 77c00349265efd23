import { idsOf } from '../helpers/hosts';
import { openTarget, type Target } from '../helpers/target';
import { untilListed } from '../helpers/listed_actions';

/** Searching the history by names, as Elasticsearch's analyzer splits them. */

const BASE = '/internal/sentinelone_response';
const NAMES = [
  'srv-win1.corp.local',
  'web01.example.com',
  'WEB02.example.com',
  "O'Brien’s Mac",
  '日本語サーバー01.lan',
];
const COMMENTS = ['ticket:INC123', "Don't panic", 'seen by j.smith2.admin', 'plain', 'plain'];
const agentIdOf = (n: number) => `70000000000000000${n}`;

let target: Target;
let from: string;
let nth: ReadonlyMap<string, number>;

beforeAll(async () => {
  target = await openTarget();
  await target.simulator.reset({
    fleet: NAMES.map((computerName, n) => ({ id: agentIdOf(n), computerName })),
  });
  await target.simulator.clearCalls();
  from = new Date().toISOString();
  const found = new Map<string, number>();
  for (const [n, comment] of COMMENTS.entries()) {
    const answer = await target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ agentId: agentIdOf(n) }], comment },
    });
    expect(answer.status).toBe(200);
    found.set(answer.json.actionId, n);
  }
  nth = found;
  await untilListed(target, { from }, NAMES.length);
}, 60_000);
afterAll(async () => {
  await target?.simulator.reset();
  await target?.close();
});

/** Which actions a search finds: their places in the lists above. */
async function found(search: string): Promise<ReadonlyArray<number | undefined>> {
  const query = new URLSearchParams({ from, search });
  const page = await target.request('viewer', 'GET', `${BASE}/actions?${query}`);
  expect(page.status).toBe(200);
  const table = await target.request('viewer', 'GET', `${BASE}/actions/_csv?${query}`);
  expect(table.text.trimEnd().split('\r\n')).toHaveLength(1 + page.json.actions.length);
  return page.json.actions.map(({ actionId }: { actionId: string }) => nth.get(actionId)).sort();
}

it('each host was isolated once', async () => {
  const writes = (await target.simulator.writes()).map(idsOf);
  expect(writes).toEqual(NAMES.map((_, n) => [agentIdOf(n)]));
});

it.each(NAMES.map((name, n) => [name, n] as const))('finds %s by its name', async (name, n) => {
  expect(await found(name)).toEqual([n]);
  expect(await found(name.toLowerCase())).toEqual([n]);
  expect(await found(name.slice(0, -2))).toEqual([n]);
});

it.each<[string, readonly number[]]>([
  ['example.com', [1, 2]],
  ['corp.local', [0]],
  ['win1', [0]],
  ['web01.exam', [1]],
  ['ticket:INC', [0]],
  ["don't", [1]],
  ['j.smith2.admin', [2]],
  ['analyst', [0, 1, 2, 3, 4]],
  ['analyst - srv-win1.corp', [0]],
  ['web03.example.com', []],
])('%s finds matching records', async (search, expected) => {
  expect(await found(search)).toEqual(expected);
});

it.each(['---', '. . .', '"', '*', '()', '\\'])(
  '%s, without a word, finds nothing',
  async (search) => {
    expect(await found(search)).toEqual([]);
  }
);
