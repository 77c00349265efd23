import type { AgentReference } from '../../common/hosts/agent';

/** Agents that are kept; a node rarely acts on so many. */
const KEPT = 10_000;

const keyOf = (tenant: string, uuid: string): string => `${tenant}/${uuid.toLowerCase()}`;

/**
 * Ids of agents by UUID as SentinelOne last reported them to this Kibana node: a guess of which host locks an action
 * will need, so that they can be read while SentinelOne is asked. Nothing is ever sent or refused because of one.
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

  /** The ids that these references name or that are known for them; none for the others. */
  idsOf(tenant: string, references: readonly AgentReference[]): readonly string[] {
    const ids = references.flatMap(({ agentId, uuid }) => {
      const known = uuid === undefined ? undefined : this.ids.get(keyOf(tenant, uuid));
      return agentId ?? known ?? [];
    });
    return [...new Set(ids)];
  }
}
