import type { Agent } from '../../common/hosts/agent';
import type { Reason } from '../../common/actions/reasons';
import type { EndedAction } from '../../common/actions/automatic_release';
import type { ActionRecord, RecordedHost, RecordProgress } from '../../common/actions/record';
import type { NetworkActivity } from '../sentinelone_client/read_isolation_activities';

/** The ports of status reconciliation besides a clock and an audit log. */

/** Why something could not be read. */
export interface ReadProblem {
  readonly reason: Reason;
  readonly detail?: string;
}

/**
 * A read-only client for SentinelOne. It has no function that sends a command, and its
 * implementation sends only GET requests.
 */
export interface SentinelOneReader {
  /** Reads these agents by exact id; `failed` contains those that could not be read. */
  agents(ids: readonly string[]): Promise<{
    readonly agents: readonly Agent[];
    readonly failed: ReadonlyMap<string, ReadProblem>;
  }>;
  /** Reads the network activities of these agents since `since` (ISO 8601), oldest first. */
  networkActivities(
    ids: readonly string[],
    since: string
  ): Promise<
    | { readonly ok: true; readonly value: readonly NetworkActivity[] }
    | { readonly ok: false; readonly problem: ReadProblem }
  >;
}

/** An open record and its space; undefined means the default space. */
export interface OpenRecord {
  readonly record: RecordProgress;
  /** The version that an update expects. */
  readonly version: string | undefined;
  readonly namespace: string | undefined;
}

/** The attributes of later records that are read. */
export type LaterRecord = Pick<
  ActionRecord,
  'actionId' | 'action' | 'sortKey' | 'requestedAt' | 'actor'
> & {
  /** In the record of an automatic release: the action that it ends. */
  readonly endsAction?: Pick<EndedAction, 'actionId'>;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'agentId' | 'outcome' | 'reason' | 'endedAt'>>;
};

export interface OpenRecordStore {
  /** The open records of all spaces that exist, in pages, oldest first. One search when there are none. */
  open(): AsyncIterable<readonly OpenRecord[]>;
  /**
   * Records of any space that were written after the one with this `sortKey` and name one of these
   * agents of the tenant, with these agents only. Records in which every host was refused are left
   * out.
   */
  laterActionsOn(
    tenant: string,
    agentIds: readonly string[],
    sortKey: number
  ): Promise<readonly LaterRecord[]>;
  /** Updates the record unless it was changed since it was read. */
  update(open: OpenRecord, record: RecordProgress): Promise<'written' | 'conflict'>;
  /** The record as it is stored now; undefined if it was removed. */
  readAgain(open: OpenRecord): Promise<OpenRecord | undefined>;
}

/**
 * Creates a read-only client for the connector of an action, if the connector still belongs to that
 * tenant; otherwise returns why not.
 */
export type CreateReadOnlyClient = (
  connectorId: string,
  namespace: string | undefined,
  tenant: string
) => Promise<
  | { readonly ok: true; readonly reader: SentinelOneReader }
  | { readonly ok: false; readonly problem: ReadProblem }
>;
