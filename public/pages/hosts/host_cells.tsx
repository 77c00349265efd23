import { memo, type FC, type MouseEvent, type ReactNode } from 'react';
import { EuiLink, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { Agent } from '../../../common/hosts/agent';
import { HostBadges } from '../../actions/host_badges';
import { limitText } from '../../actions/bulk/bulk_bar';
import { DateText } from '../../components/date_text';
import { SelectionCheckbox } from '../../components/selection_checkbox';
import { nameInText, ShownName } from '../../components/shown_name';
import { shownOf, statusOf } from '../../host_status/host_statuses';
import { HostStatusBadge } from '../../host_status/network_status';
import { useKnownStatuses } from '../../host_status/status_store';
import type { SelectionState } from '../../lib/selection';
import { isModifiedClick } from '../../lib/kibana_link';

/** Cells of the tables of hosts. */

/** The properties of the tables for opening a host. */
export interface OpensHostFlyout {
  readonly hrefOf: (agent: Agent) => string;
  readonly onOpen: (agent: Agent) => void;
}

const nameOf = ({ computerName, id }: Agent): string => nameInText(computerName ?? id);

/** The host's name, which opens its flyout, with details below. */
export const HostCell: FC<
  OpensHostFlyout & { readonly agent: Agent; readonly details: ReadonlyArray<string | null> }
> = ({ agent, details, hrefOf, onOpen }) => (
  <div css={{ overflowWrap: 'anywhere', maxWidth: '100%' }}>
    <EuiLink
      href={hrefOf(agent)}
      aria-label={i18n.translate('sentineloneResponse.hosts.open', {
        defaultMessage: '{name}, agent id {id}',
        values: { name: nameOf(agent), id: agent.id },
      })}
      onClick={(event: MouseEvent) => {
        if (isModifiedClick(event)) return;
        event.preventDefault();
        onOpen(agent);
      }}
    >
      <ShownName name={agent.computerName ?? agent.id} />
    </EuiLink>
    <EuiText size="xs" color="subdued">
      {details
        .filter((detail): detail is string => detail !== null && detail !== '')
        .map((detail) => (
          // One line each, so that more hosts fit on the screen.
          <div key={detail} className="eui-textTruncate" title={detail}>
            {detail}
          </div>
        ))}
    </EuiText>
  </div>
);

/** The newest known status of a listed agent, as every part of the UI shows it. Renders again only when it changes. */
export const StatusCell: FC<{
  readonly agentId: string;
  /** Whether "Isolated outside Kibana" is in another column. */
  readonly isOutsideElsewhere?: boolean;
}> = memo(({ agentId, isOutsideElsewhere = false }) => {
  const { shown, status } = useKnownStatuses((known) => ({
    shown: shownOf(known, { agentId }),
    status: statusOf(known, { agentId }),
  }));
  if (shown === undefined) return null;
  return (
    <div>
      <HostStatusBadge status={shown} />
      <HostBadges
        subject={{ agentId }}
        status={
          isOutsideElsewhere && status !== undefined && 'agent' in status
            ? { ...status, agent: { ...status.agent, isIsolatedOutside: false } }
            : status
        }
      />
    </div>
  );
});
StatusCell.displayName = 'StatusCell';

/** Whether the agent is online, or when it was last seen. */
export const LastSeenCell: FC<{ readonly agent: Agent }> = ({
  agent: { isActive, isDecommissioned, isUninstalled, lastActiveDate },
}) => {
  const state = isDecommissioned
    ? i18n.translate('sentineloneResponse.hosts.decommissioned', {
        defaultMessage: 'Decommissioned',
      })
    : isUninstalled
      ? i18n.translate('sentineloneResponse.hosts.uninstalled', { defaultMessage: 'Uninstalled' })
      : undefined;
  return (
    <div>
      {isActive === true ? (
        i18n.translate('sentineloneResponse.hosts.online', { defaultMessage: 'Online' })
      ) : (
        <DateText iso={lastActiveDate} />
      )}
      {state === undefined ? null : (
        <EuiText size="xs" color="subdued">
          {state}
        </EuiText>
      )}
    </div>
  );
};

/** A value that SentinelOne may not report. */
export const TextCell: FC<{ readonly value: string | null; readonly more?: ReactNode }> = ({
  value,
  more,
}) => (
  <div css={{ overflowWrap: 'anywhere' }}>
    <div>{value ?? '—'}</div>
    {more === undefined || more === null ? null : (
      <EuiText size="xs" color="subdued">
        {more}
      </EuiText>
    )}
  </div>
);

export const HostCheckbox: FC<{
  readonly agent: Agent;
  readonly selection: SelectionState<Agent>;
}> = ({ agent, selection }) => {
  const isSelected = selection.isSelected(agent);
  return (
    <SelectionCheckbox
      label={i18n.translate('sentineloneResponse.hosts.select', {
        defaultMessage: 'Select {name}, agent id {id}',
        values: { name: nameOf(agent), id: agent.id },
      })}
      isSelected={isSelected}
      reason={isSelected || selection.fits(agent) ? undefined : limitText(selection)}
      onChange={(isChecked) =>
        isChecked ? selection.select([agent]) : selection.deselect([agent])
      }
    />
  );
};

/** Selects all hosts of the page. */
export const HostPageCheckbox: FC<{
  readonly agents: readonly Agent[];
  readonly selection: SelectionState<Agent>;
}> = ({ agents, selection }) => {
  const selected = agents.filter(selection.isSelected);
  return (
    <SelectionCheckbox
      label={i18n.translate('sentineloneResponse.hosts.selectPage', {
        defaultMessage: 'Select all hosts on this page',
      })}
      isSelected={selected.length > 0 && selected.length === agents.length}
      isPartlySelected={selected.length > 0 && selected.length < agents.length}
      onChange={(isChecked) => (isChecked ? selection.select(agents) : selection.deselect(agents))}
    />
  );
};
