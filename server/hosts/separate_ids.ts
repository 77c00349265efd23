import { idStillToLookUp, type Agent, type AgentReference } from '../../common/agent';
import { idKeyOf, keyOf, type AgentKey } from './status_question';

/** Ids that are remembered. */
const MOST_REMEMBERED = 10_000;

/**
 * Agent ids that have to be looked up beside the UUID that is given with them, because the UUID leads to another
 * agent or to none. They are remembered, so that they are asked for at once the next time.
 */
export class SeparateIds {
  private readonly remembered = new Set<AgentKey>();

  /** Those among the references that had to be looked up before. */
  known(references: readonly AgentReference[]): readonly AgentKey[] {
    return references.map(idKeyOf).filter((key) => this.remembered.has(key));
  }

  /** Those that must be looked up, now that the agents of each UUID are known; remembers them. */
  needed(
    references: readonly AgentReference[],
    agentsOf: (key: AgentKey) => readonly Agent[]
  ): readonly AgentKey[] {
    const needed = references.filter((reference) => {
      const id = idStillToLookUp(reference, agentsOf(keyOf(reference)));
      return reference.uuid !== undefined && id !== undefined;
    });
    const keys = needed.map(idKeyOf);
    if (this.remembered.size > MOST_REMEMBERED) this.remembered.clear();
    for (const key of keys) this.remembered.add(key);
    return keys;
  }
}
