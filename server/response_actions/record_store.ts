import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { ActionRecord } from '../../common/record';
import type { RecordStore } from './ports';

/** The document's id: the action's, and the group's number behind it from the second on. */
export const documentIdOf = (actionId: string, group: number): string =>
  group === 0 ? actionId : `${actionId}:${group}`;

/**
 * The record in Kibana's saved objects, written by Kibana itself: nobody needs (or has) a privilege
 * to change it. `namespace` is the space; undefined stands for the default one.
 */
export function savedObjectRecordStore(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): RecordStore {
  const get = async (actionId: string, groups: readonly number[]) => {
    const { saved_objects: found } = await repository.bulkGet<ActionRecord>(
      groups.map((group) => ({
        type: ACTION_SAVED_OBJECT_TYPE,
        id: documentIdOf(actionId, group),
      })),
      { namespace }
    );
    return found.filter(({ error }) => error === undefined).map(({ attributes }) => attributes);
  };
  return {
    async create(records) {
      const { saved_objects: written } = await repository.bulkCreate<ActionRecord>(
        records.map((record) => ({
          type: ACTION_SAVED_OBJECT_TYPE,
          id: documentIdOf(record.actionId, record.group),
          attributes: record,
        })),
        // The answer does not wait for the index to be searchable: reading by id sees it at once.
        { namespace, refresh: false }
      );
      const broken = written.find(({ error }) => error !== undefined);
      if (broken?.error !== undefined) {
        throw new Error(`The action could not be put on record: ${broken.error.message}`);
      }
      return written.map(({ version }, n) => ({ record: records[n]!, version }));
    },
    async update({ version }, record) {
      const { hosts, state, updatedAt, endedAt, tookMs, durationOrder, refusedRequest } = record;
      const updated = await repository.update<ActionRecord>(
        ACTION_SAVED_OBJECT_TYPE,
        documentIdOf(record.actionId, record.group),
        // Kibana leaves an attribute as it is that is undefined here.
        { hosts, state, updatedAt, endedAt, tookMs, durationOrder, refusedRequest },
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
