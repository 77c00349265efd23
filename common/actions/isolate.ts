import { type ActionDefinition, networkReading, type ActionTexts } from './action_definition';
import { i18n } from '@kbn/i18n';

/** The texts of an isolation. */
const isolateTexts: ActionTexts = {
  label: () =>
    i18n.translate('sentineloneResponse.action.isolate', { defaultMessage: 'Isolate host' }),
  shortLabel: () =>
    i18n.translate('sentineloneResponse.history.isolate', { defaultMessage: 'Isolate' }),
  plural: () =>
    i18n.translate('sentineloneResponse.history.isolations', { defaultMessage: 'Isolations' }),
  count: (values) =>
    i18n.translate('sentineloneResponse.history.isolationCount', {
      defaultMessage: '{count, plural, one {# isolation} other {# isolations}}',
      values,
    }),
  tried: () =>
    i18n.translate('sentineloneResponse.reason.tried.isolate', { defaultMessage: 'isolate hosts' }),
  privilege: () =>
    i18n.translate('sentineloneResponse.feature.isolate', { defaultMessage: 'Isolate hosts' }),
  permissionPurpose: () =>
    i18n.translate('sentineloneResponse.permission.disconnect', {
      defaultMessage: 'isolate hosts',
    }),
  send: (values) =>
    i18n.translate('sentineloneResponse.step.isolate', {
      defaultMessage: 'Isolate {host}',
      values,
    }),
  sendAgain: (values) =>
    i18n.translate('sentineloneResponse.step.isolateAgain', {
      defaultMessage: 'Try again to isolate {host}',
      values,
    }),
  effect: (values) =>
    i18n.translate('sentineloneResponse.action.isolateEffect', {
      defaultMessage:
        'Isolates {host} from the network. Until it is released, it can communicate only with SentinelOne.',
      values,
    }),
  notConfirmed: () =>
    i18n.translate('sentineloneResponse.step.isolateUnclear', {
      defaultMessage: 'The isolation is not confirmed',
    }),
  failed: () =>
    i18n.translate('sentineloneResponse.step.isolateFailed', {
      defaultMessage: 'The host was not isolated',
    }),
  superseded: (values) =>
    i18n.translate('sentineloneResponse.history.supersededByIsolate', {
      defaultMessage: 'Superseded: {user} isolated the host later.',
      values,
    }),
  approvalRequest: (values) =>
    i18n.translate('sentineloneResponse.approval.requestText.isolate', {
      defaultMessage: '{user} requests to isolate {hosts}, with the comment:',
      values,
    }),
  caseEvent: (values) =>
    i18n.translate('sentineloneResponse.caseAttachment.isolate', {
      defaultMessage: 'added the isolation of {hosts}, requested by {user}',
      values,
    }),
  effectByState: {
    offline: (values) =>
      i18n.translate('sentineloneResponse.action.isolateLaterEffect', {
        defaultMessage:
          '{host} is offline. The isolation takes effect when the host is back online.',
        values,
      }),
    releasing: (values) =>
      i18n.translate('sentineloneResponse.action.withdrawReleaseEffect', {
        defaultMessage:
          'Withdraws the release of {host} that is in progress. SentinelOne isolates it, or keeps it isolated.',
        values,
      }),
    release_pending: (values) =>
      i18n.translate('sentineloneResponse.action.withdrawPendingReleaseEffect', {
        defaultMessage:
          'Withdraws the pending release of {host}. The host is offline. When it is back online, SentinelOne isolates it, or keeps it isolated.',
        values,
      }),
  },
  done: (values) =>
    i18n.translate('sentineloneResponse.progress.isolated', {
      defaultMessage: '{name} is isolated from the network',
      values,
    }),
  accepted: (values) =>
    i18n.translate('sentineloneResponse.progress.isolating', {
      defaultMessage: 'Request accepted: isolating {name}',
      values,
    }),
  notInEffect: () =>
    i18n.translate('sentineloneResponse.progress.isolateNotInEffect', {
      defaultMessage: 'It is not in effect until the agent reports it.',
    }),
  unchanged: {
    reached: (values) =>
      i18n.translate('sentineloneResponse.progress.alreadyIsolated', {
        defaultMessage:
          '{name} was already isolated{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    requested: (values) =>
      i18n.translate('sentineloneResponse.progress.isolationRequested', {
        defaultMessage:
          'The isolation of {name} was already requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
    either: (values) =>
      i18n.translate('sentineloneResponse.progress.isolatedOrRequested', {
        defaultMessage:
          '{name} was already isolated, or its isolation was requested{by, select, yes {, by {user} at {time}} other {}}',
        values,
      }),
  },
  withdrawal: {
    accepted: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.accepted', {
        defaultMessage: 'Request accepted: withdrawing the release of {name}',
        values,
      }),
    offline: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.offline', {
        defaultMessage: '{name} is offline. It is isolated when it is back online.',
        values,
      }),
    done: (values) =>
      i18n.translate('sentineloneResponse.withdrawal.release.done', {
        defaultMessage: 'The release of {name} is withdrawn. The host is isolated',
        values,
      }),
  },
  withoutStatus: () =>
    i18n.translate('sentineloneResponse.withoutStatus.isolate', {
      defaultMessage: 'Isolate host without its status',
    }),
  overrideProtection: {
    send: (values) =>
      i18n.translate('sentineloneResponse.step.isolateProtected', {
        defaultMessage: 'Isolate protected host {host}',
        values,
      }),
    confirm: (values) =>
      i18n.translate('sentineloneResponse.bulk.confirmProtected', {
        defaultMessage:
          'Isolate {count, plural, one {# host} other {# hosts}}, {protectedCount, number} protected',
        values,
      }),
  },
  todo: {
    decommissioned: () =>
      i18n.translate('sentineloneResponse.reason.decommissioned.todo', {
        defaultMessage:
          'If the host is in use, recommission its agent in the SentinelOne console, or disconnect the host from the network by other means.',
      }),
    uninstalled: () =>
      i18n.translate('sentineloneResponse.reason.uninstalled.todo', {
        defaultMessage:
          'Disconnect the host from the network by other means, or install the agent again.',
      }),
    offline: () =>
      i18n.translate('sentineloneResponse.reason.offline.todo', {
        defaultMessage:
          'The isolation takes effect only then. If it is urgent, disconnect the host from the network by other means.',
      }),
  },
  bulk: {
    title: () =>
      i18n.translate('sentineloneResponse.bulk.isolateTitle', {
        defaultMessage: 'Isolate the hosts of the selected alerts',
      }),
    confirm: (values) =>
      i18n.translate('sentineloneResponse.bulk.confirmIsolate', {
        defaultMessage: 'Isolate {count, plural, one {# host} other {# hosts}}',
        values,
      }),
    willBeSent: () =>
      i18n.translate('sentineloneResponse.bulk.willIsolate', {
        defaultMessage: 'Will be isolated.',
      }),
    done: () =>
      i18n.translate('sentineloneResponse.bulk.isolated', { defaultMessage: 'Isolated.' }),
    alreadyReached: () =>
      i18n.translate('sentineloneResponse.bulk.alreadyIsolated', {
        defaultMessage: 'Already isolated, or being isolated.',
      }),
    doneCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.isolatedCount', {
        defaultMessage: '{count, number} isolated',
        values,
      }),
    pendingCount: (values) =>
      i18n.translate('sentineloneResponse.bulk.isolatingCount', {
        defaultMessage: '{count, number} isolating',
        values,
      }),
    none: () =>
      i18n.translate('sentineloneResponse.bulk.noneIsolated', {
        defaultMessage: 'No host was isolated',
      }),
    noneOf: (values) =>
      i18n.translate('sentineloneResponse.end.noneIsolated', {
        defaultMessage: 'None of the {count} hosts was isolated',
        values,
      }),
    notAll: (values) =>
      i18n.translate('sentineloneResponse.end.someNotIsolated', {
        defaultMessage: 'The isolation failed or was refused for {bad} of {count} hosts',
        values,
      }),
  },
  setup: {
    proven: (isProven) =>
      i18n.translate('sentineloneResponse.setup.try.provenIsolate', {
        defaultMessage:
          '{isProven, select, true {An isolation through this connector was confirmed:} other {Not proven yet: no isolation through this connector was confirmed.}}',
        values: { isProven: String(isProven) },
      }),
    testStep: (values) =>
      i18n.translate('sentineloneResponse.hostTest.isolate', {
        defaultMessage: 'Isolate {name}',
        values,
      }),
  },
};

/** Disconnects a host from the network; only SentinelOne still reaches it. */
export const isolate: ActionDefinition = {
  subAction: 'isolateHost',
  route: '/internal/sentinelone_response/hosts/_isolate',
  opposite: 'release',
  property: 'network',
  sentinelOne: {
    path: '/agents/actions/disconnect',
    permission: 'Endpoints.disconnectFromNetwork',
    isRequired: true,
  },
  privilege: { id: 'isolate_host', api: 'sentineloneResponse-isolate', capability: 'isolate' },
  isBlockedByProtection: true,
  canEndAutomatically: true,
  parameters: 'the parameters of an isolation',
  read: networkReading({
    connected: 'not_reached',
    disconnecting: 'in_progress',
    disconnected: 'reached',
    connecting: 'reverting',
  }),
  activities: {
    requested: 'disconnect',
    reached: 'disconnected',
    reverted: 'reconnected',
    failed: { kind: 'unableToDisconnect', reason: 'unable_to_disconnect' },
  },
  statuses: {
    inProgress: { online: 'isolating', offline: 'isolation_pending' },
    reached: ['isolated'],
  },
  icon: 'lock',
  color: 'danger',
  chartColor: 9,
  words: { verb: 'isolate', done: 'isolated', pending: 'isolating' },
  texts: isolateTexts,
};
