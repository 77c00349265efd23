import { i18n } from '@kbn/i18n';
import type { ActionName, Reason } from './outcome';
import { overridePrivilegePath } from './override_texts';

/** What a reason means for a person, and what to do next. One table for messages and pages. */

export interface ReasonText {
  /** What happened, in a sentence or two. */
  readonly what: string;
  /** What to do next. */
  readonly todo: string;
}

export interface ReasonDetails {
  /** The host, as people call it. */
  readonly name?: string | null;
  /** Words that differ from case to case, such as what SentinelOne said. */
  readonly detail?: string;
}

/** What was tried: an action, or reading. */
export type Tried = ActionName | 'read';

type Values = Readonly<Record<'host' | 'tried', string>>;

const TEXTS: Readonly<Record<Reason, (values: Values, tried: Tried) => ReasonText>> = {
  not_found: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.not_found.what', {
      defaultMessage: 'No agent in SentinelOne has the UUID or id of {host}.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.not_found.todo', {
      defaultMessage:
        'Look for the host in the SentinelOne console: its agent may have been removed, or may belong to a site that the API token cannot see.',
    }),
  }),
  ambiguous: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.ambiguous.what', {
      defaultMessage: 'Several agents share the UUID of {host}, as cloned machines do.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.ambiguous.todo', {
      defaultMessage:
        'Choose the right one by its agent id, and give the clones UUIDs of their own in SentinelOne.',
    }),
  }),
  mismatch: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.mismatch.what', {
      defaultMessage: 'The alert and SentinelOne do not agree which machine {host} is.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.mismatch.todo', {
      defaultMessage:
        'Find out which machine it is. If it is the right one, confirm the name that SentinelOne has for it.',
    }),
  }),
  named_once: (values) => ({
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
  unusable_id: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.unusable_id.what', {
      defaultMessage: 'The alert has no agent UUID or id of {host} that can be trusted.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.unusable_id.todo', {
      defaultMessage:
        'Find the host by its name, and check which machine it is. Whoever maintains the ingest pipeline should store agent ids as text.',
    }),
  }),
  decommissioned: (values, tried) => ({
    what: i18n.translate('sentineloneResponse.reason.decommissioned.what', {
      defaultMessage: 'The agent of {host} is decommissioned and accepts no commands.',
      values,
    }),
    todo:
      tried === 'release'
        ? i18n.translate('sentineloneResponse.reason.decommissioned.todoRelease', {
            defaultMessage:
              'If the host is in use, recommission its agent in the SentinelOne console, then release the host.',
          })
        : i18n.translate('sentineloneResponse.reason.decommissioned.todo', {
            defaultMessage:
              'If the host is in use, recommission its agent in the SentinelOne console, or disconnect the host from the network by other means.',
          }),
  }),
  uninstalled: (values, tried) => ({
    what: i18n.translate('sentineloneResponse.reason.uninstalled.what', {
      defaultMessage: 'The agent of {host} is uninstalled. Nothing on the host accepts commands.',
      values,
    }),
    todo:
      tried === 'release'
        ? i18n.translate('sentineloneResponse.reason.uninstalled.todoRelease', {
            defaultMessage:
              'Check the host itself. If it has no network access, install the agent again, then release the host.',
          })
        : i18n.translate('sentineloneResponse.reason.uninstalled.todo', {
            defaultMessage:
              'Disconnect the host from the network by other means, or install the agent again.',
          }),
  }),
  protected: (values) => ({
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
  in_flight: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.in_flight.what', {
      defaultMessage: 'Another action on {host} is in progress.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.in_flight.todo', {
      defaultMessage: 'Wait a moment, check the network status, and try again if needed.',
    }),
  }),
  too_many: () => ({
    what: i18n.translate('sentineloneResponse.reason.too_many.what', {
      defaultMessage: 'The request names more hosts than one action allows.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.too_many.todo', {
      defaultMessage: 'Act on fewer hosts at a time.',
    }),
  }),
  space_not_found: () => ({
    what: i18n.translate('sentineloneResponse.reason.space_not_found.what', {
      defaultMessage: 'This Kibana space does not exist.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.space_not_found.todo', {
      defaultMessage: 'Check the name of the space in the address. Nothing was sent or recorded.',
    }),
  }),
  no_connector: () => ({
    what: i18n.translate('sentineloneResponse.reason.no_connector.what', {
      defaultMessage: 'This space has no SentinelOne Response connector that can be used.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.no_connector.todo', {
      defaultMessage:
        'An administrator creates one in Stack Management > Connectors, with the tenant URL and an API token, or enters the token of the existing one again.',
    }),
  }),
  several_connectors: () => ({
    what: i18n.translate('sentineloneResponse.reason.several_connectors.what', {
      defaultMessage:
        'There are several SentinelOne Response connectors in this space, so it is not clear which tenant is meant.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.several_connectors.todo', {
      defaultMessage:
        'An administrator deletes all but one in Stack Management > Connectors. Nothing is sent until then.',
    }),
  }),
  no_privilege: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.no_privilege.what', {
      defaultMessage: 'You do not have the privilege to {tried} in this space.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.no_privilege.todo', {
      defaultMessage:
        'Ask an administrator for the Kibana privilege "SentinelOne Response", with what you need under "Actions on hosts".',
    }),
  }),
  automation_off: () => ({
    what: i18n.translate('sentineloneResponse.reason.automation_off.what', {
      defaultMessage: 'The connector does not let rules and API keys act on hosts.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.automation_off.todo', {
      defaultMessage:
        'If they should act, an administrator turns on "Let rules and API keys act" in the connector.',
    }),
  }),
  unauthorized: () => ({
    what: i18n.translate('sentineloneResponse.reason.unauthorized.what', {
      defaultMessage: "SentinelOne does not accept the connector's API token.",
    }),
    todo: i18n.translate('sentineloneResponse.reason.unauthorized.todo', {
      defaultMessage:
        'An administrator generates a new token in SentinelOne and enters it in the connector.',
    }),
  }),
  forbidden: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.forbidden.what', {
      defaultMessage: 'SentinelOne refused the request to {tried}.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.forbidden.todo', {
      defaultMessage:
        "If a permission is missing, an administrator adds it to the role of the token's user in SentinelOne.",
    }),
  }),
  throttled: () => ({
    what: i18n.translate('sentineloneResponse.reason.throttled.what', {
      defaultMessage: 'The request was refused because of throttling: there are too many.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.throttled.todo', {
      defaultMessage: 'Wait a minute and try again.',
    }),
  }),
  unreachable: () => ({
    what: i18n.translate('sentineloneResponse.reason.unreachable.what', {
      defaultMessage: 'There is no usable answer from SentinelOne.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.unreachable.todo', {
      defaultMessage:
        'Check the network status before you try again. If this persists, an administrator checks the tenant URL, the proxy and xpack.actions.allowedHosts with the Test tab of the connector.',
    }),
  }),
  not_affected: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.not_affected.what', {
      defaultMessage: 'SentinelOne accepted the request but did not carry it out for {host}.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.not_affected.todo', {
      defaultMessage: 'Try again. If it fails again, check the host in the SentinelOne console.',
    }),
  }),
  unexpected_answer: () => ({
    what: i18n.translate('sentineloneResponse.reason.unexpected_answer.what', {
      defaultMessage: 'The request to SentinelOne got an unexpected answer.',
    }),
    todo: i18n.translate('sentineloneResponse.reason.unexpected_answer.todo', {
      defaultMessage:
        'Check the network status before you try again. If this persists, an administrator checks the tenant URL and what is between Kibana and SentinelOne with the Test tab of the connector.',
    }),
  }),
  unable_to_disconnect: (values) => ({
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
  undone: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.undone.what', {
      defaultMessage:
        'Somebody else changed the network status of {host} back, in the SentinelOne console or through its API.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.undone.todo', {
      defaultMessage:
        'Check the activity log in SentinelOne to see who did it and why, and repeat the action if needed.',
    }),
  }),
  superseded: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.superseded.what', {
      defaultMessage: 'A later action requested the opposite for {host}.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.superseded.todo', {
      defaultMessage: 'No action is needed. The later action has its own record.',
    }),
  }),
  interrupted: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.interrupted.what', {
      defaultMessage:
        'Kibana stopped while the action was in progress, and SentinelOne shows no sign that the request for {host} arrived.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.interrupted.todo', {
      defaultMessage: 'Check the network status, and try again if needed.',
    }),
  }),
  offline: (values, tried) => ({
    what: i18n.translate('sentineloneResponse.reason.offline.what', {
      defaultMessage: '{host} is offline. SentinelOne will pass the command on when it is back.',
      values,
    }),
    todo:
      tried === 'release'
        ? i18n.translate('sentineloneResponse.reason.offline.todoRelease', {
            defaultMessage: 'Its network status does not change until then.',
          })
        : i18n.translate('sentineloneResponse.reason.offline.todo', {
            defaultMessage:
              'Nothing takes effect until then. Take it off the network by other means if it matters now.',
          }),
  }),
  waiting: (values) => ({
    what: i18n.translate('sentineloneResponse.reason.waiting.what', {
      defaultMessage:
        'SentinelOne accepted the request for {host}. Its agent has not reported yet.',
      values,
    }),
    todo: i18n.translate('sentineloneResponse.reason.waiting.todo', {
      defaultMessage:
        'Wait. Kibana checks again automatically. If this persists, check the agent in the SentinelOne console.',
    }),
  }),
};

const SHORT: Readonly<Record<Reason, () => string>> = {
  not_found: () =>
    i18n.translate('sentineloneResponse.reason.not_found.short', {
      defaultMessage: 'no agent has this UUID or id',
    }),
  ambiguous: () =>
    i18n.translate('sentineloneResponse.reason.ambiguous.short', {
      defaultMessage: 'two agents share this UUID',
    }),
  mismatch: () =>
    i18n.translate('sentineloneResponse.reason.mismatch.short', {
      defaultMessage: 'SentinelOne knows it as another machine',
    }),
  named_once: () =>
    i18n.translate('sentineloneResponse.reason.named_once.short', {
      defaultMessage: 'it is named only once',
    }),
  unusable_id: () =>
    i18n.translate('sentineloneResponse.reason.unusable_id.short', {
      defaultMessage: 'its agent id in the alert cannot be trusted',
    }),
  decommissioned: () =>
    i18n.translate('sentineloneResponse.reason.decommissioned.short', {
      defaultMessage: 'its agent is decommissioned',
    }),
  uninstalled: () =>
    i18n.translate('sentineloneResponse.reason.uninstalled.short', {
      defaultMessage: 'its agent is uninstalled',
    }),
  protected: () =>
    i18n.translate('sentineloneResponse.reason.protected.short', {
      defaultMessage: 'it is protected',
    }),
  in_flight: () =>
    i18n.translate('sentineloneResponse.reason.in_flight.short', {
      defaultMessage: 'another action on it is in progress',
    }),
  too_many: () =>
    i18n.translate('sentineloneResponse.reason.too_many.short', {
      defaultMessage: 'too many hosts',
    }),
  space_not_found: () =>
    i18n.translate('sentineloneResponse.reason.space_not_found.short', {
      defaultMessage: 'the Kibana space does not exist',
    }),
  no_connector: () =>
    i18n.translate('sentineloneResponse.reason.no_connector.short', {
      defaultMessage: 'this space has no SentinelOne Response connector that can be used',
    }),
  several_connectors: () =>
    i18n.translate('sentineloneResponse.reason.several_connectors.short', {
      defaultMessage: 'there are several SentinelOne Response connectors in this space',
    }),
  no_privilege: () =>
    i18n.translate('sentineloneResponse.reason.no_privilege.short', {
      defaultMessage: 'the caller lacks the privilege',
    }),
  automation_off: () =>
    i18n.translate('sentineloneResponse.reason.automation_off.short', {
      defaultMessage: 'the connector does not let rules and API keys act',
    }),
  unauthorized: () =>
    i18n.translate('sentineloneResponse.reason.unauthorized.short', {
      defaultMessage: 'SentinelOne does not accept the API token',
    }),
  forbidden: () =>
    i18n.translate('sentineloneResponse.reason.forbidden.short', {
      defaultMessage: 'SentinelOne refused the request',
    }),
  throttled: () =>
    i18n.translate('sentineloneResponse.reason.throttled.short', {
      defaultMessage: 'requests are being throttled',
    }),
  unreachable: () =>
    i18n.translate('sentineloneResponse.reason.unreachable.short', {
      defaultMessage: 'there is no usable answer from SentinelOne',
    }),
  not_affected: () =>
    i18n.translate('sentineloneResponse.reason.not_affected.short', {
      defaultMessage: 'SentinelOne did not carry it out',
    }),
  unexpected_answer: () =>
    i18n.translate('sentineloneResponse.reason.unexpected_answer.short', {
      defaultMessage: 'the request got an unexpected answer',
    }),
  unable_to_disconnect: () =>
    i18n.translate('sentineloneResponse.reason.unable_to_disconnect.short', {
      defaultMessage: 'its agent could not disconnect',
    }),
  undone: () =>
    i18n.translate('sentineloneResponse.reason.undone.short', {
      defaultMessage: 'somebody else changed it back',
    }),
  superseded: () =>
    i18n.translate('sentineloneResponse.reason.superseded.short', {
      defaultMessage: 'a later action requested the opposite',
    }),
  interrupted: () =>
    i18n.translate('sentineloneResponse.reason.interrupted.short', {
      defaultMessage: 'Kibana stopped during the action',
    }),
  offline: () =>
    i18n.translate('sentineloneResponse.reason.offline.short', {
      defaultMessage: 'the host is offline',
    }),
  waiting: () =>
    i18n.translate('sentineloneResponse.reason.waiting.short', {
      defaultMessage: 'its agent has not reported yet',
    }),
};

/** What was tried, as it stands in a sentence after "to". */
const TRIED: Readonly<Record<Tried, () => string>> = {
  isolate: () =>
    i18n.translate('sentineloneResponse.reason.tried.isolate', { defaultMessage: 'isolate hosts' }),
  release: () =>
    i18n.translate('sentineloneResponse.reason.tried.release', { defaultMessage: 'release hosts' }),
  read: () =>
    i18n.translate('sentineloneResponse.reason.tried.read', { defaultMessage: 'view hosts' }),
};

const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** What `reason` means and what to do about it; `detail` follows what happened. */
export function reasonText(
  reason: Reason,
  tried: Tried,
  { name, detail }: ReasonDetails = {}
): ReasonText {
  const host =
    name ?? i18n.translate('sentineloneResponse.reason.thisHost', { defaultMessage: 'this host' });
  const { what, todo } = TEXTS[reason]({ host, tried: TRIED[tried]() }, tried);
  const capital = what.charAt(0).toUpperCase() + what.slice(1);
  // A host's name is never changed, not even at the beginning of a sentence.
  const first = name != null && what.startsWith(name) ? what : capital;
  return { what: detail === undefined ? first : `${first} ${sentence(detail)}`, todo };
}

/** A reason in a few words, for the middle of a sentence. */
export const shortReason = (reason: Reason): string => SHORT[reason]();
