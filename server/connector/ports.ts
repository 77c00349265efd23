import type { AuditLog, Clock, HostLocks, RecordStore } from '../response_actions/ports';
import type { IssuedRequests } from '../response_actions/issued_requests';
import type { EarlierActions } from '../response_actions/once_per_alert';
import type { ActionPorts } from '../response_actions/perform_action';
import type { ApprovalStore } from '../approvals/approval_store';
import type { KibanaSpaces } from '../kibana/kibana_spaces';
import type { Warnings } from '../lib/log';
import type { ReadBudget } from '../lib/read_budget';
import type { TtlCache } from '../lib/ttl_cache';
import type { AppliedProtectionOf } from '../protection/protection_of_space';
import type { RequestGate } from '../sentinelone_client/request_gate';
import type { RetryPorts } from '../sentinelone_client/retry';

/** The ports of the connector, in addition to what the actions framework provides. */
export interface ConnectorPorts extends RetryPorts {
  readonly clock: Clock;
  /** A new UUID. */
  readonly newId: () => string;
  /** Requests of the plugin's routes. */
  readonly issuedRequests: Pick<IssuedRequests, 'use' | 'setRecord'>;
  /** False if Kibana runs without security. Every user then has all privileges, as in Kibana itself. */
  readonly isSecurityEnabled: () => boolean;
  /**
   * The host locks of a tenant and the records of a space for one action, which joins simultaneous writes in one
   * request.
   */
  readonly actionStoresOf: (
    tenant: string,
    namespace: string | undefined
  ) => { readonly hostLocks: HostLocks; readonly records: RecordStore };
  /** What is recorded in a space, and of the agents of a tenant in every space. */
  readonly earlierActionsOf: (namespace: string | undefined, tenant: string) => EarlierActions;
  /** The audit log of a space. */
  readonly auditLogOf: (namespace: string | undefined) => AuditLog;
  /** Records requests that were refused as a whole, in a space. */
  readonly refusedRequestsOf: (namespace: string | undefined) => ActionPorts['refusedRequests'];
  /** The actions whose automatic release is pending on agents of a tenant, by agent. */
  readonly pendingReleasesOn: (
    tenant: string,
    agentIds: readonly string[]
  ) => Promise<ReadonlyMap<string, string>>;
  /** Requests a run of the status reconciliation task. */
  readonly reconcileSoon: () => void;
  /** Requests for approval in a space. */
  readonly approvalsOf: (namespace: string | undefined) => ApprovalStore;
  readonly spaces: Pick<KibanaSpaces, 'exists'>;
  /** The protection that applies to actions through this connector in a space. */
  readonly appliedProtectionOf: AppliedProtectionOf;
  /** Discards all cached host statuses. */
  readonly clearStatusCache: () => void;
  /** Limits the rate of requests to a tenant. */
  readonly gateOf: (url: string) => RequestGate;
  /** The ids of the users to whom the API tokens belong, by connector and tenant; null if not known. */
  readonly tokenUsers: TtlCache<string | null>;
  /** Limits the reads per user. */
  readonly readBudget: ReadBudget;
  readonly warnings: Warnings;
  /** The connectors of the plugin's type in a space. */
  readonly connectorsIn: (
    namespace: string | undefined
  ) => Promise<ReadonlyArray<{ readonly id: string; readonly name: string }>>;
}
