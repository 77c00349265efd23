import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS, canChangeWithoutStatus } from '../../../common/actions/catalogue';
import {
  foundAgent,
  type Agent,
  type AgentReference,
  type HostStatus,
} from '../../../common/hosts/agent';
import {
  agentReferenceOf,
  identityOfAlertHost,
  namesOf,
  type HostIdentity,
} from '../../../common/hosts/host_identity';
import { PROPERTY_DEFINITIONS } from '../../../common/hosts/host_property';
import type { ActionName } from '../../../common/actions/action_name';
import type { ActionResult, HostResult } from '../../../common/actions/outcome';
import { reasonText } from '../../../common/actions/describe_reason';
import type { AlertsHosts } from '../../../common/hosts/hosts_of_alerts';
import type { Problem } from '../../lib/describe_error';
import { actionFor, isPending, type ShownStatus } from '../../host_status/network_status';
import { hostReason, unavailableText } from '../available_action';
import {
  confirmationReason,
  confirmationText,
  confirmationTodo,
  type ConfirmationReason,
} from '../confirmation_reason';
import { conflictingAgents } from '../texts';

/** One of the hosts of the selected alerts, or a host that the user selected itself: then `alertIds` is empty. */
export interface BulkHost {
  /** Unique in the flyout. */
  readonly key: string;
  readonly reference: HostIdentity;
  /** The host's name in the alerts. */
  readonly hostName: string | null;
  readonly alertIds: readonly string[];
}

/** The hosts of some alerts. Each is identified by UUID or agent id, never only by name. */
export const bulkHostsOf = ({ hosts }: Pick<AlertsHosts, 'hosts'>): readonly BulkHost[] =>
  hosts.map(({ alertIds, ...host }) => {
    const { agentUuid, agentId, hostName, hostNames } = host;
    return {
      key: JSON.stringify([agentUuid, agentId, hostName, hostNames]),
      reference: identityOfAlertHost(host),
      hostName,
      alertIds,
    };
  });

/** A host that the user selected in a list of SentinelOne's agents. */
export type SelectedHost = Pick<Agent, 'id' | 'uuid' | 'computerName'>;

/** Selected hosts, each identified by its agent id, and by UUID and name where SentinelOne reports them. */
export const bulkHostsOfAgents = (agents: readonly SelectedHost[]): readonly BulkHost[] =>
  agents.map(({ id, uuid, computerName }) => ({
    key: id,
    reference: identityOfAlertHost({ agentId: id, agentUuid: uuid, hostName: computerName }),
    hostName: computerName,
    alertIds: [],
  }));

/** The only value by which the alerts identify the host; undefined if they identify it by two values. */
export function onlyIdentifier({ reference, alertIds }: BulkHost): 'uuid' | 'agentId' | undefined {
  // The user selected the host itself, as SentinelOne reports it.
  if (alertIds.length === 0) return undefined;
  const { uuid, agentId } = reference;
  if (namesOf(reference).length > 0 || (uuid !== undefined && agentId !== undefined)) {
    return undefined;
  }
  return uuid === undefined ? 'agentId' : 'uuid';
}

/**
 * Whether the action is possible on the host before its status is known: the alerts contain one name, by which the
 * connector checks the agent that it finds, and the property that the action changes allows it.
 */
export const canActWithoutStatus = (action: ActionName, { reference }: BulkHost): boolean =>
  canChangeWithoutStatus(action) && reference.name !== undefined && reference.names === undefined;

/** A host with SentinelOne's answer about it. */
export interface HostWithStatus {
  readonly host: BulkHost;
  readonly status: HostStatus | Problem | undefined;
  /** The index of the host in the status query. */
  readonly index: number;
}

const nameConfirmationReason = ({ reference }: BulkHost, status: HostStatus | undefined) =>
  confirmationReason({ names: namesOf(reference) }, status);

/**
 * Merges the hosts of an alert with several hosts if they are the same agent: such an alert contains the agent once by
 * UUID and once by id. Other hosts are not merged: if alerts contradict each other about a host, both are shown.
 */
export function mergedHosts(
  hosts: readonly BulkHost[],
  statuses: ReadonlyArray<HostStatus | Problem | undefined>
): readonly HostWithStatus[] {
  const merged: HostWithStatus[] = [];
  const byAgent = new Map<string, number>();
  hosts.forEach((host, index) => {
    const status = statuses[index];
    const known = status !== undefined && 'state' in status ? status : undefined;
    const agentId =
      nameConfirmationReason(host, known) === undefined ? foundAgent(known)?.id : undefined;
    const at = agentId === undefined ? undefined : byAgent.get(agentId);
    const first = at === undefined ? undefined : merged[at];
    const isSplit = (host.reference.names ?? first?.host.reference.names) !== undefined;
    if (first === undefined || at === undefined || !isSplit) {
      if (agentId !== undefined) byAgent.set(agentId, merged.length);
      merged.push({ host, status, index });
      return;
    }
    const reference = { ...agentReferenceOf(host.reference), ...first.host.reference };
    const alertIds = [...new Set([...first.host.alertIds, ...host.alertIds])];
    merged[at] = { ...first, host: { ...first.host, reference, alertIds } };
  });
  return merged;
}

/** The agent to look up in SentinelOne. */
export const agentOf = ({ reference }: BulkHost): AgentReference =>
  agentReferenceOf(reference) ?? {};

/** The user has to confirm the host by typing, and bulk actions have no field for it. */
const confirmInAlert = (
  doubt: ConfirmationReason,
  name: string | null,
  { alertIds }: BulkHost
): string => {
  if (alertIds.length === 0) return changedSinceSelection();
  const what = confirmationText(doubt, name);
  if (name === null) return `${what}. ${confirmationTodo(name)}`;
  return i18n.translate('sentineloneResponse.bulk.confirmInAlert', {
    defaultMessage: '{what}. Open one of its alerts to confirm the machine.',
    values: { what },
  });
};

/** The host was selected in a list, and SentinelOne has another name, UUID or agent for it since. */
const changedSinceSelection = (): string =>
  i18n.translate('sentineloneResponse.bulk.changedSinceSelection', {
    defaultMessage:
      'The host has changed in SentinelOne since you selected it. Close this and select it again.',
  });

/** The user has to choose one of several agents, which is not possible in bulk actions. */
const chooseInAlert = (
  state: 'ambiguous' | 'mismatch',
  name: string | null,
  { alertIds }: BulkHost
): string => {
  if (alertIds.length === 0) return changedSinceSelection();
  return i18n.translate('sentineloneResponse.bulk.chooseInAlert', {
    defaultMessage: '{what} Open one of its alerts to choose the agent.',
    values: {
      what: (state === 'ambiguous'
        ? reasonText('ambiguous', 'read', { name })
        : conflictingAgents()
      ).what,
    },
  });
};

/**
 * Why the action is not available for a host; undefined when it is. This is only information for the user: the connector
 * makes all of these checks again. `shown` is the status that is shown of the property that the action changes, if it
 * differs from SentinelOne's.
 */
export function blockedReasonOf(
  host: BulkHost,
  action: ActionName,
  status: HostStatus | Problem | undefined,
  shown?: ShownStatus
): string | undefined {
  const { hostName } = host;
  const known = status !== undefined && 'state' in status ? status : undefined;
  const agent = foundAgent(known);
  const reason = hostReason(status);
  if (known?.state === 'ambiguous' || known?.state === 'mismatch') {
    return chooseInAlert(known.state, hostName, host);
  }
  if (reason !== undefined) return unavailableText(reason, action, agent?.computerName ?? hostName);
  if (agent === undefined) return undefined;
  const confirmationReason = nameConfirmationReason(host, known);
  if (confirmationReason !== undefined)
    return confirmInAlert(confirmationReason, agent.computerName, host);
  const { property, read } = ACTION_DEFINITIONS[action];
  const now = shown ?? PROPERTY_DEFINITIONS[property].labelOf(agent);
  const isKnown = read(agent).kind !== 'not_reported' || isPending(now);
  return isKnown && actionFor(now, property) !== action
    ? ACTION_DEFINITIONS[action].texts.bulk.alreadyReached()
    : undefined;
}

/** The result for one host. The answer contains the ids and name from SentinelOne if the agent was found. */
export function resultFor(
  { reference: { uuid, agentId, name } }: BulkHost,
  status: HostStatus | undefined,
  { hosts }: ActionResult
): HostResult | undefined {
  const id = foundAgent(status)?.id ?? agentId;
  return (
    hosts.find((one) => id !== undefined && one.agentId === id) ??
    hosts.find((one) => one.uuid === (uuid ?? null) && one.name === (name ?? null)) ??
    hosts.find((one) => uuid !== undefined && one.uuid === uuid)
  );
}
