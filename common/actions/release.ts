import { type ActionDefinition, networkReading, type ActionTexts } from './action_definition';
import { i18n } from '@kbn/i18n';

/** The texts of a release. */
const releaseTexts: ActionTexts = {
  label: () =>
    i18n.translate('sentineloneResponse.action.release', { defaultMessage: 'Release host' }),
  shortLabel: () =>
    i18n.translate('sentineloneResponse.history.release', { defaultMessage: 'Release' }),
  plural: () =>
    i18n.translate('sentineloneResponse.history.releases', { defaultMessage: 'Releases' }),
  count: (values) =>
    i18n.translate('sentineloneResponse.history.releaseCount', {
      defaultMessage: '{count, plural, one {# release} other {# releases}}',
      values,
    }),
  tried: () =>
    i18n.translate('sentineloneResponse.reason.tried.release', { defaultMessage: 'release hosts' }),
  privilege: () =>
    i18n.translate('sentineloneResponse.feature.release', { defaultMessage: 'Release hosts' }),
  permissionPurpose: () =>
    i18n.translate('sentineloneResponse.permission.connect', { defaultMessage: 'release hosts' }),
  send: (values) =>
    i18n.translate('sentineloneResponse.step.release', {
      defaultMessage: 'Release {host}',
      values,
    }),
  sendAgain: (values) =>
    i18n.translate('sentineloneResponse.step.releaseAgain', {
      defaultMessage: 'Try again to release {host}',
      values,
    }),
  effect: (values) =>
    i18n.translate('sentineloneResponse.action.releaseEffect', {
      defaultMessage: 'Restores the network access that {host} had before the isolation.',
      values,
    }),
  notConfirmed: () =>
    i18n.translate('sentineloneResponse.step.releaseUnclear', {
      defaultMessage: 'The release is not confirmed',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.step.releaseFailed', {
      defaultMessage: 'The host was not released',
    }),
  superseded: (values) =>
    i18n.translate('sentineloneResponse.history.supersededByRelease', {
      defaultMessage: 'Superseded: {user} released the host later.',
      values,
    }),
  approvalRequest: (values) =>
    i18n.translate('sentineloneResponse.approval.requestText.release', {
      defaultMessage: '{user} requests to release {hosts}, with the comment:',
      values,
    }),
  caseEvent: (values) =>
    i18n.translate('sentineloneResponse.caseAttachment.release', {
      defaultMessage: 'added the release of {hosts}, requested by {user}',
      values,
    }),
  effectByState: {
    isolated_offline: (values) =>
      i18n.translate('sentineloneResponse.action.releaseLaterEffect', {
        defaultMessage:
          '{host} is offline. The release takes effect when the host is back online. Until then, it stays isolated.',
        values,
      }),
    isolating: (values) =>
      i18n.translate('sentineloneResponse.action.withdrawIsolationEffect', {
        defaultMessage: 'Withdraws the isolation of {host} that is in progress.',
        values,
      }),
    isolation_pending: (values) =>
      i18n.translate('sentineloneResponse.action.withdrawPendingIsolationEffect', {
        defaultMessage:
          'Withdraws the pending isolation of {host}. The host is offline, and is not isolated when it is back online.',
        values,
      }),
  },
  done: (values, isOffline) =>
    isOffline
      ? i18n.translate('sentineloneResponse.progress.releasedOffline', {
          defaultMessage: '{name} is no longer isolated. It is offline',
          values,
        })
      : i18n.translate('sentineloneResponse.progress.released', {
          defaultMessage: '{name} is back on the network',
          values,
        }),
  accepted: (values) =>
    i18n.translate('sentineloneResponse.progress.releasing', {
      defaultMessage: 'Request accepted: releasing {name}',
      values,
    }),
  notInEffect: () =>
    i18n.translate('sentineloneResponse.progress.releaseNotInEffect', {
      defaultMessage: 'It is not in effect until the agent reports it.',
    }),
  unchanged: {
    reached: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyReleased', {
        defaultMessage:
          '{name} was already released{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    requested: (values) =>
      i18n.translate('sentineloneResponse.progress.releaseRequested', {
        defaultMessage:
          'The release of {name} was already requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    either: (values) =>
      i18n.translate('sentineloneResponse.progress.releasedOrRequested', {
        defaultMessage:
          '{name} was already released, or its release was requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
  withdrawal: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.accepted', {
        defaultMessage: 'Request accepted: withdrawing the isolation of {name}',
        values,
      }),
    offline: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.offline', {
        defaultMessage: '{name} is offline. It is not isolated when it is back online.',
        values,
      }),
    done: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.isolation.done', {
        defaultMessage: 'The isolation of {name} is withdrawn',
        values,
      }),
  },
  withoutStatus: () =>
    i18n.translate('sentineloneResponse.withoutStatus.release', {
      defaultMessage: 'Release host without its status',
    }),
  todo: {
    decommissioned: () =>
      i18n.translate('sentineloneResponse.reason.decommissioned.todoRelease', {
        defaultMessage:
          'If the host is in use, recommission its agent in the SentinelOne console, then release the host.',
      }),
    uninstalled: () =>
      i18n.translate('sentineloneResponse.reason.uninstalled.todoRelease', {
        defaultMessage:
          'Check the host. If it has no network access, install the agent again, then release the host.',
      }),
    offline: () =>
      i18n.translate('sentineloneResponse.reason.offline.todoRelease', {
        defaultMessage: 'Its network status does not change until then.',
      }),
  },
  bulk: {
    title: () =>
      i18n.translate('sentineloneResponse.bulk.releaseTitle', {
        defaultMessage: 'Release the hosts of the selected alerts',
      }),
    confirm: (values) =>
      i18n.translate('sentineloneResponse.bulk.confirmRelease', {
        defaultMessage: 'Release {count, plural, one {# host} other {# hosts}}',
        values,
      }),
    willBeSent: () =>
      i18n.translate('sentineloneResponse.bulk.willRelease', {
        defaultMessage: 'Will be released.',
      }),
    done: () =>
      i18n.translate('sentineloneResponse.bulk.released', { defaultMessage: 'Released.' }),
    alreadyReached: () =>
      i18n.translate('sentineloneResponse.bulk.notIsolated', {
        defaultMessage: 'Not isolated, or already being released.',
      }),
    doneCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.releasedCount', {
        defaultMessage: '{count, number} released',
        values,
      }),
    pendingCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.releasingCount', {
        defaultMessage: '{count, number} releasing',
        values,
      }),
    none: () =>
      i18n.translate('sentineloneResponse.bulk.noneReleased', {
        defaultMessage: 'No host was released',
      }),
    noneOf: (values) =>
      i18n.translate('sentineloneResponse.end.noneReleased', {
        defaultMessage: 'None of the {count} hosts was released',
        values,
      }),
    notAll: (values) =>
      i18n.translate('sentineloneResponse.end.someNotReleased', {
        defaultMessage: 'The release failed or was refused for {bad} of {count} hosts',
        values,
      }),
  },
  setup: {
    proven: (isProven) =>
      i18n.translate('sentineloneResponse.setup.try.provenRelease', {
        defaultMessage:
          '{isProven, select, true {A release through this connector was confirmed:} other {Not proven yet: no release through this connector was confirmed.}}',
        values: { isProven: String(isProven) },
      }),
    testStep: (values) =>
      i18n.translate('sentineloneResponse.hostTest.release', {
        defaultMessage: 'Release {name}',
        values,
      }),
  },
};

/** Connects an isolated host to the network again. */
export const release: ActionDefinition = {
  subAction: 'releaseHost',
  route: '/internal/sentinelone_response/hosts/_release',
  opposite: 'isolate',
  property: 'network',
  sentinelOne: {
    path: '/agents/actions/connect',
    permission: 'Endpoints.reconnectToNetwork',
    isRequired: true,
  },
  privilege: { id: 'release_host', api: 'sentineloneResponse-release', capability: 'release' },
  // A protected host that was isolated under an override can always be released.
  isBlockedByProtection: false,
  canEndAutomatically: false,
  parameters: 'the parameters of a release',
  read: networkReading({
    connected: 'reached',
    connecting: 'in_progress',
    disconnected: 'not_reached',
    disconnecting: 'reverting',
  }),
  activities: { requested: 'reconnect', reached: 'reconnected', reverted: 'disconnected' },
  statuses: {
    inProgress: { online: 'releasing', offline: 'release_pending' },
    reached: ['connected', 'offline'],
  },
  icon: 'lockOpen',
  color: 'primary',
  chartColor: 0,
  words: { verb: 'release', done: 'released', pending: 'releasing' },
  texts: releaseTexts,
};
