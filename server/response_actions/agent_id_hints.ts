import type { AgentReference } from '../../common/hosts/agent';

/** Maximum number of stored agents; a node rarely acts on this many. */
const KEPT = 10_000;

const keyOf = (tenant: string, uuid: string): string => `${tenant}/${uuid.toLowerCase()}`;

/**
 * Ids of agents by UUID, as SentinelOne last reported them to this Kibana node. They predict which host locks an action
 * will need, so that the locks can be read concurrently with the look-up in SentinelOne. No command is sent or refused
 * because of them.
 */
export class AgentIdHints {
  private readonly ids = new Map<string, string>();

  note(tenant: string, agents: Iterable<{ readonly id: string; readonly uuid: string | null }>) {
    for (const { id, uuid } of agents) {
      if (uuid === null) continue;
      if (this.ids.size >= KEPT) this.ids.clear();
      this.ids.set(keyOf(tenant, uuid), id);
    }
  }

  /** Returns the ids in these references, or the known ids for them; none for the others. */
  idsOf(tenant: string, references: readonly AgentReference[]): readonly string[] {
    const ids = references.flatMap(({ agentId, uuid }) => {
      const known = uuid === undefined ? undefined : this.ids.get(keyOf(tenant, uuid));
      return agentId ?? known ?? [];
    });
    return [...new Set(ids)];
  }
}
