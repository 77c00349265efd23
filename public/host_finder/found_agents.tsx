import { type FC } from 'react';
import {
  EuiButton,
  EuiFlexGroup,
  EuiFlexItem,
  EuiPanel,
  EuiSkeletonText,
  EuiSpacer,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent, AgentReference } from '../../common/agent';
import { Facts, type ShownFact } from '../alert_flyout/facts';
import { DateText } from '../hosts/date_text';
import { NetworkStatusBadge, type ShownStatus } from '../hosts/network_status';
import { StatusProblem } from '../hosts/status_problem';
import { useManyHostsStatus } from '../hosts/use_many_hosts_status';

const notReported = (): string =>
  i18n.translate('sentineloneResponse.finder.notReported', { defaultMessage: 'Not reported' });

const referenceTo = ({ id, uuid }: Agent): AgentReference => ({
  ...(uuid === null ? {} : { uuid }),
  agentId: id,
});

/** What is shown while SentinelOne is asked, and what when it cannot be. */
const statusOf = (shown: ShownStatus | undefined, isKnown: boolean): JSX.Element => {
  if (shown !== undefined) return <NetworkStatusBadge status={shown} />;
  if (!isKnown) return <EuiSkeletonText lines={1} size="s" css={{ width: 80 }} />;
  return (
    <>
      {i18n.translate('sentineloneResponse.finder.notAvailable', {
        defaultMessage: 'Not available',
      })}
    </>
  );
};

const stateOf = (agent: Agent, status: JSX.Element): ShownFact['description'] => {
  if (agent.isDecommissioned) {
    return i18n.translate('sentineloneResponse.finder.decommissioned', {
      defaultMessage: 'Decommissioned',
    });
  }
  if (agent.isUninstalled) {
    return i18n.translate('sentineloneResponse.finder.uninstalled', {
      defaultMessage: 'Uninstalled',
    });
  }
  return status;
};

const factsOf = (agent: Agent, status: JSX.Element): ShownFact[] => [
  {
    title: i18n.translate('sentineloneResponse.finder.agentId', { defaultMessage: 'Agent id' }),
    description: agent.id,
  },
  {
    title: i18n.translate('sentineloneResponse.finder.uuid', { defaultMessage: 'Agent UUID' }),
    description: agent.uuid ?? notReported(),
  },
  {
    title: i18n.translate('sentineloneResponse.finder.status', {
      defaultMessage: 'Network status',
    }),
    description: stateOf(agent, status),
  },
  {
    title: i18n.translate('sentineloneResponse.finder.site', { defaultMessage: 'Site' }),
    description: agent.siteName ?? notReported(),
  },
  {
    title: i18n.translate('sentineloneResponse.finder.os', { defaultMessage: 'Operating system' }),
    description: agent.osName ?? notReported(),
  },
  {
    title: i18n.translate('sentineloneResponse.finder.lastSeen', { defaultMessage: 'Last seen' }),
    description: <DateText iso={agent.lastActiveDate} />,
  },
];

/** The agents to choose from, each with what tells it from the others. */
export const FoundAgents: FC<{
  readonly agents: readonly Agent[];
  readonly onChoose: (agent: Agent) => void;
}> = ({ agents, onChoose }) => {
  // Whoever comes back from one of them may have acted on it: nothing of before that is shown.
  const live = useManyHostsStatus(agents.map(referenceTo), { cacheTime: 0 });
  return (
    <>
      <StatusProblem source={live} />
      {agents.map((agent, n) => (
        <div key={agent.id}>
          <Facts
            title={agent.computerName ?? agent.id}
            facts={factsOf(agent, statusOf(live.shown[n], live.statuses[n] !== undefined))}
          />
          <EuiPanel hasShadow={false} color="transparent" paddingSize="s">
            <EuiFlexGroup justifyContent="flexEnd" responsive={false}>
              <EuiFlexItem grow={false}>
                <EuiButton
                  size="s"
                  aria-label={i18n.translate('sentineloneResponse.finder.chooseThis', {
                    defaultMessage: 'Choose the agent {id}',
                    values: { id: agent.id },
                  })}
                  onClick={() => onChoose(agent)}
                >
                  {i18n.translate('sentineloneResponse.finder.chooseButton', {
                    defaultMessage: 'Choose this agent',
                  })}
                </EuiButton>
              </EuiFlexItem>
            </EuiFlexGroup>
          </EuiPanel>
          <EuiSpacer size="s" />
        </div>
      ))}
    </>
  );
};
