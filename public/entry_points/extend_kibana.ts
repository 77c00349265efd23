import type { CoreStart } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import type { UiActionsSetup } from '@kbn/ui-actions-plugin/public';
import type { UnifiedDocViewerSetup } from '@kbn/unified-doc-viewer-plugin/public';
import { PLUGIN_ID, UI_CAPABILITY_VIEW } from '../../common/constants';
import type { ActionName } from '../../common/outcome';
import type { Services } from '../services';
import { extendAlertsTables, type BulkItem } from './alerts_table';
import { addDocViewerTab } from './doc_viewer';
import { noteFailure } from './failures';
import { guarded } from './guarded';
import { whenSecurityOpens } from './security_app';

/** Plugins into whose pages ours adds something; each may be absent. */
export interface HostPlugins {
  readonly triggersActionsUi?: TriggersAndActionsUIPublicPluginSetup;
  readonly uiActions?: UiActionsSetup;
  readonly unifiedDocViewer?: UnifiedDocViewerSetup;
}

/** What is loaded when a page or flyout of ours is opened. */
type Pages = () => Promise<typeof import('../lazy_parts')>;

const parts = () => import('./lazy_parts');

const bulkItem = (
  action: ActionName,
  label: string,
  services: () => Promise<Services>,
  pages: Pages
): BulkItem => ({
  key: `sentineloneResponseBulk-${action}`,
  label,
  disabledLabel: i18n.translate('sentineloneResponse.bulk.notOnQuery', {
    defaultMessage: '{label}: select alerts one by one',
    values: { label },
  }),
  onSelect: (alertIds) => {
    Promise.all([pages(), services()])
      .then(([{ openBulkFlyout }, given]) => openBulkFlyout(given, { action, alertIds }))
      .catch(noteFailure);
  },
});

/**
 * Adds our actions to Kibana's own pages, each where what it needs is there, and for people who may see
 * hosts. Returns what to do at the start. Loaded with every page, so it only leaves hooks behind.
 */
export function extendKibana(
  { triggersActionsUi, uiActions, unifiedDocViewer }: HostPlugins,
  services: () => Promise<Services>,
  pages: Pages
): (start: CoreStart) => void {
  let mayView = false;
  const isOffered = () => mayView;
  extendAlertsTables(triggersActionsUi?.alertsTableConfigurationRegistry, {
    isOffered,
    bulkItems: [
      bulkItem(
        'isolate',
        i18n.translate('sentineloneResponse.bulk.isolate', {
          defaultMessage: 'Isolate SentinelOne hosts',
        }),
        services,
        pages
      ),
      bulkItem(
        'release',
        i18n.translate('sentineloneResponse.bulk.release', {
          defaultMessage: 'Release SentinelOne hosts',
        }),
        services,
        pages
      ),
    ],
    RowAction: guarded(async () => (await parts()).rowActionOf(await services())),
  });
  addDocViewerTab(unifiedDocViewer, {
    isOffered,
    Tab: guarded(async () => (await parts()).docViewTabOf(await services())),
  });
  return ({ application }) => {
    mayView = application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY_VIEW] === true;
    if (!mayView) return;
    whenSecurityOpens(application, async () =>
      (await parts()).startInSecurity(await services(), uiActions)
    );
  };
}
