import { useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/hosts/agent';
import { HOST_PROPERTIES, type HostProperty } from '../../common/hosts/host_property';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError, useAnswersSinceChange } from '../lib/use_last_error';
import { useServices, type Services } from '../lib/services';
import { oldestStatusTime, shownOf, statusOf, needsNewReading } from './host_statuses';
import { isPending, type ShownStatus } from './network_status';
import { pollInterval } from '../lib/poll_interval';
import {
  refetchNow,
  hostStatuses,
  useHostStatuses,
  requireNewReadings,
  HOSTS_STATUS_KEY,
  noteReadings,
} from './status_store';

/** How often a request is repeated that Kibana refused because there were too many. */
const THROTTLED_RETRIES = 5;
/** Milliseconds until then, if Kibana's answer does not contain a time. */
const DEFAULT_PAUSE = 5_000;

/** The number of answers so far. Their content is in the store. */
export interface ResponseCount {
  readonly answers: number;
}

let answers = 0;

/** Seconds after which to send the request again, from Kibana's answer. */
function retryAfter(error: unknown): number | undefined {
  const { body } = (error ?? {}) as {
    readonly body?: { readonly attributes?: { readonly retryAfter?: unknown } };
  };
  const seconds = body?.attributes?.retryAfter;
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Whether SentinelOne did not answer in time. */
export const hasTimedOut = (error: unknown): boolean => describeError(error).reason === 'timed_out';

const isThrottled = (error: unknown): boolean => describeError(error).reason === 'too_many_reads';

/**
 * The query for the status of up to 100 agents. Components with the same query share its requests. The answer goes into
 * the store of statuses, which is what the UI shows.
 */
export const hostsStatusQuery = (
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  agents: readonly AgentReference[]
) => ({
  queryKey: [HOSTS_STATUS_KEY, agents],
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<ResponseCount> => {
    const fresh = needsNewReading(hostStatuses(queryClient), agents);
    const sentAt = performance.now();
    const answer = await api.hostsStatus(agents, { fresh, signal });
    const { exchange = { sentAt, answeredAt: performance.now() } } = answer;
    noteReadings(queryClient, agents, answer, exchange);
    return { answers: (answers += 1) };
  },
  retry: (count: number, error: unknown): boolean => {
    if (isThrottled(error)) return count < THROTTLED_RETRIES;
    const defaults = queryClient.getDefaultOptions().queries?.retry;
    return typeof defaults === 'function' && defaults(count, error);
  },
  retryDelay: (count: number, error: unknown): number =>
    isThrottled(error)
      ? (retryAfter(error) ?? DEFAULT_PAUSE / 1_000) * 1_000
      : Math.min(1_000 * 2 ** count, 30_000),
});

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
  const interval = (
    _: ResponseCount | undefined,
    { queryHash, state }: Query<ResponseCount>
  ): number => {
    const current = hostStatuses(queryClient);
    const shown = HOST_PROPERTIES.flatMap((property) =>
      agents.map((agent) => shownOf(current, agent, property))
    );
    const answers = state.dataUpdateCount + state.errorUpdateCount;
    const unchanged = answersSinceChange(`${queryHash}:${shown.join()}`, answers);
    return pollInterval(shown.some(isPending), unchanged, hasTimedOut(state.error));
  };
  const question = hostsStatusQuery(services, agents);
  const query = useQuery<ResponseCount>({
    ...question,
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: ResponseCount | undefined, query: unknown) => number,
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
    asOf: oldestStatusTime(known, agents),
    refresh: () => {
      requireNewReadings(queryClient, agents);
      void refetchNow(queryClient, question.queryKey);
    },
  };
}
