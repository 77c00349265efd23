import type { CoreStart, Logger, Plugin, PluginInitializerContext } from '@kbn/core/server';
import { CASE_ATTACHMENT_TYPE_ID } from '../common/lib/constants';
import { once } from '../common/lib/once';
import { connectorType } from './connector/connector_type';
import { feature } from './kibana/feature';
import { oneLineLog } from './lib/one_line_log';
import type { Core, SetupDependencies, StartDependencies } from './plugin_dependencies';
import { pluginPorts } from './plugin_ports';
import {
  actionSavedObjectType,
  hostLockSavedObjectType,
} from './response_actions/saved_object_types';
import { protectionSettingsSavedObjectType } from './protection/protection_settings_store';
import { retentionSettingsSavedObjectType } from './retention/retention_settings_store';
import { retentionTask, type RetentionTask } from './retention/retention_task';
import { registerRoutes } from './routes/register_routes';
import type { HandlerContext } from './routes/route_context';
import {
  reconciliationTask,
  type ReconciliationTask,
} from './status_reconciliation/reconciliation_task';

/** Connects the parts of the plugin to Kibana. */
export class SentinelOneResponsePlugin implements Plugin<
  void,
  void,
  SetupDependencies,
  StartDependencies
> {
  private readonly logger: Logger;
  private readonly kibanaVersion: string;
  private reconciliation: ReconciliationTask | undefined;
  private retention: RetentionTask | undefined;
  private stopPorts: (() => Promise<void>) | undefined;

  constructor(context: PluginInitializerContext) {
    this.logger = oneLineLog(context.logger.get());
    this.kibanaVersion = context.env.packageInfo.version;
  }

  setup(core: Core, dependencies: SetupDependencies): void {
    const { actions, cases, features, taskManager } = dependencies;
    core.savedObjects.registerType(actionSavedObjectType);
    core.savedObjects.registerType(hostLockSavedObjectType);
    core.savedObjects.registerType(protectionSettingsSavedObjectType);
    core.savedObjects.registerType(retentionSettingsSavedObjectType);
    features.registerKibanaFeature(feature);
    // A plugin whose set-up throws keeps Kibana from starting.
    cases?.attachmentFramework.registerExternalReference?.({ id: CASE_ATTACHMENT_TYPE_ID });

    const reconcileSoon = () => this.reconciliation?.soon();
    const makePorts = pluginPorts(core, dependencies, this.logger, reconcileSoon);
    const ports = once(async () => {
      const made = await makePorts();
      this.stopPorts = made.stop;
      return made;
    });
    this.reconciliation = reconciliationTask(
      taskManager,
      async () => (await ports()).reconciliation,
      this.logger
    );
    const remove = async (isCancelled: () => boolean) =>
      (await ports()).removeOldRecords(isCancelled);
    this.retention = retentionTask(taskManager, remove, this.logger);
    actions.registerSubActionConnectorType(connectorType(async () => (await ports()).connector));
    const router = core.http.createRouter<HandlerContext>();
    const portsReady = async () => (await ports()).routes;
    const { kibanaVersion, logger } = this;
    registerRoutes({ router, logger, portsReady, kibanaVersion });
  }

  start(_core: CoreStart, { taskManager }: StartDependencies): void {
    void this.reconciliation?.start(taskManager);
    void this.retention?.start(taskManager);
  }

  async stop(): Promise<void> {
    this.reconciliation?.stop();
    this.retention?.stop();
    await this.stopPorts?.();
  }
}
