import { expireRequests } from './approvals/close_request';
import { CONNECTOR_SAVED_OBJECT_TYPE } from './connector/connectors_in_space';
import { createReadOnlyClient } from './connector/read_only_client';
import { COMMANDS_LEAVE_WITHIN } from './sentinelone_client/command_deadline';
import type { KibanaServices, SharedServices } from './shared_services';
import type { ReconcilePorts } from './status_reconciliation/reconcile';

/** Time (ms) to write the record of an action after its last command timed out. */
const MARGIN = 30_000;

/** What status reconciliation needs: records, and SentinelOne for reading only. */
export function reconciliationPorts(
  { setup, coreStart, start, logger }: KibanaServices,
  { repository, openRecordStore, connectorsIn, gateOf, retry, ...shared }: SharedServices
): ReconcilePorts {
  const { encryptedSavedObjects } = start;
  const configurationUtilities = setup.actions.getActionsConfigurationUtilities();
  return {
    store: openRecordStore,
    hostLocksOf: shared.hostLocksOf,
    auditLogOf: shared.auditLogOf,
    expireRequests: () =>
      expireRequests({
        requests: shared.awaitingRequests,
        approvalsOf: shared.approvalsOf,
        auditLogOf: shared.auditLogOf,
        clock: shared.clock,
        log: logger,
      }),
    clock: shared.clock,
    log: logger,
    createReadOnlyClient: createReadOnlyClient({
      preconfigured: start.actions.inMemoryConnectors,
      encrypted: encryptedSavedObjects.getClient({
        includedHiddenTypes: [CONNECTOR_SAVED_OBJECT_TYPE],
      }),
      isEncryptionError: encryptedSavedObjects.isEncryptionError,
      nameOf: async (id, namespace) =>
        (await connectorsIn(namespace)).find((one) => one.id === id)?.name,
      configurationUtilities,
      // Kibana's framework requires them; reading agents uses none of them.
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
  };
}
