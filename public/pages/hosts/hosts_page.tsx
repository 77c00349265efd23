import { useMemo, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiButtonGroup,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyout,
  EuiPageTemplate,
  EuiSpacer,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useHistory, useLocation } from 'react-router-dom';
import type { Agent } from '../../../common/hosts/agent';
import { LIMITS, PLUGIN_ID } from '../../../common/lib/constants';
import { maxHostsOf, useMayAct } from '../../actions/bulk/bulk_bar';
import { OwnFailuresCallout } from '../../actions/own_failures_callout';
import { AlertFlyoutContent } from '../../actions/single/alert_flyout';
import { RequestsTable } from '../../approvals/requests_table';
import { useAppTabs } from '../../components/app_tabs';
import { ExportButton } from '../../components/export_button';
import { ShortScreenStyle } from '../../components/responsive_styles';
import { useConnection } from '../../host_status/use_connection';
import {
  HOST_VIEWS,
  HOSTS_KEY,
  HOSTS_ROUTE,
  isolatedFilterOf,
  isolatedQueryOf,
  readHostsState,
  writeHostsState,
  type HostsState,
  type HostView,
} from '../../lib/hosts_state';
import { useServices } from '../../lib/services';
import { type SelectionRules, useSelection } from '../../lib/selection';
import { refreshRequests } from '../../lib/use_approval_requests';
import { useFirstAnswers } from '../../lib/use_first_answers';
import { usePageTitle } from '../../lib/use_page_title';
import { ConnectionCallout, NoConnectorPrompt } from '../alerts/setup_prompt';
import { TokenCallout } from '../setup/tokens_step';
import { AllView } from './all_view';
import { Figures, type HostsViewProps } from './hosts_bar';
import { HostAlerts } from './host_alerts';
import { IsolatedView } from './isolated_view';
import { useAllHosts, useIsolatedHosts } from './use_hosts';

const VIEW_LABEL: Readonly<Record<HostView, () => string>> = {
  isolated: () =>
    i18n.translate('sentineloneResponse.hosts.isolatedNow', { defaultMessage: 'Isolated now' }),
  all: () => i18n.translate('sentineloneResponse.hosts.all', { defaultMessage: 'All hosts' }),
  approval: () =>
    i18n.translate('sentineloneResponse.hosts.awaitingApproval', {
      defaultMessage: 'Awaiting approval',
    }),
};

/** Rules for a selection of hosts that fit into one action of `maxHosts` hosts. */
const selectionRules = (maxHosts: number): SelectionRules<Agent> => ({
  idOf: ({ id }) => id,
  hostCountOf: (agents) => new Set(agents.map(({ id }) => id)).size,
  maxHosts,
  maxRows: LIMITS.hostsPerAction,
});

/** The cursors of the previous pages. They are in the browser's history state, because they are too long for a URL. */
function cursorsIn(state: unknown): readonly string[] {
  const { cursors } = (state ?? {}) as { readonly cursors?: unknown };
  return Array.isArray(cursors) ? cursors.filter((one) => typeof one === 'string') : [];
}

/** The view of isolated hosts, with their numbers. */
const Isolated: FC<HostsViewProps & { readonly views: JSX.Element }> = ({ views, ...props }) => {
  const list = useIsolatedHosts(props.state);
  return (
    <>
      <EuiFlexGroup alignItems="center" gutterSize="l" wrap responsive={false}>
        <EuiFlexItem grow={false}>{views}</EuiFlexItem>
        {list.page === undefined ? null : (
          <EuiFlexItem grow={false}>
            <Figures figures={list.page.figures} onOpen={(host) => props.onChange({ host })} />
          </EuiFlexItem>
        )}
      </EuiFlexGroup>
      <EuiSpacer size="xs" />
      <IsolatedView {...props} list={list} />
    </>
  );
};

/** The view of all hosts. */
const All: FC<HostsViewProps & { readonly views: JSX.Element }> = ({ views, ...props }) => {
  const history = useHistory();
  const location = useLocation();
  const cursors = cursorsIn(location.state);
  const list = useAllHosts(props.state, cursors.at(-1));
  const goTo = (next: readonly string[]) => history.push({ ...location, state: { cursors: next } });
  const cursor = list.page?.cursor;
  return (
    <>
      {views}
      <EuiSpacer size="xs" />
      <AllView
        {...props}
        list={list}
        pages={{
          number: cursors.length + 1,
          ...(cursors.length === 0 ? {} : { previous: () => goTo(cursors.slice(0, -1)) }),
          ...(cursor == null || list.isOld ? {} : { next: () => goTo([...cursors, cursor]) }),
        }}
      />
    </>
  );
};

/** The view of requests that await approval. */
const Approval: FC<{ readonly views: JSX.Element }> = ({ views }) => (
  <>
    {views}
    <EuiSpacer size="s" />
    <RequestsTable />
  </>
);

const VIEW: Readonly<Record<HostView, FC<HostsViewProps & { readonly views: JSX.Element }>>> = {
  isolated: Isolated,
  all: All,
  approval: Approval,
};

/** The hosts that are isolated now, all hosts of the tenant, and the flyout of the host in the page's URL. */
export const HostsPage: FC = () => {
  const { api, core, queryClient } = useServices();
  const history = useHistory();
  const location = useLocation();
  const tabs = useAppTabs('hosts');
  const titleId = useGeneratedHtmlId();
  const state = readHostsState(location.search);
  const title = i18n.translate('sentineloneResponse.hosts.title', { defaultMessage: 'Hosts' });
  usePageTitle(title);
  useFirstAnswers(state.view === 'isolated' ? { isolated: isolatedQueryOf(state) } : {});
  const connection = useConnection();
  const mayAct = useMayAct();
  const maxHosts = maxHostsOf(connection);
  const selection = useSelection(useMemo(() => selectionRules(maxHosts), [maxHosts]));
  const isNone = connection !== undefined && 'state' in connection && connection.state === 'none';
  const hasConnector =
    connection !== undefined && 'state' in connection && connection.state === 'one';

  const change = (next: Partial<HostsState>) => {
    // The other view has other filters.
    const before =
      next.view === undefined || next.view === state.view ? state : { host: state.host };
    history.push({
      pathname: location.pathname,
      search: writeHostsState({ ...before, ...next }),
      // Opening a host does not lead to the first page.
      ...('host' in next ? { state: location.state } : {}),
    });
  };
  const props: HostsViewProps = {
    state,
    selection: mayAct ? selection : undefined,
    connection,
    onChange: change,
    hrefOf: ({ id }) =>
      core.application.getUrlForApp(PLUGIN_ID, {
        path: `${HOSTS_ROUTE}${writeHostsState({ ...state, host: id })}`,
      }),
    onOpen: ({ id }) => change({ host: id }),
  };
  const View = VIEW[state.view];
  const viewId = (view: HostView) => `sentineloneResponseHosts-${view}`;
  const views = (
    <EuiButtonGroup
      legend={i18n.translate('sentineloneResponse.hosts.views', { defaultMessage: 'Show hosts' })}
      idSelected={viewId(state.view)}
      options={HOST_VIEWS.map((view) => ({ id: viewId(view), label: VIEW_LABEL[view]() }))}
      onChange={(id) => change({ view: HOST_VIEWS.find((view) => viewId(view) === id) })}
    />
  );

  return (
    <EuiPageTemplate restrictWidth={false} grow offset={0} paddingSize="m">
      <EuiPageTemplate.Header
        tabs={tabs}
        rightSideItems={[
          ...(state.view === 'isolated'
            ? [
                <ExportButton
                  key="export"
                  name="sentinelone-isolated-hosts"
                  read={() => api.isolatedHostsCsv(isolatedFilterOf(state))}
                  isDisabled={!hasConnector}
                />,
              ]
            : []),
          <EuiButtonEmpty
            key="refresh"
            iconType="refresh"
            isDisabled={!hasConnector}
            onClick={() => {
              void queryClient.refetchQueries({ queryKey: [HOSTS_KEY], type: 'active' });
              void refreshRequests(queryClient);
            }}
          >
            {i18n.translate('sentineloneResponse.hosts.refresh', { defaultMessage: 'Refresh' })}
          </EuiButtonEmpty>,
        ]}
      />
      <EuiPageTemplate.Section>
        {isNone ? (
          <NoConnectorPrompt />
        ) : (
          <>
            <ConnectionCallout connection={connection} />
            <OwnFailuresCallout />
            {hasConnector ? (
              <>
                <TokenCallout />
                <View {...props} views={views} />
              </>
            ) : null}
          </>
        )}
      </EuiPageTemplate.Section>
      {state.host === undefined ? null : (
        <EuiFlyout
          size="m"
          ownFocus
          aria-labelledby={titleId}
          onClose={() => change({ host: undefined })}
          data-test-subj="sentineloneResponseHostFlyout"
        >
          <ShortScreenStyle />
          <AlertFlyoutContent
            key={state.host}
            context={{ agentId: state.host }}
            titleId={titleId}
            onClose={() => change({ host: undefined })}
            more={(agent) => <HostAlerts agent={agent} />}
          />
        </EuiFlyout>
      )}
    </EuiPageTemplate>
  );
};
