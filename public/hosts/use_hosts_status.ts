import { useRef } from 'react';
import { useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/agent';
import type { HostsStatus } from '../../common/routes';
import { describeError, type Problem } from '../api/describe_error';
import { useServices } from '../services';
import { isPending, shownStatusOf } from './network_status';
import { pollInterval } from './poll_interval';

export const HOSTS_STATUS_KEY = 'sentineloneResponse.hostsStatus';

export interface LiveStatus {
  /** What SentinelOne says of each agent, in the order asked; undefined before its first answer. */
  readonly hosts: readonly HostStatus[] | undefined;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** ISO 8601, when SentinelOne was asked. */
  readonly asOf: string | undefined;
  refresh(): void;
}

const signatureOf = (hosts: readonly HostStatus[]): string => hosts.map(shownStatusOf).join();

/** Counts the answers that brought nothing new. */
function useAnswersSinceChange() {
  const seen = useRef({ signature: '', firstAnswer: 0 });
  return (hosts: readonly HostStatus[], answers: number): number => {
    const signature = signatureOf(hosts);
    if (seen.current.signature !== signature) seen.current = { signature, firstAnswer: answers };
    return answers - seen.current.firstAnswer;
  };
}

/**
 * The live status of up to 100 agents. Asks again by itself: quickly while one is isolating or
 * releasing (or `expectChange`), slowly otherwise, and not at all while the page is hidden.
 */
export function useHostsStatus(
  agents: readonly AgentReference[],
  { enabled = true, expectChange = false }: { enabled?: boolean; expectChange?: boolean } = {}
): LiveStatus {
  const { api } = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const interval = (data: HostsStatus | undefined, query: Query<HostsStatus>): number => {
    const hosts = data?.hosts ?? [];
    const pending = expectChange || hosts.some((host) => isPending(shownStatusOf(host)));
    return pollInterval(pending, answersSinceChange(hosts, query.state.dataUpdateCount));
  };
  const { data, error, isFetching, refetch } = useQuery<HostsStatus>({
    queryKey: [HOSTS_STATUS_KEY, agents],
    queryFn: ({ signal }) => api.hostsStatus(agents, signal),
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: HostsStatus | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
    keepPreviousData: true,
  });
  return {
    hosts: data?.hosts,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    asOf: data?.asOf,
    refresh: () => void refetch(),
  };
}
