import { ACTION_DEFINITIONS, changeSameProperty } from '../../common/actions/catalogue';
import type { Agent } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import type { HostAction } from '../sentinelone_client/host_action';
import { agentsToSend, guardLookUp, isAwaiting, type ActionRequest } from './plan_action';
import type { Progress } from './merge_by_agent';
import { namedBySentinelOne } from './guards';
import type { Clock, CoreLog, AcquiredHostLocks, HostLock, HostLocks } from './ports';
import { withPendingOpposites } from './pending_opposites';

/** What host locks, and others' actions on the hosts, change about an action. Nothing is written or sent here. */

export interface LockedHostsPorts {
  readonly hostAction: Pick<HostAction, 'lookUp'>;
  readonly hostLocks: Pick<HostLocks, 'lastOn'>;
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
  readonly clock: Clock;
  readonly log: CoreLog;
}

/**
 * Refuses the hosts that another action has locked, and reads hosts again whose previous lock was
 * released recently.
 */
async function applyHostLocks(
  request: ActionRequest,
  progress: readonly Progress[],
  byAgent: AcquiredHostLocks['byAgent'],
  { hostAction }: LockedHostsPorts
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
  byAgent: AcquiredHostLocks['byAgent'],
  { hostLocks, log }: LockedHostsPorts
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
    if (!isUnchanged(entry)) return entry;
    const by = asked.get(entry.result.agentId!);
    if (by?.action !== action) return entry;
    const { username, since: requestedAt } = by;
    const detail = `${username} requested to ${ACTION_DEFINITIONS[action].words.verb} it at ${requestedAt}`;
    const requestedBefore = { username, requestedAt };
    return { kind: 'end', result: { ...entry.result, detail, requestedBefore } };
  });
}

/** Ends the hosts that `beforeSending` excludes. */
async function applyLastCheck(
  progress: readonly Progress[],
  byAgent: AcquiredHostLocks['byAgent'],
  { beforeSending }: LockedHostsPorts
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
  { pendingReleasesOn }: LockedHostsPorts
): Promise<readonly Progress[]> {
  const ids = progress.flatMap((entry) => (isUnchanged(entry) ? [entry.result.agentId!] : []));
  if (releaseAt === undefined || pendingReleasesOn === undefined || ids.length === 0) {
    return progress;
  }
  const pending = await pendingReleasesOn(ids);
  return progress.map((entry): Progress => {
    if (!isUnchanged(entry)) return entry;
    const replacesReleaseOf = pending.get(entry.result.agentId!);
    if (replacesReleaseOf === undefined) return entry;
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
  { openRequestsOn }: LockedHostsPorts
): Promise<readonly Progress[]> {
  const ids = progress.filter(isAwaiting).map(({ agent }) => agent.id);
  if (openRequestsOn === undefined || ids.length === 0) return progress;
  const open = await openRequestsOn(action, ids);
  return progress.map((entry): Progress => {
    if (!isAwaiting(entry)) return entry;
    const before = open.get(entry.agent.id);
    if (before === undefined) return entry;
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

/** The hosts that locks, and readings under them, exclude. */
export async function applyLocks(
  request: ActionRequest,
  planned: readonly Progress[],
  { byAgent }: AcquiredHostLocks,
  ports: LockedHostsPorts
): Promise<readonly Progress[]> {
  const progress = await applyHostLocks(request, planned, byAgent, ports);
  // Hosts whose lock was released just before were read again.
  const isHeld = (id: string) => byAgent.get(id)?.kind === 'held_after_another';
  const checked = await withPendingOpposites(request, progress, ports, isHeld);
  return applyLastCheck(checked, byAgent, ports);
}

/** What is recorded besides of hosts that get no command: what others requested for them before. */
export async function describeOthers(
  request: ActionRequest,
  progress: readonly Progress[],
  byAgent: AcquiredHostLocks['byAgent'],
  ports: LockedHostsPorts
): Promise<readonly Progress[]> {
  const described = await withEarlierRequester(request, progress, byAgent, ports);
  const replaced = await withReplacedReleases(request, described, ports);
  return withoutOpenRequests(request, replaced, ports);
}
