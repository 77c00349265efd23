import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';
import { documentIdOf } from '../response_actions/record_store';
import { allOf, anyOf } from '../kibana/saved_object_filter';
import { DEFAULT_SPACE_ID, type KibanaSpaces } from '../kibana/kibana_spaces';
import type { RemovalLog } from './removal_log';
import { settingsOfSpaces } from '../settings/settings_store';
import { RETENTION_SETTINGS } from './retention_settings_store';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

const PER_PAGE = 500;
/** Actions in one search for groups that are kept. */
const ACTIONS_PER_SEARCH = 100;

type Old = Pick<ActionRecord, 'actionId' | 'group' | 'groups'>;

export interface RemoveOldRecordsPorts {
  readonly repository: ISavedObjectsRepository;
  readonly spaces: Pick<KibanaSpaces, 'all'>;
  /** Logs each space with removed or expired records. */
  readonly removals: RemovalLog;
}

/**
 * Removes records that ended before the retention period of their space; returns their number. Keeps open records, such
 * with a pending automatic release, and the other groups of their action. Searches only spaces with retention settings. Elasticsearch evaluates the period,
 * so that a Kibana node whose clock is ahead removes nothing early. Ends early if `isCancelled` returns true; the next
 * run removes the rest.
 */
export async function removeOldRecords(
  { repository, spaces, removals }: RemoveOldRecordsPorts,
  isCancelled: () => boolean = () => false
): Promise<number> {
  let all = 0;
  const spaceIds = await spaces.all();
  for (const { spaceId, settings } of await settingsOfSpaces(
    repository,
    spaceIds,
    RETENTION_SETTINGS
  )) {
    const { daysKept } = settings;
    if (daysKept === null) continue;
    const namespace = spaceId === DEFAULT_SPACE_ID ? undefined : spaceId;
    const count = { removed: 0, failed: 0 };
    try {
      await removeOlderThan(repository, namespace, daysKept, isCancelled, count);
    } finally {
      // Also logs records that were removed before a failure.
      if (count.removed + count.failed > 0) {
        removals.removed({ spaceId, daysKept, ...count });
      }
    }
    all += count.removed;
  }
  return all;
}

/** Adds the numbers of removed and failed records to `count`. */
async function removeOlderThan(
  repository: ISavedObjectsRepository,
  namespace: string | undefined,
  days: number,
  isCancelled: () => boolean,
  count: { removed: number; failed: number }
): Promise<void> {
  const endedLongAgo = allOf([
    `${RECORD_ATTRIBUTES}.state: "ended"`,
    `${RECORD_ATTRIBUTES}.endedAt < "now-${days}d"`,
    // The record holds the time at which its hosts are released.
    `not ${RECORD_ATTRIBUTES}.automaticRelease.state: ("scheduled" or "releasing")`,
  ])!;
  const find = (filter: string, searchAfter?: unknown[]) =>
    repository.find<Old>({
      type: ACTION_SAVED_OBJECT_TYPE,
      namespaces: [namespace ?? DEFAULT_SPACE_ID],
      filter,
      fields: ['actionId', 'group', 'groups'],
      sortField: 'sortKey',
      sortOrder: 'asc',
      perPage: PER_PAGE,
      ...(searchAfter === undefined ? {} : { searchAfter }),
    });

  /** The actions with a group that is open or ended within the period. */
  const actionsThatStay = async (actionIds: readonly string[]): Promise<ReadonlySet<string>> => {
    const stay = new Set<string>();
    for (let at = 0; at < actionIds.length; at += ACTIONS_PER_SEARCH) {
      const some = actionIds.slice(at, at + ACTIONS_PER_SEARCH);
      const others = allOf([
        `${RECORD_ATTRIBUTES}.actionId: ${anyOf(some)}`,
        `not (${endedLongAgo})`,
      ])!;
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

  let searchAfter: unknown[] | undefined;
  for (;;) {
    const { saved_objects: found } = await find(endedLongAgo, searchAfter);
    const ended = found.map(({ attributes }) => attributes);
    const grouped = ended.flatMap(({ actionId, groups }) => (groups === 1 ? [] : [actionId]));
    const stay = await actionsThatStay([...new Set(grouped)]);
    const old = ended.filter(({ actionId }) => !stay.has(actionId));
    // The first group leads to the others, so it is removed last.
    old.sort((a, b) => b.group - a.group);
    if (old.length > 0) {
      const { statuses } = await repository.bulkDelete(
        old.map(({ actionId, group }) => ({
          type: ACTION_SAVED_OBJECT_TYPE,
          id: documentIdOf(actionId, group),
        })),
        { namespace, refresh: false }
      );
      const removed = statuses.filter(({ success }) => success).length;
      count.removed += removed;
      count.failed += statuses.length - removed;
    }
    if (found.length < PER_PAGE || isCancelled()) return;
    searchAfter = found[found.length - 1]?.sort;
  }
}
