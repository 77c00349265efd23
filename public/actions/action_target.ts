import type { Agent } from '../../common/hosts/agent';
import type { HostActionParams, HostReference } from '../../common/api/connector';
import { namesOf, type HostIdentity } from '../../common/hosts/host_identity';
import type { ActionName } from '../../common/actions/action_name';
import type { FormParams } from './action_fields';

/**
 * The hosts that an action is sent for. A target contains what the user was shown when the step opened, and later
 * answers do not change it. Only `actionTarget` creates targets, and the sender accepts nothing else.
 */

/** A host as the user was shown it. */
export interface ShownHost {
  /** The host as identified by the alert, or by the context that the flyout was opened with. */
  readonly reference: HostIdentity;
  /**
   * The agent in SentinelOne at that time; left out when SentinelOne had not answered. In that case, the reference
   * contains the host's name, and the connector refuses the host if its name in SentinelOne differs.
   */
  readonly agent?: Pick<Agent, 'id' | 'computerName'>;
  /** The name that the user typed to confirm the host. */
  readonly confirmedName?: string;
}

declare const isFrozen: unique symbol;

export interface ActionTarget {
  readonly [isFrozen]: true;
  readonly action: ActionName;
  readonly hosts: readonly HostReference[];
}

/**
 * Adds the agent id and the name that were shown, if the alert contains none: the connector refuses the host if its
 * agent or name has changed in SentinelOne since. Throws when there is neither an agent nor a name.
 */
function referenceTo({ reference, agent, confirmedName }: ShownHost): HostReference {
  const isNamed = namesOf(reference).length > 0;
  if (agent === undefined && !isNamed) throw new Error('A host without a status needs a name');
  const shownName = isNamed ? undefined : (agent?.computerName ?? undefined);
  const agentId = reference.agentId ?? agent?.id;
  const confirmed = confirmedName ?? shownName;
  return Object.freeze({
    ...reference,
    ...(agentId === undefined ? {} : { agentId }),
    ...(confirmed === undefined ? {} : { confirmedName: confirmed }),
  });
}

/** The target of an action on these hosts. */
export const actionTarget = (action: ActionName, hosts: readonly ShownHost[]): ActionTarget =>
  Object.freeze({ action, hosts: Object.freeze(hosts.map(referenceTo)) }) as ActionTarget;

/** The parameters of the request for a target, with the values of the form. */
export const requestFor = (
  { hosts }: ActionTarget,
  values: FormParams & Pick<HostActionParams, 'alertIds'>
): HostActionParams => ({ hosts, ...values });
