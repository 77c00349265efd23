import {
  ALERT_SORT_FIELDS,
  SEVERITIES,
  WORKFLOW_STATUSES,
  type AlertSortField,
  type Severity,
} from '../../common/hosts/alert';
import { LIMITS } from '../../common/lib/constants';
import { severitiesIn, type AlertsQuery } from '../../common/api/routes';
import { ALL_TIME, limitsOf, timeIn, type TimeRange } from './time_range';
import type { Criteria, EuiBasicTableProps } from '@elastic/eui';

/** Paging and sorting of tables whose state is in the page's URL, and whose rows the server sorts. */

export interface TableState<Field extends string> {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly sortField: Field;
  readonly sortOrder: 'asc' | 'desc';
}

/**
 * The paging of a table with this many rows on all pages; undefined without rows, because the table would show "Page 1
 * of 0".
 */
export const paginationOf = (
  { page, perPage }: Pick<TableState<string>, 'page' | 'perPage'>,
  total: number,
  sizes: readonly number[]
): EuiBasicTableProps<object>['pagination'] =>
  total === 0
    ? undefined
    : {
        pageIndex: page - 1,
        pageSize: perPage,
        // Elasticsearch supports page numbers only within its result window.
        totalItemCount: Math.min(total, LIMITS.resultWindow),
        pageSizeOptions: [...sizes],
      };

/**
 * The change of the state by a click on a table. A newly sorted column starts with its own direction, such as the
 * highest severity first. A change of the order or page size leads to the first page.
 */
export function changeOfTable<Field extends string>(
  { page, sort }: Criteria<never>,
  state: TableState<Field>,
  firstOrder: Readonly<Record<Field, 'asc' | 'desc'>>
): Partial<TableState<Field>> {
  const field = sort?.field as Field | undefined;
  const sorted =
    sort === undefined || field === undefined
      ? {}
      : {
          sortField: field,
          sortOrder: field === state.sortField ? sort.direction : firstOrder[field],
        };
  const isOtherOrder =
    field !== undefined && (field !== state.sortField || sort?.direction !== state.sortOrder);
  const isOtherSize = page !== undefined && page.size !== state.perPage;
  return {
    ...(page === undefined
      ? {}
      : { page: isOtherOrder || isOtherSize ? 1 : page.index + 1, perPage: page.size }),
    ...sorted,
  };
}

/** The state of the alerts page. It is part of the page's URL, so that links show the same. */
export interface PageState extends TimeRange {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly sortField: AlertSortField;
  readonly sortOrder: 'asc' | 'desc';
  readonly status?: (typeof WORKFLOW_STATUSES)[number];
  /** In the order of `SEVERITIES`; at least one. */
  readonly severities?: readonly Severity[];
  readonly search?: string;
  /** Seconds after which the page refreshes automatically; undefined for never. */
  readonly refresh?: number;
}

export const PAGE_SIZES = [10, 25, 50, 100];
export const DEFAULT_STATE: PageState = {
  page: 1,
  perPage: 25,
  sortField: 'timestamp',
  sortOrder: 'desc',
  from: 'now-24h',
  to: 'now',
};

/** The filters, except the time. */
export const NO_FILTER: Partial<PageState> = {
  search: undefined,
  status: undefined,
  severities: undefined,
};

const SEARCH_LENGTH = 256;
/** Seconds: the shortest and the longest time between two automatic refreshes. */
const REFRESH = { min: 5, max: 24 * 60 * 60 } as const;

/** A time between automatic refreshes (seconds) within its limits. */
export const refreshWithin = (seconds: number): number =>
  Math.min(REFRESH.max, Math.max(REFRESH.min, Math.round(seconds)));

const oneOf = <A extends string>(values: readonly A[], value: string | null): A | undefined =>
  values.find((one) => one === value);

function wholeNumber(value: string | null, max: number, min = 1): number | undefined {
  if (value === null || !/^[1-9]\d{0,5}$/.test(value)) return undefined;
  return Number(value) <= max && Number(value) >= min ? Number(value) : undefined;
}

/** Reads a URL's query. Absent and invalid values get their defaults. */
export function readPageState(search: string): PageState {
  const params = new URLSearchParams(search);
  const perPage = wholeNumber(params.get('perPage'), LIMITS.alertsPerPage) ?? DEFAULT_STATE.perPage;
  const text = (params.get('search') ?? '').slice(0, SEARCH_LENGTH).trim();
  const status = oneOf(WORKFLOW_STATUSES, params.get('status'));
  const severities = severitiesIn(params.get('severity') ?? '');
  const refresh = wholeNumber(params.get('refresh'), REFRESH.max, REFRESH.min);
  return {
    page: wholeNumber(params.get('page'), LIMITS.resultWindow / perPage) ?? DEFAULT_STATE.page,
    perPage,
    sortField: oneOf(ALERT_SORT_FIELDS, params.get('sortField')) ?? DEFAULT_STATE.sortField,
    sortOrder: oneOf(['asc', 'desc'], params.get('sortOrder')) ?? DEFAULT_STATE.sortOrder,
    from: timeIn(params.get('from')) ?? DEFAULT_STATE.from,
    to: timeIn(params.get('to')) ?? DEFAULT_STATE.to,
    ...(status === undefined ? {} : { status }),
    ...(severities === undefined ? {} : { severities }),
    ...(text === '' ? {} : { search: text }),
    ...(refresh === undefined ? {} : { refresh }),
  };
}

/** The severities for the route; undefined for none or all of them, because that is not a filter. */
const severityFilter = ({ severities = [] }: PageState): string | undefined =>
  severities.length === 0 || severities.length === SEVERITIES.length
    ? undefined
    : severities.join(',');

/** The URL's query for a state, with a leading `?`; empty for the default state. */
export function writePageState(state: PageState): string {
  const { severities: _, ...values } = state;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...values, severity: severityFilter(state) })) {
    if (value === undefined || value === '') continue;
    if (value === DEFAULT_STATE[name as keyof PageState]) continue;
    params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether a filter other than the time is set. */
export const isFiltered = (state: PageState): boolean =>
  state.search !== undefined || state.status !== undefined || severityFilter(state) !== undefined;

/** The query for the route. `now` is ms since the epoch. */
export function alertsQueryOf(state: PageState, now: number): AlertsQuery {
  const { from, to, severities: _, refresh: __, ...rest } = state;
  const severity = severityFilter(state);
  const { from: start, ...end } = limitsOf({ from, to }, now);
  return {
    ...rest,
    ...(severity === undefined ? {} : { severity }),
    ...(start === undefined || from === ALL_TIME ? {} : { from: start }),
    ...end,
  };
}
