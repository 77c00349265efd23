import ReactDOM from 'react-dom';
import { type FC } from 'react';
import type { CellActionExecutionContext } from '@kbn/ui-actions-plugin/public';
import type { DocViewRenderProps } from '@kbn/unified-doc-viewer-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import type { AlertFlyoutOptions } from '../actions/single/alert_flyout';
import type { BulkRequest } from '../actions/bulk/bulk_flyout';
import { withServices, Root } from '../lib/render_root';
import type { Services } from '../lib/services';
import type { CaseViewProps } from './case_view';
import { DocViewTab } from './doc_view_tab';
import { showLoadFailure } from './failures';
import { hostsInCell } from './hosts_in_cell';
import { alertInUrl } from './security_flyout_url';
import { watchTakeActionMenu, type MenuItemProps } from './take_action_menu';
import { TakeActionMenuItem } from './take_action_menu_item';

/**
 * One chunk for the additions to Kibana's pages, loaded when somebody opens one of them: Security's "Take action" menu, a
 * row, bulk or cell action, an action in a case, or a document with an agent in Discover. The flyouts are loaded when
 * they are opened.
 */

const flyouts = () => import('./lazy_flyouts');

/** Opens one of the plugin's flyouts after a click, or reports in a toast that it could not be loaded. */
const openFrom = (
  { core }: Services,
  open: (loaded: Awaited<ReturnType<typeof flyouts>>) => void
): void => {
  flyouts()
    .then(open)
    .catch(showLoadFailure(() => core.notifications));
};

/** Opens the flyout of an alert. */
export const openAlert = (
  services: Services,
  context: AlertContext,
  options?: AlertFlyoutOptions
): void => openFrom(services, ({ openAlertFlyout }) => openAlertFlyout(services, context, options));

/** Opens the flyout for hosts of which only the names are known, in which the user chooses the agent. */
const openHostsOfNames = (services: Services, names: readonly string[]): void =>
  openFrom(services, ({ openHostFinder }) => openHostFinder(services, names));

/** Renders the item into Security's menu, or updates it with new properties. */
const renderMenuItem =
  (services: Services) =>
  (
    element: HTMLElement,
    { alert, followsBuiltInItem, close, button }: MenuItemProps
  ): (() => void) => {
    ReactDOM.render(
      <Root services={services}>
        <TakeActionMenuItem
          alert={alert}
          followsBuiltInItem={followsBuiltInItem}
          onSelect={(context, action, options) => {
            close();
            openAlert(services, context, { ...options, action, focusAfter: () => button });
          }}
        />
      </Root>,
      element
    );
    return () => {
      ReactDOM.unmountComponentAtNode(element);
    };
  };

/** Adds the items to Security's "Take action" menu, now and when it is opened. */
export function startInMenu(services: Services, opener: Element | null): void {
  const { integrations } = services;
  integrations.register('take_action_menu', () => {
    watchTakeActionMenu({
      document,
      opener,
      alertInView: () => alertInUrl(window.location.search),
      render: renderMenuItem(services),
      onFailure: (error) => integrations.failed('take_action_menu', error),
    });
  });
}

/** Opens the hosts in a cell of Security's pages. */
export function openCell(services: Services, cell: CellActionExecutionContext): void {
  const hosts = hostsInCell(cell);
  if (hosts?.kind === 'agents') openAlert(services, hosts.context);
  else if (hosts?.kind === 'names') openHostsOfNames(services, hosts.names);
}

/** Opens the flyout of a bulk action with the hosts of the selected alerts. */
export const openBulk = (services: Services, request: BulkRequest): void =>
  openFrom(services, ({ openBulkFlyout }) => openBulkFlyout(services, request));

/** The text of an action in a case's activity. */
export const caseEventOf = async (services: Services) =>
  withServices<CaseViewProps>(services, (await import('./case_attachment')).CaseEvent);

/** The details of an action in a case. */
export const caseAttachmentOf = async (services: Services) =>
  withServices<CaseViewProps>(services, (await import('./case_attachment')).CaseAttachmentView);

/** The tab in Discover. */
export const docViewTabOf = (services: Services): FC<DocViewRenderProps> =>
  withServices<DocViewRenderProps>(services, ({ hit }) => (
    <DocViewTab
      key={hit.id}
      hit={hit}
      onSelect={(context, action) => openAlert(services, context, { action })}
    />
  ));
