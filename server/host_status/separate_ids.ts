import { idStillToLookUp, type Agent, type AgentReference } from '../../common/hosts/agent';
import { idKeyOf, keyOf, type AgentKey } from './host_status_query';

/** Pairs of UUID and id that are remembered. */
const MOST_REMEMBERED = 10_000;

const pairOf = ({ uuid, agentId }: AgentReference): string => JSON.stringify([uuid, agentId]);

/**
 * Agent ids that have to be looked up beside the UUID that is given with them, because the UUID leads to another
 * agent or to none. They are remembered with their UUID, so that they are asked for at once the next time; beside
 * another UUID the same id may be no question.
 */
export class SeparateIds {
  private readonly remembered = new Set<string>();

  /** Those among the references that had to be looked up before. */
  known(references: readonly AgentReference[]): readonly AgentKey[] {
    return references.filter((one) => this.remembered.has(pairOf(one))).map(idKeyOf);
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
    if (this.remembered.size > MOST_REMEMBERED) this.remembered.clear();
    for (const reference of needed) this.remembered.add(pairOf(reference));
    return needed.map(idKeyOf);
  }
}
