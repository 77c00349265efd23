import type { ActionResult, HostResult } from '../../common/outcome';
import type { ActionRecord, RecordedHost } from '../../common/record';

/**
 * A host as it is answered. One whose end nobody could find out counts as failed for the caller; the
 * record stays open and is settled later.
 */
export const asAnswered = (host: RecordedHost): HostResult =>
  host.outcome === 'pending'
    ? { ...host, outcome: 'failed', reason: host.reason ?? 'unreachable' }
    : { ...host, outcome: host.outcome };

/** The answer that an action's records stand for. */
export const resultOf = (actionId: string, records: readonly ActionRecord[]): ActionResult => ({
  actionId,
  hosts: records.flatMap(({ hosts }) => hosts.map(asAnswered)),
});
