import { i18n } from '@kbn/i18n';
import { unusableIdsText } from '../../../common/hosts/document_hosts';
import { namesOf } from '../../../common/hosts/host_identity';
import type { HostSubject } from '../../host_status/host_subject';

/** Explains that values of an alert cannot be used as an agent's id. */
export interface UnusableAgent {
  readonly what: string;
  readonly todo: string;
}

/** Reports that an alert identifies no agent. */
export const noAgentTitle = (): string =>
  i18n.translate('sentineloneResponse.host.noAgent', {
    defaultMessage: 'This alert does not identify a SentinelOne agent',
  });

/** Undefined if the alert has no such values, or identifies its agent by another value. */
export function unusableAgent({
  uuid,
  agentId,
  unusableIds = [],
}: HostSubject): UnusableAgent | undefined {
  if (uuid !== undefined || agentId !== undefined || unusableIds.length === 0) return undefined;
  return {
    what: unusableIds.some(({ problem }) => problem === 'number')
      ? i18n.translate('sentineloneResponse.host.unusableId', {
          defaultMessage: 'The agent id in this alert is not reliable',
        })
      : noAgentTitle(),
    todo: i18n.translate('sentineloneResponse.host.unusableIdTodo', {
      defaultMessage:
        '{why}. Find the host by its name. To fix this permanently, store agent ids as text in the ingest pipeline.',
      values: { why: unusableIdsText(unusableIds) },
    }),
  };
}

/** The same as one text. */
export function unusableText(subject: HostSubject): string | undefined {
  const unusable = unusableAgent(subject);
  return unusable === undefined ? undefined : `${unusable.what}. ${unusable.todo}`;
}

/** Why actions are not possible if only the host's name is known; undefined if there is no name, or an agent. */
export function onlyNameText(subject: HostSubject): string | undefined {
  const { uuid, agentId } = subject;
  if (uuid !== undefined || agentId !== undefined || namesOf(subject).length === 0)
    return undefined;
  return i18n.translate('sentineloneResponse.host.onlyName', {
    defaultMessage:
      '{title}. It contains only the name of the host. Find the hosts of this name and choose the agent first.',
    values: { title: noAgentTitle() },
  });
}
