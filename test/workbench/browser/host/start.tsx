import { EuiProvider } from '@elastic/eui';
import { createBrowserHistory } from 'history';
import ReactDom from 'react-dom';
import type {
  Capabilities,
  CoreSetup,
  CoreStart,
  Plugin,
  PluginInitializerContext,
} from '@kbn/core/public';
import { of } from 'rxjs';
import { manifest } from 'workbench:manifest';
import { notInTheWorkbench, onlyThese } from '../../not_in_the_workbench';
import type { PageMetadata } from '../../http/pages';
import { withChanges, type ContractChange } from '../../plugin_host/changed_contracts';
import type { Bundles } from './bundles';
import { AppContainer } from './chrome/app_container';
import { Header } from './chrome/header';
import { ToastList } from './chrome/toast_list';
import { WorkbenchBar } from './chrome/workbench_bar';
import { managementApp } from './connectors/management_app';
import { createApplication } from './core/application';
import { createChrome } from './core/chrome';
import { createEnvironment, I18nContext } from './core/environment';
import { createHttp } from './core/http';
import { createOverlays } from './core/overlays';
import { createToasts } from './core/toasts';
import { createUiSettings } from './core/ui_settings';
import { createPluginContracts } from './plugin_contracts';
import { securityApp } from './security/security_app';

type AnyPlugin = Plugin<unknown, unknown>;

const initializerContext = ({
  version,
  buildNumber,
  kibana,
}: PageMetadata): PluginInitializerContext =>
  onlyThese('PluginInitializerContext', {
    opaqueId: Symbol(manifest.id),
    env: {
      mode: { name: 'production', dev: false, prod: true },
      packageInfo: { version, branch: kibana.branch, buildNum: buildNumber, dist: true },
    },
    config: { get: () => notInTheWorkbench('PluginInitializerContext.config.get') },
  });

/**
 * Sets core up, then the plugin, starts both, and renders the page. `changes`: contracts that the plugin finds otherwise
 * than they are; Kibana's own pages do not.
 */
export function start(
  metadata: PageMetadata,
  bundles: Bundles,
  changes: readonly ContractChange[] = []
): void {
  const { basePath, darkMode } = metadata;
  const environment = createEnvironment(darkMode);
  const http = createHttp(metadata);
  const history = createBrowserHistory({ basename: basePath });
  const capabilities = metadata.capabilities as Capabilities;
  const application = createApplication({ history, basePath: http.basePath, capabilities });
  const chrome = createChrome();
  const toasts = createToasts();
  const overlays = createOverlays(environment);
  const uiSettings = createUiSettings(darkMode);
  const theme = onlyThese('core.theme', { theme$: of({ darkMode }) });
  const contracts = createPluginContracts(metadata.kibana, () => coreStart);

  const coreStart: CoreStart = onlyThese('core', {
    application: application.start,
    chrome: chrome.start,
    docLinks: onlyThese('core.docLinks', {
      ELASTIC_WEBSITE_URL: 'https://www.elastic.co/',
      DOC_LINK_VERSION: metadata.kibana.branch,
    }),
    http,
    i18n: onlyThese('core.i18n', { Context: I18nContext }),
    notifications: onlyThese('core.notifications', {
      toasts: toasts.start,
      showErrorDialog: overlays.showErrorDialog,
    }),
    overlays: overlays.start,
    theme,
    uiSettings,
  });

  const { plugin } = bundles.get(`plugin/${manifest.id}/public`) as {
    plugin: (context: PluginInitializerContext) => AnyPlugin;
  };
  const instance = plugin(initializerContext(metadata));
  const dependencies = contracts.of(manifest);
  const given = withChanges('start', changes, coreStart, dependencies);
  let started = (_: [CoreStart, object, unknown]): void => {};
  const startServices = new Promise<[CoreStart, object, unknown]>((resolve) => {
    started = resolve;
  });
  const coreSetup: CoreSetup = onlyThese('core', {
    application: application.setup,
    http,
    notifications: onlyThese('core.notifications', { toasts: toasts.start }),
    theme,
    uiSettings,
    getStartServices: () => startServices,
  });
  instance.setup(...withChanges('setup', changes, coreSetup, dependencies));
  application.setup.register(
    managementApp({
      coreStart: () => coreStart,
      environment,
      registry: contracts.actionTypeRegistry,
    })
  );
  application.setup.register(
    securityApp({
      contracts: metadata.kibana.browser,
      coreStart: () => coreStart,
      environment,
      attachments: contracts.attachments,
      alertsTables: contracts.alertsTableConfigurationRegistry,
    })
  );
  application.closeRegistration();
  started([...given, instance.start(...given)]);

  ReactDom.render(
    <EuiProvider colorMode={darkMode ? 'dark' : 'light'}>
      <environment.Wrapper>
        <WorkbenchBar metadata={metadata} http={http} />
        <Header application={application} chrome={chrome} />
        <div style={{ paddingTop: 'var(--euiFixedHeadersOffset, 96px)' }}>
          <AppContainer application={application} chrome={chrome} history={history} theme={theme} />
        </div>
        <ToastList toasts={toasts} overlays={overlays} />
      </environment.Wrapper>
    </EuiProvider>,
    document.getElementById('kibana-body')
  );
}
