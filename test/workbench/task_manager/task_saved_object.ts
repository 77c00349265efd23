import type { SavedObject, SavedObjectsType } from '@kbn/core/server';
import type { ConcreteTaskInstance } from '@kbn/task-manager-plugin/server';

export const TASK_SAVED_OBJECT_TYPE = 'task';

/** Tasks as Task Manager of Kibana 8.12.2 keeps them (`task-manager-plugin/server/saved_objects`). */
export const taskSavedObjectType: SavedObjectsType = {
  name: TASK_SAVED_OBJECT_TYPE,
  hidden: true,
  namespaceType: 'agnostic',
  mappings: {
    dynamic: false,
    properties: {
      taskType: { type: 'keyword' },
      status: { type: 'keyword' },
      runAt: { type: 'date' },
      retryAt: { type: 'date' },
      ownerId: { type: 'keyword' },
    },
  },
};

type TaskStatus = 'idle' | 'running';

/** A stored task; `params` and `state` are kept as JSON texts, times in ISO 8601. */
export interface TaskAttributes {
  readonly taskType: string;
  readonly schedule?: { readonly interval: string };
  readonly params: string;
  readonly state: string;
  readonly status: TaskStatus;
  readonly attempts: number;
  readonly scheduledAt: string;
  readonly startedAt: string | null;
  readonly retryAt: string | null;
  readonly runAt: string;
  readonly ownerId: string | null;
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

export function taskOf({
  id,
  version,
  attributes,
}: SavedObject<TaskAttributes>): ConcreteTaskInstance {
  const { params, state, scheduledAt, startedAt, retryAt, runAt, ...rest } = attributes;
  return {
    ...rest,
    id,
    ...(version === undefined ? {} : { version }),
    params: JSON.parse(params) as Record<string, unknown>,
    state: JSON.parse(state) as Record<string, unknown>,
    scheduledAt: new Date(scheduledAt),
    startedAt: dateOf(startedAt),
    retryAt: dateOf(retryAt),
    runAt: new Date(runAt),
  };
}

const UNITS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `30s`, `5m` and the like in ms; throws Kibana's error for anything else. */
export function intervalMs(interval: string): number {
  const [, count, unit] = /^([1-9]\d*)([smhd])$/.exec(interval) ?? [];
  if (count === undefined || unit === undefined) {
    throw new Error(
      `Invalid interval "${interval}". Intervals must be of the form {number}m. Example: 5m.`
    );
  }
  return Number(count) * UNITS[unit]!;
}
