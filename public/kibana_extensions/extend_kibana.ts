import type { ComponentType, FC } from 'react';
import type { CasesPublicSetup } from '@kbn/cases-plugin/public';
import type { CoreStart, NotificationsSetup } from '@kbn/core/public';
import { i18n } from '@kbn/i18n';
import type { TriggersAndActionsUIPublicPluginSetup } from '@kbn/triggers-actions-ui-plugin/public';
import type { UiActionsSetup } from '@kbn/ui-actions-plugin/public';
import type { UnifiedDocViewerSetup } from '@kbn/unified-doc-viewer-plugin/public';
import {
  CASE_ATTACHMENT_TYPE_ID,
  PLUGIN_ID,
  PLUGIN_NAME,
  UI_CAPABILITY_VIEW,
} from '../../common/lib/constants';
import { BULK_LABELS } from '../../common/actions/bulk_labels';
import type { ActionName } from '../../common/actions/action_name';
import type { Services } from '../lib/services';
import { extendAlertsTables, type BulkItem } from './alerts_table';
import { addDocViewerTab } from './doc_viewer';
import { attempt, showLoadFailure } from './failures';
import { lazyWithErrorBoundary } from './lazy_with_error_boundary';
import { whenSecurityOpens } from './security_app';

/** Plugins into whose pages ours adds something; each may be absent. */
export interface HostPlugins {
  readonly cases?: CasesPublicSetup;
  readonly triggersActionsUi?: TriggersAndActionsUIPublicPluginSetup;
  readonly uiActions?: UiActionsSetup;
  readonly unifiedDocViewer?: UnifiedDocViewerSetup;
}

const parts = () => import('./lazy_parts');
type Parts = Awaited<ReturnType<typeof parts>>;
type ComponentName = 'rowActionOf' | 'docViewTabOf' | 'caseEventOf' | 'caseAttachmentOf';
type PropsOf<Name extends ComponentName> =
  Awaited<ReturnType<Parts[Name]>> extends FC<infer Props extends object> ? Props : never;

/** Of a computer: releasing and isolating alike. */
const CASE_ICON = 'compute';

/**
 * Adds our actions to Kibana's own pages, each where what it needs is there, and for people who may see
 * hosts. Returns what to do at the start. Loaded with every page, so it only leaves hooks behind.
 */
export function extendKibana(
  { cases, triggersActionsUi, uiActions, unifiedDocViewer }: HostPlugins,
  services: () => Promise<Services>,
  notifications: NotificationsSetup
): (start: CoreStart) => void {
  let mayView = false;
  const isOffered = () => mayView;
  // For what somebody has clicked; nobody has for what a page shows by itself.
  const onNotLoaded = showLoadFailure(notifications);
  const part = <Name extends ComponentName>(name: Name, onFailure?: typeof onNotLoaded) =>
    lazyWithErrorBoundary(
      async () =>
        // Each of these makes a component of the services; which one, only its name says.
        (await parts())[name](await services()) as unknown as ComponentType<PropsOf<Name>>,
      onFailure
    );
  const bulkItem = (action: ActionName, label: string): BulkItem => ({
    key: `${PLUGIN_ID}Bulk-${action}`,
    label,
    disabledLabel: i18n.translate('sentineloneResponse.bulk.notOnQuery', {
      defaultMessage: '{label}: select alerts one by one',
      values: { label },
    }),
    onSelect: (alertIds) => {
      parts()
        .then(async ({ openBulk }) => openBulk(await services(), { action, alertIds }))
        .catch(onNotLoaded);
    },
  });
  extendAlertsTables(triggersActionsUi?.alertsTableConfigurationRegistry, {
    isOffered,
    // Of the table itself: the list of actions beside its codec would bring io-ts into this bundle.
    bulkItems: (Object.keys(BULK_LABELS) as ActionName[]).map((action) =>
      bulkItem(action, BULK_LABELS[action]())
    ),
    RowAction: part('rowActionOf'),
  });
  addDocViewerTab(unifiedDocViewer, {
    isOffered,
    Tab: part('docViewTabOf', onNotLoaded),
  });
  // Called, it returns an element: it has no hooks of its own.
  const Event = part('caseEventOf');
  const children = part('caseAttachmentOf');
  attempt(() =>
    // Whoever may see the case sees that something was done; what became of it is for those who may see hosts.
    cases?.attachmentFramework.registerExternalReference({
      id: CASE_ATTACHMENT_TYPE_ID,
      icon: CASE_ICON,
      displayName: PLUGIN_NAME,
      getAttachmentViewObject: (props) => ({
        event: Event(props),
        timelineAvatar: CASE_ICON,
        children,
      }),
    })
  );
  return ({ application }) => {
    mayView = Boolean(application.capabilities[PLUGIN_ID]?.[UI_CAPABILITY_VIEW]);
    if (!mayView) return;
    whenSecurityOpens(application, async () =>
      (await parts()).startInSecurity(await services(), uiActions)
    );
  };
}
