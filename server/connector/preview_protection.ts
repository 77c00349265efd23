import { setImmediate } from 'node:timers/promises';
import { LIMITS } from '../../common/lib/constants';
import type { ProtectionPreview, ProtectedHost } from '../../common/hosts/protection_settings';
import type { AgentInFull } from '../sentinelone_client/decode_agent';
import { readAgentPage, type ReadResult } from '../sentinelone_client/read_agents';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { Send } from '../sentinelone_client/transport';
import { isProtectedBy } from '../protection/protected_hosts';

/** An agent's object is 3 to 10 kB and Kibana cuts answers at 1 MB. */
const PER_PAGE = 100;
const SHOWN = 20;

/**
 * Which of the tenant's agents each pattern matches now. Reads the first thousand, a hundred with every
 * call, and those that are in use only: the others cannot be isolated anyway.
 */
export async function previewProtection(
  send: Send,
  ports: RetryPorts,
  protectedHosts: readonly ProtectedHost[]
): Promise<ReadResult<ProtectionPreview>> {
  const agents: AgentInFull[] = [];
  let total: number | null = null;
  let cursor: string | null = null;
  // A tenant that hands out a further page for ever, without agents, ends here as well.
  for (let n = 0; n < LIMITS.agentsInPreview / PER_PAGE && (n === 0 || cursor !== null); n++) {
    const page: Awaited<ReturnType<typeof readAgentPage>> = await readAgentPage(send, ports, {
      isDecommissioned: 'false',
      isUninstalled: 'false',
      limit: String(PER_PAGE),
      ...(cursor === null ? {} : { cursor }),
    });
    if (!page.ok) return page;
    agents.push(...page.value.agents);
    total ??= page.value.total;
    cursor = page.value.cursor;
  }

  const matching: AgentInFull[][] = [];
  for (const host of protectedHosts) {
    matching.push(agents.filter((one) => isProtectedBy(one, host)));
    // Two hundred patterns and a thousand agents take a while, in which Kibana has others to answer.
    await setImmediate();
  }
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
