import type { ISavedObjectsRepository } from '@kbn/core/server';
import { recordedAttachments, type CaseAttachment } from '../../common/actions/case_attachment';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';
import { documentIdOf } from '../response_actions/record_store';
import { changedByAttaching } from '../response_actions/stored_record';
import { CONFLICT, NOT_FOUND, statusOf } from '../lib/typed_error';

/** The results of attaching an action to cases, in the record of the action. */
export interface CaseAttachmentRecord {
  /** Adds newer results to those that are recorded; in each group of the action. */
  add(actionId: string, results: readonly CaseAttachment[]): Promise<void>;
}

const FIELDS = ['caseAttachments', 'groups', 'refusedRequest'] as const;
/** The reconciliation task writes to the same record, on whatever node. */
const TRIES = 5;

export function savedObjectCaseAttachments(
  repository: ISavedObjectsRepository,
  namespace: string | undefined
): CaseAttachmentRecord {
  /** Adds to one group; resolves to how many groups the action has, 0 where nothing is recorded. */
  const addTo = async (id: string, results: readonly CaseAttachment[]): Promise<number> => {
    for (let tries = 1; ; tries++) {
      const { saved_objects: read } = await repository.bulkGet<
        Pick<ActionRecord, (typeof FIELDS)[number]>
      >([{ type: ACTION_SAVED_OBJECT_TYPE, id, fields: [...FIELDS] }], { namespace });
      const [found] = read;
      if (found === undefined || found.error?.statusCode === NOT_FOUND) return 0;
      if (found.error !== undefined) throw new Error(found.error.message);
      const { attributes, version } = found;
      // Such a request is attached to no case, and its record contains none.
      if (attributes.refusedRequest !== undefined) return 0;
      const caseAttachments = recordedAttachments(attributes.caseAttachments ?? [], results);
      try {
        await repository.update(ACTION_SAVED_OBJECT_TYPE, id, changedByAttaching(caseAttachments), {
          namespace,
          version,
          refresh: false,
        });
        return attributes.groups;
      } catch (error) {
        if (statusOf(error) !== CONFLICT || tries === TRIES) throw error;
      }
    }
  };
  return {
    async add(actionId, results) {
      try {
        const groups = await addTo(documentIdOf(actionId, 0), results);
        for (let group = 1; group < groups; group++) {
          await addTo(documentIdOf(actionId, group), results);
        }
      } catch (error) {
        // The record does not exist or was removed in the meantime.
        if (statusOf(error) !== NOT_FOUND) throw error;
      }
    },
  };
}
