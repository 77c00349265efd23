import { useEffect, useState, type FC } from 'react';
import {
  EuiButtonGroup,
  EuiFieldSearch,
  EuiFlexGroup,
  EuiFlexItem,
  useGeneratedHtmlId,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { WORKFLOW_STATUSES } from '../../../common/hosts/alert';
import { workflowStatusText } from '../../components/workflow_status';
import { ColumnChooser } from './column_chooser';
import type { PageState } from '../../lib/page_state';
import type { ShownColumns } from './shown_columns';

/** What the alerts page searches for, filters by, and shows of each alert. */
export const AlertsSearchBar: FC<{
  readonly state: PageState;
  readonly shown: ShownColumns;
  readonly onChange: (change: Partial<PageState>) => void;
}> = ({ state, shown, onChange }) => {
  const [text, setText] = useState(state.search ?? '');
  useEffect(() => setText(state.search ?? ''), [state.search]);
  const filterId = useGeneratedHtmlId();
  const label = i18n.translate('sentineloneResponse.alerts.search', {
    defaultMessage: 'Search rule, host or reason',
  });
  const all = `${filterId}-all`;
  return (
    <EuiFlexGroup gutterSize="m" wrap alignItems="center">
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
        <ColumnChooser shown={shown} />
      </EuiFlexItem>
    </EuiFlexGroup>
  );
};
