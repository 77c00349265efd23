import type {
  ActionsConfigurationUtilities,
  ActionsServices,
  InMemoryConnector,
} from '@kbn/actions-plugin/server';
import type { Logger } from '@kbn/core/server';
import type { EncryptedSavedObjectsClient } from '@kbn/encrypted-saved-objects-plugin/server';
import { connectorConfigCodec, connectorSecretsCodec } from '../../common/connector';
import { CONNECTOR_TYPE_ID } from '../../common/constants';
import { decode, describeProblems } from '../../common/validation';
import type { RetryPorts } from '../management_api/retry';
import type { ReaderOf } from '../settling/ports';
import { statusOf } from '../typed_error';
import { CONNECTOR_SAVED_OBJECT_TYPE } from './connectors_in_space';
import { sentinelOneReader } from './reading_connector';

export interface ReaderPorts {
  /** Those that `kibana.yml` preconfigures, secrets included. */
  readonly preconfigured: readonly InMemoryConnector[];
  readonly encrypted: EncryptedSavedObjectsClient;
  readonly configurationUtilities: ActionsConfigurationUtilities;
  /** As Kibana itself. */
  readonly services: ActionsServices;
  readonly logger: Logger;
  readonly retry: RetryPorts;
}

interface ConnectorAttributes {
  readonly actionTypeId?: unknown;
  readonly config?: unknown;
  readonly secrets?: unknown;
}

const NOT_FOUND = 404;

/**
 * Finds the connector that an action went through, as Kibana itself, for reading. There is none when it
 * was deleted meanwhile, or is of another type. Throws when its secrets cannot be decrypted.
 */
export function readerOf(ports: ReaderPorts): ReaderOf {
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

  return async (connectorId, namespace) => {
    const found = await attributesOf(connectorId, namespace);
    if (found?.actionTypeId !== CONNECTOR_TYPE_ID) {
      const detail = 'The connector that it went through does not exist any more';
      return { ok: false, problem: { reason: 'no_connector', detail } };
    }
    const config = decode(connectorConfigCodec, found.config);
    const secrets = decode(connectorSecretsCodec, found.secrets);
    if (!config.ok || !secrets.ok) {
      const problems = [
        ...(config.ok ? [] : config.problems),
        ...(secrets.ok ? [] : secrets.problems),
      ];
      return {
        ok: false,
        problem: { reason: 'no_connector', detail: describeProblems(problems) },
      };
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
      ports.retry
    );
    return { ok: true, reader };
  };
}
