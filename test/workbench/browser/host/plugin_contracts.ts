import type { CoreStart } from '@kbn/core/public';
import type {
  AlertTableConfigRegistry,
  AnyActionTypeModel,
  TypeRegistry,
} from '@kbn/triggers-actions-ui-plugin/public';
import type { manifest as Manifest } from 'workbench:manifest';
import { notInTheWorkbench, onlyThese } from '../../not_in_the_workbench';
import type { PageMetadata } from '../../http/pages';
import { createAttachmentRegistry, type AttachmentRegistry } from './cases/attachment_registry';
import { addConnectorFlyout } from './connectors/add_connector_flyout';
import { editConnectorFlyout } from './connectors/open_edit_flyout';
import { createDocViewer } from './plugins/doc_viewer';
import { createTypeRegistry } from './plugins/type_registry';
import { createUiActions } from './plugins/ui_actions';

interface PluginContracts {
  readonly actionTypeRegistry: TypeRegistry<AnyActionTypeModel>;
  /** Undefined where plugins cannot extend Security's tables. */
  readonly alertsTableConfigurationRegistry: AlertTableConfigRegistry | undefined;
  readonly attachments: AttachmentRegistry;
  /** What a plugin with this manifest is given, as Kibana picks it. */
  of(manifest: typeof Manifest): Readonly<Record<string, object>>;
}

/** Plugins that are there without anything that a browser's side could use. */
const EMPTY = ['actions', 'features', 'licensing', 'security', 'spaces'];
/** Plugins without a browser's side: Kibana hands on nothing of them there, required or not. */
const SERVER_ONLY = ['encryptedSavedObjects', 'eventLog', 'taskManager'];

export function createPluginContracts(
  { browser, caseRegistries }: PageMetadata['kibana'],
  coreStart: () => CoreStart
): PluginContracts {
  const triggersActionsUi = 'plugins.triggersActionsUi';
  const actionTypeRegistry = createTypeRegistry<AnyActionTypeModel>(
    `${triggersActionsUi}.actionTypeRegistry`
  );
  const tables = `${triggersActionsUi}.alertsTableConfigurationRegistry`;
  const alertsTableConfigurationRegistry = browser.alertsTableRegistry
    ? (createTypeRegistry(tables) as AlertTableConfigRegistry)
    : undefined;
  const attachments = createAttachmentRegistry(caseRegistries);
  const contracts: Readonly<Record<string, object>> = {
    ...Object.fromEntries(EMPTY.map((id) => [id, onlyThese(`plugins.${id}`, {})])),
    cases: attachments.setup,
    triggersActionsUi: onlyThese(triggersActionsUi, {
      actionTypeRegistry,
      alertsTableConfigurationRegistry,
      getAddConnectorFlyout: addConnectorFlyout(coreStart, actionTypeRegistry),
      getEditConnectorFlyout: editConnectorFlyout(coreStart, actionTypeRegistry),
    }),
    uiActions: createUiActions(browser.asyncUiActions),
    unifiedDocViewer: createDocViewer(browser.docViewer),
  };
  return {
    actionTypeRegistry,
    alertsTableConfigurationRegistry,
    attachments,
    of({ requiredPlugins, optionalPlugins }) {
      const required = requiredPlugins
        .filter((id) => !SERVER_ONLY.includes(id))
        .map((id) => [id, contracts[id] ?? notInTheWorkbench(`plugin ${id}, which is required`)]);
      const optional = optionalPlugins.flatMap((id) =>
        contracts[id] === undefined ? [] : [[id, contracts[id]]]
      );
      return Object.fromEntries([...required, ...optional]) as Record<string, object>;
    },
  };
}
