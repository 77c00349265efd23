import type { AppUnmount, CoreSetup, CoreStart, Plugin } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import { DAY, PLUGIN_ID, PLUGIN_NAME } from '../common/lib/constants';
import type { ViewQuestion } from '../common/api/view';
import { once } from '../common/lib/once';
import { connectorType } from './connector/connector_type';
import {
  extendKibana,
  flyouts,
  type HostPlugins,
  type Load,
} from './kibana_extensions/extend_kibana';
import { askView, type AskedView } from './lib/ask_view';
import { attempt } from './kibana_extensions/failures';
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
    const asked: AskedView[] = [];
    const ask = (question: ViewQuestion) =>
      attempt(() => void asked.push(askView(core.http, question)));
    const services = once<Services>(async () => {
      const { createServices } = await import('./lib/services');
      // The services are used only after Kibana has started, so this resolves immediately.
      const [start, startPlugins] = await core.getStartServices();
      return createServices(start, startPlugins, integrations, asked);
    });
    const load: Load = async (chunk, call) => call(...(await Promise.all([chunk(), services()])));
    integrations.register('connector_form', () =>
      plugins.triggersActionsUi.actionTypeRegistry.register(connectorType(services))
    );
    this.atStart = extendKibana(plugins, load, ask, () => core.notifications, integrations);
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
        mount(params) {
          const { pathname, search } = params.history.location;
          // What the Alerts and the Hosts page ask first in their default state. The path is empty or `/` for alerts.
          if (!search) {
            if (pathname === '/hosts') ask({ isolated: {} });
            if (pathname.length < 2) {
              ask({ alerts: { from: new Date(Date.now() - DAY).toISOString() } });
            }
          }
          return load(flyouts, ({ mountApp }, given) =>
            mountApp(given, params)
          ) as Promise<AppUnmount>;
        },
      })
    );
  }

  start(core: CoreStart): void {
    this.atStart?.(core);
  }
}
