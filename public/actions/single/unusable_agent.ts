import { i18n } from '@kbn/i18n';
import { unusableIdsText } from '../../../common/hosts/unusable_id_text';
import { namesOf } from '../../../common/hosts/host_identity';
import type { HostSubject } from '../../host_status/host_subject';

/** What is said of an alert that has something in the place of an agent's id that names no agent. */
export interface UnusableAgent {
  readonly what: string;
  readonly todo: string;
}

/** What is said of an alert without an agent. */
export const noAgentTitle = (): string =>
  i18n.translate('sentineloneResponse.host.noAgent', {
    defaultMessage: 'This alert names no SentinelOne agent',
  });

/** Undefined where the alert has nothing of the kind, or names its agent by something else. */
export function unusableAgent({
  uuid,
  agentId,
  unusableIds = [],
}: HostSubject): UnusableAgent | undefined {
  if (uuid !== undefined || agentId !== undefined || unusableIds.length === 0) return undefined;
  return {
    what: unusableIds.some(({ problem }) => problem === 'number')
      ? i18n.translate('sentineloneResponse.host.unusableId', {
          defaultMessage: 'The agent id in this alert cannot be trusted',
        })
      : noAgentTitle(),
    todo: i18n.translate('sentineloneResponse.host.unusableIdTodo', {
      defaultMessage:
        '{why}. Look for the host by its name. Whoever maintains the ingest pipeline should store agent ids as text.',
      values: { why: unusableIdsText(unusableIds) },
    }),
  };
}

/** The same as one text. */
export function unusableText(subject: HostSubject): string | undefined {
  const unusable = unusableAgent(subject);
  return unusable === undefined ? undefined : `${unusable.what}. ${unusable.todo}`;
}

/** Why nothing can be done with a host that has only a name yet; undefined where there is no name, or an agent. */
export function onlyNamedText(subject: HostSubject): string | undefined {
  const { uuid, agentId } = subject;
  if (uuid !== undefined || agentId !== undefined || namesOf(subject).length === 0)
    return undefined;
  return i18n.translate('sentineloneResponse.host.onlyName', {
    defaultMessage:
      '{title}, only the name of the host. Find the hosts of this name and choose the agent first.',
    values: { title: noAgentTitle() },
  });
}
