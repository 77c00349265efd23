import type { Agent } from '../../common/hosts/agent';
import type { HostActionParams, HostReference } from '../../common/api/connector';
import { namesOf, type HostIdentity } from '../../common/hosts/host_identity';
import type { ActionName } from '../../common/actions/action_name';
import type { GivenParams } from './action_fields';

/**
 * What an action is sent for. It is made from what a person was shown when the step opened, and nothing that is
 * read afterwards changes it: only `actionTarget` makes one, and the sender takes nothing else.
 */

/** A host as a person was shown it. */
export interface ShownHost {
  /** As the alert, or whatever the flyout was opened for, names it. */
  readonly reference: HostIdentity;
  /**
   * As SentinelOne knew it at that moment; left out when it had not answered. Then the reference has the host's name,
   * and the connector refuses the host if SentinelOne has another one.
   */
  readonly agent?: Pick<Agent, 'id' | 'computerName'>;
  /** The name that the person typed to confirm the machine. */
  readonly confirmedName?: string;
}

declare const isFrozen: unique symbol;

export interface ActionTarget {
  readonly [isFrozen]: true;
  readonly action: ActionName;
  readonly hosts: readonly HostReference[];
}

/**
 * Names the agent by its id where the alert does not, and by the name that was shown where the alert has none: if
 * SentinelOne then has another agent or name, the connector refuses the host. Throws when nothing but a UUID or id
 * is known.
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

/** The request for a target, with what the person gave. */
export const requestFor = (
  { hosts }: ActionTarget,
  given: GivenParams & Pick<HostActionParams, 'alertIds'>
): HostActionParams => ({ hosts, ...given });
