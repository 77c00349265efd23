import { i18n } from '@kbn/i18n';
import { overridePrivilegePath } from './protection_override';
import { nextStep } from './failure_texts';
import type { ReasonTexts } from './reason_text_types';
import type { Refusal } from './reasons';

/** The texts of the reasons for which no command is sent. */
export const REFUSAL_TEXTS: Readonly<Record<Refusal, ReasonTexts>> = {
  not_found: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.not_found.what', {
        defaultMessage: 'No agent in SentinelOne has the UUID or id of {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.not_found.todo', {
        defaultMessage:
          'Look for the host in the SentinelOne console: its agent may have been removed, or may belong to a site that the API token cannot see.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.not_found.short', {
        defaultMessage: 'no agent has this UUID or id',
      }),
  },
  ambiguous: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.ambiguous.what', {
        defaultMessage:
          'Several agents share the UUID of {host}. This happens with cloned machines.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.ambiguous.todo', {
        defaultMessage:
          'Choose the agent by its id. To fix this permanently, give each clone its own UUID in SentinelOne.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.ambiguous.short', {
        defaultMessage: 'two agents share this UUID',
      }),
  },
  mismatch: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.mismatch.what', {
        defaultMessage: 'The alert and SentinelOne identify {host} as different machines.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.mismatch.todo', {
        defaultMessage:
          'Check which machine it is. If it is the right one, confirm its name in SentinelOne.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.mismatch.short', {
        defaultMessage: 'SentinelOne identifies it as another machine',
      }),
  },
  named_once: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.named_once.what', {
        defaultMessage:
          '{host} is identified by one value only. Rules and API keys act only on hosts that are identified by two values: UUID and agent id, or one of them and the host name.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.named_once.todo', {
        defaultMessage:
          'Check that it is the right host, and run the action yourself. If this happens for every alert, change the rule to read documents that also contain the host name or the agent id.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.named_once.short', {
        defaultMessage: 'it is identified by one value only',
      }),
  },
  unusable_id: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.unusable_id.what', {
        defaultMessage: 'The alert has no reliable agent UUID or id for {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.unusable_id.todo', {
        defaultMessage:
          'Find the host by name and check which machine it is. To fix this permanently, store agent ids as text in the ingest pipeline.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unusable_id.short', {
        defaultMessage: 'its agent id in the alert is not reliable',
      }),
  },
  decommissioned: {
    text: (values, tried) => ({
      what: i18n.translate('sentineloneResponse.reason.decommissioned.what', {
        defaultMessage: 'The agent of {host} is decommissioned and accepts no commands.',
        values,
      }),
      todo: nextStep('decommissioned', tried),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.decommissioned.short', {
        defaultMessage: 'its agent is decommissioned',
      }),
  },
  uninstalled: {
    text: (values, tried) => ({
      what: i18n.translate('sentineloneResponse.reason.uninstalled.what', {
        defaultMessage: 'The agent of {host} is uninstalled. Nothing on the host accepts commands.',
        values,
      }),
      todo: nextStep('uninstalled', tried),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.uninstalled.short', {
        defaultMessage: 'its agent is uninstalled',
      }),
  },
  protected: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.protected.what', {
        defaultMessage: '{host} is protected from isolation in the settings.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.protected.todo', {
        defaultMessage:
          'The protection settings say whether a user with the Kibana privilege "{privilege}" can isolate it with a second comment, or has to approve a request.',
        values: { privilege: overridePrivilegePath() },
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.protected.short', {
        defaultMessage: 'it is protected',
      }),
  },
  in_flight: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.in_flight.what', {
        defaultMessage: 'Another action on {host} is in progress.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.in_flight.todo', {
        defaultMessage: 'Wait a moment, check the {status}, and try again if needed.',
        values,
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.in_flight.short', {
        defaultMessage: 'another action on it is in progress',
      }),
  },
  too_many: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.too_many.what', {
        defaultMessage: 'The request contains more hosts than one action allows.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.too_many.todo', {
        defaultMessage: 'Select fewer hosts.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.too_many.short', {
        defaultMessage: 'too many hosts',
      }),
  },
  space_not_found: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.space_not_found.what', {
        defaultMessage: 'This Kibana space does not exist.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.space_not_found.todo', {
        defaultMessage: 'Check the name of the space in the URL. Nothing was sent or recorded.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.space_not_found.short', {
        defaultMessage: 'the Kibana space does not exist',
      }),
  },
  no_connector: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.no_connector.what', {
        defaultMessage: 'This space has no usable SentinelOne Response connector.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.no_connector.todo', {
        defaultMessage:
          'Ask an administrator to create one in Stack Management > Connectors with the tenant URL and an API token, or to enter the token of the existing one again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.no_connector.short', {
        defaultMessage: 'this space has no usable SentinelOne Response connector',
      }),
  },
  several_connectors: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.several_connectors.what', {
        defaultMessage:
          'There are several SentinelOne Response connectors in this space, so the tenant is ambiguous.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.several_connectors.todo', {
        defaultMessage:
          'Ask an administrator to delete all but one in Stack Management > Connectors. Until then, no command is sent.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.several_connectors.short', {
        defaultMessage: 'there are several SentinelOne Response connectors in this space',
      }),
  },
  no_privilege: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.no_privilege.what', {
        defaultMessage: 'You do not have the privilege to {tried} in this space.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.no_privilege.todo', {
        defaultMessage:
          'Ask an administrator for it. They grant it with the Kibana privilege "SentinelOne Response", under "Actions on hosts".',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.no_privilege.short', {
        defaultMessage: 'the caller lacks the privilege',
      }),
  },
  declined: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.declined.what', {
        defaultMessage: 'Another user declined the request for {host}.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.declined.todo', {
        defaultMessage: 'Their comment is in the history. You can request approval again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.declined.short', {
        defaultMessage: 'another user declined it',
      }),
  },
  withdrawn: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.withdrawn.what', {
        defaultMessage: 'The request for {host} was withdrawn by the user who made it.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.withdrawn.todo', {
        defaultMessage: 'You can request approval again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.withdrawn.short', {
        defaultMessage: 'the request was withdrawn',
      }),
  },
  approval_expired: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.approval_expired.what', {
        defaultMessage: 'The request for {host} expired before another user approved it.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.approval_expired.todo', {
        defaultMessage: 'Request approval again if it is still needed.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.approval_expired.short', {
        defaultMessage: 'nobody approved it in time',
      }),
  },
  connector_changed: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.connector_changed.what', {
        defaultMessage: 'The connector or its tenant has changed since approval was requested.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.connector_changed.todo', {
        defaultMessage: 'Decline this request. Approval can then be requested again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.connector_changed.short', {
        defaultMessage: 'the connector has changed since the request',
      }),
  },
  already_decided: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.already_decided.what', {
        defaultMessage: 'This request is no longer awaiting approval.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.already_decided.todo', {
        defaultMessage: 'The history shows who approved, declined or withdrew it.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.already_decided.short', {
        defaultMessage: 'it is no longer awaiting approval',
      }),
  },
  release_not_pending: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.release_not_pending.what', {
        defaultMessage: 'No automatic release of this action is pending.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.release_not_pending.todo', {
        defaultMessage: 'Nothing was changed. The history shows what happened to it.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.release_not_pending.short', {
        defaultMessage: 'no automatic release of the action is pending',
      }),
  },
  release_changed: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.release_changed.what', {
        defaultMessage: 'The automatic release was changed in the meantime.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.release_changed.todo', {
        defaultMessage: 'Nothing was changed. Check its present time, then try again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.release_changed.short', {
        defaultMessage: 'the automatic release was changed in the meantime',
      }),
  },
  already_requested: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.already_requested.what', {
        defaultMessage: 'A request for approval for {host} is open already.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.already_requested.todo', {
        defaultMessage:
          'Have that request approved or declined, or ask who made it to withdraw it. It also ends when it expires.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.already_requested.short', {
        defaultMessage: 'a request for approval is open already',
      }),
  },
  own_request: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.own_request.what', {
        defaultMessage:
          'You cannot approve or decline a request that was made with your user name.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.own_request.todo', {
        defaultMessage:
          'Ask another user with the Kibana privilege "{privilege}", or withdraw the request.',
        values: { privilege: overridePrivilegePath() },
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.own_request.short', {
        defaultMessage: 'it was requested with the same user name',
      }),
  },
  automation_off: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.automation_off.what', {
        defaultMessage: 'The connector does not let rules and API keys act on hosts.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.automation_off.todo', {
        defaultMessage:
          'To allow it, ask an administrator to turn on "Let rules and API keys act" in the connector.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.automation_off.short', {
        defaultMessage: 'the connector does not let rules and API keys act',
      }),
  },
};
