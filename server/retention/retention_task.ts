import type { ISavedObjectsRepository, Logger } from '@kbn/core/server';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import type { ActionRecord } from '../../common/actions/record';
import { documentIdOf } from '../response_actions/stored_record';
import { allOf, anyOf } from '../kibana/saved_object_filter';
import { DEFAULT_SPACE_ID, type KibanaSpaces } from '../kibana/kibana_spaces';
import { settingsOfSpaces } from '../settings/settings_store';
import { RETENTION_SETTINGS } from './retention_settings_store';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';
import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AuditLogger } from '@kbn/security-plugin/server';
import { quoted, type CoreLog } from '../lib/log';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';
import { keepTaskDue } from '../kibana/keep_task_due';

/** The task that removes expired records; one per deployment. */
export const RETENTION_TASK = 'sentineloneResponse:retention';

/** Interval (ms) of its runs, as in its schedule below. */
const PAUSE = 3_600_000;

export interface RetentionTask {
  /** Schedules the task, once Kibana has started. Never throws. */
  start(taskManager: TaskManagerStartContract): Promise<void>;
  stop(): void;
}

/**
 * Registers the task. `remove` removes expired records until it is cancelled, and returns their number.
 */
export function retentionTask(
  taskManager: TaskManagerSetupContract,
  remove: (isCancelled: () => boolean) => Promise<number>,
  logger: Logger
): RetentionTask {
  taskManager.registerTaskDefinitions({
    [RETENTION_TASK]: {
      title: 'SentinelOne Response: remove old records of actions',
      createTaskRunner: () => {
        let isCancelled = false;
        return {
          async run() {
            const removed = await remove(() => isCancelled);
            if (removed > 0) logger.info(`Removed ${removed} expired records`);
            return { state: {} };
          },
          async cancel() {
            isCancelled = true;
          },
        };
      },
    },
  });
  let stopKeepingDue: (() => void) | undefined;
  return {
    async start(manager) {
      const task = { id: RETENTION_TASK, longestPause: PAUSE };
      stopKeepingDue = keepTaskDue(manager, task, logger);
      try {
        await manager.ensureScheduled({
          id: RETENTION_TASK,
          taskType: RETENTION_TASK,
          schedule: { interval: '1h' },
          params: {},
          state: {},
        });
      } catch (error) {
        logger.error(`The retention task could not be scheduled: ${String(error)}`);
      }
    },
    stop: () => stopKeepingDue?.(),
  };
}

/** The action in the event log; in the audit log it has the plugin's name as a prefix. */
export const REMOVAL_EVENT_ACTION = 'records-removal';

/** The removal of records of a space. */
export interface Removal {
  readonly spaceId: string;
  /** The setting of the space. */
  readonly daysKept: number;
  readonly removed: number;
  /** Records that could not be removed; the next run tries again. */
  readonly failed: number;
}

/** Removals of records in Kibana's audit log and event log. */
interface RemovalLog {
  /** Never throws. */
  removed(removal: Removal): void;
}

export interface RemovalLogPorts {
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined if Kibana runs without the security plugin. */
  readonly audit: AuditLogger | undefined;
  readonly log: CoreLog;
}

const countOf = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

const messageOf = ({ spaceId, daysKept, removed, failed }: Removal): string => {
  const days = daysKept === 1 ? '1 day' : `${daysKept} days`;
  const left = failed === 0 ? '' : `; ${countOf(failed)} could not be removed`;
  return `Removed ${countOf(removed)} of actions from the space ${quoted(spaceId)} that ended more than ${days} ago, as its settings say${left}`;
};

/** Writes an event for each removal. A task removes records, so the events have no user. */
export const removalLog = ({ eventLogger, audit, log }: RemovalLogPorts): RemovalLog => ({
  removed(removal) {
    const { spaceId, daysKept, removed, failed } = removal;
    const message = messageOf(removal);
    const outcome = failed === 0 ? ('success' as const) : ('failure' as const);
    try {
      eventLogger.logEvent({
        message,
        event: { action: REMOVAL_EVENT_ACTION, kind: 'action', category: ['database'], outcome },
        kibana: { space_ids: [spaceId] },
      });
      audit?.log({
        message,
        event: {
          action: 'sentinelone_response_records_removal',
          category: ['database'],
          type: ['deletion'],
          outcome,
        },
        kibana: { space_id: spaceId },
        sentinelone_response: {
          saved_object_type: ACTION_SAVED_OBJECT_TYPE,
          days_kept: daysKept,
          removed,
          failed,
        },
      });
    } catch (problem) {
      log.warn(`The removal of records was not written to the logs: ${String(problem)}`);
    }
  },
});

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
 * Removes records that ended before the retention period of their space; returns their number. Keeps open records,
 * records with a pending automatic release, and the other groups of their action. Searches only spaces with retention
 * settings. Elasticsearch evaluates the period, so that a Kibana node whose clock is ahead removes nothing early. Ends
 * early if `isCancelled` returns true; the next run removes the rest.
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
    // The record contains the time at which its hosts are released.
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
    // The other groups are found through the first one, so it is removed last.
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
