import { i18n } from '@kbn/i18n';
import type { HostState, HostText } from '../../common/actions/action_definition';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { ReasonText } from '../../common/actions/reason_text_types';
import type { Agent } from '../../common/hosts/agent';
import type { ShownStatus } from '../host_status/network_status';
import { isSuccess, type HostResult, type ActionResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/describe_reason';
import type { ActionAnswer } from '../../common/api/cases';
import { listText } from '../../common/lib/text';
import { withLocalTimes } from '../lib/format_date';
import { nameInText } from '../components/shown_name';
import { REASON_CATALOG } from '../../common/actions/reasons';
import type { Problem } from '../lib/describe_error';

/** Texts of actions that several components share. */

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

export const actionLabel = (action: ActionName): string => ACTION_DEFINITIONS[action].texts.label();

/** The label instead of an action when the user has to choose one of several hosts or agents first. */
export const chooseHostLabel = (): string =>
  i18n.translate('sentineloneResponse.action.chooseHost', {
    defaultMessage: 'Choose SentinelOne host…',
  });

/** The label of the button that requests approval by another user. */
export const requestApprovalLabel = (): string =>
  i18n.translate('sentineloneResponse.action.requestApproval', {
    defaultMessage: 'Request approval',
  });

/** The label of the button that sends an action on one host. */
export function sendLabel(
  action: ActionName,
  host: string,
  {
    isProtected,
    needsApproval,
    isAgain,
  }: {
    readonly isProtected: boolean;
    readonly needsApproval: boolean;
    readonly isAgain: boolean;
  }
): string {
  if (needsApproval) return requestApprovalLabel();
  const { send, sendAgain, overrideProtection } = ACTION_DEFINITIONS[action].texts;
  if (isProtected && overrideProtection !== undefined) return overrideProtection.send({ host });
  return (isAgain ? sendAgain : send)({ host });
}

/** A host that has no name in SentinelOne. */
export const namelessHost = (): string =>
  i18n.translate('sentineloneResponse.action.namelessHost', {
    defaultMessage: 'the host without a name',
  });

/** The UUID and the agent id of an alert belong to different agents. */
export const conflictingAgents = (): ReasonText => ({
  what: i18n.translate('sentineloneResponse.action.agentsDisagree.what', {
    defaultMessage: 'The agent UUID and the agent id in the alert belong to different agents.',
  }),
  todo: i18n.translate('sentineloneResponse.action.agentsDisagree.todo', {
    defaultMessage: 'Check which machine the alert is about, and choose it by its agent id.',
  }),
});

/**
 * The effect of an action on a host, in one or two sentences. `status` is the status that is shown for the host; undefined
 * if it is not known.
 */
export function actionEffect(
  action: ActionName,
  host: string,
  status: ShownStatus | undefined,
  agent: Pick<Agent, 'isActive'> | undefined
): string {
  const { effect, effectByState } = ACTION_DEFINITIONS[action].texts;
  const state: ShownStatus | HostState | undefined =
    status === 'isolated' && agent?.isActive === false ? 'isolated_offline' : status;
  const byState: Partial<Record<ShownStatus | HostState, HostText>> = effectByState;
  const text = state === undefined ? undefined : byState[state];
  return (text ?? effect)({ host });
}
