import type { AgentReference } from '../../common/hosts/agent';
import type { AlertContext, AlertDetails } from '../../common/hosts/alert';
import type { HostReference } from '../../common/api/connector';
import type { DocumentHost, UnusableId } from '../../common/hosts/document_hosts';

/** The host that a flyout is about, by the words of the alert. */
export interface HostSubject extends AgentReference {
  readonly hostName?: string;
  /** In place of a name where the alert names several hosts: the host has one of these. */
  readonly hostNames?: readonly string[];
  /** What the alert has in place of an agent's UUID or id. */
  readonly unusableIds?: readonly UnusableId[];
  /** Whether a person chose the agent by its id, among several that the alert may be about. */
  readonly isChosen?: boolean;
}

type NamedHosts = Pick<
  AlertDetails,
  'agentUuid' | 'agentId' | 'hostName' | 'hosts' | 'hostNames' | 'unusableIds'
>;

/** The host of an alert; the alert itself knows better than whoever opened the flyout. */
export function hostSubjectOf(context: AlertContext, alert: NamedHosts | undefined): HostSubject {
  const { agentUuid, agentId, hostName, hosts, hostNames, unusableIds } = alert ?? context;
  return {
    ...(agentUuid == null ? {} : { uuid: agentUuid }),
    ...(agentId == null ? {} : { agentId }),
    ...(hostName == null ? {} : { hostName }),
    // Several names and no agent: what there is to look for.
    ...(hostNames === undefined || hosts !== undefined ? {} : { hostNames }),
    ...(unusableIds === undefined ? {} : { unusableIds }),
  };
}

const subjectOf = ({ agentUuid, agentId, hostNames }: DocumentHost): HostSubject => {
  const [hostName, ...others] = hostNames;
  return {
    ...(agentUuid === null ? {} : { uuid: agentUuid }),
    ...(agentId === null ? {} : { agentId }),
    ...(hostName === undefined ? {} : others.length === 0 ? { hostName } : { hostNames }),
  };
};

/** The hosts to choose from; undefined where there is nothing to choose, because at most one is named. */
export function hostsToChooseFrom(
  context: AlertContext,
  alert: NamedHosts | undefined
): readonly HostSubject[] | undefined {
  return (alert ?? context).hosts?.map(subjectOf);
}

/** The names that the alert has for the host: one, several or none. */
export const namesIn = ({ hostName, hostNames = [] }: HostSubject): readonly string[] =>
  hostName === undefined ? hostNames : [hostName];

/** The host as an action names it. */
export const hostReferenceOf = ({
  uuid,
  agentId,
  hostName,
  hostNames,
}: HostSubject): HostReference => ({
  ...(uuid === undefined ? {} : { uuid }),
  ...(agentId === undefined ? {} : { agentId }),
  ...(hostName === undefined ? {} : { name: hostName }),
  ...(hostNames === undefined ? {} : { names: hostNames }),
});

/** The agents to ask SentinelOne for: none when the alert names none. */
export function referencesOf({ uuid, agentId }: HostSubject): readonly AgentReference[] {
  if (uuid === undefined && agentId === undefined) return [];
  return [
    { ...(uuid === undefined ? {} : { uuid }), ...(agentId === undefined ? {} : { agentId }) },
  ];
}
