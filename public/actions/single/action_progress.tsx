import { type FC } from 'react';
import { EuiCallOut, EuiScreenReaderLive, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent } from '../../../common/hosts/agent';
import type { HostSubject } from '../../host_status/host_subject';
import { statusText, type ShownStatus } from '../../host_status/network_status';
import { useFormatShortTime } from '../../lib/use_format_time';
import { progressMessage, type LastAction } from '../progress_message';
import type { HostAndActions } from './use_host_and_actions';

const ICON = { success: 'check', warning: 'warning', primary: 'clock' } as const;

/** The progress of the last action. `HostAnnouncer` announces it for screen readers. */
export const ActionProgress: FC<{
  readonly last: LastAction | undefined;
  readonly status: ShownStatus | undefined;
  readonly agent: Agent | undefined;
}> = ({ last, status, agent }) => {
  const formatTime = useFormatShortTime();
  if (last === undefined) return null;
  const { color, title, text } = progressMessage(last, status, agent, formatTime);
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
  { last, shown, status }: HostAndActions,
  subject: HostSubject,
  formatTime: (iso: string) => string
): string {
  const agent = foundAgent(status);
  if (last !== undefined) {
    const { title, text } = progressMessage(last, shown, agent, formatTime);
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
