import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  PluginSetupContract as ActionsSetup,
  PluginStartContract as ActionsStart,
} from '@kbn/actions-plugin/server';
import type {
  CoreSetup,
  CoreStart,
  Logger,
  Plugin,
  PluginInitializerContext,
} from '@kbn/core/server';
import type { PluginSetupContract as FeaturesSetup } from '@kbn/features-plugin/server';
import type { SecurityPluginSetup } from '@kbn/security-plugin/server';
import type { SpacesPluginStart } from '@kbn/spaces-plugin/server';
import { ACTION_SAVED_OBJECT_TYPE, CLAIM_SAVED_OBJECT_TYPE } from '../common/constants';
import { CONNECTOR_SAVED_OBJECT_TYPE, connectorsInSpace } from './connector/connectors_in_space';
import { connectorType } from './connector/connector_type';
import type { ConnectorPorts } from './connector/sentinelone_response_connector';
import { feature } from './feature';
import { statusBoards } from './hosts/status_boards';
import { savedObjectClaims } from './response_actions/claims';
import { savedObjectRecordStore } from './response_actions/record_store';
import { actionSavedObjectType, claimSavedObjectType } from './response_actions/saved_object_types';
import { registerRoutes } from './routes/register_routes';
import type { HandlerContext, RoutePorts } from './routes/route_context';

interface SetupDependencies {
  readonly actions: ActionsSetup;
  readonly features: FeaturesSetup;
  readonly security?: SecurityPluginSetup;
}

interface StartDependencies {
  readonly actions: ActionsStart;
  readonly spaces?: SpacesPluginStart;
}

type Core = CoreSetup<StartDependencies>;

/** Wires the parts to Kibana. */
export class SentinelOneResponsePlugin implements Plugin<
  void,
  void,
  SetupDependencies,
  StartDependencies
> {
  private readonly logger: Logger;

  constructor(context: PluginInitializerContext) {
    this.logger = context.logger.get();
  }

  setup(core: Core, { actions, features, security }: SetupDependencies): void {
    core.savedObjects.registerType(actionSavedObjectType);
    core.savedObjects.registerType(claimSavedObjectType);
    features.registerKibanaFeature(feature);

    const isSecurityEnabled = () => security?.license.isEnabled() ?? false;
    const ports = once(() => this.createPorts(core, isSecurityEnabled));
    actions.registerSubActionConnectorType(connectorType(ports));
    const router = core.http.createRouter<HandlerContext>();
    registerRoutes({ router, logger: this.logger, portsReady: ports });
  }

  start(_core: CoreStart): void {}

  private async createPorts(
    core: Core,
    isSecurityEnabled: () => boolean
  ): Promise<ConnectorPorts & RoutePorts> {
    const [{ savedObjects }, { actions, spaces }] = await core.getStartServices();
    const repository = savedObjects.createInternalRepository([
      ACTION_SAVED_OBJECT_TYPE,
      CLAIM_SAVED_OBJECT_TYPE,
      CONNECTOR_SAVED_OBJECT_TYPE,
    ]);
    const clock = Date.now;
    const boards = statusBoards({ clock, sleep });
    return {
      actions,
      clock,
      sleep,
      random: Math.random,
      newId: randomUUID,
      isSecurityEnabled,
      claims: savedObjectClaims(repository, clock, this.logger),
      recordsOf: (namespace) => savedObjectRecordStore(repository, namespace),
      connectorsIn: (namespace) =>
        connectorsInSpace(repository, actions.inMemoryConnectors, namespace),
      spaceIdOf: (request) => spaces?.spacesService.getSpaceId(request) ?? 'default',
      statusBoardOf: boards.of,
      forgetStatuses: boards.forget,
    };
  }
}

/** Calls `make` at the first need, and gives everybody what came of it. */
function once<A>(make: () => Promise<A>): () => Promise<A> {
  let made: Promise<A> | undefined;
  return () => (made ??= make());
}
