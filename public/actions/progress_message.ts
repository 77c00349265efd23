import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionTexts } from '../../common/actions/action_definition';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import { reasonText } from '../../common/actions/describe_reason';
import type { ActionAnswer } from '../../common/api/cases';
import type { Agent } from '../../common/hosts/agent';
import { nameInText } from '../components/shown_name';
import { isPending, statusText, type ShownStatus } from '../host_status/network_status';
import {
  acceptedText,
  awaitingApprovalText,
  releaseTimeText,
  unchangedText,
  namelessHost,
} from './texts';

/** The last action that was sent from the flyout and that SentinelOne accepted. */
export interface LastAction {
  readonly action: ActionName;
  readonly result: HostResult;
  readonly answer: ActionAnswer;
  /** The status that was shown when the user confirmed the action. */
  readonly before?: ShownStatus;
}

/**
 * The texts for an action that withdraws the opposite action, because that one was still in progress; undefined for
 * any other. `before` is the status that was shown when the user confirmed the action.
 */
export function withdrawalTexts(
  action: ActionName,
  before: ShownStatus | undefined
): ActionTexts['withdrawal'] {
  const { opposite, texts } = ACTION_DEFINITIONS[action];
  const inProgress: ReadonlyArray<ShownStatus | undefined> = Object.values(
    ACTION_DEFINITIONS[opposite].statuses.inProgress
  );
  return inProgress.includes(before) ? texts.withdrawal : undefined;
}

interface Message {
  readonly color: 'success' | 'primary' | 'warning';
  readonly title: string;
  readonly text?: string;
}

const updatesAutomatically = (): string =>
  i18n.translate('sentineloneResponse.progress.running', {
    defaultMessage: 'The status updates automatically.',
  });

const notInEffect = (action: ActionName): string =>
  `${ACTION_DEFINITIONS[action].texts.notInEffect()} ${updatesAutomatically()}`;

function waitingMessage(
  { action, before, result }: LastAction,
  title: string,
  name: string,
  status: ShownStatus | undefined,
  agent: Agent | undefined
): Message {
  const offline = agent?.isActive === false;
  const { statuses, texts } = ACTION_DEFINITIONS[action];
  const running = texts.running;
  if (running !== undefined && status !== undefined) {
    const reported: readonly ShownStatus[] = statuses.alsoInProgress ?? [];
    if (reported.includes(status)) {
      return {
        color: 'primary',
        title: running({ name: nameInText(name) }),
        text: updatesAutomatically(),
      };
    }
  }
  const withdrawal = result.outcome === 'unchanged' ? undefined : withdrawalTexts(action, before);
  if (withdrawal !== undefined) {
    return offline
      ? { color: 'warning', title, text: withdrawal.offline({ name: nameInText(name) }) }
      : { color: 'primary', title, text: notInEffect(action) };
  }
  if (offline) {
    const { what, todo } = reasonText('offline', action, { name });
    return { color: 'warning', title, text: `${what} ${todo}` };
  }
  return { color: 'primary', title, text: notInEffect(action) };
}

/** The message for a host that is isolated or isolating, with the time at which the isolation ends. */
function withReleaseTime(
  message: Message,
  { answer, result }: LastAction,
  formatTime: (iso: string) => string
): Message {
  const time = releaseTimeText({ ...answer, hosts: [result] }, formatTime);
  if (time === undefined) return message;
  return { ...message, text: message.text === undefined ? time : `${message.text} ${time}` };
}

/**
 * The message about the last action, for the status that is shown now of the property that the action changes.
 * `formatTime` formats an ISO 8601 time for the user.
 */
export function progressMessage(
  last: LastAction,
  status: ShownStatus | undefined,
  agent: Agent | undefined,
  formatTime: (iso: string) => string
): Message {
  const { action, result, before, answer } = last;
  const { read, texts } = ACTION_DEFINITIONS[action];
  const name = result.name ?? agent?.computerName ?? namelessHost();
  if (result.outcome === 'awaiting_approval') {
    return {
      color: 'primary',
      title: i18n.translate('sentineloneResponse.approval.requested', {
        defaultMessage: 'Approval requested for {name}',
        values: { name: nameInText(name) },
      }),
      text: awaitingApprovalText(),
    };
  }
  const isUnchanged = result.outcome === 'unchanged';
  const withdrawal = isUnchanged ? undefined : withdrawalTexts(action, before);
  const startTitle = isUnchanged
    ? unchangedText(action, name, result, { status, formatTime })
    : withdrawal !== undefined
      ? withdrawal.accepted({ name: nameInText(name) })
      : acceptedText(action, name);
  if (status === undefined || agent === undefined || isPending(status)) {
    return withReleaseTime(waitingMessage(last, startTitle, name, status, agent), last, formatTime);
  }
  const reading = read(agent, answer.requestedAt);
  if (reading.kind === 'undetermined') {
    return withReleaseTime(waitingMessage(last, startTitle, name, status, agent), last, formatTime);
  }
  if (reading.kind === 'reached') {
    if (isUnchanged) return { color: 'success', title: startTitle };
    const title =
      withdrawal !== undefined
        ? withdrawal.done({ name: nameInText(name) })
        : texts.done({ name: nameInText(name) }, agent.isActive === false);
    return withReleaseTime({ color: 'success', title }, last, formatTime);
  }
  if (reading.kind === 'failed') {
    const { what, todo } = reasonText(reading.reason, action, { name });
    return { color: 'warning', title: what, text: todo };
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
