import type { ReadAgent } from '../hosts/host_property';
import type { ActionDefinition, ActionReading, ActionTexts } from './action_definition';
import { i18n } from '@kbn/i18n';

/** The texts of aborting a full disk scan. */
const abortScanTexts: ActionTexts = {
  label: () =>
    i18n.translate('sentineloneResponse.action.abortScan', { defaultMessage: 'Abort scan' }),
  shortLabel: () =>
    i18n.translate('sentineloneResponse.history.abortScan', { defaultMessage: 'Abort scan' }),
  plural: () =>
    i18n.translate('sentineloneResponse.history.abortedScans', { defaultMessage: 'Aborted scans' }),
  count: (values) =>
    i18n.translate('sentineloneResponse.history.abortScanCount', {
      defaultMessage: '{count, plural, one {# aborted scan} other {# aborted scans}}',
      values,
    }),
  tried: () =>
    i18n.translate('sentineloneResponse.reason.tried.abortScan', { defaultMessage: 'abort scans' }),
  privilege: () =>
    i18n.translate('sentineloneResponse.feature.abortScan', { defaultMessage: 'Abort scans' }),
  permissionPurpose: () =>
    i18n.translate('sentineloneResponse.permission.abortScan', { defaultMessage: 'abort scans' }),
  send: (values) =>
    i18n.translate('sentineloneResponse.step.abortScan', {
      defaultMessage: 'Abort scan of {host}',
      values,
    }),
  sendAgain: (values) =>
    i18n.translate('sentineloneResponse.step.abortScanAgain', {
      defaultMessage: 'Try again to abort the scan of {host}',
      values,
    }),
  effect: (values) =>
    i18n.translate('sentineloneResponse.action.abortScanEffect', {
      defaultMessage:
        'Aborts the full disk scan of {host}. Files that the scan has not reached are not scanned.',
      values,
    }),
  effectByState: {
    scan_requested: (values) =>
      i18n.translate('sentineloneResponse.action.abortRequestedScanEffect', {
        defaultMessage: 'Aborts the full disk scan of {host} that was just requested.',
        values,
      }),
    scan_pending: (values) =>
      i18n.translate('sentineloneResponse.action.abortPendingScanEffect', {
        defaultMessage: 'Aborts the full disk scan of {host} that is pending. The host is offline.',
        values,
      }),
    scanning_offline: (values) =>
      i18n.translate('sentineloneResponse.action.abortScanLaterEffect', {
        defaultMessage:
          '{host} is offline. SentinelOne aborts the full disk scan when the host is back online.',
        values,
      }),
  },
  notConfirmed: () =>
    i18n.translate('sentineloneResponse.step.abortScanUnclear', {
      defaultMessage: 'It is not confirmed that the scan is aborted',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.step.abortScanFailed', {
      defaultMessage: 'The scan was not aborted',
    }),
  done: (values) =>
    i18n.translate('sentineloneResponse.progress.scanAborted', {
      defaultMessage: 'No full disk scan is running on {name} anymore',
      values,
    }),
  accepted: (values) =>
    i18n.translate('sentineloneResponse.progress.abortingScan', {
      defaultMessage: 'Request accepted: aborting the full disk scan of {name}',
      values,
    }),
  notInEffect: () =>
    i18n.translate('sentineloneResponse.progress.abortScanNotInEffect', {
      defaultMessage: 'The scan continues until the agent receives the command.',
    }),
  unchanged: {
    reached: (values) =>
      i18n.translate('sentineloneResponse.progress.noScanRunning', {
        defaultMessage:
          'No full disk scan was running on {name}{by, select, yes {. {user} requested to abort it at {time}} other {}}',
        values,
      }),
    requested: (values) =>
      i18n.translate('sentineloneResponse.progress.abortRequested', {
        defaultMessage:
          'The full disk scan of {name} was already being aborted{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    either: (values) =>
      i18n.translate('sentineloneResponse.progress.noScanOrAborting', {
        defaultMessage:
          'No full disk scan was running on {name}, or it was already being aborted{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
  withoutStatus: () =>
    i18n.translate('sentineloneResponse.withoutStatus.abortScan', {
      defaultMessage: 'Abort scan without host status',
    }),
  todo: {
    decommissioned: () =>
      i18n.translate('sentineloneResponse.reason.decommissioned.todoAbortScan', {
        defaultMessage: 'No action is needed: a decommissioned agent does not scan.',
      }),
    uninstalled: () =>
      i18n.translate('sentineloneResponse.reason.uninstalled.todoAbortScan', {
        defaultMessage: 'No action is needed: without the agent, no scan runs.',
      }),
    offline: () =>
      i18n.translate('sentineloneResponse.reason.offline.todoAbortScan', {
        defaultMessage: 'A scan that is running on the host continues until then.',
      }),
  },
  superseded: (values) =>
    i18n.translate('sentineloneResponse.history.supersededByAbortScan', {
      defaultMessage: 'Superseded: {user} aborted the scan later.',
      values,
    }),
  approvalRequest: (values) =>
    i18n.translate('sentineloneResponse.approval.requestText.abortScan', {
      defaultMessage: '{user} requests to abort the scan of {hosts}, with the comment:',
      values,
    }),
  caseEvent: (values) =>
    i18n.translate('sentineloneResponse.caseAttachment.abortScan', {
      defaultMessage: 'added the abort of the scan of {hosts}, requested by {user}',
      values,
    }),
  bulk: {
    title: () =>
      i18n.translate('sentineloneResponse.bulk.abortScanTitle', {
        defaultMessage: 'Abort the scans of the hosts of the selected alerts',
      }),
    confirm: (values) =>
      i18n.translate('sentineloneResponse.bulk.confirmAbortScan', {
        defaultMessage: 'Abort scan on {count, plural, one {# host} other {# hosts}}',
        values,
      }),
    willBeSent: () =>
      i18n.translate('sentineloneResponse.bulk.willAbortScan', {
        defaultMessage: 'Scan will be aborted.',
      }),
    done: () =>
      i18n.translate('sentineloneResponse.bulk.scanAborted', {
        defaultMessage: 'No scan is running.',
      }),
    alreadyReached: () =>
      i18n.translate('sentineloneResponse.bulk.noScanRunning', {
        defaultMessage: 'No full disk scan is running.',
      }),
    doneCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.scanAbortedCount', {
        defaultMessage: '{count, number} without a running scan',
        values,
      }),
    pendingCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.abortingScanCount', {
        defaultMessage: '{count, number} aborting',
        values,
      }),
    none: () =>
      i18n.translate('sentineloneResponse.bulk.noneScanAborted', {
        defaultMessage: 'No scan was aborted',
      }),
    noneOf: (values) =>
      i18n.translate('sentineloneResponse.end.noneScanAborted', {
        defaultMessage: 'The scan was aborted on none of the {count} hosts',
        values,
      }),
    notAll: (values) =>
      i18n.translate('sentineloneResponse.end.someScansNotAborted', {
        defaultMessage: 'Aborting the scan failed or was refused for {bad} of {count} hosts',
        values,
      }),
  },
};

/** An agent reports the end of its scan. Before that, it does not show that it received the command. */
function read({ scanStatus, isActive }: ReadAgent, requestedAt?: string): ActionReading {
  if (scanStatus === null) return { kind: 'not_reported' };
  // An agent that is offline may have started or ended a scan since it last reported.
  if (requestedAt !== undefined && isActive === false) return { kind: 'undetermined' };
  return { kind: scanStatus === 'started' ? 'not_reached' : 'reached' };
}

/** Aborts the full disk scan that runs on a host. */
export const abortScan: ActionDefinition = {
  subAction: 'abortScan',
  route: '/internal/sentinelone_response/hosts/_abort_scan',
  opposite: 'scan',
  property: 'scan',
  sentinelOne: {
    path: '/agents/actions/abort-scan',
    permission: 'Endpoints.abortScan',
    isRequired: false,
  },
  privilege: {
    id: 'abort_scan',
    api: 'sentineloneResponse-abortScan',
    capability: 'abortScan',
  },
  isBlockedByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of aborting a scan',
  read,
  statuses: {
    inProgress: { online: 'aborting_scan', offline: 'abort_pending' },
    reached: ['not_scanned', 'scan_finished', 'scan_aborted'],
  },
  icon: 'stop',
  color: 'danger',
  chartColor: 7,
  words: { verb: 'stop scanning', done: 'no longer scanning', pending: 'aborting their scan' },
  texts: abortScanTexts,
};
