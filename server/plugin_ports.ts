import type { Logger } from '@kbn/core/server';
import type { IEventLogger } from '@kbn/event-log-plugin/server';
import type { AttachmentForm } from './cases/attachment_type';
import type { ConnectorPorts } from './connector/ports';
import type { Integrations } from './kibana/integrations';
import type { Core, SetupDependencies } from './plugin_dependencies';
import { backgroundPorts } from './background_ports';
import type { ReleasePorts } from './automatic_release/timed_action';
import { EVENT_ACTIONS, EVENT_PROVIDER } from './response_actions/audit_log';
import { RefusedRequests } from './response_actions/refused_requests';
import { REMOVAL_EVENT_ACTION, removalLog, removeOldRecords } from './retention/remove_old_records';
import { routePorts } from './route_ports';
import type { RoutePorts } from './routes/route_context';
import { SETTINGS_EVENT_ACTION } from './settings/settings_audit_log';
import { createSharedServices, type KibanaServices, type SharedServices } from './shared_services';
import type { ReconcilePorts } from './status_reconciliation/reconcile';
import { knowsCallers } from './connector/caller';
import { DEFAULT_SPACE_ID } from './kibana/kibana_spaces';
import { CONNECTOR_LIMITS, readBudget } from './lib/read_budget';
import { ttlCache } from './lib/ttl_cache';
import { savedObjectEarlierActions } from './response_actions/once_per_alert';

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
      on: (agentIds, order) => openRecordStore.laterOn(tenant, agentIds, order),
    }),
    refusedRequestsOf: (namespace) => ({
      add: (record) =>
        refusedRequests.add(record, namespace ?? DEFAULT_SPACE_ID, {
          records: recordsOf(namespace),
          auditLog: auditLogOf(namespace),
        }),
    }),
    isSecurityEnabled: () => knowsCallers(security),
    forgetStatuses: () => {
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
  readonly reconciliation: ReconcilePorts;
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
  const eventLogger =
    integrations.register('event_log', () => {
      setup.eventLog.registerProviderActions(EVENT_PROVIDER, [
        ...EVENT_ACTIONS,
        SETTINGS_EVENT_ACTION,
        REMOVAL_EVENT_ACTION,
      ]);
      return setup.eventLog.getLogger({ event: { provider: EVENT_PROVIDER } });
    }) ?? NO_EVENT_LOG;
  return async () => {
    integrations.assertEssential();
    const [coreStart, start] = await core.getStartServices();
    const kibana = { setup, coreStart, start, attachmentForm, eventLogger, logger };
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
