import { type Agent, type AgentReference, idStillToLookUp } from '../../common/hosts/agent';
import type { GetAgentsParams } from '../../common/api/connector';
import { LIMITS } from '../../common/lib/constants';

/** Asks SentinelOne as the viewer who waits: exact agents only, of one kind. Throws when it cannot. */
export type AskAgents = (
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
  readonly ask: AskAgents;
  /** Whether only readings from now on count. */
  readonly fresh: boolean;
}

/** `uuid:…` or `id:…`: what SentinelOne is queried by. */
export type AgentKey = string;

const UUID = 'uuid:';
const ID = 'id:';

/** The UUID where there is one, since that finds clones as well. */
export const keyOf = ({ uuid, agentId }: AgentReference): AgentKey =>
  uuid !== undefined ? `${UUID}${uuid}` : `${ID}${agentId}`;

/** The id, where it is given beside a UUID; the same as `keyOf` otherwise. */
export const idKeyOf = (reference: AgentReference): AgentKey =>
  reference.agentId === undefined ? keyOf(reference) : `${ID}${reference.agentId}`;

export const isUuidKey = (key: AgentKey): boolean => key.startsWith(UUID);

/** True if `key` identifies the agent. */
export const isOf = (agent: Agent, key: AgentKey): boolean =>
  key === `${ID}${agent.id}` || (agent.uuid !== null && key === `${UUID}${agent.uuid}`);

/** The parameters of one call for keys of one kind. */
export function paramsFor(keys: readonly AgentKey[]): Parameters<AskAgents>[0] {
  const values = keys.map((key) => key.slice(key.indexOf(':') + 1));
  const [first] = keys;
  return first !== undefined && isUuidKey(first) ? { uuids: values } : { ids: values };
}

/** What SentinelOne said of one key. */
export interface AgentReading {
  readonly agents: readonly Agent[];
  /** When the call was sent: what happened later, the reading may not reflect. Process clock, ms. */
  readonly readAt: number;
  /** When the answer came: what happened later, it does not reflect. */
  readonly answeredAt: number;
}

/** One viewer's request for the status of some agents, while it waits. Times in ms on the process clock. */
export interface Question {
  readonly viewer: Viewer;
  readonly keys: readonly AgentKey[];
  /** When it is given up. */
  readonly endsAt: number;
  /** The earliest reading that answers it. */
  readonly notBefore: number;
  readonly answers: Map<AgentKey, AgentReading>;
  /** Whether it is no longer held back to share a call with others. */
  isCollected: boolean;
  /** Whether it no longer shares a call with others. */
  isAlone: boolean;
  hasEnded: boolean;
  readonly resolve: (answers: ReadonlyMap<AgentKey, AgentReading>) => void;
  readonly reject: (error: unknown) => void;
}

/** A call to SentinelOne that has not ended. */
export interface Call {
  readonly keys: ReadonlySet<AgentKey>;
  /** Those whose answer it is; the first one's viewer asks. */
  readonly questions: readonly Question[];
  readonly startedAt: number;
  /** Whether it may hold keys of several questions. */
  readonly isCombined: boolean;
}

/** Calls that so many keys take. */
export function callCount(keys: readonly AgentKey[]): number {
  const uuids = keys.filter(isUuidKey).length;
  const calls = (count: number) => Math.ceil(count / LIMITS.agentsPerStatus);
  return calls(uuids) + calls(keys.length - uuids);
}

export const missingKeys = ({ keys, answers }: Question): readonly AgentKey[] =>
  keys.filter((key) => !answers.has(key));

/** Pairs of UUID and id that are remembered. */
const MOST_REMEMBERED = 10_000;

const pairOf = ({ uuid, agentId }: AgentReference): string => JSON.stringify([uuid, agentId]);

/**
 * Agent ids that have to be looked up in addition to their UUID, because the UUID belongs to another agent or to none.
 * They are kept with their UUID, so that the next query contains both; with another UUID the same id may need no
 * query of its own.
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
