import { LIMITS } from '../../common/lib/constants';
import type { ActionRecord, RecordedHost, RecordProgress } from '../../common/actions/record';
import type { CaseAttachment } from '../../common/actions/case_attachment';
import {
  firstItems,
  listedFieldsOf,
  summaryOf,
  summaryOfHosts,
  type ListedFields,
  type RecordSummary,
} from '../../common/actions/record_summary';
import { cutText } from '../../common/lib/text';

/** The document's id: the id of the action, followed by the number of the group from the second group on. */
export const documentIdOf = (actionId: string, group: number): string =>
  group === 0 ? actionId : `${actionId}:${group}`;

/** A stored record, with the parts that lists show. */
export interface StoredAttributes extends ActionRecord {
  /** The number of hosts, alerts and cases. */
  readonly summary: RecordSummary;
  /** The first of them. */
  readonly listed: ListedFields;
}

/**
 * A host as it is stored. Names come from SentinelOne, alerts and callers and are cut on input.
 * Cutting them here as well guarantees that a long text cannot fill the record.
 */
function storedHost(host: RecordedHost): RecordedHost {
  const { uuid, name, detail } = host;
  return {
    ...host,
    uuid: uuid === null ? null : cutText(uuid, LIMITS.sourceName + 1),
    name: name === null ? null : cutText(name, LIMITS.sourceName + 1),
    ...(detail === undefined ? {} : { detail: cutText(detail, LIMITS.outcomeDetail) }),
  };
}

/** The attributes of a new record. */
export function attributesOf(record: ActionRecord): StoredAttributes {
  const stored = { ...record, hosts: record.hosts.map(storedHost) };
  return { ...stored, summary: summaryOf(stored), listed: listedFieldsOf(stored) };
}

/**
 * The attributes that change with the progress of a record. Kibana merges them into the others:
 * attributes that are missing or undefined stay unchanged.
 */
export function changedAttributesOf(record: RecordProgress) {
  const { state, updatedAt, endedAt, tookMs, durationSortKey, refusedRequest } = record;
  const hosts = record.hosts.map(storedHost);
  return {
    ...{ hosts, state, updatedAt, endedAt, tookMs, durationSortKey, refusedRequest },
    summary: summaryOfHosts(record),
    listed: { hosts: firstItems(hosts) },
  };
}

/** The attributes that change when a request for approval ends, or its action begins. */
export const decisionAttributes = (record: ActionRecord) => {
  const { requestedAt, sortKey, approval, releaseAt, automaticRelease } = record;
  const changed = changedAttributesOf(record);
  return {
    ...changed,
    ...{ requestedAt, sortKey, approval, releaseAt, automaticRelease },
    listed: {
      ...changed.listed,
      ...(approval === undefined
        ? {}
        : { approval: { ...approval, hosts: firstItems(approval.hosts) } }),
    },
  };
};

/** The attributes that change when an action is attached to cases. */
export const caseAttachmentAttributes = (caseAttachments: readonly CaseAttachment[]) => ({
  caseAttachments,
  listed: { caseAttachments: firstItems(caseAttachments) },
});

/** The record of a document, without the parts for lists. */
export const recordIn = ({
  summary: _summary,
  listed: _listed,
  ...record
}: ActionRecord & Partial<StoredAttributes>): ActionRecord => record;
