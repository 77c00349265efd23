import { HOUR } from '../../common/lib/constants';
import type { Target } from './target';

/** Makes a request for approval expire: it was made two hours ago, and expired after an hour. */
export async function expireRequest(
  target: Target,
  actionId: string
): Promise<{ readonly requestedAt: string; readonly expiresAt: string }> {
  const { approval } = await target.record(actionId);
  const requested = Date.parse(approval.requestedAt) - 2 * HOUR;
  const times = {
    requestedAt: new Date(requested).toISOString(),
    expiresAt: new Date(requested + HOUR).toISOString(),
  };
  await target.changeRecord(actionId, {
    approval: { ...approval, ...times },
    // The copy for lists.
    listed: { approval: { ...approval, ...times } },
  });
  return times;
}
