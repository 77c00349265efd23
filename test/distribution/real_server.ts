/**
 * Run as a program of its own, with a Kibana distribution's folder as argument: lets Kibana's own plugin
 * service find, check, load, set up and start our built server among stand-ins for the plugins that it
 * needs, then uses what it registered. What it registers with is Kibana's own: the action type registry
 * with the sub-action framework, the feature registry, the router, the saved object types.
 */
import { mkdirSync, writeFileSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { simulatorClient, type SimulatorCall } from '../simulator/client';
import { standIn, type Bag } from './stand_in';

export interface ServerQuestion {
  /** The folder that holds our plugin's folder. */
  readonly plugins: string;
  /** An empty folder for the stand-ins. */
  readonly scratch: string;
  readonly pluginId: string;
  readonly connectorTypeId: string;
  readonly simulator: string;
  readonly token: string;
  /** Folders with manifests that Kibana must refuse. */
  readonly refusable: readonly string[];
  /** Run one after the other by a user with these privileges. */
  readonly executions: readonly Execution[];
  /** Comments of a rule's author, each rendered with these variables of Kibana's. */
  readonly templates: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A text as Kibana renders it for a connector type without a rendering of its own, and as our type does. */
export interface Rendered {
  readonly kibanas: string;
  readonly ours: string;
}

interface Execution {
  readonly subAction: string;
  readonly subActionParams: unknown;
  readonly privileges: readonly string[];
}

/** What Kibana answered, and what SentinelOne was told for it. */
export interface Executed {
  readonly answer: Bag;
  readonly calls: readonly SimulatorCall[];
}

export interface Registered {
  readonly caseAttachments: readonly string[];
  readonly connectorTypes: readonly string[];
  readonly features: readonly string[];
  readonly routes: readonly string[];
  readonly savedObjectTypes: readonly string[];
  readonly taskTypes: readonly string[];
}

export interface ServerAnswer {
  readonly manifest: Bag;
  /** Why each of the refusable manifests was refused; empty for one that was not. */
  readonly refusals: readonly string[];
  readonly registered: Registered;
  readonly listed: Bag | undefined;
  readonly connectorProblems: Readonly<Record<string, string>>;
  readonly executions: readonly Executed[];
  readonly rendered: readonly Rendered[];
  /** What was written to the event log for them, each held against Kibana's own schema. */
  readonly events: readonly Bag[];
  readonly audited: readonly Bag[];
  /** All that Kibana and the plugin logged, at every level. */
  readonly log: string;
  readonly feature: Bag;
  /** The API privileges that each of the feature's privileges includes. */
  readonly granted: Readonly<Record<string, readonly string[]>>;
  readonly milliseconds: Readonly<Record<'load' | 'setup' | 'start', number>>;
  /** What was registered, and what Kibana logged, without one of the required plugins. */
  readonly without: Readonly<Record<string, { registered: Registered; log: string }>>;
}

const home = process.argv[2];
if (home === undefined) throw new Error('The folder of a Kibana distribution is missing');
const kibana = createRequire(join(home, 'package.json'));
// How the distribution starts: its hardening and its polyfills are in place for what follows.
kibana('./src/setup_node_env/dist');

const question: ServerQuestion = JSON.parse(readFileSync(0, 'utf8'));
const rxjs = kibana('rxjs');
const { Env, ConfigService } = kibana('@kbn/config');
const { PluginsService, PluginWrapper, config } = kibana('@kbn/core-plugins-server-internal');
const { parseManifest } = kibana(
  '@kbn/core-plugins-server-internal/src/discovery/plugin_manifest_parser'
);
const { SavedObjectTypeRegistry } = kibana('@kbn/core-saved-objects-base-server-internal');
const { Router } = kibana('@kbn/core-http-router-server-internal');
const { TaskTypeDictionary } = kibana('@kbn/task-manager-plugin/server/task_type_dictionary');
const { EventSchema } = kibana('@kbn/event-log-plugin/generated/schemas');
const actions = {
  ...kibana('@kbn/actions-plugin/server/action_type_registry'),
  ...kibana('@kbn/actions-plugin/server/sub_action_framework'),
  ...kibana('@kbn/actions-plugin/server/actions_config'),
  ...kibana('@kbn/actions-plugin/server/config'),
  ...kibana('@kbn/actions-plugin/server/lib'),
};
const { renderActionParameterTemplates } = kibana('@kbn/actions-plugin/server/plugin');
const { ExternalReferenceAttachmentTypeRegistry } = kibana(
  '@kbn/cases-plugin/server/attachment_framework/external_reference_registry'
);
const { License } = kibana('@kbn/licensing-plugin/common/license');
const features = {
  ...kibana('@kbn/features-plugin/server/feature_privilege_iterator'),
  ...kibana('@kbn/features-plugin/server/feature_registry'),
};

const env = Env.createDefault(home, { configs: [], cliArgs: {}, repoPackages: [] });
const folder = join(question.plugins, question.pluginId);

function recordingLog() {
  const lines: string[] = [];
  const write = (line: unknown) => void lines.push(String(line));
  const log: Bag = { get: () => log, isLevelEnabled: () => true };
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) log[level] = write;
  return { log, text: () => lines.join('\n') };
}

/** Saved objects as far as records and host locks need them; other tests check their own rules. */
function repository(): Bag {
  const documents = new Map<string, Bag>();
  const keyOf = ({ type, id }: Bag) => `${type}:${id}`;
  const save = (document: Bag) => {
    documents.set(keyOf(document), document);
    return { ...document, version: '1', references: [] };
  };
  const merge = (one: Bag) =>
    save({
      ...one,
      attributes: { ...documents.get(keyOf(one))?.attributes, ...one.attributes },
    });
  return {
    bulkCreate: async (all: Bag[]) => ({ saved_objects: all.map(save) }),
    bulkUpdate: async (all: Bag[]) => ({ saved_objects: all.map(merge) }),
    bulkGet: async (all: Bag[]) => ({
      saved_objects: all.map((one) => documents.get(keyOf(one)) ?? { ...one, error: {} }),
    }),
    get: async (type: string, id: string) => {
      const found = documents.get(keyOf({ type, id }));
      // As Boom says it, which is how Kibana's own repository does.
      if (found === undefined)
        throw Object.assign(new Error('Not found'), { output: { statusCode: 404 } });
      return { ...found, version: '1', references: [] };
    },
    update: async (type: string, id: string, attributes: Bag) => merge({ type, id, attributes }),
    find: async () => ({ saved_objects: [], total: 0 }),
  };
}

/** Kibana's own registries, and the contracts by which plugins and core reach them. */
function registries(log: Bag) {
  const license = new License({
    license: { uid: '1', type: 'gold', mode: 'gold', status: 'active', expiryDateInMillis: 4e12 },
    features: {},
    signature: '',
  });
  const actionsConfigUtils = actions.getActionsConfigurationUtilities(
    actions.configSchema.validate({})
  );
  const actionTypeRegistry = new actions.ActionTypeRegistry({
    licensing: standIn(),
    taskManager: standIn(),
    taskRunnerFactory: standIn(),
    inMemoryConnectors: [],
    licenseState: new actions.LicenseState(rxjs.of(license)),
    actionsConfigUtils,
  });
  const framework = actions.createSubActionConnectorFramework({
    actionsConfigUtils,
    actionTypeRegistry,
    logger: log,
  });
  const featureRegistry = new features.FeatureRegistry();
  const typeRegistry = new SavedObjectTypeRegistry();
  const taskTypes = new TaskTypeDictionary(log);
  const attachmentTypes = new ExternalReferenceAttachmentTypeRegistry();
  const events: Bag[] = [];
  const audited: Bag[] = [];
  const routers: Bag[] = [];
  const createRouter = () => {
    const versionedRouterOptions = { defaultHandlerResolutionStrategy: 'oldest' };
    const handle = (handler: unknown) => handler;
    const router = new Router('', log, handle, { isDev: false, versionedRouterOptions });
    routers.push(router);
    return router;
  };
  const contracts: Readonly<Record<string, Bag>> = {
    actions: {
      setup: {
        registerSubActionConnectorType: framework.registerConnector,
        getActionsConfigurationUtilities: () => actionsConfigUtils,
      },
      start: { inMemoryConnectors: [] },
    },
    cases: {
      setup: {
        attachmentFramework: {
          registerExternalReference: (type: unknown) => attachmentTypes.register(type),
        },
      },
    },
    encryptedSavedObjects: { start: { getClient: () => standIn() } },
    eventLog: {
      setup: {
        registerProviderActions: () => undefined,
        getLogger: (given: Bag) => ({
          logEvent: (event: Bag) =>
            events.push(
              EventSchema.validate({
                ...given,
                ...event,
                event: { ...given.event, ...event.event },
              })
            ),
        }),
      },
    },
    taskManager: {
      setup: {
        registerTaskDefinitions: (all: unknown) => taskTypes.registerTaskDefinitions(all),
      },
      start: { ensureScheduled: async () => undefined, runSoon: async () => undefined },
    },
    features: {
      setup: {
        registerKibanaFeature: (one: unknown) => featureRegistry.registerKibanaFeature(one),
      },
    },
    security: {
      setup: {
        license: { isEnabled: () => true },
        audit: { withoutRequest: { enabled: true, log: (event: Bag) => audited.push(event) } },
      },
      start: { authc: standIn(), authz: standIn() },
    },
  };
  const core = {
    setup: standIn({
      http: standIn({ createRouter }),
      savedObjects: standIn({ registerType: (type: unknown) => typeRegistry.registerType(type) }),
    }),
    start: standIn({
      savedObjects: standIn({ createInternalRepository: repository }),
    }),
  };
  const routesOf = (router: Bag): string[] =>
    [...router.getRoutes(), ...router.versioned.getRoutes()].map(
      ({ method, path }) => `${method.toUpperCase()} ${path}`
    );
  const registered = (): Registered => {
    featureRegistry.lockRegistration();
    return {
      caseAttachments: attachmentTypes.list().map(({ id }: Bag) => id),
      connectorTypes: actionTypeRegistry.getAllTypes(),
      features: featureRegistry.getAllKibanaFeatures().map(({ id }: Bag) => id),
      routes: [...new Set(routers.flatMap(routesOf))].sort(),
      savedObjectTypes: typeRegistry.getAllTypes().map(({ name }: Bag) => name),
      taskTypes: taskTypes.getAllTypes(),
    };
  };
  return { actionTypeRegistry, featureRegistry, contracts, core, registered, events, audited };
}

/** A plugin of this name that Kibana can discover; returns the folder to search for it. */
function standInFor(id: string, contracts: Bag): string {
  const searched = join(question.scratch, id);
  mkdirSync(join(searched, id, 'server'), { recursive: true });
  const manifest = {
    id,
    version: 'kibana',
    kibanaVersion: 'kibana',
    owner: { name: 'a stand-in' },
    server: true,
    ui: true,
  };
  writeFileSync(join(searched, id, 'kibana.json'), JSON.stringify(manifest));
  const code = 'exports.plugin = () => globalThis.standInPlugins[__dirname];';
  writeFileSync(join(searched, id, 'server/index.js'), code);
  const all = ((globalThis as Bag).standInPlugins ??= {});
  all[join(searched, id, 'server')] = {
    setup: () => contracts.setup ?? {},
    start: () => contracts.start ?? {},
  };
  return searched;
}

/** Kibana's plugin service with our plugin and stand-ins for the others that it names. */
async function runPlugins(others: readonly string[]) {
  const { log, text } = recordingLog();
  const environment = registries(log);
  const searched = others.map((id) => standInFor(id, environment.contracts[id] ?? {}));
  const configService = new ConfigService({ getConfig$: () => rxjs.of({}) }, env, log);
  configService.setSchema('plugins', config.schema);
  const service = new PluginsService({
    coreId: Symbol('core'),
    env: { ...env, pluginSearchPaths: [question.plugins, ...searched] },
    logger: log,
    configService,
  });
  await service.discover({
    environment: { instanceUuid: '1' },
    node: { roles: { backgroundTasks: true, ui: true, migrator: false } },
  });
  await service.setup(environment.core.setup);
  await service.start(environment.core.start);
  return { ...environment, log, text };
}

/** Measures our plugin's setup and start, as Kibana's plugin service runs them. */
function measure(): Record<'load' | 'setup' | 'start', number> {
  const milliseconds = { load: 0, setup: 0, start: 0 };
  for (const phase of ['setup', 'start'] as const) {
    const original = PluginWrapper.prototype[phase];
    PluginWrapper.prototype[phase] = function measured(...args: unknown[]) {
      const started = performance.now();
      const contract = original.apply(this, args);
      if (this.name === question.pluginId) milliseconds[phase] = performance.now() - started;
      return contract;
    };
  }
  return milliseconds;
}

/** Elasticsearch's answers about a user of a native realm who holds these privileges in every space (8.12). */
function securityOf(username: string, held: readonly string[]): Bag {
  const realm = { name: 'native1', type: 'native' };
  const heldOf = (asked: readonly string[]): Record<string, boolean> =>
    Object.fromEntries(asked.map((one) => [one, held.includes(one)]));
  return {
    authenticate: async () => ({
      ...{ username, roles: [], enabled: true, authentication_type: 'realm' },
      ...{ authentication_realm: realm, lookup_realm: realm },
    }),
    hasPrivileges: async ({ application }: Bag) => ({
      username,
      has_all_requested: application.every(({ privileges }: Bag) =>
        Object.values(heldOf(privileges)).every(Boolean)
      ),
      application: Object.fromEntries(
        application.map(({ application: name, privileges, resources }: Bag) => [
          name,
          Object.fromEntries(resources.map((resource: string) => [resource, heldOf(privileges)])),
        ])
      ),
    }),
  };
}

/** Runs sub-actions as Kibana's `_execute` does, after the connector was fetched. */
async function execute({ actionTypeRegistry, log }: Bag): Promise<Executed[]> {
  const simulator = simulatorClient(question.simulator);
  const executed: Executed[] = [];
  for (const { privileges, subAction, subActionParams } of question.executions) {
    const scopedClusterClient = { security: securityOf('analyst', privileges) };
    const executor = new actions.ActionExecutor({ isESOCanEncrypt: true });
    executor.initialize({
      logger: log,
      actionTypeRegistry,
      eventLogger: standIn(),
      getActionsAuthorizationWithRequest: () => ({ ensureAuthorized: async () => {} }),
      getServices: () => ({
        scopedClusterClient,
        savedObjectsClient: { getCurrentNamespace: () => undefined },
      }),
    });
    const answer = await executor.execute({
      actionId: 'the-connector',
      executionId: '1',
      request: {},
      params: { subAction, subActionParams },
      actionInfo: {
        actionId: 'the-connector',
        actionTypeId: question.connectorTypeId,
        name: 'SentinelOne',
        config: { url: question.simulator },
        secrets: { token: question.token },
      },
    });
    executed.push({ answer, calls: await simulator.calls() });
    await simulator.clearCalls();
  }
  return executed;
}

/** The messages of Kibana's own validation for connectors that must not be saved. */
function connectorProblems({ actionTypeRegistry }: Bag): Record<string, string> {
  const { validate } = actionTypeRegistry.get(question.connectorTypeId);
  const validatorServices = { configurationUtilities: actionTypeRegistry.getUtils() };
  const problemOf = (schema: Bag, value: unknown): string => {
    try {
      schema.schema.validate(value);
      schema.customValidator?.(value, validatorServices);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  return {
    good: problemOf(validate.config, { url: 'https://example.sentinelone.net' }),
    'not https': problemOf(validate.config, { url: 'http://example.sentinelone.net' }),
    'unknown key': problemOf(validate.config, { url: 'https://example.net', other: 1 }),
    'blank token': problemOf(validate.secrets, { token: ' ' }),
  };
}

/** Renders the parameters of a rule's action as the alerting framework has it done. */
function rendered({ actionTypeRegistry }: Bag): Rendered[] {
  const { templates, variables, connectorTypeId } = question;
  const own = { id: 'without-own-rendering' };
  const types: Bag = { get: (id: string) => (id === own.id ? own : actionTypeRegistry.get(id)) };
  const render = (typeId: string, comment: string): string =>
    renderActionParameterTemplates(
      types,
      typeId,
      'the-connector',
      { subAction: 'isolateHost', subActionParams: { comment } },
      variables
    ).subActionParams.comment;
  return templates.map((template) => ({
    kibanas: render(own.id, template),
    ours: render(connectorTypeId, template),
  }));
}

function grantedBy(feature: Bag): Record<string, readonly string[]> {
  const granted: Record<string, readonly string[]> = {};
  for (const { privilegeId, privilege } of features.featurePrivilegeIterator(feature, {
    augmentWithSubFeaturePrivileges: true,
    licenseHasAtLeast: () => true,
  })) {
    granted[privilegeId] = [...privilege.api].sort();
  }
  return granted;
}

async function main(): Promise<ServerAnswer> {
  const manifest = await parseManifest(folder, env.packageInfo);
  const all: string[] = [
    ...new Set<string>([
      ...manifest.requiredPlugins,
      ...manifest.optionalPlugins,
      ...manifest.requiredBundles,
    ]),
  ];
  // What Kibana has loaded before any plugin of others.
  for (const module of ['@kbn/actions-plugin/server', '@kbn/i18n']) kibana(module);
  const milliseconds = measure();
  const started = performance.now();
  kibana(join(folder, 'server'));
  milliseconds.load = performance.now() - started;
  const ran = await runPlugins(all);
  const registered = ran.registered();
  const feature = ran.featureRegistry
    .getAllKibanaFeatures()
    .find(({ id }: Bag) => id === question.pluginId);
  const executions = await execute(ran);
  const phases = { ...milliseconds };
  const comments = rendered(ran);
  const without: Record<string, { registered: Registered; log: string }> = {};
  for (const missing of manifest.requiredPlugins) {
    const ran = await runPlugins(all.filter((id) => id !== missing));
    without[missing] = { registered: ran.registered(), log: ran.text() };
  }
  const refusals = question.refusable.map((one) =>
    parseManifest(one, env.packageInfo).then(() => '', String)
  );
  return {
    manifest,
    refusals: await Promise.all(refusals),
    registered,
    listed: ran.actionTypeRegistry.list().find(({ id }: Bag) => id === question.connectorTypeId),
    connectorProblems: connectorProblems(ran),
    executions,
    rendered: comments,
    events: ran.events,
    audited: ran.audited,
    log: ran.text(),
    feature: feature.toRaw(),
    granted: grantedBy(feature),
    milliseconds: phases,
    without,
  };
}

main().then(
  // What was loaded may keep timers; and a pipe takes the text only if we wait for it.
  (answer) => process.stdout.write(JSON.stringify(answer), () => process.exit(0)),
  (error) => {
    process.stderr.write(String(error?.stack ?? error), () => process.exit(1));
  }
);
