import { createContext, useContext, type FC, type ReactNode } from 'react';
import { QueryClient } from '@tanstack/react-query';
import type { CoreStart } from '@kbn/core/public';
import type { TriggersAndActionsUIPublicPluginStart } from '@kbn/triggers-actions-ui-plugin/public';
import { describeError } from './api/describe_error';
import { responseApi, type ResponseApi } from './api/response_api';

/** What every component of ours may use. */
export interface Services {
  readonly core: CoreStart;
  readonly api: ResponseApi;
  readonly queryClient: QueryClient;
  /** Kibana's own flyout in which a connector is created. */
  readonly addConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getAddConnectorFlyout'];
  /** Kibana's own flyout in which one is looked at and changed. */
  readonly editConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getEditConnectorFlyout'];
}

export interface KibanaPlugins {
  readonly triggersActionsUi: TriggersAndActionsUIPublicPluginStart;
}

const RETRIES = 1;

/** The services over one Kibana. Pages and flyouts share them, and so what they have read. */
export function createServices(core: CoreStart, plugins?: KibanaPlugins): Services {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        // An answer that refuses will refuse again.
        retry: (count, error) => count < RETRIES && (describeError(error).status ?? 500) >= 500,
        refetchOnReconnect: true,
        // Kibana may be reached without the Internet, whatever the browser calls being online: what cannot be
        // read must be seen to fail, not wait unseen.
        networkMode: 'always',
        // Pages say themselves what failed; nothing is thrown into Kibana's page.
        useErrorBoundary: false,
      },
      mutations: { networkMode: 'always' },
    },
    logger: { log: () => {}, warn: () => {}, error: () => {} },
  });
  return {
    core,
    api: responseApi(core.http),
    queryClient,
    addConnectorFlyout:
      plugins && ((props) => plugins.triggersActionsUi.getAddConnectorFlyout(props)),
    editConnectorFlyout:
      plugins && ((props) => plugins.triggersActionsUi.getEditConnectorFlyout(props)),
  };
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider: FC<{
  readonly services: Services;
  readonly children: ReactNode;
}> = ({ services, children }) => (
  <ServicesContext.Provider value={services}>{children}</ServicesContext.Provider>
);

/** Throws outside of `ServicesProvider`. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('There is no ServicesProvider around this component');
  return services;
}
