import type { Agent } from '../../common/hosts/agent';
import type { Reason } from '../../common/actions/reasons';
import type { ActionRecord, RecordedHost, RecordProgress } from '../../common/actions/record';
import type { NetworkActivity } from '../sentinelone_client/read_activities';

/** What settling needs of the world besides a clock and a journal. */

/** Why something could not be read. */
export interface ReadProblem {
  readonly reason: Reason;
  readonly detail?: string;
}

/**
 * SentinelOne for somebody who only looks: it has no function that commands an agent, and what
 * implements it sends nothing but GET.
 */
export interface SentinelOneReader {
  /** These agents by exact id; `failed` has those that could not be asked for. */
  agents(ids: readonly string[]): Promise<{
    readonly agents: readonly Agent[];
    readonly failed: ReadonlyMap<string, ReadProblem>;
  }>;
  /** What the activity log says of their network since then (ISO 8601), oldest first. */
  networkActivities(
    ids: readonly string[],
    since: string
  ): Promise<
    | { readonly ok: true; readonly value: readonly NetworkActivity[] }
    | { readonly ok: false; readonly problem: ReadProblem }
  >;
}

/** An open record and the space that it is in; undefined stands for the default one. */
export interface OpenRecord {
  readonly record: RecordProgress;
  /** What an update must still find. */
  readonly version: string | undefined;
  readonly namespace: string | undefined;
}

/** What is read of later records. */
export type LaterRecord = Pick<
  ActionRecord,
  'actionId' | 'action' | 'sortKey' | 'requestedAt' | 'actor'
> & {
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'agentId' | 'outcome' | 'reason' | 'endedAt'>>;
};

export interface OpenRecordStore {
  /** The open records of all spaces that exist, in pages, oldest first. One search when there are none. */
  open(): AsyncIterable<readonly OpenRecord[]>;
  /**
   * Records of any space that were written after the one with this `sortKey` and name one of these agents of the tenant, with these
   * agents only. Such as refused every host are left out.
   */
  laterOn(
    tenant: string,
    agentIds: readonly string[],
    sortKey: number
  ): Promise<readonly LaterRecord[]>;
  /** Writes the record unless somebody else has changed it since it was read. */
  update(open: OpenRecord, record: RecordProgress): Promise<'written' | 'conflict'>;
  /** The record as it is now; undefined when it is gone. */
  readAgain(open: OpenRecord): Promise<OpenRecord | undefined>;
}

/** A reader over the connector that an action went through, while it leads to that tenant; or why there is none. */
export type CreateReadOnlyClient = (
  connectorId: string,
  namespace: string | undefined,
  tenant: string
) => Promise<
  | { readonly ok: true; readonly reader: SentinelOneReader }
  | { readonly ok: false; readonly problem: ReadProblem }
>;
