import type {
  ActionsClient,
  ActionType,
  PluginStartContract as ActionsStart,
} from '@kbn/actions-plugin/server';
import type {
  IRouter,
  KibanaRequest,
  Logger,
  RequestHandlerContext,
  VersionedRouteConfig,
} from '@kbn/core/server';
import type { TestConnectionResult } from '../../common/api/connector';
import type { ApprovalStore } from '../approvals/approval_store';
import type { AutomaticReleaseStore } from '../automatic_release/ports';
import type { CaseAttachmentRecord } from '../cases/attach_to_cases';
import type { CasesOfUser } from '../cases/cases_of_user';
import type { NamedConnector } from '../connector/connectors_in_space';
import type { HostStatusCaches } from '../host_status/host_status_cache';
import type { IsolatedHostsCaches } from '../hosts/isolated_hosts';
import type { HistoryStore } from '../history/history_store';
import type { RetentionSettings } from '../../common/api/retention_settings';
import type { ProtectionSettings } from '../../common/hosts/protection_settings';
import type { ProvenActions } from '../../common/api/setup';
import type { TtlCache } from '../lib/ttl_cache';
import type { AppliedProtectionOf } from '../protection/protection_of_space';
import type { SettingsStore, SettingsAuditLog } from '../settings/settings_store';
import type { Integrations } from '../kibana/integrations';
import type { KibanaSpaces } from '../kibana/kibana_spaces';
import type { ProcessClock } from '../lib/clock';
import type { IssuedRequests } from '../response_actions/issued_requests';
import type { AuditLog, HostLocksOf, Clock, RecordStore } from '../response_actions/ports';
import type { Warnings } from '../lib/log';

/**
 * The options of a route that requires an API privilege, for every supported Kibana: the tag up to 9.0, `security` from
 * 8.16 on and required from 9.1 on. Versions that support both use `security`; 8.12 ignores it (`core_versioned_route`,
 * `security_route_config_validator`).
 */
export const requires = (
  apiPrivilege: string
): Required<Pick<VersionedRouteConfig, 'options' | 'security'>> => ({
  options: { tags: [`access:${apiPrivilege}`] },
  security: { authz: { requiredPrivileges: [apiPrivilege] } },
});

/** What Kibana's Actions plugin adds to a request's context. */
export interface HandlerContext extends RequestHandlerContext {
  readonly actions: Promise<{
    getActionsClient(): ActionsClient | Promise<ActionsClient>;
    listTypes(featureId?: string): ActionType[];
  }>;
}

/** The ports of the routes, available after Kibana's start. */
export interface RoutePorts {
  readonly actions: ActionsStart;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Requests that are being passed to the connector. */
  readonly issuedRequests: IssuedRequests;
  readonly spaceIdOf: (request: KibanaRequest) => string;
  readonly spaces: Pick<KibanaSpaces, 'exists'>;
  /** The protection that applies to actions through a connector in a space. */
  readonly appliedProtectionOf: AppliedProtectionOf;
  readonly connectorsIn: (namespace: string | undefined) => Promise<readonly NamedConnector[]>;
  /** Connectors of Kibana's own type for SentinelOne. */
  readonly builtInConnectorsIn: (
    namespace: string | undefined
  ) => Promise<readonly NamedConnector[]>;
  /** Results of connection tests. They are shared for a minute, because they need calls to SentinelOne. */
  readonly connectionTests: TtlCache<TestConnectionResult>;
  /** Which actions were confirmed through a connector of a space. */
  readonly provenActions: (
    connectorId: string,
    namespace: string | undefined
  ) => Promise<ProvenActions>;
  readonly hostLocksOf: HostLocksOf;
  /** Warnings that are repeated only after a change. */
  readonly warnings: Warnings;
  readonly recordsOf: (namespace: string | undefined) => RecordStore;
  /** Automatic releases of all spaces. */
  readonly releaseStore: Pick<AutomaticReleaseStore, 'read' | 'update'>;
  /** Discards the shared lists of isolated hosts, so that they are read again. */
  readonly forgetIsolatedHosts: () => void;
  /** False if Kibana is known to run without security. */
  readonly isSecurityEnabled: () => boolean;
  /** Requests for approval in a space. */
  readonly approvalsOf: (namespace: string | undefined) => ApprovalStore;
  readonly auditLogOf: (namespace: string | undefined) => AuditLog;
  readonly historyOf: (namespace: string | undefined) => HistoryStore;
  readonly retentionSettingsOf: (namespace: string | undefined) => SettingsStore<RetentionSettings>;
  readonly protectionSettingsOf: (
    namespace: string | undefined
  ) => SettingsStore<ProtectionSettings>;
  readonly settingsAuditLog: SettingsAuditLog;
  /** The user of the request; undefined if Kibana runs without security. */
  readonly usernameOf: (request: KibanaRequest) => string | undefined;
  /** Whether the caller has one of the plugin's privileges in the request's space. */
  readonly mayCall: (request: KibanaRequest, apiPrivilege: string) => Promise<boolean>;
  /** Elastic Security's cases for the caller; undefined if Kibana runs without cases. */
  readonly casesOf: (request: KibanaRequest) => Promise<CasesOfUser | undefined>;
  /** Whether the user may add attachments to them. */
  readonly mayAttach: (request: KibanaRequest) => Promise<boolean>;
  /** The results of attaching actions of a space to cases. */
  readonly caseAttachmentsOf: (namespace: string | undefined) => CaseAttachmentRecord;
  readonly sleep: (ms: number) => Promise<unknown>;
  /** The status cache of one connector in one space. */
  readonly hostStatusCacheOf: HostStatusCaches['of'];
  /** The isolated hosts of one connector in one space. */
  readonly isolatedHostsOf: IsolatedHostsCaches['of'];
  /** The clock of times in responses. */
  readonly processClock: ProcessClock;
  /** Throws 403 unless Kibana lets the caller execute connectors of the plugin's type. */
  readonly ensureMayExecute: (request: KibanaRequest) => Promise<void>;
  /** Identifies the user; undefined if Kibana runs without security. */
  readonly userKeyOf: (request: KibanaRequest) => string | undefined;
}

/** A request that reads, with what answers it. */
export interface AskedRoute {
  readonly context: HandlerContext;
  readonly request: KibanaRequest<unknown, unknown, unknown>;
  readonly ports: RoutePorts;
}

export interface RouteDependencies {
  /** Registers routes that respond only in spaces that exist. */
  readonly router: Pick<IRouter<HandlerContext>, 'versioned'>;
  readonly logger: Logger;
  readonly kibanaVersion: string;
  readonly integrations: Pick<Integrations, 'unavailable'>;
  readonly portsReady: () => Promise<RoutePorts>;
}

/** In saved objects, the default space has no namespace. */
export const namespaceOf = (spaceId: string): string | undefined =>
  spaceId === 'default' ? undefined : spaceId;
