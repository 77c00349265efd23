import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { SCHEDULED_AUTHENTICATION } from '../../common/actions/automatic_release';
import { LIMITS } from '../../common/lib/constants';
import type { ActionRequest } from '../response_actions/plan_action';
import type { TimedAction } from './ports';

/**
 * The request of an automatic release. Its hosts were found and checked when they were isolated, so that the agent id
 * of the record is enough. The limit of hosts per action was applied then.
 */
export function releaseRequestOf(
  { groups: [first] }: TimedAction,
  agentIds: readonly string[],
  actionId: string
): ActionRequest {
  const { action, actor, alertIds, unverifiedAlertIds, automaticRelease, releaseAt } = first;
  const { words } = ACTION_DEFINITIONS[action];
  return {
    action: ACTION_DEFINITIONS[action].opposite,
    actionId,
    hosts: agentIds.map((agentId) => ({ agentId })),
    comment: `Automatic release: ${words.done} at ${first.requestedAt} by ${actor.username}`,
    alertIds,
    ...(unverifiedAlertIds === undefined ? {} : { unverifiedAlertIds }),
    actor: {
      username: automaticRelease?.setBy ?? actor.username,
      authentication: SCHEDULED_AUTHENTICATION,
    },
    endsAction: {
      actionId: first.actionId,
      requestedBy: actor.username,
      requestedAt: first.requestedAt,
      releaseAt: releaseAt ?? first.requestedAt,
    },
    // The record names exactly the agents that were isolated.
    isAutomation: false,
    connectorId: first.connectorId,
    tenant: first.tenant,
    guards: { protectedHosts: [], maxHosts: LIMITS.hostsPerAction },
  };
}
