import type { CoreSetup, CoreStart, Plugin } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import { PLUGIN_ID, PLUGIN_NAME } from '../common/lib/constants';
import { once } from '../common/lib/once';
import { connectorType } from './connector/connector_type';
import { extendKibana, type HostPlugins } from './kibana_extensions/extend_kibana';
import { BrowserIntegrations } from './lib/browser_integrations';
import type { KibanaPlugins, Services } from './lib/services';

interface SetupDependencies extends HostPlugins {
  readonly triggersActionsUi: TriggersAndActionsUIPublicPluginSetup;
}

/** Elastic Security's category in Kibana's navigation. */
const SECURITY_CATEGORY = {
  id: 'securitySolution',
  label: 'Security',
  euiIconType: 'logoSecurity',
  order: 4000,
};

/** A page of the app for Kibana's navigation and search. */
const deepLink = (id: string, title: string, path = `/${id}`) => ({ id, title, path });

/**
 * Wires the browser side to Kibana. This file is loaded with every page of Kibana, so it contains as little as possible:
 * pages, flyouts and forms are loaded when they are opened. Neither `setup` nor `start` throws; see
 * `BrowserIntegrations`.
 */
export class SentinelOneResponsePlugin implements Plugin<
  void,
  void,
  SetupDependencies,
  KibanaPlugins
> {
  private atStart?: (start: CoreStart) => void;

  setup(core: CoreSetup<KibanaPlugins>, plugins: SetupDependencies): void {
    const integrations = new BrowserIntegrations();
    const services = once<Services>(async () => {
      // The services are used only after Kibana has started, so this resolves immediately.
      const [start, startPlugins] = await core.getStartServices();
      return (await import('./lib/services')).createServices(start, startPlugins, integrations);
    });
    integrations.register('connector_form', () =>
      plugins.triggersActionsUi.actionTypeRegistry.register(connectorType(services))
    );
    this.atStart = extendKibana(plugins, services, () => core.notifications, integrations);
    integrations.register('app', () =>
      core.application.register({
        id: PLUGIN_ID,
        title: PLUGIN_NAME,
        category: SECURITY_CATEGORY,
        euiIconType: 'logoSecurity',
        deepLinks: [
          deepLink(
            'alerts',
            i18n.translate('sentineloneResponse.deepLink.alerts', { defaultMessage: 'Alerts' }),
            '/'
          ),
          deepLink(
            'hosts',
            i18n.translate('sentineloneResponse.deepLink.hosts', { defaultMessage: 'Hosts' })
          ),
          deepLink(
            'history',
            i18n.translate('sentineloneResponse.deepLink.history', { defaultMessage: 'History' })
          ),
          deepLink(
            'setup',
            i18n.translate('sentineloneResponse.deepLink.setup', { defaultMessage: 'Set up' })
          ),
        ],
        mount: async (params) => {
          const [{ mountApp }, given] = await Promise.all([
            import('./kibana_extensions/lazy_flyouts'),
            services(),
          ]);
          return mountApp(given, params);
        },
      })
    );
  }

  start(core: CoreStart): void {
    this.atStart?.(core);
  }
}
