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
import type { HistoryPage } from '../../common/history';
import type { ActionName } from '../../common/outcome';
import type { ActionRecord, Actor, RecordedHost } from '../../common/record';
import { DateText } from '../hosts/date_text';
import { changeOfTable, paginationOf } from '../table_state';
import { ActionDetails } from './action_details';
import { ActorText } from './actor_text';
import { AlertsCell } from './alert_links';
import { PAGE_SIZES, type HistoryState } from './history_state';
import { actionName, durationText, hostName } from './history_texts';
import { timeToConfirm } from './hosts_table';
import { ActionOutcome } from './outcome_badge';
import { OverrideBadge } from './override_text';
import { isOpenAction } from './use_history';

const idOf = ({ actionId, group }: ActionRecord): string => `${actionId}/${group}`;

/** The action as a badge. */
export const ActionBadge: FC<{ readonly action: ActionName }> = ({ action }) => (
  <EuiBadge color="hollow" iconType={action === 'isolate' ? 'lock' : 'lockOpen'}>
    {actionName(action)}
  </EuiBadge>
);

const HostsCell: FC<{ readonly record: ActionRecord }> = ({
  record: { hosts, group, groups, override },
}) => {
  const [only] = hosts;
  return (
    <div css={{ overflowWrap: 'anywhere' }}>
      {only !== undefined && hosts.length === 1
        ? hostName(only)
        : i18n.translate('sentineloneResponse.history.hostCount', {
            defaultMessage: '{first} and {count, plural, one {# other} other {# others}}',
            values: { first: only === undefined ? '—' : hostName(only), count: hosts.length - 1 },
          })}
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

/** The last confirmation among the hosts. */
const lastConfirmed = (hosts: readonly RecordedHost[]): string | undefined =>
  hosts
    .flatMap(({ confirmedAt }) => (confirmedAt === undefined ? [] : [confirmedAt]))
    .sort()
    .at(-1);

/** How long it took and when it was confirmed; while it is in progress, how long it has been. */
const DurationCell: FC<{ readonly record: ActionRecord }> = ({ record }) => {
  const confirmedAt = lastConfirmed(record.hosts);
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
          values={{ time: <DateText iso={confirmedAt} absolute /> }}
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
  readonly onChange: (change: Partial<HistoryState>) => void;
}

/** Latest and longest first, until somebody wants it the other way round. */
const FIRST_ORDER = { requestedAt: 'desc', duration: 'desc' } as const;

/** The actions of one page; a row opens to everything that is on record about it. */
export const ActionsTable: FC<ActionsTableProps> = ({
  page,
  isLoading,
  state,
  noItems,
  onChange,
}) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const actions = page?.actions ?? [];

  const columns: Array<EuiBasicTableColumn<ActionRecord>> = [
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
      render: (record: ActionRecord) => {
        const isShown = open.has(idOf(record));
        const values = {
          action: actionName(record.action),
          host: record.hosts[0] === undefined ? '' : hostName(record.hosts[0]),
        };
        return (
          <EuiButtonIcon
            iconType={isShown ? 'arrowDown' : 'arrowRight'}
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
      render: (requestedAt: string) => <DateText iso={requestedAt} absolute />,
    },
    {
      field: 'action',
      name: i18n.translate('sentineloneResponse.history.action', { defaultMessage: 'Action' }),
      width: '9%',
      render: (action: ActionName) => <ActionBadge action={action} />,
    },
    {
      name: i18n.translate('sentineloneResponse.history.hosts', { defaultMessage: 'Hosts' }),
      width: '15%',
      render: (record: ActionRecord) => <HostsCell record={record} />,
    },
    {
      field: 'hosts',
      name: i18n.translate('sentineloneResponse.history.outcome', { defaultMessage: 'Outcome' }),
      width: '14%',
      render: (hosts: readonly RecordedHost[]) => <ActionOutcome hosts={hosts} />,
    },
    {
      // What the server sorts by; the cell shows what the whole record tells.
      field: 'duration',
      name: i18n.translate('sentineloneResponse.history.took', { defaultMessage: 'Duration' }),
      width: '14%',
      sortable: true,
      render: (_: unknown, record: ActionRecord) => <DurationCell record={record} />,
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
      field: 'alertIds',
      name: i18n.translate('sentineloneResponse.history.alerts', { defaultMessage: 'Alerts' }),
      width: '8%',
      render: (alertIds: readonly string[]) => <AlertsCell alertIds={alertIds} />,
    },
  ];

  return (
    <EuiBasicTable<ActionRecord>
      tableCaption={i18n.translate('sentineloneResponse.history.caption', {
        defaultMessage: 'Actions on SentinelOne hosts',
      })}
      items={[...actions]}
      itemId={idOf}
      columns={columns}
      loading={isLoading}
      noItemsMessage={noItems}
      itemIdToExpandedRowMap={Object.fromEntries(
        actions
          .filter((record) => open.has(idOf(record)))
          .map((record) => [idOf(record), <ActionDetails key={idOf(record)} record={record} />])
      )}
      sorting={{
        // A column has the name of its field in the query, and not in the record.
        sort: { field: state.sortField as keyof ActionRecord, direction: state.sortOrder },
      }}
      pagination={paginationOf(state, page?.total ?? 0, PAGE_SIZES)}
      onChange={(criteria: Criteria<ActionRecord>) =>
        onChange(changeOfTable(criteria as Criteria<never>, state, FIRST_ORDER))
      }
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseActionRow' })}
    />
  );
};
