import { useCallback, useMemo, type FC } from 'react';
import {
  EuiButtonEmpty,
  EuiFlexGroup,
  EuiFlexItem,
  EuiFlyout,
  EuiPageTemplate,
  EuiSpacer,
  EuiText,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { useQuery } from '@tanstack/react-query';
import { useHistory, useLocation, useRouteMatch } from 'react-router-dom';
import { REASON_CATALOG } from '../../../common/actions/reasons';
import { LIMITS, PLUGIN_ID, SECOND } from '../../../common/lib/constants';
import { referencesOfAlerts } from '../../../common/hosts/host_identity';
import type { AlertSummary } from '../../../common/hosts/alert';
import type { AlertsPage as AlertsPageData } from '../../../common/api/routes';
import { OwnFailuresCallout } from '../../actions/own_failures_callout';
import { AlertFlyoutContent } from '../../actions/single/alert_flyout';
import { useFirstAnswers } from '../../lib/use_first_answers';
import { useLastError } from '../../lib/use_last_error';
import { ShortScreenStyle } from '../../components/responsive_styles';
import { useConnection } from '../../host_status/use_connection';
import { StatusProblem } from '../../host_status/status_problem';
import { useHostsStatus } from '../../host_status/use_hosts_status';
import { useServices } from '../../lib/services';
import { useAppTabs } from '../../components/app_tabs';
import { BulkBar, maxHostsOf, useMayAct } from '../../actions/bulk/bulk_bar';
import { openBulkFlyout } from '../../actions/bulk/bulk_flyout';
import { TokenCallout } from '../setup/tokens_step';
import { usePageTitle } from '../../lib/use_page_title';
import { AlertsSearchBar, NewerAlerts } from './alerts_search_bar';
import { AlertsTable } from './alerts_table';
import { NoAlertsPrompt, EMPTY_REFETCH_INTERVAL } from './no_alerts_prompt';
import {
  alertsQueryOf,
  isFiltered,
  NO_FILTER,
  readPageState,
  writePageState,
  type PageState,
} from '../../lib/page_state';
import { ALL_TIME } from '../../lib/time_range';
import { ColumnChooser, useShownColumns } from './shown_columns';
import { selectedAlertsText, totalText, useSelectedAlerts } from './selected_alerts';
import {
  AlertsProblem,
  ConnectionCallout,
  NoConnectorPrompt,
  NothingMatchesPrompt,
} from './setup_prompt';

const alertRoute = (alertId: string): string => `/alerts/${encodeURIComponent(alertId)}`;
const LIST_ROUTE = '/';

/** The alert in the page's URL. A malformed URL identifies an alert that does not exist. */
function alertIdIn(param: string | undefined): string | undefined {
  if (param === undefined) return undefined;
  try {
    return decodeURIComponent(param);
  } catch {
    return param;
  }
}

/** The alerts, and the flyout of the alert in the page's URL. */
export const AlertsPage: FC = () => {
  const services = useServices();
  const { core, api } = services;
  const history = useHistory();
  const location = useLocation();
  const match = useRouteMatch<{ alertId: string }>('/alerts/:alertId');
  const alertId = alertIdIn(match?.params.alertId);
  const titleId = useGeneratedHtmlId();
  const tabs = useAppTabs('alerts');
  const { search } = location;
  const state = useMemo(() => readPageState(search), [search]);

  const title = i18n.translate('sentineloneResponse.alerts.title', { defaultMessage: 'Alerts' });
  usePageTitle(title);

  // What the table gets stays the same, so that it renders again only when it shows something else.
  const show = useCallback(
    (id: string | undefined) =>
      history.push({ pathname: id === undefined ? LIST_ROUTE : alertRoute(id), search }),
    [history, search]
  );
  const open = useCallback(({ id }: AlertSummary) => show(id), [show]);
  const hrefOf = useCallback(
    ({ id }: AlertSummary) =>
      core.application.getUrlForApp(PLUGIN_ID, { path: `${alertRoute(id)}${search}` }),
    [core, search]
  );

  const columns = useShownColumns();
  const connection = useConnection();
  const { refresh, ...shownState } = state;
  const queryKey = ['sentineloneResponse.alerts', shownState];
  const alerts = useQuery<AlertsPageData>({
    queryKey,
    queryFn: ({ signal }) => api.alerts(alertsQueryOf(state, Date.now()), signal),
    keepPreviousData: true,
    refetchInterval: (data) =>
      refresh !== undefined
        ? refresh * SECOND
        : // The first alert appears without a refresh by the user.
          data?.total === 0
          ? EMPTY_REFETCH_INTERVAL
          : false,
    refetchIntervalInBackground: false,
  });
  useFirstAnswers({ alerts: alertsQueryOf(state, Date.now()) });
  const selection = useSelectedAlerts(maxHostsOf(connection));
  const mayAct = useMayAct();
  const alertsError = useLastError(queryKey, alerts);
  const references = useMemo(() => referencesOfAlerts(alerts.data?.alerts ?? []), [alerts.data]);
  const hasConnector =
    connection !== undefined && 'state' in connection && connection.state === 'one';
  const live = useHostsStatus(references, { enabled: hasConnector });
  // The status query may report this before the connectors are read again.
  const reason = live.problem?.reason;
  const cannotAsk = reason !== undefined && REASON_CATALOG[reason].concerns === 'connectors';
  const canAsk = (hasConnector || connection === undefined) && !cannotAsk;

  const isEmpty = alerts.data?.total === 0 && alerts.data.hasOthers !== true;
  const hasNone = connection !== undefined && 'state' in connection && connection.state === 'none';
  const total = alerts.data?.total ?? 0;
  const isListed = (alerts.data?.alerts ?? []).length > 0;
  const isBeyondEnd = total > 0 && (state.page - 1) * state.perPage >= total;
  const { pathname } = location;
  const change = useCallback(
    (next: Partial<PageState>) => {
      const target = { pathname, search: writePageState({ ...state, ...next }) };
      // The table changes to the last page automatically. The back button must not lead to the page before, because the
      // table would change it again.
      if (isBeyondEnd) history.replace(target);
      else history.push(target);
    },
    [history, isBeyondEnd, pathname, state]
  );
  const changeRefresh = useCallback(
    (seconds: number | undefined) =>
      history.replace({ pathname, search: writePageState({ ...state, refresh: seconds }) }),
    [history, pathname, state]
  );
  const selected = alerts.data?.alerts.find(({ id }) => id === alertId);

  return (
    <EuiPageTemplate restrictWidth={false} grow offset={0} paddingSize="m">
      <EuiPageTemplate.Header
        tabs={tabs}
        rightSideItems={[
          <EuiButtonEmpty
            key="refresh"
            iconType="refresh"
            isLoading={alerts.isFetching}
            onClick={() => {
              void alerts.refetch();
              if (hasConnector) live.refresh();
            }}
          >
            {i18n.translate('sentineloneResponse.alerts.refresh', { defaultMessage: 'Refresh' })}
          </EuiButtonEmpty>,
        ]}
      />
      <EuiPageTemplate.Section>
        {isEmpty && hasNone ? (
          <NoConnectorPrompt />
        ) : (
          <>
            <ConnectionCallout connection={connection} />
            <OwnFailuresCallout />
            {hasConnector ? <TokenCallout /> : null}
            {hasConnector ? (
              <StatusProblem
                source={canAsk ? live : { ...live, asOf: undefined }}
                title={i18n.translate('sentineloneResponse.alerts.statusUnavailable', {
                  defaultMessage: 'The network status of the hosts is not available',
                })}
                advice={i18n.translate('sentineloneResponse.alerts.slowAdvice', {
                  defaultMessage:
                    'You can open an alert and act on its host before its network status is known.',
                })}
              />
            ) : null}
            <AlertsSearchBar state={state} onChange={change} onRefreshChange={changeRefresh} />
            <EuiSpacer size="s" />
            {alertsError === null ? null : (
              <>
                <AlertsProblem
                  error={alertsError}
                  onRetry={() => void alerts.refetch()}
                  isRetrying={alerts.isFetching}
                />
                <EuiSpacer size="m" />
              </>
            )}
            {alertsError === null || alerts.data !== undefined ? (
              <>
                {total > LIMITS.resultWindow ? (
                  <EuiText size="xs" color="subdued">
                    <p>
                      {i18n.translate('sentineloneResponse.alerts.tooMany', {
                        defaultMessage:
                          'Showing the first {shown, number} of {total, number} alerts. Search or filter to see others.',
                        values: { shown: LIMITS.resultWindow, total },
                      })}
                    </p>
                  </EuiText>
                ) : null}
                <EuiFlexGroup gutterSize="m" alignItems="center" responsive={false} wrap>
                  <EuiFlexItem>
                    <BulkBar
                      selection={selection}
                      connection={connection}
                      summary={selectedAlertsText(selection.rows.length, selection.hostCount)}
                      total={alerts.data === undefined ? '' : totalText(total)}
                      onSelect={(action) =>
                        openBulkFlyout(services, {
                          action,
                          alertIds: selection.rows.map(({ id }) => id),
                        })
                      }
                    />
                  </EuiFlexItem>
                  {alerts.data === undefined ||
                  alerts.isPreviousData ||
                  total === 0 ||
                  refresh !== undefined ? null : (
                    <EuiFlexItem grow={false}>
                      <NewerAlerts
                        state={state}
                        page={alerts.data}
                        readAt={alerts.dataUpdatedAt}
                        onRefresh={() => void alerts.refetch()}
                      />
                    </EuiFlexItem>
                  )}
                  <EuiFlexItem grow={false}>
                    <ColumnChooser shown={columns} />
                  </EuiFlexItem>
                </EuiFlexGroup>
                <AlertsTable
                  page={alerts.data}
                  isLoading={alerts.isFetching && alerts.isPreviousData}
                  state={state}
                  columns={columns.columns}
                  references={references}
                  hosts={live.hosts}
                  shown={live.shown}
                  hasProblem={live.problem !== undefined}
                  canAsk={canAsk}
                  selection={mayAct ? selection : undefined}
                  noItems={
                    isListed ? undefined : alerts.data === undefined || isBeyondEnd ? (
                      <span>
                        {i18n.translate('sentineloneResponse.alerts.loading', {
                          defaultMessage: 'Loading alerts…',
                        })}
                      </span>
                    ) : isEmpty ? (
                      <NoAlertsPrompt />
                    ) : (
                      <NothingMatchesPrompt
                        onClear={
                          isFiltered(state) ? () => change({ page: 1, ...NO_FILTER }) : undefined
                        }
                        onAllTime={
                          state.from === ALL_TIME && state.to === 'now'
                            ? undefined
                            : () => change({ page: 1, from: ALL_TIME, to: 'now' })
                        }
                      />
                    )
                  }
                  onChange={change}
                  onOpen={open}
                  hrefOf={hrefOf}
                />
              </>
            ) : null}
          </>
        )}
      </EuiPageTemplate.Section>
      {alertId === undefined ? null : (
        <EuiFlyout
          size="m"
          ownFocus
          aria-labelledby={titleId}
          onClose={() => show(undefined)}
          data-test-subj="sentineloneResponseFlyout"
        >
          <ShortScreenStyle />
          <AlertFlyoutContent
            key={alertId}
            context={{
              alertId,
              agentUuid: selected?.agentUuid ?? undefined,
              agentId: selected?.agentId ?? undefined,
              hostName: selected?.hostName ?? undefined,
              hosts: selected?.hosts,
              hostNames: selected?.hostNames,
              unusableIds: selected?.unusableIds,
            }}
            titleId={titleId}
            onClose={() => show(undefined)}
          />
        </EuiFlyout>
      )}
    </EuiPageTemplate>
  );
};
