import type { ReadAgent } from '../hosts/host_property';
import type { ActionDefinition, ActionReading, ActionTexts } from './action_definition';
import { i18n } from '@kbn/i18n';

/** The texts of a full disk scan. */
const scanTexts: ActionTexts = {
  label: () => i18n.translate('sentineloneResponse.action.scan', { defaultMessage: 'Scan host' }),
  shortLabel: () => i18n.translate('sentineloneResponse.history.scan', { defaultMessage: 'Scan' }),
  plural: () => i18n.translate('sentineloneResponse.history.scans', { defaultMessage: 'Scans' }),
  count: (values) =>
    i18n.translate('sentineloneResponse.history.scanCount', {
      defaultMessage: '{count, plural, one {# scan} other {# scans}}',
      values,
    }),
  tried: () =>
    i18n.translate('sentineloneResponse.reason.tried.scan', { defaultMessage: 'scan hosts' }),
  privilege: () =>
    i18n.translate('sentineloneResponse.feature.scan', { defaultMessage: 'Scan hosts' }),
  permissionPurpose: () =>
    i18n.translate('sentineloneResponse.permission.initiateScan', { defaultMessage: 'scan hosts' }),
  send: (values) =>
    i18n.translate('sentineloneResponse.step.scan', { defaultMessage: 'Scan {host}', values }),
  sendAgain: (values) =>
    i18n.translate('sentineloneResponse.step.scanAgain', {
      defaultMessage: 'Try again to scan {host}',
      values,
    }),
  effect: (values) =>
    i18n.translate('sentineloneResponse.action.scanEffect', {
      defaultMessage:
        'Starts a full disk scan of {host}. It can take several hours. The host stays in use and may be slower.',
      values,
    }),
  effectByState: {
    scanning: (values) =>
      i18n.translate('sentineloneResponse.action.scanRunningEffect', {
        defaultMessage: 'A full disk scan of {host} is running already. No second scan is started.',
        values,
      }),
    scanning_offline: (values) =>
      i18n.translate('sentineloneResponse.action.scanRunningOfflineEffect', {
        defaultMessage:
          'A full disk scan of {host} was running when the host went offline. No second scan is started.',
        values,
      }),
  },
  notConfirmed: () =>
    i18n.translate('sentineloneResponse.step.scanUnclear', {
      defaultMessage: 'The scan is not confirmed',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.step.scanFailed', {
      defaultMessage: 'The host was not scanned',
    }),
  done: (values) =>
    i18n.translate('sentineloneResponse.progress.scanned', {
      defaultMessage: 'SentinelOne finished the full disk scan of {name}',
      values,
    }),
  accepted: (values) =>
    i18n.translate('sentineloneResponse.progress.scanRequested', {
      defaultMessage: 'Request accepted: full disk scan of {name}',
      values,
    }),
  notInEffect: () =>
    i18n.translate('sentineloneResponse.progress.scanNotInEffect', {
      defaultMessage: 'The scan starts when the agent receives the command.',
    }),
  running: (values) =>
    i18n.translate('sentineloneResponse.progress.scanning', {
      defaultMessage: 'The full disk scan of {name} is running',
      values,
    }),
  unchanged: {
    reached: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyScanned', {
        defaultMessage:
          '{name} was already scanned{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    requested: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyScanning', {
        defaultMessage:
          'A full disk scan of {name} was already running or requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    either: (values) =>
      i18n.translate('sentineloneResponse.progress.scannedOrScanning', {
        defaultMessage:
          'A full disk scan of {name} was already running when you requested it{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
  withoutStatus: () =>
    i18n.translate('sentineloneResponse.withoutStatus.scan', {
      defaultMessage: 'Scan host without its status',
    }),
  todo: {
    decommissioned: () =>
      i18n.translate('sentineloneResponse.reason.decommissioned.todoScan', {
        defaultMessage:
          'If the host is in use, recommission its agent in the SentinelOne console, then scan the host.',
      }),
    uninstalled: () =>
      i18n.translate('sentineloneResponse.reason.uninstalled.todoScan', {
        defaultMessage: 'If the host is in use, install the agent again, then scan the host.',
      }),
    offline: () =>
      i18n.translate('sentineloneResponse.reason.offline.todoScan', {
        defaultMessage: 'The scan starts only then.',
      }),
  },
  superseded: (values) =>
    i18n.translate('sentineloneResponse.history.supersededByScan', {
      defaultMessage: 'Superseded: {user} started a scan later.',
      values,
    }),
  approvalRequest: (values) =>
    i18n.translate('sentineloneResponse.approval.requestText.scan', {
      defaultMessage: '{user} requests to scan {hosts}, with the comment:',
      values,
    }),
  caseEvent: (values) =>
    i18n.translate('sentineloneResponse.caseAttachment.scan', {
      defaultMessage: 'added the scan of {hosts}, requested by {user}',
      values,
    }),
  bulk: {
    title: () =>
      i18n.translate('sentineloneResponse.bulk.scanTitle', {
        defaultMessage: 'Scan the hosts of the selected alerts',
      }),
    confirm: (values) =>
      i18n.translate('sentineloneResponse.bulk.confirmScan', {
        defaultMessage: 'Scan {count, plural, one {# host} other {# hosts}}',
        values,
      }),
    willBeSent: () =>
      i18n.translate('sentineloneResponse.bulk.willScan', { defaultMessage: 'Will be scanned.' }),
    done: () => i18n.translate('sentineloneResponse.bulk.scanned', { defaultMessage: 'Scanned.' }),
    alreadyReached: () =>
      i18n.translate('sentineloneResponse.bulk.alreadyScanning', {
        defaultMessage: 'A full disk scan is already running or requested.',
      }),
    doneCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.scannedCount', {
        defaultMessage: '{count, number} scanned or already scanning',
        values,
      }),
    pendingCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.scanningCount', {
        defaultMessage: '{count, number} scanning',
        values,
      }),
    none: () =>
      i18n.translate('sentineloneResponse.bulk.noneScanned', {
        defaultMessage: 'No scan was started',
      }),
    noneOf: (values) =>
      i18n.translate('sentineloneResponse.end.noneScanned', {
        defaultMessage: 'No scan was started on any of the {count} hosts',
        values,
      }),
    notAll: (values) =>
      i18n.translate('sentineloneResponse.end.someNotScanned', {
        defaultMessage: 'The scan failed or was refused for {bad} of {count} hosts',
        values,
      }),
  },
};

/** Whether a time of SentinelOne is later than the request. */
const isAfter = (time: string | null, requestedAt: string): boolean =>
  time !== null && Date.parse(time) > Date.parse(requestedAt);

/** A scan has ended when the agent reports an end that is later than the request. */
function read(
  { scanStatus, scanFinishedAt, scanAbortedAt, isActive }: ReadAgent,
  requestedAt?: string
): ActionReading {
  if (scanStatus === null) return { kind: 'not_reported' };
  if (requestedAt !== undefined && isAfter(scanFinishedAt, requestedAt)) return { kind: 'reached' };
  if (scanStatus === 'started') return { kind: 'in_progress' };
  if (requestedAt === undefined) return { kind: 'not_reached' };
  if (scanStatus === 'aborted' && isAfter(scanAbortedAt, requestedAt)) {
    return { kind: 'failed', reason: 'scan_aborted' };
  }
  return { kind: isActive === false ? 'undetermined' : 'not_reached' };
}

/** Scans all files of a host. */
export const scan: ActionDefinition = {
  subAction: 'scanHost',
  route: '/internal/sentinelone_response/hosts/_scan',
  opposite: 'abortScan',
  property: 'scan',
  sentinelOne: {
    path: '/agents/actions/initiate-scan',
    permission: 'Endpoints.initiateScan',
    isRequired: false,
  },
  privilege: { id: 'scan_host', api: 'sentineloneResponse-scan', capability: 'scan' },
  isBlockedByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of a scan',
  read,
  statuses: {
    inProgress: { online: 'scan_requested', offline: 'scan_pending' },
    alsoInProgress: ['scanning', 'scanning_offline', 'aborting_scan', 'abort_pending'],
    // A host can be scanned again.
    reached: [],
  },
  icon: 'inspect',
  color: 'primary',
  chartColor: 1,
  words: { verb: 'scan', done: 'scanned', pending: 'scanning' },
  texts: scanTexts,
};
