import { type FC } from 'react';
import {
  EuiButtonIcon,
  EuiCallOut,
  EuiSkeletonText,
  EuiSpacer,
  EuiText,
  EuiToolTip,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent, type HostStatus } from '../../common/agent';
import { listText } from '../../common/list_text';
import { reasonText } from '../../common/reason_text';
import { DateText } from '../hosts/date_text';
import { NetworkStatusBadge, type ShownStatus } from '../hosts/network_status';
import { StatusProblem } from '../hosts/status_problem';
import type { LiveStatus } from '../hosts/use_hosts_status';
import {
  confirmationReason,
  confirmationText,
  confirmationTodo,
} from '../take_action/confirmation_reason';
import { agentsDisagree } from '../take_action/texts';
import { Facts, type ShownFact } from './facts';
import { namesIn, type HostSubject } from './host_subject';
import { noAgentTitle, unusableAgent } from './unusable_agent';

export interface HostPanelProps {
  readonly subject: HostSubject;
  readonly live: LiveStatus;
  readonly shown: ShownStatus | undefined;
  /** What a command that waits for an offline host means is said elsewhere on the page. */
  readonly waitingIsTold?: boolean;
}

const notReported = (): string =>
  i18n.translate('sentineloneResponse.host.notReported', { defaultMessage: 'Not reported' });

function agentFacts(agent: Agent, shown: ShownStatus): ShownFact[] {
  return [
    {
      title: i18n.translate('sentineloneResponse.host.name', { defaultMessage: 'Name' }),
      description: <strong>{agent.computerName ?? notReported()}</strong>,
    },
    {
      title: i18n.translate('sentineloneResponse.host.networkStatus', {
        defaultMessage: 'Network status',
      }),
      description: <NetworkStatusBadge status={shown} />,
    },
    {
      title: i18n.translate('sentineloneResponse.host.lastSeen', { defaultMessage: 'Last seen' }),
      description: <DateText iso={agent.lastActiveDate} />,
    },
    {
      title: i18n.translate('sentineloneResponse.host.os', { defaultMessage: 'Operating system' }),
      description: agent.osName ?? notReported(),
    },
    {
      title: i18n.translate('sentineloneResponse.host.version', {
        defaultMessage: 'Agent version',
      }),
      description: agent.agentVersion ?? notReported(),
    },
    {
      title: i18n.translate('sentineloneResponse.host.site', { defaultMessage: 'Site' }),
      description: agent.siteName ?? notReported(),
    },
    {
      title: i18n.translate('sentineloneResponse.host.group', { defaultMessage: 'Group' }),
      description: agent.groupName ?? notReported(),
    },
  ];
}

function alertFacts(subject: HostSubject): ShownFact[] {
  const { uuid, agentId } = subject;
  const names = namesIn(subject);
  const facts = [
    [
      i18n.translate('sentineloneResponse.host.name', { defaultMessage: 'Name' }),
      names.length === 0 ? undefined : listText(names),
    ],
    [i18n.translate('sentineloneResponse.host.uuid', { defaultMessage: 'Agent UUID' }), uuid],
    [i18n.translate('sentineloneResponse.host.agentId', { defaultMessage: 'Agent id' }), agentId],
  ] as const;
  return facts.flatMap(([title, description]) =>
    description === undefined ? [] : [{ title, description }]
  );
}

const Note: FC<{ readonly what: string; readonly todo: string }> = ({ what, todo }) => (
  <>
    <EuiCallOut size="s" color="warning" iconType="warning" title={what}>
      <EuiText size="s">
        <p>{todo}</p>
      </EuiText>
    </EuiCallOut>
    <EuiSpacer size="s" />
  </>
);

/** What stands in the way of acting on the host, or what its state means. */
function noteOf(
  subject: HostSubject,
  status: HostStatus,
  shown: ShownStatus,
  waitingIsTold: boolean
) {
  if (status.state === 'unknown') return reasonText('not_found', 'read');
  if (status.state === 'ambiguous') {
    const detail = i18n.translate('sentineloneResponse.host.clones', {
      defaultMessage: 'SentinelOne has: {names}',
      values: { names: status.agents.map(({ computerName, id }) => computerName ?? id).join(', ') },
    });
    return reasonText('ambiguous', 'read', { detail });
  }
  if (status.state === 'mismatch') return agentsDisagree();
  const { agent } = status;
  const name = agent.computerName;
  if (agent.isDecommissioned) return reasonText('decommissioned', 'read', { name });
  if (agent.isUninstalled) return reasonText('uninstalled', 'read', { name });
  const doubt = confirmationReason(subject, status);
  if (doubt !== undefined) {
    return { what: `${confirmationText(doubt, name)}.`, todo: confirmationTodo(name) };
  }
  if (waitingIsTold) return undefined;
  if (shown === 'isolating' && agent.isActive === false) {
    return reasonText('offline', 'isolate', { name });
  }
  if (shown === 'releasing' && agent.isActive === false) {
    return reasonText('offline', 'release', { name });
  }
  return undefined;
}

/** The host as SentinelOne knows it, with its live network status. */
export const HostPanel: FC<HostPanelProps> = ({ subject, live, shown, waitingIsTold = false }) => {
  const { hosts, problem, isFetching, refresh } = live;
  const status = hosts?.[0];
  const agent = foundAgent(status);
  const refreshLabel = i18n.translate('sentineloneResponse.host.refresh', {
    defaultMessage: 'Refresh the network status',
  });
  const namesAgent = subject.uuid !== undefined || subject.agentId !== undefined;
  const unusable = unusableAgent(subject);
  const note =
    status === undefined || shown === undefined
      ? undefined
      : noteOf(subject, status, shown, waitingIsTold);
  const facts: ShownFact[] =
    agent !== undefined && shown !== undefined
      ? agentFacts(agent, shown)
      : [
          ...(shown === undefined
            ? []
            : [
                {
                  title: i18n.translate('sentineloneResponse.host.networkStatus', {
                    defaultMessage: 'Network status',
                  }),
                  description: <NetworkStatusBadge status={shown} />,
                },
              ]),
          ...alertFacts(subject),
        ];
  return (
    <Facts
      title={i18n.translate('sentineloneResponse.host.title', { defaultMessage: 'Host' })}
      facts={facts}
      aside={
        namesAgent ? (
          <EuiToolTip content={refreshLabel}>
            <EuiButtonIcon
              iconType="refresh"
              aria-label={refreshLabel}
              isLoading={isFetching}
              onClick={refresh}
            />
          </EuiToolTip>
        ) : null
      }
    >
      {!namesAgent && unusable !== undefined ? (
        <Note {...unusable} />
      ) : !namesAgent ? (
        <Note
          what={noAgentTitle()}
          todo={i18n.translate('sentineloneResponse.host.noAgentTodo', {
            defaultMessage:
              'It has neither observer.serial_number nor an agent id, so it cannot be told which host to act on. Look for the host in the SentinelOne console.',
          })}
        />
      ) : problem !== undefined ? (
        <StatusProblem source={live} />
      ) : status === undefined ? (
        <EuiSkeletonText
          lines={4}
          contentAriaLabel={i18n.translate('sentineloneResponse.host.loading', {
            defaultMessage: 'what SentinelOne says of the host',
          })}
        />
      ) : note === undefined ? null : (
        <Note {...note} />
      )}
    </Facts>
  );
};
