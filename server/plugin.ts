import type { CoreStart, Logger, Plugin, PluginInitializerContext } from '@kbn/core/server';
import { once } from '../common/lib/once';
import { registerAttachmentType } from './cases/attachment_type';
import { connectorType } from './connector/connector_type';
import { feature } from './kibana/feature';
import { Integrations } from './kibana/integrations';
import { oneLineLog } from './lib/log';
import type { Core, SetupDependencies, StartDependencies } from './plugin_dependencies';
import { pluginPorts } from './plugin_ports';
import {
  actionSavedObjectType,
  hostLockSavedObjectType,
} from './response_actions/saved_object_types';
import { protectionSettingsSavedObjectType } from './protection/protection_of_space';
import { retentionSettingsSavedObjectType } from './retention/retention_settings_store';
import { releaseTask, type ReleaseTask } from './automatic_release/release_due';
import { retentionTask, type RetentionTask } from './retention/retention_task';
import { registerRoutes } from './routes/register_routes';
import type { HandlerContext } from './routes/route_context';
import {
  reconciliationTask,
  type ReconciliationTask,
} from './status_reconciliation/reconciliation_task';

const SAVED_OBJECT_TYPES = [
  actionSavedObjectType,
  hostLockSavedObjectType,
  protectionSettingsSavedObjectType,
  retentionSettingsSavedObjectType,
];

/** Connects the parts of the plugin to Kibana. Neither `setup` nor `start` throws; see `Integrations`. */
export class SentinelOneResponsePlugin implements Plugin<
  void,
  void,
  SetupDependencies,
  StartDependencies
> {
  private readonly logger: Logger;
  private readonly integrations: Integrations;
  private readonly kibanaVersion: string;
  private reconciliation: ReconciliationTask | undefined;
  private retention: RetentionTask | undefined;
  private release: ReleaseTask | undefined;
  private stopPorts: (() => Promise<void>) | undefined;

  constructor(context: PluginInitializerContext) {
    this.logger = oneLineLog(context.logger.get());
    this.integrations = new Integrations(this.logger);
    this.kibanaVersion = context.env.packageInfo.version;
  }

  setup(core: Core, dependencies: SetupDependencies): void {
    const { actions, cases, features, taskManager } = dependencies;
    const { integrations, kibanaVersion, logger } = this;
    integrations.register('saved_objects', () => {
      for (const type of SAVED_OBJECT_TYPES) core.savedObjects.registerType(type);
    });
    integrations.register('privileges', () => features.registerKibanaFeature(feature));
    const attachmentForm = integrations.register(
      'cases',
      () => cases && registerAttachmentType(cases.attachmentFramework)
    );
    if (cases !== undefined && attachmentForm === undefined) {
      integrations.absent('cases', 'Cases have no registry of attachments that is known');
    }

    const reconcileSoon = () => this.reconciliation?.soon();
    const makePorts = pluginPorts(
      core,
      dependencies,
      logger,
      integrations,
      attachmentForm,
      reconcileSoon
    );
    const ports = once(async () => {
      const made = await makePorts();
      this.stopPorts = made.stop;
      return made;
    });
    this.reconciliation = integrations.register('status_reconciliation', () =>
      reconciliationTask(taskManager, async () => (await ports()).reconciliation, logger)
    );
    this.release = integrations.register('automatic_release', () =>
      releaseTask(taskManager, async () => (await ports()).release, logger)
    );
    const remove = async (isCancelled: () => boolean) =>
      (await ports()).removeOldRecords(isCancelled);
    this.retention = integrations.register('retention', () =>
      retentionTask(taskManager, remove, logger)
    );
    integrations.register('connector_type', () =>
      actions.registerSubActionConnectorType(connectorType(async () => (await ports()).connector))
    );
    integrations.register('routes', () => {
      const router = core.http.createRouter<HandlerContext>();
      const portsReady = async () => (await ports()).routes;
      registerRoutes({ router, logger, portsReady, kibanaVersion, integrations });
    });
  }

  start(_core: CoreStart, { taskManager }: StartDependencies): void {
    void this.integrations.start('status_reconciliation', async () =>
      this.reconciliation?.start(taskManager)
    );
    void this.integrations.start('retention', async () => this.retention?.start(taskManager));
    void this.integrations.start('automatic_release', async () => this.release?.start(taskManager));
  }

  async stop(): Promise<void> {
    this.reconciliation?.stop();
    this.retention?.stop();
    this.release?.stop();
    await this.stopPorts?.();
  }
}
