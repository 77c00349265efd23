import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HandledHost } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { isCoveredByRelease } from '../../common/actions/release_coverage';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';
import { wasAccepted } from '../response_actions/host_result';
import type { HostLock } from '../response_actions/ports';
import type { LaterRecord, ReadProblem } from '../status_reconciliation/ports';
import type { AgentReading } from '../status_reconciliation/resolve_outcome';

/** Which hosts of a timed action still have to be released. Makes no requests. */

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

/** What is known of one covered host when its release is due. */
export interface KnownHost {
  readonly isolation: Pick<ActionRecord, 'actionId' | 'action' | 'sortKey' | 'requestedAt'>;
  readonly host: Covered;
  readonly reading: AgentReading;
  /** The last lock on the host under which something was sent. */
  readonly lastLock: HostLock | undefined;
  /** Records that name the host and were written after that of the isolation. */
  readonly later: readonly LaterRecord[];
  /** Ids of the releases that were sent for this isolation. */
  readonly ownActionIds: ReadonlySet<string>;
  /** Activities of the host since the isolation was requested, oldest first. */
  readonly activities: readonly NetworkActivity[];
}

/**
 * - `send`: the host is still isolated by this action, or nothing says otherwise.
 * - `handled`: nothing has to be sent.
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
  kind: 'released' | 'isolated_again',
  by: { readonly username?: string; readonly actionId?: string } = {}
): Decision => ({ kind: 'handled', by: { kind, ...by } });

/** Whether the request of this record changed the host, or found it as requested. */
export const hadEffect = ({ hosts }: LaterRecord, agentId: string): boolean =>
  hosts.some(
    (host) => host.agentId === agentId && (wasAccepted(host) || host.outcome === 'unchanged')
  );

/** Whether the record says that nothing was sent to the host under its action. */
const wasNotSent = ({ hosts }: LaterRecord, agentId: string): boolean =>
  hosts.some(
    ({ agentId: id, outcome, reason }) =>
      id === agentId &&
      (outcome === 'refused' ||
        (outcome === 'failed' && reason !== undefined && REASON_CATALOG[reason].sent === 'no'))
  );

/** What users did to the host through this plugin since it was isolated; undefined for nothing. */
function decisionByRecords({
  isolation: { actionId, action, sortKey },
  host: { agentId, replacesReleaseOf },
  lastLock,
  later,
  ownActionIds,
}: KnownHost): Decision | undefined {
  const { opposite } = ACTION_DEFINITIONS[action];
  const isOwn = (id: string): boolean =>
    id === actionId || id === replacesReleaseOf || ownActionIds.has(id);
  const others = later.filter(
    (record) =>
      record.sortKey > sortKey &&
      !isOwn(record.actionId) &&
      (record.action === action || record.action === opposite)
  );
  const latest = [...others].reverse().find((record) => hadEffect(record, agentId));
  const open = others.find(({ hosts }) =>
    hosts.some((host) => host.agentId === agentId && host.outcome === 'pending')
  );
  if (latest !== undefined) {
    const by = { username: latest.actor.username, actionId: latest.actionId };
    // An unchanged release found the host released.
    return handledAs(latest.action === action ? 'isolated_again' : 'released', by);
  }
  if (open !== undefined) {
    return { kind: 'wait', problem: { reason: 'in_flight' } };
  }
  if (lastLock === undefined || isOwn(lastLock.actionId)) return undefined;
  const record = others.find((one) => one.actionId === lastLock.actionId);
  if (record !== undefined && wasNotSent(record, agentId)) return undefined;
  const by = { username: lastLock.username, actionId: lastLock.actionId };
  return handledAs(lastLock.action === action ? 'isolated_again' : 'released', by);
}

/**
 * Whether SentinelOne's activities show that the host left the isolation and was isolated again, by somebody outside
 * Kibana. A host that this action isolated reports that first: what an earlier release reported late does not count.
 */
function wasIsolatedAgain({ isolation, host, activities }: KnownHost): boolean {
  const kinds = ACTION_DEFINITIONS[isolation.action].activities;
  if (kinds === undefined) return false;
  const { reached, reverted } = kinds;
  const wasIsolatedBefore = host.outcome === 'unchanged';
  const first = wasIsolatedBefore ? 0 : activities.findIndex(({ kind }) => kind === reached) + 1;
  return (
    (wasIsolatedBefore || first > 0) &&
    activities.slice(first).some(({ kind }) => kind === reverted)
  );
}

/** Decides about one host. What SentinelOne reports comes before records. */
export function decide(known: KnownHost): Decision {
  const { isolation, reading } = known;
  if (reading.kind === 'unread') return { kind: 'wait', problem: reading.problem };
  const byRecords = decisionByRecords(known);
  if (byRecords?.kind === 'handled') return byRecords;
  if (reading.kind === 'agent') {
    const { opposite } = ACTION_DEFINITIONS[isolation.action];
    const { kind } = ACTION_DEFINITIONS[opposite].read(reading.agent);
    if (kind === 'reached' || kind === 'in_progress') return handledAs('released');
  }
  if (byRecords !== undefined) return byRecords;
  return wasIsolatedAgain(known) ? handledAs('isolated_again') : { kind: 'send' };
}
