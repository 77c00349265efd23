import { type FC } from 'react';
import { EuiCallOut, EuiScreenReaderLive, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import { foundAgent } from '../../../common/hosts/agent';
import type { HostSubject } from '../../host_status/host_subject';
import { statusText } from '../../host_status/network_status';
import { useFormatShortTime } from '../../lib/format_date';
import { progressMessage, type LastAction } from '../progress_message';
import { useShownAction } from '../use_action_sender';
import type { HostAndActions } from './use_host_and_actions';

const ICON = { success: 'check', warning: 'warning', primary: 'clock' } as const;

const messageAbout = (
  last: LastAction,
  { shownOn, status }: HostAndActions,
  formatTime: (iso: string) => string
) =>
  progressMessage(
    last,
    shownOn(ACTION_DEFINITIONS[last.action].property),
    foundAgent(status),
    formatTime
  );

/** The progress of the last action. `HostAnnouncer` announces it for screen readers. */
export const ActionProgress: FC<{ readonly host: HostAndActions }> = ({ host }) => {
  const formatTime = useFormatShortTime();
  const { last } = host;
  useShownAction(last?.answer.actionId);
  if (last === undefined) return null;
  const { color, title, text } = messageAbout(last, host, formatTime);
  return (
    <EuiCallOut
      size="s"
      color={color}
      title={title}
      iconType={ICON[color]}
      data-test-subj="sentineloneResponseProgress"
    >
      {text === undefined ? null : (
        <EuiText size="s">
          <p>{text}</p>
        </EuiText>
      )}
    </EuiCallOut>
  );
};

function announcement(
  host: HostAndActions,
  subject: HostSubject,
  formatTime: (iso: string) => string
): string {
  const { last, shown, status } = host;
  const agent = foundAgent(status);
  if (last !== undefined) {
    const { title, text } = messageAbout(last, host, formatTime);
    return text === undefined ? title : `${title}. ${text}`;
  }
  if (shown === undefined) return '';
  const name = agent?.computerName ?? subject.name;
  return name === undefined
    ? i18n.translate('sentineloneResponse.announcer.status', {
        defaultMessage: 'Network status of the host: {status}',
        values: { status: statusText(shown) },
      })
    : i18n.translate('sentineloneResponse.announcer.statusOf', {
        defaultMessage: 'Network status of {name}: {status}',
        values: { name, status: statusText(shown) },
      });
}

/**
 * Announces changes of the host's status and the progress of the last action for screen readers. Render it always:
 * screen readers ignore a live region that appears together with its text.
 */
export const HostAnnouncer: FC<{
  readonly host: HostAndActions;
  readonly subject: HostSubject;
}> = ({ host, subject }) => {
  const formatTime = useFormatShortTime();
  return <EuiScreenReaderLive>{announcement(host, subject, formatTime)}</EuiScreenReaderLive>;
};
