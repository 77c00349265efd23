import type { ReactElement } from 'react';
import type { CoreStart } from '@kbn/core/public';
import type {
  AnyActionTypeModel,
  EditConnectorFlyoutProps,
  TypeRegistry,
} from '@kbn/triggers-actions-ui-plugin/public';
import { NeedsKibana } from '../plugins/kibana_react';
import { connectorsApi } from './connectors_api';
import { ConnectorsProvider } from './context';
import { EditConnectorFlyout } from './edit_connector_flyout';

/** `triggersActionsUi.getEditConnectorFlyout`: the flyout of Stack Management, wherever it is rendered. */
export const editConnectorFlyout =
  (coreStart: () => CoreStart, registry: TypeRegistry<AnyActionTypeModel>) =>
  ({
    connector,
    tab = 'configuration',
    onClose,
    onConnectorUpdated,
  }: EditConnectorFlyoutProps): ReactElement => {
    const core = coreStart();
    return (
      <NeedsKibana>
        <ConnectorsProvider value={{ core, api: connectorsApi(core.http), registry }}>
          <EditConnectorFlyout
            connector={connector}
            initialTab={tab}
            onClose={onClose}
            onUpdated={(updated) => onConnectorUpdated?.(updated)}
          />
        </ConnectorsProvider>
      </NeedsKibana>
    );
  };
