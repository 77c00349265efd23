import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import type { HostAction } from '../sentinelone_client/host_action';
import type { Progress } from './merge_by_agent';
import type { ActionRequest } from './plan_action';
import type { Clock, HostLock, HostLocks } from './ports';

/**
 * Hosts on which the opposite action may still be pending although SentinelOne does not show it: it shows some commands
 * only when the agent carries them out. For such a host the action seems to change nothing, but the command is sent.
 */

interface PendingOppositesPorts {
  readonly hostLocks: Pick<HostLocks, 'lastOn'>;
  readonly hostAction: Pick<HostAction, 'lookUp'>;
  readonly clock: Clock;
}

type Unchanged = Extract<Progress, { readonly kind: 'end' }>;
const isUnchanged = (entry: Progress): entry is Unchanged =>
  entry.kind === 'end' && entry.result.outcome === 'unchanged' && entry.result.agentId !== null;

/**
 * Returns the progress, with the command for hosts on which the opposite action may be pending; only for hosts in
 * `mayAct`.
 */
export async function withPendingOpposites(
  { action }: ActionRequest,
  progress: readonly Progress[],
  { hostLocks, hostAction, clock }: PendingOppositesPorts,
  mayAct: (agentId: string) => boolean
): Promise<readonly Progress[]> {
  const { property, opposite } = ACTION_DEFINITIONS[action];
  const { showsAcceptance, effectExpectedWithin } = PROPERTY_DEFINITIONS[property];
  const ids = progress
    .filter(isUnchanged)
    .map(({ result }) => result.agentId!)
    .filter(mayAct);
  if (showsAcceptance || ids.length === 0) return progress;
  const before = new Map<string, HostLock>();
  for (const [id, last] of await hostLocks.lastOn(ids, property)) {
    // This action may have the lock by now.
    const other = last.after ?? last;
    if (other.action === opposite) before.set(id, other);
  }
  const references = [...before.keys()].map((agentId) => ({ agentId }));
  if (references.length === 0) return progress;
  const pending = new Map<string, Progress>();
  for (const lookUp of await hostAction.lookUp(references)) {
    if (!lookUp.ok || lookUp.status.state !== 'known') continue;
    const { agent } = lookUp.status;
    const { since } = before.get(agent.id)!;
    const { kind } = ACTION_DEFINITIONS[opposite].read(agent, since);
    const isRecent = Math.abs(clock() - Date.parse(since)) < effectExpectedWithin;
    if (kind === 'undetermined' || (kind === 'not_reached' && isRecent)) {
      pending.set(agent.id, { kind: 'send', agent });
    }
  }
  return progress.map((entry) =>
    isUnchanged(entry) ? (pending.get(entry.result.agentId!) ?? entry) : entry
  );
}
