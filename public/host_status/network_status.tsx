import { type FC } from 'react';
import { EuiBadge, EuiLoadingSpinner, EuiSkeletonText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS, actionOfferedFor } from '../../common/actions/catalogue';
import type { HostStatus } from '../../common/hosts/agent';
import {
  PROPERTY_DEFINITIONS,
  type HostProperty,
  type StatusLabel,
  PROPERTY_TEXTS,
} from '../../common/hosts/host_property';

/** The status that is shown for a property of a host, or why there is none. */
export type ShownStatus = StatusLabel | 'unknown_agent' | 'several_agents' | 'other_agent';

/** The property whose status lists of hosts show. */
export const LISTED_PROPERTY: HostProperty = 'network';

/** The name of a property of hosts. */
export const propertyText = (property: HostProperty): string => PROPERTY_TEXTS[property].title();

/** The status to show of a property, for an answer of SentinelOne. */
export function shownStatusOf(
  status: HostStatus,
  property: HostProperty = LISTED_PROPERTY
): ShownStatus {
  switch (status.state) {
    case 'known':
    case 'partial_match':
      return PROPERTY_DEFINITIONS[property].labelOf(status.agent);
    case 'unknown':
      return 'unknown_agent';
    case 'ambiguous':
      return 'several_agents';
    case 'mismatch':
      return 'other_agent';
  }
}

/** How a status is shown. */
interface StatusDefinition {
  readonly text: () => string;
  /** Below the title of the property, if that says a part of the text. */
  readonly shortText?: () => string;
  readonly color: string;
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
  },
  isolating: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolating', { defaultMessage: 'Isolating…' }),
    color: 'warning',
    isPending: true,
    isSoon: true,
  },
  isolation_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolationPending', {
        defaultMessage: 'Isolation pending (offline)',
      }),
    color: 'warning',
    isPending: true,
  },
  isolated: {
    text: () =>
      i18n.translate('sentineloneResponse.status.isolated', { defaultMessage: 'Isolated' }),
    color: 'danger',
  },
  releasing: {
    text: () =>
      i18n.translate('sentineloneResponse.status.releasing', { defaultMessage: 'Releasing…' }),
    color: 'warning',
    isPending: true,
    isSoon: true,
  },
  release_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.releasePending', {
        defaultMessage: 'Release pending (offline)',
      }),
    color: 'warning',
    isPending: true,
  },
  offline: {
    text: () => i18n.translate('sentineloneResponse.status.offline', { defaultMessage: 'Offline' }),
    color: 'default',
  },
  unknown: {
    text: () =>
      i18n.translate('sentineloneResponse.status.unknown', { defaultMessage: 'Not reported' }),
    color: 'hollow',
  },
  not_scanned: {
    text: () =>
      i18n.translate('sentineloneResponse.status.notScanned', {
        defaultMessage: 'Not scanned yet',
      }),
    color: 'hollow',
  },
  scan_requested: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanRequested', {
        defaultMessage: 'Scan requested…',
      }),
    color: 'primary',
    isPending: true,
    isSoon: true,
  },
  scan_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanPending', {
        defaultMessage: 'Scan pending (offline)',
      }),
    color: 'primary',
    isPending: true,
  },
  scanning: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanning', {
        defaultMessage: 'Scanning…',
      }),
    color: 'primary',
    isPending: true,
    isSoon: true,
  },
  scanning_offline: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanningOffline', {
        defaultMessage: 'Scanning (offline)',
      }),
    color: 'primary',
    isPending: true,
  },
  scan_finished: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanFinished', {
        defaultMessage: 'Scan finished',
      }),
    shortText: () =>
      i18n.translate('sentineloneResponse.status.finished', { defaultMessage: 'Finished' }),
    color: 'success',
  },
  scan_aborted: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanAborted', {
        defaultMessage: 'Scan aborted',
      }),
    shortText: () =>
      i18n.translate('sentineloneResponse.status.aborted', { defaultMessage: 'Aborted' }),
    color: 'default',
  },
  aborting_scan: {
    text: () =>
      i18n.translate('sentineloneResponse.status.abortingScan', {
        defaultMessage: 'Aborting scan…',
      }),
    color: 'primary',
    isPending: true,
    isSoon: true,
  },
  abort_pending: {
    text: () =>
      i18n.translate('sentineloneResponse.status.abortPending', {
        defaultMessage: 'Abort pending (offline)',
      }),
    color: 'primary',
    isPending: true,
  },
  scan_unknown: {
    text: () =>
      i18n.translate('sentineloneResponse.status.scanUnknown', {
        defaultMessage: 'Scan not reported',
      }),
    color: 'hollow',
  },
  unknown_agent: {
    text: () =>
      i18n.translate('sentineloneResponse.status.unknownAgent', {
        defaultMessage: 'Unknown agent',
      }),
    color: 'hollow',
  },
  several_agents: {
    text: () =>
      i18n.translate('sentineloneResponse.status.severalAgents', {
        defaultMessage: 'Several agents',
      }),
    color: 'hollow',
  },
  other_agent: {
    text: () =>
      i18n.translate('sentineloneResponse.status.otherAgent', {
        defaultMessage: 'Conflicting agents',
      }),
    color: 'hollow',
  },
};

/** The status while SentinelOne carries out an action, on an agent that is online or not. */
export const inProgressOf = (action: ActionName, connection: 'online' | 'offline'): ShownStatus =>
  ACTION_DEFINITIONS[action].statuses.inProgress[connection];

/** True while SentinelOne has accepted a command that the agent has not carried out yet. */
export const isPending = (status: ShownStatus | undefined): boolean =>
  status !== undefined && STATUS[status].isPending === true;

/**
 * The action on a property to suggest for a status: it changes the status, or withdraws the command in progress. The
 * first action while no status is known.
 */
export const actionFor = (
  status: ShownStatus | undefined,
  property: HostProperty = LISTED_PROPERTY
): ActionName => actionOfferedFor(property, status);

/** The status in words. */
export const statusText = (status: ShownStatus): string => STATUS[status].text();

/** The status as a badge. `isTitled`: below the title of the property. */
export const HostStatusBadge: FC<{ readonly status: ShownStatus; readonly isTitled?: boolean }> = ({
  status,
  isTitled = false,
}) => {
  const { text, shortText = text, color, isPending: waits, isSoon } = STATUS[status];
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
      <span>{isTitled ? shortText() : text()}</span>
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
