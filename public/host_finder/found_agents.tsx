import { type FC } from 'react';
import { EuiSkeletonText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent, AgentReference } from '../../common/agent';
import { AgentList } from '../hosts/agent_list';
import { NetworkStatusBadge, type ShownStatus } from '../hosts/network_status';
import { StatusProblem } from '../hosts/status_problem';
import { useManyHostsStatus } from '../hosts/use_many_hosts_status';

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

/** The agents to choose from, with their live status. */
export const FoundAgents: FC<{
  readonly agents: readonly Agent[];
  readonly onChoose: (agent: Agent) => void;
}> = ({ agents, onChoose }) => {
  const live = useManyHostsStatus(agents.map(referenceTo));
  return (
    <>
      <StatusProblem source={live} />
      <AgentList
        agents={agents}
        statusOf={(_, n) => statusOf(live.shown[n], live.statuses[n] !== undefined)}
        onChoose={onChoose}
      />
    </>
  );
};
