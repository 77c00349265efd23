import type { ComponentType, FC } from 'react';
import type { CasesPublicSetup } from '@kbn/cases-plugin/public';
import type { CoreStart, NotificationsSetup } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import type { UiActionsSetup } from '@kbn/ui-actions-plugin/public';
import type { UnifiedDocViewerSetup } from '@kbn/unified-doc-viewer-plugin/public';
import { PLUGIN_ID, UI_CAPABILITY_VIEW } from '../../common/lib/constants';
import { BULK_LABELS } from '../../common/actions/bulk_labels';
import type { ActionName } from '../../common/actions/action_name';
import type { BrowserIntegrations } from '../lib/browser_integrations';
import type { Services } from '../lib/services';
import type { ViewQuestion } from '../../common/api/view';
import { extendAlertsTables, type BulkItem } from './alerts_table';
import { addDocViewerTab } from './doc_viewer';
import { registerCaseView } from './case_view';
import { addCellAction } from './cell_actions';
import { showLoadFailure } from './failures';
import { lazyWithErrorBoundary } from './lazy_with_error_boundary';
import { rowAction } from './row_action';
import { whenMenuOpens } from './when_menu_opens';

/** Plugins whose pages are extended. Each may be absent. */
export interface HostPlugins {
  readonly cases?: CasesPublicSetup;
  readonly triggersActionsUi?: TriggersAndActionsUIPublicPluginSetup;
  readonly uiActions?: UiActionsSetup;
  readonly unifiedDocViewer?: UnifiedDocViewerSetup;
}

const parts = () => import('./lazy_parts');
/** Also contains the app. */
export const flyouts = () => import('./lazy_flyouts');
type Parts = Awaited<ReturnType<typeof parts>>;
type ComponentName = 'docViewTabOf' | 'caseEventOf' | 'caseAttachmentOf';
type PropsOf<Name extends ComponentName> =
  Awaited<ReturnType<Parts[Name]>> extends FC<infer Props extends object> ? Props : never;

/** Loads a chunk and the services at once, and passes both to `use`. */
export type Load<Result = Promise<unknown>> = <Chunk>(
  chunk: () => Promise<Chunk>,
  use: (loaded: Chunk, services: Services) => unknown
) => Result;

/**
 * Adds the plugin's actions to Kibana's pages, if the page supports it, for users with the privilege to view hosts.
 * `ask` asks for what a flyout needs, while its code is loaded. Returns a function to call when Kibana starts. Loaded with
 * every page, so it registers only what loads the rest on demand. Each addition is registered separately; neither this
 * function nor the returned one throws.
 */
export function extendKibana(
  { cases, triggersActionsUi, uiActions, unifiedDocViewer }: HostPlugins,
  load: Load,
  ask: (question: ViewQuestion) => void,
  notifications: () => NotificationsSetup,
  integrations: BrowserIntegrations
): (start: CoreStart) => void {
  let mayView = false;
  const isOffered = () => mayView;
  // A toast is shown only for parts that the user opened by a click, not for parts that a page shows automatically.
  const onNotLoaded = showLoadFailure(notifications);
  const part = <Name extends ComponentName>(name: Name, onFailure?: typeof onNotLoaded) =>
    lazyWithErrorBoundary(
      () =>
        // TypeScript cannot infer the component's properties from the name.
        load(parts, (loaded, services) => loaded[name](services)) as unknown as Promise<
          ComponentType<PropsOf<Name>>
        >,
      onFailure
    );
  /** After a click. */
  const open: Load<void> = (chunk, show) => {
    load(chunk, show).catch(onNotLoaded);
  };
  const bulkItem = (action: ActionName, label: string): BulkItem => ({
    key: `${PLUGIN_ID}Bulk-${action}`,
    label,
    disabledLabel: i18n.translate('sentineloneResponse.bulk.notOnQuery', {
      defaultMessage: '{label}: select alerts one by one',
      values: { label },
    }),
    onSelect: (alertIds) =>
      open(flyouts, ({ openBulkFlyout }, given) => openBulkFlyout(given, { action, alertIds })),
  });
  const label = i18n.translate('sentineloneResponse.showHost', {
    defaultMessage: 'Show SentinelOne host',
  });
  integrations.register('alerts_table', () =>
    extendAlertsTables(triggersActionsUi?.alertsTableConfigurationRegistry, {
      isOffered,
      // The keys of the table, because the list of actions would add io-ts to this bundle.
      bulkItems: (Object.keys(BULK_LABELS) as ActionName[]).map((action) =>
        bulkItem(action, BULK_LABELS[action]())
      ),
      RowAction: rowAction(label, (alert) => {
        ask({ alertId: alert.alertId });
        open(flyouts, ({ openAlertFlyout }, given) => openAlertFlyout(given, alert));
      }),
    })
  );
  integrations.register('doc_viewer', () =>
    addDocViewerTab(unifiedDocViewer, { isOffered, Tab: part('docViewTabOf', onNotLoaded) })
  );
  integrations.register('case_view', () =>
    registerCaseView(
      cases?.attachmentFramework,
      integrations,
      part('caseEventOf'),
      part('caseAttachmentOf')
    )
  );
  return ({ application }) => {
    integrations.register('take_action_menu', () => {
      mayView = Boolean(application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY_VIEW]);
      if (mayView)
        whenMenuOpens((button) =>
          load(parts, ({ startInMenu }, services) => startInMenu(services, button))
        );
    });
    integrations.register('cell_actions', () =>
      addCellAction(mayView && uiActions, label, (cell) =>
        open(parts, ({ openCell }, given) => openCell(given, cell))
      )
    );
  };
}
