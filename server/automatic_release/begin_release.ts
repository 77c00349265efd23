import { sortKeyOf, timeOfSortKey } from '../../common/actions/record';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { HostResult } from '../../common/actions/outcome';
import type { Agent } from '../../common/hosts/agent';
import { DueRelease } from '../sentinelone_client/due_release';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import { namedBySentinelOne } from '../response_actions/guards';
import { performAction, type ActionPorts } from '../response_actions/perform_action';
import type { HostLock, StoredHostLock } from '../response_actions/ports';
import type { FirstSeen } from '../lib/first_seen';
import type { LaterRecord, ReadProblem } from '../status_reconciliation/ports';
import type { AgentReading } from '../status_reconciliation/resolve_outcome';
import type { ReleaseClient, TimedAction } from './ports';
import { activitiesSince, CLOCKS_APART, decide, hostsLeft, type Decision } from './release_hosts';
import {
  releaseRequestOf,
  isoNow,
  postpone,
  releaseOf,
  withHandled,
  writeEnd,
  type ReleasePorts,
} from './timed_action';
import { releaseActionIdOf, releaseActionIdsOf } from './release_schedule';

/** Sends the due releases of one connector. */

/** The data about the hosts of several actions, from SentinelOne, records and host locks. */
interface KnownState {
  readonly readings: ReadonlyMap<string, AgentReading>;
  readonly later: readonly LaterRecord[];
  readonly lastLocks: ReadonlyMap<string, StoredHostLock>;
  readonly activities: readonly NetworkActivity[];
}

type Read =
  | { readonly ok: true; readonly value: KnownState }
  | { readonly ok: false; readonly problem: ReadProblem };

/**
 * Whether the decision is possible without activities: they are optional for a token that may not read them. After an
 * outage, the task tries again.
 */
const isLasting = ({ reason }: ReadProblem): boolean =>
  REASON_CATALOG[reason].retryHelps !== 'soon';

/** Reads the data about the hosts of several actions, with as few calls as for one action. */
async function readHosts(
  actions: readonly TimedAction[],
  { reader }: ReleaseClient,
  ports: ReleasePorts
): Promise<Read> {
  const ids = [
    ...new Set(actions.flatMap(({ groups }) => hostsLeft(groups).map(({ agentId }) => agentId))),
  ];
  const firsts = actions.map(({ groups: [first] }) => first);
  const { tenant } = firsts[0]!;
  const { agents, failed } = await reader.agents(ids);
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const readings = new Map(
    ids.map((id): [string, AgentReading] => {
      const agent = byId.get(id);
      if (agent !== undefined) return [id, { kind: 'agent', agent }];
      const problem = failed.get(id);
      return [id, problem === undefined ? { kind: 'absent' } : { kind: 'unread', problem }];
    })
  );
  // After the agents: an action whose effect is visible on an agent locked that agent before.
  const lastLocks = new Map<string, StoredHostLock>();
  for (const property of new Set(firsts.map(({ action }) => ACTION_DEFINITIONS[action].property))) {
    for (const [id, lock] of await ports.hostLocksOf(tenant).lastOn(ids, property)) {
      lastLocks.set(id, lock);
    }
  }
  const oldest = timeOfSortKey(Math.min(...firsts.map(({ sortKey }) => sortKey)));
  const later = await ports.laterActionsOn(
    tenant,
    ids,
    sortKeyOf(new Date(oldest - CLOCKS_APART).toISOString(), '', 0)
  );
  const present = ids.filter((id) => byId.has(id));
  const since = activitiesSince(firsts.map(({ requestedAt }) => requestedAt).sort()[0]!);
  const read = present.length === 0 ? undefined : await reader.networkActivities(present, since);
  if (read !== undefined && !read.ok && !isLasting(read.problem)) {
    return { ok: false, problem: read.problem };
  }
  const activities = read?.ok === true ? read.value : [];
  return { ok: true, value: { readings, later, lastLocks, activities } };
}

/** Decides what to do with each remaining host. */
function decisionsFor(
  action: TimedAction,
  { readings, later, lastLocks, activities }: KnownState,
  starts: FirstSeen,
  { clock, nodeStoppedAfter }: Pick<ReleasePorts, 'clock' | 'nodeStoppedAfter'>
): ReadonlyMap<string, Decision> {
  const { groups } = action;
  const [isolation] = groups;
  const { attempts } = releaseOf(action);
  const ownActionIds = releaseActionIdsOf(isolation.actionId, attempts);
  const now = clock();
  const mayBeRunning = ({ actionId, since }: HostLock): boolean =>
    now - starts.of(actionId, Date.parse(since), now) < nodeStoppedAfter;
  return new Map(
    hostsLeft(groups).map((host): [string, Decision] => {
      const { agentId } = host;
      const lastLock = lastLocks.get(agentId);
      const reading = readings.get(agentId)!;
      return [
        agentId,
        decide({
          ...{ isolation, host, reading, ownActionIds },
          lastLock,
          mayBeRunning: lastLock !== undefined && mayBeRunning(lastLock),
          later: later.filter(({ hosts }) => hosts.some((one) => one.agentId === agentId)),
          activities: activities.filter(
            (one) => one.agentId === agentId && one.at >= activitiesSince(isolation.requestedAt)
          ),
        }),
      ];
    })
  );
}

/** Excludes hosts on which another action started between the decision and the lock. */
const lastCheck =
  (
    ownActionIds: ReadonlySet<string>,
    seenLocks: ReadonlyMap<string, HostLock>
  ): NonNullable<ActionPorts['beforeSending']> =>
  async (agents, lastLocks) =>
    new Map(
      agents.flatMap((agent: Agent): Array<[string, HostResult]> => {
        const lock = lastLocks.get(agent.id);
        const isKnown =
          lock === undefined ||
          ownActionIds.has(lock.actionId) ||
          lock.actionId === seenLocks.get(agent.id)?.actionId;
        if (isKnown) return [];
        const detail = `${lock.username} started to ${ACTION_DEFINITIONS[lock.action].words.verb} it at ${lock.since}`;
        return [
          [
            agent.id,
            { ...namedBySentinelOne(agent), outcome: 'refused', reason: 'superseded', detail },
          ],
        ];
      })
    );

async function send(
  action: TimedAction,
  agentIds: readonly string[],
  known: KnownState,
  client: ReleaseClient,
  ports: ReleasePorts
): Promise<void> {
  const [first] = action.groups;
  const release = releaseOf(action);
  const began = ports.clock();
  const due = DueRelease.of(action.groups, began);
  if (due === undefined) return;
  const actionId = releaseActionIdOf(first.actionId, release.attempts);
  const own = new Set([
    first.actionId,
    ...releaseActionIdsOf(first.actionId, release.attempts),
    ...action.groups.flatMap(({ hosts }) => hosts.flatMap((host) => host.replacesReleaseOf ?? [])),
  ]);
  const auditLog = ports.auditLogOf(action.namespace);
  await performAction(releaseRequestOf(action, agentIds, actionId), {
    hostAction: client.open(due, began),
    records: ports.recordsOf(action.namespace),
    hostLocks: ports.hostLocksOf(first.tenant),
    auditLog,
    refusedRequests: {
      add: async () => {
        throw new Error('An automatic release is never refused as a whole');
      },
    },
    beforeSending: lastCheck(own, known.lastLocks),
    leftOpen: ports.sent,
    clock: ports.clock,
    log: ports.log,
  });
}

/** Begins the release of the remaining hosts of one action, once. Ends it if no host remains. */
async function beginReleaseOfRecord(
  action: TimedAction,
  known: KnownState,
  client: ReleaseClient,
  starts: FirstSeen,
  ports: ReleasePorts
): Promise<void> {
  const decisions = decisionsFor(action, known, starts, ports);
  const now = isoNow(ports);
  const handled = new Map(
    [...decisions].flatMap(([id, decision]) =>
      decision.kind === 'handled' ? [[id, decision.by] as const] : []
    )
  );
  const handledHosts = withHandled(action, handled, now);
  const ids = [...decisions].flatMap(([id, { kind }]) => (kind === 'send' ? [id] : []));
  const [waiting] = [...decisions.values()].flatMap((decision) =>
    decision.kind === 'wait' ? [decision.problem] : []
  );
  if (ids.length === 0) {
    if (waiting !== undefined) return postpone(action, waiting, ports, { handledHosts });
    await writeEnd(action, handledHosts, ports);
    return;
  }
  const release = releaseOf(action);
  const attempts = release.attempts + 1;
  const claimed: TimedAction = {
    ...action,
    groups: [
      {
        ...action.groups[0],
        handledHosts,
        automaticRelease: {
          ...release,
          state: 'releasing',
          attempts,
          releaseActionId: releaseActionIdOf(action.groups[0].actionId, attempts),
          beganAt: now,
          tries: 0,
          problem: null,
          nextCheckAt: new Date(ports.clock() + 2_000).toISOString(),
        },
      },
      ...action.groups.slice(1),
    ],
  };
  const { automaticRelease } = claimed.groups[0];
  // Only one node can write this. After that, the release can no longer be changed or cancelled.
  const written = await ports.store.update(action, { handledHosts, automaticRelease });
  if (written === 'conflict') return;
  await send(claimed, ids, known, client, ports);
}

/**
 * Begins the due releases of these actions, which belong to one tenant. `client` is connected to that tenant. `starts`
 * belongs to this Kibana node.
 */
export async function beginReleases(
  actions: readonly TimedAction[],
  client: ReleaseClient,
  starts: FirstSeen,
  ports: ReleasePorts,
  isCancelled: () => boolean
): Promise<void> {
  const read = await readHosts(actions, client, ports);
  for (const action of actions) {
    if (isCancelled()) return;
    try {
      if (!read.ok) await postpone(action, read.problem, ports);
      else await beginReleaseOfRecord(action, read.value, client, starts, ports);
    } catch (error) {
      const { actionId } = action.groups[0];
      ports.log.warn(`The automatic release of action ${actionId} failed: ${String(error)}`);
    }
  }
}
