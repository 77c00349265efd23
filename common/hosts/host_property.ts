import { MINUTE, SECOND } from '../lib/constants';
import { networkLabelOf, type Agent, type NetworkLabel } from './agent';
import { i18n } from '@kbn/i18n';

/** The properties of a host that actions change, and how SentinelOne reports them. */

/** The texts of a property of hosts. */
export interface PropertyTexts {
  /** As a title. */
  readonly title: () => string;
  /** Its status within a sentence, after "the". */
  readonly status: () => string;
}

export const PROPERTY_TEXTS: Readonly<Record<HostProperty, PropertyTexts>> = {
  network: {
    title: () =>
      i18n.translate('sentineloneResponse.property.network', { defaultMessage: 'Network status' }),
    status: () =>
      i18n.translate('sentineloneResponse.property.networkStatus', {
        defaultMessage: 'network status',
      }),
  },
  scan: {
    title: () =>
      i18n.translate('sentineloneResponse.property.scan', { defaultMessage: 'Full disk scan' }),
    status: () =>
      i18n.translate('sentineloneResponse.property.scanStatus', {
        defaultMessage: 'status of the full disk scan',
      }),
  },
};

export const HOST_PROPERTIES = ['network', 'scan'] as const;
/** Actions on one property supersede each other. */
export type HostProperty = (typeof HOST_PROPERTIES)[number];

/**
 * The status of the full disk scan that is shown. `scan_requested`, `scan_pending`, `aborting_scan` and
 * `abort_pending` are shown after SentinelOne accepted a command and before the agent reports it.
 */
export type ScanLabel =
  | 'not_scanned'
  | 'scan_requested'
  | 'scan_pending'
  | 'scanning'
  | 'scanning_offline'
  | 'scan_finished'
  | 'scan_aborted'
  | 'aborting_scan'
  | 'abort_pending'
  | 'scan_unknown';

/** The status of a property that is shown. */
export type StatusLabel = NetworkLabel | ScanLabel;

/** The fields of an agent from which the status of a property is read. */
export type ReadAgent = Pick<
  Agent,
  'networkStatus' | 'isActive' | 'scanStatus' | 'scanStartedAt' | 'scanFinishedAt' | 'scanAbortedAt'
>;

export interface PropertyDefinition {
  readonly labelOf: (agent: ReadAgent) => StatusLabel;
  /** What SentinelOne reports, for messages of the server: after "SentinelOne shows". */
  readonly reported: (agent: ReadAgent) => string;
  /** The name of the property in messages of the server. */
  readonly name: string;
  /** The label of an agent for which SentinelOne does not report the property. */
  readonly notReported: StatusLabel;
  /** When the agent reached a status, ISO 8601, for the statuses whose time SentinelOne reports. */
  readonly timeOf: Readonly<Partial<Record<StatusLabel, (agent: ReadAgent) => string | null>>>;
  /**
   * Whether a user can act on the property before its status is known. Only for what is urgent: which action makes
   * sense depends on the status.
   */
  readonly canChangeWithoutStatus: boolean;
  /**
   * Milliseconds in which an agent that is online may not show any effect of a command that SentinelOne accepted.
   * After that, the action ends as failed.
   */
  readonly effectExpectedWithin: number;
  /**
   * Whether SentinelOne reports an accepted command at once, even if the agent is offline. Otherwise, a report without
   * a sign of the command does not prove that SentinelOne did not accept it.
   */
  readonly showsAcceptance: boolean;
}

const scanLabelOf = ({ scanStatus, isActive }: ReadAgent): ScanLabel => {
  switch (scanStatus) {
    case 'none':
      return 'not_scanned';
    case 'started':
      return isActive === false ? 'scanning_offline' : 'scanning';
    case 'finished':
      return 'scan_finished';
    case 'aborted':
      return 'scan_aborted';
    case null:
      return 'scan_unknown';
  }
};

export const PROPERTY_DEFINITIONS: Readonly<Record<HostProperty, PropertyDefinition>> = {
  network: {
    labelOf: networkLabelOf,
    reported: ({ networkStatus }) => `it as ${networkStatus ?? 'nothing'}`,
    name: 'a network status',
    notReported: 'unknown',
    timeOf: {},
    canChangeWithoutStatus: true,
    effectExpectedWithin: 30 * SECOND,
    showsAcceptance: true,
  },
  scan: {
    labelOf: scanLabelOf,
    reported: ({ scanStatus }) => `its full disk scan as ${scanStatus ?? 'nothing'}`,
    name: 'the status of a full disk scan',
    notReported: 'scan_unknown',
    timeOf: {
      scan_finished: ({ scanFinishedAt }) => scanFinishedAt,
      scan_aborted: ({ scanAbortedAt }) => scanAbortedAt,
    },
    canChangeWithoutStatus: false,
    // The agent fetches the command when it contacts SentinelOne, and reports a scan once it has begun.
    effectExpectedWithin: 10 * MINUTE,
    showsAcceptance: false,
  },
};
