import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent, type HostStatus } from '../../common/hosts/agent';
import { isSameHostName } from '../../common/hosts/host_name';
import { tellApart } from '../../common/hosts/host_name_difference';
import { listText } from '../../common/lib/list_text';
import { visibleName } from '../../common/lib/visible_text';
import { namesOf } from '../../common/hosts/host_identity';
import type { HostSubject } from '../host_status/host_subject';

/** Why a person has to confirm the host by typing before an action: which machine is meant is in doubt. */
export type ConfirmationReason =
  | { readonly kind: 'name_differs'; readonly alertName: string }
  /** Of UUID and id one belongs to the agent, the other to none. */
  | { readonly kind: 'partial_match'; readonly foundBy: 'uuid' | 'agentId' }
  /** A person chose it among several, which may all have one name: so its id is typed. */
  | { readonly kind: 'chosen'; readonly agentId: string };

/** Undefined where nothing is in doubt, or where no agent was found. */
export function confirmationReason(
  subject: Pick<HostSubject, 'name' | 'names' | 'isChosen'>,
  status: HostStatus | undefined
): ConfirmationReason | undefined {
  const agent = foundAgent(status);
  if (agent === undefined) return undefined;
  if (status?.state === 'partial_match') return { kind: 'partial_match', foundBy: status.foundBy };
  const names = namesOf(subject);
  if (names.length > 0 && !names.some((name) => isSameHostName(name, agent.computerName))) {
    return { kind: 'name_differs', alertName: listText(names) };
  }
  return subject.isChosen === true ? { kind: 'chosen', agentId: agent.id } : undefined;
}

/** Digits of an agent id that are typed; clones that were enrolled together have ids that begin alike. */
const DIGITS_TYPED = 6;
const digitsOf = (agentId: string): string => agentId.slice(-DIGITS_TYPED);

/** Whether what was typed confirms this agent: its name, or for a chosen one the end of its id or all of it. */
export function isConfirmed(
  { kind }: ConfirmationReason,
  typed: string,
  { id, computerName }: Pick<Agent, 'id' | 'computerName'>
): boolean {
  if (kind !== 'chosen') return isSameHostName(typed, computerName);
  return [digitsOf(id), id].includes(typed.trim());
}

/** Whether there is nothing to type: SentinelOne has no name for the agent. */
export const cannotBeConfirmed = (
  { kind }: ConfirmationReason,
  { computerName }: Pick<Agent, 'computerName'>
): boolean => kind !== 'chosen' && computerName === null;

function nameDiffersText(alertName: string, name: string | null): string {
  if (name === null) {
    return i18n.translate('sentineloneResponse.step.nameMissing', {
      defaultMessage: 'The alert calls this host {alertName}, SentinelOne has no name for it',
      values: { alertName: visibleName(alertName) },
    });
  }
  const [expected, actual] = tellApart(alertName, name);
  return i18n.translate('sentineloneResponse.step.nameDiffers', {
    defaultMessage: 'The alert calls this host {alertName}, SentinelOne calls it {name}',
    values: { alertName: expected, name: actual },
  });
}

function partialMatchText(foundBy: 'uuid' | 'agentId', computerName: string | null): string {
  const name =
    computerName === null
      ? i18n.translate('sentineloneResponse.step.agentWithoutName', {
          defaultMessage: 'an agent without a name',
        })
      : visibleName(computerName);
  return foundBy === 'agentId'
    ? i18n.translate('sentineloneResponse.step.uuidUnknown', {
        defaultMessage:
          'No agent has the UUID in the alert. The agent id in the alert belongs to {name}',
        values: { name },
      })
    : i18n.translate('sentineloneResponse.step.agentIdUnknown', {
        defaultMessage:
          'No agent has the agent id in the alert. The UUID in the alert belongs to {name}',
        values: { name },
      });
}

/** What is in doubt, in a sentence. `name` is what SentinelOne calls the host; null when it has no name for it. */
export function confirmationText(reason: ConfirmationReason, name: string | null): string {
  switch (reason.kind) {
    case 'name_differs':
      return nameDiffersText(reason.alertName, name);
    case 'partial_match':
      return partialMatchText(reason.foundBy, name);
    case 'chosen':
      return i18n.translate('sentineloneResponse.step.agentChosen', {
        defaultMessage: 'You chose the agent {agentId} among several',
        values: { agentId: reason.agentId },
      });
  }
}

/** What the field that is typed into asks for. */
export const confirmationLabel = (reason: ConfirmationReason): string =>
  reason.kind === 'chosen'
    ? i18n.translate('sentineloneResponse.step.typeAgentId', {
        defaultMessage: 'Type the last {digits} digits of its agent id, to confirm the agent',
        values: { digits: digitsOf(reason.agentId).length },
      })
    : i18n.translate('sentineloneResponse.step.typeName', {
        defaultMessage: 'Type the name that SentinelOne has, to confirm the machine',
      });

/** What is said of something else that was typed. */
export const confirmationProblem = (reason: ConfirmationReason, name: string): string =>
  reason.kind === 'chosen'
    ? i18n.translate('sentineloneResponse.step.agentIdWrong', {
        defaultMessage: 'Type the digits: {digits}',
        values: { digits: digitsOf(reason.agentId) },
      })
    : i18n.translate('sentineloneResponse.step.nameWrong', {
        defaultMessage: 'Type the name: {name}',
        values: { name: visibleName(name) },
      });

/** What to do about a host in doubt, before an action is begun. */
export const confirmationTodo = (name: string | null): string =>
  name === null
    ? i18n.translate('sentineloneResponse.step.nameMissingTodo', {
        defaultMessage:
          'It cannot be told whether it is the same machine, so nothing is sent. Find out in the SentinelOne console which machine it is, and act on it there.',
      })
    : i18n.translate('sentineloneResponse.step.typeNameTodo', {
        defaultMessage:
          'Check that this is the machine that you mean. Before an action you type the name that SentinelOne has for it.',
      });
