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

/** The last action that was sent from the flyout and that SentinelOne accepted. */
export interface LastAction {
  readonly action: ActionName;
  readonly result: HostResult;
  readonly answer: ActionAnswer;
  /** The status that was shown when the user confirmed the action. */
  readonly before?: ShownStatus;
}

/**
 * Whether an action withdraws the opposite action, because that one was still in progress. `before` is the status that was
 * shown when the user confirmed the action.
 */
export const isWithdrawal = (action: ActionName, before: ShownStatus | undefined): boolean =>
  Object.values(ACTION_DEFINITIONS[ACTION_DEFINITIONS[action].opposite].statuses.inProgress).some(
    (one) => one === before
  );

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
      'It is not in effect until the agent reports it. The status updates automatically.',
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
 * The message about the last action, for the status that is shown now. `formatTime` formats an ISO 8601 time for the
 * user.
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
        'Another user may have reverted it, or SentinelOne did not carry it out. Check the host in the SentinelOne console, or try again.',
    }),
  };
}
