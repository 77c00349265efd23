import * as t from 'io-ts';
import type { AgentReference } from './agent';
import { documentHostCodec, unusableIdCodec, type NamedHost } from './document_hosts';
import { nullableString } from '../lib/validation';

/** Kibana's detection alerts as the plugin's pages show them. Any field can be missing. */

export const WORKFLOW_STATUSES = ['open', 'acknowledged', 'closed'] as const;
/** Severities of Kibana's rules, in ascending order. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const ALERT_SORT_FIELDS = [
  'timestamp',
  'severity',
  'riskScore',
  'ruleName',
  'hostName',
  'workflowStatus',
] as const;
export type AlertSortField = (typeof ALERT_SORT_FIELDS)[number];

/** The hosts of an alert; see `NamedHost`. */
const namedHostFields = t.intersection([
  t.type({ hostName: nullableString, agentUuid: nullableString, agentId: nullableString }),
  t.partial({
    hosts: t.readonlyArray(documentHostCodec),
    hostNames: t.readonlyArray(t.string),
    unusableIds: t.readonlyArray(unusableIdCodec),
  }),
]);

export const alertSummaryCodec = t.intersection([
  t.type({
    id: t.string,
    index: t.string,
    timestamp: nullableString,
    severity: nullableString,
    ruleName: nullableString,
    /** Name of the SentinelOne rule, threat or alert that caused it. */
    sentinelOneName: nullableString,
    riskScore: t.union([t.number, t.null]),
    reason: nullableString,
    workflowStatus: nullableString,
  }),
  namedHostFields,
]);
export type AlertSummary = Readonly<t.TypeOf<typeof alertSummaryCodec>>;

/** A field and its value, in display order. Pages omit empty lists. */
export const alertDetailFieldCodec = t.type({ field: t.string, value: t.string });
export type ReadAlertDetailField = Readonly<t.TypeOf<typeof alertDetailFieldCodec>>;

export const alertDetailsCodec = t.intersection([
  alertSummaryCodec,
  t.type({
    ruleId: nullableString,
    /** SentinelOne's details, by the ids of `ALERT_DETAIL_FIELDS`, in that order. */
    sentinelOne: t.readonlyArray(t.type({ id: t.string, field: t.string, value: t.string })),
    /** The alert's `process.*` and `file.*` fields, by their ECS names. */
    process: t.readonlyArray(alertDetailFieldCodec),
    file: t.readonlyArray(alertDetailFieldCodec),
    /** The document as stored in Elasticsearch. */
    source: t.UnknownRecord,
  }),
]);
export type AlertDetails = Readonly<t.TypeOf<typeof alertDetailsCodec>>;

/**
 * What a flyout shows: the alert and its host. There is no alert if a host is shown without one, as for a document in
 * Discover.
 */
export interface AlertContext extends Pick<NamedHost, 'hosts' | 'hostNames' | 'unusableIds'> {
  readonly alertId?: string;
  readonly index?: string;
  readonly agentUuid?: string;
  readonly agentId?: string;
  readonly hostName?: string;
  /** The host that the user has already chosen among several. */
  readonly chosen?: AgentReference;
}
