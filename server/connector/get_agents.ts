import type { GetAgentsParams, GetAgentsResult } from '../../common/api/connector';
import type { Agent } from '../../common/hosts/agent';
import type { ProtectedHost } from '../../common/hosts/protection_settings';
import { agentOnly, type AgentInFull } from '../sentinelone_client/agent_fields';
import { readAgentPage, readExactAgents, type ReadResult } from '../sentinelone_client/read_agents';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { Send } from '../sentinelone_client/transport';
import { protectionOf } from '../protection/protected_hosts';

const DEFAULT_LIMIT = 100;

/** What is added to agents that leave the connector. */
export interface AgentContext {
  readonly protectedHosts: readonly ProtectedHost[];
  /** The tenant's origin. */
  readonly origin: string;
}

/** The agent as it may leave the connector, with the pattern that protects it and where the console shows it. */
const handedOn =
  ({ protectedHosts, origin }: AgentContext) =>
  (agent: AgentInFull): Agent => {
    const protectedBy = protectionOf(agent, protectedHosts);
    const consoleUrl = consoleUrlOf(origin, agent.computerName);
    return {
      ...agentOnly(agent),
      ...(protectedBy === undefined ? {} : { protectedBy }),
      ...(consoleUrl === undefined ? {} : { consoleUrl }),
    };
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
  const all = [...byId.values()];
  const agents = nameContains === undefined ? all : all.filter(hasName(nameContains));
  return { ok: true, value: { agents, cursor: null, total: agents.length } };
}

const hasName =
  (part: string) =>
  ({ computerName }: Agent): boolean =>
    computerName?.toLowerCase().includes(part.toLowerCase()) === true;

/**
 * The filter for names that contain `part`. `computerName__contains` takes several values, separated by commas, and
 * finds names that contain any of them (SentinelOne's API documentation). For a part with a comma, the longest piece
 * between commas is used.
 */
function askedName(part: string): string {
  if (!part.includes(',')) return part;
  const pieces = part.split(',').map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest));
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
 * to a hundred. Without: a page of all agents, or of those whose name contains a text. Of a name with a comma
 * a page can hold fewer agents than were asked for, and the total is not known.
 */
export async function getAgents(
  send: Send,
  ports: RetryPorts,
  params: GetAgentsParams,
  context: AgentContext
): Promise<ReadResult<GetAgentsResult>> {
  const handOn = handedOn(context);
  if (params.uuids !== undefined || params.ids !== undefined) {
    return exactAgents(send, ports, params, handOn);
  }
  const { nameContains, cursor, limit = DEFAULT_LIMIT } = params;
  const page = await pageThatFits(send, ports, limit, {
    ...(nameContains === undefined ? {} : { computerName__contains: askedName(nameContains) }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  if (!page.ok) return page;
  const agents = page.value.agents.map(handOn);
  return nameContains?.includes(',')
    ? {
        ok: true,
        value: { ...page.value, agents: agents.filter(hasName(nameContains)), total: null },
      }
    : { ok: true, value: { ...page.value, agents } };
}

/**
 * SentinelOne's console shows the endpoints whose name contains a text at this address. Source: what the public
 * integration polarityio/sentinelone links to; SentinelOne publishes no address of a single agent. `origin` is the
 * tenant's. Undefined for an agent without a name, and for a name that the filter can't hold.
 */
export function consoleUrlOf(origin: string, computerName: string | null): string | undefined {
  if (computerName === null || /["\\]/.test(computerName)) return undefined;
  const filter = JSON.stringify({ computerName__contains: `"${computerName}"` });
  const url = new URL('/sentinels/devices', origin);
  url.search = new URLSearchParams({ page: '1', filter }).toString();
  return url.href;
}
