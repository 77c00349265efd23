import type { AgentReference } from '../../common/hosts/agent';
import type { AlertContext, AlertDetails } from '../../common/hosts/alert';
import type { HostReference } from '../../common/api/connector';
import type { DocumentHost, UnusableId } from '../../common/hosts/document_hosts';

/** The host that a flyout shows, as the alert identifies it. */
export interface HostSubject extends AgentReference {
  readonly hostName?: string;
  /** Instead of `hostName` when the alert contains several names: the host has one of these. */
  readonly hostNames?: readonly string[];
  /** Values of the alert that cannot be used as an agent's UUID or id. */
  readonly unusableIds?: readonly UnusableId[];
  /** Whether the user chose the agent by its id, among several agents that match the alert. */
  readonly isChosen?: boolean;
}

type NamedHosts = Pick<
  AlertDetails,
  'agentUuid' | 'agentId' | 'hostName' | 'hosts' | 'hostNames' | 'unusableIds'
>;

/** The host of an alert. The alert, once it is loaded, takes precedence over the context that the flyout was opened with. */
export function hostSubjectOf(context: AlertContext, alert: NamedHosts | undefined): HostSubject {
  const { agentUuid, agentId, hostName, hosts, hostNames, unusableIds } = alert ?? context;
  return {
    ...(agentUuid == null ? {} : { uuid: agentUuid }),
    ...(agentId == null ? {} : { agentId }),
    ...(hostName == null ? {} : { hostName }),
    // Several names and no agent: these are the names to search for.
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

/** The hosts to choose from; undefined when the alert identifies at most one host. */
export function hostsToChooseFrom(
  context: AlertContext,
  alert: NamedHosts | undefined
): readonly HostSubject[] | undefined {
  return (alert ?? context).hosts?.map(subjectOf);
}

/** The host's names in the alert: one, several or none. */
export const namesIn = ({ hostName, hostNames = [] }: HostSubject): readonly string[] =>
  hostName === undefined ? hostNames : [hostName];

/** The host as a parameter of an action. */
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

/** The agents to look up in SentinelOne; none when the alert identifies none. */
export function referencesOf({ uuid, agentId }: HostSubject): readonly AgentReference[] {
  if (uuid === undefined && agentId === undefined) return [];
  return [
    { ...(uuid === undefined ? {} : { uuid }), ...(agentId === undefined ? {} : { agentId }) },
  ];
}
