import type { HostReference } from '../../common/api/connector';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { type ActionRecord, type RecordedHost, hasEnded } from '../../common/actions/record';
import { allRefused, recordedRefusal } from './plan_action';
import { REASON_CATALOG } from '../../common/actions/reasons';

/**
 * The result of a host for the caller. A host with an unknown result counts as failed; its record
 * stays open for status reconciliation.
 */
export const resultOfHost = (host: RecordedHost): HostResult =>
  host.outcome === 'pending'
    ? { ...host, outcome: 'failed', reason: host.reason ?? 'unreachable' }
    : { ...host, outcome: host.outcome };

/**
 * The result of an action from its records. `requested` are the hosts of the request, because the
 * record of a request that was refused as a whole does not list all of them.
 */
export function resultOf(
  actionId: string,
  records: readonly ActionRecord[],
  requested: readonly HostReference[]
): ActionResult {
  const refusal = records[0] === undefined ? undefined : recordedRefusal(records[0]);
  const hosts =
    refusal === undefined
      ? records.flatMap((record) => record.hosts.map(resultOfHost))
      : allRefused({ hosts: requested }, refusal);
  return { actionId, hosts };
}

/** Whether SentinelOne accepted the command for this host; false while that is not known. */
export const wasAccepted = ({
  outcome,
  reason,
  endedAt,
}: Pick<RecordedHost, 'outcome' | 'reason' | 'endedAt'>): boolean =>
  outcome === 'requested' ||
  outcome === 'done' ||
  (outcome === 'failed' &&
    endedAt !== undefined &&
    reason !== undefined &&
    REASON_CATALOG[reason].sent === 'yes');

/**
 * The host with the time of its end, if it has ended; `now` is ISO 8601. Done means that
 * SentinelOne reported the state, so the same time is the confirmation.
 */
export function withEnd(host: RecordedHost, now: string): RecordedHost {
  if (!hasEnded(host)) return host;
  return { ...host, endedAt: now, ...(host.outcome === 'done' ? { confirmedAt: now } : {}) };
}
