import {
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import type { ExactTargets } from '../sentinelone_client/host_action';
import type { Progress } from './merge_by_agent';
import { agentsToSend, type ActionRequest } from './plan_action';
import { namedBySentinelOne } from './guards';
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

/**
 * Records for the whole action: one per write, and the hosts that need no write with the first. `now` is
 * when they are written.
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
  const count = Math.max(1, groups.length);
  const { unverifiedAlertIds = [] } = request;
  return Array.from({ length: count }, (_, group): ActionRecord => {
    const agentIds = groups[group]?.agentIds ?? [];
    const override = overrideIn(request, progress, agentIds);
    const pending = agentIds.map((id): RecordedHost => ({
      ...namedBySentinelOne(agents.get(id)!),
      outcome: 'pending',
    }));
    const hosts = group === 0 ? [...pending, ...ended] : pending;
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
      ...(unverifiedAlertIds.length === 0 ? {} : { unverifiedAlertIds }),
      ...(request.requestFingerprint === undefined
        ? {}
        : { requestFingerprint: request.requestFingerprint }),
      requestedAt,
      updatedAt: now,
      hosts: [],
    };
    return withHosts(record, hosts, now);
  });
}
