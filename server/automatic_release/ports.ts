import type { ActionRecord } from '../../common/actions/record';
import type { HostAction } from '../sentinelone_client/host_action';
import type { DueRelease } from '../sentinelone_client/due_release';
import type { ReadProblem, SentinelOneReader } from '../status_reconciliation/ports';

/** The ports of automatic releases. */

/** An action whose automatic release is pending. `namespace` is its space; undefined means the default space. */
export interface PendingRelease {
  readonly actionId: string;
  readonly namespace: string | undefined;
  /** When the task processes it next: ms since the epoch. */
  readonly nextCheckAt: number;
}

/** An action with all of its groups, and the version of its first record, which contains the automatic release. */
export interface TimedAction {
  readonly groups: readonly [ActionRecord, ...ActionRecord[]];
  readonly version: string | undefined;
  readonly namespace: string | undefined;
}

/** A change of an automatic release in its record. */
export type ReleaseChange = Partial<
  Pick<
    ActionRecord,
    'releaseAt' | 'automaticRelease' | 'releaseTimeChanges' | 'handledHosts' | 'updatedAt'
  >
>;

export interface AutomaticReleaseStore {
  /**
   * Searches the pending releases of all spaces that exist whose next check is at `until` (ms since the epoch) or
   * before.
   */
  pending(until: number): Promise<readonly PendingRelease[]>;
  /** Reads an action as it is stored now; undefined if it was removed. */
  read(actionId: string, namespace: string | undefined): Promise<TimedAction | undefined>;
  /**
   * Changes the automatic release unless the first record was changed since it was read. `isShownAtOnce`: searches find
   * the change when this resolves.
   */
  update(
    action: TimedAction,
    change: ReleaseChange,
    options?: { readonly isShownAtOnce?: boolean }
  ): Promise<'written' | 'conflict'>;
  /**
   * Actions of any space whose automatic release is scheduled on one of these agents of the tenant, with those of the
   * agents that it covers. This is a search: records of the last second may be missing.
   */
  scheduledOn(tenant: string, agentIds: readonly string[]): Promise<readonly ActionRecord[]>;
}

/** A client that reads, and sends due releases. It cannot send any other command. */
export interface ReleaseClient {
  readonly reader: SentinelOneReader;
  /** `began` in ms since the epoch: see `COMMAND_DEADLINE`. */
  open(due: DueRelease, began: number): HostAction;
}

/** Creates the client for a connector if it still leads to that tenant; otherwise returns why not. */
export type CreateReleaseClient = (
  connectorId: string,
  namespace: string | undefined,
  tenant: string
) => Promise<
  | { readonly ok: true; readonly client: ReleaseClient }
  | { readonly ok: false; readonly problem: ReadProblem }
>;
