import { useState } from 'react';
import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent, type HostStatus } from '../../common/hosts/agent';
import { isSameHostName } from '../../common/hosts/host_name';
import type { ActionName } from '../../common/actions/action_name';
import { listText } from '../../common/lib/list_text';
import { namesOf } from '../../common/hosts/host_identity';
import type { HostSubject } from '../host_status/host_subject';
import { nameInText } from '../components/shown_name';
import { hostReason, unavailableText } from './available_action';
import {
  confirmationReason,
  confirmationText,
  type ConfirmationReason,
} from './confirmation_reason';

/** The host that an open step is about, and whether it still is that host. */

type Identity = Pick<Agent, 'id' | 'uuid' | 'computerName'>;
/** What is known of the agent before SentinelOne has answered. */
const NOT_KNOWN = { id: null, uuid: null, computerName: null };

/** The host as it was shown when the step opened. */
export interface OpenedFor {
  readonly subject: HostSubject;
  readonly agent: Identity;
  /** Why the person has to confirm which machine it is. */
  readonly doubt: ConfirmationReason | undefined;
}

export interface StepTarget {
  /** Undefined until SentinelOne has said which agent it is, and that it can be acted on. */
  readonly openedFor: OpenedFor | undefined;
  /** What has changed since, in a sentence; the step stays stopped, whatever is read afterwards. */
  readonly change: string | undefined;
}

const nothing = (): string =>
  i18n.translate('sentineloneResponse.stepTarget.nothing', { defaultMessage: 'none' });

const listOf = (value: string | null | undefined): readonly string[] =>
  value == null ? [] : [value];
const inList = (values: readonly string[]): string =>
  values.length === 0 ? nothing() : listText(values.map(nameInText));

const alertChanged = (field: string, before: readonly string[], now: readonly string[]): string =>
  i18n.translate('sentineloneResponse.stepTarget.alertChanged', {
    defaultMessage: 'The alert has changed. {field} before: {before}. Now: {now}.',
    values: { field, before: inList(before), now: inList(now) },
  });

/**
 * What an alert says otherwise of its host than it did. Something that it did not say before is nothing new as
 * long as it is true of the agent that was shown.
 */
function changeOfSubject(
  {
    subject: before,
    agent,
  }: Pick<OpenedFor, 'subject'> & { readonly agent: Identity | typeof NOT_KNOWN },
  now: HostSubject
) {
  const isSameName = (one: string, other: string) => isSameHostName(one, other);
  const fields = [
    {
      field: i18n.translate('sentineloneResponse.stepTarget.name', { defaultMessage: 'Host name' }),
      was: namesOf(before),
      is: namesOf(now),
      known: agent.computerName,
      isSame: isSameName,
    },
    {
      field: i18n.translate('sentineloneResponse.stepTarget.uuid', {
        defaultMessage: 'Agent UUID',
      }),
      was: listOf(before.uuid),
      is: listOf(now.uuid),
      known: agent.uuid,
      isSame: Object.is,
    },
    {
      field: i18n.translate('sentineloneResponse.stepTarget.agentId', {
        defaultMessage: 'Agent id',
      }),
      was: listOf(before.agentId),
      is: listOf(now.agentId),
      known: agent.id,
      isSame: Object.is,
    },
  ];
  const changed = fields.find(({ was, is, known, isSame }) => {
    const expected = was.length > 0 ? was : listOf(known);
    if (is.length === 0) return was.length > 0;
    return was.length > 1 || is.length > 1
      ? was.join() !== is.join()
      : !isSame(expected[0] ?? '', is[0]!);
  });
  if (changed === undefined) return undefined;
  const { field, was, is, known } = changed;
  return alertChanged(field, was.length > 0 ? was : listOf(known), is);
}

/** What SentinelOne says otherwise of the host than it did. */
function changeOfStatus(action: ActionName, openedFor: OpenedFor, status: HostStatus) {
  const { agent: before, subject, doubt } = openedFor;
  const reason = hostReason(status);
  if (reason !== undefined) return unavailableText(reason, action, before.computerName);
  const agent = foundAgent(status);
  if (agent === undefined) return undefined;
  const isSameName =
    before.computerName === agent.computerName ||
    isSameHostName(before.computerName, agent.computerName);
  if (isSameName && before.id === agent.id && before.uuid === agent.uuid) {
    const now = confirmationReason(subject, status);
    const isNewDoubt = now !== undefined && now.kind !== doubt?.kind;
    return isNewDoubt ? confirmationText(now, agent.computerName) : undefined;
  }
  const named = ({ computerName, id, uuid }: Identity) =>
    i18n.translate('sentineloneResponse.stepTarget.agent', {
      defaultMessage: '{name} (agent id {id}, UUID {uuid})',
      values: { name: inList(listOf(computerName)), id, uuid: inList(listOf(uuid)) },
    });
  return i18n.translate('sentineloneResponse.stepTarget.agentChanged', {
    defaultMessage: 'SentinelOne has another answer for this host. Before: {before}. Now: {now}.',
    values: { before: named(before), now: named(agent) },
  });
}

/** What is shown first of a host; undefined while SentinelOne has not said which agent it is, or it takes no commands. */
export function openedForOf(
  subject: HostSubject,
  status: HostStatus | undefined
): OpenedFor | undefined {
  const agent = foundAgent(status);
  if (agent === undefined || hostReason(status) !== undefined) return undefined;
  return { subject, agent, doubt: confirmationReason(subject, status) };
}

/** What has changed since the step was opened; undefined when nothing has. */
export const changeSince = (
  action: ActionName,
  openedFor: OpenedFor,
  subject: HostSubject,
  status: HostStatus | undefined
): string | undefined =>
  changeOfSubject(openedFor, subject) ??
  (status === undefined ? undefined : changeOfStatus(action, openedFor, status));

/**
 * Keeps the host for which a step was opened: the first that it showed. `subject` and `status` are what the
 * alert and SentinelOne say now; `named` is the host as the alert named it when the user went on without a status.
 */
export function useStepTarget(
  action: ActionName,
  subject: HostSubject,
  status: HostStatus | undefined,
  named?: HostSubject
): StepTarget {
  const [openedFor, setOpenedFor] = useState<OpenedFor>();
  const [change, setChange] = useState<string>();
  if (openedFor === undefined) {
    // While rendering, so that no later answer can come between what is shown and what is kept.
    const other = named && changeOfSubject({ subject: named, agent: NOT_KNOWN }, subject);
    if (other !== undefined && change === undefined) setChange(other);
    const first = openedForOf(subject, status);
    if (first !== undefined) setOpenedFor(first);
  } else if (change === undefined) {
    const next = changeSince(action, openedFor, subject, status);
    if (next !== undefined) setChange(next);
  }
  return { openedFor, change };
}
