import type { CoreSetup, CoreStart } from '@kbn/core/public';
import { fakeServices } from '../test/helpers/ui/fake_services';
import type { BrowserIntegration } from './lib/browser_integrations';
import { plugin } from '.';

/** A Kibana in which one contract of the browser side is missing, throws or has another shape. */

const FAULTS = {
  missing: () => undefined,
  throwing: () => () => {
    throw new Error('removed in this version');
  },
  'of another shape': () => ({}),
} as const;
type Fault = keyof typeof FAULTS;

/** The member of each contract that an integration is registered with. */
const MEMBERS = {
  app: 'core.application.register',
  connector_form: 'plugins.triggersActionsUi.actionTypeRegistry.register',
  alerts_table: 'plugins.triggersActionsUi.alertsTableConfigurationRegistry.register',
  doc_viewer: 'plugins.unifiedDocViewer.addDocView',
  case_view: 'plugins.cases.attachmentFramework.registerExternalReference',
  cell_actions: 'plugins.uiActions.registerAction',
} as const satisfies Partial<Record<BrowserIntegration, string>>;
type Registered = keyof typeof MEMBERS;

/** Members that are used beside those, and the integrations that need them. */
const OTHERS: Readonly<Record<string, readonly BrowserIntegration[]>> = {
  'core.notifications': [],
  'core.getStartServices': [],
  'plugins.uiActions.attachAction': ['cell_actions'],
  'plugins.uiActions.getTrigger': ['cell_actions'],
  'plugins.uiActions.registerTrigger': ['cell_actions'],
  // Without the privileges of the user nothing is offered.
  'start.application.capabilities': ['take_action_menu', 'cell_actions'],
};

/** The integrations that need this contract or a part of it. */
const concernedBy = (path: string): readonly BrowserIntegration[] =>
  [...Object.entries(MEMBERS), ...Object.entries(OTHERS).map(([one, ids]) => [ids, one] as const)]
    .filter(([, member]) => member === path || member.startsWith(`${path}.`))
    .flatMap(([ids]) => ids as BrowserIntegration | readonly BrowserIntegration[]);

type Node = Record<string, unknown>;

function put(root: Node, [first, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) root[first!] = value;
  else put(root[first!] as Node, rest, value);
}

let warned: unknown[][];
beforeEach(() => {
  warned = [];
  jest.spyOn(console, 'warn').mockImplementation((...args: unknown[]) => void warned.push(args));
  jest.spyOn(console, 'debug').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const integrationsIn = (warnings: unknown[][]): string[] =>
  warnings.map((args) => /not available here: (\w+)\./.exec(args.join(' '))?.[1] ?? args.join(' '));

/** Sets up and starts the plugin; returns what it has registered with Kibana. */
function startedWith(change: (contracts: Node) => void): Set<Registered> {
  const registered = new Set<Registered>();
  const note = (one: Registered) => () => void registered.add(one);
  // The plugin wraps the function of the tables, so it is registered if it is another one.
  const tables = { register: () => {} };
  const { register } = tables;
  const { core } = fakeServices();
  const contracts: Node = {
    core: {
      application: { register: note('app') },
      notifications: { toasts: { addDanger: () => {} } },
      getStartServices: async () => [{}, {}, undefined],
    },
    plugins: {
      triggersActionsUi: {
        actionTypeRegistry: { register: note('connector_form') },
        alertsTableConfigurationRegistry: tables,
      },
      unifiedDocViewer: { addDocView: note('doc_viewer') },
      cases: { attachmentFramework: { registerExternalReference: note('case_view') } },
      uiActions: {
        registerAction: note('cell_actions'),
        attachAction: () => {},
        getTrigger: () => undefined,
        registerTrigger: () => {},
      },
    },
    start: {
      application: {
        capabilities: core.application.capabilities,
      },
    },
  };
  change(contracts);
  const instance = plugin();
  instance.setup(contracts.core as CoreSetup<never>, contracts.plugins as never);
  instance.start(contracts.start as CoreStart);
  if (tables.register !== register) registered.add('alerts_table');
  return registered;
}

it('registers everything if all contracts are as expected', () => {
  expect([...startedWith(() => {})].sort()).toEqual(Object.keys(MEMBERS).sort());
  expect(warned).toEqual([]);
});

const ALL = Object.keys(MEMBERS) as readonly Registered[];
/** Every contract on the way to a member, but for the root. */
const PATHS = [
  ...new Set(
    [...Object.values(MEMBERS), ...Object.keys(OTHERS)].flatMap((path) => {
      const names = path.split('.');
      return names.slice(1).map((_, n) => names.slice(0, n + 2).join('.'));
    })
  ),
];

describe.each(Object.keys(FAULTS) as readonly Fault[])('if it is %s', (fault) => {
  it.each(PATHS)('%s leaves the others working, and is logged once', (path) => {
    const registered = startedWith((contracts) => put(contracts, path.split('.'), FAULTS[fault]()));
    const concerned = concernedBy(path);
    for (const one of ALL.filter((other) => !concerned.includes(other))) {
      expect([one, registered.has(one)]).toEqual([one, true]);
    }
    const logged = integrationsIn(warned);
    expect(logged.filter((one, n) => logged.indexOf(one) !== n)).toEqual([]);
    expect(logged.filter((one) => !(concerned as readonly string[]).includes(one))).toEqual([]);
  });
});

it('reports a browser in which the menu cannot be observed', () => {
  jest.spyOn(window, 'MutationObserver').mockImplementation(() => {
    throw new Error('not in this browser');
  });
  expect([...startedWith(() => {})].sort()).toEqual(Object.keys(MEMBERS).sort());
  expect(integrationsIn(warned)).toEqual(['take_action_menu']);
});
