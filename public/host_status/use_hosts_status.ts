import { useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/hosts/agent';
import { HOST_PROPERTIES, type HostProperty } from '../../common/hosts/host_property';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useServices } from '../lib/services';
import { asOfOldest, shownOf, statusOf } from './host_statuses';
import { hasTimedOut, hostsStatusQuery, type Answered } from './hosts_status_query';
import { isPending, type ShownStatus } from './network_status';
import { pollInterval } from '../lib/poll_interval';
import { refetchNow, hostStatuses, useHostStatuses, requireNewReadings } from './status_store';
import { useAnswersSinceChange } from '../lib/use_answers_since_change';

export interface LiveStatus {
  /** SentinelOne's answer for each agent, in the order of the query; undefined before the first answer. */
  readonly hosts: ReadonlyArray<HostStatus | undefined> | undefined;
  /** The status to show for each, in the same order. */
  readonly shown: ReadonlyArray<ShownStatus | undefined> | undefined;
  /** The status of a property to show for each, in the same order. */
  readonly shownOn: (property: HostProperty) => ReadonlyArray<ShownStatus | undefined>;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** Whether the first answer for some agent is still expected. */
  readonly isWaiting: boolean;
  /** When the oldest of these statuses was read from SentinelOne, ISO 8601. */
  readonly asOf: string | undefined;
  refresh(): void;
}

/**
 * The live status of up to 100 agents, the same as everywhere in the UI. Refreshes automatically: often while an action
 * on one of them is in progress, less often otherwise, and not while the page is hidden.
 */
export function useHostsStatus(
  agents: readonly AgentReference[],
  { enabled = true }: { enabled?: boolean } = {}
): LiveStatus {
  const services = useServices();
  const { queryClient } = services;
  const known = useHostStatuses();
  const answersSinceChange = useAnswersSinceChange();
  const interval = (_: Answered | undefined, { queryHash, state }: Query<Answered>): number => {
    const current = hostStatuses(queryClient);
    const shown = HOST_PROPERTIES.flatMap((property) =>
      agents.map((agent) => shownOf(current, agent, property))
    );
    const answers = state.dataUpdateCount + state.errorUpdateCount;
    const unchanged = answersSinceChange(`${queryHash}:${shown.join()}`, answers);
    return pollInterval(shown.some(isPending), unchanged, hasTimedOut(state.error));
  };
  const question = hostsStatusQuery(services, agents);
  const query = useQuery<Answered>({
    ...question,
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: Answered | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  });
  const { isFetching } = query;
  const hosts = agents.map((agent) => statusOf(known, agent));
  const isKnown = hosts.some((host) => host !== undefined);
  // Readings of other components count as answers, too.
  const error = useLastError(question.queryKey, query);
  return {
    hosts: isKnown ? hosts : undefined,
    shown: isKnown ? agents.map((agent) => shownOf(known, agent)) : undefined,
    shownOn: (property) => agents.map((agent) => shownOf(known, agent, property)),
    problem: error === null ? undefined : describeError(error),
    isFetching,
    isWaiting: enabled && error === null && hosts.some((host) => host === undefined),
    asOf: asOfOldest(known, agents),
    refresh: () => {
      requireNewReadings(queryClient, agents);
      void refetchNow(queryClient, question.queryKey);
    },
  };
}
