import type { CoreSetup, CoreStart } from '@kbn/core/public';
import { fakeServices } from '../test/helpers/ui/fake_services';
import { startInSecurity } from './kibana_extensions/lazy_parts';
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
  take_action_menu: 'start.application.currentAppId$.subscribe',
} as const satisfies Partial<Record<BrowserIntegration, string>>;
type Registered = keyof typeof MEMBERS;

/** Members that are used beside those, and the integration that needs them. */
const OTHERS: Readonly<Record<string, Registered | undefined>> = {
  'core.notifications': undefined,
  'core.getStartServices': undefined,
  'plugins.uiActions': undefined,
  'start.application.capabilities': 'take_action_menu',
};

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
      uiActions: {},
    },
    start: {
      application: {
        capabilities: core.application.capabilities,
        currentAppId$: { subscribe: note('take_action_menu') },
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
    const concerned = ALL.filter(
      (one) => MEMBERS[one] === path || MEMBERS[one].startsWith(`${path}.`) || OTHERS[path] === one
    );
    for (const one of ALL.filter((other) => !concerned.includes(other))) {
      expect([one, registered.has(one)]).toEqual([one, true]);
    }
    const logged = integrationsIn(warned);
    expect(logged.filter((one, n) => logged.indexOf(one) !== n)).toEqual([]);
    expect(logged.filter((one) => !(concerned as string[]).includes(one))).toEqual([]);
  });
});

describe('in Security', () => {
  const UI_ACTIONS = ['registerAction', 'attachAction', 'getTrigger', 'registerTrigger'] as const;
  const uiActionsWith = (name?: (typeof UI_ACTIONS)[number], fault: Fault = 'missing') => ({
    ...Object.fromEntries(UI_ACTIONS.map((one) => [one, () => ({})])),
    ...(name === undefined ? {} : { [name]: FAULTS[fault]() }),
  });

  it.each(
    UI_ACTIONS.flatMap((name) =>
      (Object.keys(FAULTS) as Fault[]).map((one) => [name, one] as const)
    )
  )('%s that is %s keeps no page from working, and is noted at most once', (name, fault) => {
    const services = fakeServices();
    expect(() => startInSecurity(services, uiActionsWith(name, fault) as never)).not.toThrow();
    expect(services.integrations.unavailable.map(({ integration }) => integration)).toEqual(
      warned.length === 0 ? [] : ['cell_actions']
    );
    expect(warned.length).toBeLessThanOrEqual(1);
  });

  it('reports a browser in which the menu cannot be observed', () => {
    const services = fakeServices();
    jest.spyOn(window, 'MutationObserver').mockImplementation(() => {
      throw new Error('not in this browser');
    });
    startInSecurity(services, uiActionsWith() as never);
    expect(services.integrations.unavailable).toEqual([
      { integration: 'take_action_menu', problem: 'Error: not in this browser' },
    ]);
  });
});
