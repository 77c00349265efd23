import type { ActionRecord } from '../../common/actions/record';
import type { StoredRecord } from '../response_actions/ports';

/** The ports of approvals, besides those of actions. */

/** Requests for approval in one space. */
export interface ApprovalStore {
  /** The record of an action that needs or needed approval, as it is now; undefined if there is none. */
  find(actionId: string): Promise<StoredRecord | undefined>;
  /**
   * Writes how a request ended, or that its action began. Resolves to `conflict` if the record was changed since it was
   * read; then nothing is written.
   */
  decide(
    stored: Pick<StoredRecord, 'version'>,
    record: ActionRecord
  ): Promise<Pick<StoredRecord, 'version'> | 'conflict'>;
}

/** A request of any space that nobody has decided. */
export interface AwaitingRequest extends StoredRecord {
  /** The space; undefined stands for the default one. */
  readonly namespace: string | undefined;
}

export interface AwaitingRequests {
  /** Their records have no field that only people read. */
  awaiting(): AsyncIterable<AwaitingRequest>;
}
