import { listText } from '../../common/lib/text';
import { FirstSeen } from '../lib/first_seen';
import { ConnectorQueue } from '../status_reconciliation/connector_queue';
import type { ReadProblem } from '../status_reconciliation/ports';
import { beginReleases } from './begin_release';
import type { PendingRelease, ReleaseClient, TimedAction } from './ports';
import {
  postpone,
  type ReleasePorts,
  isoNow,
  releaseOf,
  withHandled,
  writeEnd,
} from './timed_action';
import type { HandledHost } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { hostsLeft } from './release_hosts';
import { hostIn, outcomeOf, storedProblem } from './release_outcome';
import { pauseBeforeAttempt, pauseBeforeCheck, releaseActionIdsOf } from './release_schedule';
import type { Logger } from '@kbn/core/server';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';
import { keepTaskDue } from '../kibana/keep_task_due';

/** Sends automatic releases that are due, and checks the outcome of those that have begun. */

/** The task of a deployment that sends automatic releases. Task Manager runs it on one Kibana node at a time. */
export const RELEASE_TASK = 'sentineloneResponse:automatic-release';

/** How often (ms) the task searches for releases that become due. */
const IDLE_PAUSE = 60_000;
/** Longer than the longest run: see the status reconciliation task. */
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

/** Checks a release that has begun by its own record, which status reconciliation closes. */

/** Schedules the next check. */
async function scheduleNextCheck(
  action: TimedAction,
  problem: ReadProblem | null,
  ports: ReleasePorts
): Promise<void> {
  const release = releaseOf(action);
  await ports.store.update(action, {
    automaticRelease: {
      ...release,
      tries: release.tries + 1,
      problem: problem === null ? null : storedProblem(problem),
      nextCheckAt: new Date(ports.clock() + pauseBeforeCheck(release.tries)).toISOString(),
    },
  });
}

/** There is no record: a node is about to write it, or stopped before it did. */
async function withoutRecord(
  action: TimedAction,
  starts: FirstSeen,
  ports: ReleasePorts
): Promise<void> {
  const { beganAt, releaseActionId } = releaseOf(action);
  const now = ports.clock();
  const began = starts.of(releaseActionId ?? '', Date.parse(beganAt ?? ''), now);
  if (now - began < ports.nodeStoppedAfter) return scheduleNextCheck(action, null, ports);
  const problem = {
    reason: 'interrupted',
    detail: 'Kibana stopped before the release was sent',
  } as const;
  return postpone(action, problem, ports, { pause: 0 });
}

/** The records of the releases before the latest one, if they matter: a host of the latest was released already. */
async function earlierReleases(
  action: TimedAction,
  latest: readonly ActionRecord[],
  { recordsOf }: ReleasePorts
): Promise<readonly ActionRecord[]> {
  const isUnchanged = latest.some(({ hosts }) =>
    hosts.some(({ outcome }) => outcome === 'unchanged')
  );
  if (!isUnchanged) return [];
  const records = recordsOf(action.namespace);
  const ids = releaseActionIdsOf(action.groups[0].actionId, releaseOf(action).attempts - 1);
  const read: ActionRecord[] = [];
  for (const id of ids) read.push(...(await records.get(id)));
  return read;
}

/**
 * The agents that the release was sent to, and the others that are not handled yet. The release itself can end the
 * isolation of a host whose result was not known, so that the isolation does not count as sent any more.
 */
const agentsOf = (action: TimedAction, releases: readonly ActionRecord[]): ReadonlySet<string> =>
  new Set([
    ...hostsLeft(action.groups).map(({ agentId }) => agentId),
    ...releases.flatMap(({ hosts }) => hosts.flatMap(({ agentId }) => agentId ?? [])),
  ]);

/** Checks a release that has begun. `starts` belongs to this Kibana node. */
async function followRelease(
  action: TimedAction,
  starts: FirstSeen,
  ports: ReleasePorts
): Promise<void> {
  const release = releaseOf(action);
  const records = await ports.recordsOf(action.namespace).get(release.releaseActionId ?? '');
  if (records.length === 0) return withoutRecord(action, starts, ports);
  const earlier = await earlierReleases(action, records, ports);
  const handled = new Map<string, Omit<HandledHost, 'agentId' | 'name' | 'at'>>();
  const again: ReadProblem[] = [];
  const open: Array<ReadProblem | null> = [];
  for (const agentId of agentsOf(action, records)) {
    const host: RecordedHost | undefined = hostIn(records, agentId);
    if (host === undefined) {
      // The outcome of this host was not certain when the release began.
      again.push({ reason: 'in_flight' });
      continue;
    }
    const outcome = outcomeOf(host, earlier);
    if (outcome.kind === 'handled') handled.set(agentId, outcome.as);
    else if (outcome.kind === 'again') again.push(outcome.problem);
    else open.push(outcome.problem);
  }
  if (open.length > 0) {
    return scheduleNextCheck(action, open.find((problem) => problem !== null) ?? null, ports);
  }
  const handledHosts = withHandled(action, handled, isoNow(ports));
  const [problem] = again;
  if (problem === undefined) {
    await writeEnd(action, handledHosts, ports);
    return;
  }
  const pause = pauseBeforeAttempt(release.attempts);
  return postpone(action, problem, ports, { handledHosts, pause });
}

/** Actions that are read together with their hosts. */
const AT_ONCE = 50;
/** Releases that become due within this time (ms) decide when the task runs next. */
const LOOK_AHEAD = 60_000;

export interface ReleaseOptions {
  /** No further release begins after this returns true. */
  readonly isCancelled?: () => boolean;
  /** When this Kibana node first saw start times in the future; default: it has seen none. */
  readonly connectorQueue?: ConnectorQueue;
  readonly starts?: FirstSeen;
}

/** The connector that sends the releases of a space, or why there is none. */
async function clientFor(
  namespace: string | undefined,
  tenant: string,
  { connectorsIn, createReleaseClient }: ReleasePorts
): Promise<
  | { readonly ok: true; readonly client: ReleaseClient }
  | { readonly ok: false; readonly problem: ReadProblem }
> {
  const connectors = await connectorsIn(namespace);
  const [only, ...others] = connectors;
  if (only === undefined) return { ok: false, problem: { reason: 'no_connector' } };
  if (others.length > 0) {
    const detail = listText(connectors.map(({ name }) => name));
    return { ok: false, problem: { reason: 'several_connectors', detail } };
  }
  return createReleaseClient(only.id, namespace, tenant);
}

function byTenant(actions: readonly TimedAction[]): ReadonlyMap<string, readonly TimedAction[]> {
  const groups = new Map<string, TimedAction[]>();
  for (const action of actions) {
    const { tenant } = action.groups[0];
    groups.set(tenant, [...(groups.get(tenant) ?? []), action]);
  }
  return groups;
}

/** Processes these actions of one space. */
async function processRelease(
  pending: readonly PendingRelease[],
  namespace: string | undefined,
  ports: ReleasePorts,
  starts: FirstSeen,
  isCancelled: () => boolean
): Promise<void> {
  const due: TimedAction[] = [];
  for (const { actionId } of pending) {
    if (isCancelled()) return;
    // Read by id, because a search may miss changes of the last second.
    const action = await ports.store.read(actionId, namespace);
    if (action === undefined) continue;
    const release = action.groups[0].automaticRelease;
    if (release?.nextCheckAt == null) continue;
    if (Date.parse(release.nextCheckAt) > ports.clock()) continue;
    if (release.state === 'releasing') await followRelease(action, starts, ports);
    else if (release.state === 'scheduled') due.push(action);
  }
  for (const [tenant, actions] of byTenant(due)) {
    const found = await clientFor(namespace, tenant, ports);
    if (found.ok) await beginReleases(actions, found.client, starts, ports, isCancelled);
    else for (const action of actions) await postpone(action, found.problem, ports);
  }
}

/**
 * Processes every automatic release that is due. Spaces are processed concurrently. A failure is logged, a slow space
 * continues in the background, and neither delays others. Resolves to when the next one is due (ms since the epoch);
 * undefined for none within a minute. Throws only if the records cannot be searched.
 */
export async function releaseDue(
  ports: ReleasePorts,
  {
    isCancelled = () => false,
    connectorQueue = new ConnectorQueue(),
    starts = new FirstSeen(),
  }: ReleaseOptions = {}
): Promise<{ readonly nextCheck: number | undefined }> {
  const started = ports.clock();
  const pending = await ports.store.pending(started + LOOK_AHEAD);
  const due = pending.filter(({ nextCheckAt }) => nextCheckAt <= started);
  const bySpace = new Map<string, PendingRelease[]>();
  for (const one of due) {
    const key = one.namespace ?? '';
    bySpace.set(key, [...(bySpace.get(key) ?? []), one]);
  }
  connectorQueue.keepOnly(new Set(bySpace.keys()));
  const all = [...bySpace].map(([key, ofSpace]) => ({
    key,
    async check() {
      const { namespace } = ofSpace[0]!;
      for (let at = 0; at < ofSpace.length && !isCancelled(); at += AT_ONCE) {
        try {
          await processRelease(
            ofSpace.slice(at, at + AT_ONCE),
            namespace,
            ports,
            starts,
            isCancelled
          );
        } catch (error) {
          ports.log.warn(
            `Automatic releases of the space ${namespace ?? 'default'} failed: ${String(error)}`
          );
        }
      }
    },
  }));
  await connectorQueue.run(all, started, isCancelled);
  const next = pending.find(({ nextCheckAt }) => nextCheckAt > started);
  // Processed releases have a new time, which a search does not find at once.
  const soon = due.length > 0 ? ports.clock() + 2_000 : undefined;
  const times = [next?.nextCheckAt, soon].filter((time): time is number => time !== undefined);
  return { nextCheck: times.length === 0 ? undefined : Math.min(...times) };
}
