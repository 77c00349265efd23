import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { SHORT_FIELDS, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import {
  listedFieldsOf,
  summaryOf,
  type ListedFields,
  type ListedRecord,
} from '../../common/actions/record_summary';
import { recordIn, type StoredAttributes, documentIdOf } from '../response_actions/stored_record';

/** Reads records for lists and exports: only the needed attributes, in groups that fit in memory. */

/** The attributes of a record that a list reads. */
export const LIST_FIELDS: readonly string[] = [...SHORT_FIELDS, 'summary', 'listed'];

/** The attributes that show the size of a record. */
export const SIZE_FIELDS: readonly string[] = ['actionId', 'group', 'summary'];

/** The attributes that a search for `LIST_FIELDS` finds. */
export type ListAttributes = Omit<ActionRecord, keyof ListedFields> &
  Partial<Pick<StoredAttributes, 'summary' | 'listed'>>;

/** Hosts, alerts and cases of the complete records in memory at a time: about a megabyte. */
const ITEMS_AT_ONCE = 2_500;
/** Maximum number of records in memory at a time. */
const RECORDS_AT_ONCE = 100;
/** The assumed size of a record whose size is not known. */
const UNKNOWN_ITEMS = ITEMS_AT_ONCE;

type Sized = Pick<ActionRecord, 'actionId' | 'group'> & Partial<Pick<StoredAttributes, 'summary'>>;

const itemsIn = ({ summary }: Sized): number =>
  summary === undefined
    ? UNKNOWN_ITEMS
    : summary.hostCount + summary.alertCount + summary.caseCount;

/** Divides records into groups that fit in memory; each has at least one record. */
export function batchesOf<Record extends Sized>(
  records: readonly Record[]
): ReadonlyArray<readonly Record[]> {
  const batches: Record[][] = [];
  let items = 0;
  for (const record of records) {
    const last = batches.at(-1);
    items += itemsIn(record);
    if (last === undefined || items > ITEMS_AT_ONCE || last.length === RECORDS_AT_ONCE) {
      batches.push([record]);
      items = itemsIn(record);
    } else last.push(record);
  }
  return batches;
}

/** Reads complete records, one group after the other. Records that were removed meanwhile are left out. */
export async function* wholeRecords(
  repository: Pick<ISavedObjectsRepository, 'bulkGet'>,
  namespace: string | undefined,
  records: readonly Sized[]
): AsyncGenerator<readonly ActionRecord[]> {
  for (const batch of batchesOf(records)) {
    const { saved_objects: found } = await repository.bulkGet<StoredAttributes>(
      batch.map(({ actionId, group }) => ({
        type: ACTION_SAVED_OBJECT_TYPE,
        id: documentIdOf(actionId, group),
      })),
      { namespace }
    );
    yield found.flatMap(({ error, attributes }) =>
      error === undefined ? [recordIn(attributes)] : []
    );
  }
}

/** Selects the hosts that a list is about; undefined if it is about all hosts. */
export type HostFilter = ((host: RecordedHost) => boolean) | undefined;

/**
 * Whether the attributes that are stored for lists contain all hosts that this list is about. A record of an older
 * version may contain only some of these attributes.
 */
const isListable = ({ summary, listed, refusedRequest }: ListAttributes, isAbout: HostFilter) =>
  summary?.alertCount !== undefined &&
  listed?.alertIds !== undefined &&
  (isAbout === undefined ||
    refusedRequest !== undefined ||
    listed.hosts.length >= summary.hostCount ||
    listed.hosts.some(isAbout));

/** Returns the record for a list, with the hosts that the list is about first. */
function listedRecordOf(record: ActionRecord, isAbout: HostFilter): ListedRecord {
  const { hosts } = record;
  const ordered =
    isAbout === undefined
      ? hosts
      : [...hosts.filter(isAbout), ...hosts.filter((host) => !isAbout(host))];
  const summary = summaryOf(record);
  return { ...record, ...listedFieldsOf({ ...record, hosts: ordered }), summary };
}

/**
 * Returns records for a list, in the order in which they were found. Records for which the hosts that are stored for
 * lists are not sufficient are read completely, a few at a time.
 */
export async function listedRecords(
  repository: Pick<ISavedObjectsRepository, 'bulkGet'>,
  namespace: string | undefined,
  found: readonly ListAttributes[],
  isAbout: HostFilter
): Promise<readonly ListedRecord[]> {
  const keyOf = ({ actionId, group }: Sized) => documentIdOf(actionId, group);
  const whole = new Map<string, ListedRecord>();
  const missing = found.filter((attributes) => !isListable(attributes, isAbout));
  for await (const records of wholeRecords(repository, namespace, missing)) {
    for (const record of records) whole.set(keyOf(record), listedRecordOf(record, isAbout));
  }
  return found.flatMap(({ listed, summary, ...short }): ListedRecord[] => {
    const read = whole.get(keyOf(short));
    if (read !== undefined) return [read];
    return listed === undefined || summary === undefined ? [] : [{ ...short, ...listed, summary }];
  });
}
