import type { Logger, KibanaRequest } from '@kbn/core/server';
import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AttachmentForm } from './cases/attachment_type';
import type { ConnectorPorts } from './connector/ports';
import type { Integrations } from './kibana/integrations';
import type { Core, SetupDependencies } from './plugin_dependencies';
import type { ReleasePorts } from './automatic_release/timed_action';
import { EVENT_ACTIONS, EVENT_PROVIDER } from './response_actions/action_events';
import { RefusedRequests } from './response_actions/refused_requests';
import { REMOVAL_EVENT_ACTION, removalLog, removeOldRecords } from './retention/retention_task';
import type { RoutePorts } from './routes/route_context';
import { SETTINGS_EVENT_ACTION, settingsAuditLog } from './settings/settings_store';
import { createSharedServices, type KibanaServices, type SharedServices } from './shared_services';
import { completeEventLog } from './status_reconciliation/complete_event_log';
import { changedRecordsIn, kibanaEventLog } from './status_reconciliation/logged_events';
import type { ReconciliationTaskPorts } from './status_reconciliation/reconciliation_task';
import { canIdentifyCallers, userKeyOf } from './connector/caller';
import { DEFAULT_SPACE_ID } from './kibana/kibana_spaces';
import { CONNECTOR_LIMITS, readBudget } from './lib/read_budget';
import { ttlCache } from './lib/ttl_cache';
import { savedObjectEarlierActions } from './response_actions/once_per_alert';
import { expireRequests } from './approvals/close_request';
import {
  type BackgroundPorts,
  createReadOnlyClient,
  createReleaseClient,
} from './connector/background_connector';
import {
  CONNECTOR_SAVED_OBJECT_TYPE,
  BUILT_IN_CONNECTOR_TYPE_ID,
} from './connector/connectors_in_space';
import { COMMAND_DEADLINE } from './sentinelone_client/deadline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecurityPluginStart } from '@kbn/security-plugin/server';
import { CASES_OWNER, CONNECTOR_TYPE_ID } from '../common/lib/constants';
import { savedObjectCaseAttachments } from './cases/attach_to_cases';
import { casesOfUser } from './cases/cases_of_user';
import { savedObjectHistory } from './history/history_store';
import { NewestPages } from './history/newest_pages';
import { protectionSettingsStore } from './protection/protection_of_space';
import { retentionSettingsStore } from './retention/retention_settings_store';
import { provenActions } from './setup/setup_checks';

/** The name of the privilege to add an attachment to a case (`cases-plugin/server/authorization`). */
const ATTACH = 'createComment';

/** Whether the user of a request has a privilege in the request's space; true if Kibana runs without security. */
async function hasPrivilege(
  security: SecurityPluginStart | undefined,
  request: KibanaRequest,
  privilegeOf: (actions: SecurityPluginStart['authz']['actions']) => string
): Promise<boolean> {
  if (security === undefined || !security.authz.mode.useRbacForRequest(request)) return true;
  const { authz } = security;
  const { hasAllRequested } = await authz.checkPrivilegesDynamicallyWithRequest(request)({
    kibana: [privilegeOf(authz.actions)],
  });
  return hasAllRequested;
}

/**
 * The contract that identifies users and checks their privileges; undefined if Kibana has no security plugin. Throws if
 * the plugin has a different contract in this version of Kibana. Nothing is allowed then.
 */
function checkedSecurity({ setup, start }: KibanaServices): SecurityPluginStart | undefined {
  const { security } = start as { readonly security?: Partial<SecurityPluginStart> };
  if (setup.security === undefined && security === undefined) return undefined;
  if (security?.authz === undefined || security.authc === undefined) {
    throw new Error(
      'Privileges cannot be checked: the security plugin of this version of Kibana lacks authc or authz'
    );
  }
  return start.security;
}

/** Returns the ports of the HTTP routes. */
function routePorts(kibana: KibanaServices, shared: SharedServices): RoutePorts {
  const { setup, start, eventLogger, logger } = kibana;
  const { repository, clock, monotonicClock, hostStatusCaches, isolatedHostsCaches } = shared;
  const { actions, cases, spaces } = start;
  const { attachmentForm } = kibana;
  const security = checkedSecurity(kibana);
  const newestPages = new NewestPages();
  return {
    ...shared,
    actions,
    processClock: monotonicClock,
    hostStatusCacheOf: hostStatusCaches.of,
    isolatedHostsOf: isolatedHostsCaches.of,
    forgetIsolatedHosts: () => isolatedHostsCaches.forget(),
    isSecurityEnabled: () => canIdentifyCallers(setup.security),
    historyOf: (namespace) => savedObjectHistory(repository, namespace, clock, newestPages),
    builtInConnectorsIn: (namespace) => shared.connectorsIn(namespace, BUILT_IN_CONNECTOR_TYPE_ID),
    connectionTests: ttlCache(monotonicClock.now),
    provenActions: (connectorId, namespace) => provenActions(repository, connectorId, namespace),
    settingsAuditLog: settingsAuditLog({
      eventLogger,
      audit: setup.security?.audit,
      authc: security?.authc,
      log: logger,
    }),
    caseAttachmentsOf: (namespace) => savedObjectCaseAttachments(repository, namespace),
    retentionSettingsOf: (namespace) => retentionSettingsStore(repository, namespace),
    protectionSettingsOf: (namespace) => protectionSettingsStore(repository, namespace),
    usernameOf: (request) => security?.authc.getCurrentUser(request)?.username,
    userKeyOf: (request) => userKeyOf(security, request),
    mayCall: (request, apiPrivilege) =>
      hasPrivilege(security, request, ({ api }) => api.get(apiPrivilege)),
    mayAttach: (request) =>
      hasPrivilege(security, request, (known) => known.cases.get(CASES_OWNER, ATTACH)),
    casesOf: async (request) =>
      cases &&
      attachmentForm &&
      casesOfUser(await cases.getCasesClientWithRequest(request), attachmentForm),
    // `ref: false`: a pending wait does not keep Kibana from stopping.
    sleep: (ms) => sleep(ms, undefined, { ref: false }),
    spaceIdOf: (request) => spaces?.spacesService.getSpaceId(request) ?? DEFAULT_SPACE_ID,
    ensureMayExecute: async (request) =>
      actions.getActionsAuthorizationWithRequest(request).ensureAuthorized({
        operation: 'execute',
        actionTypeId: CONNECTOR_TYPE_ID,
      }),
  };
}

/** Time (ms) to write the record of an action after its last command timed out. */
const MARGIN = 30_000;

/** The ports of the background tasks: records, and clients for SentinelOne that are limited to what each task needs. */
function backgroundPorts(
  { setup, coreStart, start, eventLog, logger }: KibanaServices,
  shared: SharedServices,
  reconcileSoon: () => void
): { readonly reconciliation: ReconciliationTaskPorts; readonly release: ReleasePorts } {
  const { repository, openRecordStore, connectorsIn, gateOf, retry, clock } = shared;
  const { encryptedSavedObjects } = start;
  const configurationUtilities = setup.actions.getActionsConfigurationUtilities();
  const connectors: BackgroundPorts = {
    preconfigured: start.actions.inMemoryConnectors,
    encrypted: encryptedSavedObjects.getClient({
      includedHiddenTypes: [CONNECTOR_SAVED_OBJECT_TYPE],
    }),
    isEncryptionError: encryptedSavedObjects.isEncryptionError,
    nameOf: async (id, namespace) =>
      (await connectorsIn(namespace)).find((one) => one.id === id)?.name,
    configurationUtilities,
    // Kibana's framework requires these; the clients of the tasks do not use them.
    services: {
      savedObjectsClient: repository,
      scopedClusterClient: coreStart.elasticsearch.client.asInternalUser,
      connectorTokenClient: undefined,
    },
    logger,
    retry,
    gateOf,
  };
  const nodeStoppedAfter =
    COMMAND_DEADLINE + configurationUtilities.getResponseSettings().timeout + MARGIN;
  const common = {
    hostLocksOf: shared.hostLocksOf,
    auditLogOf: shared.auditLogOf,
    clock,
    log: logger,
    nodeStoppedAfter,
  };
  const eventLogPorts = {
    ...common,
    ...kibanaEventLog(eventLog, coreStart.elasticsearch.client.asInternalUser),
    changedRecords: changedRecordsIn(repository),
    spaceExists: (namespace: string | undefined) =>
      shared.spaces.exists(namespace ?? DEFAULT_SPACE_ID),
  };
  const completeRecords = new Map<string, string>();
  return {
    reconciliation: {
      ...common,
      completeEventLog: (stored, isCancelled) =>
        completeEventLog(stored, eventLogPorts, completeRecords, isCancelled),
      store: openRecordStore,
      createReadOnlyClient: createReadOnlyClient(connectors),
      expireRequests: () =>
        expireRequests({
          requests: shared.awaitingRequests,
          approvalsOf: shared.approvalsOf,
          auditLogOf: shared.auditLogOf,
          clock,
          log: logger,
        }),
    },
    release: {
      ...common,
      store: shared.releaseStore,
      laterActionsOn: openRecordStore.laterActionsOn,
      recordsOf: shared.recordsOf,
      connectorsIn,
      createReleaseClient: createReleaseClient(connectors, clock),
      sent() {
        shared.hostStatusCaches.forget();
        reconcileSoon();
      },
    },
  };
}

/** How long (ms) the user of an API token is cached; the token may be replaced. */
const TOKEN_USER_KEPT_FOR = 10 * 60_000;

/** Returns the ports of the connector's sub-actions. `reconcileSoon` runs status reconciliation within seconds. */
function connectorPorts(
  { setup: { security } }: KibanaServices,
  shared: SharedServices,
  refusedRequests: RefusedRequests,
  reconcileSoon: () => void
): ConnectorPorts {
  const {
    repository,
    openRecordStore,
    recordsOf,
    auditLogOf,
    hostStatusCaches,
    isolatedHostsCaches,
  } = shared;
  return {
    ...shared,
    ...shared.retry,
    reconcileSoon,
    earlierActionsOf: (namespace, tenant) => ({
      ...savedObjectEarlierActions(repository, namespace),
      on: (agentIds, order) => openRecordStore.laterActionsOn(tenant, agentIds, order),
    }),
    refusedRequestsOf: (namespace) => ({
      add: (record) =>
        refusedRequests.add(record, namespace ?? DEFAULT_SPACE_ID, {
          records: recordsOf(namespace),
          auditLog: auditLogOf(namespace),
        }),
    }),
    isSecurityEnabled: () => canIdentifyCallers(security),
    clearStatusCache: () => {
      hostStatusCaches.forget();
      isolatedHostsCaches.forget();
    },
    tokenUsers: ttlCache<string | null>(shared.monotonicClock.now, TOKEN_USER_KEPT_FOR),
    readBudget: readBudget(CONNECTOR_LIMITS, shared.monotonicClock.now),
  };
}

/** The ports of the connector, the routes and the tasks, created from Kibana's contracts. */
export interface PluginPorts {
  readonly connector: ConnectorPorts;
  readonly routes: RoutePorts;
  readonly reconciliation: ReconciliationTaskPorts;
  readonly release: ReleasePorts;
  /** Writes pending records before Kibana stops. Never throws. */
  readonly stop: () => Promise<void>;
  /** Removes expired records; resolves to their number. */
  readonly removeOldRecords: (isCancelled: () => boolean) => Promise<number>;
}

/** Used if the event log is not available. Records and the audit log contain the same information. */
const NO_EVENT_LOG: Pick<IEventLogger, 'logEvent'> = { logEvent: () => {} };

/**
 * For `setup`: registers event log actions, which is possible during set-up only. The returned function creates the
 * ports once Kibana has started, and throws if an essential integration is not available. `reconcileSoon` runs status
 * reconciliation within seconds.
 */
export function pluginPorts(
  core: Core,
  setup: SetupDependencies,
  logger: Logger,
  integrations: Integrations,
  attachmentForm: AttachmentForm | undefined,
  reconcileSoon: () => void
): () => Promise<PluginPorts> {
  const registered = integrations.register('event_log', () => {
    setup.eventLog.registerProviderActions(EVENT_PROVIDER, [
      ...EVENT_ACTIONS,
      SETTINGS_EVENT_ACTION,
      REMOVAL_EVENT_ACTION,
    ]);
    return setup.eventLog.getLogger({ event: { provider: EVENT_PROVIDER } });
  });
  const eventLogger = registered ?? NO_EVENT_LOG;
  const eventLog = registered === undefined ? undefined : setup.eventLog;
  return async () => {
    integrations.assertEssential();
    const [coreStart, start] = await core.getStartServices();
    const kibana = { setup, coreStart, start, attachmentForm, eventLogger, eventLog, logger };
    const shared = createSharedServices(kibana);
    const { clock, repository, spaces, auditLogs } = shared;
    const refusedRequests = new RefusedRequests({ clock, log: logger });
    const removals = removalLog(auditLogs);
    return {
      connector: connectorPorts(kibana, shared, refusedRequests, reconcileSoon),
      routes: routePorts(kibana, shared),
      ...backgroundPorts(kibana, shared, reconcileSoon),
      stop: () => refusedRequests.stop(),
      removeOldRecords: (isCancelled) =>
        removeOldRecords({ repository, spaces, removals }, isCancelled),
    };
  };
}
