import { memo, type FC, type MouseEvent } from 'react';
import {
  EuiBasicTable,
  EuiLink,
  EuiText,
  type Criteria,
  type EuiBasicTableColumn,
  type EuiTableFieldDataColumnType,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { AgentReference, HostStatus } from '../../../common/hosts/agent';
import type { AlertSortField, AlertSummary } from '../../../common/hosts/alert';
import { referenceKey, referenceOfAlert } from '../../../common/hosts/host_identity';
import { listText } from '../../../common/lib/text';
import type { AlertsPage } from '../../../common/api/routes';
import { hostSubjectOf } from '../../host_status/host_subject';
import { noRuleName, nameInText, ShownName } from '../../components/shown_name';
import { SeverityBadge, workflowStatusText } from '../../components/alert_badges';
import { DateText } from '../../components/date_text';
import {
  HostStatusBadge,
  type ShownStatus,
  StatusSkeleton,
} from '../../host_status/network_status';
import type { LiveStatus } from '../../host_status/use_hosts_status';
import { useFormatTime } from '../../lib/format_date';
import { changeOfTable, paginationOf, PAGE_SIZES, type PageState } from '../../lib/page_state';
import { tableOfAtLeast } from '../../components/responsive_styles';
import { columnName, type OptionalColumn } from './shown_columns';
import { limitText } from '../../actions/bulk/bulk_bar';
import { HostBadges } from '../../actions/host_badges';
import { SelectionCheckbox } from '../../components/selection_checkbox';
import { TableMessage } from '../../components/table_message';
import type { SelectionState } from '../../lib/selection';
import { unselectableReason } from './selected_alerts';
import { isModifiedClick } from '../../lib/kibana_link';

export interface AlertsTableProps {
  readonly page: AlertsPage | undefined;
  readonly isLoading: boolean;
  readonly state: PageState;
  /** The optional columns that are shown. */
  readonly columns: readonly OptionalColumn[];
  /** The agents of `hosts` and `shown`, in their order. */
  readonly references: readonly AgentReference[];
  readonly hosts: LiveStatus['hosts'];
  readonly shown: LiveStatus['shown'];
  /** Whether there is no newer status. */
  readonly hasProblem: boolean;
  /** False when the status cannot be read: without a connector, or with several. */
  readonly canAsk: boolean;
  /** Left out for users without the privilege for any action. */
  readonly selection: SelectionState<AlertSummary> | undefined;
  readonly noItems: JSX.Element | undefined;
  readonly onChange: (change: Partial<PageState>) => void;
  readonly onOpen: (alert: AlertSummary) => void;
  readonly hrefOf: (alert: AlertSummary) => string;
}

/** The first sort direction of each column: latest first, highest severity first, and names from A to Z. */
const FIRST_ORDER: Readonly<Record<AlertSortField, 'asc' | 'desc'>> = {
  timestamp: 'desc',
  severity: 'desc',
  riskScore: 'desc',
  ruleName: 'asc',
  hostName: 'asc',
  workflowStatus: 'asc',
};

/** Widths of the columns in pixels, so that no word is broken. The rule has the remaining width. */
const WIDTH = {
  selection: 32,
  timestamp: 190,
  severity: 105,
  riskScore: 95,
  rule: 190,
  hostName: 130,
  networkStatus: 190,
  workflowStatus: 125,
} as const;
/** The part of the table's width for the reason. */
const REASON = 0.22;

const px = (width: number): string => `${width}px`;

/** The minimum width of the table, below which the rule would have too little space. */
function minWidthOf(shown: readonly OptionalColumn[]): number {
  const optional = shown.flatMap((column) => (column === 'reason' ? [] : [WIDTH[column]]));
  const { selection, timestamp, severity, rule, hostName, networkStatus } = WIDTH;
  const fixed = [selection, timestamp, severity, rule, hostName, networkStatus, ...optional];
  const sum = fixed.reduce((all, one) => all + one, 0);
  return Math.ceil(shown.includes('reason') ? sum / (1 - REASON) : sum);
}

/** A column of a field of the alert, sorted by the server. */
const sortable = (field: AlertSortField) => ({ field, sortable: true }) as const;

/** The label that distinguishes an alert for screen readers, which read links and checkboxes one after the other. */
function useNameOf(): (alert: AlertSummary) => string {
  const formatTime = useFormatTime();
  return ({ ruleName, sentinelOneName, hostName, timestamp }) =>
    [
      ruleName ?? noRuleName(),
      sentinelOneName,
      hostName,
      timestamp === null ? null : formatTime(timestamp),
    ]
      .filter((part) => part !== null)
      .join(', ');
}

/** The name of Kibana's rule, as a link to the alert, and SentinelOne's name of the detection. */
const RuleCell: FC<{
  readonly alert: AlertSummary;
  readonly href: string;
  readonly onOpen: () => void;
}> = ({ alert, href, onOpen }) => {
  const nameOf = useNameOf();
  const { ruleName, sentinelOneName } = alert;
  return (
    <div css={{ overflowWrap: 'break-word' }}>
      <EuiLink
        href={href}
        aria-label={nameOf(alert)}
        onClick={(event: MouseEvent) => {
          if (isModifiedClick(event)) return;
          event.preventDefault();
          onOpen();
        }}
      >
        {ruleName ?? noRuleName()}
      </EuiLink>
      {sentinelOneName === null ? null : (
        <EuiText size="xs" color="subdued">
          {sentinelOneName}
        </EuiText>
      )}
    </div>
  );
};

/** Selects an alert, or explains why that is not possible. */
const AlertCheckbox: FC<{
  readonly alert: AlertSummary;
  readonly selection: SelectionState<AlertSummary>;
}> = ({ alert, selection }) => {
  const nameOf = useNameOf();
  const isSelected = selection.isSelected(alert);
  return (
    <SelectionCheckbox
      label={i18n.translate('sentineloneResponse.alerts.select', {
        defaultMessage: 'Select {alert}',
        values: { alert: nameOf(alert) },
      })}
      isSelected={isSelected}
      reason={
        unselectableReason(alert) ??
        (isSelected || selection.fits(alert) ? undefined : limitText(selection))
      }
      onChange={(isChecked) =>
        isChecked ? selection.select([alert]) : selection.deselect([alert])
      }
    />
  );
};

/** Selects all alerts of the page that can be selected. */
const PageCheckbox: FC<{
  readonly alerts: readonly AlertSummary[];
  readonly selection: SelectionState<AlertSummary>;
}> = ({ alerts, selection }) => {
  const selectable = alerts.filter((alert) => unselectableReason(alert) === undefined);
  const selected = selectable.filter(selection.isSelected);
  return (
    <SelectionCheckbox
      label={i18n.translate('sentineloneResponse.alerts.selectPage', {
        defaultMessage: 'Select all alerts on this page',
      })}
      isSelected={selected.length > 0 && selected.length === selectable.length}
      isPartlySelected={selected.length > 0 && selected.length < selectable.length}
      onChange={(isChecked) =>
        isChecked ? selection.select(selectable) : selection.deselect(selectable)
      }
    />
  );
};

/**
 * The alerts of one page, each with its host's live network status. Renders again only when one of its properties is
 * another object.
 */
export const AlertsTable: FC<AlertsTableProps> = memo(function AlertsTable({
  page,
  isLoading,
  state,
  columns: shown,
  references,
  hosts,
  shown: shownStatuses,
  hasProblem,
  canAsk,
  selection,
  noItems,
  onChange,
  onOpen,
  hrefOf,
}) {
  const statuses = new Map<string, { shown: ShownStatus; status: HostStatus | undefined }>();
  references.forEach((reference, index) => {
    const shown = shownStatuses?.[index];
    const status = hosts?.[index];
    if (shown !== undefined) statuses.set(referenceKey(reference), { shown, status });
  });
  const statusCell = (alert: AlertSummary) => {
    const reference = referenceOfAlert(alert);
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
    const known = statuses.get(referenceKey(reference));
    // A status from before the connector became unavailable is not shown.
    if (canAsk && known !== undefined) {
      return (
        <div>
          <HostStatusBadge status={known.shown} />
          <HostBadges subject={hostSubjectOf({}, alert)} status={known.status} />
        </div>
      );
    }
    if (!canAsk || hasProblem) {
      return (
        <EuiText size="s" color="subdued">
          {i18n.translate('sentineloneResponse.alerts.notAvailable', {
            defaultMessage: 'Not available',
          })}
        </EuiText>
      );
    }
    const { uuid, agentId = uuid ?? '' } = reference;
    return <StatusSkeleton name={nameInText(alert.hostName ?? agentId)} />;
  };

  const optional = (
    column: OptionalColumn,
    definition: Omit<EuiTableFieldDataColumnType<AlertSummary>, 'name'>
  ): Array<EuiBasicTableColumn<AlertSummary>> =>
    shown.includes(column) ? [{ ...definition, name: columnName(column) }] : [];

  const checkboxes: Array<EuiBasicTableColumn<AlertSummary>> =
    selection === undefined
      ? []
      : [
          {
            name: <PageCheckbox alerts={page?.alerts ?? []} selection={selection} />,
            width: px(WIDTH.selection),
            mobileOptions: { header: false },
            render: (alert: AlertSummary) => <AlertCheckbox alert={alert} selection={selection} />,
          },
        ];

  const columns: Array<EuiBasicTableColumn<AlertSummary>> = [
    ...checkboxes,
    {
      ...sortable('timestamp'),
      name: i18n.translate('sentineloneResponse.alerts.time', { defaultMessage: 'Time' }),
      width: px(WIDTH.timestamp),
      render: (timestamp: string | null) => <DateText iso={timestamp} />,
    },
    {
      ...sortable('severity'),
      name: i18n.translate('sentineloneResponse.alerts.severity', { defaultMessage: 'Severity' }),
      width: px(WIDTH.severity),
      render: (severity: string | null) => <SeverityBadge severity={severity} />,
    },
    ...optional('riskScore', {
      ...sortable('riskScore'),
      width: px(WIDTH.riskScore),
      render: (riskScore: number | null) => riskScore ?? '—',
    }),
    {
      ...sortable('ruleName'),
      name: i18n.translate('sentineloneResponse.alerts.rule', { defaultMessage: 'Rule' }),
      mobileOptions: { header: false, width: '100%' },
      render: (_ruleName: string | null, alert: AlertSummary) => (
        <RuleCell alert={alert} href={hrefOf(alert)} onOpen={() => onOpen(alert)} />
      ),
    },
    {
      ...sortable('hostName'),
      name: i18n.translate('sentineloneResponse.alerts.host', { defaultMessage: 'Host' }),
      width: px(WIDTH.hostName),
      render: (hostName: string | null, { hostNames = [] }: AlertSummary) =>
        hostName !== null ? (
          <ShownName name={hostName} />
        ) : hostNames.length === 0 ? (
          '—'
        ) : (
          listText(hostNames.map(nameInText))
        ),
    },
    {
      name: i18n.translate('sentineloneResponse.alerts.networkStatus', {
        defaultMessage: 'Network status',
      }),
      width: px(WIDTH.networkStatus),
      render: statusCell,
    },
    ...optional('workflowStatus', {
      ...sortable('workflowStatus'),
      width: px(WIDTH.workflowStatus),
      render: (status: string | null) => (status === null ? '—' : workflowStatusText(status)),
    }),
    ...optional('reason', {
      field: 'reason',
      width: `${REASON * 100}%`,
      truncateText: { lines: 2 },
      render: (reason: string | null) => reason ?? '—',
    }),
  ];

  return (
    <EuiBasicTable<AlertSummary>
      tableCaption={i18n.translate('sentineloneResponse.alerts.caption', {
        defaultMessage: 'Alerts for SentinelOne hosts',
      })}
      items={[...(page?.alerts ?? [])]}
      itemId="id"
      css={tableOfAtLeast(minWidthOf(shown))}
      compressed
      columns={columns}
      loading={isLoading}
      noItemsMessage={<TableMessage>{noItems}</TableMessage>}
      sorting={{ sort: { field: state.sortField, direction: state.sortOrder } }}
      pagination={paginationOf(state, page?.total ?? 0, PAGE_SIZES)}
      onChange={(criteria: Criteria<AlertSummary>) =>
        onChange(changeOfTable(criteria as Criteria<never>, state, FIRST_ORDER))
      }
      // Without EUI's background of selected rows, on which links have too little contrast (90.0.0).
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseAlertRow' })}
    />
  );
});
