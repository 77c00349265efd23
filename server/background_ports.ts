import { expireRequests } from './approvals/close_request';
import type { BackgroundPorts } from './connector/background_connector';
import { CONNECTOR_SAVED_OBJECT_TYPE } from './connector/connectors_in_space';
import { createReadOnlyClient, createReleaseClient } from './connector/background_clients';
import type { ReleasePorts } from './automatic_release/timed_action';
import { COMMAND_DEADLINE } from './sentinelone_client/deadline';
import type { KibanaServices, SharedServices } from './shared_services';
import type { ReconcilePorts } from './status_reconciliation/reconcile';

/** Time (ms) to write the record of an action after its last command timed out. */
const MARGIN = 30_000;

/** The ports of the background tasks: records, and clients for SentinelOne that are limited to what each task needs. */
export function backgroundPorts(
  { setup, coreStart, start, logger }: KibanaServices,
  shared: SharedServices,
  reconcileSoon: () => void
): { readonly reconciliation: ReconcilePorts; readonly release: ReleasePorts } {
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
  const noLongerAliveAfter =
    COMMAND_DEADLINE + configurationUtilities.getResponseSettings().timeout + MARGIN;
  const common = {
    hostLocksOf: shared.hostLocksOf,
    auditLogOf: shared.auditLogOf,
    clock,
    log: logger,
    noLongerAliveAfter,
  };
  return {
    reconciliation: {
      ...common,
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
      laterOn: openRecordStore.laterOn,
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
