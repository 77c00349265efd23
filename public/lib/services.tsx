import { createContext, useContext, type FC, type ReactNode } from 'react';
import { QueryClient } from '@tanstack/react-query';
import type { CoreStart } from '@kbn/core/public';
import type { TriggersAndActionsUIPublicPluginStart } from '@kbn/triggers-actions-ui-plugin/public';
import type { AskedView } from './ask_view';
import { BrowserIntegrations } from './browser_integrations';
import { describeError } from './describe_error';
import { responseApi, type ResponseApi } from './response_api';

/** The services for all components of the plugin. */
export interface Services {
  readonly core: CoreStart;
  readonly api: ResponseApi;
  readonly queryClient: QueryClient;
  /** The parts of the plugin that this version of Kibana supports. */
  readonly integrations: BrowserIntegrations;
  /** Kibana's own flyout in which a connector is created. */
  readonly addConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getAddConnectorFlyout'];
  /** Kibana's own flyout in which a connector is viewed and edited. */
  readonly editConnectorFlyout?: TriggersAndActionsUIPublicPluginStart['getEditConnectorFlyout'];
}

export interface KibanaPlugins {
  readonly triggersActionsUi: TriggersAndActionsUIPublicPluginStart;
}

const RETRIES = 1;

/** Statuses that a proxy in front of Kibana sends after its time-out. */
const GATEWAY_TIMEOUT = 504;

/**
 * Whether an immediate retry can help. A refusal will be repeated; an answer with a reason comes from a Kibana that has
 * already retried; and a request that timed out would take as long again.
 */
function mayHelpToRepeat(error: unknown): boolean {
  const { status = 500, reason } = describeError(error);
  return reason === undefined && status >= 500 && status !== GATEWAY_TIMEOUT;
}

/**
 * The services for one Kibana. Pages and flyouts share them, including their cached data. `asked` is what was asked before
 * they were loaded.
 */
export function createServices(
  core: CoreStart,
  plugins?: KibanaPlugins,
  integrations = new BrowserIntegrations(),
  asked: AskedView[] = []
): Services {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < RETRIES && mayHelpToRepeat(error),
        refetchOnReconnect: true,
        // Kibana may be reachable without the Internet, even if the browser reports to be offline. Requests must then
        // fail visibly, instead of waiting.
        networkMode: 'always',
        // Pages show errors themselves; nothing is thrown into Kibana's page.
        useErrorBoundary: false,
      },
      mutations: { networkMode: 'always' },
    },
    logger: { log: () => {}, warn: () => {}, error: () => {} },
  });
  return {
    core,
    api: responseApi(core.http, asked),
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
