import type { SubActionConnectorType } from '@kbn/actions-plugin/server';
import type { KibanaRequest, Logger } from '@kbn/core/server';
import type { EncryptedType } from '../saved_objects/encryption';
import type { Elasticsearch } from '../elasticsearch/client';
import type { ElasticsearchRequests } from '../elasticsearch/requests';
import type { EventLog } from '../event_log/event_log';
import type { FeatureRegistry } from '../features/feature_registry';
import type { WorkbenchRouter } from '../http/router';
import type { Licensing } from '../licensing/license';
import { notInTheWorkbench, onlyThese } from '../not_in_the_workbench';
import { SECURITY_EXTENSION_ID } from '../saved_objects/extension_ids';
import type { SavedObjectsService } from '../saved_objects/saved_objects_service';
import type { ServerContracts } from '../versions/kibana_version';
import { createActionsClient } from './actions_client';
import { ensureAuthorized, type Operation } from './authorization';
import { configUtilities } from './config_utilities';
import { connectorExecutor, type ConnectorInfo } from './connector_executor';
import { ConnectorTypeRegistry } from './connector_type_registry';
import { actionsFeature } from './feature';
import { defineConnectorRoutes } from './routes/connector_routes';
import {
  ACTION_SAVED_OBJECT_TYPE,
  connectorEncryption,
  connectorSavedObjectType,
} from './saved_object_type';
import { SubActionConnector } from './sub_action_connector';
import { connectorTypeOf } from './sub_action_framework';
import { inMemoryConnectorsOf, type ActionsConfig, type Values } from './types';

interface ActionsPluginPorts {
  readonly contracts: ServerContracts;
  readonly config: ActionsConfig;
  readonly logger: Logger;
  readonly licensing: Licensing;
  readonly features: FeatureRegistry;
  readonly eventLog: EventLog;
  readonly requests: ElasticsearchRequests;
  readonly savedObjects: SavedObjectsService;
  readonly elasticsearch: Elasticsearch;
  readonly registerEncryptedType: (type: EncryptedType) => void;
  readonly router: WorkbenchRouter;
  readonly registerRouteHandlerContext: (
    name: string,
    provider: (context: object, request: KibanaRequest) => unknown
  ) => void;
  readonly spaceIdOf: (request: KibanaRequest) => string;
  readonly usernameOf: (request: KibanaRequest) => string | undefined;
  readonly has: (request: KibanaRequest, privilege: string, spaceId: string) => boolean;
}

const HIDDEN_TYPES = [ACTION_SAVED_OBJECT_TYPE];

/** The actions plugin: connector types, connectors, and executing them as a user. */
export function createActions(ports: ActionsPluginPorts) {
  const { config, contracts, logger, licensing, savedObjects, spaceIdOf } = ports;
  const utilities = configUtilities(config, contracts);
  const inMemoryConnectors = inMemoryConnectorsOf(config);
  const registry = new ConnectorTypeRegistry({
    contracts,
    configurationUtilities: utilities,
    license: licensing.current,
    inMemoryConnectors,
    registerUsage: licensing.setup.featureUsage.register,
    notifyUsage: licensing.start.featureUsage.notifyUsage,
  });

  savedObjects.registerType(connectorSavedObjectType);
  ports.registerEncryptedType(connectorEncryption);
  ports.features.register(actionsFeature);

  const connectorInfo = async (connectorId: string, spaceId: string): Promise<ConnectorInfo> => {
    const inMemory = inMemoryConnectors.find(({ id }) => id === connectorId);
    if (inMemory !== undefined) return { ...inMemory, isInMemory: true };
    const { attributes } = await savedObjects.getDecrypted(ACTION_SAVED_OBJECT_TYPE, connectorId, {
      namespace: spaceId,
    });
    const { actionTypeId, name, config: own, secrets } = attributes;
    return {
      actionTypeId: String(actionTypeId),
      name: String(name),
      config: own as Values,
      secrets: secrets as Values,
      isInMemory: false,
    };
  };

  const execute = connectorExecutor({
    contracts,
    registry,
    logger,
    eventLog: ports.eventLog,
    servicesFor: (request) => ({
      savedObjectsClient: savedObjects.start.getScopedClient(request),
      // As in Kibana it is called so, and is the caller's own client.
      scopedClusterClient: ports.elasticsearch.client.asScoped(request).asCurrentUser,
      connectorTokenClient: onlyThese('connectorTokenClient', {}),
    }),
    spaceIdOf,
    usernameOf: ports.usernameOf,
    connectorInfo,
  });

  const clientFor = (request: KibanaRequest) => {
    const spaceId = spaceIdOf(request);
    return createActionsClient({
      contracts,
      registry,
      requests: ports.requests,
      execute,
      inMemoryConnectors,
      request,
      savedObjects: savedObjects.start.getScopedClient(request, {
        excludedExtensions: [SECURITY_EXTENSION_ID],
        includedHiddenTypes: HIDDEN_TYPES,
      }),
      has: (privilege) => ports.has(request, privilege, spaceId),
    });
  };

  ports.registerRouteHandlerContext('actions', (_context, request) => ({
    getActionsClient: () => clientFor(request),
    listTypes: (featureId?: string) => registry.list(featureId),
  }));
  defineConnectorRoutes(ports.router);

  return {
    /** What a rule does with an action: fills in the variables, and executes as the user who enabled the rule. */
    async runRuleAction({
      connectorId,
      params,
      variables,
      request,
    }: {
      readonly connectorId: string;
      readonly params: Values;
      readonly variables: Values;
      readonly request: KibanaRequest;
    }) {
      const { actionTypeId } = await connectorInfo(connectorId, spaceIdOf(request));
      const { renderParameterTemplates: render } = registry.get(actionTypeId);
      const rendered = render?.(params, variables, connectorId) ?? params;
      return execute({ actionId: connectorId, params: rendered, request });
    },
    setup: onlyThese('actions (setup)', {
      registerType: () => notInTheWorkbench('actions.registerType'),
      registerSubActionConnectorType: (type: SubActionConnectorType<Values, Values>) =>
        registry.register(connectorTypeOf(type, logger, utilities, contracts)),
      isPreconfiguredConnector: (id: string) => inMemoryConnectors.some((one) => one.id === id),
      getSubActionConnectorClass: () => SubActionConnector,
      getActionsHealth: () => ({ hasPermanentEncryptionKey: true }),
      getActionsConfigurationUtilities: () => utilities,
    }),
    start: onlyThese('actions (start)', {
      isActionTypeEnabled: (id: string, options?: { readonly notifyUsage: boolean }) =>
        registry.isActionTypeEnabled(id, options),
      isActionExecutable: (
        id: string,
        typeId: string,
        options?: { readonly notifyUsage: boolean }
      ) => registry.isActionExecutable(id, typeId, options),
      getAllTypes: () => registry.list().map(({ id }) => id),
      getActionsClientWithRequest: async (request: KibanaRequest) => clientFor(request),
      getActionsAuthorizationWithRequest: (request: KibanaRequest) => ({
        ensureAuthorized: async ({
          operation,
          actionTypeId,
        }: {
          readonly operation: Operation;
          readonly actionTypeId?: string;
        }) => {
          const has = (privilege: string) => ports.has(request, privilege, spaceIdOf(request));
          await ensureAuthorized(has, ports.requests, operation, actionTypeId);
        },
      }),
      inMemoryConnectors: inMemoryConnectors as readonly (typeof inMemoryConnectors)[number][],
    }),
  };
}
