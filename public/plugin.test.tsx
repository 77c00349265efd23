import { act, screen, waitFor, within } from '@testing-library/react';
import ReactDOM from 'react-dom';
import { FAULT_NAMES, FAULTS, type FaultName } from '../test/helpers/contract_faults';
import { start } from '../test/workbench/browser/host/start';
import type { PageMetadata } from '../test/workbench/http/pages';
import type { ContractChange } from '../test/workbench/plugin_host/changed_contracts';
import { KIBANA_NAMES, kibanaVersion } from '../test/workbench/versions/selected_version';
import type { KibanaVersion } from '../test/workbench/versions/kibana_version';
import type { BrowserIntegration } from './lib/browser_integrations';
import { plugin } from './index';

/**
 * A Kibana in which one contract that the browser side uses is missing, throws or has another shape, in each version that
 * the workbench simulates. Kibana's pages work, the console says once what is not available, Set up shows it, and no
 * action is sent. The same for the server's contracts: test/contract/missing_contracts.test.ts.
 */

jest.mock(
  'workbench:manifest',
  () => ({
    manifest: {
      id: 'sentineloneResponse',
      requiredPlugins: ['actions', 'triggersActionsUi'],
      optionalPlugins: ['cases', 'uiActions', 'unifiedDocViewer'],
      requiredBundles: [],
    },
  }),
  { virtual: true }
);

jest.setTimeout(60_000);

type Row = readonly [
  integration: BrowserIntegration,
  path: string,
  /** Faults after which it works in another way, or by which a version says that it has no such contract. */
  silent?: readonly FaultName[],
];

/** What is registered in a version when Kibana sets plugins up. */
const atSetup = ({ browser, caseRegistries }: KibanaVersion): readonly Row[] => [
  ['app', 'core.application.register'],
  ['connector_form', 'triggersActionsUi.actionTypeRegistry'],
  ['connector_form', 'triggersActionsUi.actionTypeRegistry.register'],
  ['doc_viewer', `unifiedDocViewer.${browser.docViewer}`, ['missing']],
  ['case_view', `cases.attachmentFramework.${caseRegistries[0]!}`, ['missing']],
  ...(browser.alertsTableRegistry
    ? ([
        ['alerts_table', 'triggersActionsUi.alertsTableConfigurationRegistry', ['missing']],
      ] satisfies readonly Row[])
    : []),
  // In Security's app, with the contract of the set-up.
  browser.asyncUiActions
    ? ['cell_actions', 'uiActions.registerActionAsync', ['missing']]
    : ['cell_actions', 'uiActions.registerAction'],
  ['cell_actions', 'uiActions.attachAction', FAULT_NAMES],
  ['cell_actions', 'uiActions.getTrigger', FAULT_NAMES],
  // Everything else is loaded with what it resolves to.
  ['app', 'core.getStartServices', FAULT_NAMES],
];
/** The same when Kibana starts. */
const atStart: readonly Row[] = [
  ['take_action_menu', 'core.application.capabilities', ['throwing', 'of another shape']],
];
/** What the pages use. */
const IN_PAGES = [
  'core.application.capabilities',
  'core.application.getUrlForApp',
  'core.chrome',
  'core.chrome.docTitle',
  'core.chrome.setBreadcrumbs',
  'core.http.basePath',
  'core.http.get',
  'core.http.intercept',
  'core.i18n',
  'core.i18n.Context',
  'core.notifications',
  'core.overlays',
  'core.theme.theme$',
  'core.uiSettings.get',
  'triggersActionsUi',
  'triggersActionsUi.getAddConnectorFlyout',
];

const SETUP_STATUS = {
  kibanaVersion: '9.5.2',
  unavailable: [],
  connectors: { state: 'unknown', message: 'not in this test' },
  connection: null,
  documents: { state: 'unknown', message: 'not in this test' },
  threats: { state: 'unknown', message: 'not in this test' },
  proven: null,
};

/** Requests that were sent, as method and path. */
const sent: string[] = [];
class FakeRequest {
  readonly url: string;
  constructor(url: string, init: object) {
    this.url = url;
    Object.assign(this, init);
  }
}
const answer = (status: number, body: unknown) => ({
  ok: status < 400,
  status,
  statusText: 'Not Found',
  headers: new Map([['content-type', 'application/json']]),
  json: async () => body,
});
async function fakeFetch({ url, method }: { readonly url: string; readonly method: string }) {
  sent.push(`${method} ${url}`);
  return url.startsWith('/internal/sentinelone_response/setup')
    ? answer(200, SETUP_STATUS)
    : answer(404, { statusCode: 404, message: 'Not Found' });
}

const metadataOf = (kibana: KibanaVersion): PageMetadata => ({
  version: kibana.version,
  buildNumber: kibana.buildNumber,
  basePath: '',
  spaceId: 'default',
  username: 'analyst',
  users: ['analyst'],
  darkMode: false,
  capabilities: {
    navLinks: {},
    management: {},
    catalogue: {},
    sentineloneResponse: { show: true, isolate: true, release: true },
    actions: { show: true, save: true },
  },
  pluginPublicPath: {},
  csp: '',
  kibana,
});

let body: HTMLElement;
let warnings: string[];
beforeEach(() => {
  sent.length = 0;
  Object.assign(globalThis, { fetch: fakeFetch, Request: FakeRequest, reportError: () => {} });
  warnings = [];
  jest
    .spyOn(console, 'warn')
    .mockImplementation((...args) => void warnings.push(args.map(String).join(' ')));
  jest.spyOn(console, 'debug').mockImplementation(() => {});
  // React writes the errors that a page shows.
  jest.spyOn(console, 'error').mockImplementation(() => {});
  body = document.createElement('div');
  body.id = 'kibana-body';
  document.body.append(body);
});
afterEach(() => {
  act(() => void ReactDOM.unmountComponentAtNode(body));
  document.body.innerHTML = '';
  jest.restoreAllMocks();
});

const change = (
  phase: ContractChange['phase'],
  path: string,
  fault: FaultName
): ContractChange => ({ phase, path: path.split('.'), value: FAULTS[fault] });

/** Opens a page of a Kibana with these changes. */
async function open(kibana: KibanaVersion, path: string, changes: readonly ContractChange[]) {
  window.history.replaceState(null, '', path);
  const bundles = { define: () => {}, get: () => ({ plugin }) };
  await act(async () => start(metadataOf(kibana), bundles, changes));
}
const moveTo = (path: string) =>
  act(async () => {
    window.history.pushState(null, '', path);
    window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  });

const SECURITY = '/app/security/cases';
const APP = '/app/sentineloneResponse';

/** Kibana's own page is shown. */
const expectSecurityWorks = () => screen.findByRole('heading', { name: 'Cases' });
/** Everything that Security's app loads is there. */
async function securityIsOpen() {
  await expectSecurityWorks();
  await import('./kibana_extensions/lazy_parts');
  await act(() => new Promise((resolve) => setTimeout(resolve)));
}
const unavailable = () => warnings.filter((one) => one.includes('not available here'));

/**
 * All faults in the version that is selected, as `npm run test:versions` does; else one for each contract, in the two
 * versions that differ most.
 */
const isSelected = process.env.KIBANA_VERSION !== undefined;
const faultsOf = (n: number) => (isSelected ? FAULT_NAMES : [FAULT_NAMES[n % FAULT_NAMES.length]!]);
const VERSIONS = (isSelected ? [kibanaVersion().name] : (['8.12', '9.5'] as const)).map((name) =>
  kibanaVersion(name)
);

describe.each(VERSIONS)('Kibana $name', (kibana) => {
  it('has all integrations but those that it has no contract for', async () => {
    await open(kibana, SECURITY, []);
    await securityIsOpen();
    expect(warnings).toEqual([]);
  });

  const rows = [
    ...atSetup(kibana).map((row) => ['setup', ...row] as const),
    ...atStart.map((row) => ['start', ...row] as const),
  ].flatMap(([phase, integration, path, silent = []], n) =>
    faultsOf(n + KIBANA_NAMES.indexOf(kibana.name)).map((fault) => ({
      phase,
      integration,
      path,
      fault,
      isSilent: silent.includes(fault),
    }))
  );
  it.each(rows)(
    'shows its pages when $path is $fault, and says once what is not available',
    async ({ phase, integration, path, fault, isSilent }) => {
      await open(kibana, SECURITY, [change(phase, path, fault)]);
      await securityIsOpen();
      expect(unavailable()).toEqual(
        isSilent ? [] : [expect.stringContaining(`not available here: ${integration}.`)]
      );
    }
  );
});

const kibana = VERSIONS[0]!;

/** What Set up says about each integration that can fail while the application works. */
const IN_SETUP: ReadonlyArray<readonly [BrowserIntegration, RegExp]> = [
  ['connector_form', /^Connector form: /],
  ['doc_viewer', /^Tab in Discover: /],
  ['case_view', /^Cases: attached actions are not shown/],
  ['alerts_table', /^Row and bulk actions in Security's alerts tables: /],
  ['cell_actions', /^Actions on fields in Security's tables and flyouts/],
];

it.each(faultsOf(1))('lists in Set up what is not available when all is %s', async (fault) => {
  const broken = atSetup(kibana).filter(([integration]) => integration !== 'app');
  const first = [...new Map(broken.reverse().map((row) => [row[0], row])).values()];
  const changes = first.map(([, path]) => change('setup', path, fault));
  await open(kibana, SECURITY, changes);
  await securityIsOpen();
  await moveTo(`${APP}/setup`);
  const list = (await screen.findByText('Not available in this version of Kibana:')).parentElement!;
  const items = within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent!);
  // In later versions there is another function to register actions with.
  const isWorking = kibana.browser.asyncUiActions && fault === 'missing';
  const expected = IN_SETUP.filter(([name]) => !(isWorking && name === 'cell_actions'));
  expect(items).toHaveLength(expected.length);
  for (const [, text] of expected) expect(items).toContainEqual(expect.stringMatching(text));
});

const ACTION = /^POST .*\/(hosts\/_|actions\/)/;

it.each(IN_PAGES.flatMap((path, n) => faultsOf(n).map((fault) => ({ path, fault }))))(
  'shows a page or a message, and sends no action, when $path is $fault',
  async ({ path, fault }) => {
    await open(kibana, APP, [change('start', path, fault)]);
    const app = () => document.querySelector('.kbnAppWrapper, .euiEmptyPrompt');
    await waitFor(() => expect(app()).not.toBeEmptyDOMElement());
    expect(sent.filter((request) => ACTION.test(request))).toEqual([]);
    expect(screen.queryByRole('button', { name: /^(Isolate|Release|Scan)/ })).toBeNull();
    await moveTo(SECURITY);
    await expectSecurityWorks();
  }
);
