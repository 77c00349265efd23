import type { Logger } from '@kbn/core/server';
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
