import { LIMITS } from '../../common/lib/constants';
import {
  HISTORY_SORT_FIELDS,
  type HistoryFilter,
  type HistoryQuery,
  type HistorySortField,
  type SummaryQuery,
} from '../../common/api/history';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import { RESULT_STATUSES, type ResultStatus } from '../../common/actions/record_summary';
import { ALL_TIME, limitsOf, timeIn, type TimeRange } from '../lib/time_range';

/** What the history shows. It is part of the page's URL, so that links show the same. */
export interface HistoryState extends TimeRange {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly sortField: HistorySortField;
  readonly sortOrder: 'asc' | 'desc';
  readonly search?: string;
  readonly action?: ActionName;
  readonly status?: ResultStatus;
  /** Milliseconds: only actions that took longer, or are in progress for longer. */
  readonly longerThanMs?: number;
  readonly user?: string;
  /** The exact name, UUID or agent id of a host, from a link. */
  readonly host?: string;
  /** Part of a host's name, or its UUID or agent id, as the user typed it. */
  readonly hostPart?: string;
  readonly alertId?: string;
  /** Only this action. */
  readonly actionId?: string;
}

export const PAGE_SIZES = [10, 25, 50, 100];
export const DEFAULT_STATE: HistoryState = {
  page: 1,
  perPage: 25,
  sortField: 'requestedAt',
  sortOrder: 'desc',
  from: 'now-30d',
  to: 'now',
};

const NAMES = [
  'page',
  'perPage',
  'sortField',
  'sortOrder',
  'from',
  'to',
  'search',
  'action',
  'status',
  'longerThanMs',
  'user',
  'host',
  'hostPart',
  'alertId',
  'actionId',
] as const satisfies ReadonlyArray<keyof HistoryState>;

/** The filters, except the time. */
const FILTERS = [
  'search',
  'action',
  'status',
  'longerThanMs',
  'user',
  'host',
  'hostPart',
  'alertId',
  'actionId',
] as const;
export const NO_FILTER: Partial<HistoryState> = Object.fromEntries(
  FILTERS.map((name) => [name, undefined])
);

const TEXT_LENGTH = 256;
const ALERT_ID_LENGTH = 512;
const ACTION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The maximum of the duration filter: one year. */
const LONGEST_MS = 365 * 24 * 60 * 60 * 1_000;

const oneOf = <A extends string>(values: readonly A[], value: string | null): A | undefined =>
  values.find((one) => one === value);

function wholeNumber(value: string | null, max: number): number | undefined {
  if (value === null || !/^[1-9]\d{0,11}$/.test(value)) return undefined;
  return Number(value) <= max ? Number(value) : undefined;
}

/** Reads a URL's query. Absent and invalid values get their defaults. */
export function readHistoryState(query: string): HistoryState {
  const params = new URLSearchParams(query);
  const text = (name: string, length: number) => {
    const value = (params.get(name) ?? '').slice(0, length).trim();
    return value === '' ? {} : { [name]: value };
  };
  const action = oneOf(ACTIONS, params.get('action'));
  const status = oneOf(RESULT_STATUSES, params.get('status'));
  const longerThanMs = wholeNumber(params.get('longerThanMs'), LONGEST_MS);
  const perPage =
    wholeNumber(params.get('perPage'), LIMITS.actionsPerPage) ?? DEFAULT_STATE.perPage;
  return {
    page: wholeNumber(params.get('page'), LIMITS.resultWindow / perPage) ?? DEFAULT_STATE.page,
    perPage,
    sortField: oneOf(HISTORY_SORT_FIELDS, params.get('sortField')) ?? DEFAULT_STATE.sortField,
    sortOrder: oneOf(['asc', 'desc'], params.get('sortOrder')) ?? DEFAULT_STATE.sortOrder,
    from: timeIn(params.get('from')) ?? DEFAULT_STATE.from,
    to: timeIn(params.get('to')) ?? DEFAULT_STATE.to,
    ...text('search', TEXT_LENGTH),
    ...(action === undefined ? {} : { action }),
    ...(status === undefined ? {} : { status }),
    ...(longerThanMs === undefined ? {} : { longerThanMs }),
    ...text('user', TEXT_LENGTH),
    ...text('host', TEXT_LENGTH),
    ...text('hostPart', TEXT_LENGTH),
    ...text('alertId', ALERT_ID_LENGTH),
    ...(ACTION_ID.test(params.get('actionId') ?? '') ? text('actionId', TEXT_LENGTH) : {}),
  };
}

/** The URL's query for a state, with a leading `?`; empty for the default state. */
export function writeHistoryState(state: Partial<HistoryState>): string {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = state[name];
    if (value === undefined || value === '' || value === DEFAULT_STATE[name]) continue;
    params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export const HISTORY_ROUTE = '/history';

/** The path in our app for a state of the history; all time unless `state` contains a start time. */
export const historyPath = (state: Partial<HistoryState>): string =>
  `${HISTORY_ROUTE}${writeHistoryState({ from: ALL_TIME, ...state })}`;

/** Whether a filter other than the time is set. */
export const isFiltered = (state: HistoryState): boolean =>
  FILTERS.some((name) => state[name] !== undefined);

/** The filter of the query to the server. `now` is ms since the epoch. An end of "now" is left out. */
export function historyFilterOf(state: HistoryState, now: number): HistoryFilter {
  const {
    page: _page,
    perPage: _perPage,
    sortField: _sortField,
    sortOrder: _sortOrder,
    from,
    to,
    ...rest
  } = state;
  const { from: start, ...end } = limitsOf({ from, to }, now);
  return { ...rest, ...(start === undefined || from === ALL_TIME ? {} : { from: start }), ...end };
}

export const historyQueryOf = (state: HistoryState, now: number): HistoryQuery => ({
  ...historyFilterOf(state, now),
  page: state.page,
  perPage: state.perPage,
  sortField: state.sortField,
  sortOrder: state.sortOrder,
});

export const summaryQueryOf = (
  state: HistoryState,
  now: number,
  timeZone: string
): SummaryQuery => ({ ...historyFilterOf(state, now), timeZone });
