import type {
  PluginSetupContract as ActionsSetup,
  PluginStartContract as ActionsStart,
} from '@kbn/actions-plugin/server';
import type { CasesServerSetup, CasesServerStart } from '@kbn/cases-plugin/server';
import type { CoreSetup } from '@kbn/core/server';
import type { EncryptedSavedObjectsPluginStart } from '@kbn/encrypted-saved-objects-plugin/server';
import type { IEventLogService } from '@kbn/event-log-plugin/server';
import type { PluginSetupContract as FeaturesSetup } from '@kbn/features-plugin/server';
import type { SecurityPluginSetup, SecurityPluginStart } from '@kbn/security-plugin/server';
import type { SpacesPluginStart } from '@kbn/spaces-plugin/server';
import type {
  TaskManagerSetupContract,
  TaskManagerStartContract,
} from '@kbn/task-manager-plugin/server';

/** The contracts of the plugins in the manifest. */

export interface SetupDependencies {
  readonly actions: ActionsSetup;
  readonly cases?: CasesServerSetup;
  readonly eventLog: IEventLogService;
  readonly features: FeaturesSetup;
  readonly security?: SecurityPluginSetup;
  readonly taskManager: TaskManagerSetupContract;
}

export interface StartDependencies {
  readonly actions: ActionsStart;
  readonly cases?: CasesServerStart;
  readonly encryptedSavedObjects: EncryptedSavedObjectsPluginStart;
  readonly security?: SecurityPluginStart;
  readonly spaces?: SpacesPluginStart;
  readonly taskManager: TaskManagerStartContract;
}

export type Core = CoreSetup<StartDependencies>;
