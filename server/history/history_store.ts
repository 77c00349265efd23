import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE, LIMITS } from '../../common/constants';
import type {
  HistoryFilter,
  HistoryPage,
  HistoryQuery,
  HistorySummary,
  SummaryQuery,
} from '../../common/history';
import type { ActionRecord } from '../../common/record';
import type { Clock } from '../response_actions/ports';
import { recordFilter } from './filter';
import { countsPerDay, DEFAULT_RANGE, intervalFor, medianOf, type TimeBucket } from './summary';

const PER_PAGE = 25;
const PER_EXPORT_PAGE = 500;
/** Distinct values of `tookMs`: three digits in each of the powers of ten up to years. */
const TOOK_VALUES = 10_000;
const USERS = 100;

const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

/** The records of one space, for reading. */
export interface HistoryStore {
  /** A page, latest first. */
  page(query: HistoryQuery): Promise<HistoryPage>;
  /** All that match, latest first, a few hundred at a time. */
  all(filter: HistoryFilter): AsyncGenerator<readonly ActionRecord[]>;
  /** Counts and the median, made by Elasticsearch. */
  summary(query: SummaryQuery): Promise<HistorySummary>;
}

/** Whether a page lies within what Elasticsearch lets one reach by its number. */
export const isWithinResultWindow = ({ page = 1, perPage = PER_PAGE, after }: HistoryQuery) =>
  after !== undefined || page * perPage <= LIMITS.resultWindow;

interface Aggregations {
  readonly times: { readonly buckets: readonly TimeBucket[] };
  readonly isolations: {
    readonly took: {
      readonly buckets: ReadonlyArray<{ readonly key: number; readonly doc_count: number }>;
    };
  };
  readonly users: { readonly buckets: ReadonlyArray<{ readonly key: string }> };
}

/**
 * The history in Kibana's saved objects, read by Kibana itself: routes ask for the privilege to view.
 * `namespace` is the space; undefined stands for the default one.
 */
export function savedObjectHistory(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  clock: Clock
): HistoryStore {
  const namespaces = [namespace ?? 'default'];

  const search = (filter: HistoryFilter, perPage: number) => {
    const kql = recordFilter(filter);
    return {
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces,
      sortField: 'order',
      sortOrder: 'desc' as const,
      perPage,
      ...(kql === undefined ? {} : { filter: kql }),
    };
  };

  return {
    async page({ page = 1, perPage = PER_PAGE, after, ...filter }) {
      const { saved_objects: found, total } = await repository.find<ActionRecord>({
        ...search(filter, perPage),
        ...(after === undefined ? { page } : { searchAfter: [after] }),
      });
      const actions = found.map(({ attributes }) => attributes);
      const last = actions.length === perPage ? actions[actions.length - 1] : undefined;
      return { actions, total, page, perPage, next: last?.order ?? null };
    },
    async *all(filter) {
      // As it was when the reading began, whatever is written meanwhile.
      const finder = repository.createPointInTimeFinder<ActionRecord>(
        search(filter, PER_EXPORT_PAGE)
      );
      try {
        for await (const { saved_objects: found } of finder.find()) {
          yield found.map(({ attributes }) => attributes);
        }
      } finally {
        await finder.close();
      }
    },
    async summary({ timeZone = 'UTC', ...filter }) {
      const to = filter.to ?? new Date(clock()).toISOString();
      const from = filter.from ?? new Date(Date.parse(to) - DEFAULT_RANGE).toISOString();
      const kql = recordFilter({ ...filter, from, to });
      const { aggregations } = await repository.find<ActionRecord, Aggregations>({
        type: ACTION_SAVED_OBJECT_TYPE,
        namespaces,
        perPage: 0,
        ...(kql === undefined ? {} : { filter: kql }),
        aggs: {
          times: {
            histogram: {
              field: `${FIELD}.requestedAt`,
              interval: intervalFor(Date.parse(to) - Date.parse(from)),
              min_doc_count: 1,
            },
            aggs: { action: { terms: { field: `${FIELD}.action` } } },
          },
          isolations: {
            filter: { term: { [`${FIELD}.action`]: 'isolate' } },
            aggs: { took: { terms: { field: `${FIELD}.tookMs`, size: TOOK_VALUES } } },
          },
          users: { terms: { field: `${FIELD}.actor.username`, size: USERS } },
        },
      });
      // No index yet: nothing was ever recorded.
      const took = aggregations?.isolations.took.buckets ?? [];
      return {
        from,
        to,
        days: countsPerDay(aggregations?.times.buckets ?? [], timeZone),
        medianTimeToIsolateMs: medianOf(took),
        isolations: took.reduce((sum, { doc_count: count }) => sum + count, 0),
        users: (aggregations?.users.buckets ?? []).map(({ key }) => key),
      };
    },
  };
}
