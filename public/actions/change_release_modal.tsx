import { useRef, useState, type FC } from 'react';
import { EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/actions/action_name';
import type { ReleaseChangeName } from '../../common/api/change_release';
import type { ReleaseTimes } from '../../common/hosts/protection_settings';
import { DateText } from '../components/date_text';
import { focusField } from '../components/focus_field';
import { describeError, type Problem } from '../lib/describe_error';
import { useServices } from '../lib/services';
import { commentProblem, CommentModal } from './comment_field';
import {
  CUSTOM,
  minutesOf,
  minutesProblem,
  NOT_CHOSEN,
  offeredMinutes,
  type ReleaseTimeChoice,
} from './release_time_choice';
import { ReleaseTimeField } from './release_time_field';

const TITLE: Readonly<Record<ReleaseChangeName, (host: string) => string>> = {
  changeRelease: (host) =>
    i18n.translate('sentineloneResponse.changeRelease.changeTitle', {
      defaultMessage: 'Change the automatic release of {host}',
      values: { host },
    }),
  cancelRelease: (host) =>
    i18n.translate('sentineloneResponse.changeRelease.cancelTitle', {
      defaultMessage: 'Cancel the automatic release of {host}',
      values: { host },
    }),
};
const SEND: Readonly<Record<ReleaseChangeName, () => string>> = {
  changeRelease: () =>
    i18n.translate('sentineloneResponse.changeRelease.send', { defaultMessage: 'Change time' }),
  cancelRelease: () =>
    i18n.translate('sentineloneResponse.changeRelease.sendCancel', {
      defaultMessage: 'Cancel automatic release',
    }),
};

/** The pending automatic release that the dialog is about. */
export interface ShownRelease {
  /** The action that it ends. */
  readonly actionId: string;
  readonly action: ActionName;
  readonly version: number;
  /** ISO 8601. */
  readonly releaseAt: string;
  /** The name of the host on which the user opened it. */
  readonly host: string;
}

/** The dialog in which a user changes or cancels an automatic release, with a comment. */
export const ChangeReleaseModal: FC<{
  readonly release: ShownRelease;
  readonly change: ReleaseChangeName;
  readonly times: ReleaseTimes;
  readonly onClose: () => void;
  /** Called after each attempt, because another user may have changed it. */
  readonly onTried: () => void;
}> = ({ release, change, times, onClose, onTried }) => {
  const { api, core } = useServices();
  const [choice, setChoice] = useState<ReleaseTimeChoice>(() => ({
    ...NOT_CHOSEN,
    chosen: String(offeredMinutes(times.defaultMinutes, times.longestMinutes)[0] ?? CUSTOM),
  }));
  const [comment, setComment] = useState('');
  const [showProblem, setShowProblem] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setIsSending] = useState(false);
  const amount = useRef<HTMLInputElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const hasTime = change === 'changeRelease';
  const { actionId, host, version } = release;

  const send = async () => {
    const minutes = hasTime ? minutesOf(choice, null) : undefined;
    setShowProblem(true);
    if (minutesProblem(minutes, times.longestMinutes) !== undefined) {
      return focusField(amount.current);
    }
    if (commentProblem(comment, true) !== undefined) return focusField(input.current);
    setProblem(undefined);
    setIsSending(true);
    try {
      await api.changeRelease(actionId, change, {
        ...{ comment, version },
        ...(minutes === undefined ? {} : { releaseAfterMinutes: minutes }),
      });
      core.notifications.toasts.addSuccess(
        hasTime
          ? i18n.translate('sentineloneResponse.changeRelease.changed', {
              defaultMessage: 'Automatic release of {host} changed',
              values: { host },
            })
          : i18n.translate('sentineloneResponse.changeRelease.cancelled', {
              defaultMessage: 'Automatic release of {host} cancelled',
              values: { host },
            })
      );
      onClose();
    } catch (error) {
      setProblem(describeError(error, release.action));
      setIsSending(false);
    } finally {
      onTried();
    }
  };
  return (
    <CommentModal
      title={TITLE[change](host)}
      problem={problem}
      problemTitle={i18n.translate('sentineloneResponse.changeRelease.failed', {
        defaultMessage: 'The automatic release was not changed',
      })}
      comment={comment}
      onComment={setComment}
      commentRef={input}
      showProblem={showProblem}
      isSending={isSending}
      onSend={() => void send()}
      onClose={onClose}
      closeLabel={i18n.translate('sentineloneResponse.changeRelease.close', {
        defaultMessage: 'Close',
      })}
      sendLabel={SEND[change]()}
      sendColor={hasTime ? 'primary' : 'danger'}
      initialFocus={hasTime ? 'select' : 'textarea'}
      subjects={{
        dialog: 'sentineloneResponseChangeRelease',
        send: 'sentineloneResponseSendReleaseChange',
      }}
      fields={
        hasTime ? (
          <ReleaseTimeField
            choice={choice}
            onChange={setChoice}
            times={times}
            mayEnd
            action={release.action}
            showProblem={showProblem}
            disabled={isSending}
            inputRef={amount}
            isOptional={false}
            helpText={i18n.translate('sentineloneResponse.changeRelease.fromNow', {
              defaultMessage: 'Counted from now.',
            })}
          />
        ) : null
      }
    >
      <EuiText size="s">
        <p>
          {i18n.translate('sentineloneResponse.changeRelease.present', {
            defaultMessage: 'Scheduled:',
          })}{' '}
          <DateText iso={release.releaseAt} />
        </p>
        <p>
          {hasTime
            ? i18n.translate('sentineloneResponse.changeRelease.allHosts', {
                defaultMessage: 'The new time applies to all hosts of the same isolation.',
              })
            : i18n.translate('sentineloneResponse.changeRelease.staysIsolated', {
                defaultMessage:
                  'All hosts of the same isolation stay isolated until a user releases them.',
              })}
        </p>
      </EuiText>
    </CommentModal>
  );
};
