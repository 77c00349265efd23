import type { QueryClient } from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';
import type { RecordedHost } from '../../common/actions/record';
import { noteFailed, refreshStatuses } from '../host_status/status_store';

/**
 * When an action has ended, the status of its hosts is refreshed before its record is returned to the components. So
 * components that show the record and components that show the status change together.
 */

/** The part of a record that contains the outcomes of its hosts. */
export interface ReadRecord {
  readonly actionId: string;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'uuid' | 'agentId' | 'outcome'>>;
}

/** Maximum of milliseconds to wait for the status, because SentinelOne may be slow or not answer. */
const TIMEOUT = 3_000;

const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** The hosts whose action has ended in `now`, and had not ended in `before` or was not part of it. */
function endedSince(before: readonly ReadRecord[], now: readonly ReadRecord[]) {
  const known = new Map(before.map((record) => [record.actionId, record]));
  return now.flatMap(({ actionId, hosts }) => {
    const earlier = known.get(actionId)?.hosts;
    return hosts
      .filter(({ uuid, agentId, outcome }) => {
        // For other outcomes, no command was sent, and the status has not changed.
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

/** The refresh for each ended host. Several components read the same record, and one refresh is enough. */
const refreshesOf = new WeakMap<QueryClient, Map<string, Promise<void>>>();
/** Maximum of refreshes that are kept. */
const MAX_REFRESHES = 5_000;

type EndedHost = ReturnType<typeof endedSince>[number];

const keyOf = ({ actionId, agentId, uuid }: EndedHost): string => `${actionId}/${agentId}/${uuid}`;

async function refreshOnce(queryClient: QueryClient, ended: readonly EndedHost[]): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    refreshStatuses(queryClient, ended.map(referenceTo)).catch(() => {}),
    new Promise<void>((resolve) => (timer = setTimeout(resolve, TIMEOUT))),
  ]);
  clearTimeout(timer);
  // The expected status of a failed action is removed.
  const failed = ended.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) noteFailed(queryClient, failed);
}

/**
 * Refreshes the status of the hosts whose action has ended since `before`. Resolves when it is refreshed, at the latest
 * after 3 s. Never rejects.
 */
export async function refreshEndedHosts(
  queryClient: QueryClient,
  before: readonly ReadRecord[],
  now: readonly ReadRecord[]
): Promise<void> {
  const ended = endedSince(before, now);
  if (ended.length === 0) return;
  const refreshes = refreshesOf.get(queryClient) ?? new Map<string, Promise<void>>();
  refreshesOf.set(queryClient, refreshes);
  const others = ended.filter((host) => !refreshes.has(keyOf(host)));
  if (others.length > 0) {
    const refresh = refreshOnce(queryClient, others);
    for (const host of others) refreshes.set(keyOf(host), refresh);
    for (const oldest of refreshes.keys()) {
      if (refreshes.size <= MAX_REFRESHES) break;
      refreshes.delete(oldest);
    }
  }
  await Promise.all(ended.map((host) => refreshes.get(keyOf(host))));
}
