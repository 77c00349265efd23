import { useEffect, useState, type FC } from 'react';
import {
  EuiButtonGroup,
  EuiFieldSearch,
  EuiFlexGroup,
  EuiFlexItem,
  useGeneratedHtmlId,
  EuiButtonEmpty,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { SEVERITIES, WORKFLOW_STATUSES } from '../../../common/hosts/alert';
import { FilterPopover } from '../../components/filter_popover';
import { SeverityBadge, workflowStatusText } from '../../components/alert_badges';
import { TimeRangePicker } from '../../components/time_range_picker';
import { refreshWithin, type PageState, alertsQueryOf } from '../../lib/page_state';
import { useQuery } from '@tanstack/react-query';
import type { AlertsPage } from '../../../common/api/routes';
import { useServices } from '../../lib/services';

/** Milliseconds between two checks for other alerts than those on the page. */
const LOOK_AGAIN = 30_000;

/**
 * Shows that there are more or fewer alerts than when the page was read. The page is read again when the user selects
 * the button, because rows that move without user input are easily clicked by mistake.
 */
export const NewerAlerts: FC<{
  readonly state: PageState;
  readonly page: AlertsPage;
  /** When the page was read, ms since the epoch. */
  readonly readAt: number;
  readonly onRefresh: () => void;
}> = ({ state, page, readAt, onRefresh }) => {
  const { api } = useServices();
  const { search, status, severities, from, to } = state;
  const { data, dataUpdatedAt } = useQuery<AlertsPage>({
    queryKey: ['sentineloneResponse.alertsCount', { search, status, severities, from, to }, readAt],
    queryFn: ({ signal }) =>
      // With the same start time: alerts that only became too old for the range are not a change.
      api.alerts(alertsQueryOf({ ...state, page: 1, perPage: 1 }, readAt), signal),
    // No check is needed immediately after a read.
    initialData: page,
    initialDataUpdatedAt: readAt,
    staleTime: LOOK_AGAIN,
    refetchInterval: LOOK_AGAIN,
    refetchIntervalInBackground: false,
  });
  const difference = data === undefined || dataUpdatedAt <= readAt ? 0 : data.total - page.total;
  return (
    <div role="status">
      {difference === 0 ? null : (
        <EuiButtonEmpty size="s" iconType="refresh" flush="left" onClick={onRefresh}>
          {difference > 0
            ? i18n.translate('sentineloneResponse.alerts.newer', {
                defaultMessage: 'Show {count, plural, one {# new alert} other {# new alerts}}',
                values: { count: difference },
              })
            : i18n.translate('sentineloneResponse.alerts.changed', {
                defaultMessage: 'The list has changed. Refresh',
              })}
        </EuiButtonEmpty>
      )}
    </div>
  );
};

/** The highest severity first. */
const SEVERITY_OPTIONS = [...SEVERITIES]
  .reverse()
  .map((value) => ({ value, label: <SeverityBadge severity={value} /> }));

/** The search and filters of the alerts page. */
export const AlertsSearchBar: FC<{
  readonly state: PageState;
  readonly onChange: (change: Partial<PageState>) => void;
  readonly onRefreshChange: (seconds: number | undefined) => void;
}> = ({ state, onChange, onRefreshChange }) => {
  const [text, setText] = useState(state.search ?? '');
  useEffect(() => setText(state.search ?? ''), [state.search]);
  const filterId = useGeneratedHtmlId();
  const label = i18n.translate('sentineloneResponse.alerts.search', {
    defaultMessage: 'Search rule, host or reason',
  });
  const all = `${filterId}-all`;
  return (
    <EuiFlexGroup gutterSize="s" wrap alignItems="center">
      <EuiFlexItem grow css={{ minWidth: 200 }}>
        <EuiFieldSearch
          fullWidth
          compressed
          value={text}
          maxLength={256}
          placeholder={label}
          aria-label={label}
          onChange={({ target }) => setText(target.value)}
          onSearch={(value) => onChange({ search: value.trim(), page: 1 })}
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <EuiButtonGroup
          legend={i18n.translate('sentineloneResponse.alerts.filter', {
            defaultMessage: 'Show alerts that are',
          })}
          idSelected={state.status === undefined ? all : `${filterId}-${state.status}`}
          options={[
            {
              id: all,
              label: i18n.translate('sentineloneResponse.alerts.all', { defaultMessage: 'All' }),
            },
            ...WORKFLOW_STATUSES.map((status) => ({
              id: `${filterId}-${status}`,
              label: workflowStatusText(status),
            })),
          ]}
          onChange={(id) =>
            onChange({
              status: WORKFLOW_STATUSES.find((status) => id === `${filterId}-${status}`),
              page: 1,
            })
          }
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <FilterPopover
          label={i18n.translate('sentineloneResponse.alerts.severity', {
            defaultMessage: 'Severity',
          })}
          options={SEVERITY_OPTIONS}
          selected={SEVERITY_OPTIONS.map(({ value }) => value).filter(
            (value) => state.severities?.includes(value) === true
          )}
          onChange={(chosen) =>
            onChange({
              severities:
                chosen.length === 0
                  ? undefined
                  : SEVERITIES.filter((severity) => chosen.includes(severity)),
              page: 1,
            })
          }
        />
      </EuiFlexItem>
      <EuiFlexItem grow={false}>
        <TimeRangePicker
          range={state}
          refresh={state.refresh}
          onRangeChange={(range) => onChange({ ...range, page: 1 })}
          onRefreshChange={(seconds) =>
            onRefreshChange(seconds === undefined ? undefined : refreshWithin(seconds))
          }
        />
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};
