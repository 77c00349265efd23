import type { KibanaRequest as Request, Plugin } from '@kbn/core/server';
import type { LicenseType } from '@kbn/licensing-plugin/server';
import { randomUUID } from 'node:crypto';
import { createActions } from './actions/actions_plugin';
import { DEFAULT_ACTIONS_CONFIG, type ActionsConfig } from './actions/types';
import { renderPage } from './browser/page';
import { createCases } from './cases/cases_plugin';
import { createCore } from './core/core_services';
import { createDetectionEngine } from './detection_engine/detection_engine';
import { createElasticsearch } from './elasticsearch/client';
import { Indices } from './elasticsearch/indices';
import { ElasticsearchRequests } from './elasticsearch/requests';
import { createEncryptedSavedObjects } from './encrypted_saved_objects/encrypted_saved_objects';
import { createEventLog } from './event_log/event_log';
import { capabilitiesOf } from './features/capabilities';
import { FeatureRegistry } from './features/feature_registry';
import { authentication, identityOf as identityOfRaw } from './http/authentication';
import type { BasePath } from './http/base_path';
import { KibanaRequest } from './http/kibana_request';
import { servePages, type PagesOptions } from './http/pages';
import { HttpServer } from './http/server';
import { Sessions } from './http/sessions';
import { createLicensing, isAtLeast } from './licensing/license';
import type { Log } from './logging/log';
import { notInTheWorkbench, onlyThese } from './not_in_the_workbench';
import { withChanges, type ContractChange } from './plugin_host/changed_contracts';
import { withinLimit } from './plugin_host/lifecycle';
import { loadPlugin, missingPlugins, sayDisabled } from './plugin_host/load_plugin';
import { readManifest } from './plugin_host/manifest';
import type { DocumentStore } from './saved_objects/document_store';
import { Encryption } from './saved_objects/encryption';
import { createSavedObjects } from './saved_objects/saved_objects_service';
import { createSecurity } from './security/security_plugin';
import { SPACE_TYPE, spaceSavedObjectType, storeSpaces } from './spaces/space_saved_objects';
import { defineSpaceRoutes } from './spaces/space_routes';
import { createSpaces, SPACES } from './spaces/spaces_plugin';
import { createTaskManager } from './task_manager/task_manager';
import { Privileges } from './users/privileges';
import { defaultUsers } from './users/role';
import { UserDirectory } from './users/user_directory';
import type { KibanaVersion } from './versions/kibana_version';

interface KibanaOptions {
  readonly kibana: KibanaVersion;
  /** The plugin's folder: the project, or an unpacked zip. */
  readonly pluginFolder: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly license: LicenseType;
  readonly log: Log;
  readonly store: DocumentStore;
  /** Where events are written; default: in memory. */
  readonly storeFolder?: string;
  readonly actions?: Partial<ActionsConfig>;
  readonly assets: PagesOptions['assets'];
  /** Whether Task Manager runs tasks on this node. */
  readonly tasks: boolean;
  /** Contracts that are changed for the plugin. */
  readonly changes?: readonly ContractChange[];
}

type RuleAction = Omit<Parameters<ReturnType<typeof createActions>['runRuleAction']>[0], 'request'>;

/** The same on every node over one store, and after a restart. */
const ENCRYPTION_KEY = 'the workbench keeps no secrets of anybody';

/** What a plugin is given of the plugins that it names in its manifest. */
const pick = (contracts: Readonly<Record<string, object>>, ids: readonly string[]) =>
  Object.fromEntries(ids.flatMap((id) => (id in contracts ? [[id, contracts[id]!]] : [])));

/**
 * A small Kibana with one plugin in it: core, and the plugins that it needs, by the contracts of a version of Kibana. Resolves when it answers; throws what setup or start of the plugin throws.
 */
export async function startKibana(options: KibanaOptions) {
  const { pluginFolder, log, store, license, assets, kibana } = options;
  const contracts = kibana.server;
  const manifest = readManifest(pluginFolder, kibana.version);
  const { id: pluginId, requiredPlugins, optionalPlugins } = manifest;
  const users = new UserDirectory(defaultUsers(pluginId));
  const features = new FeatureRegistry();
  const licensing = createLicensing(license);
  const privileges = new Privileges(features, (minimum) =>
    isAtLeast(licensing.current().type as LicenseType, minimum)
  );
  const sessions = new Sessions();
  const requests = new ElasticsearchRequests();
  const http: HttpServer = new HttpServer({
    kibana,
    port: options.port,
    logger: log.get('http'),
    authenticate: authentication(users, sessions, requests),
    authorize: async (request, wanted) => {
      // One question for all tags of the route (`security-plugin/server/authorization/api_authorization.js`).
      await requests.send('has_privileges');
      const identity = identityOfRaw(request);
      const spaceId = http.basePath.spaceIdOf(request);
      return (
        identity !== undefined &&
        wanted.every((name) => privileges.has(identity.user, `api:${name}`, spaceId))
      );
    },
  });
  const basePath: BasePath = http.basePath;
  const spaceIdOf = (request: Request): string => basePath.spaceIdOf(request);
  const identityOf = ({ headers }: Request) => {
    const { authorization } = headers;
    return typeof authorization === 'string' ? users.identify(authorization).identity : undefined;
  };
  const has = (request: Request, privilege: string, spaceId: string): boolean => {
    const identity = identityOf(request);
    return identity !== undefined && privileges.has(identity.user, privilege, spaceId);
  };

  const encryption = new Encryption(ENCRYPTION_KEY);
  const knownSpaces = SPACES.map(({ id }) => id);
  const savedObjects = createSavedObjects({
    store,
    requests,
    encryption,
    knownSpaces,
    spaceIdOf,
    has,
  });
  const indices = new Indices();
  const elasticsearch = createElasticsearch({ indices, users, privileges, requests });
  const core = createCore({ kibana, http, log, savedObjects, elasticsearch });
  const eventLog = createEventLog({ indices, storeFolder: options.storeFolder });
  const encryptedSavedObjects = createEncryptedSavedObjects(savedObjects);
  const taskManager = createTaskManager({
    savedObjects,
    logger: log.get('plugins', 'taskManager'),
  });
  const security = createSecurity({ contracts, privileges, requests, identityOf, spaceIdOf });
  const spaceRepository = () => savedObjects.start.createInternalRepository([SPACE_TYPE]);
  const spaces = createSpaces(spaceIdOf, spaceRepository);
  savedObjects.registerType(spaceSavedObjectType);
  const noStartServices = () => notInTheWorkbench("getStartServices of Kibana's own plugins");

  const licensingCore = core.setupFor('licensing', [], noStartServices);
  licensingCore.http.registerRouteHandlerContext('licensing', licensing.context);
  const actionsCore = core.setupFor('actions', ['licensing'], noStartServices);
  const actions = createActions({
    contracts,
    config: { ...DEFAULT_ACTIONS_CONFIG, ...options.actions },
    logger: log.get('plugins', 'actions'),
    licensing,
    features,
    eventLog: eventLog.log,
    requests,
    savedObjects,
    elasticsearch,
    registerEncryptedType: (type) => encryption.register(type),
    router: actionsCore.http.createRouter(),
    registerRouteHandlerContext: (name, provider) =>
      actionsCore.http.registerRouteHandlerContext(name, (context, request) =>
        provider(context, request as unknown as Request)
      ),
    spaceIdOf,
    usernameOf: (request) => identityOf(request)?.user.username,
    has,
  });

  const securityCore = core.setupFor('securitySolution', [], noStartServices);
  const detectionEngine = createDetectionEngine(
    securityCore.http.createRouter(),
    indices,
    (request) => spaceIdOf(request as unknown as Request)
  );

  defineSpaceRoutes(core.setupFor('spaces', [], noStartServices).http.createRouter(), {
    repository: spaceRepository,
    mayManage: (request) => has(request as unknown as Request, 'space:manage', '*'),
    deleteByNamespace: savedObjects.deleteByNamespace,
  });
  const cases = createCases({
    caseRegistries: kibana.caseRegistries,
    features,
    savedObjects,
    router: core.setupFor('cases', [], noStartServices).http.createRouter(),
    spaceIdOf,
    usernameOf: (request) => identityOf(request)?.user.username,
    has,
  });

  const setups: Readonly<Record<string, object>> = {
    actions: actions.setup,
    cases: cases.setup,
    encryptedSavedObjects: encryptedSavedObjects.setup,
    eventLog: eventLog.setup,
    features: onlyThese('features (setup)', {
      registerKibanaFeature: (feature: Parameters<FeatureRegistry['register']>[0]) =>
        features.register(feature),
    }),
    licensing: licensing.setup,
    security: security.setup,
    spaces: spaces.setup,
    taskManager: taskManager.setup,
    triggersActionsUi: onlyThese('triggersActionsUi (setup)', {}),
  };
  const starts: Readonly<Record<string, object>> = {
    actions: actions.start,
    cases: cases.start,
    encryptedSavedObjects: encryptedSavedObjects.start,
    eventLog: eventLog.start,
    features: onlyThese('features (start)', { getKibanaFeatures: () => features.all }),
    licensing: licensing.start,
    security: security.start,
    spaces: spaces.start,
    taskManager: taskManager.start,
    triggersActionsUi: onlyThese('triggersActionsUi (start)', {}),
  };

  const logger = log.get('plugins', pluginId);
  const missing = missingPlugins(manifest, Object.keys(setups));
  let instance: Plugin<unknown, unknown, object, object> | undefined;
  if (missing.length > 0) sayDisabled(log.get('plugins-system'), manifest, missing);
  else {
    const dependencies = [...requiredPlugins, ...optionalPlugins];
    instance = await loadPlugin(
      pluginFolder,
      manifest,
      onlyThese('PluginInitializerContext', {
        opaqueId: Symbol(pluginId),
        env: {
          mode: { name: 'production', dev: false, prod: true },
          packageInfo: {
            version: kibana.version,
            branch: kibana.branch,
            buildNum: kibana.buildNumber,
            buildSha: kibana.buildSha,
            dist: true,
            buildFlavor: 'traditional' as const,
          },
          instanceUuid: randomUUID(),
        },
        node: { roles: { backgroundTasks: true, ui: true, migrator: false } },
        logger: { get: (...context: string[]) => logger.get(...context) },
        config: onlyThese('PluginInitializerContext.config', {}) as never,
      })
    );
    const plugin = instance;
    let startServices = (_: unknown): void => {};
    const started = new Promise<unknown>((resolve) => {
      startServices = resolve;
    });
    const coreSetup = core.setupFor(pluginId, dependencies, () => started, false);
    const { changes = [] } = options;
    const [setupCore, setupPlugins] = withChanges(
      'setup',
      changes,
      coreSetup,
      pick(setups, dependencies)
    );
    await withinLimit(pluginId, 'Setup', () => plugin.setup(setupCore as never, setupPlugins));
    features.lock();
    savedObjects.migrate();
    await storeSpaces(spaceRepository(), SPACES);
    const [startCore, given] = withChanges(
      'start',
      changes,
      core.start,
      pick(starts, dependencies)
    );
    const contract = await withinLimit(pluginId, 'Start', () =>
      plugin.start(startCore as never, given)
    );
    startServices([startCore, given, contract]);
  }

  servePages({
    kibana,
    server: http.hapi,
    sessions,
    users,
    basePath,
    spaceIds: knownSpaces,
    plugin: { id: pluginId, version: manifest.version },
    assets,
    capabilitiesOf: (username, spaceId) =>
      capabilitiesOf(features, privileges, users.get(username), spaceId),
    renderPage,
  });
  await http.start();
  if (options.tasks) taskManager.startPolling();

  const requestOf = (username: string): Request => {
    const headers = { authorization: users.authorizationOf(username) };
    return new KibanaRequest({ headers }) as unknown as Request;
  };
  return {
    url: http.url,
    pluginId,
    users,
    licensing,
    indices,
    detectionEngine,
    savedObjects,
    requests,
    eventLog: eventLog.log,
    audited: security.audited,
    /** Kibana's own client for connectors, as a user. */
    actionsClientOf: (username: string) =>
      actions.start.getActionsClientWithRequest(requestOf(username)),
    /** Executes a rule's action, as the user who enabled the rule. */
    runRuleAction: (username: string, action: RuleAction) =>
      actions.runRuleAction({ ...action, request: requestOf(username) }),
    async stop(): Promise<void> {
      await http.stop();
      await instance?.stop?.();
      await taskManager.stop();
      eventLog.stop();
      store.close();
    },
  };
}
export type Kibana = Awaited<ReturnType<typeof startKibana>>;
