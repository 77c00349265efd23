import type { GetAgentsParams, GetAgentsResult } from '../../common/connector';
import type { Agent } from '../../common/agent';
import type { ProtectedHost } from '../../common/host_guards';
import { agentOnly, type AgentInFull } from '../management_api/agent_fields';
import { readAgentPage, readExactAgents, type ReadResult } from '../management_api/read_agents';
import type { RetryPorts } from '../management_api/retry';
import type { Send } from '../management_api/transport';
import { protectionOf } from '../response_actions/protected_hosts';

const DEFAULT_LIMIT = 100;

/** The agent as it may leave the connector, with the pattern that protects it. */
const handedOn =
  (protectedHosts: readonly ProtectedHost[]) =>
  (agent: AgentInFull): Agent => {
    const protectedBy = protectionOf(agent, protectedHosts);
    return { ...agentOnly(agent), ...(protectedBy === undefined ? {} : { protectedBy }) };
  };

async function exactAgents(
  send: Send,
  ports: RetryPorts,
  { uuids = [], ids = [], nameContains }: GetAgentsParams,
  handOn: (agent: AgentInFull) => Agent
): Promise<ReadResult<GetAgentsResult>> {
  const byId = new Map<string, Agent>();
  for (const [key, values] of [['uuids', uuids] as const, ['ids', ids] as const]) {
    const { agents, failed } = await readExactAgents(send, ports, key, values);
    const [problem] = failed.values();
    if (problem !== undefined) return { ok: false, problem };
    for (const agent of agents) byId.set(agent.id, handOn(agent));
  }
  const part = nameContains?.toLowerCase();
  const agents = [...byId.values()].filter(
    ({ computerName }) => part === undefined || computerName?.toLowerCase().includes(part)
  );
  return { ok: true, value: { agents, cursor: null, total: agents.length } };
}

/** A page of so many agents, or of fewer when Kibana would cut the answer. */
async function pageThatFits(
  send: Send,
  ports: RetryPorts,
  limit: number,
  query: Readonly<Record<string, string>>
): ReturnType<typeof readAgentPage> {
  const page = await readAgentPage(send, ports, { ...query, limit: String(limit) });
  if (page.ok || page.tooLarge !== true || limit === 1) return page;
  return pageThatFits(send, ports, Math.ceil(limit / 2), query);
}

/**
 * Reads agents. With `uuids` or `ids`: those that have one of them to the letter, in one call for up
 * to a hundred. Without: a page of all agents, or of those whose name contains a text.
 */
export async function getAgents(
  send: Send,
  ports: RetryPorts,
  params: GetAgentsParams,
  protectedHosts: readonly ProtectedHost[]
): Promise<ReadResult<GetAgentsResult>> {
  const handOn = handedOn(protectedHosts);
  if (params.uuids !== undefined || params.ids !== undefined) {
    return exactAgents(send, ports, params, handOn);
  }
  const { nameContains, cursor, limit = DEFAULT_LIMIT } = params;
  const page = await pageThatFits(send, ports, limit, {
    ...(nameContains === undefined ? {} : { computerName__contains: nameContains }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  if (!page.ok) return page;
  return { ok: true, value: { ...page.value, agents: page.value.agents.map(handOn) } };
}
