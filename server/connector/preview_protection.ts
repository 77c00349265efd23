import { setImmediate } from 'node:timers/promises';
import { LIMITS } from '../../common/lib/constants';
import type { ProtectionPreview, ProtectedHost } from '../../common/hosts/protection_settings';
import type { AgentInFull } from '../sentinelone_client/decode_agent';
import { readAgentPage, type ReadResult } from '../sentinelone_client/read_agents';
import type { RetryPorts } from '../sentinelone_client/retry';
import type { Send } from '../sentinelone_client/transport';
import { isProtectedBy } from '../protection/protected_hosts';

/** An agent's object has 3 to 10 kB, and Kibana rejects responses above 1 MB. */
const PER_PAGE = 100;
const SHOWN = 20;

/**
 * Returns the tenant's agents that each pattern matches now. Reads the first thousand, a hundred per call, and only
 * agents in use, because others cannot be isolated.
 */
export async function previewProtection(
  send: Send,
  ports: RetryPorts,
  protectedHosts: readonly ProtectedHost[]
): Promise<ReadResult<ProtectionPreview>> {
  const agents: AgentInFull[] = [];
  let total: number | null = null;
  let cursor: string | null = null;
  // This also ends the loop if a tenant always returns a further page without agents.
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
    // Two hundred patterns and a thousand agents take time. Let Kibana serve other requests in between.
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
