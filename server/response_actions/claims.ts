import type { ISavedObjectsRepository } from '@kbn/core/server';
import { CLAIM_SAVED_OBJECT_TYPE } from '../../common/constants';
import { COMMANDS_LEAVE_WITHIN } from '../management_api/fence';
import type { Claim, Claimed, Claims, Clock, CoreLog } from './ports';

/**
 * After this long (ms) a claim counts as left behind by a crash: its action's commands left long ago, if
 * they did (`COMMANDS_LEAVE_WITHIN`), and their time-outs are over.
 */
const EXPIRES_AFTER = COMMANDS_LEAVE_WITHIN + 3 * 60_000;
/**
 * When somebody let go of a claim this shortly (ms) before we read the agent, or later, what we read
 * may be from before his action took effect. Generous, since two Kibana nodes' clocks may differ.
 */
const RECENT = 60_000;

/** The stored claim. `releasedAt` is set when its action has ended. Times in ms since the epoch. */
interface ClaimDocument extends Claim {
  readonly takenAt: number;
  readonly releasedAt: number | null;
}

const CONFLICT = 409;

/** Races for one claim that are run before the other side is taken to have won. */
const ROUNDS = 5;

type Held = Map<string, string | undefined>;

/** Claims as create-only documents, one per agent, so that two Kibana nodes cannot both win. */
export function savedObjectClaims(
  repository: ISavedObjectsRepository,
  clock: Clock,
  log: CoreLog
): Claims {
  const fresh = (claim: Claim): ClaimDocument => ({ ...claim, takenAt: clock(), releasedAt: null });
  const fail = (message: string): never => {
    throw new Error(`The host could not be claimed: ${message}`);
  };

  /** Claims that nobody has taken before. Returns the agents whose claim exists already. */
  const create = async (agentIds: readonly string[], claim: Claim, held: Held) => {
    const { saved_objects: created } = await repository.bulkCreate<ClaimDocument>(
      agentIds.map((id) => ({ type: CLAIM_SAVED_OBJECT_TYPE, id, attributes: fresh(claim) })),
      { overwrite: false, refresh: false }
    );
    const existing: string[] = [];
    for (const { id, version, error } of created) {
      if (error === undefined) held.set(id, version);
      else if (error.statusCode === CONFLICT) existing.push(id);
      else fail(error.message);
    }
    return existing;
  };

  const isFree = ({ releasedAt, takenAt }: ClaimDocument): boolean =>
    releasedAt !== null || clock() - takenAt >= EXPIRES_AFTER;

  /** Takes over claims that are free again. Returns the agents for which somebody was quicker. */
  const takeOver = async (
    agentIds: readonly string[],
    claim: Claim,
    readAt: number,
    held: Held,
    byAgent: Map<string, Claimed>
  ): Promise<readonly string[]> => {
    const { saved_objects: found } = await repository.bulkGet<ClaimDocument>(
      agentIds.map((id) => ({ type: CLAIM_SAVED_OBJECT_TYPE, id }))
    );
    const free = [];
    for (const { id, attributes, version, error } of found) {
      if (error !== undefined) fail(error.message);
      const { actionId, action, username, since, releasedAt } = attributes;
      const recent = releasedAt === null || readAt - releasedAt < RECENT;
      if (isFree(attributes)) {
        free.push({ id, version });
        byAgent.set(id, { kind: recent ? 'held_after_another' : 'held' });
      } else byAgent.set(id, { kind: 'taken', by: { actionId, action, username, since } });
    }
    if (free.length === 0) return [];
    const { saved_objects: updated } = await repository.bulkUpdate<ClaimDocument>(
      free.map(({ id, version }) => ({
        type: CLAIM_SAVED_OBJECT_TYPE,
        id,
        version,
        attributes: fresh(claim),
      })),
      { refresh: false }
    );
    const lost: string[] = [];
    for (const { id, version, error } of updated) {
      if (error === undefined) held.set(id, version);
      else if (error.statusCode === CONFLICT) lost.push(id);
      else fail(error.message);
    }
    return lost;
  };

  const release = async (held: Held, claim: Claim): Promise<void> => {
    if (held.size === 0) return;
    const document: Pick<ClaimDocument, 'releasedAt'> = { releasedAt: clock() };
    try {
      const { saved_objects: updated } = await repository.bulkUpdate<ClaimDocument>(
        [...held].map(([id, version]) => ({
          type: CLAIM_SAVED_OBJECT_TYPE,
          id,
          version,
          attributes: document,
        })),
        { refresh: false }
      );
      const stuck = updated.filter(({ error }) => error !== undefined).map(({ id }) => id);
      if (stuck.length > 0)
        log.warn(`${claim.actionId}: claims on agents ${stuck.join(', ')} stay until they expire`);
    } catch (error) {
      log.warn(`${claim.actionId}: claims stay until they expire: ${String(error)}`);
    }
  };

  return {
    async take(agentIds, claim, readAt) {
      const held: Held = new Map();
      const byAgent = new Map<string, Claimed>();
      try {
        let contested: readonly string[] = await create(agentIds, claim, held);
        for (const id of held.keys()) byAgent.set(id, { kind: 'held' });
        for (let round = 0; contested.length > 0; round++) {
          if (round === ROUNDS) fail('too many actions on it at once');
          contested = await takeOver(contested, claim, readAt, held, byAgent);
        }
      } catch (error) {
        await release(held, claim);
        throw error;
      }
      return { byAgent, release: () => release(held, claim) };
    },
    async lastOn(agentIds) {
      if (agentIds.length === 0) return new Map();
      const { saved_objects: found } = await repository.bulkGet<ClaimDocument>(
        agentIds.map((id) => ({ type: CLAIM_SAVED_OBJECT_TYPE, id }))
      );
      return new Map(
        found
          .filter(({ error }) => error === undefined)
          .map(({ id, attributes: { actionId, action, username, since } }) => [
            id,
            { actionId, action, username, since },
          ])
      );
    },
  };
}
