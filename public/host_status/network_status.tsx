import { type FC } from 'react';
import { EuiBadge, EuiLoadingSpinner, EuiSkeletonText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { networkLabelOf, type HostStatus, type NetworkLabel } from '../../common/hosts/agent';

/** The status that is shown for a host: its network status, or why there is none. */
export type ShownStatus = NetworkLabel | 'unknown_agent' | 'several_agents' | 'other_agent';

/** The status to show for an answer of SentinelOne. */
export function shownStatusOf(status: HostStatus): ShownStatus {
  switch (status.state) {
    case 'known':
    case 'partial_match':
      return networkLabelOf(status.agent);
    case 'unknown':
      return 'unknown_agent';
    case 'ambiguous':
      return 'several_agents';
    case 'mismatch':
      return 'other_agent';
  }
}

/** How a status is shown and which action it suggests. */
interface StatusDefinition {
  readonly text: () => string;
  readonly color: string;
  /** The action to suggest: it changes the status, or withdraws the command in progress. */
  readonly offers: ActionName;
  /** SentinelOne has accepted a command that the agent has not reported yet. */
  readonly isPending?: true;
  /** The agent is online and expected to report soon. */
  readonly isSoon?: true;
}

const STATUS: Readonly<Record<ShownStatus, StatusDefinition>> = {
  connected: {
    text: () =>
      i18n.translate('sentineloneResponse.status.connected', { defaultMessage: 'Connected' }),
    color: 'success',
    offers: 'isolate',
  },
  isolating: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolating', { defaultMessage: 'Isolating…' }),
    color: 'warning',
    offers: 'release',
    isPending: true,
    isSoon: true,
  },
  isolation_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolationPending', {
        defaultMessage: 'Isolation pending (offline)',
      }),
    color: 'warning',
    offers: 'release',
    isPending: true,
  },
  isolated: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolated', { defaultMessage: 'Isolated' }),
    color: 'danger',
    offers: 'release',
  },
  releasing: {
    text: () =>
      i18n.translate('sentineloneResponse.status.releasing', { defaultMessage: 'Releasing…' }),
    color: 'warning',
    offers: 'isolate',
    isPending: true,
    isSoon: true,
  },
  release_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.releasePending', {
        defaultMessage: 'Release pending (offline)',
      }),
    color: 'warning',
    offers: 'isolate',
    isPending: true,
  },
  offline: {
    text: () => i18n.translate('sentineloneResponse.status.offline', { defaultMessage: 'Offline' }),
    color: 'default',
    offers: 'isolate',
  },
  unknown: {
    text: () =>
      i18n.translate('sentineloneResponse.status.unknown', { defaultMessage: 'Not reported' }),
    color: 'hollow',
    offers: 'isolate',
  },
  unknown_agent: {
    text: () =>
      i18n.translate('sentineloneResponse.status.unknownAgent', {
        defaultMessage: 'Unknown agent',
      }),
    color: 'hollow',
    offers: 'isolate',
  },
  several_agents: {
    text: () =>
      i18n.translate('sentineloneResponse.status.severalAgents', {
        defaultMessage: 'Several agents',
      }),
    color: 'hollow',
    offers: 'isolate',
  },
  other_agent: {
    text: () =>
      i18n.translate('sentineloneResponse.status.otherAgent', {
        defaultMessage: 'Conflicting agents',
      }),
    color: 'hollow',
    offers: 'isolate',
  },
};

/** The status while SentinelOne carries out an action, on an agent that is online or not. */
export const inProgressOf = (action: ActionName, connection: 'online' | 'offline'): ShownStatus =>
  ACTION_DEFINITIONS[action].statuses.inProgress[connection];

/** The statuses with which an action has taken effect. */
export const reachedBy = (action: ActionName): readonly ShownStatus[] =>
  ACTION_DEFINITIONS[action].statuses.reached;

/** True while SentinelOne has accepted a command that the agent has not reported yet. */
export const isPending = (status: ShownStatus | undefined): boolean =>
  status !== undefined && STATUS[status].isPending === true;

/** The action to suggest for a status; the default action while no status is known. */
export const actionFor = (status: ShownStatus | undefined): ActionName =>
  status === undefined ? DEFAULT_ACTION : STATUS[status].offers;

/** The status in words. */
export const statusText = (status: ShownStatus): string => STATUS[status].text();

/** The status as a badge. */
export const NetworkStatusBadge: FC<{ readonly status: ShownStatus }> = ({ status }) => {
  const { text, color, isPending: waits, isSoon } = STATUS[status];
  return (
    <EuiBadge
      color={color}
      iconType={waits && !isSoon ? 'clock' : undefined}
      data-test-subj={`sentineloneResponseStatus-${status}`}
    >
      {isSoon ? (
        <>
          <EuiLoadingSpinner size="s" aria-hidden="true" css={{ verticalAlign: 'middle' }} />{' '}
        </>
      ) : null}
      <span>{text()}</span>
    </EuiBadge>
  );
};

/** Placeholder for a network status until SentinelOne answers. Its label names the host for screen readers. */
export const StatusSkeleton: FC<{
  /** The host's name in the table. */
  readonly name: string;
}> = ({ name }) => (
  <div
    role="progressbar"
    aria-label={i18n.translate('sentineloneResponse.status.reading', {
      defaultMessage: 'Reading the network status of {name}',
      values: { name },
    })}
    css={{ width: 80 }}
  >
    <div aria-hidden>
      <EuiSkeletonText lines={1} size="s" />
    </div>
  </div>
);
