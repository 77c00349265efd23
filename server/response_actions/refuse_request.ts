import { LIMITS } from '../../common/lib/constants';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { sortKeyOf, withHosts, type ActionRecord } from '../../common/actions/record';
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
  request: ActionRequest,
  hosts: readonly HostResult[],
  now: string
): ActionRecord {
  const { action, actionId, actor, connectorId, tenant, comment } = request;
  const { alertIds = [], caseIds = [] } = request;
  const record: ActionRecord = {
    ...{ action, actionId, actor, connectorId, tenant },
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(now, actionId, 0),
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
    ...(request.requestFingerprint === undefined
      ? {}
      : { requestFingerprint: request.requestFingerprint }),
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
  request: ActionRequest,
  refusal: RequestRefusal,
  { refusedRequests, clock }: RefuseRequestPorts
): Promise<ActionResult> {
  const now = new Date(clock()).toISOString();
  const hosts = allRefused(request, refusal);
  const actionId = await refusedRequests.add(recordOfRefusedRequest(request, hosts, now));
  return { actionId, hosts };
}
