import { useEffect, useState, type FC } from 'react';
import {
  EuiButtonGroup,
  EuiFieldSearch,
  EuiFlexGroup,
  EuiFlexItem,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { SEVERITIES, WORKFLOW_STATUSES } from '../../../common/hosts/alert';
import { FilterPopover } from '../../components/filter_popover';
import { SeverityBadge } from '../../components/severity_badge';
import { TimeRangePicker } from '../../components/time_range_picker';
import { workflowStatusText } from '../../components/workflow_status';
import { refreshWithin, type PageState } from '../../lib/page_state';

/** The worst first. */
const SEVERITY_OPTIONS = [...SEVERITIES]
  .reverse()
  .map((value) => ({ value, label: <SeverityBadge severity={value} /> }));

/** What the alerts page searches for and filters by. */
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
