import type { HostProperty } from '../../common/hosts/host_property';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HostLock, StoredHostLock, LockedHosts } from './ports';
import type { AgentReference } from '../../common/hosts/agent';

/** What is stored of a host lock, from when it is taken until the next one replaces it. Makes no requests. */

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

/**
 * If a host lock was released less than this time (ms) before the agent was read, or later, the
 * status may be from before that action took effect. The value is large, because the clocks of two Kibana
 * nodes may differ.
 */
const RECENT = 60_000;

/** The stored host lock. Times in ms since the epoch. */
export interface HostLockDocument extends HostLock {
  readonly takenAt: number;
  /** Set when its action has ended. */
  readonly releasedAt: number | null;
  /**
   * The host lock that it replaced, if that action may not have taken effect when the agent was
   * read.
   */
  readonly after: HostLock | null;
  /** The last locks before this one under which something was sent, or may have been, by property. */
  readonly previous: Readonly<Partial<Record<HostProperty, StoredHostLock>>>;
  /** Whether it was released without a command and had no predecessor. */
  readonly isReplaceable: boolean;
}

export const hostLockIn = ({ actionId, action, username, since }: HostLock): HostLock => ({
  actionId,
  action,
  username,
  since,
});

export const keptLockIn = (lock: HostLockDocument): StoredHostLock => ({
  ...hostLockIn(lock),
  ...(lock.releasedAt === null ? { isUnreleased: true } : {}),
});

export const propertyOf = ({ action }: HostLock): HostProperty =>
  ACTION_DEFINITIONS[action].property;

/** The last lock on each property, this one included unless nothing was sent under it. */
const upTo = (lock: HostLockDocument): HostLockDocument['previous'] =>
  lock.isReplaceable ? lock.previous : { ...lock.previous, [propertyOf(lock)]: keptLockIn(lock) };

/** The first lock on a host, taken at `now`. */
export const newLock = (hostLock: HostLock, now: number): HostLockDocument => ({
  ...hostLock,
  takenAt: now,
  releasedAt: null,
  after: null,
  previous: {},
  isReplaceable: false,
});

/** The lock that takes over from `before`, which is free, at `now`. Attributes of a later version stay. */
export const lockOver = (
  before: HostLockDocument,
  hostLock: HostLock,
  after: HostLock | null,
  now: number
): HostLockDocument => ({ ...before, ...newLock(hostLock, now), after, previous: upTo(before) });

/** The lock once its action has ended: the previous one if nothing was sent under it. */
export function releasedLock(
  lock: HostLockDocument,
  before: HostLockDocument | undefined,
  isSent: boolean,
  now: number
): HostLockDocument {
  if (isSent) return { ...lock, releasedAt: now, after: null };
  return before ?? { ...lock, releasedAt: now, isReplaceable: true };
}

/**
 * When a free lock was read:
 * - `before_agent`: so an action that had released it had ended before the agent was read, whatever the clocks of the
 *   nodes are.
 * - `after_agent`: or meanwhile; only the clocks tell which of both was first.
 * - `again`: another action has changed it since this action read it before.
 */
export type LockReading = 'before_agent' | 'after_agent' | 'again';

/** What is known of a host whose lock `lock` is free, once `by` has taken it. The agent was read at `readAt`. */
export function takeable(
  lock: HostLockDocument,
  by: HostLock,
  readAt: number,
  reading: LockReading
): Exclude<LockedHosts, { readonly kind: 'taken' }> {
  const { releasedAt, isReplaceable } = lock;
  const mayBeLater =
    releasedAt === null ||
    reading === 'again' ||
    (reading === 'after_agent' && readAt - releasedAt < RECENT);
  const isRecent = !isReplaceable && mayBeLater;
  const before = upTo(lock)[propertyOf(by)];
  const last = before === undefined ? {} : { before };
  return isRecent
    ? { kind: 'held_after_another', after: hostLockIn(lock), ...last }
    : { kind: 'held', ...last };
}
