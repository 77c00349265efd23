import { useState, type FC } from 'react';
import {
  EuiBasicTable,
  EuiCheckbox,
  EuiIcon,
  EuiText,
  type Criteria,
  type EuiBasicTableColumn,
} from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import type { ActionName } from '../../../common/actions/action_name';
import { isAccepted } from '../../../common/actions/outcome';
import { useFormatShortTime } from '../../lib/format_date';
import { AgentSummary } from '../../host_status/agent_details';
import { nameInText, ShownName } from '../../components/shown_name';
import { HostStatusBadge, propertyText, StatusSkeleton } from '../../host_status/network_status';
import { protectionIn, protectedHost } from '../protection';
import { outcomeText } from '../texts';
import type { BulkRow } from './use_bulk_action';

export interface BulkHostsTableProps {
  readonly action: ActionName;
  readonly rows: readonly BulkRow[];
  readonly isLocked: boolean;
  readonly onChoose: (keys: readonly string[], isChosen: boolean) => void;
}

const PAGE_SIZES = [10, 25, 100];

const isOpen = ({ blockedReason, result }: BulkRow): boolean =>
  blockedReason === undefined && (result === undefined || !isAccepted(result));

/** The label of a row's checkbox: the name with the id, because several hosts can have the same name. */
const checkboxLabel = ({ name, agentId, host: { reference } }: BulkRow): string => {
  if (agentId !== undefined) {
    return i18n.translate('sentineloneResponse.bulk.boxOfAgent', {
      defaultMessage: '{name}, agent id {agentId}',
      values: { name, agentId },
    });
  }
  return i18n.translate('sentineloneResponse.bulk.boxOfUuid', {
    defaultMessage: '{name}, UUID {uuid}',
    values: { name, uuid: reference.uuid ?? '' },
  });
};

const Identity: FC<{ readonly row: BulkRow }> = ({ row }) => {
  const { agentId, agents } = row;
  const { uuid } = row.host.reference;
  return (
    <div css={{ overflowWrap: 'anywhere' }}>
      <strong>
        <ShownName name={row.name} />
      </strong>
      <EuiText size="xs" color="subdued">
        {uuid === undefined ? null : (
          <div>
            {i18n.translate('sentineloneResponse.bulk.uuid', {
              defaultMessage: 'UUID {uuid}',
              values: { uuid },
            })}
          </div>
        )}
        {agents.length > 0 ? (
          agents.map((agent) => <AgentSummary key={agent.id} agent={agent} />)
        ) : agentId === undefined ? null : (
          <div>
            {i18n.translate('sentineloneResponse.bulk.agentId', {
              defaultMessage: 'Agent id {agentId}',
              values: { agentId },
            })}
          </div>
        )}
      </EuiText>
    </div>
  );
};

/** Why a host is not selected by default: a user who can write alerts may know one of its ids, but not the host. */
const identifiedOnceText = (by: 'uuid' | 'agentId'): string =>
  by === 'uuid'
    ? i18n.translate('sentineloneResponse.bulk.onlyUuid', {
        defaultMessage: 'Identified only by its UUID, without an agent id or name.',
      })
    : i18n.translate('sentineloneResponse.bulk.onlyAgentId', {
        defaultMessage: 'Identified only by its agent id, without a UUID or name.',
      });

const withoutStatusText = (): string =>
  i18n.translate('sentineloneResponse.bulk.withoutStatus', {
    defaultMessage: 'Its network status is not known.',
  });

const newlyAvailableText = (): string =>
  i18n.translate('sentineloneResponse.bulk.freed', {
    defaultMessage: 'The action is now available. Select the host to include it.',
  });

/** What the action will do with a host, or its result. */
const ActionCell: FC<{ readonly row: BulkRow; readonly action: ActionName }> = ({
  row,
  action,
}) => {
  const { result, blockedReason, isChosen, isNewlyAvailable, protection, onlyNamedBy, shown } = row;
  const { isWithoutStatus, protectionWay } = row;
  const formatTime = useFormatShortTime();
  // The host was selected again after it was refused as protected.
  const isSelectedAgain =
    protection !== undefined && protectionIn(result) !== undefined && isChosen;
  if (
    result !== undefined &&
    !isSelectedAgain &&
    (isAccepted(result) || blockedReason === undefined)
  ) {
    const hasSucceeded = isAccepted(result);
    return (
      <EuiText size="s" data-test-subj={`sentineloneResponseOutcome-${result.outcome}`}>
        <EuiIcon
          type={hasSucceeded ? 'check' : 'warning'}
          color={hasSucceeded ? 'success' : 'danger'}
          css={{ marginRight: 4 }}
          aria-hidden
        />
        {outcomeText(action, result, formatTime, shown === 'none' ? undefined : shown)}
        {isNewlyAvailable ? ` ${newlyAvailableText()}` : null}
      </EuiText>
    );
  }
  if (blockedReason !== undefined) {
    return (
      <EuiText size="s" color="subdued">
        {blockedReason}
      </EuiText>
    );
  }
  if (isNewlyAvailable) {
    return (
      <EuiText size="s">
        <strong>{newlyAvailableText()}</strong>
      </EuiText>
    );
  }
  return (
    <EuiText size="s">
      {protection === undefined ? null : <strong>{protectedHost(protection)}. </strong>}
      {onlyNamedBy === undefined ? null : <strong>{identifiedOnceText(onlyNamedBy)} </strong>}
      {isWithoutStatus ? <strong>{withoutStatusText()} </strong> : null}
      {!isChosen && (onlyNamedBy !== undefined || isWithoutStatus)
        ? i18n.translate('sentineloneResponse.bulk.tickIfMeant', {
            defaultMessage: 'Select it if it is the right host.',
          })
        : !isChosen
          ? i18n.translate('sentineloneResponse.bulk.left', {
              defaultMessage: 'Will not be changed.',
            })
          : protectionWay === 'with_approval'
            ? i18n.translate('sentineloneResponse.bulk.willBeRequested', {
                defaultMessage: 'Approval will be requested.',
              })
            : ACTION_DEFINITIONS[action].texts.bulk.willBeSent()}
    </EuiText>
  );
};

/** The hosts of the selected alerts, with a checkbox for each. */
export const BulkHostsTable: FC<BulkHostsTableProps> = ({ action, rows, isLocked, onChoose }) => {
  const [page, setPage] = useState({ index: 0, size: PAGE_SIZES[1]! });
  const open = rows.filter(isOpen);
  const chosen = open.filter(({ isChosen }) => isChosen);
  const allLabel = i18n.translate('sentineloneResponse.bulk.all', {
    defaultMessage: 'All available hosts',
  });
  const hasAlerts = rows.some(({ host }) => host.alertIds.length > 0);
  const columns: Array<EuiBasicTableColumn<BulkRow>> = [
    {
      width: '40px',
      mobileOptions: { header: false },
      name: (
        <EuiCheckbox
          id="sentineloneResponseBulkAll"
          aria-label={allLabel}
          checked={open.length > 0 && chosen.length === open.length}
          indeterminate={chosen.length > 0 && chosen.length < open.length}
          disabled={isLocked || open.length === 0}
          onChange={({ target }) =>
            onChoose(
              open.map(({ host }) => host.key),
              target.checked
            )
          }
        />
      ),
      render: (row: BulkRow) => (
        <EuiCheckbox
          id={`sentineloneResponseBulk-${row.host.key}`}
          aria-label={checkboxLabel(row)}
          checked={row.isChosen}
          disabled={isLocked || !isOpen(row)}
          onChange={({ target }) => onChoose([row.host.key], target.checked)}
        />
      ),
    },
    {
      name: i18n.translate('sentineloneResponse.bulk.host', { defaultMessage: 'Host' }),
      width: '32%',
      render: (row: BulkRow) => <Identity row={row} />,
    },
    ...(hasAlerts
      ? [
          {
            name: i18n.translate('sentineloneResponse.bulk.alerts', { defaultMessage: 'Alerts' }),
            width: '60px',
            render: ({ host }: BulkRow) => host.alertIds.length,
          },
        ]
      : []),
    {
      name: propertyText(ACTION_DEFINITIONS[action].property),
      width: '120px',
      render: ({ shown, name }: BulkRow) =>
        shown === undefined ? (
          <StatusSkeleton name={nameInText(name)} />
        ) : shown === 'none' ? (
          <EuiText size="s" color="subdued">
            {i18n.translate('sentineloneResponse.bulk.notAvailable', {
              defaultMessage: 'Not available',
            })}
          </EuiText>
        ) : (
          <HostStatusBadge status={shown} />
        ),
    },
    {
      name: i18n.translate('sentineloneResponse.bulk.action', { defaultMessage: 'Action' }),
      render: (row: BulkRow) => <ActionCell row={row} action={action} />,
    },
  ];
  const from = page.index * page.size;
  return (
    <EuiBasicTable<BulkRow>
      tableCaption={
        hasAlerts
          ? i18n.translate('sentineloneResponse.bulk.caption', {
              defaultMessage: 'Hosts of the selected alerts',
            })
          : i18n.translate('sentineloneResponse.bulk.captionOfHosts', {
              defaultMessage: 'Selected hosts',
            })
      }
      items={rows.slice(from, from + page.size)}
      itemId={({ host }) => host.key}
      columns={columns}
      pagination={
        rows.length <= PAGE_SIZES[0]!
          ? undefined
          : {
              pageIndex: page.index,
              pageSize: page.size,
              totalItemCount: rows.length,
              pageSizeOptions: PAGE_SIZES,
            }
      }
      onChange={({ page: next }: Criteria<BulkRow>) => {
        if (next !== undefined) setPage(next);
      }}
      rowProps={() => ({ 'data-test-subj': 'sentineloneResponseBulkRow' })}
    />
  );
};
