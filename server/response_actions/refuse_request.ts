import { LIMITS } from '../../common/lib/constants';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { orderOf, withHosts, type ActionRecord } from '../../common/actions/record';
import { cutText } from '../../common/lib/text';
import { allRefused, type ActionRequest, type RequestRefusal } from './plan_action';
import type { Clock } from './ports';
import { withEnd } from './with_end';

export interface RefuseRequestPorts {
  readonly refusedRequests: {
    /** Records the request, or has it counted; resolves to the id of the action whose record that is. */
    add(record: ActionRecord): Promise<string>;
  };
  readonly clock: Clock;
}

/**
 * The record of a request that is refused as a whole, with all of these hosts. Its size does not depend on the
 * request: it counts what that names, and lists the first hosts. `now` is ISO 8601.
 */
export function recordOfRefusedRequest(
  order: ActionRequest,
  hosts: readonly HostResult[],
  now: string
): ActionRecord {
  const { action, actionId, actor, connectorId, tenant, comment } = order;
  const { alertIds = [], caseIds = [] } = order;
  const record: ActionRecord = {
    ...{ action, actionId, actor, connectorId, tenant },
    group: 0,
    groups: 1,
    order: orderOf(now, actionId, 0),
    state: 'ended',
    comment: cutText(comment, LIMITS.commentOfRefusedRequest),
    alertIds: [],
    caseIds: [],
    refusedRequest: {
      hostCount: hosts.length,
      alertCount: alertIds.length,
      caseCount: caseIds.length,
      furtherRequests: 0,
    },
    ...(order.requestFingerprint === undefined
      ? {}
      : { requestFingerprint: order.requestFingerprint }),
    requestedAt: now,
    updatedAt: now,
    hosts: [],
  };
  const listed = hosts.slice(0, LIMITS.hostsOfRefusedRequest).map(({ detail, ...host }) =>
    withEnd(
      {
        ...host,
        ...(detail === undefined ? {} : { detail: cutText(detail, LIMITS.sanitizeText) }),
      },
      now
    )
  );
  return withHosts(record, listed, now);
}

/** Refuses every host of a request and records that. Throws when it could not be recorded. */
export async function refuseRequest(
  order: ActionRequest,
  refusal: RequestRefusal,
  { refusedRequests, clock }: RefuseRequestPorts
): Promise<ActionResult> {
  const now = new Date(clock()).toISOString();
  const hosts = allRefused(order, refusal);
  const actionId = await refusedRequests.add(recordOfRefusedRequest(order, hosts, now));
  return { actionId, hosts };
}
