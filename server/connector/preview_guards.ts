import { LIMITS } from '../../common/constants';
import type { GuardPreview, ProtectedHost } from '../../common/host_guards';
import type { AgentInFull } from '../management_api/agent_fields';
import { readAgentPage, type ReadResult } from '../management_api/read_agents';
import type { RetryPorts } from '../management_api/retry';
import type { Send } from '../management_api/transport';
import { isProtectedBy } from '../response_actions/protected_hosts';

/** An agent's object is 3 to 10 kB and Kibana cuts answers at 1 MB. */
const PER_PAGE = 100;
const SHOWN = 20;

/**
 * Which of the tenant's agents each pattern matches now. Reads the first thousand, a hundred with every
 * call, and those that are in use only: the others cannot be isolated anyway.
 */
export async function previewGuards(
  send: Send,
  ports: RetryPorts,
  protectedHosts: readonly ProtectedHost[]
): Promise<ReadResult<GuardPreview>> {
  const agents: AgentInFull[] = [];
  let total: number | null = null;
  let cursor: string | null = null;
  do {
    const page = await readAgentPage(send, ports, {
      isDecommissioned: 'false',
      isUninstalled: 'false',
      limit: String(PER_PAGE),
      ...(cursor === null ? {} : { cursor }),
    });
    if (!page.ok) return page;
    agents.push(...page.value.agents);
    total ??= page.value.total;
    cursor = page.value.cursor;
  } while (cursor !== null && agents.length < LIMITS.agentsInPreview);

  const matching = protectedHosts.map((host) => agents.filter((one) => isProtectedBy(one, host)));
  const patterns = matching.map((matches) => ({
    matches: matches.length,
    hosts: matches.slice(0, SHOWN).map(({ id, computerName }) => ({
      agentId: id,
      name: computerName,
    })),
  }));
  const protectedAgents = new Set(matching.flat()).size;
  return { ok: true, value: { patterns, protectedAgents, lookedAt: agents.length, total } };
}
