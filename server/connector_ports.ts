import { knowsCallers } from './connector/caller';
import type { ConnectorPorts } from './connector/sentinelone_response_connector';
import { DEFAULT_SPACE_ID } from './kibana/kibana_spaces';
import { CONNECTOR_LIMITS, readBudget } from './lib/read_budget';
import { ttlCache } from './lib/ttl_cache';
import { savedObjectEarlierActions } from './response_actions/earlier_actions';
import type { RefusedRequests } from './response_actions/refused_requests';
import type { KibanaServices, SharedServices } from './shared_services';

/** For how long (ms) it is remembered to whom an API token belongs; somebody may exchange the token. */
const TOKEN_USER_KEPT_FOR = 10 * 60_000;

/** What the connector's sub-actions need. `reconcileSoon` runs status reconciliation within seconds. */
export function connectorPorts(
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
