import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KibanaRequest, Logger } from '@kbn/core/server';
import type { SecurityPluginSetup } from '@kbn/security-plugin/server';
import {
  ACTION_SAVED_OBJECT_TYPE,
  CASES_OWNER,
  HOST_LOCK_SAVED_OBJECT_TYPE,
  CONNECTOR_TYPE_ID,
  PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
} from '../common/lib/constants';
import { savedObjectCaseAttachments } from './cases/case_attachment_record';
import { casesOfUser } from './cases/cases_of_user';
import {
  CONNECTOR_SAVED_OBJECT_TYPE,
  connectorsInSpace,
  KIBANAS_CONNECTOR_TYPE_ID,
} from './connector/connectors_in_space';
import { knowsCallers, userKeyOf } from './connector/caller';
import { createReadOnlyClient } from './connector/read_only_client';
import type { ConnectorPorts } from './connector/sentinelone_response_connector';
import { savedObjectHistory } from './history/history_store';
import { hostStatusCaches } from './host_status/host_status_cache';
import { EVENT_ACTIONS, EVENT_PROVIDER, auditLogOf } from './response_actions/audit_log';
import { COMMANDS_LEAVE_WITHIN } from './sentinelone_client/command_deadline';
import { requestGates } from './sentinelone_client/request_gate';
import { FirstSeen } from './lib/first_seen';
import type { Core, SetupDependencies } from './plugin_dependencies';
import { processClock } from './lib/clock';
import { CONNECTOR_LIMITS, readBudget, STATUS_LIMITS } from './lib/read_budget';
import { REMOVAL_EVENT_ACTION, removalLog } from './retention/removal_log';
import { removeOldRecords } from './retention/remove_old_records';
import { retentionSettingsStore } from './retention/retention_settings_store';
import { savedObjectHostLocks } from './response_actions/host_locks';
import { savedObjectEarlierActions } from './response_actions/earlier_actions';
import { IssuedRequests } from './response_actions/issued_requests';
import { RefusedRequests } from './response_actions/refused_requests';
import { savedObjectRecordStore } from './response_actions/record_store';
import type { RoutePorts } from './routes/route_context';
import { appliedProtectionOf } from './protection/applied_protection';
import { protectionSettingsStore } from './protection/protection_settings_store';
import { SETTINGS_EVENT_ACTION, settingsAuditLog } from './settings/settings_audit_log';
import { provenActions } from './setup/proven_actions';
import { ttlCache } from './lib/ttl_cache';
import {
  DEFAULT_SPACE_ID,
  ONLY_DEFAULT_SPACE,
  savedObjectSpaces,
  SPACE_SAVED_OBJECT_TYPE,
} from './kibana/kibana_spaces';
import { savedObjectOpenRecordStore } from './status_reconciliation/open_record_store';
import type { ReconcilePorts } from './status_reconciliation/reconcile';
import { logOnce } from './lib/log_once';

/** Time (ms) for the record of an action to be written after its last command's time-out. */
const MARGIN = 30_000;

/** What cases call adding something to one (`cases-plugin/server/authorization`). */
const ATTACH = 'createComment';

/** What the connector, the routes and the status reconciliation task need, made from what Kibana gives. */
export interface PluginPorts {
  readonly connector: ConnectorPorts;
  readonly routes: RoutePorts;
  readonly reconciliation: ReconcilePorts;
  /** Writes what is still to be written before Kibana stops. Never throws. */
  readonly stop: () => Promise<void>;
  /** Removes records that were kept long enough; resolves to how many. */
  readonly removeOldRecords: (isCancelled: () => boolean) => Promise<number>;
}

/**
 * For `setup`: registers with the event log, which is possible only then. The function that it returns
 * makes the ports once Kibana has started. `settleSoon` has open records settled within seconds.
 */
export function pluginPorts(
  core: Core,
  { actions: actionsSetup, eventLog, security }: SetupDependencies,
  logger: Logger,
  reconcileSoon: () => void
): () => Promise<PluginPorts> {
  eventLog.registerProviderActions(EVENT_PROVIDER, [
    ...EVENT_ACTIONS,
    SETTINGS_EVENT_ACTION,
    REMOVAL_EVENT_ACTION,
  ]);
  const eventLogger = eventLog.getLogger({ event: { provider: EVENT_PROVIDER } });
  const clock = Date.now;
  const retry = { sleep, random: Math.random };

  /** Whether whoever sent a request holds a privilege in its space. */
  const holds = async (
    request: KibanaRequest,
    privilegeOf: (actions: SecurityPluginSetup['authz']['actions']) => string
  ): Promise<boolean> => {
    if (security === undefined || !security.authz.mode.useRbacForRequest(request)) return true;
    const { authz } = security;
    const { hasAllRequested } = await authz.checkPrivilegesDynamicallyWithRequest(request)({
      kibana: [privilegeOf(authz.actions)],
    });
    return hasAllRequested;
  };

  return async () => {
    const [coreStart, { actions, cases, encryptedSavedObjects, spaces: spacesPlugin }] =
      await core.getStartServices();
    const spacesOfKibana = spacesPlugin === undefined ? [] : [SPACE_SAVED_OBJECT_TYPE];
    const repository = coreStart.savedObjects.createInternalRepository([
      ...spacesOfKibana,
      ACTION_SAVED_OBJECT_TYPE,
      HOST_LOCK_SAVED_OBJECT_TYPE,
      CONNECTOR_SAVED_OBJECT_TYPE,
      PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
      RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
    ]);
    const configurationUtilities = actionsSetup.getActionsConfigurationUtilities();
    const forwardClock = processClock(randomUUID(), () => performance.now());
    const gateOf = requestGates(forwardClock.now);
    const caches = hostStatusCaches({
      clock: forwardClock,
      timeOfDay: clock,
      budget: readBudget(STATUS_LIMITS, forwardClock.now),
    });
    const refusedRequests = new RefusedRequests({ clock, log: logger });
    const auditLogs = { eventLogger, audit: security?.audit.withoutRequest, log: logger };
    const historyOf = (namespace: string | undefined) =>
      savedObjectHistory(repository, namespace, clock);
    const spaces = spacesPlugin === undefined ? ONLY_DEFAULT_SPACE : savedObjectSpaces(repository);
    const starts = new FirstSeen();
    const hostLocksOf = (tenant: string) =>
      savedObjectHostLocks(repository, tenant, clock, logger, starts);
    const openRecordStore = savedObjectOpenRecordStore(repository, spaces);
    const servesAllSpaces = (connectorId: string) =>
      actions.inMemoryConnectors.some(({ id }) => id === connectorId);
    const shared = {
      clock,
      spaces,
      appliedProtectionOf: appliedProtectionOf({ repository, spaces, servesAllSpaces }),
      newId: randomUUID,
      issuedRequests: new IssuedRequests(randomUUID),
      recordsOf: (namespace: string | undefined) => savedObjectRecordStore(repository, namespace),
      auditLogOf: (namespace: string | undefined) => auditLogOf(auditLogs, namespace ?? 'default'),
      connectorsIn: (namespace: string | undefined) =>
        connectorsInSpace(repository, actions.inMemoryConnectors, namespace),
    };
    const warnings = logOnce(logger);
    return {
      connector: {
        ...shared,
        ...retry,
        warnings,
        hostLocksOf,
        earlierActionsOf: (namespace, tenant) => ({
          ...savedObjectEarlierActions(repository, namespace),
          on: (agentIds, sortKey) => openRecordStore.laterOn(tenant, agentIds, sortKey),
        }),
        refusedRequestsOf: (namespace) => ({
          add: (record) =>
            refusedRequests.add(record, namespace ?? 'default', {
              records: shared.recordsOf(namespace),
              auditLog: shared.auditLogOf(namespace),
            }),
        }),
        isSecurityEnabled: () => knowsCallers(security?.license),
        reconcileSoon,
        forgetStatuses: caches.forget,
        gateOf,
        readBudget: readBudget(CONNECTOR_LIMITS, forwardClock.now),
      },
      routes: {
        ...shared,
        hostLocksOf,
        warnings,
        actions,
        historyOf,
        kibanasConnectorsIn: (namespace) =>
          connectorsInSpace(
            repository,
            actions.inMemoryConnectors,
            namespace,
            KIBANAS_CONNECTOR_TYPE_ID
          ),
        connectionTests: ttlCache(forwardClock.now),
        provenActions: (connectorId, namespace) =>
          provenActions(repository, connectorId, namespace),
        settingsAuditLog: settingsAuditLog({ eventLogger, security, log: logger }),
        caseAttachmentsOf: (namespace) => savedObjectCaseAttachments(repository, namespace),
        retentionSettingsOf: (namespace) => retentionSettingsStore(repository, namespace),
        protectionSettingsOf: (namespace) => protectionSettingsStore(repository, namespace),
        usernameOf: (request) => security?.authc.getCurrentUser(request)?.username,
        mayCall: (request, apiPrivilege) => holds(request, ({ api }) => api.get(apiPrivilege)),
        mayAttach: (request) => holds(request, (known) => known.cases.get(CASES_OWNER, ATTACH)),
        casesOf: async (request) =>
          cases && casesOfUser(await cases.getCasesClientWithRequest(request)),
        // Nobody waits for it: it must not keep Kibana from stopping.
        sleep: (ms) => sleep(ms, undefined, { ref: false }),
        spaceIdOf: (request) => spacesPlugin?.spacesService.getSpaceId(request) ?? DEFAULT_SPACE_ID,
        hostStatusCacheOf: caches.of,
        processClock: forwardClock,
        ensureMayExecute: async (request) =>
          actions.getActionsAuthorizationWithRequest(request).ensureAuthorized({
            operation: 'execute',
            actionTypeId: CONNECTOR_TYPE_ID,
          }),
        userKeyOf: (request) => userKeyOf(security, request),
      },
      stop: () => refusedRequests.stop(),
      removeOldRecords: (isCancelled) =>
        removeOldRecords({ repository, spaces, removals: removalLog(auditLogs) }, isCancelled),
      reconciliation: {
        store: openRecordStore,
        hostLocksOf,
        auditLogOf: shared.auditLogOf,
        clock,
        log: logger,
        createReadOnlyClient: createReadOnlyClient({
          preconfigured: actions.inMemoryConnectors,
          encrypted: encryptedSavedObjects.getClient({
            includedHiddenTypes: [CONNECTOR_SAVED_OBJECT_TYPE],
          }),
          isEncryptionError: encryptedSavedObjects.isEncryptionError,
          nameOf: async (id, namespace) =>
            (await shared.connectorsIn(namespace)).find((one) => one.id === id)?.name,
          configurationUtilities,
          // Nobody's: reading agents uses neither of them.
          services: {
            savedObjectsClient: repository,
            scopedClusterClient: coreStart.elasticsearch.client.asInternalUser,
            connectorTokenClient: undefined,
          },
          logger,
          retry,
          gateOf,
        }),
        noLongerAliveAfter:
          COMMANDS_LEAVE_WITHIN + configurationUtilities.getResponseSettings().timeout + MARGIN,
      },
    };
  };
}
