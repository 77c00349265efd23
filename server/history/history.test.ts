import * as fc from 'fast-check';
import { newAutomaticRelease } from '../../common/actions/automatic_release';
import { sortKeyOf, type ActionRecord } from '../../common/actions/record';
import { csvOf } from './csv';
import { recordFilter } from './search_filter';
import { DAY, HOUR, MINUTE } from '../../common/lib/constants';
import { countAbove, countsPerDay, intervalFor, percentileOf } from './summary';

const NOW = Date.parse('2024-07-03T04:00:00.000Z');

const record = (changes: Partial<ActionRecord> = {}): ActionRecord => ({
  actionId: 'a1',
  group: 0,
  groups: 1,
  sortKey: sortKeyOf('2024-07-03T03:45:00.000Z', 'a1', 0),
  action: 'isolate',
  state: 'ended',
  connectorId: 'c',
  tenant: 'https://example.sentinelone.net',
  actor: { username: 'analyst', authentication: 'realm' },
  comment: 'because',
  alertIds: ['x', 'y'],
  caseIds: [],
  requestedAt: '2024-07-03T03:45:00.000Z',
  updatedAt: '2024-07-03T03:45:05.000Z',
  hosts: [
    {
      uuid: 'u1',
      agentId: '1834780238610855645',
      name: 'web-1',
      outcome: 'done',
      confirmedAt: '2024-07-03T03:45:04.600Z',
      endedAt: '2024-07-03T03:45:04.600Z',
    },
  ],
  ...changes,
});

async function* pagesOf(...pages: readonly (readonly ActionRecord[])[]) {
  yield* pages;
}
async function textOf(...pages: readonly (readonly ActionRecord[])[]): Promise<string> {
  let text = '';
  for await (const chunk of await csvOf(pagesOf(...pages))) text += String(chunk);
  return text;
}

describe('the table', () => {
  it('has one line per host, and always a header', async () => {
    const lines = (await textOf([record()], [record({ comment: 'a "quoted"\nline' })])).split(
      '\r\n'
    );
    expect(lines[0]).toMatch(/^\uFEFF"action_id","requested_at","action","user"/);
    expect(lines[1]).toBe(
      '"a1","2024-07-03T03:45:00.000Z","isolate","analyst","","","web-1","u1","\'1834780238610855645","done","","","2024-07-03T03:45:04.600Z","2024-07-03T03:45:04.600Z","5","","because","x y","","","","","","","","","","","","","",""'
    );
    expect(lines[2]).toContain('"a ""quoted""\nline"');
    expect((await textOf()).split('\r\n')).toHaveLength(2);
  });

  it('lists alerts and cases only in the first line of an action, and states what is not listed', async () => {
    const hosts = Array.from({ length: 3 }, (_, n) => ({
      ...record().hosts[0]!,
      name: `web-${n}`,
    }));
    const refusedRequest = { hostCount: 1_000, alertCount: 0, caseCount: 0, furtherRequests: 7 };
    const text = await textOf([
      record({ hosts, caseIds: ['case-1'] }),
      record({ actionId: 'a2', group: 1, groups: 2, hosts }),
      record({ actionId: 'a3', alertIds: [], hosts, refusedRequest }),
    ]);
    const [head = '', ...lines] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    const columns = head.split(',').map((name) => name.slice(1, -1));
    const cellsOf = (column: string) =>
      lines.map((line) => line.split(',')[columns.indexOf(column)]?.slice(1, -1));
    expect(cellsOf('action_id')).toEqual(['a1', 'a1', 'a1', 'a2', 'a2', 'a2', 'a3', 'a3', 'a3']);
    const firstOnly = (...cells: readonly string[]) => [
      ...cells,
      ...Array(9 - cells.length).fill(''),
    ];
    expect(cellsOf('alert_ids')).toEqual(firstOnly('x y'));
    expect(cellsOf('case_ids')).toEqual(firstOnly('case-1'));
    expect(cellsOf('unlisted_hosts')).toEqual(['', '', '', '', '', '', '997', '', '']);
    expect(cellsOf('further_requests')).toEqual(['', '', '', '', '', '', '7', '', '']);
  });

  it('contains the time and state of the automatic release, and the action that a release ends', async () => {
    const [done] = record().hosts;
    const releaseAt = '2024-07-03T07:45:00.000Z';
    const automaticRelease = newAutomaticRelease(releaseAt, 'analyst');
    const refused = { ...done!, outcome: 'refused' as const };
    const ended = { state: 'ended' as const, outcome: 'not_needed' as const };
    const problem = { reason: 'offline' as const, detail: null };
    const text = await textOf([
      record({ hosts: [done!, refused], releaseAt, automaticRelease }),
      record({ releaseAt, automaticRelease: { ...automaticRelease, problem } }),
      record({ releaseAt, automaticRelease: { ...automaticRelease, ...ended } }),
      record({ releaseAt: null, automaticRelease: { ...automaticRelease, state: 'cancelled' } }),
      record({
        action: 'release',
        endsAction: { actionId: 'a1', requestedBy: 'analyst', requestedAt: releaseAt, releaseAt },
      }),
    ]);
    const [head, ...lines] = text
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').map((cell) => cell.slice(1, -1)));
    const cellsOf = (column: string) => lines.map((line) => line[head!.indexOf(column)]);
    expect(cellsOf('release_at')).toEqual([releaseAt, '', releaseAt, releaseAt, '', '']);
    expect(cellsOf('automatic_release')).toEqual([
      ...['scheduled', '', 'scheduled', 'not_needed', 'cancelled', ''],
    ]);
    expect(cellsOf('release_problem')).toEqual(['', '', 'offline', '', '', '']);
    expect(cellsOf('ends_action')).toEqual(['', '', '', '', '', 'a1']);
  });

  it('reads only as fast as it is sent, and stops when the client disconnects', async () => {
    let read = 0;
    let isClosed = false;
    async function* pages() {
      try {
        for (; read < 1_000; read++) yield [record({ comment: 'x'.repeat(2_000) })];
      } finally {
        isClosed = true;
      }
    }
    const stream = await csvOf(pages());
    await new Promise((resolve) => stream.once('readable', resolve));
    stream.read();
    await new Promise((resolve) => setImmediate(resolve));
    // Some chunks of 16 kB are ready, and not all of two megabytes.
    expect(read).toBeLessThan(100);
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(true);
  });

  it('is closed when the client disconnects before reading', async () => {
    let isClosed = false;
    async function* pages() {
      try {
        yield [record()];
        yield [record()];
      } finally {
        isClosed = true;
      }
    }
    const stream = await csvOf(pages());
    stream.destroy();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(true);
  });

  it('fails completely when the first page cannot be read', async () => {
    async function* broken(): AsyncGenerator<readonly ActionRecord[]> {
      yield await Promise.reject(new Error('no index'));
    }
    await expect(csvOf(broken())).rejects.toThrow('no index');
  });
});

describe('the filter', () => {
  it('joins the given conditions, and is undefined without any', () => {
    expect(recordFilter({}, NOW)).toBeUndefined();
    expect(recordFilter({ action: 'isolate', user: 'a"b' }, NOW)).toBe(
      '(sentinelone-response-action.attributes.action: "isolate") and (sentinelone-response-action.attributes.actor.username: "a\\"b")'
    );
  });
});

describe('the summary', () => {
  const action = (name: string, ...counts: ReadonlyArray<readonly [string, number]>) => ({
    key: name,
    times: { buckets: counts.map(([at, count]) => ({ key: Date.parse(at), doc_count: count })) },
  });

  it('counts by the days of the time zone', () => {
    const buckets = [
      action('release', ['2024-07-03T18:30:00Z', 1]),
      action('isolate', ['2024-07-03T18:15:00Z', 2], ['2024-07-03T18:30:00Z', 1]),
    ];
    expect(countsPerDay(buckets, 'UTC')).toEqual([
      { day: '2024-07-03', action: 'isolate', count: 3 },
      { day: '2024-07-03', action: 'release', count: 1 },
    ]);
    // In Kathmandu it is a quarter past midnight.
    expect(countsPerDay(buckets, 'Asia/Kathmandu')).toEqual([
      { day: '2024-07-04', action: 'isolate', count: 3 },
      { day: '2024-07-04', action: 'release', count: 1 },
    ]);
    expect(countsPerDay(buckets, 'Asia/Kolkata')).toEqual([
      { day: '2024-07-03', action: 'isolate', count: 2 },
      { day: '2024-07-04', action: 'isolate', count: 1 },
      { day: '2024-07-04', action: 'release', count: 1 },
    ]);
  });

  it('returns the same percentiles as sorting, and counts values above a limit', () => {
    expect(percentileOf([], 50)).toBeNull();
    expect(countAbove([])).toBe(0);
    const counted = fc.array(
      fc.record({
        key: fc.integer({ min: 0, max: 50 }),
        doc_count: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 20 }
    );
    const percents = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(counted, percents, fc.integer({ min: 0, max: 50 }), (values, percent, limit) => {
        const all = values.flatMap(({ key, doc_count: n }) => Array<number>(n).fill(key));
        all.sort((a, b) => a - b);
        expect(percentileOf(values, percent)).toBe(
          all[Math.ceil((all.length * percent) / 100) - 1]
        );
        expect(percentileOf(values, 50)).toBe(all[Math.ceil(all.length / 2) - 1]);
        expect(countAbove(values)).toBe(all.length);
        expect(countAbove(values, limit)).toBe(all.filter((one) => one > limit).length);
      })
    );
  });

  it('never uses more buckets than Elasticsearch allows', () => {
    for (const days of [1, 30, 99, 100, 101, 400, 800, 801, 10_000]) {
      const range = days * DAY;
      for (const timeZone of ['UTC', 'Asia/Kathmandu']) {
        expect(range / intervalFor(NOW - range, NOW, timeZone)).toBeLessThan(20_000);
      }
    }
  });

  it.each([
    ['UTC', HOUR],
    ['America/New_York', HOUR],
    ['Asia/Kathmandu', 15 * MINUTE],
    ['Asia/Kolkata', 15 * MINUTE],
    // Half an hour from the whole hours in winter only: in the middle of this range.
    ['Australia/Lord_Howe', 15 * MINUTE],
  ])('has buckets in which a day of %s begins', (timeZone, interval) => {
    const [from, to] = [Date.parse('2024-03-15T00:00:00Z'), Date.parse('2024-06-20T00:00:00Z')];
    expect(intervalFor(from, to, timeZone)).toBe(interval);
  });
});
