import { listText } from '../../common/lib/list_text';
import { FirstSeen } from '../lib/first_seen';
import { ConnectorQueue } from '../status_reconciliation/connector_queue';
import type { ReadProblem } from '../status_reconciliation/ports';
import { beginReleases } from './begin_release';
import { followRelease } from './follow_release';
import type { PendingRelease, ReleaseClient, TimedAction } from './ports';
import { postpone, type ReleasePorts } from './timed_action';

/** Sends automatic releases that are due, and follows those that have begun. */

/** Actions that are read, and whose hosts are read, together. */
const AT_ONCE = 50;
/** Releases that become due within this time (ms) decide when the task runs next. */
const LOOK_AHEAD = 60_000;

export interface ReleaseOptions {
  /** Nothing further begins once this returns true. */
  readonly isCancelled?: () => boolean;
  /** What this Kibana node remembers; default: nothing. */
  readonly connectorQueue?: ConnectorQueue;
  readonly starts?: FirstSeen;
}

/** The connector of a space through which it releases, or why there is none to use. */
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

/** Looks at these actions of one space. */
async function lookAt(
  pending: readonly PendingRelease[],
  namespace: string | undefined,
  ports: ReleasePorts,
  starts: FirstSeen,
  isCancelled: () => boolean
): Promise<void> {
  const due: TimedAction[] = [];
  for (const { actionId } of pending) {
    if (isCancelled()) return;
    // Read by id: a search may be a second behind.
    const action = await ports.store.read(actionId, namespace);
    const [first] = action?.groups ?? [];
    const release = first?.automaticRelease;
    if (action === undefined || release?.nextCheckAt == null) continue;
    if (Date.parse(release.nextCheckAt) > ports.clock()) continue;
    if (release.state === 'releasing') await followRelease(action, starts, ports);
    else if (release.state === 'scheduled') due.push(action);
  }
  for (const [tenant, actions] of byTenant(due)) {
    const found = await clientFor(namespace, tenant, ports);
    if (found.ok) await beginReleases(actions, found.client, ports, isCancelled);
    else for (const action of actions) await postpone(action, found.problem, ports);
  }
}

/**
 * Looks at every automatic release whose time has come. Spaces are looked at concurrently; a failure is logged, a slow
 * space continues in the background, and neither delays others. Resolves to when the next one is due (ms since the
 * epoch); undefined for none within a minute. Throws only if the records cannot be searched.
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
          await lookAt(ofSpace.slice(at, at + AT_ONCE), namespace, ports, starts, isCancelled);
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
  // What was looked at has a new time, which a search does not find at once.
  const soon = due.length > 0 ? ports.clock() + 2_000 : undefined;
  const times = [next?.nextCheckAt, soon].filter((time): time is number => time !== undefined);
  return { nextCheck: times.length === 0 ? undefined : Math.min(...times) };
}
