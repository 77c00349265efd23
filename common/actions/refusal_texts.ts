import { i18n } from '@kbn/i18n';
import { overridePrivilegePath } from './override_texts';
import { nextStep } from './next_step';
import type { ReasonTexts } from './reason_texts';
import type { Refusal } from './reasons';

/** The texts of the reasons for which nothing is sent. */
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
        defaultMessage: 'Several agents share the UUID of {host}, as cloned machines do.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.ambiguous.todo', {
        defaultMessage:
          'Choose the right one by its agent id, and give the clones UUIDs of their own in SentinelOne.',
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
        defaultMessage: 'The alert and SentinelOne do not agree which machine {host} is.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.mismatch.todo', {
        defaultMessage:
          'Find out which machine it is. If it is the right one, confirm the name that SentinelOne has for it.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.mismatch.short', {
        defaultMessage: 'SentinelOne knows it as another machine',
      }),
  },
  named_once: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.named_once.what', {
        defaultMessage:
          '{host} is named only once. Rules and API keys act only on hosts that are named twice, independently: by UUID and agent id, or by one of them and the name.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.named_once.todo', {
        defaultMessage:
          'Check that it is the host you mean, and act on it yourself. If it happens with every alert, have the rule read documents that carry the host name or the agent id as well.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.named_once.short', {
        defaultMessage: 'it is named only once',
      }),
  },
  unusable_id: {
    text: (values) => ({
      what: i18n.translate('sentineloneResponse.reason.unusable_id.what', {
        defaultMessage: 'The alert has no agent UUID or id of {host} that can be trusted.',
        values,
      }),
      todo: i18n.translate('sentineloneResponse.reason.unusable_id.todo', {
        defaultMessage:
          'Find the host by its name, and check which machine it is. Whoever maintains the ingest pipeline should store agent ids as text.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.unusable_id.short', {
        defaultMessage: 'its agent id in the alert cannot be trusted',
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
          'A user with the Kibana privilege "{privilege}" can isolate it, with a second comment. Otherwise, ask whoever manages the protected hosts.',
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
        defaultMessage: 'Wait a moment, check the network status, and try again if needed.',
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
        defaultMessage: 'The request names more hosts than one action allows.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.too_many.todo', {
        defaultMessage: 'Act on fewer hosts at a time.',
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
        defaultMessage: 'Check the name of the space in the address. Nothing was sent or recorded.',
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
        defaultMessage: 'This space has no SentinelOne Response connector that can be used.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.no_connector.todo', {
        defaultMessage:
          'An administrator creates one in Stack Management > Connectors, with the tenant URL and an API token, or enters the token of the existing one again.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.no_connector.short', {
        defaultMessage: 'this space has no SentinelOne Response connector that can be used',
      }),
  },
  several_connectors: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.several_connectors.what', {
        defaultMessage:
          'There are several SentinelOne Response connectors in this space, so it is not clear which tenant is meant.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.several_connectors.todo', {
        defaultMessage:
          'An administrator deletes all but one in Stack Management > Connectors. Nothing is sent until then.',
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
          'Ask an administrator for the Kibana privilege "SentinelOne Response", with what you need under "Actions on hosts".',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.no_privilege.short', {
        defaultMessage: 'the caller lacks the privilege',
      }),
  },
  automation_off: {
    text: () => ({
      what: i18n.translate('sentineloneResponse.reason.automation_off.what', {
        defaultMessage: 'The connector does not let rules and API keys act on hosts.',
      }),
      todo: i18n.translate('sentineloneResponse.reason.automation_off.todo', {
        defaultMessage:
          'If they should act, an administrator turns on "Let rules and API keys act" in the connector.',
      }),
    }),
    short: () =>
      i18n.translate('sentineloneResponse.reason.automation_off.short', {
        defaultMessage: 'the connector does not let rules and API keys act',
      }),
  },
};
