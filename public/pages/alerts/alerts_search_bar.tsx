import { memo, useEffect, useState, type FC, type ReactNode } from 'react';
import {
  EuiButtonGroup,
  EuiFieldSearch,
  EuiFlexGroup,
  EuiFlexItem,
  useGeneratedHtmlId,
  EuiButtonEmpty,
  EuiSuperDatePicker,
  EuiCheckboxGroup,
  EuiFilterButton,
  EuiFilterGroup,
  EuiPopover,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { SEVERITIES, WORKFLOW_STATUSES } from '../../../common/hosts/alert';
import { SeverityBadge, workflowStatusText } from '../../components/alert_badges';
import { refreshWithin, type PageState, alertsQueryOf } from '../../lib/page_state';
import { useQuery } from '@tanstack/react-query';
import type { AlertsPage } from '../../../common/api/routes';
import { useServices } from '../../lib/services';
import { SECOND } from '../../../common/lib/constants';
import { ALL_TIME, type TimeRange } from '../../lib/time_range';
import { iconName } from '../../components/icon';

export interface FilterOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
}

/**
 * A filter by one or more of several values. The button shows the number of selected values. Without a selection, there
 * is no filter.
 */
function FilterPopover<Value extends string>({
  label,
  options,
  selected,
  onChange,
}: {
  readonly label: string;
  readonly options: ReadonlyArray<FilterOption<Value>>;
  readonly selected: readonly Value[];
  /** Called with the selected values in the order of the options. */
  readonly onChange: (selected: readonly Value[]) => void;
}): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  const id = useGeneratedHtmlId();
  return (
    <EuiFilterGroup compressed>
      <EuiPopover
        button={
          <EuiFilterButton
            iconType={iconName('arrowDown')}
            isSelected={isOpen}
            aria-expanded={isOpen}
            hasActiveFilters={selected.length > 0}
            numActiveFilters={selected.length === 0 ? undefined : selected.length}
            onClick={() => setIsOpen(!isOpen)}
          >
            {label}
          </EuiFilterButton>
        }
        isOpen={isOpen}
        closePopover={() => setIsOpen(false)}
        panelPaddingSize="m"
        aria-label={label}
      >
        <EuiCheckboxGroup
          legend={{ children: label, display: 'hidden' }}
          options={options.map((option) => ({ id: `${id}-${option.value}`, label: option.label }))}
          idToSelectedMap={Object.fromEntries(selected.map((value) => [`${id}-${value}`, true]))}
          onChange={(changed) =>
            onChange(
              options
                .map(({ value }) => value)
                .filter((value) => selected.includes(value) !== (`${id}-${value}` === changed))
            )
          }
        />
      </EuiPopover>
    </EuiFilterGroup>
  );
}

/** Kibana's setting for the quick ranges of its time pickers (8.12.2). */
const QUICK_RANGES = 'timepicker:quickRanges';
interface QuickRange extends TimeRange {
  readonly display: string;
}

/** The interval in seconds that the picker shows before automatic refresh is turned on for the first time. */
const USUAL_REFRESH = 60;

const allTime = () => ({
  start: ALL_TIME,
  end: 'now',
  label: i18n.translate('sentineloneResponse.timeRange.all', { defaultMessage: 'All time' }),
});

/** Kibana's time picker with Kibana's quick ranges, all time, and automatic refresh. */
const TimeRangePicker: FC<{
  readonly range: TimeRange;
  /** Seconds; undefined while automatic refresh is off. */
  readonly refresh: number | undefined;
  readonly onRangeChange: (range: TimeRange) => void;
  readonly onRefreshChange: (seconds: number | undefined) => void;
}> = ({ range, refresh, onRangeChange, onRefreshChange }) => {
  const { uiSettings } = useServices().core;
  // No default is passed, because Kibana parses a default as JSON, as it does with the setting.
  const quickRanges = uiSettings.get<readonly QuickRange[]>(QUICK_RANGES);
  return (
    <EuiSuperDatePicker
      compressed
      start={range.from}
      end={range.to}
      dateFormat={uiSettings.get<string>('dateFormat')}
      commonlyUsedRanges={[
        ...quickRanges.map(({ from, to, display }) => ({ start: from, end: to, label: display })),
        allTime(),
      ]}
      showUpdateButton={false}
      width="auto"
      isPaused={refresh === undefined}
      refreshInterval={(refresh ?? USUAL_REFRESH) * SECOND}
      onTimeChange={({ start, end, isInvalid }) => {
        if (!isInvalid) onRangeChange({ from: start, to: end });
      }}
      onRefreshChange={({ isPaused, refreshInterval }) =>
        onRefreshChange(isPaused ? undefined : refreshInterval / SECOND)
      }
    />
  );
};

/** Milliseconds between two checks for other alerts than those on the page. */
const CHECK_INTERVAL = 30_000;

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
    staleTime: CHECK_INTERVAL,
    refetchInterval: CHECK_INTERVAL,
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

/** The search and filters of the alerts page. Renders again only when one of its properties is another object. */
export const AlertsSearchBar: FC<{
  readonly state: PageState;
  readonly onChange: (change: Partial<PageState>) => void;
  readonly onRefreshChange: (seconds: number | undefined) => void;
}> = memo(function AlertsSearchBar({ state, onChange, onRefreshChange }) {
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
});
