import type { QueryClient } from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';
import type { RecordedHost } from '../../common/actions/record';
import { noteFailed, refreshStatuses } from '../host_status/status_store';

/**
 * When a record has ended, the status of its hosts is read at once, and what was read of the record is given out
 * only then: whatever shows the record and whatever shows the host's status change together.
 */

/** As much of a record as tells whether its hosts have an end. */
export interface ReadRecord {
  readonly actionId: string;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'uuid' | 'agentId' | 'outcome'>>;
}

/** Milliseconds for which an end waits for the status: SentinelOne may be slow or silent. */
const WAITS_FOR = 3_000;

const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** The hosts that have an end in `now` and had none in `before`, or were not in it. */
function endedSince(before: readonly ReadRecord[], now: readonly ReadRecord[]) {
  const known = new Map(before.map((record) => [record.actionId, record]));
  return now.flatMap(({ actionId, hosts }) => {
    const earlier = known.get(actionId)?.hosts;
    return hosts
      .filter(({ uuid, agentId, outcome }) => {
        // Nothing was sent for the others: their status is what it was.
        if (outcome !== 'done' && outcome !== 'failed') return false;
        const same = earlier?.find((one) => one.agentId === agentId && one.uuid === uuid);
        return same === undefined || isOpen(same);
      })
      .map((host) => ({ ...host, actionId }));
  });
}

const referenceTo = ({
  uuid,
  agentId,
}: Pick<RecordedHost, 'uuid' | 'agentId'>): AgentReference => ({
  ...(uuid == null ? {} : { uuid }),
  ...(agentId == null ? {} : { agentId }),
});

/** What was read because of each end: the same record is read in several places, and its end needs one reading. */
const readingsOf = new WeakMap<QueryClient, Map<string, Promise<void>>>();
/** Ends that are remembered. */
const KEPT = 5_000;

type EndedHost = ReturnType<typeof endedSince>[number];

const keyOf = ({ actionId, agentId, uuid }: EndedHost): string => `${actionId}/${agentId}/${uuid}`;

async function readStatuses(queryClient: QueryClient, ended: readonly EndedHost[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    refreshStatuses(queryClient, ended.map(referenceTo)).catch(() => {}),
    new Promise<void>((resolve) => (timer = setTimeout(resolve, WAITS_FOR))),
  ]);
  clearTimeout(timer);
  // What has failed is expected no longer.
  const failed = ended.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) noteFailed(queryClient, failed);
}

/**
 * Resolves once the status of hosts that have ended since `before` was read again where it is shown, at the latest
 * after 3 s. Never rejects.
 */
export async function readEndedHosts(
  queryClient: QueryClient,
  before: readonly ReadRecord[],
  now: readonly ReadRecord[]
): Promise<void> {
  const ended = endedSince(before, now);
  if (ended.length === 0) return;
  const readings = readingsOf.get(queryClient) ?? new Map<string, Promise<void>>();
  readingsOf.set(queryClient, readings);
  const others = ended.filter((host) => !readings.has(keyOf(host)));
  if (others.length > 0) {
    const reading = readStatuses(queryClient, others);
    for (const host of others) readings.set(keyOf(host), reading);
    for (const oldest of readings.keys()) {
      if (readings.size <= KEPT) break;
      readings.delete(oldest);
    }
  }
  await Promise.all(ended.map((host) => readings.get(keyOf(host))));
}
