import { useState, type FC, type ReactNode } from 'react';
import { EuiLink } from '@elastic/eui';
import type { ActionConnector } from '@kbn/triggers-actions-ui-plugin/public';
import { i18n } from '@kbn/i18n';
import { describeError } from '../../lib/describe_error';
import { useServices } from '../../lib/services';
import type { SetupApi } from './setup_api';
import { KibanaContextProvider } from '@kbn/kibana-react-plugin/public';

/**
 * The context that Kibana's own flyouts require: they read the user's capabilities, HTTP and toasts from it. Without it
 * they throw, and the page fails (8.12).
 */
export const InKibana: FC<{ readonly children: ReactNode }> = ({ children }) => {
  const { core } = useServices();
  return <KibanaContextProvider services={{ ...core }}>{children}</KibanaContextProvider>;
};

/**
 * A connector's name, which opens Kibana's own flyout of it, because Kibana has no URL for a single connector (8.12).
 * For users without the privilege to see connectors, only the name.
 */
export const ConnectorLink: FC<{
  readonly connector: { readonly id: string; readonly name: string };
  readonly api: Pick<SetupApi, 'connector'>;
  readonly onUpdated: () => void;
  /** The content instead of the name. */
  readonly children?: string;
}> = ({ connector: { id, name }, api, onUpdated, children = name }) => {
  const { core, editConnectorFlyout } = useServices();
  const [open, setOpen] = useState<ActionConnector>();
  if (core.application.capabilities.actions?.show !== true) return <>{children}</>;
  const load = async () => {
    try {
      setOpen(await api.connector(id));
    } catch (error) {
      const { what, said } = describeError(error);
      core.notifications.toasts.addDanger({
        title: i18n.translate('sentineloneResponse.setup.connector.notOpened', {
          defaultMessage: 'The connector {name} could not be opened',
          values: { name },
        }),
        text: said ?? what,
      });
    }
  };
  return (
    <>
      <EuiLink onClick={() => void load()}>{children}</EuiLink>
      {open === undefined ? null : (
        <InKibana>
          {editConnectorFlyout?.({
            connector: open,
            onClose: () => setOpen(undefined),
            onConnectorUpdated: () => {
              setOpen(undefined);
              onUpdated();
            },
          })}
        </InKibana>
      )}
    </>
  );
};
