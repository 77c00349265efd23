import { type Agent, type AgentReference, additionalIdToLookUp } from '../../common/hosts/agent';
import type { GetAgentsParams } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';

/**
 * Reads exact agents by one kind of identifier from SentinelOne, with the viewer's privileges. Throws if that fails.
 */
export type FetchAgents = (
  params: Pick<GetAgentsParams, 'uuids' | 'ids'>
) => Promise<readonly Agent[]>;

/** The viewer of the status of hosts. */
export interface Viewer {
  /** Identifies the user, so that the queries of one user do not delay those of others. */
  readonly user: string;
  /**
   * Throws unless the connector lets this viewer read agents. Called before anything is returned that was read
   * for another user.
   */
  readonly authorize: () => Promise<void>;
  readonly ask: FetchAgents;
  /** Whether only readings from now on count. */
  readonly fresh: boolean;
}

/** `uuid:…` or `id:…`: the identifier in the query to SentinelOne. */
export type AgentKey = string;

const UUID = 'uuid:';
const ID = 'id:';

/** The UUID if there is one, because it also finds clones. */
export const keyOf = ({ uuid, agentId }: AgentReference): AgentKey =>
  uuid !== undefined ? `${UUID}${uuid}` : `${ID}${agentId}`;

/** The id if it is given with a UUID; otherwise the same as `keyOf`. */
export const idKeyOf = (reference: AgentReference): AgentKey =>
  reference.agentId === undefined ? keyOf(reference) : `${ID}${reference.agentId}`;

export const isUuidKey = (key: AgentKey): boolean => key.startsWith(UUID);

/** True if `key` identifies the agent. */
export const hasKey = (agent: Agent, key: AgentKey): boolean =>
  key === `${ID}${agent.id}` || (agent.uuid !== null && key === `${UUID}${agent.uuid}`);

/** The parameters of one call for keys of one kind. */
export function paramsFor(keys: readonly AgentKey[]): Parameters<FetchAgents>[0] {
  const values = keys.map((key) => key.slice(key.indexOf(':') + 1));
  const [first] = keys;
  return first !== undefined && isUuidKey(first) ? { uuids: values } : { ids: values };
}

/** The status of one key from SentinelOne. */
export interface AgentReading {
  readonly agents: readonly Agent[];
  /** When the call was sent: the reading may not reflect later changes. Process clock, ms. */
  readonly readAt: number;
  /** When the response arrived: the reading does not reflect later changes. */
  readonly answeredAt: number;
}

/** One viewer's request for the status of some agents, while it waits. Times in ms on the process clock. */
export interface StatusQuery {
  readonly viewer: Viewer;
  readonly keys: readonly AgentKey[];
  /** When the query times out. */
  readonly endsAt: number;
  /** The earliest reading that is accepted for it. */
  readonly notBefore: number;
  readonly answers: Map<AgentKey, AgentReading>;
  /** Whether it no longer waits to share a call with others. */
  isCollected: boolean;
  /** Whether it no longer shares a call with others. */
  isAlone: boolean;
  hasEnded: boolean;
  readonly resolve: (answers: ReadonlyMap<AgentKey, AgentReading>) => void;
  readonly reject: (error: unknown) => void;
}

/** A call to SentinelOne that has not ended. */
export interface StatusCall {
  readonly keys: ReadonlySet<AgentKey>;
  /** The queries that it answers; the call uses the privileges of the first one's viewer. */
  readonly questions: readonly StatusQuery[];
  readonly startedAt: number;
  /** Whether it may contain keys of several queries. */
  readonly isCombined: boolean;
}

/** The number of calls for this many keys. */
export function callCount(keys: readonly AgentKey[]): number {
  const uuids = keys.filter(isUuidKey).length;
  const calls = (count: number) => Math.ceil(count / LIMITS.agentsPerStatus);
  return calls(uuids) + calls(keys.length - uuids);
}

export const missingKeys = ({ keys, answers }: StatusQuery): readonly AgentKey[] =>
  keys.filter((key) => !answers.has(key));

/** Pairs of UUID and id that are remembered. */
const MAX_CACHED = 10_000;

const pairOf = ({ uuid, agentId }: AgentReference): string => JSON.stringify([uuid, agentId]);

/**
 * Agent ids that have to be looked up in addition to their UUID, because the UUID belongs to another agent or to none.
 * They are stored with their UUID, so that the next query contains both. With another UUID the same id may not need a
 * separate query.
 */
export class SeparateIds {
  private readonly remembered = new Set<string>();

  /** The ids of these references that had to be looked up before. */
  known(references: readonly AgentReference[]): readonly AgentKey[] {
    return references.filter((one) => this.remembered.has(pairOf(one))).map(idKeyOf);
  }

  /** The ids that have to be looked up, given the agents of each UUID; stores them, and forgets all others. */
  needed(
    references: readonly AgentReference[],
    agentsOf: (key: AgentKey) => readonly Agent[]
  ): readonly AgentKey[] {
    const needed = references.filter((reference) => {
      const id = additionalIdToLookUp(reference, agentsOf(keyOf(reference)));
      return reference.uuid !== undefined && id !== undefined;
    });
    for (const reference of references) this.remembered.delete(pairOf(reference));
    if (this.remembered.size > MAX_CACHED) this.remembered.clear();
    for (const reference of needed) this.remembered.add(pairOf(reference));
    return needed.map(idKeyOf);
  }
}
