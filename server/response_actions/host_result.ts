import type { HostReference } from '../../common/api/connector';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { type ActionRecord, type RecordedHost, isOpen } from '../../common/actions/record';
import { allRefused, recordedRefusal } from './plan_action';
import { REASON_CATALOG } from '../../common/actions/reasons';

/**
 * A host as it is answered. One whose end nobody could find out counts as failed for the caller; the
 * record stays open and is settled later.
 */
export const resultOfHost = (host: RecordedHost): HostResult =>
  host.outcome === 'pending'
    ? { ...host, outcome: 'failed', reason: host.reason ?? 'unreachable' }
    : { ...host, outcome: host.outcome };

/**
 * The answer that an action's records stand for. `requested` are the hosts that the request named: the record
 * of one that was refused as a whole does not list them all.
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

/** Whether SentinelOne took the command for this host; one of which that is not known yet is not. */
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
 * The host with the time of its end, if it has one; `now` is ISO 8601. Done means that SentinelOne was
 * seen to report it, so that is when it was confirmed.
 */
export function withEnd(host: RecordedHost, now: string): RecordedHost {
  if (isOpen(host)) return host;
  return { ...host, endedAt: now, ...(host.outcome === 'done' ? { confirmedAt: now } : {}) };
}
