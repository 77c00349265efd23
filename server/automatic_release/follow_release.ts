import type { HandledHost } from '../../common/actions/automatic_release';
import type { RecordedHost } from '../../common/actions/record';
import type { FirstSeen } from '../lib/first_seen';
import type { ReadProblem } from '../status_reconciliation/ports';
import type { TimedAction } from './ports';
import { hostsLeft } from './release_hosts';
import { hostIn, outcomeOf, storedProblem } from './release_outcome';
import { pauseBeforeAttempt, pauseBeforeLook } from './release_schedule';
import {
  isoNow,
  postpone,
  releaseOf,
  withHandled,
  writeEnd,
  type ReleasePorts,
} from './timed_action';

/** Follows a release that has begun, by its own record, which status reconciliation closes. */

/** Looks at it again later. */
async function lookLater(
  action: TimedAction,
  problem: ReadProblem | null,
  ports: ReleasePorts
): Promise<void> {
  const release = releaseOf(action);
  await ports.store.update(action, {
    automaticRelease: {
      ...release,
      tries: release.tries + 1,
      problem: problem === null ? null : storedProblem(problem),
      nextCheckAt: new Date(ports.clock() + pauseBeforeLook(release.tries)).toISOString(),
    },
  });
}

/** There is no record: the node is about to write it, or stopped before it did. */
async function withoutRecord(
  action: TimedAction,
  starts: FirstSeen,
  ports: ReleasePorts
): Promise<void> {
  const { beganAt, releaseActionId } = releaseOf(action);
  const now = ports.clock();
  const began = starts.of(releaseActionId ?? '', Date.parse(beganAt ?? ''), now);
  if (now - began < ports.noLongerAliveAfter) return lookLater(action, null, ports);
  const problem = {
    reason: 'interrupted',
    detail: 'Kibana stopped before the release was sent',
  } as const;
  return postpone(action, problem, ports, { pause: 0 });
}

/** Looks at a release that has begun. `starts` belongs to this Kibana node. */
export async function followRelease(
  action: TimedAction,
  starts: FirstSeen,
  ports: ReleasePorts
): Promise<void> {
  const release = releaseOf(action);
  const records = await ports.recordsOf(action.namespace).get(release.releaseActionId ?? '');
  if (records.length === 0) return withoutRecord(action, starts, ports);
  const handled = new Map<string, Omit<HandledHost, 'agentId' | 'name' | 'at'>>();
  const again: ReadProblem[] = [];
  const open: Array<ReadProblem | null> = [];
  for (const { agentId } of hostsLeft(action.groups)) {
    const host: RecordedHost | undefined = hostIn(records, agentId);
    if (host === undefined) {
      // It was not certain what became of it when the release began.
      again.push({ reason: 'in_flight' });
      continue;
    }
    const outcome = outcomeOf(host);
    if (outcome.kind === 'handled') handled.set(agentId, outcome.as);
    else if (outcome.kind === 'again') again.push(outcome.problem);
    else open.push(outcome.problem);
  }
  if (open.length > 0) {
    return lookLater(action, open.find((problem) => problem !== null) ?? null, ports);
  }
  const handledHosts = withHandled(action, handled, isoNow(ports));
  const [problem] = again;
  if (problem === undefined) {
    await writeEnd(action, handledHosts, ports);
    return;
  }
  const pause = pauseBeforeAttempt(release.attempts);
  return postpone(action, problem, ports, { handledHosts, pause });
}
