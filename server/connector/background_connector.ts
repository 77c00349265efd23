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
  ReadProblem,
  CreateReadOnlyClient,
  SentinelOneReader,
} from '../status_reconciliation/ports';
import { NOT_FOUND, statusOf } from '../lib/typed_error';
import { logOnce } from '../lib/log';
import { CONNECTOR_SAVED_OBJECT_TYPE } from './connectors_in_space';
import { READ_DEADLINE } from '../sentinelone_client/deadline';
import { readNetworkActivities } from '../sentinelone_client/read_isolation_activities';
import { readExactAgents } from '../sentinelone_client/read_agents';
import type { Send } from '../sentinelone_client/transport';
import { ManagementApiConnector } from './management_api_connector';
import type { CreateReleaseClient, ReleaseClient } from '../automatic_release/ports';

/** The configuration of a connector for a background task, which has no user: read as Kibana's internal user. */

/** A connector for the task that sends automatic releases. It has no sub-actions. */
class ReleasingConnector extends ManagementApiConnector {
  readonly sendRelease: Send = (request) => this.send(request);
}

/**
 * Creates a client that reads, and that sends only the releases of a `DueRelease`. `clock` in ms since the epoch. Never
 * throws.
 */
export function createReleaseClient(
  ports: BackgroundPorts,
  clock: () => number
): CreateReleaseClient {
  const connectorOf = backgroundConnector(ports, 'An automatic release could not be sent');
  return async (connectorId, namespace, tenant) => {
    const found = await connectorOf(connectorId, namespace, tenant);
    if (!found.ok) return found;
    const { params, gate } = found;
    const { sendRelease: send } = new ReleasingConnector(params);
    const through = (checked: Send): Send => gatedSend(checked, gate, 'action');
    return {
      ok: true,
      client: Object.freeze<ReleaseClient>({
        reader: sentinelOneReader(params, ports.retry, gate),
        open: (due, began) =>
          due.openHostAction({ send, through, ports: ports.retry, clock, began }),
      }),
    };
  };
}

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

/** Returns a reader that uses the configuration of one connector. */
function sentinelOneReader(
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

/** Creates a read-only client for the connector of an action: see `backgroundConnector`. Never throws. */
export function createReadOnlyClient(ports: BackgroundPorts): CreateReadOnlyClient {
  const connectorOf = backgroundConnector(ports, 'The status of open actions could not be checked');
  return async (connectorId, namespace, tenant) => {
    const found = await connectorOf(connectorId, namespace, tenant);
    if (!found.ok) return found;
    return { ok: true, reader: sentinelOneReader(found.params, ports.retry, found.gate) };
  };
}

export interface BackgroundPorts {
  /** The preconfigured connectors from `kibana.yml`, including their secrets. */
  readonly preconfigured: readonly InMemoryConnector[];
  readonly encrypted: EncryptedSavedObjectsClient;
  readonly isEncryptionError: EncryptedSavedObjectsPluginStart['isEncryptionError'];
  /** The name of a connector, read without its secrets; undefined if it does not exist. */
  readonly nameOf: (id: string, namespace: string | undefined) => Promise<string | undefined>;
  readonly configurationUtilities: ActionsConfigurationUtilities;
  /** Reads with the privileges of Kibana's internal user. */
  readonly services: ActionsServices;
  readonly logger: Logger;
  readonly retry: RetryPorts;
  /** Limits the rate of requests to a tenant. */
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

type BackgroundParams = ServiceParams<ConnectorConfig, ConnectorSecrets>;

/** Returns the parameters of the connector class if the connector still belongs to that tenant; otherwise why not. */
export type BackgroundConnector = (
  connectorId: string,
  namespace: string | undefined,
  tenant: string
) => Promise<
  | { readonly ok: true; readonly params: BackgroundParams; readonly gate: RequestGate }
  | { readonly ok: false; readonly problem: ReadProblem }
>;

/**
 * Reads connectors as Kibana's internal user. There is no result if the connector was deleted, has another type or
 * tenant, or cannot be read or decrypted. `purpose` is the failed operation in the logged warning. Never throws.
 */
function backgroundConnector(ports: BackgroundPorts, purpose: string): BackgroundConnector {
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
      warnings.warn(about, `${purpose}. ${why}`);
      return noConnector(why);
    }
    warnings.over(about);
    if (found?.actionTypeId !== CONNECTOR_TYPE_ID) {
      return noConnector('The connector of the action no longer exists');
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
    const params: BackgroundParams = {
      connector: { id: connectorId, type: CONNECTOR_TYPE_ID },
      config: config.value,
      secrets: secrets.value,
      configurationUtilities: ports.configurationUtilities,
      logger: ports.logger,
      services: ports.services,
    };
    return { ok: true, params, gate: ports.gateOf(config.value.url) };
  };
}
