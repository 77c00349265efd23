import { type FC, type MouseEvent } from 'react';
import {
  EuiBasicTable,
  EuiLink,
  EuiSkeletonText,
  EuiText,
  type Criteria,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AgentReference } from '../../common/agent';
import type { AlertSortField, AlertSummary } from '../../common/alert';
import { LIMITS } from '../../common/constants';
import { listText } from '../../common/list_text';
import type { AlertsPage } from '../../common/routes';
import { SeverityBadge } from '../alert_flyout/severity_badge';
import { DateText } from '../hosts/date_text';
import { NetworkStatusBadge, type ShownStatus } from '../hosts/network_status';
import { referenceKey } from '../hosts/reference_key';
import type { LiveStatus } from '../hosts/use_hosts_status';
import { PAGE_SIZES, type PageState } from './page_state';

/** The agent that an alert names, or undefined. */
export function referenceOf({ agentUuid, agentId }: AlertSummary): AgentReference | undefined {
  if (agentUuid === null && agentId === null) return undefined;
  return {
    ...(agentUuid === null ? {} : { uuid: agentUuid }),
    ...(agentId === null ? {} : { agentId }),
  };
}

/** The distinct agents of a page of alerts: at most as many as one question for their status may name. */
export function referencesIn(alerts: readonly AlertSummary[]): readonly AgentReference[] {
  const byKey = new Map<string, AgentReference>();
  for (const alert of alerts) {
    const reference = referenceOf(alert);
    if (reference !== undefined) byKey.set(referenceKey(reference), reference);
  }
  return [...byKey.values()].slice(0, LIMITS.agentsPerStatus);
}

export interface AlertsTableProps {
  readonly page: AlertsPage | undefined;
  readonly isLoading: boolean;
  readonly state: PageState;
  /** The agents that `live` speaks of, in its order. */
  readonly references: readonly AgentReference[];
  readonly live: LiveStatus;
  /** False when nobody can be asked for the status: without a connector, or with several. */
  readonly canAsk: boolean;
  readonly noItems: JSX.Element | undefined;
  readonly onChange: (change: Partial<PageState>) => void;
  readonly onOpen: (alert: AlertSummary) => void;
  readonly hrefOf: (alert: AlertSummary) => string;
}

/** A column of the alert's own field, sorted by the server. */
const sortable = (field: AlertSortField) => ({ field, sortable: true }) as const;

/** The alerts of one page, each with its host's live network status. */
export const AlertsTable: FC<AlertsTableProps> = ({
  page,
  isLoading,
  state,
  references,
  live,
  canAsk,
  noItems,
  onChange,
  onOpen,
  hrefOf,
}) => {
  const statuses = new Map<string, ShownStatus>();
  references.forEach((reference, index) => {
    const status = live.shown?.[index];
    if (status !== undefined) statuses.set(referenceKey(reference), status);
  });
  const statusCell = (alert: AlertSummary) => {
    const reference = referenceOf(alert);
    if (alert.hosts !== undefined) {
      return (
        <EuiText size="s" color="subdued">
          {i18n.translate('sentineloneResponse.alerts.severalHosts', {
            defaultMessage: 'Several hosts',
          })}
        </EuiText>
      );
    }
    if (reference === undefined) {
      return (
        <EuiText size="s" color="subdued">
          {i18n.translate('sentineloneResponse.alerts.noAgent', { defaultMessage: 'No agent' })}
        </EuiText>
      );
    }
    const status = statuses.get(referenceKey(reference));
    // What was said before nobody could be asked any more is no status.
    if (canAsk && status !== undefined) return <NetworkStatusBadge status={status} />;
    if (!canAsk || live.problem !== undefined) {
      return (
        <EuiText size="s" color="subdued">
          {i18n.translate('sentineloneResponse.alerts.notAvailable', {
            defaultMessage: 'Not available',
          })}
        </EuiText>
      );
    }
    return (
      <EuiSkeletonText
        lines={1}
        size="s"
        css={{ width: 80 }}
        contentAriaLabel={i18n.translate('sentineloneResponse.alerts.loadingStatus', {
          defaultMessage: 'network status',
        })}
      />
    );
  };

  const columns: Array<EuiBasicTableColumn<AlertSummary>> = [
    {
      ...sortable('timestamp'),
      name: i18n.translate('sentineloneResponse.alerts.time', { defaultMessage: 'Time' }),
      width: '14%',
      render: (timestamp: string | null) => <DateText iso={timestamp} absolute />,
    },
    {
      ...sortable('severity'),
      name: i18n.translate('sentineloneResponse.alerts.severity', { defaultMessage: 'Severity' }),
      width: '9%',
      render: (severity: string | null) => <SeverityBadge severity={severity} />,
    },
    {
      ...sortable('ruleName'),
      name: i18n.translate('sentineloneResponse.alerts.rule', { defaultMessage: 'Rule' }),
      mobileOptions: { header: false, width: '100%' },
      render: (ruleName: string | null, alert: AlertSummary) => (
        <EuiLink
          href={hrefOf(alert)}
          onClick={(event: MouseEvent) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(alert);
          }}
        >
          {ruleName ??
            i18n.translate('sentineloneResponse.alerts.noRuleName', {
              defaultMessage: 'Alert without a rule name',
            })}
        </EuiLink>
      ),
    },
    {
      ...sortable('hostName'),
      name: i18n.translate('sentineloneResponse.alerts.host', { defaultMessage: 'Host' }),
      width: '15%',
      render: (hostName: string | null, { hostNames = [] }: AlertSummary) =>
        hostName ?? (hostNames.length === 0 ? '—' : listText(hostNames)),
    },
    {
      name: i18n.translate('sentineloneResponse.alerts.networkStatus', {
        defaultMessage: 'Network status',
      }),
      width: '11%',
      render: statusCell,
    },
    {
      field: 'reason',
      name: i18n.translate('sentineloneResponse.alerts.reason', { defaultMessage: 'Reason' }),
      width: '28%',
      truncateText: { lines: 2 },
      render: (reason: string | null) => reason ?? '—',
    },
  ];

  return (
    <EuiBasicTable<AlertSummary>
      tableCaption={i18n.translate('sentineloneResponse.alerts.caption', {
        defaultMessage: 'Alerts of SentinelOne hosts',
      })}
      items={[...(page?.alerts ?? [])]}
      itemId="id"
      columns={columns}
      loading={isLoading}
      noItemsMessage={noItems}
      sorting={{ sort: { field: state.sortField, direction: state.sortOrder } }}
      pagination={{
        pageIndex: state.page - 1,
        pageSize: state.perPage,
        // Elasticsearch pages through no more than its result window.
        totalItemCount: Math.min(page?.total ?? 0, LIMITS.resultWindow),
        pageSizeOptions: PAGE_SIZES,
      }}
      onChange={({ page: paging, sort }: Criteria<AlertSummary>) =>
        onChange({
          ...(paging === undefined ? {} : { page: paging.index + 1, perPage: paging.size }),
          ...(sort === undefined
            ? {}
            : { sortField: sort.field as AlertSortField, sortOrder: sort.direction }),
        })
      }
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseAlertRow' })}
    />
  );
};
