import * as t from 'io-ts';
import { agentCodec, agentIdCodec } from '../hosts/agent';
import {
  detectSearchKind,
  HOST_NETWORK_STATES,
  HOST_SEARCH_CODECS,
  HOST_SEARCH_KINDS,
} from '../hosts/host_search';
import { FAILURES, READ_FAILURES } from '../actions/reasons';
import { LIMITS } from '../lib/constants';
import {
  closedObject,
  oneOf,
  refine,
  stringThat,
  wholeNumber,
  nullableString,
} from '../lib/validation';
import { isPlainText, NO_CONTROLS } from '../lib/text';
import { automaticReleaseCodec } from '../actions/automatic_release';

/** Queries and responses of the Hosts page: the hosts that are isolated now, and all hosts of the tenant. */

/**
 * The source of who isolated a host:
 * - `record`: Kibana isolated it, in this space or another one, and nothing shows that it was released and isolated
 *   again outside Kibana since.
 * - `activity`: SentinelOne's activity log has the time, and the user if there is one. Not recorded by this Kibana.
 * - `outside`: not by Kibana; the log has no entry, or the token may not read it.
 */
export const ISOLATION_SOURCES = ['record', 'activity', 'outside'] as const;
export type IsolationSource = (typeof ISOLATION_SOURCES)[number];

const isolatedHostCodec = t.intersection([
  t.type({
    /** The agent as SentinelOne reports it, with `protectedBy` and `consoleUrl`. */
    agent: agentCodec,
    source: oneOf(ISOLATION_SOURCES),
    /** ISO 8601: isolated since, or requested at while it is isolating; null when that is not known. */
    since: nullableString,
    /** User of Kibana (`record`) or of SentinelOne's console or API (`activity`); null when that is not known. */
    by: nullableString,
  }),
  t.partial({
    /**
     * Only for `activity`: `by` is the user to whom the connector's API token belongs. The host was isolated with that
     * token, or by that user in the console. Absent if that is not known.
     */
    isOwnToken: t.literal(true),
    /** The name of the API key or rule with which `by` isolated it. */
    apiKey: t.string,
    /** The record belongs to another space. Nothing else about it is shown. */
    isOtherSpace: t.literal(true),
    /** The action in the history of this space. The following fields are present only with it. */
    actionId: t.string,
    comment: t.string,
    /** The first alerts of the action, and the number of all. */
    alertIds: t.readonlyArray(t.string),
    alertCount: t.number,
    /** ISO 8601: when it is released automatically, even if that is overdue; absent if it is not. */
    releaseAt: t.string,
    /** The state of the automatic release: see `isOverdue`. */
    automaticRelease: automaticReleaseCodec,
    /** The action of this space that it ends, by whose id it can be changed; absent if that belongs to another space. */
    releaseOf: t.string,
    /**
     * Who requested the release that is in progress, and when (ISO 8601); absent if it was not requested through
     * Kibana.
     */
    release: t.type({ by: t.string, at: t.string }),
  }),
]);
export type IsolatedHost = Readonly<t.TypeOf<typeof isolatedHostCodec>>;

const searchTextCodec = stringThat(
  `a text: 1 to ${LIMITS.searchText} characters, not only blanks, ${NO_CONTROLS}`,
  (value) => value.trim() !== '' && value.length <= LIMITS.searchText && isPlainText(value),
  { minLength: 1, maxLength: LIMITS.searchText }
);

/** `GET …/hosts`: a page of the hosts of the tenant, by SentinelOne's cursor. */
const hostsQueryFields = closedObject(
  'the query of hosts',
  {},
  {
    /** The search text, without blanks at its ends. Without it, the result is a page of all hosts. */
    search: searchTextCodec,
    /** What kind of text `search` is; detected when it is absent, and then never `user`. */
    kind: oneOf(HOST_SEARCH_KINDS),
    status: oneOf(HOST_NETWORK_STATES),
    /** Default: 25. */
    perPage: wholeNumber(1, LIMITS.hostsPerPage, { fromText: true }),
    /** `cursor` of the previous page, which was requested with the same `search`, `kind` and `status`. */
    cursor: stringThat('the cursor of the page before', (value) => /^\S{1,2048}$/.test(value)),
  }
);
export const hostsQueryCodec = refine(hostsQueryFields, ({ search, kind }) => {
  if (search === undefined) {
    return kind === undefined
      ? undefined
      : { field: 'kind', message: 'accepted only with a search' };
  }
  const accepted = HOST_SEARCH_CODECS[kind ?? detectSearchKind(search.trim())];
  return accepted.is(search.trim()) ? undefined : { field: 'search', accepted };
});
export type HostsQuery = t.TypeOf<typeof hostsQueryCodec>;

export const hostsPageCodec = t.type({
  /** In SentinelOne's order. A page can contain fewer hosts than requested, even if there is a next one. */
  hosts: t.readonlyArray(agentCodec),
  /** For the next page; null on the last one. */
  cursor: t.union([t.string, t.null]),
  /** The number of matching hosts, on all pages, if SentinelOne returns it. */
  total: t.union([t.number, t.null]),
  /** The kind of text that was searched for; null without a search. */
  kind: t.union([oneOf(HOST_SEARCH_KINDS), t.null]),
  /** ISO 8601: when the status was read from SentinelOne. */
  asOf: t.string,
  /** The tenant's origin. */
  tenant: t.string,
});
export type HostsPage = Readonly<t.TypeOf<typeof hostsPageCodec>>;

/** Statuses of hosts that are listed as isolated. */
export const ISOLATED_STATES = ['isolated', 'isolating', 'releasing'] as const;
export type IsolatedState = (typeof ISOLATED_STATES)[number];

export const ISOLATED_SORT_FIELDS = [
  'since',
  'name',
  'site',
  'status',
  'by',
  'lastSeen',
  'releaseAt',
] as const;
export type IsolatedSortField = (typeof ISOLATED_SORT_FIELDS)[number];

const TEN_YEARS = 10 * 365 * 24 * 60 * 60 * 1_000;

const isolatedFilterFields = {
  /** Words that the host's name, site, user, IP addresses, UUID or agent id, the user or the comment contain. */
  search: searchTextCodec,
  /** The exact name of the site. */
  site: stringThat(
    `the name of a site: 1 to ${LIMITS.searchText} characters`,
    (value) => value !== '' && value.length <= LIMITS.searchText,
    { minLength: 1, maxLength: LIMITS.searchText }
  ),
  status: oneOf(ISOLATED_STATES),
  /** Only what the caller isolated through Kibana. */
  mine: oneOf(['true'] as const),
  /**
   * Milliseconds: only hosts that have been isolated for longer. Hosts without a known time of isolation are left out.
   */
  longerThanMs: wholeNumber(1, TEN_YEARS, { fromText: true }),
  /** One host. */
  agentId: agentIdCodec,
};
const isolatedSortFields = {
  /** Default: `since`. Hosts without a value come last. */
  sortField: oneOf(ISOLATED_SORT_FIELDS),
  /** Default: `asc`, so that the longest isolated host comes first. */
  sortOrder: oneOf(['asc', 'desc'] as const),
};

/** The query of an export. */
export const isolatedFilterCodec = closedObject(
  'the filter of isolated hosts',
  {},
  { ...isolatedFilterFields, ...isolatedSortFields }
);
export type IsolatedFilter = t.TypeOf<typeof isolatedFilterCodec>;

/** `GET …/hosts/isolated`; the public API accepts the same query. */
export const isolatedQueryCodec = closedObject(
  'the query of isolated hosts',
  {},
  {
    ...isolatedFilterFields,
    ...isolatedSortFields,
    page: wholeNumber(1, LIMITS.isolatedHosts, { fromText: true }),
    /** Default: 25. */
    perPage: wholeNumber(1, LIMITS.isolatedHostsPerPage, { fromText: true }),
  }
);
export type IsolatedQuery = t.TypeOf<typeof isolatedQueryCodec>;

/** The number of hosts, regardless of the filter. */
const isolatedFiguresCodec = t.type({
  isolated: t.number,
  /** Hosts for which the command is in progress, and how many of them are offline. */
  isolating: t.number,
  isolatingOffline: t.number,
  releasing: t.number,
  /** The host that has been isolated longest, among those with a known time. */
  longest: t.union([
    t.type({ agentId: t.string, name: t.union([t.string, t.null]), since: t.string }),
    t.null,
  ]),
});
export type IsolatedFigures = Readonly<t.TypeOf<typeof isolatedFiguresCodec>>;

export const isolatedHostsPageCodec = t.intersection([
  t.type({
    hosts: t.readonlyArray(isolatedHostCodec),
    /** The number of matching hosts, on all pages. */
    total: t.number,
    page: t.number,
    perPage: t.number,
    figures: isolatedFiguresCodec,
    /** The names of the sites of all isolated hosts, sorted. */
    sites: t.readonlyArray(t.string),
    /** ISO 8601: when these hosts were read from SentinelOne. */
    asOf: t.string,
    /** The age of these data in this response, in milliseconds by Kibana's clock. */
    ageMs: t.number,
    /** False when the tenant has more isolated hosts than are listed. */
    isComplete: t.boolean,
    /** The tenant's origin. */
    tenant: t.string,
  }),
  t.partial({
    /** Why these hosts are the last known ones: a later read from SentinelOne failed. */
    problem: t.intersection([
      t.type({ reason: oneOf([...FAILURES, ...READ_FAILURES]), message: t.string }),
      /** Milliseconds until Kibana reads again. */
      t.partial({ retryInMs: t.number }),
    ]),
    /**
     * Why SentinelOne's activity log was not read, so that it may contain more about hosts with the source `outside`.
     * `missingPermission` is the permission that the token lacks.
     */
    activityProblem: t.intersection([
      t.type({ message: t.string }),
      t.partial({ missingPermission: t.string }),
    ]),
  }),
]);
export type IsolatedHostsPage = Readonly<t.TypeOf<typeof isolatedHostsPageCodec>>;
