import { useState } from 'react';
import type { Agent, HostStatus } from '../../../common/hosts/agent';
import { referenceKey } from '../../host_status/host_statuses';
import type { HostSubject } from '../../host_status/host_subject';

/**
 * The chosen agent, identified by its id. The UUID is kept only if the agent has it: the UUID of another agent would
 * contradict the choice.
 */
export function chosenSubject(
  { uuid, agentId: _, ...names }: HostSubject,
  agent: Pick<Agent, 'id' | 'uuid'>
): HostSubject {
  return {
    ...names,
    ...(uuid === undefined || uuid !== agent.uuid ? {} : { uuid }),
    agentId: agent.id,
    isChosen: true,
  };
}

/** The agents to choose from; none if SentinelOne has one or no agent for the host. */
export const choicesIn = (status: HostStatus | undefined): readonly Agent[] =>
  status?.state === 'ambiguous' || status?.state === 'mismatch' ? status.agents : [];

export interface AgentChoice {
  /** The host as the alert identifies it, or the chosen agent. */
  readonly subject: HostSubject;
  readonly choose: (agent: Agent) => void;
  /** Undefined if no agent is chosen. */
  readonly undo?: () => void;
}

/** The choice of one of several agents. `named` is the host as the alert identifies it. */
export function useAgentChoice(named: HostSubject): AgentChoice {
  // A choice applies only to the host for which it was made.
  const key = referenceKey(named);
  const [chosen, setChosen] = useState<{ readonly key: string; readonly agent: Agent }>();
  const choose = (agent: Agent) => setChosen({ key, agent });
  return chosen?.key !== key
    ? { subject: named, choose }
    : { subject: chosenSubject(named, chosen.agent), choose, undo: () => setChosen(undefined) };
}
