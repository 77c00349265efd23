import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import {
  hostStatusOf,
  additionalIdToLookUp,
  type Agent,
  type AgentReference,
  type HostStatusOf,
} from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import { affectedOf, type AgentInFull } from './decode_agent';
import { problemOf, wasNotAccepted, type ApiProblem } from './failure';
import { readExactAgents } from './read_agents';
import { sendWrite, type RetryPorts } from './retry';
import type { ApiRequest, Send } from './transport';

/**
 * The only code that sends SentinelOne a command for hosts.
 *
 * The Management API treats an absent or empty filter as "every agent of the tenant". So a command
 * takes only `ExactTargets`, a non-empty list of agent ids. The only way to create one is to look
 * up agents by exact UUID or id in the same `HostAction` and to pass the agents that were found.
 * The type has no public constructor, and at run time each `HostAction` knows the targets it
 * issued.
 */
export class ExactTargets {
  /** Non-empty, distinct, at most `HOSTS_PER_WRITE`. */
  readonly agentIds: readonly [string, ...string[]];
  /** Makes the type nominal: an object literal of the same shape is not assignable. */
  readonly #issuer: symbol;

  private constructor(agentIds: readonly [string, ...string[]], issuer: symbol) {
    this.agentIds = Object.freeze([...agentIds]) as unknown as readonly [string, ...string[]];
    this.#issuer = issuer;
    Object.freeze(this);
  }

  isIssuedBy(issuer: symbol): boolean {
    return this.#issuer === issuer;
  }

  /** Opens an action: look-ups, and the targets and commands that depend on them. */
  static openHostAction(send: Send, ports: RetryPorts): HostAction {
    const issuer = Symbol('host action');
    const found = new Map<string, Agent>();

    const command = async (action: ActionName, targets: ExactTargets): Promise<CommandAnswer> => {
      const ids = targets.agentIds;
      const fromHere = targets.isIssuedBy(issuer) && ids.every((id) => found.has(id));
      if (!fromHere || ids.length === 0 || ids.length > HOSTS_PER_WRITE) {
        throw new Error('Targets must come from a look-up of the same action');
      }
      const request: ApiRequest = {
        method: 'POST',
        path: ACTION_DEFINITIONS[action].sentinelOne.path,
        body: { filter: { ids: [...ids] } },
      };
      const answer = await sendWrite(send, request, ports);
      if (answer.ok) return { kind: 'answered', affected: affectedOf(answer.body) };
      const { failure } = answer;
      const problem = problemOf(failure, request);
      return { kind: wasNotAccepted(failure) ? 'not_taken' : 'unclear', problem };
    };

    return {
      async lookUp(references) {
        const uuids = references.flatMap(({ uuid }) => uuid ?? []);
        const byUuid = await readExactAgents(send, ports, 'uuids', uuids);
        const ids = references.map((reference) =>
          byUuid.failed.has(reference.uuid ?? '')
            ? undefined
            : additionalIdToLookUp(reference, byUuid.agents)
        );
        const byId = await readExactAgents(
          send,
          ports,
          'ids',
          ids.flatMap((id) => id ?? [])
        );
        const agents = [...byUuid.agents, ...byId.agents];
        return references.map((reference, n): LookUp => {
          const problem = byUuid.failed.get(reference.uuid ?? '') ?? byId.failed.get(ids[n] ?? '');
          if (problem !== undefined) return { ok: false, problem };
          const status = hostStatusOf(reference, agents);
          // Ambiguous and contradictory references find no agent. For an agent that is found by its UUID or its id
          // alone, a command is sent only if a user confirmed its name; the guards check that.
          if (status.state === 'known' || status.state === 'partial_match') {
            found.set(status.agent.id, status.agent);
          }
          return { ok: true, status };
        });
      },
      targets(agents) {
        const ids = [...new Set(agents.map(({ id }) => id))];
        for (const id of ids) {
          if (!found.has(id)) throw new Error('An agent that this action did not look up');
        }
        const batches: ExactTargets[] = [];
        for (let at = 0; at < ids.length; at += HOSTS_PER_WRITE) {
          const [first, ...rest] = ids.slice(at, at + HOSTS_PER_WRITE);
          if (first !== undefined) batches.push(new ExactTargets([first, ...rest], issuer));
        }
        return batches;
      },
      command,
      async readAgain(targets) {
        const { agents, failed } = await readExactAgents(send, ports, 'ids', targets.agentIds);
        return { agents: new Map(agents.map((agent) => [agent.id, agent])), failed };
      },
    };
  }
}

/** Ids in one command. */
export const HOSTS_PER_WRITE = 500;

/** The result of an exact look-up of one reference. */
export type LookUp =
  | { readonly ok: true; readonly status: HostStatusOf<AgentInFull> }
  | { readonly ok: false; readonly problem: ApiProblem };

/**
 * - `answered`: SentinelOne accepted it; `affected` is the count that it returned, if any. -
 *   `not_taken`: SentinelOne certainly did not accept it. - `unclear`: the agents have to be read
 *   again.
 */
export type CommandAnswer =
  | { readonly kind: 'answered'; readonly affected: number | undefined }
  | { readonly kind: 'not_taken' | 'unclear'; readonly problem: ApiProblem };

export interface HostAction {
  /** Looks hosts up by exact UUID or id; one entry per reference, in their order. */
  lookUp(references: readonly AgentReference[]): Promise<readonly LookUp[]>;
  /** Targets for agents that this action looked up, at most 500 in each. Throws for any other agent. */
  targets(agents: readonly Agent[]): readonly ExactTargets[];
  /** Sends the command for these targets, once. */
  command(action: ActionName, targets: ExactTargets): Promise<CommandAnswer>;
  /** Reads the targets' agents again after an unclear answer. */
  readAgain(targets: ExactTargets): Promise<{
    readonly agents: ReadonlyMap<string, Agent>;
    readonly failed: ReadonlyMap<string, ApiProblem>;
  }>;
}
