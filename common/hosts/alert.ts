import * as t from 'io-ts';
import type { AgentReference } from './agent';
import { documentHostCodec, unusableIdCodec, type NamedHost } from './document_hosts';
import { nullableString } from '../lib/validation';

/** Kibana's detection alerts as our pages show them. Every string may be missing in the wild. */

export const WORKFLOW_STATUSES = ['open', 'acknowledged', 'closed'] as const;
export const ALERT_SORT_FIELDS = [
  'timestamp',
  'severity',
  'riskScore',
  'ruleName',
  'hostName',
  'workflowStatus',
] as const;
export type AlertSortField = (typeof ALERT_SORT_FIELDS)[number];

/** How an alert names its hosts; see `NamedHost`. */
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
    /** SentinelOne's rule, threat or alert behind the rule's. */
    sentinelOneName: nullableString,
    riskScore: t.union([t.number, t.null]),
    reason: nullableString,
    workflowStatus: nullableString,
  }),
  namedHostFields,
]);
export type AlertSummary = Readonly<t.TypeOf<typeof alertSummaryCodec>>;

/** A name and a value to show, in the order to show them; empty lists are left out by the page. */
export const factCodec = t.type({ field: t.string, value: t.string });
export type Fact = Readonly<t.TypeOf<typeof factCodec>>;

export const alertDetailsCodec = t.intersection([
  alertSummaryCodec,
  t.type({
    ruleId: nullableString,
    /** What SentinelOne says in it, by the ids of `SENTINELONE_FACTS`, in that order. */
    sentinelOne: t.readonlyArray(t.type({ id: t.string, field: t.string, value: t.string })),
    /** `process.*` and `file.*` fields that the alert has, by their ECS names. */
    process: t.readonlyArray(factCodec),
    file: t.readonlyArray(factCodec),
    /** The document as Elasticsearch has it. */
    source: t.UnknownRecord,
  }),
]);
export type AlertDetails = Readonly<t.TypeOf<typeof alertDetailsCodec>>;

/**
 * What every way into the flyout hands over: which alert, and which host it speaks of. There is no alert
 * where a host is shown for itself, as in a document of Discover.
 */
export interface AlertContext extends Pick<NamedHost, 'hosts' | 'hostNames' | 'unusableIds'> {
  readonly alertId?: string;
  readonly index?: string;
  readonly agentUuid?: string;
  readonly agentId?: string;
  readonly hostName?: string;
  /** Which of several hosts somebody has chosen already. */
  readonly chosen?: AgentReference;
}
