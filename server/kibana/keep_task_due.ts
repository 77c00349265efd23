import type { Logger } from '@kbn/core/server';
import type { TaskManagerStartContract } from '@kbn/task-manager-plugin/server';

/** How often (ms) a node looks when the task is to run next. */
const CHECK_EVERY = 5 * 60_000;

export interface RecurringTask {
  readonly id: string;
  /** The longest time (ms) between two of its runs. */
  readonly longestPause: number;
}

/**
 * Has a task run soon when its next run is further away than it can be. Task Manager schedules by the clock of
 * whichever node ran the task: one whose clock is days ahead would keep the others from running it for days.
 * Returns what stops it. Never throws.
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
      // Twice as long: nodes' clocks always differ a little.
      if (ahead <= 2 * longestPause) return;
      logger.warn(
        `Task ${id} was to run in ${Math.round(ahead / 1_000)} s and runs now: the clocks of Kibana's nodes differ`
      );
      await taskManager.runSoon(id);
    } catch (error) {
      logger.debug(`It is not known when task ${id} runs: ${String(error)}`);
    }
  };
  const timer = setInterval(() => void check(), CHECK_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
