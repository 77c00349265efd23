import { type FC } from 'react';
import { EuiBadge, EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent, type HostStatus } from '../../common/hosts/agent';
import { protectionText } from '../../common/actions/protection_override';
import type { HostSubject } from '../host_status/host_subject';
import { confirmationReason, confirmationText } from './confirmation_reason';
import { protectedHost } from './protection';
import { iconName } from '../components/icon';

/** Badges beside the network status of a host, with what the user should know before an action. */

interface HostFlag {
  readonly id: 'differs' | 'protected' | 'outside';
  readonly label: string;
  /** The meaning for this host, in one or two sentences. */
  readonly text: string;
  readonly color: 'warning' | 'hollow';
  readonly icon: string;
}

function flagsOf(subject: HostSubject, status: HostStatus | undefined): readonly HostFlag[] {
  const agent = foundAgent(status);
  if (agent === undefined) return [];
  const doubt = confirmationReason(subject, status);
  return [
    ...(doubt === undefined || doubt.kind === 'chosen'
      ? []
      : [
          {
            id: 'differs' as const,
            label: i18n.translate('sentineloneResponse.hostBadges.differs', {
              defaultMessage: 'Check the host',
            }),
            text: confirmationText(doubt, agent.computerName),
            color: 'warning' as const,
            icon: 'warning' as const,
          },
        ]),
    ...(agent.protectedBy === undefined
      ? []
      : [
          {
            id: 'protected' as const,
            label: i18n.translate('sentineloneResponse.hostBadges.protected', {
              defaultMessage: 'Protected',
            }),
            text: protectedHost(protectionText(agent.protectedBy)),
            color: 'hollow' as const,
            icon: 'lock' as const,
          },
        ]),
    ...(agent.isIsolatedOutside !== true
      ? []
      : [
          {
            id: 'outside' as const,
            label: i18n.translate('sentineloneResponse.hostBadges.outside', {
              defaultMessage: 'Isolated outside Kibana',
            }),
            text: i18n.translate('sentineloneResponse.hostBadges.outsideText', {
              defaultMessage:
                'Another user isolated this host in the SentinelOne console or through its API. See the activity log in SentinelOne.',
            }),
            color: 'hollow' as const,
            icon: iconName('popout'),
          },
        ]),
  ];
}

/** The badges of a host. Each has a tooltip, which keyboard users reach, too. */
export const HostBadges: FC<{
  readonly subject: HostSubject;
  readonly status: HostStatus | undefined;
}> = ({ subject, status }) => {
  const flags = flagsOf(subject, status);
  if (flags.length === 0) return null;
  return (
    <div css={{ display: 'flex', flexWrap: 'wrap', gap: 4, marginTop: 4 }}>
      {flags.map(({ id, label, text, color, icon }) => (
        <EuiToolTip key={id} content={text}>
          <EuiBadge
            color={color}
            iconType={icon}
            tabIndex={0}
            data-test-subj={`sentineloneResponseHostBadge-${id}`}
          >
            {label}
          </EuiBadge>
        </EuiToolTip>
      ))}
    </div>
  );
};
