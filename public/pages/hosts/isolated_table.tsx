import { type FC, type ReactNode } from 'react';
import {
  EuiBasicTable,
  EuiText,
  EuiTextColor,
  type Criteria,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { isOverdue } from '../../../common/actions/automatic_release';
import { OverdueBadge } from '../../action_history/automatic_release';
import type { Agent } from '../../../common/hosts/agent';
import type { IsolatedHostsPage, IsolatedSortField, IsolatedHost } from '../../../common/api/hosts';
import { ReleaseControls, TIMED_ACTION } from '../../actions/pending_release';
import { AlertsCell, AppLink } from '../../action_history/alert_links';
import { historyPath } from '../../action_history/history_state';
import { DateText } from '../../components/date_text';
import { tableOfAtLeast } from '../../components/responsive_styles';
import { nameInText } from '../../components/shown_name';
import { TableMessage } from '../../components/table_message';
import { PAGE_SIZES, type HostsState } from '../../lib/hosts_state';
import { changeOfTable, paginationOf } from '../../lib/page_state';
import type { SelectionState } from '../../lib/selection';
import {
  HostCell,
  HostCheckbox,
  HostPageCheckbox,
  LastSeenCell,
  StatusCell,
  TextCell,
  type OpensHostFlyout,
} from './host_cells';

/** Pixels below which words of the columns would break. */
const MIN_WIDTH = 1_380;
/** Pixels of a full time, which stays on one line. */
const TIME_WIDTH = '192px';

/** The first direction of each column: the longest isolated, and names from A to Z. */
const FIRST_ORDER: Readonly<Record<IsolatedSortField, 'asc' | 'desc'>> = {
  since: 'asc',
  name: 'asc',
  site: 'asc',
  status: 'asc',
  by: 'asc',
  lastSeen: 'desc',
  releaseAt: 'asc',
};

/** Who isolated the host, if known. */
const ByCell: FC<{ readonly host: IsolatedHost }> = ({ host }) => {
  const { source, by, isOwnToken, apiKey, isOtherSpace, actionId } = host;
  if (source === 'outside') {
    return (
      <EuiTextColor color="subdued">
        {i18n.translate('sentineloneResponse.hosts.outside', {
          defaultMessage: 'Isolated outside Kibana',
        })}
      </EuiTextColor>
    );
  }
  if (source === 'activity') {
    return (
      <TextCell
        value={
          by ??
          i18n.translate('sentineloneResponse.hosts.bySentinelOne', {
            defaultMessage: 'SentinelOne',
          })
        }
        more={
          by === null
            ? i18n.translate('sentineloneResponse.hosts.byPolicy', {
                defaultMessage: 'Automatically',
              })
            : isOwnToken
              ? i18n.translate('sentineloneResponse.hosts.withOwnToken', {
                  defaultMessage: 'API token of the connector',
                })
              : i18n.translate('sentineloneResponse.hosts.inConsole', {
                  defaultMessage: 'SentinelOne console or API',
                })
        }
      />
    );
  }
  const more = isOtherSpace
    ? i18n.translate('sentineloneResponse.hosts.otherSpace', {
        defaultMessage: 'From another space',
      })
    : apiKey === undefined
      ? undefined
      : i18n.translate('sentineloneResponse.hosts.withApiKey', {
          defaultMessage: 'API key: {apiKey}',
          values: { apiKey },
        });
  return (
    <div>
      <TextCell value={by} more={more} />
      {actionId === undefined ? null : (
        <EuiText size="xs">
          <AppLink path={historyPath({ actionId })}>
            {i18n.translate('sentineloneResponse.hosts.showAction', {
              defaultMessage: 'Show in History',
            })}
          </AppLink>
        </EuiText>
      )}
    </div>
  );
};

/** When the host is released automatically, why an overdue release was not sent, and how the user can change that. */
const ReleaseCell: FC<{ readonly host: IsolatedHost }> = ({ host }) => {
  const { agent, releaseAt, automaticRelease, releaseOf } = host;
  if (releaseAt === undefined) {
    return (
      <>{i18n.translate('sentineloneResponse.hosts.neverReleased', { defaultMessage: 'Never' })}</>
    );
  }
  return (
    <div>
      <DateText iso={releaseAt} />
      {isOverdue(host, Date.now()) ? (
        <div>
          <OverdueBadge release={automaticRelease} />
        </div>
      ) : null}
      {releaseOf === undefined || automaticRelease === undefined ? null : (
        <ReleaseControls
          isSmall
          release={{
            ...{ actionId: releaseOf, action: TIMED_ACTION, releaseAt, automaticRelease },
            host: nameInText(agent.computerName ?? agent.id),
          }}
        />
      )}
    </div>
  );
};

export interface IsolatedTableProps extends OpensHostFlyout {
  readonly page: IsolatedHostsPage | undefined;
  readonly isLoading: boolean;
  readonly state: HostsState;
  /** Left out for users without the privilege for any action. */
  readonly selection: SelectionState<Agent> | undefined;
  readonly noItems: ReactNode;
  readonly onChange: (change: Partial<HostsState>) => void;
}

/** The isolated hosts of one page. */
export const IsolatedTable: FC<IsolatedTableProps> = ({
  page,
  isLoading,
  state,
  selection,
  noItems,
  onChange,
  ...opens
}) => {
  const hosts = page?.hosts ?? [];
  // Columns are named after the fields of the query, not of the host.
  const sortable = (field: IsolatedSortField) =>
    ({ field: field as keyof IsolatedHost, sortable: true }) as const;
  const columns: Array<EuiBasicTableColumn<IsolatedHost>> = [
    ...(selection === undefined
      ? []
      : [
          {
            name: (
              <HostPageCheckbox agents={hosts.map(({ agent }) => agent)} selection={selection} />
            ),
            width: '32px',
            mobileOptions: { header: false },
            render: ({ agent }: IsolatedHost) => (
              <HostCheckbox agent={agent} selection={selection} />
            ),
          },
        ]),
    {
      ...sortable('name'),
      name: i18n.translate('sentineloneResponse.hosts.host', { defaultMessage: 'Host' }),
      width: '14%',
      mobileOptions: { header: false, width: '100%' },
      render: (_: unknown, { agent }: IsolatedHost) => (
        <HostCell agent={agent} details={[agent.osName, agent.siteName]} {...opens} />
      ),
    },
    {
      ...sortable('status'),
      name: i18n.translate('sentineloneResponse.hosts.networkStatus', {
        defaultMessage: 'Network status',
      }),
      width: '195px',
      render: (_: unknown, { agent }: IsolatedHost) => (
        <StatusCell agentId={agent.id} isOutsideElsewhere />
      ),
    },
    {
      ...sortable('since'),
      name: i18n.translate('sentineloneResponse.hosts.since', {
        defaultMessage: 'Isolated since',
      }),
      width: TIME_WIDTH,
      render: (_: unknown, { since }: IsolatedHost) =>
        since === null ? (
          <>
            {i18n.translate('sentineloneResponse.hosts.sinceUnknown', {
              defaultMessage: 'Not known',
            })}
          </>
        ) : (
          <DateText iso={since} />
        ),
    },
    {
      ...sortable('by'),
      name: i18n.translate('sentineloneResponse.hosts.by', { defaultMessage: 'Isolated by' }),
      width: '12%',
      render: (_: unknown, host: IsolatedHost) => <ByCell host={host} />,
    },
    {
      field: 'comment',
      name: i18n.translate('sentineloneResponse.hosts.comment', { defaultMessage: 'Comment' }),
      truncateText: { lines: 3 },
      render: (comment: string | undefined) => comment || '—',
    },
    {
      name: i18n.translate('sentineloneResponse.hosts.alert', { defaultMessage: 'Alert' }),
      width: '75px',
      render: ({ alertIds = [], alertCount = alertIds.length }: IsolatedHost) => (
        <AlertsCell alertIds={alertIds} count={alertCount} />
      ),
    },
    {
      ...sortable('releaseAt'),
      name: i18n.translate('sentineloneResponse.hosts.release', {
        defaultMessage: 'Automatic release',
      }),
      width: TIME_WIDTH,
      render: (_: unknown, host: IsolatedHost) => <ReleaseCell host={host} />,
    },
    {
      ...sortable('lastSeen'),
      name: i18n.translate('sentineloneResponse.hosts.lastSeen', { defaultMessage: 'Last seen' }),
      width: TIME_WIDTH,
      render: (_: unknown, { agent }: IsolatedHost) => <LastSeenCell agent={agent} />,
    },
  ];
  return (
    <EuiBasicTable<IsolatedHost>
      tableCaption={i18n.translate('sentineloneResponse.hosts.isolatedCaption', {
        defaultMessage: 'Isolated hosts',
      })}
      items={[...hosts]}
      itemId={({ agent }) => agent.id}
      css={tableOfAtLeast(MIN_WIDTH)}
      compressed
      columns={columns}
      loading={isLoading}
      noItemsMessage={<TableMessage>{noItems}</TableMessage>}
      sorting={{
        // Columns are named after the fields of the query.
        sort: { field: state.sortField as keyof IsolatedHost, direction: state.sortOrder },
      }}
      pagination={paginationOf(state, page?.total ?? 0, PAGE_SIZES)}
      onChange={(criteria: Criteria<IsolatedHost>) =>
        onChange(changeOfTable(criteria as Criteria<never>, state, FIRST_ORDER))
      }
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseHostRow' })}
    />
  );
};
