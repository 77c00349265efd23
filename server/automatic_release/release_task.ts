import type { Logger } from '@kbn/core/server';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';
import { keepTaskDue } from '../kibana/keep_task_due';
import { FirstSeen } from '../lib/first_seen';
import { ConnectorQueue } from '../status_reconciliation/connector_queue';
import { releaseDue } from './release_due';
import type { ReleasePorts } from './timed_action';

/** The task of a deployment that sends automatic releases. Task Manager runs it on one Kibana node at a time. */
export const RELEASE_TASK = 'sentineloneResponse:automatic-release';

/** How often (ms) the task searches for releases that become due. */
const IDLE_PAUSE = 60_000;
/** Longer than a run takes: see the status reconciliation task. */
const TIMEOUT = '3m';

export interface ReleaseTask {
  /** Schedules the task if it is missing. Call once Kibana has started. Never throws. */
  start(taskManager: TaskManagerStartContract): Promise<void>;
  stop(): void;
}

/** Registers the task; `portsReady` resolves once Kibana has started. */
export function releaseTask(
  taskManager: TaskManagerSetupContract,
  portsReady: () => Promise<ReleasePorts>,
  logger: Logger
): ReleaseTask {
  const connectorQueue = new ConnectorQueue();
  const starts = new FirstSeen();
  taskManager.registerTaskDefinitions({
    [RELEASE_TASK]: {
      title: 'SentinelOne Response: release hosts whose isolation ends automatically',
      timeout: TIMEOUT,
      createTaskRunner: () => {
        let isCancelled = false;
        return {
          async run() {
            const ports = await portsReady();
            const { nextCheck } = await releaseDue(ports, {
              isCancelled: () => isCancelled,
              connectorQueue,
              starts,
            });
            const latest = ports.clock() + IDLE_PAUSE;
            return { state: {}, runAt: new Date(Math.min(nextCheck ?? latest, latest)) };
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
      const task = { id: RELEASE_TASK, longestPause: IDLE_PAUSE };
      stopKeepingDue = keepTaskDue(manager, task, logger);
      try {
        await manager.ensureScheduled({
          id: RELEASE_TASK,
          taskType: RELEASE_TASK,
          schedule: { interval: `${IDLE_PAUSE / 1000}s` },
          params: {},
          state: {},
        });
      } catch (error) {
        logger.error(`The automatic release task could not be scheduled: ${String(error)}`);
      }
    },
    stop: () => stopKeepingDue?.(),
  };
}
