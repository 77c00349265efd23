import { i18n } from '@kbn/i18n';
import { foundAgent, type HostStatus } from '../../common/agent';
import { isSameHostName } from '../../common/host_name';
import { tellApart } from '../../common/host_name_difference';
import { listText } from '../../common/list_text';
import { visibleName } from '../../common/visible_text';
import { namesIn, type HostSubject } from '../alert_flyout/host_subject';

/** Why a person has to type the host's name before an action: which machine is meant is in doubt. */
export type ConfirmationReason =
  | { readonly kind: 'name_differs'; readonly alertName: string }
  /** Of UUID and id one belongs to the agent, the other to none. */
  | { readonly kind: 'partial_match'; readonly foundBy: 'uuid' | 'agentId' };

/** Undefined where nothing is in doubt, or where no agent was found. */
export function confirmationReason(
  subject: Pick<HostSubject, 'hostName' | 'hostNames'>,
  status: HostStatus | undefined
): ConfirmationReason | undefined {
  const agent = foundAgent(status);
  if (status?.state === 'partial_match') return { kind: 'partial_match', foundBy: status.foundBy };
  const names = namesIn(subject);
  if (agent === undefined || names.length === 0) return undefined;
  return names.some((name) => isSameHostName(name, agent.computerName))
    ? undefined
    : { kind: 'name_differs', alertName: listText(names) };
}

/** What is in doubt, in a sentence. `name` is what SentinelOne calls the host; null when it has no name for it. */
export function confirmationText(reason: ConfirmationReason, name: string | null): string {
  if (reason.kind === 'name_differs') {
    if (name === null) {
      return i18n.translate('sentineloneResponse.step.nameMissing', {
        defaultMessage: 'The alert calls this host {alertName}, SentinelOne has no name for it',
        values: { alertName: visibleName(reason.alertName) },
      });
    }
    const [alertName, agentName] = tellApart(reason.alertName, name);
    return i18n.translate('sentineloneResponse.step.nameDiffers', {
      defaultMessage: 'The alert calls this host {alertName}, SentinelOne calls it {name}',
      values: { alertName, name: agentName },
    });
  }
  const values = {
    name:
      name === null
        ? i18n.translate('sentineloneResponse.step.agentWithoutName', {
            defaultMessage: 'an agent without a name',
          })
        : visibleName(name),
  };
  return reason.foundBy === 'agentId'
    ? i18n.translate('sentineloneResponse.step.uuidUnknown', {
        defaultMessage:
          'No agent has the UUID in the alert. The agent id in the alert belongs to {name}',
        values,
      })
    : i18n.translate('sentineloneResponse.step.agentIdUnknown', {
        defaultMessage:
          'No agent has the agent id in the alert. The UUID in the alert belongs to {name}',
        values,
      });
}

/** What to do about it. */
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
