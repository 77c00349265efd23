import { type FC } from 'react';
import { EuiBadge, EuiLoadingSpinner } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { networkLabelOf, type HostStatus, type NetworkLabel } from '../../common/agent';

/** What a person is shown of a host: its network status, or why there is none. */
export type ShownStatus = NetworkLabel | 'unknown_agent' | 'several_agents' | 'other_agent';

/** The status to show for what SentinelOne said. */
export function shownStatusOf(status: HostStatus): ShownStatus {
  switch (status.state) {
    case 'known':
    case 'partial_match':
      return networkLabelOf(status.agent);
    case 'unknown':
      return 'unknown_agent';
    case 'ambiguous':
      return 'several_agents';
    case 'mismatch':
      return 'other_agent';
  }
}

/** True while SentinelOne has taken a command that the agent has not reported yet. */
export const isPending = (status: ShownStatus | undefined): boolean =>
  status === 'isolating' || status === 'releasing';

const TEXT: Readonly<Record<ShownStatus, () => string>> = {
  connected: () =>
    i18n.translate('sentineloneResponse.status.connected', { defaultMessage: 'Connected' }),
  isolating: () =>
    i18n.translate('sentineloneResponse.status.isolating', { defaultMessage: 'Isolating…' }),
  isolated: () =>
    i18n.translate('sentineloneResponse.status.isolated', { defaultMessage: 'Isolated' }),
  releasing: () =>
    i18n.translate('sentineloneResponse.status.releasing', { defaultMessage: 'Releasing…' }),
  offline: () =>
    i18n.translate('sentineloneResponse.status.offline', { defaultMessage: 'Offline' }),
  unknown: () =>
    i18n.translate('sentineloneResponse.status.unknown', { defaultMessage: 'Not reported' }),
  unknown_agent: () =>
    i18n.translate('sentineloneResponse.status.unknownAgent', { defaultMessage: 'Unknown agent' }),
  several_agents: () =>
    i18n.translate('sentineloneResponse.status.severalAgents', {
      defaultMessage: 'Several agents',
    }),
  other_agent: () =>
    i18n.translate('sentineloneResponse.status.otherAgent', { defaultMessage: 'Agents disagree' }),
};

const COLOR: Readonly<Record<ShownStatus, string>> = {
  connected: 'success',
  isolating: 'warning',
  isolated: 'danger',
  releasing: 'warning',
  offline: 'default',
  unknown: 'hollow',
  unknown_agent: 'hollow',
  several_agents: 'hollow',
  other_agent: 'hollow',
};

/** The status in words. */
export const statusText = (status: ShownStatus): string => TEXT[status]();

/** The status as a badge. */
export const NetworkStatusBadge: FC<{ readonly status: ShownStatus }> = ({ status }) => (
  <EuiBadge color={COLOR[status]} data-test-subj={`sentineloneResponseStatus-${status}`}>
    {isPending(status) ? (
      <>
        <EuiLoadingSpinner size="s" aria-hidden="true" css={{ verticalAlign: 'middle' }} />{' '}
      </>
    ) : null}
    <span>{statusText(status)}</span>
  </EuiBadge>
);
