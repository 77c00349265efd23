import type {
  ActionsConfigurationUtilities,
  ActionsServices,
  InMemoryConnector,
  ServiceParams,
} from '@kbn/actions-plugin/server';
import type { Logger } from '@kbn/core/server';
import type {
  EncryptedSavedObjectsClient,
  EncryptedSavedObjectsPluginStart,
} from '@kbn/encrypted-saved-objects-plugin/server';
import {
  connectorConfigCodec,
  connectorSecretsCodec,
  type ConnectorConfig,
  type ConnectorSecrets,
} from '../../common/api/connector';
import { CONNECTOR_TYPE_ID } from '../../common/lib/constants';
import { tenantOf } from '../../common/hosts/tenant';
import { decode, describeProblems } from '../../common/lib/validation';
import { type RequestGate, gatedSend } from '../sentinelone_client/request_gate';
import type { RetryPorts } from '../sentinelone_client/retry';
import type {
  CreateReadOnlyClient,
  ReadProblem,
  SentinelOneReader,
} from '../status_reconciliation/ports';
import { NOT_FOUND, statusOf } from '../lib/typed_error';
import { logOnce } from '../lib/log_once';
import { CONNECTOR_SAVED_OBJECT_TYPE } from './connectors_in_space';
import { READ_DEADLINE } from '../sentinelone_client/deadline';
import { readNetworkActivities } from '../sentinelone_client/read_activities';
import { readExactAgents } from '../sentinelone_client/read_agents';
import type { Send } from '../sentinelone_client/transport';
import { ManagementApiConnector } from './management_api_connector';

/**
 * A connector for background tasks, which have no user. It has no sub-actions and cannot send
 * commands: only GET requests are sent.
 */
class ReadingConnector extends ManagementApiConnector {
  readonly sendRead: Send = async (request) => {
    if (request.method === 'GET') return this.send({ ...request, timeoutMs: READ_DEADLINE });
    const detail = 'This client only reads';
    return { ok: false, failure: { kind: 'not_allowed', detail } };
  };
}

/** A reader over the configuration of one connector. */
export function sentinelOneReader(
  params: ServiceParams<ConnectorConfig, ConnectorSecrets>,
  ports: RetryPorts,
  gate: RequestGate
): SentinelOneReader {
  const sendRead = gatedSend(new ReadingConnector(params).sendRead, gate, 'read');
  return Object.freeze({
    agents: (ids) => readExactAgents(sendRead, ports, 'ids', ids),
    networkActivities: (ids, since) => readNetworkActivities(sendRead, ports, ids, since),
  } satisfies SentinelOneReader);
}

export interface ReaderPorts {
  /** The preconfigured connectors from `kibana.yml`, including their secrets. */
  readonly preconfigured: readonly InMemoryConnector[];
  readonly encrypted: EncryptedSavedObjectsClient;
  readonly isEncryptionError: EncryptedSavedObjectsPluginStart['isEncryptionError'];
  /** The name of a connector, read without its secrets; undefined if it does not exist. */
  readonly nameOf: (id: string, namespace: string | undefined) => Promise<string | undefined>;
  readonly configurationUtilities: ActionsConfigurationUtilities;
  /** As Kibana itself. */
  readonly services: ActionsServices;
  readonly logger: Logger;
  readonly retry: RetryPorts;
  /** Keeps requests to a tenant apart. */
  readonly gateOf: (url: string) => RequestGate;
}

interface ConnectorAttributes {
  readonly actionTypeId?: unknown;
  readonly config?: unknown;
  readonly secrets?: unknown;
}

const noConnector = (detail: string): { readonly ok: false; readonly problem: ReadProblem } => ({
  ok: false,
  problem: { reason: 'no_connector', detail },
});

/**
 * Creates a read-only client for the connector of an action, as Kibana's internal user. There is
 * none if the connector was deleted, has another type or tenant, or cannot be read or decrypted.
 * Never throws.
 */
export function createReadOnlyClient(ports: ReaderPorts): CreateReadOnlyClient {
  const attributesOf = async (
    id: string,
    namespace: string | undefined
  ): Promise<ConnectorAttributes | undefined> => {
    const inMemory = ports.preconfigured.find((one) => one.id === id);
    if (inMemory !== undefined) return inMemory;
    try {
      const { attributes } = await ports.encrypted.getDecryptedAsInternalUser<ConnectorAttributes>(
        CONNECTOR_SAVED_OBJECT_TYPE,
        id,
        { namespace }
      );
      return attributes;
    } catch (error) {
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw error;
    }
  };

  const whyNot = async (
    error: unknown,
    id: string,
    namespace: string | undefined
  ): Promise<string> => {
    const name = await ports.nameOf(id, namespace).catch(() => undefined);
    const connector = `the connector "${name ?? id}"`;
    return error instanceof Error && ports.isEncryptionError(error)
      ? `Kibana cannot decrypt the API token of ${connector}. Most likely xpack.encryptedSavedObjects.encryptionKey in kibana.yml has changed since the connector was saved`
      : `Kibana cannot read ${connector}: ${error instanceof Error ? error.message : String(error)}`;
  };

  const warnings = logOnce(ports.logger);

  return async (connectorId, namespace, tenant) => {
    const about = `${namespace ?? ''}/${connectorId}`;
    let found: ConnectorAttributes | undefined;
    try {
      found = await attributesOf(connectorId, namespace);
    } catch (error) {
      const why = await whyNot(error, connectorId, namespace);
      warnings.warn(about, `The status of open actions could not be checked. ${why}`);
      return noConnector(why);
    }
    warnings.over(about);
    if (found?.actionTypeId !== CONNECTOR_TYPE_ID) {
      return noConnector('The connector of the action does not exist any more');
    }
    const config = decode(connectorConfigCodec, found.config);
    const secrets = decode(connectorSecretsCodec, found.secrets);
    if (!config.ok || !secrets.ok) {
      const problems = [
        ...(config.ok ? [] : config.problems),
        ...(secrets.ok ? [] : secrets.problems),
      ];
      return noConnector(describeProblems(problems));
    }
    // An agent with the same id in another tenant is another host.
    if (tenantOf(config.value.url) !== tenant) {
      return noConnector(`The connector of the action no longer belongs to the tenant ${tenant}`);
    }
    const reader = sentinelOneReader(
      {
        connector: { id: connectorId, type: CONNECTOR_TYPE_ID },
        config: config.value,
        secrets: secrets.value,
        configurationUtilities: ports.configurationUtilities,
        logger: ports.logger,
        services: ports.services,
      },
      ports.retry,
      ports.gateOf(config.value.url)
    );
    return { ok: true, reader };
  };
}
