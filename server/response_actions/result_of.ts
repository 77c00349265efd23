import type { HostReference } from '../../common/api/connector';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { allRefused, recordedRefusal } from './plan_action';

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
