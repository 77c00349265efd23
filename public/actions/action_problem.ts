import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/reason_text';
import type { Problem } from '../lib/describe_error';
import { withLocalTimes } from '../lib/local_times';

/** Why an action failed for its only host, or as a whole. `formatTime` formats an ISO 8601 time for the user. */
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

/** Whether it is unknown if SentinelOne received the request. */
export function isUnclear({ reason, status, isForeign }: Problem): boolean {
  if (isForeign === true) return true;
  if (reason === undefined) return status === undefined || status >= 500;
  return REASON_CATALOG[reason].sent === 'unknown';
}

/** The title of a problem: the action failed, or it is not confirmed. */
export function problemTitle(problem: Problem, action: ActionName): string {
  const { texts } = ACTION_DEFINITIONS[action];
  return isUnclear(problem) ? texts.notConfirmed() : texts.failed();
}
