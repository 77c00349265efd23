import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import type { Agent } from '../../common/hosts/agent';
import { REASON_CATALOG, type Reason } from '../../common/actions/reasons';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import {
  hasEnded,
  isOpen,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import type { ApiProblem } from '../sentinelone_client/failure';
import type { CommandAnswer, ExactTargets, HostAction } from '../sentinelone_client/host_action';
import { failed, type ActionRequest } from './plan_action';
import { namedBySentinelOne, confirmedOutcome, requestedResult } from './guards';
import type { AuditLog, Clock, CoreLog, RecordStore, StoredRecord } from './ports';
import { resultOfHost, withEnd } from './host_result';

/** Sends the commands of a recorded action, and records what became of them. */

export interface SendPorts {
  readonly hostAction: Pick<HostAction, 'command' | 'readAgain'>;
  readonly records: Pick<RecordStore, 'replace'>;
  readonly auditLog: Pick<AuditLog, 'ended'>;
  readonly clock: Clock;
  readonly log: CoreLog;
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

/** The result of each target of one write. `pending`: the result is not known yet. */
async function sendGroup(
  action: ActionName,
  targets: ExactTargets,
  agents: ReadonlyMap<string, Agent>,
  requestedAt: string,
  { hostAction }: SendPorts
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
    if (unread !== undefined) {
      const detail = `The status after the command could not be read from SentinelOne: ${unread.detail ?? unread.reason}`;
      return { ...named, outcome: 'pending', reason: unread.reason, detail };
    }
    if (now !== undefined) {
      const reached = confirmedOutcome(action, now, requestedAt);
      if (reached === 'requested') return requestedResult(now);
      if (reached === 'done') return { ...named, outcome: 'done' };
    }
    const problem = problemWith(answer, targets);
    // If the agent does not show the command yet, the outcome is still open. Status reconciliation resolves it.
    return showsAcceptance || wasRefused(answer)
      ? failed(named, problem)
      : { ...named, ...problem, outcome: 'pending' };
  });
}

/**
 * Whether SentinelOne did not accept the command, so that the previous action is still the latest.
 */
const hadNoEffect = (reason: Reason | undefined): boolean =>
  reason !== undefined && REASON_CATALOG[reason].sent === 'no';

/** The agents of these results for which a command may have left. */
export const agentsSentTo = (results: readonly HostResult[], agentIds: readonly string[]) => {
  const isWithoutEffect = new Set(
    results.filter(({ reason }) => hadNoEffect(reason)).map(({ agentId }) => agentId)
  );
  return agentIds.filter((id) => !isWithoutEffect.has(id));
};

/** The record after a write, with the hosts that have ended by it. */
function recordAfter(
  record: ActionRecord,
  ends: ReadonlyMap<string, RecordedHost>,
  now: string
): { readonly record: ActionRecord; readonly ended: readonly RecordedHost[] } {
  const before = record.hosts;
  const hosts = before.map((host) => {
    const end = host.outcome === 'pending' ? ends.get(host.agentId ?? '') : undefined;
    return end === undefined ? host : withEnd(end, now);
  });
  const ended = hosts.filter((host, at) => isOpen(before[at]!) && hasEnded(host));
  return { record: withHosts(record, hosts, now), ended };
}

/**
 * Sends the command for each group and records what became of it. The last of these records is written together with
 * the end of the host locks (`release`, with all results so far).
 */
export async function sendAndRecord(
  request: ActionRequest,
  stored: readonly StoredRecord[],
  groups: readonly ExactTargets[],
  agents: ReadonlyMap<string, Agent>,
  ports: SendPorts,
  release: (results: readonly HostResult[]) => Promise<void>
): Promise<readonly HostResult[]> {
  const results: HostResult[] = [];
  const write = async (entry: StoredRecord, after: ReturnType<typeof recordAfter>) => {
    try {
      await ports.records.replace([entry], [after.record]);
      ports.auditLog.ended(after.record, after.ended);
    } catch (error) {
      // The document is still in state "sending", so status reconciliation finds it.
      ports.log.error(
        `The end of action ${request.actionId} could not be recorded: ${String(error)}`
      );
    }
  };
  for (const [n, entry] of stored.entries()) {
    const targets = groups[n];
    if (targets === undefined) {
      results.push(...entry.record.hosts.map(resultOfHost));
      continue;
    }
    const { action } = request;
    const ends = await sendGroup(action, targets, agents, entry.record.requestedAt, ports);
    const after = recordAfter(entry.record, ends, new Date(ports.clock()).toISOString());
    results.push(...after.record.hosts.map(resultOfHost));
    const isLast = n === groups.length - 1;
    await Promise.all([write(entry, after), isLast ? release(results) : undefined]);
  }
  return results;
}
