import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { hasEnded, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import type { HostAction } from '../sentinelone_client/host_action';
import { applyLocks, describeOthers, type LockedHostsPorts } from './apply_locks';
import { recordsOf } from './build_records';
import type { Progress } from './merge_by_agent';
import { withPendingOpposites } from './pending_opposites';
import { agentsToSend, planAction, type ActionRequest } from './plan_action';
import type { AuditLog, HostLock, HostLocks, LocksReadAhead, RecordStore } from './ports';
import {
  recordWhenLocked,
  recordWhileLocking,
  type Planned,
  type Recording,
  type SaveRecords,
} from './recording';
import { refuseRequest, type RefuseRequestPorts } from './refused_requests';
import { agentsSentTo, sendAndRecord } from './send_commands';

/**
 * Performs one action on hosts: look up, apply guards, lock and write the record, send, write the
 * results and release the locks.
 */

export interface ActionPorts extends RefuseRequestPorts, LockedHostsPorts {
  readonly hostAction: HostAction;
  readonly records: RecordStore;
  readonly hostLocks: HostLocks;
  readonly auditLog: Pick<AuditLog, 'attempted' | 'ended'>;
  /** The host locks, where reading them has begun before. The hosts are looked up afterwards. */
  readonly locksAhead?: Promise<LocksReadAhead>;
  /** Those of these alerts that the caller was not seen to be able to read. Never rejects. */
  readonly unverifiedAlerts?: (alertIds: readonly string[]) => Promise<readonly string[]>;
  /** Called when a record stays open, so that status reconciliation runs soon. */
  readonly leftOpen: () => void;
}

/**
 * Isolates or releases the hosts of `request`. Returns each host's outcome; no fault of SentinelOne
 * throws. Throws only if the hosts could not be locked or the record could not be written; then nothing was sent.
 */
export async function performAction(
  request: ActionRequest,
  ports: ActionPorts
): Promise<ActionResult> {
  if (request.refuseAll !== undefined) return refuseRequest(request, request.refuseAll, ports);
  const { beforeSending, clock, records } = ports;
  return perform(request, ports, (checked) =>
    // The last check needs the locks, and may exclude every host.
    beforeSending === undefined
      ? recordWhileLocking(checked, ports)
      : recordWhenLocked((...planned) => records.create(recordsOf(checked, ...planned)), clock)
  );
}

/**
 * Like `performAction`, for an action whose records `save` writes: once the hosts are checked and locked, and before
 * anything is sent. Throws what `save` throws; then nothing was sent.
 */
export const performRecordedAction = (
  request: ActionRequest,
  ports: ActionPorts,
  save: SaveRecords
): Promise<ActionResult> => perform(request, ports, () => recordWhenLocked(save, ports.clock));

/**
 * Looks the hosts up, and reads beside that what is needed afterwards. If reading the host locks has begun before, it
 * ends before the look-up begins: then the status of a host whose previous lock was released is not outdated.
 */
async function lookUpHosts(
  given: ActionRequest,
  ports: ActionPorts
): Promise<{
  readonly request: ActionRequest;
  readonly progress: readonly Progress[];
  readonly ahead: LocksReadAhead;
  readonly isReadBeforeAgents: boolean;
}> {
  const readBefore = await ports.locksAhead;
  const [progress, ahead, unverifiedAlertIds] = await Promise.all([
    planAction(given, ports),
    readBefore ?? ports.hostLocks.readAhead(given.hosts),
    ports.unverifiedAlerts?.(given.alertIds ?? []),
  ]);
  ports.hostLocks.noteAgents(agentsToSend(progress));
  const request = unverifiedAlertIds === undefined ? given : { ...given, unverifiedAlertIds };
  return { request, progress, ahead, isReadBeforeAgents: readBefore !== undefined };
}

/** What is planned, with the targets of the hosts that the command is sent to. */
const plannedOf = (
  progress: readonly Progress[],
  requestedAt: string,
  { hostAction }: ActionPorts
): Planned => ({ progress, groups: hostAction.targets(agentsToSend(progress)), requestedAt });

/** Hosts of an approved request may have ended before, and have their event. */
const endedWhenWritten =
  ({ updatedAt }: ActionRecord) =>
  (host: RecordedHost): boolean =>
    hasEnded(host) && host.endedAt === updatedAt;

async function perform(
  given: ActionRequest,
  ports: ActionPorts,
  recordingOf: (request: ActionRequest) => Recording
): Promise<ActionResult> {
  const { actionId, action, actor } = given;
  const startedAt = ports.clock();
  const since = new Date(startedAt).toISOString();
  const hostLock: HostLock = { actionId, action, username: actor.username, since };

  const { request, progress: lookedUp, ...locks } = await lookUpHosts(given, ports);
  const recording = recordingOf(request);
  const open = await withPendingOpposites(request, lookedUp, ports, () => true);
  let progress = await describeOthers(request, open, new Map(), ports);
  const alongside = () => recording.begin(plannedOf(progress, since, ports));
  const wanted = agentsToSend(progress).map(({ id }) => id);
  const held =
    wanted.length === 0
      ? undefined
      : await ports.hostLocks
          .take(wanted, hostLock, startedAt, { ...locks, alongside })
          .catch(async (error: unknown) => {
            await recording.abandon(error);
            throw error;
          });
  let sent: readonly string[] = [];
  let isReleased = false;
  try {
    if (held !== undefined) {
      const locked = await applyLocks(request, progress, held, ports);
      const isChanged = locked.some((entry, n) => entry !== progress[n]);
      progress = isChanged ? await describeOthers(request, locked, held.byAgent, ports) : progress;
    }
    const planned = plannedOf(progress, since, ports);
    const stored = await recording.save(planned, held?.wasContested ?? false);
    for (const { record } of stored) {
      ports.auditLog.attempted(record);
      ports.auditLog.ended(record, record.hosts.filter(endedWhenWritten(record)));
    }
    const agents = new Map(agentsToSend(progress).map((agent) => [agent.id, agent]));
    sent = [...agents.keys()];
    const release = async (results: readonly HostResult[]) => {
      isReleased = true;
      await held?.release(agentsSentTo(results, sent));
    };
    const results = await sendAndRecord(request, stored, planned.groups, agents, ports, release);
    if (agents.size > 0) ports.leftOpen();
    return { actionId, hosts: results };
  } finally {
    if (!isReleased) await held?.release(sent);
  }
}
