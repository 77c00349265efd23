import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { ActionRecord } from '../../common/record';
import { documentIdOf, savedObjectRecordStore } from '../response_actions/record_store';
import type { Clock } from '../response_actions/ports';
import { allOf, phrase } from '../saved_object_filter';
import type { KibanaSpaces } from '../spaces/kibana_spaces';
import { spacesWithSettings } from './settings_store';

const DAY = 86_400_000;
const PER_PAGE = 500;
const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

type Old = Pick<ActionRecord, 'actionId' | 'group' | 'groups'>;

/**
 * Removes records that ended longer ago than their space keeps them; returns how many. Open records
 * stay, and with them the other groups of their action. It reads the spaces and their
 * settings, and searches only where something is set.
 * Ends early when `isCancelled` says so: what is left is there the next time.
 */
export async function removeOldRecords(
  repository: ISavedObjectsRepository,
  spaces: Pick<KibanaSpaces, 'all'>,
  clock: Clock,
  isCancelled: () => boolean = () => false
): Promise<number> {
  let removed = 0;
  for (const { namespace, settings } of await spacesWithSettings(repository, spaces)) {
    if (settings.daysKept === null) continue;
    const before = new Date(clock() - settings.daysKept * DAY).toISOString();
    removed += await removeEndedBefore(repository, namespace, before, isCancelled);
  }
  return removed;
}

async function removeEndedBefore(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  before: string,
  isCancelled: () => boolean
): Promise<number> {
  const records = savedObjectRecordStore(repository, namespace);
  const mayGo = async ({ actionId, groups }: Old): Promise<boolean> => {
    if (groups === 1) return true;
    const all = await records.get(actionId);
    return all.every(({ endedAt }) => endedAt !== undefined && endedAt < before);
  };
  let removed = 0;
  let searchAfter: unknown[] | undefined;
  for (;;) {
    const { saved_objects: found } = await repository.find<ActionRecord>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: [namespace ?? 'default'],
      filter: allOf([`${FIELD}.state: "ended"`, `${FIELD}.endedAt < ${phrase(before)}`])!,
      fields: ['actionId', 'group', 'groups'],
      sortField: 'order',
      sortOrder: 'asc',
      perPage: PER_PAGE,
      ...(searchAfter === undefined ? {} : { searchAfter }),
    });
    const old: Old[] = [];
    for (const { attributes } of found) if (await mayGo(attributes)) old.push(attributes);
    // An action's first group is how the others are found: it goes last.
    old.sort((a, b) => b.group - a.group);
    if (old.length > 0) {
      const { statuses } = await repository.bulkDelete(
        old.map(({ actionId, group }) => ({
          type: ACTION_SAVED_OBJECT_TYPE,
          id: documentIdOf(actionId, group),
        })),
        { namespace, refresh: false }
      );
      removed += statuses.filter(({ success }) => success).length;
    }
    if (found.length < PER_PAGE || isCancelled()) return removed;
    searchAfter = found[found.length - 1]?.sort;
  }
}
