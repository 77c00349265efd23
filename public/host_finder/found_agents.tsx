import { type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiPanel, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { networkLabelOf, type Agent } from '../../common/agent';
import { Facts, type ShownFact } from '../alert_flyout/facts';
import { DateText } from '../hosts/date_text';
import { NetworkStatusBadge } from '../hosts/network_status';

const notReported = (): string =>
  i18n.translate('sentineloneResponse.finder.notReported', { defaultMessage: 'Not reported' });

const stateOf = (agent: Agent): ShownFact['description'] => {
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
  return <NetworkStatusBadge status={networkLabelOf(agent)} />;
};

const factsOf = (agent: Agent): ShownFact[] => [
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
    description: stateOf(agent),
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
}> = ({ agents, onChoose }) => (
  <>
    {agents.map((agent) => (
      <div key={agent.id}>
        <Facts title={agent.computerName ?? agent.id} facts={factsOf(agent)} />
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
