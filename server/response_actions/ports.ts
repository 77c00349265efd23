import type { ReleaseTimeChange } from '../../common/actions/automatic_release';
import type { Actor } from '../../common/actions/actor';
import type { ActionRecord, RecordedHost, RecordProgress } from '../../common/actions/record';
import type { HostProperty } from '../../common/hosts/host_property';
import type { Agent, AgentReference } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import type { Refusal } from '../../common/actions/reasons';
import type { Clock } from '../lib/clock';
import type { CoreLog } from '../lib/log';
import type { ActionEvent } from './action_events';

/** The ports of the core. Kibana's saved objects implement them; tests use memory. */

/** A stored record, and the version that an update requires. */
export interface StoredRecord {
  readonly record: ActionRecord;
  readonly version: string | undefined;
}

export interface RecordStore {
  /** Writes new records, all or none. Throws if one of them could not be written. */
  create(records: readonly ActionRecord[]): Promise<readonly StoredRecord[]>;
  /**
   * Updates the progress of a record but not the request. Resolves to its new version. Throws if
   * the record was changed since it was read.
   */
  update(
    stored: Pick<StoredRecord, 'version'>,
    record: RecordProgress
  ): Promise<Pick<StoredRecord, 'version'>>;
  /**
   * Replaces stored records by complete ones, and writes new records. Resolves to their versions. Throws if one of the
   * stored ones was changed since it was written or read.
   */
  replace(
    stored: readonly StoredRecord[],
    records: readonly ActionRecord[]
  ): Promise<readonly StoredRecord[]>;
  /** All groups of an action in their order; empty when there is no such action in this space. */
  get(actionId: string): Promise<readonly ActionRecord[]>;
}

/** The action that is in progress on an agent. */
export interface HostLock {
  readonly actionId: string;
  readonly action: ActionName;
  readonly username: string;
  /** ISO 8601. */
  readonly since: string;
}

export type LockedHosts =
  /** `before`: the last lock on the same property under which something was sent; undefined for none. */
  | { readonly kind: 'held'; readonly before?: HostLock }
  /** Locked, but `after` was released so recently that the status of the agent may be outdated. */
  | {
      readonly kind: 'held_after_another';
      readonly after: HostLock;
      readonly before?: HostLock;
    }
  | { readonly kind: 'taken'; readonly by: HostLock };

export interface AcquiredHostLocks {
  readonly byAgent: ReadonlyMap<string, LockedHosts>;
  /** Whether another action changed a lock first, so that it was read again. */
  readonly wasContested: boolean;
  /**
   * Releases the host locks. For the agents `sent`, a command may have been sent; for the others the previous lock
   * applies again. Never throws: a host lock that is not released expires.
   */
  release(sent: readonly string[]): Promise<void>;
}

/** A lock of an action that has ended or is in progress. */
export interface StoredHostLock extends HostLock {
  /**
   * It was not released: its action is running, or its node stopped during the action. Without a record of the action,
   * nothing was sent under it.
   */
  readonly isUnreleased?: true;
}

export interface LastHostLock extends StoredHostLock {
  /**
   * The previous host lock, as long as it is not known whether a command is sent under this one.
   */
  readonly after?: HostLock;
}

/** Locks that were read ahead. If one is outdated, writing it fails. */
export interface LocksReadAhead {
  /** The locks by the id of the document, which only the implementation uses; null if there is none. */
  readonly byDocument: ReadonlyMap<string, unknown>;
}

export interface TakeOptions {
  /** The locks that were read ahead, so that they do not have to be read again. */
  readonly ahead?: LocksReadAhead;
  /** Whether all of `ahead` was read before the agents were. */
  readonly isReadBeforeAgents?: boolean;
  /**
   * Called once, when the first locks are being written. Its writes are sent in the same request, after the locks. Not
   * called if another action is known to hold one of the locks.
   */
  readonly alongside?: () => void;
}

/** Host locks for the agents of one tenant. */
export interface HostLocks {
  /**
   * Reads the locks of the agents that will probably be locked for an action on these hosts. Never rejects: locks that
   * could not be read are missing.
   */
  readAhead(hosts: readonly AgentReference[]): Promise<LocksReadAhead>;
  /** Stores which agents SentinelOne reported: `readAhead` then finds them by their UUIDs. */
  noteAgents(agents: readonly Agent[]): void;
  /**
   * Locks each agent for one action, so that two actions, even on different Kibana nodes, never run on one host at the
   * same time. A lock is per host and not per property, because SentinelOne does not document in which order an agent
   * carries out two simultaneous commands. `readAt` (ms since the epoch) is when the agents were read.
   */
  take(
    agentIds: readonly string[],
    hostLock: HostLock,
    readAt: number,
    options?: TakeOptions
  ): Promise<AcquiredHostLocks>;
  /**
   * Returns the last lock on each agent by an action on this property that is held, or under which a command was sent.
   * Many agents have none.
   */
  lastOn(
    agentIds: readonly string[],
    property: HostProperty
  ): Promise<ReadonlyMap<string, LastHostLock>>;
}

/** The last actions on the agents of one tenant, in any space. */
export interface HostLockHistory {
  /**
   * Returns for each agent the last locks by actions on this property that are held, or under which a command was sent,
   * newest first: at most two. Many agents have none.
   */
  recentOn(
    agentIds: readonly string[],
    property: HostProperty
  ): Promise<ReadonlyMap<string, readonly HostLock[]>>;
}

/** The host locks of a tenant, by its origin. */
export type HostLocksOf = (tenant: string) => HostLocks & HostLockHistory;

/** Writes attempts and their results to the audit log. Never throws. */
export interface AuditLog {
  /** An attempt is recorded; no command has been sent yet. */
  attempted(record: ActionRecord): void;
  /** These hosts of the record have ended. */
  ended(record: RecordProgress, hosts: readonly RecordedHost[]): void;
  /** A request was refused as a whole. This is its only event. */
  refused(record: ActionRecord): void;
  /** Further requests, counted in the record, were refused for the same reason within the same minute. */
  furtherRefused(record: ActionRecord): void;
  /** A user may not decide this request for approval, and tried at `at` (ISO 8601). */
  decisionRefused(
    record: ActionRecord,
    decision: 'approve' | 'decline',
    reason: Refusal,
    attempt: { readonly by: Actor; readonly at: string }
  ): void;
  /** A user changed or cancelled the automatic release of an action. */
  releaseTimeChanged(record: ActionRecord, change: ReleaseTimeChange, by: Actor): void;
  /** Adds an event that is missing in the event log, marked as added at `at` (ISO 8601). */
  addLater(event: ActionEvent, at: string): void;
}

export type { Actor, Clock, CoreLog };
