import ReactDOM from 'react-dom';
import { type FC } from 'react';
import { i18n } from '@kbn/i18n';
import type { ExternalReferenceAttachmentViewProps } from '@kbn/cases-plugin/public';
import type { DocViewRenderProps } from '@kbn/unified-doc-viewer-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import type { AlertFlyoutOptions } from '../actions/single/open_alert_flyout';
import type { BulkRequest } from '../actions/bulk/open_bulk_flyout';
import { inServices } from '../connector/in_services';
import { Root } from '../lib/render_root';
import type { Services } from '../lib/services';
import { addCellAction, type UiActions } from './cell_actions';
import { DocViewTab } from './doc_view_tab';
import { logFailure, showLoadFailure } from './failures';
import { RowAction } from './row_action';
import { alertInUrl } from './security_flyout_url';
import { watchTakeActionMenu, type MenuItemProps } from './take_action_menu';
import { TakeActionMenuItem } from './take_action_menu_item';

/**
 * One chunk for what is added to Kibana's own pages: loaded when Security is opened, or a document with an
 * agent in Discover. The flyouts behind it come when they are opened.
 */

const flyouts = () => import('./lazy_flyouts');

/** Opens one of our flyouts for somebody who clicked, and says so when that is not possible. */
const openFrom = (
  { core }: Services,
  open: (loaded: Awaited<ReturnType<typeof flyouts>>) => void
): void => {
  flyouts().then(open).catch(showLoadFailure(core.notifications));
};

const openAlert = (services: Services, context: AlertContext, options?: AlertFlyoutOptions): void =>
  openFrom(services, ({ openAlertFlyout }) => openAlertFlyout(services, context, options));

/** Opens the flyout of hosts that only their names are known of: the person chooses the agent. */
const openHostsOfNames = (services: Services, names: readonly string[]): void =>
  openFrom(services, ({ openHostFinder }) => openHostFinder(services, names));

/** Renders the item into Security's menu; again with other properties, it changes in place. */
const renderMenuItem =
  (services: Services) =>
  (element: HTMLElement, { alert, besideAnother, close, button }: MenuItemProps): (() => void) => {
    ReactDOM.render(
      <Root services={services}>
        <TakeActionMenuItem
          alert={alert}
          besideAnother={besideAnother}
          onSelect={(context, action) => {
            close();
            openAlert(services, context, { action, focusAfter: () => button });
          }}
        />
      </Root>,
      element
    );
    return () => {
      ReactDOM.unmountComponentAtNode(element);
    };
  };

/** Adds what can only be added once Security is there. */
export function startInSecurity(services: Services, uiActions: UiActions | undefined): void {
  watchTakeActionMenu({
    document,
    alertInView: () => alertInUrl(window.location.search),
    render: renderMenuItem(services),
    onFailure: logFailure,
  });
  addCellAction(uiActions, {
    label: i18n.translate('sentineloneResponse.cellAction.label', {
      defaultMessage: 'Show SentinelOne host',
    }),
    onSelect: (hosts) =>
      hosts.kind === 'agents'
        ? openAlert(services, hosts.context)
        : openHostsOfNames(services, hosts.names),
  });
}

/** The icon beside an alert. */
export const rowActionOf =
  (services: Services): FC<{ readonly alert: AlertContext }> =>
  ({ alert }) => <RowAction alert={alert} onSelect={(chosen) => openAlert(services, chosen)} />;

/** Opens what a bulk action needs: the hosts of the chosen alerts. */
export const openBulk = (services: Services, request: BulkRequest): void =>
  openFrom(services, ({ openBulkFlyout }) => openBulkFlyout(services, request));

/** What an action is in a case's activity: the line beside the name of who added it. */
export const caseEventOf = async (services: Services) =>
  inServices<ExternalReferenceAttachmentViewProps>(
    services,
    (await import('./lazy_case_attachment')).CaseEvent
  );

/** What is shown below that line. */
export const caseAttachmentOf = async (services: Services) =>
  inServices<ExternalReferenceAttachmentViewProps>(
    services,
    (await import('./lazy_case_attachment')).CaseAttachmentView
  );

/** Discover's tab. */
export const docViewTabOf = (services: Services): FC<DocViewRenderProps> =>
  inServices<DocViewRenderProps>(services, ({ hit }) => (
    <DocViewTab
      key={hit.id}
      hit={hit}
      onSelect={(context, action) => openAlert(services, context, { action })}
    />
  ));
