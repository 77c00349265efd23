import {
  ISOLATED_SORT_FIELDS,
  type HostsQuery,
  type IsolatedFilter,
  type IsolatedQuery,
  type IsolatedSortField,
} from '../../common/api/hosts';
import { agentIdCodec } from '../../common/hosts/agent';
import {
  detectSearchKind,
  HOST_NETWORK_STATES,
  HOST_SEARCH_CODECS,
  HOST_SEARCH_KINDS,
  type HostNetworkState,
  type HostSearchKind,
} from '../../common/hosts/host_search';
import { LIMITS, DAY } from '../../common/lib/constants';
import { isPlainText } from '../../common/lib/text';

/** The state of the Hosts page. It is part of the page's URL, so that links show the same. */

export const HOSTS_ROUTE = '/hosts';
/** The first part of the keys of the page's queries. */
export const HOSTS_KEY = 'sentineloneResponse.hosts';

/** The views of the page, in display order. */
export const HOST_VIEWS = ['isolated', 'all', 'approval'] as const;
export type HostView = (typeof HOST_VIEWS)[number];

export interface HostsState {
  readonly view: HostView;
  /** The agent id of the host whose flyout is open. */
  readonly host?: string;
  readonly search?: string;
  /** `connected` only in the view of all hosts. */
  readonly status?: HostNetworkState;
  readonly perPage: number;
  /** Only in the view of all hosts: the kind of `search`, if the user chose it. */
  readonly kind?: HostSearchKind;
  /** The following are only in the view of isolated hosts. From 1. */
  readonly page: number;
  readonly sortField: IsolatedSortField;
  readonly sortOrder: 'asc' | 'desc';
  readonly site?: string;
  readonly isIsolatedByMe?: true;
  /** Isolated for longer than a day. */
  readonly isLong?: true;
}

export const PAGE_SIZES = [10, 25, 50, 100];
export const DEFAULT_STATE: HostsState = {
  view: 'isolated',
  perPage: 25,
  page: 1,
  sortField: 'since',
  sortOrder: 'asc',
};

/** The filters of both views. */
export const NO_FILTER: Partial<HostsState> = {
  search: undefined,
  kind: undefined,
  status: undefined,
  site: undefined,
  isIsolatedByMe: undefined,
  isLong: undefined,
};

const oneOf = <A extends string>(values: readonly A[], value: string | null): A | undefined =>
  values.find((one) => one === value);

function wholeNumber(value: string | null, max: number): number | undefined {
  if (value === null || !/^[1-9]\d{0,5}$/.test(value)) return undefined;
  return Number(value) <= max ? Number(value) : undefined;
}

/** A search text that the routes accept for all hosts; undefined for others. */
export const isSearchable = (search: string, kind?: HostSearchKind): boolean =>
  HOST_SEARCH_CODECS[kind ?? detectSearchKind(search)].is(search);

/** Reads a URL's query. Absent and invalid values get their defaults. */
export function readHostsState(query: string): HostsState {
  const params = new URLSearchParams(query);
  const view = oneOf(HOST_VIEWS, params.get('view')) ?? DEFAULT_STATE.view;
  const host = params.get('host');
  const typed = (params.get('search') ?? '').slice(0, LIMITS.searchText).trim();
  const text = isPlainText(typed) ? typed : '';
  const status = oneOf(HOST_NETWORK_STATES, params.get('status'));
  const shared = {
    view,
    ...(agentIdCodec.is(host) ? { host } : {}),
    ...(text === '' ? {} : { search: text }),
  };
  if (view !== 'isolated') {
    const kind = text === '' ? undefined : oneOf(HOST_SEARCH_KINDS, params.get('kind'));
    const { page, sortField, sortOrder } = DEFAULT_STATE;
    return {
      ...shared,
      ...{ page, sortField, sortOrder },
      perPage: wholeNumber(params.get('perPage'), LIMITS.hostsPerPage) ?? DEFAULT_STATE.perPage,
      ...(status === undefined ? {} : { status }),
      ...(kind === undefined ? {} : { kind }),
    };
  }
  const site = (params.get('site') ?? '').slice(0, LIMITS.searchText);
  return {
    ...shared,
    perPage:
      wholeNumber(params.get('perPage'), LIMITS.isolatedHostsPerPage) ?? DEFAULT_STATE.perPage,
    page: wholeNumber(params.get('page'), LIMITS.isolatedHosts) ?? DEFAULT_STATE.page,
    sortField: oneOf(ISOLATED_SORT_FIELDS, params.get('sortField')) ?? DEFAULT_STATE.sortField,
    sortOrder: oneOf(['asc', 'desc'], params.get('sortOrder')) ?? DEFAULT_STATE.sortOrder,
    ...(status === undefined || status === 'connected' ? {} : { status }),
    ...(site === '' ? {} : { site }),
    ...(params.get('isIsolatedByMe') === 'true' ? { isIsolatedByMe: true as const } : {}),
    ...(params.get('isLong') === 'true' ? { isLong: true as const } : {}),
  };
}

/** The URL's query for a state, with a leading `?`; empty for the default state. */
export function writeHostsState(state: Partial<HostsState>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value === undefined || value === '' || value === DEFAULT_STATE[name as keyof HostsState]) {
      continue;
    }
    params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The path in the plugin's app of the flyout of a host. */
export const hostPath = (agentId: string): string =>
  `${HOSTS_ROUTE}${writeHostsState({ view: 'all', host: agentId })}`;

/** The path in the plugin's app of a search for hosts by their name. */
export const hostSearchPath = (search: string): string =>
  `${HOSTS_ROUTE}${writeHostsState({ view: 'all', search })}`;

/** Whether a filter is set. */
export const isFiltered = (state: HostsState): boolean =>
  Object.keys(NO_FILTER).some((name) => state[name as keyof HostsState] !== undefined);

/** The filter and order of isolated hosts for an export. */
export const isolatedFilterOf = ({
  search,
  status,
  site,
  isIsolatedByMe,
  isLong,
  sortField,
  sortOrder,
}: HostsState): IsolatedFilter => ({
  ...(search === undefined ? {} : { search }),
  ...(status === undefined || status === 'connected' ? {} : { status }),
  ...(site === undefined ? {} : { site }),
  ...(isIsolatedByMe === undefined ? {} : { mine: 'true' as const }),
  ...(isLong === undefined ? {} : { longerThanMs: DAY }),
  sortField,
  sortOrder,
});

export const isolatedQueryOf = (state: HostsState): IsolatedQuery => ({
  ...isolatedFilterOf(state),
  page: state.page,
  perPage: state.perPage,
});

/** The query of a page of all hosts. `cursor` is from the previous page. */
export const hostsQueryOf = (
  { search, kind, status, perPage }: HostsState,
  cursor: string | undefined
): HostsQuery => ({
  ...(search === undefined ? {} : { search }),
  ...(search === undefined || kind === undefined ? {} : { kind }),
  ...(status === undefined ? {} : { status }),
  ...(cursor === undefined ? {} : { cursor }),
  perPage,
});
