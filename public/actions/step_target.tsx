import { useState, type FC } from 'react';
import { EuiCallOut, EuiText } from '@elastic/eui';
import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent, type HostStatus } from '../../common/hosts/agent';
import { isSameHostName } from '../../common/hosts/host_name';
import type { ActionName } from '../../common/actions/action_name';
import { listText } from '../../common/lib/text';
import { namesOf } from '../../common/hosts/host_identity';
import type { HostSubject } from '../host_status/host_subject';
import { nameInText } from '../components/shown_name';
import { hostReason, unavailableText } from './available_action';
import {
  confirmationReason,
  confirmationText,
  type ConfirmationReason,
} from './confirmation_reason';

/** The host that a step was opened for, and whether it has changed since. */

type Identity = Pick<Agent, 'id' | 'uuid' | 'computerName'>;
/** The agent before SentinelOne has answered. */
const UNKNOWN_AGENT = { id: null, uuid: null, computerName: null };

/** The host as it was shown when the step opened. */
export interface ShownTarget {
  readonly subject: HostSubject;
  readonly agent: Identity;
  /** Why the user has to confirm the host by typing. */
  readonly doubt: ConfirmationReason | undefined;
}

export interface StepTarget {
  /** Undefined until SentinelOne has answered with an agent that accepts commands. */
  readonly openedFor: ShownTarget | undefined;
  /** What has changed since the step opened. The step stays stopped, even if the change is reverted. */
  readonly change: string | undefined;
}

const noValue = (): string =>
  i18n.translate('sentineloneResponse.stepTarget.nothing', { defaultMessage: 'none' });

const listOf = (value: string | null | undefined): readonly string[] =>
  value == null ? [] : [value];
const inList = (values: readonly string[]): string =>
  values.length === 0 ? noValue() : listText(values.map(nameInText));

const alertChanged = (field: string, before: readonly string[], now: readonly string[]): string =>
  i18n.translate('sentineloneResponse.stepTarget.alertChanged', {
    defaultMessage: 'The alert has changed. {field} before: {before}. Now: {now}.',
    values: { field, before: inList(before), now: inList(now) },
  });

/**
 * What has changed in the alert about its host. A value that the alert did not contain before is not a change if the
 * agent that was shown has this value.
 */
function changeOfSubject(
  {
    subject: before,
    agent,
  }: Pick<ShownTarget, 'subject'> & { readonly agent: Identity | typeof UNKNOWN_AGENT },
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

/** What has changed in SentinelOne about the host. */
function changeOfStatus(action: ActionName, openedFor: ShownTarget, status: HostStatus) {
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
    defaultMessage: 'The host has changed in SentinelOne. Before: {before}. Now: {now}.',
    values: { before: named(before), now: named(agent) },
  });
}

/** The host that is shown first; undefined until SentinelOne has answered with an agent that accepts commands. */
export function shownTargetOf(
  subject: HostSubject,
  status: HostStatus | undefined
): ShownTarget | undefined {
  const agent = foundAgent(status);
  if (agent === undefined || hostReason(status) !== undefined) return undefined;
  return { subject, agent, doubt: confirmationReason(subject, status) };
}

/** What has changed since the step was opened; undefined if nothing has. */
export const changeSince = (
  action: ActionName,
  openedFor: ShownTarget,
  subject: HostSubject,
  status: HostStatus | undefined
): string | undefined =>
  changeOfSubject(openedFor, subject) ??
  (status === undefined ? undefined : changeOfStatus(action, openedFor, status));

/**
 * Keeps the host that a step was opened for: the first one that it showed. `subject` and `status` are the current data of
 * the alert and of SentinelOne; `named` is the host in the alert when the user continued without a status.
 */
export function useStepTarget(
  action: ActionName,
  subject: HostSubject,
  status: HostStatus | undefined,
  named?: HostSubject
): StepTarget {
  const [openedFor, setOpenedFor] = useState<ShownTarget>();
  const [change, setChange] = useState<string>();
  if (openedFor === undefined) {
    // Set while rendering, so that what is kept is always what is shown.
    const other = named && changeOfSubject({ subject: named, agent: UNKNOWN_AGENT }, subject);
    if (other !== undefined && change === undefined) setChange(other);
    const first = shownTargetOf(subject, status);
    if (first !== undefined) setOpenedFor(first);
  } else if (change === undefined) {
    const next = changeSince(action, openedFor, subject, status);
    if (next !== undefined) setChange(next);
  }
  return { openedFor, change };
}

/** Reports that an open step cannot send its action, because the host has changed since it opened. */
export const StepStopped: FC<{ readonly change: string }> = ({ change }) => (
  <EuiCallOut
    size="s"
    color="danger"
    iconType="warning"
    role="alert"
    title={i18n.translate('sentineloneResponse.stepStopped.title', {
      defaultMessage: 'The host has changed since you opened this step',
    })}
    data-test-subj="sentineloneResponseStopped"
  >
    <EuiText size="s">
      <p>{change}</p>
      <p>
        {i18n.translate('sentineloneResponse.stepStopped.todo', {
          defaultMessage:
            'The action was not sent, and your comment was cleared. Check the host, then start again.',
        })}
      </p>
    </EuiText>
  </EuiCallOut>
);
