import type { ISavedObjectsRepository } from '@kbn/core/server';
import { HOST_LOCK_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { listText } from '../../common/lib/text';
import { FirstSeen } from '../lib/first_seen';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import {
  AgentIdHints,
  hostLockIn,
  keptLockIn,
  lockOver,
  newLock,
  propertyOf,
  releasedLock,
  takeable,
  type HostLockDocument,
  type LockReading,
} from './host_lock_document';
import type {
  Clock,
  CoreLog,
  HostLock,
  HostLockHistory,
  HostLocks,
  LastHostLock,
  LockedHosts,
  TakeOptions,
} from './ports';
import { CONFLICT, NOT_FOUND } from '../lib/typed_error';
import { separateWrites, type WriteObjects } from '../kibana/joined_writes';

/**
 * After this time (ms) a host lock counts as left by a crashed process: its commands can no longer be sent
 * (`COMMAND_DEADLINE`), and their time-outs have passed.
 */
export const HOST_LOCKS_EXPIRE_AFTER = COMMAND_DEADLINE + 3 * 60_000;
/** The state of a Kibana node for all of its locks. */
export interface LocksOfNode {
  readonly starts: FirstSeen;
  readonly hints: AgentIdHints;
}

export const newLocksOfNode = (): LocksOfNode => ({
  starts: new FirstSeen(),
  hints: new AgentIdHints(),
});

/** Host locks in one read. */
const READ_AT_ONCE = 1_000;

/** Attempts to take one host lock before the conflict counts as lost. */
const ROUNDS = 5;

/** A host lock that was taken: the version of its document, its content, and the content before. */
interface TakenLock {
  readonly version: string | undefined;
  readonly lock: HostLockDocument;
  readonly before: HostLockDocument | undefined;
}
type Held = Map<string, TakenLock>;

/** A host lock as it was read. */
interface ReadLock {
  readonly version: string | undefined;
  readonly lock: HostLockDocument;
}

/**
 * The id of the document. It contains the tenant, because agent ids are unique only within a
 * tenant.
 */
const documentIdOf = (tenant: string, agentId: string): string => `${tenant}/${agentId}`;

/**
 * Host locks for the agents of one tenant. Each lock is a document that only one Kibana node can
 * create or update. `write` may join writes.
 */
export function savedObjectHostLocks(
  repository: ISavedObjectsRepository,
  tenant: string,
  clock: Clock,
  log: CoreLog,
  { starts, hints }: LocksOfNode,
  write: WriteObjects = separateWrites(repository)
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
  const fail = (message: string): never => {
    throw new Error(`The host could not be locked: ${message}`);
  };

  /** Creates host locks. Returns the agents that have a host lock already. */
  const create = async (agentIds: readonly string[], hostLock: HostLock, held: Held) => {
    const locks = agentIds.map(() => newLock(hostLock, clock()));
    const created = await write(
      agentIds.map((id, n) => ({ ...documentOf(id), attributes: locks[n]! })),
      { kind: 'create' }
    );
    const existing: string[] = [];
    let problem: string | undefined;
    for (const [n, { version, error }] of created.entries()) {
      const agentId = agentIds[n]!;
      if (error === undefined) held.set(agentId, { version, lock: locks[n]!, before: undefined });
      else if (error.statusCode === CONFLICT) existing.push(agentId);
      else problem = error.message;
    }
    if (problem !== undefined) fail(problem);
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

  /** Takes over the host locks that are free again. Returns the agents that another action locked first. */
  const takeOver = async (
    locks: ReadonlyMap<string, ReadLock>,
    hostLock: HostLock,
    readAt: number,
    held: Held,
    byAgent: Map<string, LockedHosts>,
    readingOf: (agentId: string) => LockReading
  ): Promise<readonly string[]> => {
    const taking: Array<readonly [string, ReadLock, HostLockDocument]> = [];
    for (const [id, read] of locks) {
      const locked: LockedHosts = isFree(id, read.lock)
        ? takeable(read.lock, hostLock, readAt, readingOf(id))
        : { kind: 'taken', by: hostLockIn(read.lock) };
      byAgent.set(id, locked);
      if (locked.kind === 'taken') continue;
      const after = locked.kind === 'held_after_another' ? locked.after : null;
      taking.push([id, read, lockOver(read.lock, hostLock, after, clock())]);
    }
    const written = await write(
      taking.map(([id, { version }, attributes]) => ({ ...documentOf(id), version, attributes })),
      { kind: 'replace' }
    );
    const lost: string[] = [];
    let problem: string | undefined;
    for (const [n, { version, error }] of written.entries()) {
      const [agentId, { lock: before }, lock] = taking[n]!;
      if (error === undefined) held.set(agentId, { version, lock, before });
      else if (error.statusCode === CONFLICT) lost.push(agentId);
      else problem = error.message;
    }
    if (problem !== undefined) fail(problem);
    return lost;
  };

  /** Returns the locks of these agents, each of which has one. */
  const readLocks = async (agentIds: readonly string[]): Promise<ReadonlyMap<string, ReadLock>> => {
    const locks = new Map<string, ReadLock>();
    for (const { agentId, attributes: lock, version, error } of await read(agentIds)) {
      if (error !== undefined) fail(error.message);
      locks.set(agentId, { version, lock });
    }
    return locks;
  };

  /**
   * The first attempt, with one request for existing locks and one for new ones. Returns the agents whose locks have to
   * be read again.
   */
  const takeFirst = async (
    agentIds: readonly string[],
    hostLock: HostLock,
    readAt: number,
    held: Held,
    byAgent: Map<string, LockedHosts>,
    { ahead, isReadBeforeAgents, alongside }: TakeOptions
  ): Promise<readonly string[]> => {
    const known = new Map<string, ReadLock>();
    const unknown: string[] = [];
    const busy: string[] = [];
    for (const id of agentIds) {
      const read = ahead?.byDocument.get(documentIdOf(tenant, id)) as ReadLock | null | undefined;
      if (read == null) unknown.push(id);
      // By now it may be free.
      else if (!isFree(id, read.lock)) busy.push(id);
      else known.set(id, read);
    }
    const taking = Promise.allSettled([
      takeOver(known, hostLock, readAt, held, byAgent, () =>
        isReadBeforeAgents === true ? 'before_agent' : 'after_agent'
      ),
      create(unknown, hostLock, held),
    ]);
    // After the locks in the same request, because Elasticsearch writes in that order.
    if (busy.length === 0) alongside?.();
    const attempts = await taking;
    const left = attempts.map((attempt) => {
      if (attempt.status === 'rejected') throw attempt.reason;
      return attempt.value;
    });
    return [...busy, ...left.flat()];
  };

  const release = async (
    held: Held,
    hostLock: HostLock,
    sent: ReadonlySet<string>
  ): Promise<void> => {
    const all = [...held];
    try {
      const written = await write(
        all.map(([id, taken]) => ({
          ...documentOf(id),
          version: taken.version,
          attributes: releasedLock(taken.lock, taken.before, sent.has(id), clock()),
        })),
        { kind: 'replace' }
      );
      const stuck = all.flatMap(([id], n) => (written[n]!.error === undefined ? [] : [id]));
      if (stuck.length > 0)
        log.warn(
          `${hostLock.actionId}: the locks of agents ${listText(stuck)} stay until they expire`
        );
    } catch (error) {
      log.warn(`${hostLock.actionId}: host locks stay until they expire: ${String(error)}`);
    }
  };

  return {
    noteAgents: (agents) => hints.note(tenant, agents),
    async readAhead(hosts) {
      const agentIds = hints.idsOf(tenant, hosts);
      const byDocument = new Map<string, ReadLock | null>();
      try {
        for (let at = 0; at < agentIds.length; at += READ_AT_ONCE) {
          const some = agentIds.slice(at, at + READ_AT_ONCE);
          for (const { agentId, attributes: lock, version, error } of await read(some)) {
            const id = documentIdOf(tenant, agentId);
            if (error === undefined) byDocument.set(id, { version, lock });
            else if (error.statusCode === NOT_FOUND) byDocument.set(id, null);
          }
        }
      } catch (error) {
        log.warn(`Host locks could not be read ahead: ${String(error)}`);
      }
      return { byDocument };
    },
    async take(agentIds, hostLock, readAt, options = {}) {
      const held: Held = new Map();
      const byAgent = new Map<string, LockedHosts>();
      const isReadAhead = (id: string): boolean =>
        options.ahead?.byDocument.has(documentIdOf(tenant, id)) ?? false;
      try {
        const first = [agentIds, hostLock, readAt, held, byAgent, options] as const;
        let contested = await takeFirst(...first);
        const wasContested = contested.length > 0;
        for (const id of held.keys()) if (!byAgent.has(id)) byAgent.set(id, { kind: 'held' });
        for (let round = 0; contested.length > 0; round++) {
          if (round === ROUNDS) fail('too many actions on it at once');
          const locks = await readLocks(contested);
          contested = await takeOver(locks, hostLock, readAt, held, byAgent, (id) =>
            round === 0 && !isReadAhead(id) ? 'after_agent' : 'again'
          );
        }
        return {
          byAgent,
          wasContested,
          release: (sent) => release(held, hostLock, new Set(sent)),
        };
      } catch (error) {
        await release(held, hostLock, new Set());
        throw error;
      }
    },
    async lastOn(agentIds, property) {
      if (agentIds.length === 0) return new Map();
      return new Map(
        (await read(agentIds)).flatMap(
          ({ agentId, attributes, error }): Array<[string, LastHostLock]> => {
            if (error !== undefined || attributes.isReplaceable) return [];
            const before = attributes.previous[property];
            if (propertyOf(attributes) !== property) {
              return before === undefined ? [] : [[agentId, before]];
            }
            // A released lock has no `after`.
            const after = attributes.after === null ? undefined : before;
            return [
              [agentId, { ...keptLockIn(attributes), ...(after === undefined ? {} : { after }) }],
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
          const isOwn = !attributes.isReplaceable && propertyOf(attributes) === property;
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
