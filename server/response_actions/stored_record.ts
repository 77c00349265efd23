import type { ActionRecord, RecordProgress } from '../../common/record';
import type { CaseAttachment } from '../../common/case_attachment';
import {
  firstOf,
  listedFieldsOf,
  summaryOf,
  summaryOfHosts,
  type ListedFields,
  type RecordSummary,
} from '../../common/record_summary';

/** A record as its document has it: with what lists show of it beside it. */
export interface StoredAttributes extends ActionRecord {
  /** How many hosts, alerts and cases there are. */
  readonly summary: RecordSummary;
  /** The first of them. */
  readonly listed: ListedFields;
}

/** The attributes of a new record. */
export const attributesOf = (record: ActionRecord): StoredAttributes => ({
  ...record,
  summary: summaryOf(record),
  listed: listedFieldsOf(record),
});

/**
 * The attributes that change when a record goes on. Kibana merges them into the others: what is not among them,
 * or undefined, stays as it is.
 */
export function changedAttributesOf(record: RecordProgress) {
  const { hosts, state, updatedAt, endedAt, tookMs, durationOrder, refusedRequest } = record;
  return {
    ...{ hosts, state, updatedAt, endedAt, tookMs, durationOrder, refusedRequest },
    summary: summaryOfHosts(record),
    listed: { hosts: firstOf(hosts) },
  };
}

/** The attributes that change when an action is attached to cases. */
export const changedByAttaching = (caseAttachments: readonly CaseAttachment[]) => ({
  caseAttachments,
  listed: { caseAttachments: firstOf(caseAttachments) },
});

/** The record of a document. Documents from before there were lists have nothing but the record. */
export const recordIn = ({
  summary: _summary,
  listed: _listed,
  ...record
}: ActionRecord & Partial<StoredAttributes>): ActionRecord => record;
