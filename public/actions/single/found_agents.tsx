import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { Agent, AgentReference } from '../../../common/hosts/agent';
import { AgentList } from '../../host_status/agent_list';
import { nameInText } from '../../components/shown_name';
import {
  NetworkStatusBadge,
  type ShownStatus,
  StatusSkeleton,
} from '../../host_status/network_status';
import { StatusProblem } from '../../host_status/status_problem';
import { useManyHostsStatus } from '../../host_status/use_many_hosts_status';

const referenceTo = ({ id, uuid }: Agent): AgentReference => ({
  ...(uuid === null ? {} : { uuid }),
  agentId: id,
});

/** What is shown while SentinelOne is asked, and what when it cannot be. */
const statusOf = (
  { id, computerName }: Agent,
  shown: ShownStatus | undefined,
  isKnown: boolean
): JSX.Element => {
  if (shown !== undefined) return <NetworkStatusBadge status={shown} />;
  if (!isKnown) return <StatusSkeleton name={nameInText(computerName ?? id)} />;
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
      <StatusProblem
        source={live}
        advice={i18n.translate('sentineloneResponse.finder.slowAdvice', {
          defaultMessage: 'You can choose an agent before its network status is known.',
        })}
      />
      <AgentList
        agents={agents}
        statusOf={(agent, n) => statusOf(agent, live.shown[n], live.statuses[n] !== undefined)}
        onChoose={onChoose}
      />
    </>
  );
};
