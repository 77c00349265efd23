import type { ReactElement } from 'react';
import type { CoreStart } from '@kbn/core/public';
import type {
  AnyActionTypeModel,
  CreateConnectorFlyoutProps,
  TypeRegistry,
} from '@kbn/triggers-actions-ui-plugin/public';
import { connectorsApi } from './connectors_api';
import { ConnectorsProvider } from './context';
import { CreateConnectorFlyout } from './create_connector_flyout';

/** `triggersActionsUi.getAddConnectorFlyout`: the flyout of Stack Management, wherever it is rendered. */
export const addConnectorFlyout =
  (coreStart: () => CoreStart, registry: TypeRegistry<AnyActionTypeModel>) =>
  ({ onClose, onConnectorCreated, onTestConnector }: CreateConnectorFlyoutProps): ReactElement => {
    const core = coreStart();
    return (
      <ConnectorsProvider value={{ core, api: connectorsApi(core.http), registry }}>
        <CreateConnectorFlyout
          onClose={onClose}
          onCreated={(connector, thenTest) => {
            onConnectorCreated?.(connector);
            if (thenTest) onTestConnector?.(connector);
          }}
        />
      </ConnectorsProvider>
    );
  };
