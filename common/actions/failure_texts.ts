import { i18n } from '@kbn/i18n';
import type { ReasonTexts, Tried } from './reason_text_types';
import type { AnyReason, Refusal } from './reasons';
import type { ReasonByAction } from './action_definition';
import { DEFAULT_ACTION } from './action_name';
import { ACTION_DEFINITIONS } from './catalogue';

/** What to do next, for the reasons whose next step depends on the action. */
export const nextStep = (reason: ReasonByAction, tried: Tried): string =>
  ACTION_DEFINITIONS[tried === 'read' ? DEFAULT_ACTION : tried].texts.todo[reason]();

/** The texts of failures, delays and failed reads. */
export const FAILURE_TEXTS: Readonly<Record<Exclude<AnyReason, Refusal>, ReasonTexts>> = {
  unauthorized: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.unauthorized.what', {
        defaultMessage: "SentinelOne does not accept the connector's API token.",
      }),
      todo: i18n.translate('sentineloneResponse.reason.unauthorized.todo', {
        defaultMessage:
          'Ask an administrator to generate a new token in SentinelOne and enter it in the connector.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unauthorized.short', {
        defaultMessage: 'SentinelOne does not accept the API token',
      }),
  },
  forbidden: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.forbidden.what', {
        defaultMessage: 'SentinelOne refused the request to {tried}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.forbidden.todo', {
        defaultMessage:
          "If a permission is missing, ask an administrator to add it to the role of the token's user in SentinelOne.",
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.forbidden.short', {
        defaultMessage: 'SentinelOne refused the request',
      }),
  },
  throttled: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.throttled.what', {
        defaultMessage: 'The request was throttled because there are too many requests.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.throttled.todo', {
        defaultMessage: 'Wait a minute and try again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.throttled.short', {
        defaultMessage: 'the request was throttled',
      }),
  },
  unreachable: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.unreachable.what', {
        defaultMessage: 'There is no usable answer from SentinelOne.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.unreachable.todo', {
        defaultMessage:
          'Check the {status} before you try again. If this persists, ask an administrator to check the tenant URL, the proxy and xpack.actions.allowedHosts with the Test tab of the connector.',
        values,
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unreachable.short', {
        defaultMessage: 'there is no usable answer from SentinelOne',
      }),
  },
  not_affected: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.not_affected.what', {
        defaultMessage: 'SentinelOne accepted the request but did not carry it out for {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.not_affected.todo', {
        defaultMessage: 'Try again. If it fails again, check the host in the SentinelOne console.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.not_affected.short', {
        defaultMessage: 'SentinelOne did not carry it out',
      }),
  },
  unexpected_answer: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.unexpected_answer.what', {
        defaultMessage: 'Kibana received an unexpected answer to the request to SentinelOne.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.unexpected_answer.todo', {
        defaultMessage:
          'Check the {status} before you try again. If this persists, ask an administrator to check the tenant URL and the network path to SentinelOne with the Test tab of the connector.',
        values,
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unexpected_answer.short', {
        defaultMessage: 'unexpected answer to the request',
      }),
  },
  unable_to_disconnect: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.unable_to_disconnect.what', {
        defaultMessage:
          'SentinelOne reports that the agent of {host} received the command but could not disconnect from the network.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.unable_to_disconnect.todo', {
        defaultMessage:
          'Check the agent in the SentinelOne console. If it is urgent, disconnect the host from the network by other means.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unable_to_disconnect.short', {
        defaultMessage: 'its agent could not disconnect',
      }),
  },
  scan_aborted: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.scan_aborted.what', {
        defaultMessage: 'SentinelOne reports that the full disk scan of {host} was aborted.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.scan_aborted.todo', {
        defaultMessage:
          'Another user aborted it, or the agent did. Check the activity log in SentinelOne, and scan the host again if needed.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.scan_aborted.short', {
        defaultMessage: 'the scan was aborted',
      }),
  },
  undone: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.undone.what', {
        defaultMessage:
          'Another user reverted the {status} of {host}, in the SentinelOne console or through its API.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.undone.todo', {
        defaultMessage:
          'Check in the activity log in SentinelOne who reverted it and why. Repeat the action if needed.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.undone.short', {
        defaultMessage: 'another user reverted it',
      }),
  },
  superseded: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.superseded.what', {
        defaultMessage: 'A later action requested the opposite for {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.superseded.todo', {
        defaultMessage: 'No action is needed. The later action has its own record.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.superseded.short', {
        defaultMessage: 'a later action requested the opposite',
      }),
  },
  interrupted: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.interrupted.what', {
        defaultMessage:
          'Kibana stopped while the action was in progress. SentinelOne has no evidence that it received the request for {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.interrupted.todo', {
        defaultMessage: 'Check the {status}, and try again if needed.',
        values,
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.interrupted.short', {
        defaultMessage: 'Kibana stopped during the action',
      }),
  },
  offline: {
    text: (values, tried) => ({
      what: i18n.translate('sentineloneResponse.reason.offline.what', {
        defaultMessage:
          '{host} is offline. SentinelOne sends the command when the host is back online.',
        values,
      }),
      todo: nextStep('offline', tried),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.offline.short', {
        defaultMessage: 'the host is offline',
      }),
  },
  waiting: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.waiting.what', {
        defaultMessage:
          'SentinelOne accepted the request for {host}. Its agent has not reported yet.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.waiting.todo', {
        defaultMessage:
          'The status updates automatically. If this persists, check the agent in the SentinelOne console.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.waiting.short', {
        defaultMessage: 'its agent has not reported yet',
      }),
  },
  timed_out: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.readFailure.timed_out.what', {
        defaultMessage: 'SentinelOne did not answer within {seconds} seconds.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.readFailure.timed_out.todo', {
        defaultMessage:
          'Refresh the status in a moment. If this persists, ask an administrator to check the connection with the Test tab of the connector.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.readFailure.timed_out.short', {
        defaultMessage: 'SentinelOne did not answer in time',
      }),
  },
  too_many_reads: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.readFailure.too_many_reads.what', {
        defaultMessage: 'You requested the status of too many hosts in a short time.',
      }),
      todo: i18n.translate('sentineloneResponse.readFailure.too_many_reads.todo', {
        defaultMessage:
          'The status refreshes in {seconds, plural, one {# second} other {# seconds}}. Close other tabs that show many hosts.',
        values,
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.readFailure.too_many_reads.short', {
        defaultMessage: 'the status of too many hosts was requested in a short time',
      }),
  },
};
