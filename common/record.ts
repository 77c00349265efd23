import type { ActionName, HostResult } from './outcome';

/** The record of an attempt, as it is stored. One document per action and group of hosts. */

/** Who acted, as Elasticsearch says it. */
export interface Actor {
  readonly username: string;
  /** Elasticsearch's word for how he proved it: `realm`, `api_key`, `token`, … */
  readonly authentication: string;
  /** The API key's name; a rule's run has `Alerting: <rule type>/<rule name>`. */
  readonly apiKey?: string;
}

/**
 * - `sending`: written before the request leaves; found later, it means that nobody knows yet.
 * - `requested`: SentinelOne accepted it, at least one host has not reported.
 * - `ended`: every host has its end.
 */
export type RecordState = 'sending' | 'requested' | 'ended';

/** A host in the record. `pending` stands until its end is known. */
export type RecordedHost = Omit<HostResult, 'outcome'> & {
  readonly outcome: HostResult['outcome'] | 'pending';
};

export interface ActionRecord {
  readonly actionId: string;
  /** Which group of the action this document holds, from 0, and how many there are. */
  readonly group: number;
  readonly groups: number;
  readonly action: ActionName;
  readonly state: RecordState;
  readonly connectorId: string;
  readonly actor: Actor;
  readonly comment: string;
  readonly alertIds: readonly string[];
  readonly caseIds: readonly string[];
  /** ISO 8601. */
  readonly requestedAt: string;
  readonly updatedAt: string;
  readonly hosts: readonly RecordedHost[];
}
