import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HandledHost } from '../../common/actions/automatic_release';
import { timeOfSortKey, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import { MINUTE } from '../../common/lib/constants';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import { wasAccepted } from '../response_actions/host_result';
import type { StoredHostLock } from '../response_actions/ports';
import type { LaterRecord, ReadProblem } from '../status_reconciliation/ports';
import type { AgentReading } from '../status_reconciliation/resolve_outcome';
import { foundReleased } from './release_outcome';

/** Decides which hosts of a timed action still have to be released. Makes no requests. */

type Covered = RecordedHost & { readonly agentId: string };

/** The hosts that the automatic release covers and that are not handled yet. */
export function hostsLeft(groups: readonly ActionRecord[]): readonly Covered[] {
  const handled = new Set(groups[0]?.handledHosts?.map(({ agentId }) => agentId));
  return groups
    .flatMap(({ hosts }) => hosts)
    .filter(
      (host): host is Covered => isCoveredByRelease(host) && !handled.has(host.agentId ?? '')
    );
}

/**
 * How far (ms) the clocks of Kibana nodes and of SentinelOne may differ for the order of an isolation and of activities
 * to be known.
 */
export const CLOCKS_APART = MINUTE;

/** The data about one covered host when its release is due. */
export interface KnownHost {
  readonly isolation: Pick<ActionRecord, 'actionId' | 'action' | 'sortKey' | 'requestedAt'>;
  readonly host: Covered;
  readonly reading: AgentReading;
  /** The last lock on the host that is held, or under which a command was sent. */
  readonly lastLock: StoredHostLock | undefined;
  /** Whether the action of that lock may still be running. */
  readonly mayBeRunning: boolean;
  /** Records that contain the host, from `CLOCKS_APART` before the record of the isolation on. */
  readonly later: readonly LaterRecord[];
  /** Ids of the releases that were sent for this isolation. */
  readonly ownActionIds: ReadonlySet<string>;
  /** Activities of the host since `activitiesSince` the isolation was requested, oldest first. */
  readonly activities: readonly NetworkActivity[];
}

/**
 * - `send`: the host is still isolated by this action, or there is no evidence against it.
 * - `handled`: no command is needed.
 * - `wait`: it is not certain yet.
 */
export type Decision =
  | { readonly kind: 'send' }
  | {
      readonly kind: 'handled';
      readonly by: Pick<HandledHost, 'kind' | 'username' | 'actionId'>;
    }
  | { readonly kind: 'wait'; readonly problem: ReadProblem };

const handledAs = (
  kind: Exclude<HandledHost['kind'], 'failed'>,
  by: { readonly username?: string; readonly actionId?: string } = {}
): Decision => ({ kind: 'handled', by: { kind, ...by } });

const IN_FLIGHT: Decision = { kind: 'wait', problem: { reason: 'in_flight' } };

/** Whether the request of this record changed the host, or found it as requested. */
export const hadEffect = ({ hosts }: LaterRecord, agentId: string): boolean =>
  hosts.some(
    (host) => host.agentId === agentId && (wasAccepted(host) || host.outcome === 'unchanged')
  );

const isOpenFor = ({ hosts }: LaterRecord, agentId: string): boolean =>
  hosts.some((host) => host.agentId === agentId && host.outcome === 'pending');

/**
 * Returns the latest action of users on the host through this plugin since its isolation; undefined if there is none.
 */
function decisionByRecords({
  isolation: { actionId, action, sortKey, requestedAt },
  host: { agentId, replacesReleaseOf, requestedBefore },
  lastLock,
  mayBeRunning,
  later,
  ownActionIds,
}: KnownHost): Decision | undefined {
  const { opposite } = ACTION_DEFINITIONS[action];
  const isOwn = (id: string): boolean =>
    id === actionId || id === replacesReleaseOf || ownActionIds.has(id);
  // Commands are sent under the lock. If this action, or its release, locked the host last, then one that another node
  // recorded within the difference of the clocks was sent before. A request that changed nothing needs no lock.
  const isLastToLock =
    lastLock !== undefined &&
    (lastLock.actionId === actionId || ownActionIds.has(lastLock.actionId));
  const wasSentBefore = (record: LaterRecord): boolean =>
    isLastToLock &&
    timeOfSortKey(record.sortKey) - timeOfSortKey(sortKey) <= CLOCKS_APART &&
    record.hosts.some((host) => host.agentId === agentId && wasAccepted(host));
  const others = later.filter(
    (record) =>
      record.sortKey > sortKey &&
      !isOwn(record.actionId) &&
      (record.action === action || record.action === opposite) &&
      !wasSentBefore(record)
  );
  const latest = [...others].reverse().find((record) => hadEffect(record, agentId));
  const open = others.find((record) => isOpenFor(record, agentId));
  if (latest !== undefined) {
    const by = { username: latest.actor.username, actionId: latest.actionId };
    // An unchanged release found the host released.
    return handledAs(latest.action === action ? 'isolated_again' : 'released', by);
  }
  if (open !== undefined) return IN_FLIGHT;
  if (lastLock === undefined || isOwn(lastLock.actionId)) return undefined;
  // An isolation of a host that was isolated already takes no lock, so the last one can be much older.
  const isBefore = Date.parse(lastLock.since) < Date.parse(requestedAt) - CLOCKS_APART;
  if (isBefore) return undefined;
  // It was there when this request found the host isolated.
  const { username, since } = lastLock;
  if (requestedBefore?.requestedAt === since && requestedBefore.username === username) {
    return undefined;
  }
  // Its record shows that it had no effect, or not yet. A node whose clock is behind notes a time before the isolation.
  const ofLock = later.filter((record) => record.actionId === lastLock.actionId);
  if (ofLock.some((record) => isOpenFor(record, agentId))) return IN_FLIGHT;
  if (ofLock.length > 0 && !ofLock.some((record) => hadEffect(record, agentId))) return undefined;
  // Recorded before sent: the node that holds it has sent nothing yet, or stopped before it did.
  if (lastLock.isUnreleased === true) return mayBeRunning ? IN_FLIGHT : undefined;
  const by = { username, actionId: lastLock.actionId };
  return handledAs(lastLock.action === action ? 'isolated_again' : 'released', by);
}

/** Since when (ISO 8601) activities are needed to decide about an action that was requested at `requestedAt`. */
export const activitiesSince = (requestedAt: string): string =>
  new Date(Date.parse(requestedAt) - CLOCKS_APART).toISOString();

/**
 * Whether somebody requested the isolation again, according to SentinelOne's activities. For an agent that is offline
 * they are the only evidence: a command that it has not carried out is replaced by the next one.
 */
function wasRequestedAgain({ isolation, activities }: KnownHost): boolean {
  const kinds = ACTION_DEFINITIONS[isolation.action].activities;
  const latestOwn = Date.parse(isolation.requestedAt) + CLOCKS_APART + COMMAND_DEADLINE;
  return activities.some(({ kind, at }) => kind === kinds?.requested && Date.parse(at) > latestOwn);
}

/**
 * Whether SentinelOne's activities show that the host left the isolation and was isolated again outside Kibana. A host
 * that this action isolated reports its isolation first. So a late report of an earlier release does not count. A
 * Kibana node whose clock is ahead notes a time of the request that lies after that report. A report is not the host's
 * first one if it is later than the time at which Kibana found the host isolated, or if the host, which reported just
 * before the request, took minutes for it.
 */
function wasIsolatedAgain({ isolation, host, activities }: KnownHost): boolean {
  const kinds = ACTION_DEFINITIONS[isolation.action].activities;
  if (kinds === undefined) return false;
  const { requestedAt } = isolation;
  const leftAfter = (time: string): boolean =>
    activities.some(({ kind, at }) => kind === kinds.reverted && at > time);
  if (host.outcome === 'unchanged') return leftAfter(requestedAt);
  const reached = activities.filter(({ kind }) => kind === kinds.reached);
  const before = reached.filter(({ at }) => at < requestedAt).at(-1);
  const first = reached.find(({ at }) => at >= requestedAt);
  const confirmedUntil =
    host.confirmedAt === undefined ? undefined : Date.parse(host.confirmedAt) + CLOCKS_APART;
  const latest = Math.min(
    confirmedUntil ?? Number.POSITIVE_INFINITY,
    before === undefined ? Number.POSITIVE_INFINITY : Date.parse(requestedAt) + 2 * CLOCKS_APART
  );
  if (first !== undefined && Date.parse(first.at) <= latest) return leftAfter(first.at);
  if (before !== undefined) return leftAfter(before.at);
  return confirmedUntil !== undefined && leftAfter(new Date(confirmedUntil).toISOString());
}

/** Decides about one host. Reports of SentinelOne take precedence over records. */
export function decide(known: KnownHost): Decision {
  const { isolation, reading } = known;
  if (reading.kind === 'unread') return { kind: 'wait', problem: reading.problem };
  const byRecords = decisionByRecords(known);
  if (byRecords?.kind === 'handled') return byRecords;
  if (reading.kind === 'agent') {
    const { opposite } = ACTION_DEFINITIONS[isolation.action];
    const { kind } = ACTION_DEFINITIONS[opposite].read(reading.agent);
    if (kind === 'reached' || kind === 'in_progress') {
      const own = known.later.filter(({ actionId }) => known.ownActionIds.has(actionId));
      return handledAs(foundReleased(known.host.agentId, own));
    }
  }
  if (byRecords !== undefined) return byRecords;
  return wasIsolatedAgain(known) || wasRequestedAgain(known)
    ? handledAs('isolated_again')
    : { kind: 'send' };
}
