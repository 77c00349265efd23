import * as t from 'io-ts';
import { actionIdCodec, alertIdCodec } from './connector';
import { LIMITS } from '../lib/constants';
import { ACTIONS, actionCodec } from '../actions/action_name';
import { RECORDED_OUTCOMES } from '../actions/record';
import { listedRecordCodec, RESULT_STATUSES } from '../actions/record_summary';
import { momentCodec } from '../lib/moment';
import { closedObject, oneOf, stringThat, wholeNumber } from '../lib/validation';

/** Queries and responses of the history. */

const textOf = (what: string) =>
  stringThat(
    `${what}: 1 to 256 characters`,
    (value) => value.trim() !== '' && value.length <= 256,
    {
      minLength: 1,
      maxLength: 256,
    }
  );

/** Where a page begins: `next` of the previous page. */
export const positionCodec = wholeNumber(0, Number.MAX_SAFE_INTEGER, { fromText: true });

const filterFields = {
  action: oneOf(ACTIONS),
  outcome: oneOf(RECORDED_OUTCOMES),
  user: textOf('a user name'),
  host: textOf("a host's name, UUID or agent id"),
  from: momentCodec,
  to: momentCodec,
};
/** What the history can be sorted by; `duration` puts records without one behind all others. */
export const HISTORY_SORT_FIELDS = ['requestedAt', 'duration'] as const;
export type HistorySortField = (typeof HISTORY_SORT_FIELDS)[number];

/** Milliseconds after which an isolation is counted as slow in the summary. */
export const SLOW_ISOLATION_MS = 5 * 60_000;

const TEN_YEARS = 10 * 365 * 24 * 60 * 60 * 1_000;

const internalFilterFields = {
  ...filterFields,
  /** Search text for a host: words of its name or their beginnings, its UUID or agent id. */
  hostPart: textOf("part of a host's name, UUID or agent id"),
  actionId: actionIdCodec,
  /** The status of at least one host, by its name on the history page. */
  status: oneOf(RESULT_STATUSES),
  /**
   * Milliseconds: only actions for which it took longer until SentinelOne reported the last host, or that have been
   * open for longer.
   */
  longerThanMs: wholeNumber(1, TEN_YEARS, { fromText: true }),
  alertId: alertIdCodec,
  search: stringThat('a text of at most 256 characters', (value) => value.length <= 256),
};
const pageFields = {
  page: wholeNumber(1, LIMITS.resultWindow, { fromText: true }),
  perPage: wholeNumber(1, LIMITS.actionsPerPage, { fromText: true }),
  after: positionCodec,
};

/**
 * Filters of records. `status` and `host` match if one host of the record matches. A record must match all filters that
 * are given.
 */
export const historyFilterCodec = closedObject('the filter', {}, internalFilterFields);
export type HistoryFilter = t.TypeOf<typeof historyFilterCodec>;

/**
 * The query of the history page. If the history is sorted by time, `after` reaches pages beyond the limit of page
 * numbers.
 */
export const historyQueryCodec = closedObject(
  'the query of the history',
  {},
  {
    ...internalFilterFields,
    ...pageFields,
    /** Only what the caller requested; in place of `user`. */
    mine: oneOf(['true'] as const),
    sortField: oneOf(HISTORY_SORT_FIELDS),
    sortOrder: oneOf(['asc', 'desc'] as const),
  }
);
export type HistoryQuery = t.TypeOf<typeof historyQueryCodec>;

/** The same for the public API, with the filters that it documents. */
export const actionsQueryCodec = closedObject('the query', {}, { ...filterFields, ...pageFields });

/** The properties of a page of the history, besides its actions. */
export const historyPageFields = {
  /** The number of matching records, on all pages. */
  total: t.number,
  page: t.number,
  perPage: t.number,
  /** `after` of the next page; null on the last one. */
  next: t.union([t.number, t.null]),
};

/**
 * Records, latest first by default. An action on more than 500 hosts has several consecutive ones: `group` counts them
 * from 0, `groups` is their number.
 */
export const historyPageCodec = t.type({
  actions: t.readonlyArray(listedRecordCodec),
  ...historyPageFields,
});
export type HistoryPage = Readonly<t.TypeOf<typeof historyPageCodec>>;

export const actionParamsCodec = closedObject('the path', { actionId: actionIdCodec });

const isTimeZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
};

export const summaryQueryCodec = closedObject(
  'the query of the summary',
  {},
  {
    ...internalFilterFields,
    timeZone: stringThat('a time zone, such as Europe/Berlin', isTimeZone),
  }
);
export type SummaryQuery = t.TypeOf<typeof summaryQueryCodec>;

export const historySummaryCodec = t.type({
  /** ISO 8601: the time range of the summary. */
  from: t.string,
  to: t.string,
  /** Days (`2024-07-03`, in the requested time zone) with at least one request. */
  days: t.readonlyArray(t.type({ day: t.string, action: actionCodec, count: t.number })),
  /**
   * The median duration of confirmed isolations, in milliseconds, from the request until Kibana read the last host's
   * state from SentinelOne; rounded up to three significant digits. Null if there were none.
   */
  medianTimeToIsolateMs: t.union([t.number, t.null]),
  /** The 95th percentile of the same. */
  p95TimeToIsolateMs: t.union([t.number, t.null]),
  /** The number of confirmed isolations, from which the median and the percentile are computed. */
  isolations: t.number,
  /** Isolations that took longer than a limit, and those that have been open for longer. */
  slowIsolations: t.type({
    /** Milliseconds. */
    limitMs: t.number,
    confirmed: t.number,
    inProgress: t.number,
  }),
  /** Users with actions, most frequent first, for the filter. */
  users: t.readonlyArray(t.string),
});
export type HistorySummary = Readonly<t.TypeOf<typeof historySummaryCodec>>;
