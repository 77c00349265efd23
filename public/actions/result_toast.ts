import { i18n } from '@kbn/i18n';
import type { IToasts, ToastInputFields } from '@kbn/core/public';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import type { ActionName } from '../../common/actions/action_name';
import { isSuccess, type HostResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/reason_text';
import { listText } from '../../common/lib/list_text';
import { progressMessage } from './progress_message';
import type { Problem } from '../lib/describe_error';
import { outcomeText, resultText, unchangedText } from './outcome_texts';
import { isUnclear, problemOf, problemTitle } from './action_problem';
import { namelessHost } from './texts';

/** Different ends that a toast names, each with its hosts; the history has them all. */
const ENDS_NAMED = 3;

type FormatTime = (iso: string) => string;

interface Toast {
  readonly title: string;
  readonly text?: string;
}

export interface Ended {
  readonly action: ActionName;
  readonly params: HostActionParams;
  readonly end: ActionAnswer | Problem;
  readonly formatTime: FormatTime;
}

const sentences = (...parts: ReadonlyArray<string | undefined>): string =>
  parts.filter(Boolean).join(' ');

const textOf = ({ what, todo, said }: Problem): string =>
  sentences(what, todo, said === undefined || what.includes(said) ? undefined : said);

/** Cases that were named and did not take it; what was done to the hosts stands. */
function casesText(end: ActionAnswer | Problem): string | undefined {
  const count =
    'hosts' in end ? (end.caseAttachments ?? []).filter(({ attached }) => !attached).length : 0;
  if (count === 0) return undefined;
  return i18n.translate('sentineloneResponse.end.notAttached', {
    defaultMessage:
      'It is not attached to {count, plural, one {a case} other {# cases}} that you chose.',
    values: { count },
  });
}

const toSee = (): string =>
  i18n.translate('sentineloneResponse.end.toSee', {
    defaultMessage: 'The History of SentinelOne Response shows each host.',
  });

/** One host that SentinelOne took the command for, or that was like this already. */
function goodToast(
  action: ActionName,
  result: HostResult,
  answer: ActionAnswer,
  formatTime: FormatTime
): Toast {
  // Nobody looks at the host any more: whether what was requested before is in effect is not known.
  if (result.outcome === 'unchanged') {
    const name = result.name ?? namelessHost();
    return { title: unchangedText(action, name, result, { status: undefined, formatTime }) };
  }
  const isOver = result.outcome !== 'requested';
  const [status] = ACTION_DEFINITIONS[action].statuses.reached;
  const { title } = progressMessage(
    { action, result, answer },
    isOver ? status : undefined,
    undefined,
    formatTime
  );
  if (isOver) return { title };
  if (result.reason === 'offline') {
    const { what, todo } = reasonText('offline', action, { name: result.name });
    return { title, text: sentences(what, todo) };
  }
  return {
    title,
    text: i18n.translate('sentineloneResponse.end.notInEffect', {
      defaultMessage: 'It is not in effect until the agent reports it.',
    }),
  };
}

function badToast({ action, params, end, formatTime }: Ended): Toast {
  const problem = problemOf(end, action, formatTime);
  const name =
    ('hosts' in end ? end.hosts[0]?.name : undefined) ?? params.hosts[0]?.name ?? namelessHost();
  return { title: `${problemTitle(problem, action)}: ${name}`, text: textOf(problem) };
}

/** Why nobody knows what became of several hosts, or why none was acted on. */
function unansweredToast(action: ActionName, count: number, problem: Problem): Toast {
  const values = { count };
  const text = textOf(problem);
  if (isUnclear(problem)) {
    const title = i18n.translate('sentineloneResponse.end.unclear', {
      defaultMessage: 'What became of the {count} hosts is not known yet',
      values,
    });
    return { title, text: sentences(text, toSee()) };
  }
  return {
    title: ACTION_DEFINITIONS[action].texts.bulk.noneOf(values),
    text,
  };
}

/** Several hosts, not all of which went well. */
function someBadToast({ action, end, formatTime }: Ended & { readonly end: ActionAnswer }): Toast {
  const bad = end.hosts.filter((host) => !isSuccess(host));
  const values = { bad: bad.length, count: end.hosts.length };
  const namesByEnd = new Map<string, string[]>();
  for (const host of bad) {
    const how = outcomeText(action, host, formatTime);
    namesByEnd.set(how, [...(namesByEnd.get(how) ?? []), host.name ?? namelessHost()]);
  }
  const named = [...namesByEnd]
    .slice(0, ENDS_NAMED)
    .map(([how, names]) => `${listText(names, ', ', names.length)}: ${how}`);
  return {
    title: ACTION_DEFINITIONS[action].texts.bulk.notAll(values),
    text: sentences(...named, toSee()),
  };
}

function toastOf(ended: Ended): Toast {
  const { action, params, end, formatTime } = ended;
  const count = params.hosts.length;
  const [host] = 'hosts' in end ? end.hosts : [];
  if (!('hosts' in end)) {
    return count === 1 ? badToast(ended) : unansweredToast(action, count, end);
  }
  if (host === undefined) return badToast(ended);
  if (count === 1)
    return isSuccess(host) ? goodToast(action, host, end, formatTime) : badToast(ended);
  return end.hosts.every(isSuccess)
    ? {
        title: resultText(
          action,
          end.hosts.map((result) => ({ result }))
        ),
      }
    : someBadToast({ ...ended, end });
}

/**
 * Tells in a toast of Kibana's what became of an action whose flyout was closed before it ended: otherwise
 * nobody would learn that the host is still on the network. `textOfToast` makes the toast's text of the words
 * below its title, which may be empty.
 */
export function showResultToast(
  toasts: Pick<IToasts, 'addSuccess' | 'addWarning' | 'addDanger'>,
  ended: Ended,
  textOfToast: (text: string) => ToastInputFields['text'] = (text) => text || undefined
): void {
  const { end } = ended;
  const { title, text } = toastOf(ended);
  const cases = casesText(end);
  const toast = { title, text: textOfToast(sentences(text, cases)) };
  const hosts = 'hosts' in end ? end.hosts : [];
  if (hosts.length === 0 || !hosts.every(isSuccess)) toasts.addDanger(toast);
  else if (cases !== undefined || hosts.some(({ reason }) => reason === 'offline')) {
    toasts.addWarning(toast);
  } else toasts.addSuccess(toast);
}
