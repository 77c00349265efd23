import type { QueryClient } from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';
import type { RecordedHost } from '../../common/actions/record';
import { shownOf } from '../host_status/host_statuses';
import { isPending } from '../host_status/network_status';
import { hostStatuses, noteFailed, refreshStatuses } from '../host_status/status_store';

/**
 * When an action of anybody begins or has ended, the status of its hosts is refreshed before its record is returned to the
 * components. So components that show the record and components that show the status change together.
 */

/** The part of a record that contains the outcomes of its hosts. */
export interface ReadRecord {
  readonly actionId: string;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'uuid' | 'agentId' | 'outcome'>>;
}

/**
 * Maximum of milliseconds to wait for the status, because SentinelOne may be slow or not answer. Kibana itself may wait 2 s
 * before it reads a host again.
 */
const TIMEOUT = 5_000;

const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** The hosts for which an action is new or has ended in `now`, compared with `before`. */
function changedSince(before: readonly ReadRecord[], now: readonly ReadRecord[]) {
  const known = new Map(before.map((record) => [record.actionId, record]));
  return now.flatMap(({ actionId, hosts }) => {
    const earlier = known.get(actionId)?.hosts;
    return hosts
      .filter((host) => {
        // For other outcomes, no command was sent, and the status has not changed.
        if (!isOpen(host) && host.outcome !== 'done' && host.outcome !== 'failed') return false;
        const same = earlier?.find((one) => one.agentId === host.agentId && one.uuid === host.uuid);
        return same === undefined || (isOpen(same) && !isOpen(host));
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

/** The refresh for each changed host. Several components read the same record, and a change needs one refresh. */
const refreshesOf = new WeakMap<QueryClient, Map<string, Promise<void>>>();
/** Maximum of refreshes that are kept. */
const MAX_REFRESHES = 5_000;

type ChangedHost = ReturnType<typeof changedSince>[number];

const keyOf = (host: ChangedHost): string =>
  `${host.actionId}/${host.agentId}/${host.uuid}/${isOpen(host) ? 'open' : 'ended'}`;

/** Whether pages show already that an action on the host is in progress, such as after an action of this user. */
const isShownAsPending = (queryClient: QueryClient, host: ChangedHost): boolean =>
  isPending(shownOf(hostStatuses(queryClient), referenceTo(host)));

async function refreshOnce(
  queryClient: QueryClient,
  changed: readonly ChangedHost[]
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    refreshStatuses(queryClient, changed.map(referenceTo)).catch(() => {}),
    new Promise<void>((resolve) => (timer = setTimeout(resolve, TIMEOUT))),
  ]);
  clearTimeout(timer);
  // The expected status of a failed action is removed.
  const failed = changed.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) noteFailed(queryClient, failed);
}

/**
 * Refreshes the status of the hosts for which an action is new or has ended since `before`. Resolves when it is refreshed,
 * at the latest after 5 s. Never rejects.
 */
export async function refreshHosts(
  queryClient: QueryClient,
  before: readonly ReadRecord[],
  now: readonly ReadRecord[]
): Promise<void> {
  const refreshes = refreshesOf.get(queryClient) ?? new Map<string, Promise<void>>();
  const changed = changedSince(before, now).filter(
    (host) => refreshes.has(keyOf(host)) || !isOpen(host) || !isShownAsPending(queryClient, host)
  );
  if (changed.length === 0) return;
  refreshesOf.set(queryClient, refreshes);
  const others = changed.filter((host) => !refreshes.has(keyOf(host)));
  if (others.length > 0) {
    const refresh = refreshOnce(queryClient, others);
    for (const host of others) refreshes.set(keyOf(host), refresh);
    for (const oldest of refreshes.keys()) {
      if (refreshes.size <= MAX_REFRESHES) break;
      refreshes.delete(oldest);
    }
  }
  await Promise.all(changed.map((host) => refreshes.get(keyOf(host))));
}
