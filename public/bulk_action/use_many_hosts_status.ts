import { useQueries } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/agent';
import { LIMITS } from '../../common/constants';
import type { HostsStatus } from '../../common/routes';
import { describeError, type Problem } from '../api/describe_error';
import { isPending, shownStatusOf } from '../hosts/network_status';
import { pollInterval } from '../hosts/poll_interval';
import { HOSTS_STATUS_KEY } from '../hosts/use_hosts_status';
import { useServices } from '../services';

/** How many unchanged answers a question counts as, so that many hosts are not asked for every second. */
const PATIENCE_WITH_MANY = 3;

function batchesOf(agents: readonly AgentReference[]): AgentReference[][] {
  const size = LIMITS.agentsPerStatus;
  return Array.from({ length: Math.ceil(agents.length / size) }, (_, n) =>
    agents.slice(n * size, (n + 1) * size)
  );
}

/**
 * The live status of up to a thousand agents, in their order: what SentinelOne says, why it says nothing,
 * or undefined while it is asked. One question for every hundred.
 */
export function useManyHostsStatus(
  agents: readonly AgentReference[]
): ReadonlyArray<HostStatus | Problem | undefined> {
  const { api } = useServices();
  const batches = batchesOf(agents);
  const answers = useQueries({
    queries: batches.map((batch) => ({
      queryKey: [HOSTS_STATUS_KEY, batch],
      queryFn: ({ signal }: { readonly signal?: AbortSignal }) => api.hostsStatus(batch, signal),
      refetchInterval: (data: HostsStatus | undefined) => {
        const pending = (data?.hosts ?? []).some((host) => isPending(shownStatusOf(host)));
        return pollInterval(pending, PATIENCE_WITH_MANY);
      },
      refetchIntervalInBackground: false,
    })),
  });
  return batches.flatMap((batch, n) => {
    const { data, error } = answers[n]!;
    return batch.map(
      (_, position) => data?.hosts[position] ?? (error === null ? undefined : describeError(error))
    );
  });
}
