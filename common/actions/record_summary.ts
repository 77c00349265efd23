import * as t from 'io-ts';
import { LIMITS } from '../lib/constants';
import {
  actionRecordCodec,
  RECORDED_OUTCOMES,
  type ActionRecord,
  type RecordedHost,
  type RecordedOutcome,
} from './record';

/**
 * What lists show of a record. It is stored with the record, so that a page of a hundred actions on a thousand hosts
 * each is read and returned without the hosts.
 */

/** The status of an action for a host, as users filter and read it. */
export const RESULT_STATUSES = [
  'awaiting_approval',
  'in_progress',
  'succeeded',
  'failed',
  'refused',
  'unchanged',
] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

const STATUS_OF: Readonly<Record<RecordedOutcome, ResultStatus>> = {
  awaiting_approval: 'awaiting_approval',
  pending: 'in_progress',
  requested: 'in_progress',
  done: 'succeeded',
  failed: 'failed',
  refused: 'refused',
  unchanged: 'unchanged',
};

/** The status of a recorded outcome. */
export const statusOfOutcome = (outcome: RecordedOutcome): ResultStatus => STATUS_OF[outcome];

/** The recorded outcomes that have a status; at least one. */
export const outcomesOfStatus = (status: ResultStatus): readonly RecordedOutcome[] =>
  (Object.keys(STATUS_OF) as RecordedOutcome[]).filter((outcome) => STATUS_OF[outcome] === status);

type LongField =
  | 'hosts'
  | 'alertIds'
  | 'unverifiedAlertIds'
  | 'caseIds'
  | 'caseAttachments'
  | 'override'
  | 'approval';
type SummarizedFields = Pick<ActionRecord, LongField | 'refusedRequest'>;

const outcomeCounts = Object.fromEntries(
  RECORDED_OUTCOMES.map((outcome) => [outcome, t.number])
) as Readonly<Record<RecordedOutcome, typeof t.number>>;

/** The number of all items of which a list contains only the first. */
export const recordSummaryCodec = t.intersection([
  t.type({
    hostCount: t.number,
    /** The number of hosts per outcome; contains every outcome. */
    outcomes: t.type(outcomeCounts),
    alertCount: t.number,
    caseCount: t.number,
    /** Hosts whose protection was overridden. */
    overriddenCount: t.number,
  }),
  t.partial({
    /** ISO 8601: the latest time at which Kibana first read the requested state of a host from SentinelOne. */
    confirmedAt: t.string,
  }),
]);
export type RecordSummary = Readonly<t.TypeOf<typeof recordSummaryCodec>>;

const countsOf = (
  hosts: ReadonlyArray<Pick<RecordedHost, 'outcome'>>
): Record<RecordedOutcome, number> => {
  const counts = Object.fromEntries(RECORDED_OUTCOMES.map((outcome) => [outcome, 0]));
  for (const { outcome } of hosts) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts as Record<RecordedOutcome, number>;
};

/** The part of the summary that depends on the hosts, and changes with them. */
export function summaryOfHosts({
  hosts,
  refusedRequest,
}: Pick<SummarizedFields, 'hosts' | 'refusedRequest'>): Pick<
  RecordSummary,
  'hostCount' | 'outcomes' | 'confirmedAt'
> {
  const confirmedAt = hosts
    .flatMap((host) => host.confirmedAt ?? [])
    .sort()
    .at(-1);
  // The record of a request that was refused as a whole lists only the first hosts.
  const hostCount = refusedRequest?.hostCount ?? hosts.length;
  const counts = countsOf(hosts);
  return {
    hostCount,
    outcomes: refusedRequest === undefined ? counts : { ...counts, refused: hostCount },
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
  };
}

/** The summary of a whole record. */
export const summaryOf = (record: SummarizedFields): RecordSummary => ({
  ...summaryOfHosts(record),
  alertCount: record.refusedRequest?.alertCount ?? record.alertIds.length,
  caseCount: record.refusedRequest?.caseCount ?? record.caseIds.length,
  overriddenCount: record.override?.hosts.length ?? 0,
});

/** The parts of the record's longer fields that a list contains. */
export type ListedFields = Pick<ActionRecord, LongField>;

/** The first items of one of these fields. */
export const firstItems = <Item>(items: readonly Item[]): readonly Item[] =>
  items.slice(0, LIMITS.itemsInList);

/** Which of these alerts are not verified; empty if all are. */
function unverifiedIn(
  { unverifiedAlertIds = [] }: Pick<ActionRecord, 'unverifiedAlertIds'>,
  alertIds: readonly string[]
): Pick<ActionRecord, 'unverifiedAlertIds'> {
  const unverified = new Set(unverifiedAlertIds);
  const listed = alertIds.filter((alertId) => unverified.has(alertId));
  return listed.length === 0 ? {} : { unverifiedAlertIds: listed };
}

/** The first items of each field; `hosts` are in the order in which they are listed. */
export const listedFieldsOf = (record: SummarizedFields): ListedFields => ({
  hosts: firstItems(record.hosts),
  alertIds: firstItems(record.alertIds),
  ...unverifiedIn(record, firstItems(record.alertIds)),
  caseIds: firstItems(record.caseIds),
  ...(record.caseAttachments === undefined
    ? {}
    : { caseAttachments: firstItems(record.caseAttachments) }),
  ...(record.override === undefined
    ? {}
    : { override: { ...record.override, hosts: firstItems(record.override.hosts) } }),
  ...(record.approval === undefined
    ? {}
    : { approval: { ...record.approval, hosts: firstItems(record.approval.hosts) } }),
});

/**
 * A record in a list: at most 25 of its hosts, alerts, cases and overridden patterns; their numbers are in the summary.
 * `GET …/actions/{actionId}` returns all of them.
 */
export const listedRecordCodec = t.intersection([
  actionRecordCodec,
  t.partial({ summary: recordSummaryCodec }),
]);
export type ListedRecord = Readonly<t.TypeOf<typeof listedRecordCodec>>;

/** The summary of a record, from a list or complete. */
export const summaryIn = (
  record: SummarizedFields & Pick<ListedRecord, 'summary'>
): RecordSummary => record.summary ?? summaryOf(record);

/** Whether the record contains more than its entry in the list. */
export function isCut({
  summary,
  hosts,
  alertIds,
  caseIds,
  override,
  refusedRequest,
}: ListedRecord): boolean {
  // Such a record contains no more than the list.
  if (summary === undefined || refusedRequest !== undefined) return false;
  return (
    summary.hostCount > hosts.length ||
    summary.alertCount > alertIds.length ||
    summary.caseCount > caseIds.length ||
    summary.overriddenCount > (override?.hosts.length ?? 0)
  );
}
