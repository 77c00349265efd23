import { useQueries } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/agent';
import { LIMITS } from '../../common/constants';
import { describeError, type Problem } from '../api/describe_error';
import { useLastErrors } from '../api/use_last_error';
import { useExpectations } from './expectations';
import { hostsStatusQuery, type StatusAnswer } from './hosts_status_query';
import { isPending, type ShownStatus } from './network_status';
import { pollInterval } from './poll_interval';
import { shownWith } from './shown_with';
import type { StatusSource } from './status_problem';
import { useServices } from '../services';

/** How many unchanged answers a question counts as, so that many hosts are not asked for every second. */
const PATIENCE_WITH_MANY = 3;

export interface ManyStatuses extends StatusSource {
  /** What SentinelOne says of each agent, why it says nothing, or undefined while it is asked. */
  readonly statuses: ReadonlyArray<HostStatus | Problem | undefined>;
  /** The status to show for each, in the same order. */
  readonly shown: ReadonlyArray<ShownStatus | undefined>;
  /** Whether the status of each was answered since somebody looks; before, it may be one from earlier. */
  readonly isNew: readonly boolean[];
}

function batchesOf(agents: readonly AgentReference[]): AgentReference[][] {
  const size = LIMITS.agentsPerStatus;
  return Array.from({ length: Math.ceil(agents.length / size) }, (_, n) =>
    agents.slice(n * size, (n + 1) * size)
  );
}

/**
 * The live status of up to a thousand agents, in their order. One question for every hundred. `cacheTime` is
 * for how long (ms) answers are kept once nobody looks any more.
 */
export function useManyHostsStatus(
  agents: readonly AgentReference[],
  { cacheTime }: { readonly cacheTime?: number } = {}
): ManyStatuses {
  const services = useServices();
  const expectations = useExpectations();
  const lastError = useLastErrors();
  const shownOf = (hosts: readonly HostStatus[]) => shownWith(expectations, hosts, Date.now());
  const batches = batchesOf(agents);
  const answers = useQueries({
    queries: batches.map((batch) => ({
      ...hostsStatusQuery(services, batch),
      refetchInterval: (data: StatusAnswer | undefined) =>
        pollInterval(shownOf(data?.hosts ?? []).some(isPending), PATIENCE_WITH_MANY),
      refetchIntervalInBackground: false,
      ...(cacheTime === undefined ? {} : { cacheTime }),
    })),
  });
  const errors = answers.map((answer, n) =>
    lastError(hostsStatusQuery(services, batches[n]!).queryKey, answer)
  );
  const failed = answers.filter((_, n) => errors[n] !== null);
  const error = errors.find((one) => one !== null);
  // The oldest answer of those that could not be had again.
  const [asOf] = failed.flatMap(({ data }) => (data === undefined ? [] : [data.asOf])).sort();
  return {
    statuses: batches.flatMap((batch, n) => {
      const data = answers[n]!.data;
      const problem = errors[n] === null ? undefined : describeError(errors[n]);
      return batch.map((_, position) => data?.hosts[position] ?? problem);
    }),
    shown: batches.flatMap((batch, n) => {
      const shown = shownOf(answers[n]!.data?.hosts ?? []);
      return batch.map((_, position) => shown[position]);
    }),
    isNew: batches.flatMap((batch, n) => batch.map(() => answers[n]!.isFetchedAfterMount)),
    problem: error === undefined ? undefined : describeError(error),
    asOf,
    isFetching: failed.some(({ isFetching }) => isFetching),
    refresh: () => failed.forEach(({ refetch }) => void refetch()),
  };
}
