import { useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/agent';
import { describeError, type Problem } from '../api/describe_error';
import { useLastError } from '../api/use_last_error';
import { useServices } from '../services';
import { useExpectations } from './expectations';
import { hostsStatusQuery, type StatusAnswer } from './hosts_status_query';
import { isPending, type ShownStatus } from './network_status';
import { pollInterval } from './poll_interval';
import { referenceKey } from './reference_key';
import { shownWith } from './shown_with';
import { useAnswersSinceChange } from './use_answers_since_change';

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

/** The part of an answer that speaks of `agents`, in their order. */
function hostsIn(
  answer: StatusAnswer,
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
  const services = useServices();
  const expectations = useExpectations();
  const answersSinceChange = useAnswersSinceChange();
  const shownIn = (hosts: ReadonlyArray<HostStatus | undefined>) =>
    shownWith(expectations, hosts, Date.now());
  const interval = (
    answer: StatusAnswer | undefined,
    { queryHash, state }: Query<StatusAnswer>
  ): number => {
    const shown = shownIn(answer?.hosts ?? []);
    const answers = state.dataUpdateCount + state.errorUpdateCount;
    const unchanged = answersSinceChange(`${queryHash}:${shown.join()}`, answers);
    return pollInterval(shown.some(isPending), unchanged);
  };
  const question = hostsStatusQuery(services, agents);
  const query = useQuery<StatusAnswer>({
    ...question,
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: StatusAnswer | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    keepPreviousData: true,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(question.queryKey, query);
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
