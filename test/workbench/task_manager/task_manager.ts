import { randomUUID } from 'node:crypto';
import type { ISavedObjectsRepository, Logger, SavedObject } from '@kbn/core/server';
import type {
  RunResult,
  TaskInstance,
  TaskInstanceWithId,
  TaskRegisterDefinition,
} from '@kbn/task-manager-plugin/server';
import { onlyThese } from '../not_in_the_workbench';
import { SavedObjectsErrorHelpers } from '../saved_objects/errors';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';
import {
  intervalMs,
  TASK_SAVED_OBJECT_TYPE,
  taskOf,
  taskSavedObjectType,
  type TaskAttributes,
} from './task_saved_object';

/** How often (ms) it looks for tasks that are due. Kibana's default is 3 s; tests need not wait. */
const POLL_INTERVAL = 500;
const DEFAULT_TIMEOUT = '5m';

interface TaskManagerPorts {
  readonly savedObjects: SavedObjectsService;
  readonly logger: Logger;
}

/**
 * Task Manager of Kibana 8.12.2 as far as single recurring tasks need it: tasks lie in the store, and a
 * node claims one by an update that only one node can win, so that several nodes over one store run it
 * once. A task whose node died is claimed again when its time-out is over.
 */
export function createTaskManager({ savedObjects, logger }: TaskManagerPorts) {
  savedObjects.registerType(taskSavedObjectType);
  const definitions = new Map<string, TaskRegisterDefinition>();
  const running = new Set<Promise<void>>();
  const ownerId = randomUUID();
  let repository: ISavedObjectsRepository | undefined;
  const store = () =>
    (repository ??= savedObjects.createUncountedRepository([TASK_SAVED_OBJECT_TYPE]));
  const timeoutOf = (taskType: string): number =>
    intervalMs(definitions.get(taskType)?.timeout ?? DEFAULT_TIMEOUT);

  const get = (id: string) => store().get<TaskAttributes>(TASK_SAVED_OBJECT_TYPE, id);
  const update = (
    { id, version }: Pick<SavedObject, 'id' | 'version'>,
    changes: Partial<TaskAttributes>
  ) => store().update<TaskAttributes>(TASK_SAVED_OBJECT_TYPE, id, changes, { version });

  async function schedule({ id, ...task }: TaskInstance & { readonly id?: string }) {
    if (!definitions.has(task.taskType)) {
      throw new Error(
        `Unsupported task type "${task.taskType}". Supported types are ${[...definitions.keys()].join(', ')}`
      );
    }
    if (task.schedule !== undefined) intervalMs(task.schedule.interval);
    const now = new Date().toISOString();
    const attributes: TaskAttributes = {
      taskType: task.taskType,
      ...(task.schedule === undefined ? {} : { schedule: task.schedule }),
      params: JSON.stringify(task.params),
      state: JSON.stringify(task.state),
      status: 'idle',
      attempts: 0,
      scheduledAt: now,
      startedAt: null,
      retryAt: null,
      runAt: task.runAt?.toISOString() ?? now,
      ownerId: null,
    };
    const created = await store().create(TASK_SAVED_OBJECT_TYPE, attributes, { id });
    return taskOf(created);
  }

  const isDue = ({ status, runAt, retryAt, taskType }: TaskAttributes, now: number): boolean =>
    definitions.has(taskType) &&
    (status === 'idle' ? Date.parse(runAt) <= now : retryAt !== null && Date.parse(retryAt) <= now);

  const afterRun = (
    { attributes }: SavedObject<TaskAttributes>,
    startedAt: number,
    result: RunResult | undefined
  ): Partial<TaskAttributes> => {
    const { interval } = result?.schedule ?? attributes.schedule ?? {};
    const next = interval === undefined ? startedAt : startedAt + intervalMs(interval);
    return {
      status: 'idle',
      ownerId: null,
      startedAt: null,
      retryAt: null,
      runAt: (result?.runAt ?? new Date(next)).toISOString(),
      ...(result === undefined ? {} : { state: JSON.stringify(result.state) }),
    };
  };

  async function run(found: SavedObject<TaskAttributes>): Promise<void> {
    const { taskType, attempts } = found.attributes;
    const startedAt = Date.now();
    const timeout = timeoutOf(taskType);
    const claim: Partial<TaskAttributes> = {
      status: 'running',
      ownerId,
      attempts: attempts + 1,
      startedAt: new Date(startedAt).toISOString(),
      retryAt: new Date(startedAt + timeout).toISOString(),
    };
    let claimed;
    try {
      claimed = await update(found, claim);
    } catch (error) {
      // Another node was quicker.
      if (SavedObjectsErrorHelpers.isConflictError(error)) return;
      throw error;
    }
    const mine = {
      ...found,
      version: claimed.version,
      attributes: { ...found.attributes, ...claim },
    };
    const task = definitions.get(taskType)!.createTaskRunner({ taskInstance: taskOf(mine) });
    const timer = setTimeout(() => void task.cancel?.(), timeout);
    let result: RunResult | undefined;
    try {
      result = (await task.run()) ?? undefined;
    } catch (error) {
      logger.error(`Task ${taskType} "${found.id}" failed: ${String(error)}`);
    } finally {
      clearTimeout(timer);
    }
    const recurs = found.attributes.schedule !== undefined || result?.runAt !== undefined;
    if (!recurs) await store().delete(TASK_SAVED_OBJECT_TYPE, found.id);
    else await update(mine, { ...afterRun(found, startedAt, result), attempts: 0 });
  }

  async function poll(): Promise<void> {
    const { saved_objects: tasks } = await store().find<TaskAttributes>({
      type: TASK_SAVED_OBJECT_TYPE,
      perPage: 100,
    });
    for (const found of tasks) {
      if (!isDue(found.attributes, Date.now())) continue;
      const work: Promise<void> = run(found)
        .catch((error: unknown) => logger.debug(`Task "${found.id}": ${String(error)}`))
        .finally(() => running.delete(work));
      running.add(work);
    }
  }

  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const pollSoon = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      poll()
        .catch((error: unknown) => logger.error(`Tasks were not looked for: ${String(error)}`))
        .finally(pollSoon);
    }, POLL_INTERVAL);
    timer.unref();
  };

  return {
    setup: onlyThese('taskManager (setup)', {
      registerTaskDefinitions(added: Readonly<Record<string, TaskRegisterDefinition>>) {
        for (const [type, definition] of Object.entries(added)) {
          if (definitions.has(type)) throw new Error(`Task ${type} is already defined!`);
          definitions.set(type, definition);
        }
      },
    }),
    start: onlyThese('taskManager (start)', {
      schedule,
      async ensureScheduled(task: TaskInstanceWithId) {
        try {
          return await schedule(task);
        } catch (error) {
          if (SavedObjectsErrorHelpers.isConflictError(error)) return task;
          throw error;
        }
      },
      async runSoon(id: string) {
        const found = await get(id);
        if (found.attributes.status === 'running') {
          throw new Error(`Failed to run task "${id}" as it is currently running`);
        }
        const now = new Date().toISOString();
        try {
          await update(found, { status: 'idle', scheduledAt: now, runAt: now });
        } catch (error) {
          // As in Kibana: somebody has just claimed it, so it runs.
          if (!SavedObjectsErrorHelpers.isConflictError(error)) throw error;
        }
        return { id };
      },
      get: async (id: string) => taskOf(await get(id)),
      remove: (id: string) => store().delete(TASK_SAVED_OBJECT_TYPE, id),
      async removeIfExists(id: string) {
        try {
          await store().delete(TASK_SAVED_OBJECT_TYPE, id);
        } catch (error) {
          if (!SavedObjectsErrorHelpers.isNotFoundError(error)) throw error;
        }
      },
    }),
    /** From when everything has started. */
    startPolling: pollSoon,
    /** Looks for no more tasks, and waits for those that run. */
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await Promise.allSettled([...running]);
    },
  };
}
