import type { AgentReference } from '../../common/agent';
import type { AlertContext, AlertDetails } from '../../common/alert';

/** The host that a flyout is about, by the words of the alert. */
export interface HostSubject extends AgentReference {
  readonly hostName?: string;
}

/** The host of an alert; the alert itself knows better than whoever opened the flyout. */
export function hostSubjectOf(
  context: AlertContext,
  alert: Pick<AlertDetails, 'agentUuid' | 'agentId' | 'hostName'> | undefined
): HostSubject {
  const { agentUuid, agentId, hostName } = alert ?? context;
  return {
    ...(agentUuid == null ? {} : { uuid: agentUuid }),
    ...(agentId == null ? {} : { agentId }),
    ...(hostName == null ? {} : { hostName }),
  };
}

/** The agents to ask SentinelOne for: none when the alert names none. */
export function referencesOf({ uuid, agentId }: HostSubject): readonly AgentReference[] {
  if (uuid === undefined && agentId === undefined) return [];
  return [
    { ...(uuid === undefined ? {} : { uuid }), ...(agentId === undefined ? {} : { agentId }) },
  ];
}
