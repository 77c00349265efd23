import type {
  ISavedObjectsRepository,
  SavedObject,
  SavedObjectsFindOptions,
  SavedObjectsFindResult,
} from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { separateWrites, type WriteObjects } from '../kibana/joined_writes';
import type { RecordStore, StoredRecord } from './ports';
import {
  attributesOf,
  changedAttributesOf,
  documentIdOf,
  recordIn,
  type StoredAttributes,
} from './stored_record';
import type { ActionRecord } from '../../common/actions/record';

export interface RecordPagesOptions {
  /** Ids of spaces; `*` means all. */
  readonly namespaces: readonly string[];
  /** KQL. */
  readonly filter: string;
  /** The attributes that are read, as dotted paths. */
  readonly fields: readonly string[];
  readonly sortOrder: 'asc' | 'desc';
  /** Records that are held in memory at a time. */
  readonly perPage: number;
}

/**
 * Reads all records that match a filter, in the order in which they were written or the reverse, page by page, and only
 * the given fields. One search if there is only one page. Throws what the search throws.
 */
export async function* recordPages<Fields>(
  repository: Pick<ISavedObjectsRepository, 'find'>,
  { namespaces, filter, fields, sortOrder, perPage }: RecordPagesOptions
): AsyncGenerator<ReadonlyArray<SavedObjectsFindResult<Fields>>> {
  let searchAfter: unknown[] | undefined;
  for (;;) {
    const options: SavedObjectsFindOptions = {
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: [...namespaces],
      filter,
      fields: [...fields],
      sortField: 'sortKey' satisfies keyof ActionRecord,
      sortOrder,
      perPage,
      ...(searchAfter === undefined ? {} : { searchAfter }),
    };
    const { saved_objects: found } = await repository.find<Fields>(options);
    if (found.length > 0) yield found;
    if (found.length < perPage) return;
    searchAfter = found[found.length - 1]?.sort;
  }
}

/**
 * Whether a list of requests must show the records at once. Reads by id find a document without a refresh of the index.
 */
const mustBeListed = (records: readonly ActionRecord[]): boolean =>
  records.some(({ state }) => state === 'awaiting_approval');

/**
 * The record in Kibana's saved objects, written by Kibana's internal user, so that users need no privilege to write
 * records. `namespace` is the space; undefined means the default space. `write`
 * may join writes.
 */
export function savedObjectRecordStore(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  write: WriteObjects = separateWrites(repository)
): RecordStore {
  const objectOf = (record: ActionRecord, version?: string) => ({
    type: ACTION_SAVED_OBJECT_TYPE,
    id: documentIdOf(record.actionId, record.group),
    attributes: attributesOf(record),
    ...(version === undefined ? {} : { version }),
  });
  const storedOf = (
    records: readonly ActionRecord[],
    written: ReadonlyArray<Pick<SavedObject, 'version' | 'error'>>
  ): readonly StoredRecord[] => {
    const broken = written.find(({ error }) => error !== undefined);
    if (broken?.error !== undefined) {
      throw new Error(`The action could not be recorded: ${broken.error.message}`);
    }
    return written.map(({ version }, n) => ({ record: records[n]!, version }));
  };
  const get = async (actionId: string, groups: readonly number[]) => {
    const { saved_objects: found } = await repository.bulkGet<StoredAttributes>(
      groups.map((group) => ({
        type: ACTION_SAVED_OBJECT_TYPE,
        id: documentIdOf(actionId, group),
      })),
      { namespace }
    );
    return found
      .filter(({ error }) => error === undefined)
      .map(({ attributes }) => recordIn(attributes));
  };
  return {
    async create(records) {
      const objects = records.map((record) => objectOf(record));
      if (!mustBeListed(records)) {
        return storedOf(records, await write(objects, { kind: 'new', namespace }));
      }
      const options = { namespace, refresh: true };
      return storedOf(records, (await repository.bulkCreate(objects, options)).saved_objects);
    },
    async replace(stored, records) {
      if (mustBeListed(records)) {
        const objects = records.map((record, n) => objectOf(record, stored[n]?.version));
        const options = { namespace, overwrite: true, refresh: true };
        return storedOf(records, (await repository.bulkCreate(objects, options)).saved_objects);
      }
      const [known, others] = [records.slice(0, stored.length), records.slice(stored.length)];
      const replacing = known.map((record, n) => objectOf(record, stored[n]?.version));
      const adding = others.map((record) => objectOf(record));
      const written = await Promise.all([
        write(replacing, { kind: 'replace', namespace }),
        write(adding, { kind: 'new', namespace }),
      ]);
      return storedOf(records, written.flat());
    },
    async update({ version }, record) {
      const updated = await repository.update(
        ACTION_SAVED_OBJECT_TYPE,
        documentIdOf(record.actionId, record.group),
        changedAttributesOf(record),
        { namespace, version, refresh: false }
      );
      return { version: updated.version };
    },
    async get(actionId) {
      const [first] = await get(actionId, [0]);
      if (first === undefined) return [];
      const others = Array.from({ length: first.groups - 1 }, (_, n) => n + 1);
      return others.length === 0 ? [first] : [first, ...(await get(actionId, others))];
    },
  };
}
