import { useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/agent';
import type { HostsStatus } from '../../common/routes';
import { describeError, type Problem } from '../api/describe_error';
import { useServices } from '../services';
import { expectationOf, statusWith } from './expectation';
import { forgetMet, useExpectations } from './expectations';
import { isPending, shownStatusOf, type ShownStatus } from './network_status';
import { pollInterval } from './poll_interval';
import { referenceKey } from './reference_key';
import { useAnswersSinceChange } from './use_answers_since_change';

export const HOSTS_STATUS_KEY = 'sentineloneResponse.hostsStatus';

export interface LiveStatus {
  /** What SentinelOne says of each agent, in the order asked; undefined where it has not answered. */
  readonly hosts: ReadonlyArray<HostStatus | undefined> | undefined;
  /** The status to show for each, in the same order. */
  readonly shown: ReadonlyArray<ShownStatus | undefined> | undefined;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** ISO 8601, when SentinelOne was asked. */
  readonly asOf: string | undefined;
  refresh(): void;
}

/** An answer, and whom it speaks of: it is kept while others are asked for. */
interface Answer extends HostsStatus {
  readonly agents: readonly AgentReference[];
}

/** The part of an answer that speaks of `agents`, in their order. */
function hostsIn(
  answer: Answer,
  agents: readonly AgentReference[]
): ReadonlyArray<HostStatus | undefined> {
  const byKey = new Map(
    answer.agents.map((agent, index) => [referenceKey(agent), answer.hosts[index]])
  );
  return agents.map((agent) => byKey.get(referenceKey(agent)));
}

/**
 * The live status of up to 100 agents. Asks again by itself: quickly while one is isolating or
 * releasing, slowly otherwise, and not at all while the page is hidden.
 */
export function useHostsStatus(
  agents: readonly AgentReference[],
  { enabled = true }: { enabled?: boolean } = {}
): LiveStatus {
  const { api, queryClient } = useServices();
  const expectations = useExpectations();
  const answersSinceChange = useAnswersSinceChange();
  const shownIn = (hosts: ReadonlyArray<HostStatus | undefined>) =>
    hosts.map((host) =>
      host === undefined
        ? undefined
        : statusWith(expectationOf(expectations, host), shownStatusOf(host), Date.now())
    );
  const interval = (answer: Answer | undefined, { queryHash, state }: Query<Answer>): number => {
    const shown = shownIn(answer?.hosts ?? []);
    const answers = state.dataUpdateCount + state.errorUpdateCount;
    const unchanged = answersSinceChange(`${queryHash}:${shown.join()}`, answers);
    return pollInterval(shown.some(isPending), unchanged);
  };
  const { data, error, isFetching, refetch } = useQuery<Answer>({
    queryKey: [HOSTS_STATUS_KEY, agents],
    queryFn: async ({ signal }) => {
      const answer = await api.hostsStatus(agents, signal);
      forgetMet(queryClient, answer.hosts);
      return { ...answer, agents };
    },
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: Answer | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    keepPreviousData: true,
  });
  const hosts = data === undefined ? undefined : hostsIn(data, agents);
  return {
    hosts,
    shown: hosts === undefined ? undefined : shownIn(hosts),
    problem: error === null ? undefined : describeError(error),
    isFetching,
    asOf: data?.asOf,
    refresh: () => void refetch(),
  };
}
