import ReactDOM from 'react-dom';
import { type FC } from 'react';
import { EuiButtonIcon, EuiToolTip } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { DocViewRenderProps } from '@kbn/unified-doc-viewer-plugin/public';
import type { AlertContext } from '../../common/hosts/alert';
import type { AlertFlyoutOptions } from '../actions/single/alert_flyout';
import type { BulkRequest } from '../actions/bulk/bulk_flyout';
import { withServices, Root } from '../lib/render_root';
import type { Services } from '../lib/services';
import type { CaseViewProps } from './case_view';
import { addCellAction, type UiActions } from './cell_actions';
import { DocViewTab } from './doc_view_tab';
import { showLoadFailure } from './failures';
import { alertInUrl } from './security_flyout_url';
import { watchTakeActionMenu, type MenuItemProps } from './take_action_menu';
import { TakeActionMenuItem } from './take_action_menu_item';

/**
 * One chunk for the additions to Kibana's pages, loaded when Security or a document with an agent in Discover is opened.
 * The flyouts are loaded when they are opened.
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

const openAlert = (services: Services, context: AlertContext, options?: AlertFlyoutOptions): void =>
  openFrom(services, ({ openAlertFlyout }) => openAlertFlyout(services, context, options));

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

/** Adds the additions that require Security's app to be open. */
export function startInSecurity(services: Services, uiActions: UiActions | undefined): void {
  const { integrations } = services;
  integrations.register('take_action_menu', () => {
    watchTakeActionMenu({
      document,
      alertInView: () => alertInUrl(window.location.search),
      render: renderMenuItem(services),
      onFailure: (error) => integrations.failed('take_action_menu', error),
    });
  });
  integrations.register('cell_actions', () =>
    addCellAction(uiActions, {
      label: i18n.translate('sentineloneResponse.cellAction.label', {
        defaultMessage: 'Show SentinelOne host',
      }),
      onSelect: (hosts) =>
        hosts.kind === 'agents'
          ? openAlert(services, hosts.context)
          : openHostsOfNames(services, hosts.names),
    })
  );
}

/** The icon in the rows of Security's alerts tables. A row does not contain the alert's host, which the flyout finds. */
const RowAction: FC<{
  readonly alert: AlertContext;
  readonly onSelect: (alert: AlertContext) => void;
}> = ({ alert, onSelect }) => {
  const label = i18n.translate('sentineloneResponse.rowAction.label', {
    defaultMessage: 'Show SentinelOne host',
  });
  return (
    <div css={{ width: 28, display: 'flex', alignItems: 'center', justifyContent: 'center' }}>
      <EuiToolTip content={label}>
        <EuiButtonIcon
          iconType="lock"
          size="s"
          aria-label={label}
          data-test-subj="sentineloneResponseRowAction"
          onClick={() => onSelect(alert)}
        />
      </EuiToolTip>
    </div>
  );
};

/** The same icon, with the flyout that it opens. */
export const rowActionOf =
  (services: Services): FC<{ readonly alert: AlertContext }> =>
  ({ alert }) => <RowAction alert={alert} onSelect={(chosen) => openAlert(services, chosen)} />;

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
