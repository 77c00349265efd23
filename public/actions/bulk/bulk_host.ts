import { i18n } from '@kbn/i18n';
import { ACTION_DEFINITIONS } from '../../../common/actions/catalogue';
import {
  foundAgent,
  networkLabelOf,
  type AgentReference,
  type HostStatus,
} from '../../../common/hosts/agent';
import {
  agentReferenceOf,
  identityOfAlertHost,
  namesOf,
  type HostIdentity,
} from '../../../common/hosts/host_identity';
import type { ActionName } from '../../../common/actions/action_name';
import type { ActionResult, HostResult } from '../../../common/actions/outcome';
import { reasonText } from '../../../common/actions/reason_text';
import type { AlertsHosts } from '../../../common/api/routes';
import type { Problem } from '../../lib/describe_error';
import { actionFor, isPending, type ShownStatus } from '../../host_status/network_status';
import { hostReason, unavailableText } from '../available_action';
import {
  confirmationReason,
  confirmationText,
  confirmationTodo,
  type ConfirmationReason,
} from '../confirmation_reason';
import { agentsDisagree } from '../texts';

/** One of the hosts that the selected alerts speak of, and what can be done with it. */
export interface BulkHost {
  /** Tells it from the others of the same flyout. */
  readonly key: string;
  readonly reference: HostIdentity;
  /** As the alerts call it. */
  readonly hostName: string | null;
  readonly alertIds: readonly string[];
}

/** The hosts of some alerts, each to be named by its UUID and id, never by its name alone. */
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

/** By what alone the alerts name the host; undefined where they name it by two things. */
export function onlyNamedBy({ reference }: BulkHost): 'uuid' | 'agentId' | undefined {
  const { uuid, agentId } = reference;
  if (namesOf(reference).length > 0 || (uuid !== undefined && agentId !== undefined)) {
    return undefined;
  }
  return uuid === undefined ? 'agentId' : 'uuid';
}

/** A host with what SentinelOne says of it. */
export interface StatedHost {
  readonly host: BulkHost;
  readonly status: HostStatus | Problem | undefined;
  /** Where the host stands in the list that SentinelOne was asked for. */
  readonly index: number;
}

const nameDoubt = ({ reference }: BulkHost, status: HostStatus | undefined) =>
  confirmationReason({ names: namesOf(reference) }, status);

/**
 * Puts the hosts of alerts that name several together where they are one agent: such an alert names it once by its
 * UUID and once by its id. Other rows stay apart: two namings of a host that disagree must both be seen.
 */
export function mergedHosts(
  hosts: readonly BulkHost[],
  statuses: ReadonlyArray<HostStatus | Problem | undefined>
): readonly StatedHost[] {
  const merged: StatedHost[] = [];
  const byAgent = new Map<string, number>();
  hosts.forEach((host, index) => {
    const status = statuses[index];
    const known = status !== undefined && 'state' in status ? status : undefined;
    const agentId = nameDoubt(host, known) === undefined ? foundAgent(known)?.id : undefined;
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

/** Whom to ask SentinelOne about. */
export const agentOf = ({ reference }: BulkHost): AgentReference =>
  agentReferenceOf(reference) ?? {};

/** Which machine it is has to be confirmed, and a bulk action has no field for that. */
const confirmInAlert = (doubt: ConfirmationReason, name: string | null): string => {
  const what = confirmationText(doubt, name);
  if (name === null) return `${what}. ${confirmationTodo(name)}`;
  return i18n.translate('sentineloneResponse.bulk.confirmInAlert', {
    defaultMessage: '{what}. Open one of its alerts to confirm the machine.',
    values: { what },
  });
};

/** One of several agents has to be chosen, which a bulk action does not offer. */
const chooseInAlert = (state: 'ambiguous' | 'mismatch', name: string | null): string =>
  i18n.translate('sentineloneResponse.bulk.chooseInAlert', {
    defaultMessage: '{what} Open one of its alerts to choose the agent.',
    values: {
      what: (state === 'ambiguous' ? reasonText('ambiguous', 'read', { name }) : agentsDisagree())
        .what,
    },
  });

/**
 * Why a host cannot be acted on; undefined when it can. The connector decides all of this again: here it
 * is only said before somebody tries. `shown` is the status that is shown, where it is ahead of SentinelOne's.
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
    return chooseInAlert(known.state, hostName);
  }
  if (reason !== undefined) return unavailableText(reason, action, agent?.computerName ?? hostName);
  if (agent === undefined) return undefined;
  const doubt = nameDoubt(host, known);
  if (doubt !== undefined) return confirmInAlert(doubt, agent.computerName);
  const now = shown ?? networkLabelOf(agent);
  const isKnown = agent.networkStatus !== null || isPending(now);
  return isKnown && actionFor(now) !== action
    ? ACTION_DEFINITIONS[action].texts.bulk.alreadyReached()
    : undefined;
}

/** The outcome of one host; the connector names it as SentinelOne does once it has found it. */
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
