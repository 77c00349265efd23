import * as t from 'io-ts';
import { agentCodec, agentIdCodec, agentUuidCodec, hostStatusCodec } from '../hosts/agent';
import {
  ALERT_SORT_FIELDS,
  alertSummaryCodec,
  SEVERITIES,
  WORKFLOW_STATUSES,
  type Severity,
} from '../hosts/alert';
import { alertIdCodec, hostNameCodec } from './connector';
import { momentCodec, serverMomentCodec } from '../lib/moment';
import { LIMITS, VIEW_PATH } from '../lib/constants';
import { releaseTimesCodec } from '../hosts/protection_settings';
import { closedObject, listOf, oneOf, refine, stringThat, wholeNumber } from '../lib/validation';

/**
 * Paths, bodies and responses of the internal routes. Those of actions are in `ACTION_DEFINITIONS`, their bodies are
 * `HOST_ACTION_INPUT`.
 */

export const ROUTE = {
  alerts: '/internal/sentinelone_response/alerts',
  alert: '/internal/sentinelone_response/alerts/{alertId}',
  alertsById: '/internal/sentinelone_response/alerts/_by_id',
  alertsHosts: '/internal/sentinelone_response/alerts/_hosts',
  hosts: '/internal/sentinelone_response/hosts',
  isolatedHosts: '/internal/sentinelone_response/hosts/isolated',
  isolatedHostsCsv: '/internal/sentinelone_response/hosts/isolated/_csv',
  hostsStatus: '/internal/sentinelone_response/hosts/_status',
  hostsFind: '/internal/sentinelone_response/hosts/_find',
  connection: '/internal/sentinelone_response/connection',
  actions: '/internal/sentinelone_response/actions',
  action: '/internal/sentinelone_response/actions/{actionId}',
  actionsCsv: '/internal/sentinelone_response/actions/_csv',
  actionsSummary: '/internal/sentinelone_response/actions/_summary',
  approvals: '/internal/sentinelone_response/approvals',
  approve: '/internal/sentinelone_response/actions/{actionId}/_approve',
  decline: '/internal/sentinelone_response/actions/{actionId}/_decline',
  withdraw: '/internal/sentinelone_response/actions/{actionId}/_withdraw',
  changeRelease: '/internal/sentinelone_response/actions/{actionId}/_change_release',
  cancelRelease: '/internal/sentinelone_response/actions/{actionId}/_cancel_release',
  actionAttach: '/internal/sentinelone_response/actions/{actionId}/_attach',
  cases: '/internal/sentinelone_response/cases',
  casesById: '/internal/sentinelone_response/cases/_by_id',
  casesOfAlerts: '/internal/sentinelone_response/cases/_of_alerts',
  retentionSettings: '/internal/sentinelone_response/retention_settings',
  protectionPreview: '/internal/sentinelone_response/protection_settings/_preview',
  view: VIEW_PATH,
  setup: '/internal/sentinelone_response/setup',
  setupAlert: '/internal/sentinelone_response/setup/_alert',
  dryRun: '/internal/sentinelone_response/setup/_dry_run',
} as const;

/** The path of one alert. */
export const alertPath = (alertId: string): string =>
  ROUTE.alert.replace('{alertId}', encodeURIComponent(alertId));

/** The path of one action. */
export const actionPath = (actionId: string): string =>
  ROUTE.action.replace('{actionId}', encodeURIComponent(actionId));

/** The path for attaching an action to its cases again. */
export const actionAttachPath = (actionId: string): string =>
  ROUTE.actionAttach.replace('{actionId}', encodeURIComponent(actionId));

/** The severities in a text such as `high,critical`; undefined if it contains anything else, or one of them twice. */
export function severitiesIn(text: string): readonly Severity[] | undefined {
  const names = text.split(',');
  const found = SEVERITIES.filter((severity) => names.includes(severity));
  return found.length === names.length ? found : undefined;
}

export const alertsQueryCodec = closedObject(
  'the query of the alerts page',
  {},
  {
    page: wholeNumber(1, LIMITS.resultWindow, { fromText: true }),
    perPage: wholeNumber(1, LIMITS.alertsPerPage, { fromText: true }),
    sortField: oneOf(ALERT_SORT_FIELDS),
    sortOrder: oneOf(['asc', 'desc'] as const),
    status: oneOf(WORKFLOW_STATUSES),
    severity: stringThat(
      'one or more of low, medium, high, critical, each once, joined by commas',
      (value) => severitiesIn(value) !== undefined
    ),
    /** The alerts' own time (`@timestamp`). */
    from: momentCodec,
    to: momentCodec,
    search: stringThat('a text of at most 256 characters', (value) => value.length <= 256),
    /** Only alerts that name this agent, by its UUID or its id if both are given. */
    agentUuid: agentUuidCodec,
    agentId: agentIdCodec,
  }
);
export type AlertsQuery = t.TypeOf<typeof alertsQueryCodec>;

export const alertsPageCodec = t.intersection([
  t.type({
    alerts: t.readonlyArray(alertSummaryCodec),
    total: t.number,
    page: t.number,
    perPage: t.number,
  }),
  t.partial({
    /** Only if no alert matches: whether there are alerts outside the time range and filters. */
    hasOthers: t.boolean,
  }),
]);
export type AlertsPage = Readonly<t.TypeOf<typeof alertsPageCodec>>;

export const alertParamsCodec = closedObject('the path', { alertId: alertIdCodec });

export const alertsByIdBodyCodec = closedObject('the body', {
  alertIds: listOf(alertIdCodec, 1, LIMITS.alertsPerAction, 'alert ids'),
});

/** The alerts that exist in this space and that the user may read, in no particular order. */
export const alertsByIdCodec = t.type({ alerts: t.readonlyArray(alertSummaryCodec) });
export type AlertsById = Readonly<t.TypeOf<typeof alertsByIdCodec>>;

export const alertsHostsBodyCodec = closedObject('the body', {
  alertIds: listOf(alertIdCodec, 1, LIMITS.alertsPerAction, 'alert ids'),
});

const agentReferenceFields = closedObject(
  'an agent: an object with a uuid, an agentId or both',
  {},
  { uuid: agentUuidCodec, agentId: agentIdCodec }
);
/** An agent by its UUID, its id or both. */
export const agentReferenceCodec = refine(agentReferenceFields, ({ uuid, agentId }) =>
  uuid === undefined && agentId === undefined ? {} : undefined
);

export const hostsStatusBodyCodec = closedObject(
  'the body',
  { agents: listOf(agentReferenceCodec, 1, LIMITS.agentsPerStatus, 'agents') },
  {
    /** Whether to read from SentinelOne after this request, without cached statuses. */
    fresh: t.boolean,
  }
);
export type HostsStatusBody = t.TypeOf<typeof hostsStatusBodyCodec>;

/** The status of a host from SentinelOne, as it was at some moment between the two times. */
export const readStatusCodec = t.intersection([
  hostStatusCodec,
  t.type({
    /** When the request to SentinelOne was sent, in milliseconds on the clock of `receivedAt`. */
    readAt: t.number,
    /** When its response arrived, on the same clock. */
    answeredAt: t.number,
  }),
]);
export type ReadStatus = Readonly<t.TypeOf<typeof readStatusCodec>>;

/** One entry per requested agent, in the same order. */
export const hostsStatusCodec = t.type({
  hosts: t.readonlyArray(readStatusCodec),
  /** ISO 8601: when the status was read from SentinelOne; the earliest time of `hosts`. */
  asOf: t.string,
  /** When Kibana received the request. */
  receivedAt: serverMomentCodec,
  /** The origin of the tenant that answered. */
  tenant: t.string,
});
export type HostsStatus = Readonly<t.TypeOf<typeof hostsStatusCodec>>;

export const hostsFindBodyCodec = closedObject('the body', { name: hostNameCodec });

/** The agents whose host has exactly the requested name, ignoring case. */
export const hostsFindCodec = t.type({
  agents: t.readonlyArray(agentCodec),
  /** False if more names contain this one than were read. */
  isComplete: t.boolean,
});
export type HostsFind = Readonly<t.TypeOf<typeof hostsFindCodec>>;

const connectorNameCodec = t.intersection([
  t.type({ id: t.string, name: t.string }),
  t.partial({
    /** The connector is preconfigured in `kibana.yml` and applies to every space. */
    isPreconfigured: t.boolean,
  }),
]);

/** Whether this space has exactly one connector of the plugin's type. */
export const connectionCodec = t.intersection([
  t.union([
    t.type({ state: t.literal('none') }),
    t.intersection([
      t.type({
        state: t.literal('one'),
        connector: connectorNameCodec,
        /** Whether the settings that apply in this space require a comment for every action. */
        commentRequired: t.boolean,
        /** The maximum number of hosts in one action, by those settings. */
        maxHosts: t.number,
      }),
      t.partial({
        /** The times of automatic releases that apply in this space; absent: the defaults. */
        automaticRelease: releaseTimesCodec,
      }),
    ]),
    t.type({ state: t.literal('several'), connectors: t.readonlyArray(connectorNameCodec) }),
  ]),
  /** An opaque text that identifies the user, different for every user; absent if Kibana runs without security. */
  t.partial({ user: t.string }),
]);
export type Connection = t.TypeOf<typeof connectionCodec>;
