import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/constants';
import type { ActionRecord } from '../../common/record';
import { documentIdOf } from '../response_actions/record_store';
import { allOf, anyOf } from '../saved_object_filter';
import type { KibanaSpaces } from '../spaces/kibana_spaces';
import { spacesWithSettings } from './settings_store';

const PER_PAGE = 500;
/** Actions in one search for groups that stay. */
const ACTIONS_PER_SEARCH = 100;
const FIELD = `${ACTION_SAVED_OBJECT_TYPE}.attributes`;

type Old = Pick<ActionRecord, 'actionId' | 'group' | 'groups'>;

/**
 * Removes records that ended longer ago than their space keeps them; returns how many. Open records
 * stay, and with them the other groups of their action. It reads the spaces and their settings, and
 * searches only where something is set. How long ago that is Elasticsearch says: a Kibana node whose clock is
 * ahead removes nothing early. Ends early when `isCancelled` says so: what is left is there the next time.
 */
export async function removeOldRecords(
  repository: ISavedObjectsRepository,
  spaces: Pick<KibanaSpaces, 'all'>,
  isCancelled: () => boolean = () => false
): Promise<number> {
  let removed = 0;
  for (const { namespace, settings } of await spacesWithSettings(repository, spaces)) {
    if (settings.daysKept === null) continue;
    removed += await removeEndedBefore(repository, namespace, settings.daysKept, isCancelled);
  }
  return removed;
}

async function removeEndedBefore(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  days: number,
  isCancelled: () => boolean
): Promise<number> {
  const endedLongAgo = allOf([`${FIELD}.state: "ended"`, `${FIELD}.endedAt < "now-${days}d"`])!;
  const find = (filter: string, searchAfter?: unknown[]) =>
    repository.find<Old>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: [namespace ?? 'default'],
      filter,
      fields: ['actionId', 'group', 'groups'],
      sortField: 'order',
      sortOrder: 'asc',
      perPage: PER_PAGE,
      ...(searchAfter === undefined ? {} : { searchAfter }),
    });

  /** Those of these actions that have a group which is open, or ended too recently. */
  const actionsThatStay = async (actionIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const stay = new Set<string>();
    for (let at = 0; at < actionIds.length; at += ACTIONS_PER_SEARCH) {
      const some = actionIds.slice(at, at + ACTIONS_PER_SEARCH);
      const others = allOf([`${FIELD}.actionId: ${anyOf(some)}`, `not (${endedLongAgo})`])!;
      let searchAfter: unknown[] | undefined;
      for (;;) {
        const { saved_objects: found } = await find(others, searchAfter);
        for (const { attributes } of found) stay.add(attributes.actionId);
        if (found.length < PER_PAGE) break;
        searchAfter = found[found.length - 1]?.sort;
      }
    }
    return stay;
  };

  let removed = 0;
  let searchAfter: unknown[] | undefined;
  for (;;) {
    const { saved_objects: found } = await find(endedLongAgo, searchAfter);
    const ended = found.map(({ attributes }) => attributes);
    const grouped = ended.flatMap(({ actionId, groups }) => (groups === 1 ? [] : [actionId]));
    const stay = await actionsThatStay([...new Set(grouped)]);
    const old = ended.filter(({ actionId }) => !stay.has(actionId));
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
