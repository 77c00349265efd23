import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import { ValidatorType } from '@kbn/actions-plugin/server/sub_action_framework/types';
import {
  connectorConfigCodec,
  connectorSecretsCodec,
  type ConnectorConfig,
  type ConnectorSecrets,
} from '../../common/api/connector';
import { CONNECTOR_TYPE_ID, CONNECTOR_TYPE_TITLE } from '../../common/lib/constants';
import { throwingSchema } from '../kibana/validation';
import { renderParameters } from './render_parameters';
import {
  SentinelOneResponseConnector,
  type ConnectorPorts,
} from './sentinelone_response_connector';

/**
 * The connector type for Kibana's Actions framework. `portsReady` resolves once Kibana has started.
 * Gold is the least licence that Kibana asks of a third party's type.
 */
export function connectorType(
  portsReady: () => Promise<ConnectorPorts>
): SubActionConnectorType<ConnectorConfig, ConnectorSecrets> {
  return {
    id: CONNECTOR_TYPE_ID,
    name: CONNECTOR_TYPE_TITLE,
    minimumLicenseRequired: 'gold',
    supportedFeatureIds: ['siem'],
    schema: {
      config: throwingSchema(connectorConfigCodec),
      secrets: throwingSchema(connectorSecretsCodec),
    },
    validators: [
      {
        type: ValidatorType.CONFIG,
        validator: ({ url }, { configurationUtilities }) => {
          configurationUtilities.ensureUriAllowed(url);
        },
      },
    ],
    renderParameterTemplates: renderParameters,
    getService: (params) => new SentinelOneResponseConnector(params, portsReady),
  };
}
