import { createContext, useContext, type FC, type ReactNode } from 'react';
import { QueryClient } from '@tanstack/react-query';
import type { CoreStart } from '@kbn/core/public';
import type { TriggersAndActionsUIPublicPluginStart } from '@kbn/triggers-actions-ui-plugin/public';
import { BrowserIntegrations } from './browser_integrations';
import { describeError } from './describe_error';
import { responseApi, type ResponseApi } from './response_api';

/** What every component of ours may use. */
export interface Services {
  readonly core: CoreStart;
  readonly api: ResponseApi;
  readonly queryClient: QueryClient;
  /** What of the plugin this Kibana supports. */
  readonly integrations: BrowserIntegrations;
  /** Kibana's own flyout in which a connector is created. */
  readonly addConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getAddConnectorFlyout'];
  /** Kibana's own flyout in which one is looked at and changed. */
  readonly editConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getEditConnectorFlyout'];
}

export interface KibanaPlugins {
  readonly triggersActionsUi: TriggersAndActionsUIPublicPluginStart;
}

const RETRIES = 1;

/** Sent by whatever stands before Kibana when it has waited long enough. */
const GATEWAY_TIMEOUT = 504;

/**
 * Whether asking again at once can help. An answer that refuses will refuse again; one that gives a reason comes from
 * a Kibana that has tried repeatedly; and what took too long would take as long again.
 */
function mayHelpToRepeat(error: unknown): boolean {
  const { status = 500, reason } = describeError(error);
  return reason === undefined && status >= 500 && status !== GATEWAY_TIMEOUT;
}

/** The services over one Kibana. Pages and flyouts share them, and so what they have read. */
export function createServices(
  core: CoreStart,
  plugins?: KibanaPlugins,
  integrations = new BrowserIntegrations()
): Services {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < RETRIES && mayHelpToRepeat(error),
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
    integrations,
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
