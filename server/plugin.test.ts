import type { CoreStart, PluginInitializerContext } from '@kbn/core/server';
import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import { SERVER_INTEGRATIONS, type ServerIntegration } from '../common/api/setup';
import { plugin } from '.';
import type { Core, SetupDependencies, StartDependencies } from './plugin_dependencies';

/** A Kibana in which one contract is missing, throws or has another shape. */

const FAULTS = {
  missing: () => undefined,
  throwing: () => () => {
    throw new Error('removed in this version');
  },
  'of another shape': () => ({}),
} as const;

/** The member of each contract that an integration is registered with, as a path in `setup`. */
const MEMBERS: Readonly<Record<ServerIntegration, readonly [string, ...string[]]>> = {
  saved_objects: ['core', 'savedObjects', 'registerType'],
  privileges: ['features', 'registerKibanaFeature'],
  event_log: ['eventLog', 'registerProviderActions'],
  status_reconciliation: ['taskManager', 'registerTaskDefinitions'],
  automatic_release: ['taskManager', 'registerTaskDefinitions'],
  retention: ['taskManager', 'registerTaskDefinitions'],
  connector_type: ['actions', 'registerSubActionConnectorType'],
  cases: ['cases', 'attachmentFramework', 'registerExternalReference'],
  routes: ['core', 'http', 'createRouter'],
};

type Node = Record<string, unknown>;

/** Sets the member at `path` of a nested object. */
function put(root: Node, [first, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) root[first!] = value;
  else put(root[first!] as Node, rest, value);
}

async function startedWith(change: (contracts: Node) => void) {
  const errors: string[] = [];
  const types: Array<SubActionConnectorType<unknown, unknown>> = [];
  const route = { addVersion: () => route };
  const registrar = () => route;
  const logger = {
    error: (message: unknown) => errors.push(String(message)),
    warn: () => {},
    info: () => {},
    debug: () => {},
  };
  const taskManager = {
    registerTaskDefinitions: () => {},
    ensureScheduled: async () => ({}),
    runSoon: async () => ({}),
    get: async () => ({ runAt: new Date() }),
  };
  const contracts: Node = {
    core: {
      savedObjects: { registerType: () => {} },
      http: {
        createRouter: () => ({
          versioned: {
            get: registrar,
            post: registrar,
            put: registrar,
            patch: registrar,
            delete: registrar,
          },
        }),
      },
      getStartServices: async () => {
        throw new Error('never reached');
      },
    },
    actions: {
      registerSubActionConnectorType: (type: (typeof types)[number]) => types.push(type),
    },
    cases: { attachmentFramework: { registerExternalReference: () => {} } },
    eventLog: {
      registerProviderActions: () => {},
      getLogger: () => ({ logEvent: () => {} }),
    },
    features: { registerKibanaFeature: () => {} },
    taskManager,
  };
  change(contracts);
  const { core, ...dependencies } = contracts;
  const instance = plugin({
    logger: { get: () => logger },
    env: { packageInfo: { version: '9.9.9' } },
  } as unknown as PluginInitializerContext);
  instance.setup(core as Core, dependencies as unknown as SetupDependencies);
  instance.start({} as CoreStart, dependencies as unknown as StartDependencies);
  await new Promise(setImmediate);
  const unavailable = errors.filter((error) => error.includes('Not available in this version'));
  await instance.stop();
  return { unavailable, types };
}

it('registers every integration if all contracts are as expected', async () => {
  const { unavailable, types } = await startedWith(() => {});
  expect(unavailable).toEqual([]);
  expect(types).toHaveLength(1);
});

describe.each(SERVER_INTEGRATIONS)('%s', (integration) => {
  const path = MEMBERS[integration];
  const paths = path.map((_, n) => path.slice(0, n + 1)).filter((one) => one.join() !== 'core');

  it.each(
    paths.flatMap((one) =>
      Object.keys(FAULTS).map((fault) => [one.join('.'), fault as keyof typeof FAULTS] as const)
    )
  )('lets Kibana start and logs it at most once if %s is %s', async (joined, fault) => {
    const { unavailable, types } = await startedWith((contracts) =>
      put(contracts, joined.split('.'), FAULTS[fault]())
    );
    for (const line of unavailable) {
      expect(unavailable.filter((other) => other === line)).toHaveLength(1);
    }
    if (integration !== 'connector_type') expect(types).toHaveLength(1);
  });
});

it.each(['saved_objects', 'privileges'] as const)(
  'refuses every sub-action if %s could not be registered',
  async (integration) => {
    const { types } = await startedWith((contracts) =>
      put(contracts, MEMBERS[integration], FAULTS.throwing())
    );
    const connector = types[0]!.getService({
      config: { url: 'https://example.sentinelone.net' },
      secrets: { token: 'a-token' },
      connector: { id: 'c1', type: 'sentinelone-response' },
      logger: { warn: () => {}, error: () => {} },
      services: { savedObjectsClient: { getCurrentNamespace: () => undefined } },
      configurationUtilities: { getResponseSettings: () => ({ timeout: 1_000 }) },
    } as never);
    for (const { method } of connector.getSubActions().values()) {
      const run = Reflect.get(connector, method!) as (params: object) => Promise<unknown>;
      await expect(run.call(connector, { hosts: [{ uuid: 'a' }], comment: 'why' })).rejects.toThrow(
        `Not available in this version of Kibana: ${integration}`
      );
    }
  }
);
