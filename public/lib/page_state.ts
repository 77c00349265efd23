import {
  ALERT_SORT_FIELDS,
  WORKFLOW_STATUSES,
  type AlertSortField,
} from '../../common/hosts/alert';
import { LIMITS } from '../../common/lib/constants';
import type { AlertsQuery } from '../../common/api/routes';

/** What the alerts page shows; it lives in the page's URL, so that a link shows the same. */
export interface PageState {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  readonly sortField: AlertSortField;
  readonly sortOrder: 'asc' | 'desc';
  readonly status?: (typeof WORKFLOW_STATUSES)[number];
  readonly search?: string;
}

export const PAGE_SIZES = [10, 25, 50, 100];
export const DEFAULT_STATE: PageState = {
  page: 1,
  perPage: 25,
  sortField: 'timestamp',
  sortOrder: 'desc',
};

const SEARCH_LENGTH = 256;

const oneOf = <A extends string>(values: readonly A[], value: string | null): A | undefined =>
  values.find((one) => one === value);

function wholeNumber(value: string | null, max: number): number | undefined {
  if (value === null || !/^[1-9]\d{0,5}$/.test(value)) return undefined;
  return Number(value) <= max ? Number(value) : undefined;
}

/** Reads a URL's query; what it does not say, or says wrongly, is as at first. */
export function readPageState(search: string): PageState {
  const params = new URLSearchParams(search);
  const perPage = wholeNumber(params.get('perPage'), LIMITS.alertsPerPage) ?? DEFAULT_STATE.perPage;
  const text = (params.get('search') ?? '').slice(0, SEARCH_LENGTH).trim();
  const status = oneOf(WORKFLOW_STATUSES, params.get('status'));
  return {
    page: wholeNumber(params.get('page'), LIMITS.resultWindow / perPage) ?? DEFAULT_STATE.page,
    perPage,
    sortField: oneOf(ALERT_SORT_FIELDS, params.get('sortField')) ?? DEFAULT_STATE.sortField,
    sortOrder: oneOf(['asc', 'desc'], params.get('sortOrder')) ?? DEFAULT_STATE.sortOrder,
    ...(status === undefined ? {} : { status }),
    ...(text === '' ? {} : { search: text }),
  };
}

/** The URL's query for a state, with a leading `?`; empty for the first page as it comes. */
export function writePageState(state: PageState): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value === undefined || value === '') continue;
    if (value === DEFAULT_STATE[name as keyof PageState]) continue;
    params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The same as the route's query. */
export const alertsQueryOf = (state: PageState): AlertsQuery => ({ ...state });
