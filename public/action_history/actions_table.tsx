import { useState, type FC, type ReactNode } from 'react';
import {
  EuiBadge,
  EuiBasicTable,
  EuiButtonIcon,
  EuiScreenReaderOnly,
  EuiText,
  type Criteria,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { FormattedMessage } from '@kbn/i18n-react';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HistoryPage } from '../../common/api/history';
import type { ActionName } from '../../common/actions/action_name';
import type { Actor } from '../../common/actions/actor';
import { summaryIn, type ListedRecord } from '../../common/actions/record_summary';
import { nameInText, ShownName } from '../components/shown_name';
import { DateText } from '../components/date_text';
import { changeOfTable, paginationOf } from '../lib/page_state';
import { tableOfAtLeast } from '../components/responsive_styles';
import { TableMessage } from '../components/table_message';
import { ActionDetails } from './action_details';
import { ActorText } from './actor_text';
import { ReleaseUnderOutcome } from './automatic_release';
import { AlertsCell, HostLink } from './alert_links';
import { PAGE_SIZES, type HistoryState } from './history_state';
import { actionName, durationText, hostName } from './history_texts';
import { timeToConfirm } from './hosts_table';
import { ActionOutcome } from './outcome_badge';
import { OverrideBadge } from './protection_override';
import { isOpenAction } from './use_history';
import { iconName } from '../components/icon';

/** Pixels: the width of the action's badge, and the width below which words in other columns would break. */
const ACTION_WIDTH = 112;
const MIN_WIDTH = 940;

const px = (width: number): string => `${width}px`;

const idOf = ({ actionId, group }: ListedRecord): string => `${actionId}/${group}`;

/** The action as a badge. */
export const ActionBadge: FC<{ readonly action: ActionName }> = ({ action }) => (
  <EuiBadge color="hollow" iconType={ACTION_DEFINITIONS[action].icon}>
    {actionName(action)}
  </EuiBadge>
);

const HostsCell: FC<{ readonly record: ListedRecord }> = ({ record }) => {
  const { hosts, group, groups, override } = record;
  const { hostCount } = summaryIn(record);
  const [only] = hosts;
  return (
    <div css={{ overflowWrap: 'anywhere' }}>
      {only !== undefined && hostCount === 1 ? (
        <HostLink name={hostName(only)} agentId={only.agentId} />
      ) : (
        <FormattedMessage
          id="sentineloneResponse.history.hostCount"
          defaultMessage="{first} and {count, plural, one {# other} other {# others}}"
          values={{
            first: only === undefined ? '—' : <ShownName name={hostName(only)} />,
            count: hostCount - 1,
          }}
        />
      )}
      {override === undefined ? null : (
        <div>
          <OverrideBadge />
        </div>
      )}
      {groups === 1 ? null : (
        <EuiText size="xs" color="subdued">
          {i18n.translate('sentineloneResponse.history.part', {
            defaultMessage: 'Part {part} of {parts}',
            values: { part: group + 1, parts: groups },
          })}
        </EuiText>
      )}
    </div>
  );
};

/** How long the action took and when it was confirmed; while it is in progress, the time since the request. */
const DurationCell: FC<{ readonly record: ListedRecord }> = ({ record }) => {
  const { confirmedAt } = summaryIn(record);
  if (isOpenAction(record)) {
    return (
      <EuiText size="s" color="subdued">
        {i18n.translate('sentineloneResponse.history.soFar', {
          defaultMessage: '{duration} so far',
          values: { duration: durationText(Date.now() - Date.parse(record.requestedAt)) },
        })}
      </EuiText>
    );
  }
  if (confirmedAt === undefined) return <>—</>;
  return (
    <div>
      {durationText(record.tookMs ?? timeToConfirm(record, { confirmedAt }) ?? 0)}
      <EuiText size="xs" color="subdued">
        <FormattedMessage
          id="sentineloneResponse.history.confirmedAt"
          defaultMessage="Confirmed {time}"
          values={{ time: <DateText iso={confirmedAt} /> }}
        />
      </EuiText>
    </div>
  );
};

export interface ActionsTableProps {
  readonly page: HistoryPage | undefined;
  readonly isLoading: boolean;
  readonly state: Pick<HistoryState, 'page' | 'perPage' | 'sortField' | 'sortOrder'>;
  readonly noItems: ReactNode;
  /** What the user can do about the automatic release of an action. */
  readonly releaseControls?: (record: ListedRecord) => ReactNode;
  readonly onChange: (change: Partial<HistoryState>) => void;
}

/** The first sort direction of each column: latest and longest first. */
const FIRST_ORDER = { requestedAt: 'desc', duration: 'desc' } as const;

/** The actions of one page. Each row expands to the complete record. */
export const ActionsTable: FC<ActionsTableProps> = ({
  page,
  isLoading,
  state,
  noItems,
  releaseControls,
  onChange,
}) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const actions = page?.actions ?? [];

  const columns: Array<EuiBasicTableColumn<ListedRecord>> = [
    {
      width: '40px',
      isExpander: true,
      name: (
        <EuiScreenReaderOnly>
          <span>
            {i18n.translate('sentineloneResponse.history.details', { defaultMessage: 'Details' })}
          </span>
        </EuiScreenReaderOnly>
      ),
      render: (record: ListedRecord) => {
        const isShown = open.has(idOf(record));
        const values = {
          action: actionName(record.action),
          host: record.hosts[0] === undefined ? '' : nameInText(hostName(record.hosts[0])),
        };
        return (
          <EuiButtonIcon
            iconType={iconName(isShown ? 'arrowDown' : 'arrowRight')}
            aria-expanded={isShown}
            aria-label={
              isShown
                ? i18n.translate('sentineloneResponse.history.hideDetails', {
                    defaultMessage: 'Hide details: {action} {host}',
                    values,
                  })
                : i18n.translate('sentineloneResponse.history.showDetails', {
                    defaultMessage: 'Show details: {action} {host}',
                    values,
                  })
            }
            onClick={() => toggle(idOf(record))}
          />
        );
      },
    },
    {
      field: 'requestedAt',
      name: i18n.translate('sentineloneResponse.history.asked', { defaultMessage: 'Requested' }),
      width: '14%',
      sortable: true,
      render: (requestedAt: string) => <DateText iso={requestedAt} />,
    },
    {
      field: 'action',
      name: i18n.translate('sentineloneResponse.history.action', { defaultMessage: 'Action' }),
      width: px(ACTION_WIDTH),
      render: (action: ActionName) => <ActionBadge action={action} />,
    },
    {
      name: i18n.translate('sentineloneResponse.history.hosts', { defaultMessage: 'Hosts' }),
      width: '15%',
      render: (record: ListedRecord) => <HostsCell record={record} />,
    },
    {
      name: i18n.translate('sentineloneResponse.history.outcome', { defaultMessage: 'Outcome' }),
      width: '14%',
      render: (record: ListedRecord) => (
        <div>
          <ActionOutcome hosts={record.hosts} outcomes={summaryIn(record).outcomes} />
          <ReleaseUnderOutcome record={record} />
          {releaseControls?.(record)}
        </div>
      ),
    },
    {
      // The field that the server sorts by. The cell shows values of the whole record.
      field: 'duration',
      name: i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
      width: '14%',
      sortable: true,
      render: (_: unknown, record: ListedRecord) => <DurationCell record={record} />,
    },
    {
      field: 'actor',
      name: i18n.translate('sentineloneResponse.history.user', { defaultMessage: 'User' }),
      width: '10%',
      render: (actor: Actor) => <ActorText actor={actor} />,
    },
    {
      field: 'comment',
      name: i18n.translate('sentineloneResponse.history.comment', { defaultMessage: 'Comment' }),
      truncateText: { lines: 3 },
    },
    {
      name: i18n.translate('sentineloneResponse.history.alerts', { defaultMessage: 'Alerts' }),
      width: '8%',
      render: (record: ListedRecord) => (
        <AlertsCell alertIds={record.alertIds} count={summaryIn(record).alertCount} />
      ),
    },
  ];

  return (
    <EuiBasicTable<ListedRecord>
      tableCaption={i18n.translate('sentineloneResponse.history.caption', {
        defaultMessage: 'Actions on SentinelOne hosts',
      })}
      items={[...actions]}
      itemId={idOf}
      css={tableOfAtLeast(MIN_WIDTH)}
      columns={columns}
      loading={isLoading}
      noItemsMessage={<TableMessage>{noItems}</TableMessage>}
      itemIdToExpandedRowMap={Object.fromEntries(
        actions
          .filter((record) => open.has(idOf(record)))
          .map((record) => [idOf(record), <ActionDetails key={idOf(record)} record={record} />])
      )}
      sorting={{
        // Columns are named after the fields of the query, not of the record.
        sort: { field: state.sortField as keyof ListedRecord, direction: state.sortOrder },
      }}
      pagination={paginationOf(state, page?.total ?? 0, PAGE_SIZES)}
      onChange={(criteria: Criteria<ListedRecord>) =>
        onChange(changeOfTable(criteria as Criteria<never>, state, FIRST_ORDER))
      }
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseActionRow' })}
    />
  );
};
