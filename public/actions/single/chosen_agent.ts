import { useState } from 'react';
import type { Agent, HostStatus } from '../../../common/hosts/agent';
import { referenceKey } from '../../host_status/host_statuses';
import type { HostSubject } from '../../host_status/host_subject';

/**
 * One of the agents that an alert may be about, by its id. The UUID stays where it is this agent's too; one that
 * belongs to another agent would contradict the choice.
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

/** The agents that a person can choose from; none where SentinelOne has one for the host, or none at all. */
export const choicesIn = (status: HostStatus | undefined): readonly Agent[] =>
  status?.state === 'ambiguous' || status?.state === 'mismatch' ? status.agents : [];

export interface AgentChoice {
  /** The host by the words of the alert, or the agent that was chosen instead. */
  readonly subject: HostSubject;
  readonly choose: (agent: Agent) => void;
  /** Undefined while none is chosen. */
  readonly undo?: () => void;
}

/** Which of several agents is meant. `named` is the host by the words of the alert. */
export function useAgentChoice(named: HostSubject): AgentChoice {
  // Of another host of the same alert none was chosen yet.
  const key = referenceKey(named);
  const [chosen, setChosen] = useState<{ readonly key: string; readonly agent: Agent }>();
  const choose = (agent: Agent) => setChosen({ key, agent });
  return chosen?.key !== key
    ? { subject: named, choose }
    : { subject: chosenSubject(named, chosen.agent), choose, undo: () => setChosen(undefined) };
}
