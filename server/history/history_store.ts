import type { ISavedObjectsRepository, SavedObjectsFindOptions } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, LIMITS } from '../../common/lib/constants';
import {
  SLOW_ISOLATION_MS,
  type HistoryFilter,
  type HistoryPage,
  type HistoryQuery,
  type HistorySortField,
  type HistorySummary,
  type SummaryQuery,
} from '../../common/api/history';
import { ACTIONS, MEASURED_ACTION } from '../../common/actions/action_name';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import type { ListedRecord } from '../../common/actions/record_summary';
import type { Clock } from '../response_actions/ports';
import { allOf, phrase } from '../kibana/saved_object_filter';
import { NewestPages } from './newest_pages';
import { openLongerThan, recordFilter, WITH_DURATION, WITHOUT_DURATION } from './search_filter';
import {
  LIST_FIELDS,
  listedRecords,
  SIZE_FIELDS,
  wholeRecords,
  type ListAttributes,
} from './read_records';
import {
  countAbove,
  countsPerDay,
  DEFAULT_RANGE,
  intervalFor,
  percentileOf,
  type CountedValues,
  type ActionBucket,
} from './summary';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/** Reads a page of records sorted by duration. Records without a duration come last. */

/** One of two lists that are read by pages. `read` returns a page (from 1) and the total. */
export interface PagedList<A> {
  readonly read: (page: number, perPage: number) => Promise<{ items: readonly A[]; total: number }>;
}

/** Returns at most `count` items from index `start` of a list that is read by whole pages. */
async function slice<A>(
  { read }: PagedList<A>,
  start: number,
  count: number,
  perPage: number
): Promise<readonly A[]> {
  if (count <= 0) return [];
  const page = Math.floor(start / perPage);
  const skipped = start - page * perPage;
  const { items } = await read(page + 1, perPage);
  const rest = skipped === 0 ? [] : (await read(page + 2, perPage)).items;
  return [...items, ...rest].slice(skipped, skipped + count);
}

/**
 * Returns a page (from 1) of `first` followed by `second`, as if they were one list. Reads at most four pages of them,
 * because saved objects can only be found by whole pages.
 */
export async function pageOfBoth<A>(
  first: PagedList<A>,
  second: PagedList<A>,
  page: number,
  perPage: number
): Promise<{ readonly items: readonly A[]; readonly total: number }> {
  const [own, { total: others }] = await Promise.all([
    first.read(page, perPage),
    second.read(1, 0),
  ]);
  const start = (page - 1) * perPage;
  const missing = perPage - own.items.length;
  const rest = await slice(second, Math.max(0, start - own.total), missing, perPage);
  return { items: [...own.items, ...rest], total: own.total + others };
}

const PER_PAGE = 25;
/** Records per search of an export. */
const PER_EXPORT_PAGE = 500;
/** The number of distinct values of `tookMs`: three digits for each power of ten, up to years. */
const TOOK_VALUES = 10_000;
const USERS = 100;

/** The records of one space, for reading. */
export interface HistoryStore {
  /** Returns a page, latest first unless the query has another order. */
  page(query: HistoryQuery): Promise<HistoryPage>;
  /** Returns all matching records completely, latest first, in groups that fit in memory. */
  all(filter: HistoryFilter): AsyncGenerator<readonly ActionRecord[]>;
  /** Returns counts and durations, from Elasticsearch's aggregations. */
  summary(query: SummaryQuery): Promise<HistorySummary>;
}

/** Whether a page is within Elasticsearch's result window. */
export const isWithinResultWindow = ({ page = 1, perPage = PER_PAGE, after }: HistoryQuery) =>
  after !== undefined || page * perPage <= LIMITS.resultWindow;

/** Whether `after` is supported: it requires sorting by time. */
export const isAfterSupported = ({ after, sortField }: HistoryQuery) =>
  after === undefined || sortField === undefined || sortField === 'requestedAt';

/** The numbers that records are sorted by. */
const SORTED_BY = {
  requestedAt: 'sortKey',
  duration: 'durationSortKey',
} as const satisfies Readonly<Record<HistorySortField, keyof ActionRecord>>;

interface Aggregations {
  readonly actions: { readonly buckets: readonly ActionBucket[] };
  readonly isolations: {
    readonly took: { readonly buckets: CountedValues };
  };
  readonly users: { readonly buckets: ReadonlyArray<{ readonly key: string }> };
}

/**
 * The history in Kibana's saved objects, read by Kibana's internal user; routes check the privilege to view.
 * `namespace` is the space; undefined means the default space. `newestPages` is shared by all spaces.
 */
export function savedObjectHistory(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  clock: Clock,
  newestPages = new NewestPages()
): HistoryStore {
  const namespaces = [namespace ?? 'default'];

  interface Order {
    readonly sortField: HistorySortField;
    readonly sortOrder: 'asc' | 'desc';
  }
  const LATEST_FIRST: Order = { sortField: 'requestedAt', sortOrder: 'desc' };

  const search = (
    filter: HistoryFilter,
    perPage: number,
    { sortField, sortOrder }: Order = LATEST_FIRST,
    also?: string
  ) => {
    const kql = allOf([recordFilter(filter, clock()), also]);
    return {
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces,
      sortField: SORTED_BY[sortField],
      sortOrder,
      perPage,
      ...(kql === undefined ? {} : { filter: kql }),
    };
  };
  /** Reads a page of a list, in which each record shows first the hosts that match the filter. */
  const readFor =
    ({ host }: HistoryFilter) =>
    async (options: SavedObjectsFindOptions) => {
      const { saved_objects: found, total } = await repository.find<ListAttributes>({
        ...options,
        fields: [...LIST_FIELDS],
      });
      const attributes = found.map((one) => one.attributes);
      const isAbout =
        host === undefined
          ? undefined
          : ({ name, uuid, agentId }: RecordedHost) => [name, uuid, agentId].includes(host);
      return { items: await listedRecords(repository, namespace, attributes, isAbout), total };
    };

  /** Reads the newest page of a large list; undefined if it is not known where it begins. */
  const newestOfMany = async (filter: HistoryFilter, perPage: number) => {
    const start = newestPages.startOf(namespace, filter, perPage);
    if (start === undefined) return undefined;
    const since = `${RECORD_ATTRIBUTES}.${SORTED_BY.requestedAt} >= ${start}`;
    const [{ items }, { total }] = await Promise.all([
      readFor(filter)({ ...search(filter, perPage, LATEST_FIRST, since), page: 1 }),
      repository.find<ListAttributes>({ ...search(filter, 0), fields: [] }),
    ]);
    // Records were removed, or do not match any more.
    return items.length < perPage ? undefined : { items, total };
  };

  return {
    async page({
      page = 1,
      perPage = PER_PAGE,
      after,
      sortField = 'requestedAt',
      sortOrder = 'desc',
      mine: _mine,
      ...filter
    }) {
      const read = readFor(filter);
      if (sortField === 'duration') {
        const { items: actions, total } = await pageOfBoth<ListedRecord>(
          {
            read: (number, size) =>
              read({
                ...search(filter, size, { sortField, sortOrder }, WITH_DURATION),
                page: number,
              }),
          },
          {
            read: (number, size) =>
              read({ ...search(filter, size, LATEST_FIRST, WITHOUT_DURATION), page: number }),
          },
          page,
          perPage
        );
        return { actions, total, page, perPage, next: null };
      }
      const isNewest = after === undefined && page === 1 && sortOrder === 'desc';
      const newest = isNewest ? await newestOfMany(filter, perPage) : undefined;
      const { items: actions, total } =
        newest ??
        (await read({
          ...search(filter, perPage, { sortField, sortOrder }),
          ...(after === undefined ? { page } : { searchAfter: [after] }),
        }));
      const last = actions.length === perPage ? actions[actions.length - 1] : undefined;
      if (isNewest && last !== undefined) {
        newestPages.keep(namespace, filter, { sortKey: last.sortKey, perPage, total });
      }
      return { actions, total, page, perPage, next: last?.sortKey ?? null };
    },
    async *all(filter) {
      // The records that existed at the start, each in its current state.
      const finder = repository.createPointInTimeFinder<ListAttributes>({
        ...search(filter, PER_EXPORT_PAGE),
        fields: [...SIZE_FIELDS],
      });
      try {
        for await (const { saved_objects: found } of finder.find()) {
          const records = found.map(({ attributes }) => attributes);
          yield* wholeRecords(repository, namespace, records);
        }
      } finally {
        await finder.close();
      }
    },
    async summary({ timeZone = 'UTC', ...filter }) {
      const to = filter.to ?? new Date(clock()).toISOString();
      const from = filter.from ?? new Date(Date.parse(to) - DEFAULT_RANGE).toISOString();
      const inRange = { ...filter, from, to };
      const kql = recordFilter(inRange, clock());
      const slow = `${RECORD_ATTRIBUTES}.action: ${phrase(MEASURED_ACTION)} and (${openLongerThan(SLOW_ISOLATION_MS, clock())})`;
      const [{ aggregations }, { total: slowInProgress }] = await Promise.all([
        repository.find<ActionRecord, Aggregations>({
          type: ACTION_SAVED_OBJECT_TYPE,
          namespaces,
          perPage: 0,
          ...(kql === undefined ? {} : { filter: kql }),
          aggs: {
            // In this order: terms within each time take Elasticsearch ten times as long.
            actions: {
              terms: { field: `${RECORD_ATTRIBUTES}.action`, size: ACTIONS.length },
              aggs: {
                times: {
                  histogram: {
                    field: `${RECORD_ATTRIBUTES}.requestedAt`,
                    interval: intervalFor(Date.parse(from), Date.parse(to), timeZone),
                    min_doc_count: 1,
                  },
                },
              },
            },
            isolations: {
              filter: { term: { [`${RECORD_ATTRIBUTES}.action`]: MEASURED_ACTION } },
              aggs: {
                took: { terms: { field: `${RECORD_ATTRIBUTES}.tookMs`, size: TOOK_VALUES } },
              },
            },
            users: { terms: { field: `${RECORD_ATTRIBUTES}.actor.username`, size: USERS } },
          },
        }),
        // Aggregations of saved objects support term filters, but no negation.
        repository.find<ListAttributes>(search(inRange, 0, LATEST_FIRST, slow)),
      ]);
      // No index exists yet, because nothing was recorded.
      const took = aggregations?.isolations.took.buckets ?? [];
      return {
        from,
        to,
        days: countsPerDay(aggregations?.actions.buckets ?? [], timeZone),
        medianTimeToIsolateMs: percentileOf(took, 50),
        p95TimeToIsolateMs: percentileOf(took, 95),
        isolations: countAbove(took),
        slowIsolations: {
          limitMs: SLOW_ISOLATION_MS,
          confirmed: countAbove(took, SLOW_ISOLATION_MS),
          inProgress: slowInProgress,
        },
        users: (aggregations?.users.buckets ?? []).map(({ key }) => key),
      };
    },
  };
}
