import type { Agent } from '../../common/hosts/agent';
import { listText } from '../../common/lib/list_text';
import { visibleName } from '../../common/lib/visible_text';

const lastSeenOf = ({ isActive, lastActiveDate }: Agent): string => {
  if (isActive === true) return 'online';
  return lastActiveDate === null ? 'offline' : `last seen ${lastActiveDate}`;
};

/** An agent with what tells it from others of the same name: `web-7 (agent id 1, online, site Lyon)`. */
export function describeAgent(agent: Agent): string {
  const facts = [
    `agent id ${agent.id}`,
    lastSeenOf(agent),
    ...(agent.isDecommissioned ? ['decommissioned'] : []),
    ...(agent.isUninstalled ? ['uninstalled'] : []),
    ...(agent.siteName === null ? [] : [`site ${visibleName(agent.siteName)}`]),
  ];
  const name = agent.computerName === null ? 'no name' : visibleName(agent.computerName);
  return `${name} (${facts.join(', ')})`;
}

/** The first few agents, and how many more there are. */
export const describeAgents = (agents: readonly Agent[]): string =>
  listText(agents.map(describeAgent), '; ');
