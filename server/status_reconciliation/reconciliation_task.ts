import type { Logger } from '@kbn/core/server';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';
import { keepTaskDue } from '../kibana/keep_task_due';
import { FirstSeen } from '../lib/first_seen';
import { NOT_FOUND, statusOf } from '../lib/typed_error';
import { reconcile, type ReconcilePorts } from './reconcile';
import { ConnectorQueue } from './connector_queue';

/** The one task of a deployment that settles; Task Manager gives it to one Kibana node at a time. */
export const RECONCILIATION_TASK = 'sentineloneResponse:settle';

/** How often (ms) it looks for open records when none is known: one search. */
const IDLE_PAUSE = 60_000;
/**
 * Longer than looking takes, or Task Manager would throw away what a run has learnt. When a node dies
 * while it looks, another one takes over after this long.
 */
const TIMEOUT = '3m';

/** A search sees a record only a second after it was written (ms). */
const RUN_SOON_AFTER = 1_200;
/** Pause (ms) before trying again to have the task run soon, while it is running. */
const RUN_SOON_AGAIN_AFTER = 2_000;
const RUN_SOON_TRIES = 30;

export interface ReconciliationTask {
  /** Once Kibana has started: makes sure that the task is there. Never throws. */
  start(taskManager: TaskManagerStartContract): Promise<void>;
  /** Has it run within seconds. Returns at once, and never throws. */
  soon(): void;
  stop(): void;
}

/** Registers the task; `portsReady` resolves once Kibana has started. */
export function reconciliationTask(
  taskManager: TaskManagerSetupContract,
  portsReady: () => Promise<ReconcilePorts>,
  logger: Logger
): ReconciliationTask {
  const connectorQueue = new ConnectorQueue();
  const starts = new FirstSeen();
  taskManager.registerTaskDefinitions({
    [RECONCILIATION_TASK]: {
      title: 'SentinelOne Response: find out how actions on hosts ended',
      timeout: TIMEOUT,
      createTaskRunner: ({ taskInstance }) => {
        let isCancelled = false;
        return {
          async run() {
            const ports = await portsReady();
            const { lastLook: before } = taskInstance.state;
            const { lastLook, nextLook } = await reconcile(
              typeof before === 'number' ? before : undefined,
              ports,
              { isCancelled: () => isCancelled, connectorQueue, starts }
            );
            const latest = ports.clock() + IDLE_PAUSE;
            return {
              state: lastLook === undefined ? {} : { lastLook },
              runAt: new Date(Math.min(nextLook ?? latest, latest)),
            };
          },
          async cancel() {
            isCancelled = true;
          },
        };
      },
    },
  });

  let started: TaskManagerStartContract | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let stopKeepingDue: (() => void) | undefined;

  const ensure = (manager: TaskManagerStartContract) =>
    manager.ensureScheduled({
      id: RECONCILIATION_TASK,
      taskType: RECONCILIATION_TASK,
      schedule: { interval: `${IDLE_PAUSE / 1000}s` },
      params: {},
      state: {},
    });

  const requestRunAfter = (pause: number, left: number): void => {
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(() => void requestRun(left), pause);
    timer.unref();
  };

  async function requestRun(left: number): Promise<void> {
    timer = undefined;
    if (started === undefined) return;
    try {
      await started.runSoon(RECONCILIATION_TASK);
    } catch (error) {
      // It is running, and may have searched too early for what was written since.
      logger.debug(`The settling task could not be run at once: ${String(error)}`);
      if (statusOf(error) === NOT_FOUND) await ensure(started).catch(() => undefined);
      if (left > 0) requestRunAfter(RUN_SOON_AGAIN_AFTER, left - 1);
    }
  }

  return {
    async start(manager) {
      started = manager;
      const task = { id: RECONCILIATION_TASK, longestPause: IDLE_PAUSE };
      stopKeepingDue = keepTaskDue(manager, task, logger);
      try {
        await ensure(manager);
      } catch (error) {
        logger.error(`The settling task could not be scheduled: ${String(error)}`);
      }
    },
    soon: () => requestRunAfter(RUN_SOON_AFTER, RUN_SOON_TRIES),
    stop() {
      isStopped = true;
      stopKeepingDue?.();
      clearTimeout(timer);
    },
  };
}
