import type { CoreSetup, CoreStart, Plugin } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import { PLUGIN_ID, PLUGIN_NAME } from '../common/constants';
import { once } from '../common/once';
import { connectorType } from './connector/connector_type';
import { extendKibana, type HostPlugins } from './entry_points/extend_kibana';
import type { KibanaPlugins, Services } from './services';

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

/**
 * Wires the browser side to Kibana. This file is loaded with every page of Kibana, so it holds next to
 * nothing: pages, flyouts and forms come when they are opened.
 */
export class SentinelOneResponsePlugin implements Plugin<
  void,
  void,
  SetupDependencies,
  KibanaPlugins
> {
  private extendAtStart?: (start: CoreStart) => void;

  setup(core: CoreSetup<KibanaPlugins>, plugins: SetupDependencies): void {
    const services = once<Services>(async () => {
      const [[start, startPlugins], { createServices }] = await Promise.all([
        core.getStartServices(),
        import('./services'),
      ]);
      return createServices(start, startPlugins);
    });
    plugins.triggersActionsUi.actionTypeRegistry.register(connectorType(services));
    this.extendAtStart = extendKibana(plugins, services, pages);
    core.application.register({
      id: PLUGIN_ID,
      title: PLUGIN_NAME,
      category: SECURITY_CATEGORY,
      euiIconType: 'logoSecurity',
      deepLinks: [
        {
          id: 'alerts',
          title: i18n.translate('sentineloneResponse.deepLink.alerts', {
            defaultMessage: 'Alerts',
          }),
          path: '/',
        },
        {
          id: 'history',
          title: i18n.translate('sentineloneResponse.deepLink.history', {
            defaultMessage: 'History',
          }),
          path: '/history',
        },
        {
          id: 'setup',
          title: i18n.translate('sentineloneResponse.deepLink.setup', {
            defaultMessage: 'Set up',
          }),
          path: '/setup',
        },
      ],
      mount: async (params) => {
        const [{ mountApp }, given] = await Promise.all([pages(), services()]);
        return mountApp(given, params);
      },
    });
  }

  start(core: CoreStart): void {
    this.extendAtStart?.(core);
  }
}

const pages = () => import('./lazy_parts');
