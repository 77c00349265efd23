import type { AgentReference } from '../../common/hosts/agent';
import type { AlertContext, AlertDetails } from '../../common/hosts/alert';
import type { UnusableId } from '../../common/hosts/document_hosts';
import {
  agentReferenceOf,
  identityOfAlertHost,
  type HostIdentity,
} from '../../common/hosts/host_identity';

/** The host that a flyout shows, as the alert identifies it. */
export interface HostSubject extends HostIdentity {
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
  const { hosts, hostNames, unusableIds, ...fields } = alert ?? context;
  return {
    // Several names and no agent: these are the names to search for.
    ...identityOfAlertHost(hosts === undefined ? { ...fields, hostNames } : fields),
    ...(unusableIds === undefined ? {} : { unusableIds }),
  };
}

/** The hosts to choose from; undefined when the alert identifies at most one host. */
export function hostsToChooseFrom(
  context: AlertContext,
  alert: NamedHosts | undefined
): readonly HostSubject[] | undefined {
  return (alert ?? context).hosts?.map(identityOfAlertHost);
}

/** Only what identifies the host: a parameter of an action. */
export const identityOfSubject = ({
  unusableIds: _,
  isChosen: __,
  ...identity
}: HostSubject): HostIdentity => identity;

/** The agents to look up in SentinelOne; none when the alert identifies none. */
export function referencesOf(subject: HostSubject): readonly AgentReference[] {
  const reference = agentReferenceOf(subject);
  return reference === undefined ? [] : [reference];
}
