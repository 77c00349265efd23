import { type FC } from 'react';
import { EuiButton, EuiFlexGroup, EuiFlexItem, EuiPanel, EuiSpacer } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../common/hosts/agent';
import { DetailsList } from '../components/details_list';
import { nameInText } from '../components/shown_name';
import {
  agentDetails,
  DISTINGUISHING_FIELDS,
  networkStatusFact,
  type AgentDetail,
} from './agent_details';

export interface AgentListProps {
  readonly agents: readonly Agent[];
  /** The network status of the nth agent. */
  readonly statusOf: (agent: Agent, n: number) => JSX.Element;
  /** More details of an agent, shown first. */
  readonly moreOf?: (agent: Agent) => readonly AgentDetail[];
  readonly onChoose: (agent: Agent) => void;
}

/** The title that screen readers read: the name, with the id if several agents have this name. */
function titleOf({ id, computerName }: Agent, agents: readonly Agent[]): string {
  if (computerName === null) return id;
  const isOnly = agents.every((other) => other.id === id || other.computerName !== computerName);
  return isOnly
    ? nameInText(computerName)
    : i18n.translate('sentineloneResponse.agentList.title', {
        defaultMessage: '{name}, agent id {id}',
        values: { name: nameInText(computerName), id },
      });
}

/** The agents to choose from, each with the details that distinguish it. */
export const AgentList: FC<AgentListProps> = ({ agents, statusOf, moreOf, onChoose }) => (
  <>
    {agents.map((agent, n) => {
      const [id, uuid, ...others] = agentDetails(agent, DISTINGUISHING_FIELDS);
      const facts = [
        ...(moreOf?.(agent) ?? []),
        id!,
        uuid!,
        networkStatusFact(statusOf(agent, n)),
        ...others,
      ];
      return (
        <div key={agent.id}>
          <DetailsList title={titleOf(agent, agents)} facts={facts} />
          <EuiPanel hasShadow={false} color="transparent" paddingSize="s">
            <EuiFlexGroup justifyContent="flexEnd" responsive={false}>
              <EuiFlexItem grow={false}>
                <EuiButton
                  size="s"
                  aria-label={i18n.translate('sentineloneResponse.agentList.chooseThis', {
                    defaultMessage: 'Choose the agent {id}',
                    values: { id: agent.id },
                  })}
                  data-test-subj="sentineloneResponseChooseAgent"
                  onClick={() => onChoose(agent)}
                >
                  {i18n.translate('sentineloneResponse.agentList.choose', {
                    defaultMessage: 'Choose this agent',
                  })}
                </EuiButton>
              </EuiFlexItem>
            </EuiFlexGroup>
          </EuiPanel>
          <EuiSpacer size="s" />
        </div>
      );
    })}
  </>
);
