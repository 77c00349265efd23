import type { ReactElement } from 'react';
import type { CoreStart } from '@kbn/core/public';
import type {
  AnyActionTypeModel,
  CreateConnectorFlyoutProps,
  TypeRegistry,
} from '@kbn/triggers-actions-ui-plugin/public';
import { NeedsKibana } from '../plugins/kibana_react';
import { connectorsApi, type ConnectorsApi } from './connectors_api';
import { ConnectorsProvider } from './context';
import { CreateConnectorFlyout } from './create_connector_flyout';

/** `triggersActionsUi.getAddConnectorFlyout`: the flyout of Stack Management, wherever it is rendered. */
export const addConnectorFlyout =
  (coreStart: () => CoreStart, registry: TypeRegistry<AnyActionTypeModel>) =>
  ({
    featureId,
    onClose,
    onConnectorCreated,
    onTestConnector,
  }: CreateConnectorFlyoutProps): ReactElement => {
    const core = coreStart();
    const api: ConnectorsApi = {
      ...connectorsApi(core.http),
      // Types of every feature, unless the page that opens it names one.
      types: () =>
        core.http.get(
          '/api/actions/connector_types',
          featureId === undefined ? {} : { query: { feature_id: featureId } }
        ),
    };
    return (
      <NeedsKibana>
        <ConnectorsProvider value={{ core, api, registry }}>
          <CreateConnectorFlyout
            onClose={onClose}
            onCreated={(connector, thenTest) => {
              onConnectorCreated?.(connector);
              if (thenTest) onTestConnector?.(connector);
            }}
          />
        </ConnectorsProvider>
      </NeedsKibana>
    );
  };
