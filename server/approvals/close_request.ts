import { isExpired, mayBeSamePerson, type ApprovalDecision } from '../../common/actions/approval';
import type { Actor } from '../../common/actions/actor';
import { hasEnded, withHosts, type ActionRecord } from '../../common/actions/record';
import type { Refusal } from '../../common/actions/reasons';
import { withEnd } from '../response_actions/host_result';
import type { AuditLog, Clock, CoreLog } from '../response_actions/ports';
import {
  ApprovalError,
  assertIsAnotherUser,
  undecidedRequest,
  type ApprovalPorts,
  type UndecidedRequest,
} from './approve_request';
import type { ApprovalStore, AwaitingRequests } from './approval_store';

/** Closes requests without performing their action: declined, withdrawn or expired. Nothing is sent. */

export interface ClosePorts extends ApprovalPorts {
  readonly auditLog: Pick<AuditLog, 'ended' | 'decisionRefused'>;
}

/** Decisions after which nothing is sent, with the reason that is recorded for the hosts. */
const REASON = {
  declined: 'declined',
  withdrawn: 'withdrawn',
  expired: 'approval_expired',
} as const satisfies Partial<Record<ApprovalDecision['kind'], Refusal>>;

type Closing = ApprovalDecision & { readonly kind: keyof typeof REASON };

/** Writes the end of a request. Resolves to false if another user decided it first. */
async function close(
  stored: UndecidedRequest,
  decision: Closing,
  { approvals, auditLog }: { approvals: ApprovalStore; auditLog: Pick<AuditLog, 'ended'> }
): Promise<boolean> {
  const { record } = stored;
  const { at, by, comment } = decision;
  const detail =
    by === undefined || comment === undefined ? undefined : `${by.username}: ${comment}`;
  const hosts = record.hosts.map((host) =>
    hasEnded(host)
      ? host
      : withEnd(
          {
            ...host,
            outcome: 'refused',
            reason: REASON[decision.kind],
            ...(detail === undefined ? {} : { detail }),
          },
          at
        )
  );
  const closed: ActionRecord = withHosts(
    { ...record, approval: { ...record.approval, decision } },
    hosts,
    at
  );
  if ((await approvals.decide(stored, closed)) === 'conflict') return false;
  auditLog.ended(
    closed,
    hosts.filter((_host, n) => !hasEnded(record.hosts[n]!))
  );
  return true;
}

const timeOf = (clock: Clock): string => new Date(clock()).toISOString();

/** Declines a request for a user who may approve. Throws an `ApprovalError` if they cannot; then it is unchanged. */
export async function declineRequest(
  { actionId, comment, by }: { actionId: string; comment: string; by: Actor },
  ports: ClosePorts
): Promise<void> {
  const stored = await undecidedRequest(actionId, ports);
  assertIsAnotherUser(stored, by, 'decline', ports);
  const decision: Closing = { kind: 'declined', at: timeOf(ports.clock), by, comment };
  if (!(await close(stored, decision, ports))) throw new ApprovalError('already_decided');
}

/** Withdraws a request for the user who made it. Throws an `ApprovalError` if they cannot; then it is unchanged. */
export async function withdrawRequest(
  { actionId, by }: { actionId: string; by: Actor },
  ports: ClosePorts
): Promise<void> {
  const stored = await undecidedRequest(actionId, ports);
  if (!mayBeSamePerson(stored.record.actor, by)) {
    throw new ApprovalError('no_privilege', `${stored.record.actor.username} made the request`);
  }
  const decision: Closing = { kind: 'withdrawn', at: timeOf(ports.clock), by };
  if (!(await close(stored, decision, ports))) throw new ApprovalError('already_decided');
}

export interface ExpirePorts {
  readonly requests: AwaitingRequests;
  readonly approvalsOf: (namespace: string | undefined) => ApprovalStore;
  readonly auditLogOf: (namespace: string | undefined) => Pick<AuditLog, 'ended'>;
  readonly clock: Clock;
  readonly log: CoreLog;
}

/**
 * Closes the expired requests of all spaces, so that the history shows it. Expired requests cannot be approved.
 * Resolves to the time (ms since the epoch) at which the next one expires; undefined if none is left. Throws if they
 * cannot be searched.
 */
export async function expireRequests({
  requests,
  approvalsOf,
  auditLogOf,
  clock,
  log,
}: ExpirePorts): Promise<number | undefined> {
  let next: number | undefined;
  for await (const { namespace, ...stored } of requests.awaiting()) {
    const { approval, actionId } = stored.record;
    if (approval === undefined) continue;
    if (!isExpired(approval, clock())) {
      next = Math.min(next ?? Infinity, Date.parse(approval.expiresAt));
      continue;
    }
    try {
      const ports = { approvals: approvalsOf(namespace), auditLog: auditLogOf(namespace) };
      const request = { ...stored, record: { ...stored.record, approval } };
      await close(request, { kind: 'expired', at: timeOf(clock) }, ports);
    } catch (error) {
      log.warn(`The expiry of the request ${actionId} could not be recorded: ${String(error)}`);
    }
  }
  return next;
}
