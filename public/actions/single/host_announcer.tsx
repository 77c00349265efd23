import { type FC } from 'react';
import { EuiScreenReaderLive } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent } from '../../../common/hosts/agent';
import { useFormatShortTime } from '../../lib/use_format_time';
import { statusText } from '../../host_status/network_status';
import { progressMessage } from '../progress_message';
import type { HostSubject } from '../../host_status/host_subject';
import type { HostAndActions } from './use_host_and_actions';

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
 * Tells a screen reader when the host's status changes and how the last action goes on. It must stay on
 * the page all the time: a live region that comes together with its text is not read.
 */
export const HostAnnouncer: FC<{
  readonly host: HostAndActions;
  readonly subject: HostSubject;
}> = ({ host, subject }) => {
  const formatTime = useFormatShortTime();
  return <EuiScreenReaderLive>{announcement(host, subject, formatTime)}</EuiScreenReaderLive>;
};
