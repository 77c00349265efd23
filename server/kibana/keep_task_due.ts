import type { Logger } from '@kbn/core/server';
import type { TaskManagerStartContract } from '@kbn/task-manager-plugin/server';

/** Interval (ms) at which a node checks the task's next run. */
const CHECK_EVERY = 5 * 60_000;

export interface RecurringTask {
  readonly id: string;
  /** The longest time (ms) between two runs. */
  readonly longestPause: number;
}

/**
 * Runs a task soon if its next run is later than its schedule allows. Task Manager schedules by the clock of the node
 * that ran the task. A clock that is days ahead would prevent other nodes from running it for days. Returns a function
 * that stops the check. Never throws.
 */
export function keepTaskDue(
  taskManager: Pick<TaskManagerStartContract, 'get' | 'runSoon'>,
  { id, longestPause }: RecurringTask,
  logger: Pick<Logger, 'debug' | 'warn'>,
  clock: () => number = Date.now
): () => void {
  const check = async (): Promise<void> => {
    try {
      const { runAt } = await taskManager.get(id);
      const ahead = runAt.getTime() - clock();
      // Twice as long, because clocks of nodes differ slightly.
      if (ahead <= 2 * longestPause) return;
      logger.warn(
        `Task ${id} was to run in ${Math.round(ahead / 1_000)} s and runs now: the clocks of Kibana's nodes differ`
      );
      await taskManager.runSoon(id);
    } catch (error) {
      logger.debug(`The next run of task ${id} could not be read: ${String(error)}`);
    }
  };
  const timer = setInterval(() => void check(), CHECK_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
