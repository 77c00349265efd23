import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/reason_text';
import type { Problem } from '../lib/describe_error';
import { withLocalTimes } from '../lib/local_times';

/**
 * Why it did not go well: of the one host that was named, or of the request as a whole. `formatTime` writes an
 * ISO 8601 time as the reader wants it.
 */
export function problemOf(
  end: ActionResult | Problem,
  action: ActionName,
  formatTime: (iso: string) => string
): Problem {
  if (!('hosts' in end)) return end;
  const [host] = end.hosts;
  const reason = host?.reason ?? 'unexpected_answer';
  const { name } = host ?? {};
  const detail = host?.detail && withLocalTimes(host.detail, formatTime);
  return { ...reasonText(reason, action, { name, detail }), reason };
}

/** With these nobody knows whether SentinelOne took it. */
export function isUnclear({ reason, status, isForeign }: Problem): boolean {
  if (isForeign === true) return true;
  if (reason === undefined) return status === undefined || status >= 500;
  return REASON_CATALOG[reason].sent === 'unknown';
}

/** What a problem comes down to: it did not happen, or it is not known whether it did. */
export function problemTitle(problem: Problem, action: ActionName): string {
  const { texts } = ACTION_DEFINITIONS[action];
  return isUnclear(problem) ? texts.notConfirmed() : texts.failed();
}
