import type { FC, ReactNode } from 'react';
import { EuiSpacer, EuiFlexGroup, EuiFlexItem, EuiLink, EuiText } from '@elastic/eui';
import type { Agent } from '../../../common/hosts/agent';
import { BulkBar } from '../../actions/bulk/bulk_bar';
import { openBulkFlyout } from '../../actions/bulk/bulk_flyout';
import { selectedHostsText } from '../../actions/bulk/bulk_texts';
import type { useConnection } from '../../host_status/use_connection';
import type { HostsState } from '../../lib/hosts_state';
import { useServices } from '../../lib/services';
import type { SelectionState } from '../../lib/selection';
import type { OpensHostFlyout } from './host_cells';
import { i18n } from '@kbn/i18n';
import type { IsolatedFigures } from '../../../common/api/hosts';
import { durationText } from '../../action_history/history_texts';
import { nameInText } from '../../components/shown_name';
import { ProblemCallout } from '../../components/problem_callout';
import { SlowAnswer } from '../../host_status/slow_answer';
import type { HostListQuery } from './use_hosts';

/** Reports that SentinelOne is slow to answer, or why the list could not be read. */
export const ListState: FC<{
  readonly list: Pick<HostListQuery<unknown>, 'problem' | 'isFetching' | 'isWaiting' | 'refresh'>;
  /** The title of the problem. */
  readonly problemTitle: string;
}> = ({ list, problemTitle }) => {
  const { problem, isWaiting, refresh } = list;
  return problem === undefined ? (
    <SlowAnswer isWaiting={isWaiting} onRefresh={refresh} />
  ) : (
    <>
      <ProblemCallout
        problem={problem}
        title={problemTitle}
        onRetry={refresh}
        isRetrying={list.isFetching}
      />
      <EuiSpacer size="s" />
    </>
  );
};

const Figure: FC<{ readonly value: ReactNode; readonly label: ReactNode }> = ({ value, label }) => (
  <EuiFlexItem grow={false}>
    <EuiText size="s">
      <strong>{value}</strong> {label}
    </EuiText>
  </EuiFlexItem>
);

/**
 * The numbers of hosts that are isolated, isolating and releasing, and the host that has been isolated longest,
 * regardless of the filter.
 */
export const Figures: FC<{
  readonly figures: IsolatedFigures;
  readonly onOpen: (agentId: string) => void;
}> = ({ figures: { isolated, isolating, isolatingOffline, releasing, longest }, onOpen }) => (
  <EuiFlexGroup
    gutterSize="l"
    responsive={false}
    wrap
    role="group"
    aria-label={i18n.translate('sentineloneResponse.hosts.figures', {
      defaultMessage: 'Isolated hosts in numbers',
    })}
  >
    <Figure
      value={isolated}
      label={i18n.translate('sentineloneResponse.hosts.isolated', { defaultMessage: 'isolated' })}
    />
    <Figure
      value={isolating}
      label={i18n.translate('sentineloneResponse.hosts.isolating', {
        defaultMessage: '{offline, plural, =0 {isolating} other {isolating (# offline)}}',
        values: { offline: isolatingOffline },
      })}
    />
    <Figure
      value={releasing}
      label={i18n.translate('sentineloneResponse.hosts.releasing', { defaultMessage: 'releasing' })}
    />
    {longest === null ? null : (
      <Figure
        value={durationText(Date.now() - Date.parse(longest.since))}
        label={
          <>
            {i18n.translate('sentineloneResponse.hosts.longest', {
              defaultMessage: 'longest isolated:',
            })}{' '}
            <EuiLink onClick={() => onOpen(longest.agentId)}>
              {nameInText(longest.name ?? longest.agentId)}
            </EuiLink>
          </>
        }
      />
    )}
  </EuiFlexGroup>
);

/** The common properties of the page's views. */
export interface HostsViewProps extends OpensHostFlyout {
  readonly state: HostsState;
  /** Left out for users without the privilege for any action. */
  readonly selection: SelectionState<Agent> | undefined;
  readonly connection: ReturnType<typeof useConnection>;
  readonly onChange: (change: Partial<HostsState>) => void;
}

const NOTHING_SELECTED = {
  rows: [],
  hostCount: 0,
  maxHosts: 1,
  maxRows: 1,
  isFull: false,
  isTooLarge: false,
  leftOut: 0,
  clear: () => {},
};

/** The selected hosts and the actions on them, or what the list contains. */
export const HostsBar: FC<
  Pick<HostsViewProps, 'selection' | 'connection'> & {
    readonly total: string;
    /** Called when the flyout of an action was closed. */
    readonly onDone: () => void;
  }
> = ({ selection, connection, total, onDone }) => {
  const services = useServices();
  return (
    <>
      <BulkBar
        selection={selection ?? NOTHING_SELECTED}
        connection={connection}
        summary={selectedHostsText(selection?.rows.length ?? 0)}
        total={total}
        onSelect={(action) =>
          openBulkFlyout(services, { action, hosts: selection?.rows ?? [] }, onDone)
        }
      />
      <EuiSpacer size="xs" />
    </>
  );
};
