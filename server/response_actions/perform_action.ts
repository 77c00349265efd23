import type { HostActionParams, HostReference } from '../../common/connector';
import type { HostGuards } from '../../common/host_guards';
import {
  type ActionName,
  type ActionResult,
  type HostResult,
  type Refusal,
} from '../../common/outcome';
import {
  isOpen,
  orderOf,
  withHosts,
  type ActionRecord,
  type Actor,
  type RecordedHost,
} from '../../common/record';
import type { Agent } from '../../common/agent';
import type { ExactTargets, HostAction, LookUp } from '../management_api/host_action';
import type { ApiProblem } from '../management_api/failure';
import { asAnswered } from './result_of';
import {
  decide,
  namedByCaller,
  namedBySentinelOne,
  reachedBy,
  requestedResult,
  type Decision,
  type Protection,
} from './guards';
import type {
  Claim,
  Claims,
  Clock,
  CoreLog,
  HeldClaims,
  Journal,
  RecordStore,
  StoredRecord,
} from './ports';
import { withEnd } from './with_end';

/**
 * One action on hosts, from the guards to the record's end:
 * look up, decide, claim, write the record, send, write the end.
 */

export interface ActionPorts {
  readonly hostAction: HostAction;
  readonly records: RecordStore;
  readonly claims: Claims;
  readonly journal: Journal;
  /** Called when a record is left open, so that it is settled soon. */
  readonly leftOpen: () => void;
  readonly clock: Clock;
  readonly log: CoreLog;
}

export interface ActionOrder extends Omit<HostActionParams, 'overrideComment'> {
  readonly action: ActionName;
  /** A UUID, made by the caller. */
  readonly actionId: string;
  readonly actor: Actor;
  readonly connectorId: string;
  /** The settings of the space. */
  readonly guards: Pick<HostGuards, 'protectedHosts' | 'maxHosts'>;
  /** What became of the wish to isolate protected hosts too. */
  readonly override?: Protection['override'];
  /** Refuses every host, before SentinelOne is asked anything. */
  readonly refuseAll?: { readonly reason: Refusal; readonly detail?: string };
}

interface LookUpPorts {
  readonly hostAction: Pick<HostAction, 'lookUp'>;
}

/** A host of the order and where it stands. */
export type Progress =
  | Extract<Decision, { readonly kind: 'send' }>
  | { readonly kind: 'end'; readonly result: RecordedHost };

const failed = (
  host: Pick<HostResult, 'uuid' | 'agentId' | 'name'>,
  { reason, detail }: ApiProblem
): HostResult => ({
  ...host,
  outcome: 'failed',
  reason,
  ...(detail === undefined ? {} : { detail }),
});

const identityOf = ({ uuid, agentId, name, confirmedName }: HostReference): string =>
  JSON.stringify([uuid, agentId, name, confirmedName]);

/** Merges what is named twice to the letter; the same agent under two names is merged after the look-up. */
function distinct(hosts: readonly HostReference[]): readonly HostReference[] {
  return [...new Map(hosts.map((host) => [identityOf(host), host])).values()];
}

const judge = (
  { action, guards: { protectedHosts }, override }: ActionOrder,
  host: HostReference,
  lookUp: LookUp
): Progress =>
  lookUp.ok
    ? decide(action, host, lookUp.status, { protectedHosts, override })
    : { kind: 'end', result: failed(namedByCaller(host), lookUp.problem) };

/**
 * The same agent may have been named by UUID and by id, or under two names. It is acted on once; and
 * if one of the namings is refused, so is the agent, because then it is in doubt which host is meant.
 */
function mergeByAgent(progress: readonly Progress[]): readonly Progress[] {
  const byAgent = new Map<string, Progress>();
  const rest: Progress[] = [];
  for (const entry of progress) {
    const agentId = entry.kind === 'send' ? entry.agent.id : entry.result.agentId;
    const known = agentId === null ? undefined : byAgent.get(agentId);
    if (agentId === null) rest.push(entry);
    else if (known === undefined || known.kind === 'send') byAgent.set(agentId, entry);
  }
  return [...byAgent.values(), ...rest];
}

/** More hosts than the settings allow in one action. */
function tooMany({ hosts, guards: { maxHosts } }: ActionOrder): ActionOrder['refuseAll'] {
  const named = distinct(hosts).length;
  if (named <= maxHosts) return undefined;
  return { reason: 'too_many', detail: `${named} hosts; the settings allow ${maxHosts}` };
}

async function lookUpAndDecide(
  order: ActionOrder,
  { hostAction }: LookUpPorts
): Promise<readonly Progress[]> {
  const named = distinct(order.hosts);
  const lookUps = await hostAction.lookUp(named);
  return mergeByAgent(named.map((host, n) => judge(order, host, lookUps[n]!)));
}

/** What becomes of each host as far as that shows before anything is claimed, recorded or sent. */
export async function decideAll(
  order: ActionOrder,
  ports: LookUpPorts
): Promise<readonly Progress[]> {
  const refusal = order.refuseAll ?? tooMany(order);
  if (refusal === undefined) return lookUpAndDecide(order, ports);
  return distinct(order.hosts).map((host) => ({
    kind: 'end',
    result: { ...namedByCaller(host), outcome: 'refused', ...refusal },
  }));
}

/** Takes out the hosts that another action holds, and reads again those that one just let go of. */
async function applyClaims(
  order: ActionOrder,
  progress: readonly Progress[],
  byAgent: HeldClaims['byAgent'],
  { hostAction }: ActionPorts
): Promise<readonly Progress[]> {
  const outdated = agentsToSend(progress).filter(
    ({ id }) => byAgent.get(id)?.kind === 'held_after_another'
  );
  const references = outdated.map(({ id }) => ({ agentId: id }));
  const again = outdated.length === 0 ? [] : await hostAction.lookUp(references);
  const renewed = new Map(
    outdated.map(({ id }, n) => [id, judge(order, references[n]!, again[n]!)])
  );
  return progress.map((entry): Progress => {
    if (entry.kind === 'end') return entry;
    const claimed = byAgent.get(entry.agent.id);
    if (claimed?.kind === 'taken') {
      const { by } = claimed;
      const detail = `${by.username} started to ${by.action} it at ${by.since}`;
      const host = namedBySentinelOne(entry.agent);
      return { kind: 'end', result: { ...host, outcome: 'refused', reason: 'in_flight', detail } };
    }
    return renewed.get(entry.agent.id) ?? entry;
  });
}

const agentsToSend = (progress: readonly Progress[]): readonly Agent[] =>
  progress.flatMap((entry) => (entry.kind === 'send' ? [entry.agent] : []));

/** Says of hosts that were on their way already, or there, who asked for it and when, where that is known. */
async function withWhoAsked(
  action: ActionName,
  progress: readonly Progress[],
  { claims, log }: ActionPorts
): Promise<readonly Progress[]> {
  const isUnchanged = (entry: Progress) =>
    entry.kind === 'end' && entry.result.outcome === 'unchanged' && entry.result.agentId !== null;
  const ids = progress.flatMap((entry) =>
    entry.kind === 'end' && isUnchanged(entry) ? [entry.result.agentId!] : []
  );
  if (ids.length === 0) return progress;
  let last: ReadonlyMap<string, Claim>;
  try {
    last = await claims.lastOn(ids);
  } catch (error) {
    log.warn(`Who asked before could not be found out: ${String(error)}`);
    return progress;
  }
  return progress.map((entry): Progress => {
    const by =
      entry.kind === 'end' && isUnchanged(entry) ? last.get(entry.result.agentId!) : undefined;
    if (entry.kind !== 'end' || by?.action !== action) return entry;
    const detail = `${by.username} asked to ${action} it at ${by.since}`;
    return { kind: 'end', result: { ...entry.result, detail } };
  });
}

/** The hosts of one write that were protected; undefined when none was, and nothing of it is recorded. */
function overrideIn(
  { override }: ActionOrder,
  progress: readonly Progress[],
  agentIds: readonly string[]
): ActionRecord['override'] {
  if (override?.kind !== 'granted') return undefined;
  const hosts = progress.flatMap((entry) =>
    entry.kind === 'send' && entry.overrides !== undefined && agentIds.includes(entry.agent.id)
      ? [{ agentId: entry.agent.id, ...entry.overrides }]
      : []
  );
  return hosts.length === 0 ? undefined : { comment: override.comment, hosts };
}

/**
 * Records for the whole action: one per write, and the hosts that need no write with the first. `now` is
 * when they are written.
 */
function recordsOf(
  order: ActionOrder,
  progress: readonly Progress[],
  groups: readonly ExactTargets[],
  requestedAt: string,
  now: string
): readonly ActionRecord[] {
  const ended = progress.flatMap((entry) =>
    entry.kind === 'end' ? [withEnd(entry.result, now)] : []
  );
  const agents = new Map(agentsToSend(progress).map((agent) => [agent.id, agent]));
  const count = Math.max(1, groups.length);
  return Array.from({ length: count }, (_, group): ActionRecord => {
    const agentIds = groups[group]?.agentIds ?? [];
    const override = overrideIn(order, progress, agentIds);
    const pending = agentIds.map((id): RecordedHost => ({
      ...namedBySentinelOne(agents.get(id)!),
      outcome: 'pending',
    }));
    const hosts = group === 0 ? [...pending, ...ended] : pending;
    const record: ActionRecord = {
      actionId: order.actionId,
      group,
      groups: count,
      order: orderOf(now, order.actionId, group),
      action: order.action,
      state: 'sending',
      connectorId: order.connectorId,
      actor: order.actor,
      comment: order.comment,
      alertIds: order.alertIds ?? [],
      caseIds: order.caseIds ?? [],
      ...(override === undefined ? {} : { override }),
      requestedAt,
      updatedAt: now,
      hosts: [],
    };
    return withHosts(record, hosts, now);
  });
}

/** What became of each target of one write. `pending`: nobody could find out. */
async function sendGroup(
  action: ActionName,
  targets: ExactTargets,
  agents: ReadonlyMap<string, Agent>,
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

  const truth = await hostAction.readAgain(targets);
  return each((agent): RecordedHost => {
    const now = truth.agents.get(agent.id);
    const unread = truth.failed.get(agent.id);
    const named = namedBySentinelOne(agent);
    if (now === undefined && unread !== undefined) {
      const detail = `SentinelOne could not be asked whether it took the command: ${unread.detail ?? unread.reason}`;
      return { ...named, outcome: 'pending', reason: unread.reason, detail };
    }
    const reached = now === undefined ? undefined : reachedBy(action, now);
    if (now !== undefined && reached === 'requested') return requestedResult(now);
    if (reached === 'done') return { ...named, outcome: 'done' };
    if (answer.kind !== 'answered') return failed(named, answer.problem);
    const { affected } = answer;
    return failed(
      named,
      affected === undefined
        ? {
            reason: 'unexpected_answer',
            detail: 'The answer did not say how many agents it affected',
          }
        : {
            reason: 'not_affected',
            detail: `SentinelOne affected ${affected} of ${targets.agentIds.length} agents`,
          }
    );
  });
}

async function sendAndRecord(
  order: ActionOrder,
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
      const ends = await sendGroup(order.action, targets, agents, ports);
      const now = new Date(ports.clock()).toISOString();
      const before = record.hosts;
      const hosts = before.map((host) => {
        const end = host.outcome === 'pending' ? ends.get(host.agentId ?? '') : undefined;
        return end === undefined ? host : withEnd(end, now);
      });
      record = withHosts(record, hosts, now);
      try {
        await ports.records.update(entry, record);
        ports.journal.ended(
          record,
          hosts.filter((host, at) => isOpen(before[at]!) && !isOpen(host))
        );
      } catch (error) {
        // The document still says "sending", which is how it is found and settled.
        ports.log.error(
          `The end of action ${order.actionId} could not be recorded: ${String(error)}`
        );
      }
    }
    results.push(...record.hosts.map(asAnswered));
  }
  return results;
}

/**
 * Isolates or releases the hosts of `order`. Returns each host's outcome; no fault of SentinelOne
 * throws. Throws only when the record could not be written, and then nothing was sent.
 */
export async function performAction(order: ActionOrder, ports: ActionPorts): Promise<ActionResult> {
  const { actionId, action, actor } = order;
  const startedAt = ports.clock();
  const since = new Date(startedAt).toISOString();
  const claim: Claim = { actionId, action, username: actor.username, since };

  let progress = await decideAll(order, ports);
  const wanted = agentsToSend(progress).map(({ id }) => id);
  const held = wanted.length === 0 ? undefined : await ports.claims.take(wanted, claim, startedAt);
  try {
    if (held !== undefined) {
      progress = await applyClaims(order, progress, held.byAgent, ports);
    }
    const toSend = agentsToSend(progress);
    const groups = ports.hostAction.targets(toSend);
    progress = await withWhoAsked(action, progress, ports);
    // By now the claims are held: actions on one host are recorded in the order in which they act.
    const now = new Date(ports.clock()).toISOString();
    const stored = await ports.records.create(recordsOf(order, progress, groups, since, now));
    for (const { record } of stored) {
      ports.journal.attempted(record);
      ports.journal.ended(
        record,
        record.hosts.filter((host) => !isOpen(host))
      );
    }
    const agents = new Map(toSend.map((agent) => [agent.id, agent]));
    const results = await sendAndRecord(order, stored, groups, agents, ports);
    if (toSend.length > 0) ports.leftOpen();
    return { actionId, hosts: results };
  } finally {
    await held?.release();
  }
}
