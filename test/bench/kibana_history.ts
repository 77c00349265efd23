import { attributesOf } from '../../server/response_actions/stored_record';
import { BASE } from '../helpers/contract_suite';
import { inElasticsearch } from '../helpers/elasticsearch';
import type { HttpAnswer } from '../helpers/http';
import { RECORD_TYPE, type Target } from '../helpers/target';
import { median, ms, printTable, ratio, timed } from './figures';
import { recordNumber } from './history_records';

const SIZES = [1_000, 100_000] as const;
const ROUNDS = 15;
/** Rounds before these, which are not counted: the first ones compile code and open the index. */
const WARM_UP = 5;
const PER_WRITE = 5_000;
const SPACE = 'sentinelone-response-bench';
const INDEX = '/.kibana';

const ASKED: Readonly<Record<string, string>> = {
  'first page': '/actions?perPage=25',
  'deep page': '/actions?perPage=25&page=38',
  'the host filter': '/actions?perPage=25&host=bench-host-7',
  'the time filter': '/actions?perPage=25&from=2024-07-03T00:00:00Z&to=2024-07-03T03:00:00Z',
  'sorted by duration': '/actions?perPage=25&sortField=duration',
  'a deep page by duration': '/actions?perPage=25&page=38&sortField=duration&sortOrder=asc',
  'longer than five minutes': '/actions?perPage=25&longerThanMs=300000',
  'in progress': '/actions?perPage=25&status=in_progress',
  search: '/actions?perPage=25&search=bench-host-7',
  'the chart of a week':
    '/actions/_summary?from=2024-06-26T00:00:00Z&to=2024-07-03T00:00:00Z&timeZone=UTC',
};

/** Median wall time (ms) of each question; `get` asks our internal routes. */
async function timeHistory(get: (path: string) => Promise<HttpAnswer>): Promise<readonly number[]> {
  const medians: number[] = [];
  // While the records were written, the connection that waited for the next question was closed.
  await get(`${BASE}/actions`).catch(() => undefined);
  for (const [name, path] of Object.entries(ASKED)) {
    const times: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const { took, value } = await timed(() => get(`${BASE}${path}`));
      if (value.status !== 200) throw new Error(`${name}: ${value.status} ${value.text}`);
      if (round >= 0) times.push(took);
    }
    medians.push(median(times));
  }
  return medians;
}

/** Writes the records of these numbers, up to and without `to`, as Kibana stores them. */
async function fill(from: number, to: number): Promise<void> {
  const lines = Array.from({ length: to - from }, (_, n) => {
    const record = recordNumber(from + n);
    return [
      { index: { _id: `${SPACE}:${RECORD_TYPE}:${record.actionId}` } },
      {
        type: RECORD_TYPE,
        namespace: SPACE,
        references: [],
        coreMigrationVersion: '8.8.0',
        typeMigrationVersion: '10.1.0',
        created_at: record.requestedAt,
        updated_at: record.updatedAt,
        [RECORD_TYPE]: attributesOf(record),
      },
    ];
  }).flat();
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await inElasticsearch('POST', `${INDEX}/_bulk?refresh=true`, body);
}

/**
 * The history at two sizes, in a space of its own that is deleted afterwards. Prints both and the ratio.
 */
export async function benchHistory({ request }: Target): Promise<void> {
  await request('admin', 'POST', '/api/spaces/space', { body: { id: SPACE, name: 'Bench' } });
  const medians: Array<readonly number[]> = [];
  try {
    let filled = 0;
    for (const size of SIZES) {
      for (; filled < size; filled = Math.min(size, filled + PER_WRITE)) {
        await fill(filled, Math.min(size, filled + PER_WRITE));
      }
      medians.push(await timeHistory((path) => request('admin', 'GET', `/s/${SPACE}${path}`)));
    }
  } finally {
    await inElasticsearch('POST', `${INDEX}/_delete_by_query?refresh=true`, {
      query: { term: { namespace: SPACE } },
    });
    await request('admin', 'DELETE', `/api/spaces/space/${SPACE}`);
  }
  const [few = [], many = []] = medians;
  printTable(
    `History, median of ${ROUNDS} (the goal: at most 1.5 ×)`,
    ['', ...SIZES.map((size) => `${size.toLocaleString('en')} records`), 'ratio'],
    Object.keys(ASKED).map((name, n) => [name, ms(few[n]!), ms(many[n]!), ratio(many[n]!, few[n]!)])
  );
}
