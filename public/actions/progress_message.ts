import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/reason_text';
import type { ActionAnswer } from '../../common/api/cases';
import type { Agent } from '../../common/hosts/agent';
import { nameInText } from '../components/shown_name';
import { isPending, reachedBy, statusText, type ShownStatus } from '../host_status/network_status';
import { acceptedText, unchangedText } from './outcome_texts';
import { namelessHost } from './texts';
import { isWithdrawal } from './withdrawal';

/** What was done in this flyout and went well, as far as SentinelOne's answer goes. */
export interface LastAction {
  readonly action: ActionName;
  readonly result: HostResult;
  readonly answer: ActionAnswer;
  /** What was shown of the host when the action was confirmed. */
  readonly before?: ShownStatus;
}

interface Message {
  readonly color: 'success' | 'primary' | 'warning';
  readonly title: string;
  readonly text?: string;
}

function doneMessage(action: ActionName, name: string, status: ShownStatus): Message {
  return {
    color: 'success',
    title: ACTION_DEFINITIONS[action].texts.done({ name }, status === 'offline'),
  };
}

const notInEffect = (): string =>
  i18n.translate('sentineloneResponse.progress.waiting', {
    defaultMessage:
      'It is not in effect until the agent reports it. The status below follows by itself.',
  });

function waitingMessage(
  { action, before, result }: LastAction,
  title: string,
  name: string,
  agent: Agent | undefined
): Message {
  const offline = agent?.isActive === false;
  if (result.outcome !== 'unchanged' && isWithdrawal(action, before)) {
    return offline
      ? {
          color: 'warning',
          title,
          text: ACTION_DEFINITIONS[action].texts.withdrawal.offline({ name: nameInText(name) }),
        }
      : { color: 'primary', title, text: notInEffect() };
  }
  if (offline) {
    const { what, todo } = reasonText('offline', action, { name });
    return { color: 'warning', title, text: `${what} ${todo}` };
  }
  return {
    color: 'primary',
    title,
    text: notInEffect(),
  };
}

/**
 * What to say about the last action, given the status that is shown now. `formatTime` writes an ISO 8601 time as
 * the reader wants it.
 */
export function progressMessage(
  last: LastAction,
  status: ShownStatus | undefined,
  agent: Agent | undefined,
  formatTime: (iso: string) => string
): Message {
  const { action, result, before } = last;
  const name = result.name ?? agent?.computerName ?? namelessHost();
  const isUnchanged = result.outcome === 'unchanged';
  const startTitle = isUnchanged
    ? unchangedText(action, name, result, { status, formatTime })
    : isWithdrawal(action, before)
      ? ACTION_DEFINITIONS[action].texts.withdrawal.accepted({ name: nameInText(name) })
      : acceptedText(action, name);
  if (status !== undefined && reachedBy(action).includes(status)) {
    if (isUnchanged) return { color: 'success', title: startTitle };
    return isWithdrawal(action, before)
      ? {
          color: 'success',
          title: ACTION_DEFINITIONS[action].texts.withdrawal.done({ name: nameInText(name) }),
        }
      : doneMessage(action, nameInText(name), status);
  }
  if (status === undefined || isPending(status)) {
    return waitingMessage(last, startTitle, name, agent);
  }
  return {
    color: 'warning',
    title: i18n.translate('sentineloneResponse.progress.silent', {
      defaultMessage: 'SentinelOne accepted the request, but reports {name} as: {status}',
      values: { name: nameInText(name), status: statusText(status) },
    }),
    text: i18n.translate('sentineloneResponse.progress.silentTodo', {
      defaultMessage:
        'Somebody may have undone it, or SentinelOne has not carried it out. Look at the host in its console, or try again.',
    }),
  };
}
