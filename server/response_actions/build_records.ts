import { newAutomaticRelease } from '../../common/actions/automatic_release';
import {
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import type { ExactTargets } from '../sentinelone_client/host_action';
import type { Progress } from './merge_by_agent';
import { agentsToSend, isAwaiting, type ActionRequest } from './plan_action';
import { namedBySentinelOne } from './guards';
import { MINUTE } from '../../common/lib/constants';
import { withEnd } from './host_result';

/** The overridden protection of the hosts of one write; undefined if none of them is protected. */
function overrideIn(
  { override }: ActionRequest,
  progress: readonly Progress[],
  agentIds: readonly string[]
): ActionRecord['override'] {
  if (override?.kind !== 'granted') return undefined;
  const hosts = progress.flatMap((entry) =>
    entry.kind === 'send' && entry.overrides !== undefined && agentIds.includes(entry.agent.id)
      ? [{ agentId: entry.agent.id, ...entry.overrides }]
      : []
  );
  return hosts.length === 0 ? undefined : { comment: override.comment, hosts };
}

/** Returns the request for approval of the hosts that need it, made at `requestedAt`; undefined if there are none. */
function approvalOf(
  { approval, releaseAt }: ActionRequest,
  progress: readonly Progress[],
  requestedAt: string
): ActionRecord['approval'] {
  const hosts = progress
    .filter(isAwaiting)
    .map(({ agent, protectedBy }) => ({ agentId: agent.id, ...protectedBy }));
  if (hosts.length === 0 || approval?.kind !== 'requested') return undefined;
  const expiresAt = Date.parse(requestedAt) + approval.expiresAfterMinutes * MINUTE;
  const { releaseAfterMinutes } = approval;
  return {
    ...{ requestedAt, expiresAt: new Date(expiresAt).toISOString(), hosts },
    ...(releaseAfterMinutes === undefined
      ? releaseAt === undefined
        ? {}
        : { releaseAt }
      : { releaseAfterMinutes }),
  };
}

/**
 * Returns the automatic end of the action; empty if the action takes effect on no host. The first record contains it
 * for all hosts; the others have a copy. For hosts that need approval, its time begins with the approval.
 */
function automaticReleaseOf(
  { releaseAt, actor }: ActionRequest,
  progress: readonly Progress[]
): Pick<ActionRecord, 'releaseAt' | 'automaticRelease'> {
  const isNeeded = progress.some(
    (entry) =>
      entry.kind === 'send' ||
      (entry.kind === 'end' && entry.result.replacesReleaseOf !== undefined)
  );
  if (releaseAt === undefined || !isNeeded) return {};
  return { releaseAt, automaticRelease: newAutomaticRelease(releaseAt, actor.username) };
}

/**
 * Returns the records of the whole action: one per write, and one for the hosts that need approval. All other hosts are
 * in the first. `now` is the time of writing.
 */
export function recordsOf(
  request: ActionRequest,
  progress: readonly Progress[],
  groups: readonly ExactTargets[],
  requestedAt: string,
  now: string
): readonly ActionRecord[] {
  const ended = progress.flatMap((entry) =>
    entry.kind === 'end' ? [withEnd(entry.result, now)] : []
  );
  const agents = new Map(agentsToSend(progress).map((agent) => [agent.id, agent]));
  const awaiting = progress.filter(isAwaiting).map(({ agent }): RecordedHost => ({
    ...namedBySentinelOne(agent),
    outcome: 'awaiting_approval',
  }));
  const approval = approvalOf(request, progress, requestedAt);
  const count = Math.max(1, groups.length + (awaiting.length === 0 ? 0 : 1));
  const { unverifiedAlertIds = [] } = request;
  return Array.from({ length: count }, (_, group): ActionRecord => {
    const agentIds = groups[group]?.agentIds ?? [];
    const override = overrideIn(request, progress, agentIds);
    const pending = agentIds.map((id): RecordedHost => ({
      ...namedBySentinelOne(agents.get(id)!),
      outcome: 'pending',
    }));
    // Hosts that need approval are in the first group if there is no write, and otherwise in the last group.
    const isForApproval = group === groups.length;
    const hosts = [...pending, ...(isForApproval ? awaiting : []), ...(group === 0 ? ended : [])];
    const record: ActionRecord = {
      actionId: request.actionId,
      group,
      groups: count,
      sortKey: sortKeyOf(now, request.actionId, group),
      action: request.action,
      state: 'sending',
      connectorId: request.connectorId,
      tenant: request.tenant,
      actor: request.actor,
      comment: request.comment,
      alertIds: request.alertIds ?? [],
      caseIds: request.caseIds ?? [],
      ...(override === undefined ? {} : { override }),
      ...(isForApproval && approval !== undefined ? { approval } : {}),
      ...(unverifiedAlertIds.length === 0 ? {} : { unverifiedAlertIds }),
      ...(request.requestFingerprint === undefined
        ? {}
        : { requestFingerprint: request.requestFingerprint }),
      ...automaticReleaseOf(request, progress),
      ...(request.endsAction === undefined ? {} : { endsAction: request.endsAction }),
      requestedAt,
      updatedAt: now,
      hosts: [],
    };
    return withHosts(record, hosts, now);
  });
}
