import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import { isSuccess, type HostResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/reason_text';
import type { ActionAnswer } from '../../common/api/cases';
import { listText } from '../../common/lib/list_text';
import { withLocalTimes } from '../lib/local_times';
import { namelessHost } from './texts';
import { nameInText } from '../components/shown_name';
import type { ShownStatus } from '../host_status/network_status';

/** The texts of outcomes. */

/** SentinelOne accepted the request for the host of this name, and the agent has not reported yet. */
export const acceptedText = (action: ActionName, name: string): string =>
  ACTION_DEFINITIONS[action].texts.accepted({ name: nameInText(name) });

/**
 * The host already had the requested status, or it was already requested, so no command was sent; with the user and time
 * of that request if they are recorded. With another `status`, the text covers both. `formatTime` formats an ISO 8601
 * time for the user.
 */
export function unchangedText(
  action: ActionName,
  name: string,
  { requestedBefore }: Pick<HostResult, 'requestedBefore'>,
  {
    status,
    formatTime,
  }: { readonly status: ShownStatus | undefined; readonly formatTime: (iso: string) => string }
): string {
  const { texts, statuses } = ACTION_DEFINITIONS[action];
  const { reached, requested, either } = texts.unchanged;
  const isIn = (labels: readonly ShownStatus[]) => status !== undefined && labels.includes(status);
  const text = isIn(statuses.reached)
    ? reached
    : isIn([...Object.values(statuses.inProgress), ...(statuses.alsoInProgress ?? [])])
      ? requested
      : either;
  return text({
    name: nameInText(name),
    by: requestedBefore === undefined ? 'no' : 'yes',
    user: requestedBefore === undefined ? '' : nameInText(requestedBefore.username),
    time: requestedBefore === undefined ? '' : formatTime(requestedBefore.requestedAt),
  });
}

/**
 * When the hosts are released automatically, for those that the request isolates; undefined for none. `formatTime`
 * formats an ISO 8601 time for the user.
 */
export function releaseTimeText(
  { hosts, releaseAt }: Pick<ActionAnswer, 'hosts' | 'releaseAt'>,
  formatTime: (iso: string) => string
): string | undefined {
  const count = hosts.filter(({ outcome }) => outcome === 'done' || outcome === 'requested').length;
  if (releaseAt === undefined || count === 0) return undefined;
  return i18n.translate('sentineloneResponse.releaseTime.result', {
    defaultMessage:
      '{count, plural, one {The host will be released automatically} other {# hosts will be released automatically}} at {time}.',
    values: { count, time: formatTime(releaseAt) },
  });
}

/** Another user has to approve the action on a host. */
export const awaitingApprovalText = (): string =>
  i18n.translate('sentineloneResponse.approval.awaiting', {
    defaultMessage: 'Awaiting approval by another user. Nothing was sent to SentinelOne.',
  });

/**
 * The result for one host, in one or two sentences. `formatTime` formats an ISO 8601 time for the user; `status` is the
 * status that is shown for the host.
 */
export function outcomeText(
  action: ActionName,
  result: HostResult,
  formatTime: (iso: string) => string,
  status?: ShownStatus
): string {
  const { outcome, reason, name } = result;
  if (outcome === 'awaiting_approval') return awaitingApprovalText();
  const detail = result.detail && withLocalTimes(result.detail, formatTime);
  if (!isSuccess(result)) {
    const { what, todo } = reasonText(reason ?? 'unexpected_answer', action, { name, detail });
    return `${what} ${todo}`;
  }
  const shownName = name ?? namelessHost();
  if (outcome === 'unchanged') {
    return `${unchangedText(action, shownName, result, { status, formatTime })}.`;
  }
  if (outcome === 'done') {
    return ACTION_DEFINITIONS[action].texts.bulk.done();
  }
  if (reason === 'offline') return reasonText('offline', action, { name }).what;
  return `${acceptedText(action, shownName)}.`;
}

const failedCount = (count: number): string =>
  i18n.translate('sentineloneResponse.bulk.failedCount', {
    defaultMessage: '{count, number} failed',
    values: { count },
  });
const awaitingCount = (count: number): string =>
  i18n.translate('sentineloneResponse.bulk.awaitingCount', {
    defaultMessage: '{count, number} awaiting approval',
    values: { count },
  });
const refusedCount = (count: number): string =>
  i18n.translate('sentineloneResponse.bulk.refusedCount', {
    defaultMessage: '{count, number} refused',
    values: { count },
  });

/** The results as counts, failures first. */
export function resultText(
  action: ActionName,
  rows: ReadonlyArray<{ readonly result?: HostResult | undefined }>
): string {
  const results = rows.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const countOf = (...outcomes: ReadonlyArray<HostResult['outcome']>) =>
    results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const pending = countOf('requested');
  if (pending > 0 && pending === results.length) {
    return i18n.translate('sentineloneResponse.bulk.accepted', {
      defaultMessage:
        '{count, plural, one {# request} other {# requests}} accepted, waiting for the {count, plural, one {agent} other {agents}}',
      values: { count: pending },
    });
  }
  const { doneCount, pendingCount } = ACTION_DEFINITIONS[action].texts.bulk;
  const counts: ReadonlyArray<readonly [number, (count: number) => string]> = [
    [countOf('failed'), failedCount],
    [countOf('refused'), refusedCount],
    [countOf('awaiting_approval'), awaitingCount],
    [countOf('done', 'unchanged'), (count) => doneCount({ count })],
    [pending, (count) => pendingCount({ count })],
  ];
  return listText(counts.flatMap(([count, text]) => (count === 0 ? [] : [text(count)])));
}
