import { isExpired, mayBeSamePerson, type ApprovalDecision } from '../../common/actions/approval';
import type { Actor } from '../../common/actions/actor';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionResult } from '../../common/actions/outcome';
import {
  hasEnded,
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import type { AnyReason } from '../../common/actions/reasons';
import { shortReason } from '../../common/actions/describe_reason';
import { newAutomaticRelease } from '../../common/actions/automatic_release';
import { MINUTE } from '../../common/lib/constants';
import type { HostReference } from '../../common/api/connector';
import { isolationOf } from '../../common/hosts/protection_settings';
import { TypedError } from '../lib/typed_error';
import { namedBySentinelOne } from '../response_actions/guards';
import { withEnd } from '../response_actions/host_result';
import type { Progress } from '../response_actions/merge_by_agent';
import { performRecordedAction, type ActionPorts } from '../response_actions/perform_action';
import { agentsToSend, type ActionRequest } from '../response_actions/plan_action';
import type { AuditLog, Clock, StoredRecord } from '../response_actions/ports';
import type { ApprovalStore } from './approval_store';
import type { SaveRecords } from '../response_actions/recording';

/** Approves a request and performs its action. The caller has checked that the approver may approve. */

/** Why a request cannot be approved, declined or withdrawn; `detail` is shown to the user. */
export class ApprovalError extends TypedError {
  constructor(
    reason: AnyReason,
    readonly detail?: string
  ) {
    const text = `${shortReason(reason)}${detail === undefined ? '' : `: ${detail}`}`;
    super(reason, `${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  }
}

export interface ApprovalPorts {
  readonly approvals: ApprovalStore;
  readonly auditLog: Pick<AuditLog, 'decisionRefused'>;
  readonly clock: Clock;
}

/** An undecided request. */
export interface UndecidedRequest extends StoredRecord {
  readonly record: ActionRecord & { readonly approval: NonNullable<ActionRecord['approval']> };
}

/**
 * Returns the request of an action if it still awaits approval. Throws an `ApprovalError` if it does not, or if there
 * is none.
 */
export async function undecidedRequest(
  actionId: string,
  { approvals, clock }: Pick<ApprovalPorts, 'approvals' | 'clock'>
): Promise<UndecidedRequest> {
  const stored = await approvals.find(actionId);
  const approval = stored?.record.approval;
  if (
    stored === undefined ||
    approval === undefined ||
    approval.decision !== undefined ||
    stored.record.state !== 'awaiting_approval'
  ) {
    throw new ApprovalError('already_decided');
  }
  if (isExpired(approval, clock())) throw new ApprovalError('approval_expired');
  return { ...stored, record: { ...stored.record, approval } };
}

/** Throws an `ApprovalError`, after an entry in the audit log, if the user may be the person who made the request. */
export function assertIsAnotherUser(
  { record }: UndecidedRequest,
  by: Actor,
  decision: 'approve' | 'decline',
  { auditLog, clock }: Pick<ApprovalPorts, 'auditLog' | 'clock'>
): void {
  if (!mayBeSamePerson(record.actor, by)) return;
  const at = new Date(clock()).toISOString();
  auditLog.decisionRefused(record, decision, 'own_request', { by, at });
  throw new ApprovalError('own_request');
}

export interface ApprovalOrder {
  readonly actionId: string;
  readonly comment: string;
  readonly approver: Actor;
  /** The other spaces in which the approver also has the privilege. */
  readonly alsoIn: ReadonlySet<string>;
  /** The connector that executes the approval, and the settings that apply to it now. */
  readonly connectorId: string;
  readonly tenant: string;
  readonly guards: ActionRequest['guards'];
}

const referenceTo = ({ uuid, agentId, name }: RecordedHost): HostReference => ({
  ...(uuid === null ? {} : { uuid }),
  ...(agentId === null ? {} : { agentId }),
  ...(name === null ? {} : { name }),
});

const isAwaiting = ({ outcome }: RecordedHost): boolean => outcome === 'awaiting_approval';

/**
 * The action as it was requested, for the hosts that need approval. Each host has all identifiers that SentinelOne
 * reported.
 */
const requestIn = (
  { record }: UndecidedRequest,
  { guards, alsoIn }: ApprovalOrder
): ActionRequest => ({
  action: record.action,
  actionId: record.actionId,
  actor: record.actor,
  connectorId: record.connectorId,
  tenant: record.tenant,
  hosts: record.hosts.filter(isAwaiting).map(referenceTo),
  comment: record.comment,
  guards,
  approval: { kind: 'given', alsoIn },
  isAutomation: false,
});

/**
 * Throws an `ApprovalError` if a host could not be checked, is locked by another action, or is protected by a space in
 * which the approver lacks the privilege. The request is then unchanged, and can be approved later or by another user.
 */
function assertIsDecidable(progress: readonly Progress[]): void {
  for (const entry of progress) {
    if (entry.kind !== 'end') continue;
    const { outcome, reason, detail, protectedBy } = entry.result;
    if (outcome === 'failed') throw new ApprovalError(reason ?? 'unexpected_answer', detail);
    if (reason === 'in_flight') throw new ApprovalError('in_flight', detail);
    if (reason === 'protected' && (!protectedBy || isolationOf(protectedBy) !== 'never')) {
      throw new ApprovalError('no_privilege', detail);
    }
  }
}

/**
 * When the hosts are released automatically (ISO 8601) if the action begins at `now` (ms since the epoch); undefined for
 * never. Throws an `ApprovalError` if that time has passed: nothing would end the isolation.
 */
async function releaseTimeOf(
  { record }: UndecidedRequest,
  now: number,
  { records }: Pick<ActionPorts, 'records'>
): Promise<string | undefined> {
  const { releaseAfterMinutes, releaseAt } = record.approval;
  if (record.group > 0) {
    // The other hosts of the action have already started. Their automatic release covers these hosts too.
    const [first] = await records.get(record.actionId);
    if (releaseAfterMinutes === undefined && releaseAt === undefined) return undefined;
    const isScheduled = first?.automaticRelease?.state === 'scheduled';
    if (!isScheduled || first.releaseAt == null || Date.parse(first.releaseAt) <= now) {
      throw new ApprovalError('approval_expired', RELEASE_HAS_PASSED);
    }
    return undefined;
  }
  if (releaseAfterMinutes !== undefined) {
    return new Date(now + releaseAfterMinutes * MINUTE).toISOString();
  }
  if (releaseAt !== undefined && Date.parse(releaseAt) <= now) {
    throw new ApprovalError('approval_expired', RELEASE_HAS_PASSED);
  }
  return releaseAt;
}
const RELEASE_HAS_PASSED = 'the time of the automatic release has passed';

/**
 * Returns the record after the approval. The action begins at `requestedAt`, and is at that time in the history:
 * earlier actions on its hosts do not affect its outcome.
 */
function approvedRecord(
  { record }: UndecidedRequest,
  decision: ApprovalDecision,
  progress: readonly Progress[],
  requestedAt: string,
  now: string,
  releaseAt: string | undefined
): ActionRecord {
  const pending = agentsToSend(progress).map((agent): RecordedHost => ({
    ...namedBySentinelOne(agent),
    outcome: 'pending',
  }));
  const ended = progress.flatMap((entry) =>
    entry.kind === 'end' ? [withEnd(entry.result, now)] : []
  );
  const begun: ActionRecord = {
    ...record,
    requestedAt,
    sortKey: sortKeyOf(now, record.actionId, record.group),
    approval: { ...record.approval, decision },
    ...(releaseAt === undefined || pending.length === 0
      ? {}
      : { releaseAt, automaticRelease: newAutomaticRelease(releaseAt, record.actor.username) }),
  };
  return withHosts(begun, [...pending, ...ended, ...record.hosts.filter(hasEnded)], now);
}

/**
 * Approves a request and performs its action for its requester, after checking everything again. The record is the
 * lock: of several decisions about one request, only one is written, before anything is sent. Throws an `ApprovalError` if
 * the request cannot be approved; then it is unchanged, and nothing was sent.
 */
export async function approveRequest(
  order: ApprovalOrder,
  ports: ActionPorts & ApprovalPorts
): Promise<ActionResult & { readonly action: ActionName }> {
  const { approver, comment, connectorId, tenant } = order;
  const stored = await undecidedRequest(order.actionId, ports);
  assertIsAnotherUser(stored, approver, 'approve', ports);
  const { record } = stored;
  if (record.connectorId !== connectorId || record.tenant !== tenant) {
    throw new ApprovalError('connector_changed');
  }
  const save: SaveRecords = async (progress, _groups, requestedAt, now) => {
    assertIsDecidable(progress);
    // Looking up and locking hosts takes time.
    if (isExpired(record.approval, ports.clock())) throw new ApprovalError('approval_expired');
    const decision: ApprovalDecision = { kind: 'approved', at: now, by: approver, comment };
    const releaseAt = await releaseTimeOf(stored, ports.clock(), ports);
    const approved = approvedRecord(stored, decision, progress, requestedAt, now, releaseAt);
    const written = await ports.approvals.decide(stored, approved);
    if (written === 'conflict') throw new ApprovalError('already_decided');
    return [{ record: approved, version: written.version }];
  };
  const result = await performRecordedAction(requestIn(stored, order), ports, save);
  return { ...result, action: record.action };
}
