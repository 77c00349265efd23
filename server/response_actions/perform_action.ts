import { ACTION_DEFINITIONS, changeSameProperty } from '../../common/actions/catalogue';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import type { Agent } from '../../common/hosts/agent';
import { REASON_CATALOG, type Reason } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionResult, HostResult } from '../../common/actions/outcome';
import { hasEnded, isOpen, withHosts, type RecordedHost } from '../../common/actions/record';
import type { ApiProblem } from '../sentinelone_client/failure';
import type { CommandAnswer, ExactTargets, HostAction } from '../sentinelone_client/host_action';
import {
  agentsToSend,
  isAwaiting,
  planAction,
  failed,
  guardLookUp,
  type ActionRequest,
} from './plan_action';
import type { Progress } from './merge_by_agent';
import { namedBySentinelOne, reachedBy, requestedResult } from './guards';
import type {
  HostLock,
  HostLocks,
  CoreLog,
  HeldHostLocks,
  AuditLog,
  RecordStore,
  StoredRecord,
} from './ports';
import { recordsOf } from './build_records';
import { withPendingOpposites } from './pending_opposites';
import { refuseRequest, type RefuseRequestPorts } from './refused_requests';
import { resultOfHost, withEnd } from './host_result';

/**
 * Performs one action on hosts: look up, apply guards, lock, write the record, send, write the
 * results.
 */

export interface ActionPorts extends RefuseRequestPorts {
  readonly hostAction: HostAction;
  readonly records: RecordStore;
  readonly hostLocks: HostLocks;
  readonly auditLog: Pick<AuditLog, 'attempted' | 'ended'>;
  /**
   * Ends hosts that must not get the command after all. Called while the hosts are locked, with the previous lock of
   * each on the same property.
   */
  readonly beforeSending?: (
    agents: readonly Agent[],
    lastLocks: ReadonlyMap<string, HostLock>
  ) => Promise<ReadonlyMap<string, HostResult>>;
  /** The actions whose automatic release is pending on these agents, by agent. */
  readonly pendingReleasesOn?: (
    agentIds: readonly string[]
  ) => Promise<ReadonlyMap<string, string>>;
  /**
   * The requests for approval of this action on these agents that are open in this space, by agent. A request that was
   * written in the same moment may be missing: approving it finds the host as the other one left it.
   */
  readonly openRequestsOn?: (
    action: ActionName,
    agentIds: readonly string[]
  ) => Promise<ReadonlyMap<string, NonNullable<HostResult['requestedBefore']>>>;
  /** Called when a record stays open, so that status reconciliation runs soon. */
  readonly leftOpen: () => void;
  readonly log: CoreLog;
}

/**
 * Refuses the hosts that another action has locked, and reads hosts again whose previous lock was
 * released recently.
 */
async function applyHostLocks(
  request: ActionRequest,
  progress: readonly Progress[],
  byAgent: HeldHostLocks['byAgent'],
  { hostAction }: ActionPorts
): Promise<readonly Progress[]> {
  const outdated = agentsToSend(progress).filter(
    ({ id }) => byAgent.get(id)?.kind === 'held_after_another'
  );
  const references = outdated.map(({ id }) => ({ agentId: id }));
  const again = outdated.length === 0 ? [] : await hostAction.lookUp(references);
  const renewed = new Map(
    outdated.map(({ id }, n) => [id, guardLookUp(request, references[n]!, again[n]!)])
  );
  return progress.map((entry): Progress => {
    if (entry.kind !== 'send') return entry;
    const locked = byAgent.get(entry.agent.id);
    if (locked?.kind === 'taken') {
      const { by } = locked;
      const detail = `${by.username} started to ${ACTION_DEFINITIONS[by.action].words.verb} it at ${by.since}`;
      const host = namedBySentinelOne(entry.agent);
      return { kind: 'end', result: { ...host, outcome: 'refused', reason: 'in_flight', detail } };
    }
    return renewed.get(entry.agent.id) ?? entry;
  });
}

const isUnchanged = (entry: Progress): entry is Extract<Progress, { readonly kind: 'end' }> =>
  entry.kind === 'end' && entry.result.outcome === 'unchanged' && entry.result.agentId !== null;

/**
 * Adds to unchanged hosts who requested the same action before and when, if known. If a host lock
 * was taken without a command, the previous holder counts.
 */
async function withEarlierRequester(
  { action, actionId }: ActionRequest,
  progress: readonly Progress[],
  byAgent: HeldHostLocks['byAgent'],
  { hostLocks, log }: ActionPorts
): Promise<readonly Progress[]> {
  const asked = new Map<string, HostLock>();
  const unknown: string[] = [];
  for (const entry of progress) {
    if (!isUnchanged(entry)) continue;
    const id = entry.result.agentId!;
    const locked = byAgent.get(id);
    if (locked?.kind === 'held_after_another' && changeSameProperty(locked.after.action, action)) {
      asked.set(id, locked.after);
    } else unknown.push(id);
  }
  if (unknown.length > 0) {
    try {
      for (const [id, last] of await hostLocks.lastOn(
        unknown,
        ACTION_DEFINITIONS[action].property
      )) {
        const by = last.after?.action === action ? last.after : last;
        if (by.actionId !== actionId) asked.set(id, by);
      }
    } catch (error) {
      log.warn(`The earlier requester could not be read: ${String(error)}`);
    }
  }
  return progress.map((entry): Progress => {
    const by = isUnchanged(entry) ? asked.get(entry.result.agentId!) : undefined;
    if (entry.kind !== 'end' || by?.action !== action) return entry;
    const { username, since: requestedAt } = by;
    const detail = `${username} requested to ${ACTION_DEFINITIONS[action].words.verb} it at ${requestedAt}`;
    const requestedBefore = { username, requestedAt };
    return { kind: 'end', result: { ...entry.result, detail, requestedBefore } };
  });
}

/** SentinelOne answered that it affected no agent. */
const wasRefused = (answer: CommandAnswer): boolean =>
  answer.kind === 'answered' && answer.affected === 0;

/** Why an answer does not prove that the command was accepted for each target. */
function problemWith(answer: CommandAnswer, { agentIds }: ExactTargets): ApiProblem {
  if (answer.kind !== 'answered') return answer.problem;
  const { affected } = answer;
  return affected === undefined
    ? {
        reason: 'unexpected_answer',
        detail: 'The answer did not say how many agents it affected',
      }
    : {
        reason: 'not_affected',
        detail: `SentinelOne affected ${affected} of ${agentIds.length} agents`,
      };
}

/** Ends the hosts that `beforeSending` excludes. */
async function applyLastCheck(
  progress: readonly Progress[],
  byAgent: HeldHostLocks['byAgent'],
  { beforeSending }: ActionPorts
): Promise<readonly Progress[]> {
  const agents = agentsToSend(progress);
  if (beforeSending === undefined || agents.length === 0) return progress;
  const lastLocks = new Map(
    agents.flatMap(({ id }): Array<[string, HostLock]> => {
      const locked = byAgent.get(id);
      return locked === undefined || locked.kind === 'taken' || locked.before === undefined
        ? []
        : [[id, locked.before]];
    })
  );
  const ends = await beforeSending(agents, lastLocks);
  return progress.map((entry): Progress => {
    const result = entry.kind === 'send' ? ends.get(entry.agent.id) : undefined;
    return result === undefined ? entry : { kind: 'end', result };
  });
}

/**
 * Marks unchanged hosts whose automatic release is pending: if this request has a release time, that replaces the
 * pending one. Throws if that cannot be read; then nothing is sent.
 */
async function withReplacedReleases(
  { releaseAt }: ActionRequest,
  progress: readonly Progress[],
  { pendingReleasesOn }: ActionPorts
): Promise<readonly Progress[]> {
  const ids = progress.flatMap((entry) => (isUnchanged(entry) ? [entry.result.agentId!] : []));
  if (releaseAt === undefined || pendingReleasesOn === undefined || ids.length === 0) {
    return progress;
  }
  const pending = await pendingReleasesOn(ids);
  return progress.map((entry): Progress => {
    const replacesReleaseOf = isUnchanged(entry) ? pending.get(entry.result.agentId!) : undefined;
    if (replacesReleaseOf === undefined || entry.kind !== 'end') return entry;
    return { kind: 'end', result: { ...entry.result, replacesReleaseOf } };
  });
}

/**
 * Refuses hosts for which a request for approval of this action is open: a second one would have to be decided as well,
 * and say nothing more. Throws if that cannot be read; then nothing is sent or recorded.
 */
async function withoutOpenRequests(
  { action }: ActionRequest,
  progress: readonly Progress[],
  { openRequestsOn }: ActionPorts
): Promise<readonly Progress[]> {
  const ids = progress.filter(isAwaiting).map(({ agent }) => agent.id);
  if (openRequestsOn === undefined || ids.length === 0) return progress;
  const open = await openRequestsOn(action, ids);
  return progress.map((entry): Progress => {
    const before = isAwaiting(entry) ? open.get(entry.agent.id) : undefined;
    if (before === undefined || !isAwaiting(entry)) return entry;
    const detail = `${before.username} requested approval at ${before.requestedAt}`;
    return {
      kind: 'end',
      result: {
        ...namedBySentinelOne(entry.agent),
        ...{ outcome: 'refused', reason: 'already_requested', detail, requestedBefore: before },
      },
    };
  });
}

/** The result of each target of one write. `pending`: the result is not known yet. */
async function sendGroup(
  action: ActionName,
  targets: ExactTargets,
  agents: ReadonlyMap<string, Agent>,
  requestedAt: string,
  { hostAction }: ActionPorts
): Promise<ReadonlyMap<string, RecordedHost>> {
  const each = (end: (agent: Agent) => RecordedHost) =>
    new Map(targets.agentIds.map((id) => [id, end(agents.get(id)!)]));

  const answer = await hostAction.command(action, targets);
  if (answer.kind === 'not_taken') {
    return each((agent) => failed(namedBySentinelOne(agent), answer.problem));
  }
  if (answer.kind === 'answered' && answer.affected === targets.agentIds.length) {
    return each(requestedResult);
  }

  const reread = await hostAction.readAgain(targets);
  const { showsAcceptance } = PROPERTY_DEFINITIONS[ACTION_DEFINITIONS[action].property];
  return each((agent): RecordedHost => {
    const now = reread.agents.get(agent.id);
    const unread = reread.failed.get(agent.id);
    const named = namedBySentinelOne(agent);
    if (now === undefined && unread !== undefined) {
      const detail = `The status after the command could not be read from SentinelOne: ${unread.detail ?? unread.reason}`;
      return { ...named, outcome: 'pending', reason: unread.reason, detail };
    }
    const reached = now === undefined ? undefined : reachedBy(action, now, requestedAt);
    if (now !== undefined && reached === 'requested') return requestedResult(now);
    if (reached === 'done') return { ...named, outcome: 'done' };
    const problem = problemWith(answer, targets);
    // If the agent does not show the command yet, the outcome is still open. Status reconciliation resolves it.
    return showsAcceptance || wasRefused(answer)
      ? failed(named, problem)
      : { ...named, ...problem, outcome: 'pending' };
  });
}

async function sendAndRecord(
  request: ActionRequest,
  stored: readonly StoredRecord[],
  groups: readonly ExactTargets[],
  agents: ReadonlyMap<string, Agent>,
  ports: ActionPorts
): Promise<readonly HostResult[]> {
  const results: HostResult[] = [];
  for (const [n, entry] of stored.entries()) {
    const targets = groups[n];
    let { record } = entry;
    if (targets !== undefined) {
      const ends = await sendGroup(request.action, targets, agents, record.requestedAt, ports);
      const now = new Date(ports.clock()).toISOString();
      const before = record.hosts;
      const hosts = before.map((host) => {
        const end = host.outcome === 'pending' ? ends.get(host.agentId ?? '') : undefined;
        return end === undefined ? host : withEnd(end, now);
      });
      record = withHosts(record, hosts, now);
      try {
        await ports.records.update(entry, record);
        ports.auditLog.ended(
          record,
          hosts.filter((host, at) => isOpen(before[at]!) && hasEnded(host))
        );
      } catch (error) {
        // The document is still in state "sending", so status reconciliation finds it.
        ports.log.error(
          `The end of action ${request.actionId} could not be recorded: ${String(error)}`
        );
      }
    }
    results.push(...record.hosts.map(resultOfHost));
  }
  return results;
}

/**
 * Whether SentinelOne did not accept the command, so that the previous action is still the latest.
 */
const hadNoEffect = (reason: Reason | undefined): boolean =>
  reason !== undefined && REASON_CATALOG[reason].sent === 'no';

/** Writes the records of an action that is about to be sent; `groups` are its writes. ISO 8601 times. */
export type SaveRecords = (
  progress: readonly Progress[],
  groups: readonly ExactTargets[],
  requestedAt: string,
  now: string
) => Promise<readonly StoredRecord[]>;

/**
 * Isolates or releases the hosts of `request`. Returns each host's outcome; no fault of SentinelOne
 * throws. Throws only if the record could not be written; then nothing was sent.
 */
export async function performAction(
  request: ActionRequest,
  ports: ActionPorts
): Promise<ActionResult> {
  if (request.refuseAll !== undefined) return refuseRequest(request, request.refuseAll, ports);
  return performRecordedAction(request, ports, (progress, groups, since, now) =>
    ports.records.create(recordsOf(request, progress, groups, since, now))
  );
}

/**
 * Like `performAction`, for an action whose records `save` writes: once the hosts are checked and locked, and before
 * anything is sent. Throws what `save` throws; then nothing was sent.
 */
export async function performRecordedAction(
  request: ActionRequest,
  ports: ActionPorts,
  save: SaveRecords
): Promise<ActionResult> {
  const { actionId, action, actor } = request;
  const startedAt = ports.clock();
  const since = new Date(startedAt).toISOString();
  const hostLock: HostLock = { actionId, action, username: actor.username, since };

  const planned = await planAction(request, ports);
  let progress = await withPendingOpposites(request, planned, ports, () => true);
  const wanted = agentsToSend(progress).map(({ id }) => id);
  const held =
    wanted.length === 0 ? undefined : await ports.hostLocks.take(wanted, hostLock, startedAt);
  let sent: readonly string[] = [];
  try {
    if (held !== undefined) {
      progress = await applyHostLocks(request, progress, held.byAgent, ports);
      // Hosts whose lock was released just before were read again.
      const isHeld = (id: string) => held.byAgent.get(id)?.kind === 'held_after_another';
      progress = await withPendingOpposites(request, progress, ports, isHeld);
      progress = await applyLastCheck(progress, held.byAgent, ports);
    }
    const toSend = agentsToSend(progress);
    const groups = ports.hostAction.targets(toSend);
    progress = await withEarlierRequester(request, progress, held?.byAgent ?? new Map(), ports);
    progress = await withReplacedReleases(request, progress, ports);
    progress = await withoutOpenRequests(request, progress, ports);
    // The hosts are locked by now, so actions on one host are recorded in the order of their execution.
    const now = new Date(ports.clock()).toISOString();
    const stored = await save(progress, groups, since, now);
    for (const { record } of stored) {
      ports.auditLog.attempted(record);
      ports.auditLog.ended(record, record.hosts.filter(hasEnded));
    }
    const agents = new Map(toSend.map((agent) => [agent.id, agent]));
    sent = [...agents.keys()];
    const results = await sendAndRecord(request, stored, groups, agents, ports);
    const isWithoutEffect = new Set(
      results.filter(({ reason }) => hadNoEffect(reason)).map(({ agentId }) => agentId)
    );
    sent = sent.filter((id) => !isWithoutEffect.has(id));
    if (toSend.length > 0) ports.leftOpen();
    return { actionId, hosts: results };
  } finally {
    await held?.release(sent);
  }
}
