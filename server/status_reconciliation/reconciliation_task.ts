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

/**
 * The status reconciliation task of a deployment. Task Manager runs it on one Kibana node at a
 * time.
 */
export const RECONCILIATION_TASK = 'sentineloneResponse:status-reconciliation';

/** How often (ms) the task searches for open records when none is known. */
const IDLE_PAUSE = 60_000;
/**
 * Longer than a run takes; otherwise Task Manager discards its result. If a node stops during a
 * run, another node takes over after this time.
 */
const TIMEOUT = '3m';

/** A search finds a record only a second after it was written (ms). */
const RUN_SOON_AFTER = 1_200;
/** Pause (ms) before another attempt to schedule a run, while the task is running. */
const RUN_SOON_AGAIN_AFTER = 2_000;
const RUN_SOON_TRIES = 30;

export interface ReconciliationTaskPorts extends ReconcilePorts {
  /**
   * Adds missing events to Kibana's event log. `stored` is what the last call resolved to: see `completeEventLog`.
   * Never throws.
   */
  readonly completeEventLog: (stored: unknown, isCancelled: () => boolean) => Promise<unknown>;
}

export interface ReconciliationTask {
  /** Schedules the task if it is missing. Call once Kibana has started. Never throws. */
  start(taskManager: TaskManagerStartContract): Promise<void>;
  /** Requests a run within seconds. Returns at once and never throws. */
  soon(): void;
  stop(): void;
}

/** Registers the task; `portsReady` resolves once Kibana has started. */
export function reconciliationTask(
  taskManager: TaskManagerSetupContract,
  portsReady: () => Promise<ReconciliationTaskPorts>,
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
            const { lastCheck: before, eventLog: eventLogBefore } = taskInstance.state;
            const { lastCheck, nextCheck } = await reconcile(
              typeof before === 'number' ? before : undefined,
              ports,
              { isCancelled: () => isCancelled, connectorQueue, starts }
            );
            const nextExpiry = await ports.expireRequests().catch((error: unknown) => {
              logger.warn(`Expired requests for approval could not be ended: ${String(error)}`);
              return undefined;
            });
            const eventLog = await ports.completeEventLog(eventLogBefore, () => isCancelled);
            const latest = ports.clock() + IDLE_PAUSE;
            return {
              state: {
                ...(lastCheck === undefined ? {} : { lastCheck }),
                ...(eventLog === undefined ? {} : { eventLog }),
              },
              runAt: new Date(Math.min(nextCheck ?? latest, nextExpiry ?? latest, latest)),
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
      // The task is running, and its search may have been too early for the new record.
      logger.debug(`The status reconciliation task could not be run at once: ${String(error)}`);
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
        logger.error(`The status reconciliation task could not be scheduled: ${String(error)}`);
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
