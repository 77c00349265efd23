import type { ISavedObjectsRepository } from '@kbn/core/server';
import type { HostProperty } from '../../common/hosts/host_property';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { HOST_LOCK_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { listText } from '../../common/lib/text';
import type { FirstSeen } from '../lib/first_seen';
import { COMMANDS_LEAVE_WITHIN } from '../sentinelone_client/deadline';
import type {
  Clock,
  CoreLog,
  HostLock,
  HostLockHistory,
  HostLocks,
  KeptHostLock,
  LastHostLock,
  LockedHosts,
} from './ports';
import { CONFLICT } from '../lib/typed_error';

/**
 * After this time (ms) a host lock counts as left by a crashed process: its commands can no longer be sent
 * (`COMMANDS_LEAVE_WITHIN`), and their time-outs have passed.
 */
export const HOST_LOCKS_EXPIRE_AFTER = COMMANDS_LEAVE_WITHIN + 3 * 60_000;
/**
 * If a host lock was released less than this time (ms) before the agent was read, or later, the status may be from
 * before that action took effect. The value is large, because the clocks of two Kibana nodes may differ.
 */
const RECENT = 60_000;

/** The stored host lock. Times in ms since the epoch. */
interface HostLockDocument extends HostLock {
  readonly takenAt: number;
  /** Set when its action has ended. */
  readonly releasedAt: number | null;
  /**
   * The host lock that it replaced, if that action may not have taken effect when the agent was
   * read.
   */
  readonly after: HostLock | null;
  /** The last locks before this one under which something was sent, or may have been, by property. */
  readonly previous: Readonly<Partial<Record<HostProperty, KeptHostLock>>>;
  /** Whether it was released without a command and had no predecessor. */
  readonly isVoid: boolean;
}

/** Host locks in one read. */
const READ_AT_ONCE = 1_000;

/** Attempts to take one host lock before the conflict counts as lost. */
const ROUNDS = 5;

/** A host lock that was taken: the version of its document and the previous content. */
interface Taken {
  readonly version: string | undefined;
  readonly before: HostLockDocument | undefined;
}
type Held = Map<string, Taken>;

const hostLockIn = ({ actionId, action, username, since }: HostLock): HostLock => ({
  actionId,
  action,
  username,
  since,
});

const keptLockIn = (lock: HostLockDocument): KeptHostLock => ({
  ...hostLockIn(lock),
  ...(lock.releasedAt === null ? { isUnreleased: true } : {}),
});

const propertyOf = ({ action }: HostLock): HostProperty => ACTION_DEFINITIONS[action].property;

/** The last lock on each property, this one included unless nothing was sent under it. */
const upTo = (lock: HostLockDocument): HostLockDocument['previous'] =>
  lock.isVoid ? lock.previous : { ...lock.previous, [propertyOf(lock)]: keptLockIn(lock) };

/**
 * The id of the document. It contains the tenant, because agent ids are unique only within a
 * tenant.
 */
const documentIdOf = (tenant: string, agentId: string): string => `${tenant}/${agentId}`;

/**
 * Host locks for the agents of one tenant. Each lock is a document that only one Kibana node can
 * create or update. `starts` belongs to this Kibana node.
 */
export function savedObjectHostLocks(
  repository: ISavedObjectsRepository,
  tenant: string,
  clock: Clock,
  log: CoreLog,
  starts: FirstSeen
): HostLocks & HostLockHistory {
  const documentOf = (agentId: string) => ({
    type: HOST_LOCK_SAVED_OBJECT_TYPE,
    id: documentIdOf(tenant, agentId),
  });
  /** The host locks of these agents, in their order. */
  const read = async (agentIds: readonly string[]) => {
    const { saved_objects: found } = await repository.bulkGet<HostLockDocument>(
      agentIds.map(documentOf)
    );
    return found.map((document, n) => ({ ...document, agentId: agentIds[n]! }));
  };
  const fresh = (
    hostLock: HostLock,
    after: HostLock | null = null,
    before?: HostLockDocument
  ): HostLockDocument => ({
    ...hostLock,
    takenAt: clock(),
    releasedAt: null,
    after,
    previous: before === undefined ? {} : upTo(before),
    isVoid: false,
  });
  const fail = (message: string): never => {
    throw new Error(`The host could not be locked: ${message}`);
  };

  /** Creates host locks. Returns the agents that have a host lock already. */
  const create = async (agentIds: readonly string[], hostLock: HostLock, held: Held) => {
    const { saved_objects: created } = await repository.bulkCreate<HostLockDocument>(
      agentIds.map((id) => ({ ...documentOf(id), attributes: fresh(hostLock) })),
      { overwrite: false, refresh: false }
    );
    const existing: string[] = [];
    for (const [n, { version, error }] of created.entries()) {
      const agentId = agentIds[n]!;
      if (error === undefined) held.set(agentId, { version, before: undefined });
      else if (error.statusCode === CONFLICT) existing.push(agentId);
      else fail(error.message);
    }
    return existing;
  };

  /**
   * A host lock of a node whose clock is ahead expires this long after this node has first seen it: its action may
   * still run until then.
   */
  const isFree = (
    agentId: string,
    { actionId, releasedAt, takenAt }: HostLockDocument
  ): boolean => {
    if (releasedAt !== null) return true;
    const now = clock();
    const key = JSON.stringify([tenant, agentId, actionId]);
    return now - starts.of(key, takenAt, now) >= HOST_LOCKS_EXPIRE_AFTER;
  };

  /**
   * Takes over host locks that are free again. Returns the agents that another action locked first.
   */
  const takeOver = async (
    agentIds: readonly string[],
    hostLock: HostLock,
    readAt: number,
    held: Held,
    byAgent: Map<string, LockedHosts>
  ): Promise<readonly string[]> => {
    const free = new Map<string, { version: string | undefined; before: HostLockDocument }>();
    for (const { agentId: id, attributes, version, error } of await read(agentIds)) {
      if (error !== undefined) fail(error.message);
      const { releasedAt, isVoid } = attributes;
      const recent = !isVoid && (releasedAt === null || readAt - releasedAt < RECENT);
      const other = hostLockIn(attributes);
      if (isFree(id, attributes)) {
        free.set(id, { version, before: attributes });
        const before = upTo(attributes)[propertyOf(hostLock)];
        const last = before === undefined ? {} : { before };
        byAgent.set(
          id,
          recent ? { kind: 'held_after_another', after: other, ...last } : { kind: 'held', ...last }
        );
      } else byAgent.set(id, { kind: 'taken', by: other });
    }
    if (free.size === 0) return [];
    const takenOver = [...free];
    const { saved_objects: updated } = await repository.bulkUpdate<HostLockDocument>(
      takenOver.map(([id, { version, before }]) => {
        const locked = byAgent.get(id);
        const after = locked?.kind === 'held_after_another' ? locked.after : null;
        return { ...documentOf(id), version, attributes: fresh(hostLock, after, before) };
      }),
      { refresh: false }
    );
    const lost: string[] = [];
    for (const [n, { version, error }] of updated.entries()) {
      const [agentId, { before }] = takenOver[n]!;
      if (error === undefined) held.set(agentId, { version, before });
      else if (error.statusCode === CONFLICT) lost.push(agentId);
      else fail(error.message);
    }
    return lost;
  };

  /** The attributes of a released host lock: those of the previous one if nothing was sent under it. */
  const left = (
    before: HostLockDocument | undefined,
    isSent: boolean
  ): Partial<HostLockDocument> => {
    if (isSent) return { releasedAt: clock(), after: null };
    return before ?? { releasedAt: clock(), isVoid: true };
  };

  const release = async (
    held: Held,
    hostLock: HostLock,
    sent: ReadonlySet<string>
  ): Promise<void> => {
    if (held.size === 0) return;
    const all = [...held];
    try {
      const { saved_objects: updated } = await repository.bulkUpdate<HostLockDocument>(
        all.map(([id, { version, before }]) => ({
          ...documentOf(id),
          version,
          attributes: left(before, sent.has(id)),
        })),
        { refresh: false }
      );
      const stuck = all.flatMap(([id], n) => (updated[n]?.error === undefined ? [] : [id]));
      if (stuck.length > 0)
        log.warn(
          `${hostLock.actionId}: the locks of agents ${listText(stuck)} stay until they expire`
        );
    } catch (error) {
      log.warn(`${hostLock.actionId}: host locks stay until they expire: ${String(error)}`);
    }
  };

  return {
    async take(agentIds, hostLock, readAt) {
      const held: Held = new Map();
      const byAgent = new Map<string, LockedHosts>();
      try {
        let contested: readonly string[] = await create(agentIds, hostLock, held);
        for (const id of held.keys()) byAgent.set(id, { kind: 'held' });
        for (let round = 0; contested.length > 0; round++) {
          if (round === ROUNDS) fail('too many actions on it at once');
          contested = await takeOver(contested, hostLock, readAt, held, byAgent);
        }
      } catch (error) {
        await release(held, hostLock, new Set());
        throw error;
      }
      return { byAgent, release: (sent) => release(held, hostLock, new Set(sent)) };
    },
    async lastOn(agentIds, property) {
      if (agentIds.length === 0) return new Map();
      return new Map(
        (await read(agentIds)).flatMap(
          ({ agentId, attributes, error }): Array<[string, LastHostLock]> => {
            if (error !== undefined || attributes.isVoid) return [];
            const { after, releasedAt, previous } = attributes;
            const before = previous[property];
            if (propertyOf(attributes) !== property) {
              return before === undefined ? [] : [[agentId, before]];
            }
            const isDoubted = releasedAt === null && after !== null && before !== undefined;
            return [
              [agentId, { ...keptLockIn(attributes), ...(isDoubted ? { after: before } : {}) }],
            ];
          }
        )
      );
    },
    async recentOn(agentIds, property) {
      const recent = new Map<string, readonly HostLock[]>();
      for (let at = 0; at < agentIds.length; at += READ_AT_ONCE) {
        for (const { agentId, attributes, error } of await read(
          agentIds.slice(at, at + READ_AT_ONCE)
        )) {
          if (error !== undefined) continue;
          const isOwn = !attributes.isVoid && propertyOf(attributes) === property;
          const before = attributes.previous[property];
          const locks = [
            ...(isOwn ? [hostLockIn(attributes)] : []),
            ...(before === undefined ? [] : [before]),
          ];
          if (locks.length > 0) recent.set(agentId, locks);
        }
      }
      return recent;
    },
  };
}
