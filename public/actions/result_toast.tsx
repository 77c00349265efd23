import { EuiLink } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { IToasts, ToastInputFields } from '@kbn/core/public';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import type { ActionName } from '../../common/actions/action_name';
import { isAccepted, type HostResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/describe_reason';
import { PLUGIN_ID } from '../../common/lib/constants';
import { listText } from '../../common/lib/text';
import { historyPath } from '../action_history/history_state';
import { useKibanaLink } from '../lib/kibana_link';
import { renderRoot } from '../lib/render_root';
import type { Services } from '../lib/services';
import { markAsSeen } from './own_failures_callout';
import { withdrawalTexts, progressMessage } from './progress_message';
import type { ShownStatus } from '../host_status/network_status';
import { nameInText } from '../components/shown_name';
import type { Problem } from '../lib/describe_error';
import {
  outcomeText,
  releaseTimeText,
  resultText,
  unchangedText,
  namelessHost,
  isUnclear,
  problemOf,
  problemTitle,
} from './texts';

/** The maximum of different results in a toast, each with its hosts; the history contains all. */
const MAX_RESULTS = 3;

type FormatTime = (iso: string) => string;

interface Toast {
  readonly title: string;
  readonly text?: string;
}

export interface EndedAction {
  readonly action: ActionName;
  readonly params: HostActionParams;
  readonly end: ActionAnswer | Problem;
  /** The status of the host that was shown when the user confirmed the action; only for one host. */
  readonly before?: ShownStatus | undefined;
  readonly formatTime: FormatTime;
}

const sentences = (...parts: ReadonlyArray<string | undefined>): string =>
  parts.filter(Boolean).join(' ');

const textOf = ({ what, todo, errorText }: Problem): string =>
  sentences(
    what,
    todo,
    errorText === undefined || what.includes(errorText) ? undefined : errorText
  );

/** Reports cases that the action could not be attached to. */
function casesText(end: ActionAnswer | Problem): string | undefined {
  const count =
    'hosts' in end ? (end.caseAttachments ?? []).filter(({ attached }) => !attached).length : 0;
  if (count === 0) return undefined;
  return i18n.translate('sentineloneResponse.end.notAttached', {
    defaultMessage:
      'The action is not attached to {count, plural, one {a case} other {# cases}} that you selected.',
    values: { count },
  });
}

const historyHint = (): string =>
  i18n.translate('sentineloneResponse.end.toSee', {
    defaultMessage: 'See the history of SentinelOne Response for each host.',
  });

/** The toast for one host, if SentinelOne accepted the command or it was not necessary. */
function successToast(
  { action, before, formatTime }: EndedAction,
  result: HostResult,
  answer: ActionAnswer
): Toast {
  const name = result.name ?? namelessHost();
  // The status is no longer refreshed, so it is not known whether an earlier request is in effect.
  if (result.outcome === 'unchanged') {
    return { title: unchangedText(action, name, result, { status: undefined, formatTime }) };
  }
  if (result.outcome === 'awaiting_approval') {
    return progressMessage({ action, result, answer }, undefined, undefined, formatTime);
  }
  const { texts } = ACTION_DEFINITIONS[action];
  const withdrawal = withdrawalTexts(action, before);
  const values = { name: nameInText(name) };
  const releaseTime = releaseTimeText(answer, formatTime);
  if (result.outcome === 'done') {
    const title = withdrawal?.done(values) ?? texts.done(values, false);
    return { title, text: sentences(releaseTime) };
  }
  const last = { action, result, answer, ...(before === undefined ? {} : { before }) };
  const { title } = progressMessage(last, undefined, undefined, formatTime);
  if (result.reason === 'offline') {
    if (withdrawal !== undefined)
      return { title, text: sentences(withdrawal.offline(values), releaseTime) };
    const { what, todo } = reasonText('offline', action, { name: result.name });
    return { title, text: sentences(what, todo, releaseTime) };
  }
  return { title, text: sentences(texts.notInEffect(), releaseTime) };
}

function failureToast({ action, params, end, formatTime }: EndedAction): Toast {
  const problem = problemOf(end, action, formatTime);
  const name =
    ('hosts' in end ? end.hosts[0]?.name : undefined) ?? params.hosts[0]?.name ?? namelessHost();
  return { title: `${problemTitle(problem, action)}: ${name}`, text: textOf(problem) };
}

/** The toast for several hosts, if there is no result for each. */
function noResultsToast(action: ActionName, count: number, problem: Problem): Toast {
  const values = { count };
  const text = textOf(problem);
  if (isUnclear(problem)) {
    const title = i18n.translate('sentineloneResponse.end.unclear', {
      defaultMessage: 'The result for the {count} hosts is not known yet',
      values,
    });
    return { title, text: sentences(text, historyHint()) };
  }
  return {
    title: ACTION_DEFINITIONS[action].texts.bulk.noneOf(values),
    text,
  };
}

/** The toast for several hosts, if the action failed for some. */
function partialFailureToast({
  action,
  end,
  formatTime,
}: EndedAction & { readonly end: ActionAnswer }): Toast {
  const failed = end.hosts.filter((host) => !isAccepted(host));
  const values = { bad: failed.length, count: end.hosts.length };
  const namesByResult = new Map<string, string[]>();
  for (const host of failed) {
    const result = outcomeText(action, host, formatTime);
    namesByResult.set(result, [...(namesByResult.get(result) ?? []), host.name ?? namelessHost()]);
  }
  const named = [...namesByResult]
    .slice(0, MAX_RESULTS)
    .map(([result, names]) => `${listText(names, ', ', names.length)}: ${result}`);
  return {
    title: ACTION_DEFINITIONS[action].texts.bulk.notAll(values),
    text: sentences(...named, releaseTimeText(end, formatTime), historyHint()),
  };
}

function toastOf(ended: EndedAction): Toast {
  const { action, params, end } = ended;
  const count = params.hosts.length;
  const [host] = 'hosts' in end ? end.hosts : [];
  if (!('hosts' in end)) {
    return count === 1 ? failureToast(ended) : noResultsToast(action, count, end);
  }
  if (host === undefined) return failureToast(ended);
  if (count === 1) {
    return isAccepted(host) ? successToast(ended, host, end) : failureToast(ended);
  }
  return end.hosts.every(isAccepted)
    ? {
        title: resultText(
          action,
          end.hosts.map((result) => ({ result }))
        ),
        text: sentences(releaseTimeText(end, ended.formatTime)),
      }
    : partialFailureToast({ ...ended, end });
}

/**
 * Shows the result of an action in a toast. For actions whose flyout was closed before they ended, because the user would
 * not learn otherwise that a host is not isolated. `textOfToast` makes the toast's content from its text, which may be
 * empty.
 */
export function showResultToast(
  toasts: Pick<IToasts, 'addSuccess' | 'addWarning' | 'addDanger'>,
  ended: EndedAction,
  textOfToast: (text: string) => ToastInputFields['text'] = (text) => text || undefined
): void {
  const { end } = ended;
  const { title, text } = toastOf(ended);
  const cases = casesText(end);
  const toast = { title, text: textOfToast(sentences(text, cases)) };
  const hosts = 'hosts' in end ? end.hosts : [];
  if (hosts.length === 0 || !hosts.every(isAccepted)) toasts.addDanger(toast);
  else if (cases !== undefined || hosts.some(({ reason }) => reason === 'offline')) {
    toasts.addWarning(toast);
  } else toasts.addSuccess(toast);
}

/** A link to the record of an action. */
const RecordLink = ({ actionId }: { readonly actionId: string }) => {
  const { href, onClick } = useKibanaLink(PLUGIN_ID, historyPath({ actionId }));
  return (
    <EuiLink
      href={href}
      onClick={(event: React.MouseEvent) => {
        markAsSeen([actionId]);
        onClick(event);
      }}
    >
      {i18n.translate('sentineloneResponse.followUp.record', {
        defaultMessage: 'Show in history',
      })}
    </EuiLink>
  );
};

/** Shows the final result of an action in a toast, with a link to its record. */
export function showFinalResultToast(
  services: Services,
  actionId: string,
  ended: EndedAction
): void {
  showResultToast(
    services.core.notifications.toasts,
    ended,
    (text) => (element) =>
      renderRoot(
        element,
        services,
        <>
          {text === '' ? null : <p>{text}</p>}
          <RecordLink actionId={actionId} />
        </>
      )
  );
}
