import { i18n } from '@kbn/i18n';
import { foundAgent, type Agent, type HostStatus } from '../../common/hosts/agent';
import { isSameHostName, showDifference } from '../../common/hosts/host_name';
import { listText, visibleName } from '../../common/lib/text';
import { namesOf } from '../../common/hosts/host_identity';
import type { HostSubject } from '../host_status/host_subject';

/** Why the user has to confirm the host by typing before an action: it may not be the host of the alert. */
export type ConfirmationReason =
  | { readonly kind: 'name_differs'; readonly alertName: string }
  /** Only one of UUID and agent id belongs to an agent. */
  | { readonly kind: 'partial_match'; readonly foundBy: 'uuid' | 'agentId' }
  /** The user chose the agent among several, which may have the same name, so they type its id. */
  | { readonly kind: 'chosen'; readonly agentId: string };

/** Why the user has to confirm the host; undefined when they do not, or when no agent was found. */
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

/** The number of digits to type: the last ones, because ids of clones that were enrolled together begin alike. */
const DIGITS_TYPED = 6;
const digitsOf = (agentId: string): string => agentId.slice(-DIGITS_TYPED);

/** Whether the typed text confirms this agent: its name, or for a chosen agent its id or the end of it. */
export function isConfirmed(
  { kind }: ConfirmationReason,
  typed: string,
  { id, computerName }: Pick<Agent, 'id' | 'computerName'>
): boolean {
  if (kind !== 'chosen') return isSameHostName(typed, computerName);
  return [digitsOf(id), id].includes(typed.trim());
}

/** Whether the host cannot be confirmed, because it has no name in SentinelOne. */
export const cannotBeConfirmed = (
  { kind }: ConfirmationReason,
  { computerName }: Pick<Agent, 'computerName'>
): boolean => kind !== 'chosen' && computerName === null;

function nameDiffersText(alertName: string, name: string | null): string {
  if (name === null) {
    return i18n.translate('sentineloneResponse.step.nameMissing', {
      defaultMessage: 'This host is named {alertName} in the alert and has no name in SentinelOne',
      values: { alertName: visibleName(alertName) },
    });
  }
  const [expected, actual] = showDifference(alertName, name);
  return i18n.translate('sentineloneResponse.step.nameDiffers', {
    defaultMessage: 'This host is named {alertName} in the alert and {name} in SentinelOne',
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

/** Why the user has to confirm the host, in one sentence. `name` is the host's name in SentinelOne, if it has one. */
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

/** The label of the field. */
export const confirmationLabel = (reason: ConfirmationReason): string =>
  reason.kind === 'chosen'
    ? i18n.translate('sentineloneResponse.step.typeAgentId', {
        defaultMessage: 'To confirm the agent, type the last {digits} digits of its id',
        values: { digits: digitsOf(reason.agentId).length },
      })
    : i18n.translate('sentineloneResponse.step.typeName', {
        defaultMessage: 'To confirm the host, type its name in SentinelOne',
      });

/** The error when another text was typed. */
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

/** What to do about a host that has to be confirmed, before the user starts an action. */
export const confirmationTodo = (name: string | null): string =>
  name === null
    ? i18n.translate('sentineloneResponse.step.nameMissingTodo', {
        defaultMessage:
          'Kibana cannot verify that it is the same machine, so no command is sent. Check in the SentinelOne console which machine it is, and run the action there.',
      })
    : i18n.translate('sentineloneResponse.step.typeNameTodo', {
        defaultMessage:
          'Check that this is the right machine. To confirm an action, you type its name in SentinelOne.',
      });
