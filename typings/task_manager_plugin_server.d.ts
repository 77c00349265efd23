/** Kibana 8.12.2; checked against `task-manager-plugin/server/{plugin,task,task_type_dictionary,task_scheduling}.js`. */
declare module '@kbn/task-manager-plugin/server' {
  export interface IntervalSchedule {
    /** For example `30s` or `5m`. */
    readonly interval: string;
  }

  export interface TaskInstance {
    readonly taskType: string;
    readonly params: Record<string, unknown>;
    readonly state: Record<string, unknown>;
    readonly schedule?: IntervalSchedule;
    readonly scope?: string[];
    readonly runAt?: Date;
    readonly enabled?: boolean;
  }

  export interface TaskInstanceWithId extends TaskInstance {
    readonly id: string;
  }

  export interface ConcreteTaskInstance extends TaskInstanceWithId {
    readonly version?: string;
    readonly scheduledAt: Date;
    readonly attempts: number;
    readonly status: 'idle' | 'claiming' | 'running' | 'failed' | 'unrecognized' | 'dead_letter';
    readonly startedAt: Date | null;
    readonly retryAt: Date | null;
    readonly runAt: Date;
    readonly ownerId: string | null;
  }

  export interface RunContext {
    readonly taskInstance: ConcreteTaskInstance;
  }

  export interface RunResult {
    readonly state: Record<string, unknown>;
    readonly runAt?: Date;
    readonly schedule?: IntervalSchedule;
    readonly error?: Error;
  }

  export interface CancellableTask {
    run(): Promise<RunResult | undefined | void>;
    /** Kibana calls it when the task's time is over. */
    cancel?(): Promise<void>;
  }

  export interface TaskRegisterDefinition {
    readonly title?: string;
    readonly description?: string;
    /** `5m` when absent. */
    readonly timeout?: string;
    readonly maxAttempts?: number;
    readonly createTaskRunner: (context: RunContext) => CancellableTask;
  }

  export interface TaskManagerSetupContract {
    /** Throws for a type that is registered already. */
    registerTaskDefinitions(definitions: Readonly<Record<string, TaskRegisterDefinition>>): void;
  }

  export interface TaskManagerStartContract {
    schedule(task: TaskInstance & { readonly id?: string }): Promise<ConcreteTaskInstance>;
    /** Leaves a task of this id as it is, but for its schedule. */
    ensureScheduled(task: TaskInstanceWithId): Promise<TaskInstanceWithId>;
    runSoon(taskId: string): Promise<{ readonly id: string }>;
    get(id: string): Promise<ConcreteTaskInstance>;
    remove(id: string): Promise<unknown>;
    removeIfExists(id: string): Promise<void>;
  }
}
