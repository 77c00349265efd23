import { useIsFetching, useQuery, type Query } from '@tanstack/react-query';
import type { AgentReference, HostStatus } from '../../common/hosts/agent';
import { HOST_PROPERTIES, type HostProperty } from '../../common/hosts/host_property';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError, useAnswersSinceChange } from '../lib/use_last_error';
import { useServices, type Services } from '../lib/services';
import { oldestStatusTime, shownOf, statusOf, needsNewReading } from './host_statuses';
import { isPending, LISTED_PROPERTY, type ShownStatus } from './network_status';
import { pollInterval } from '../lib/poll_interval';
import {
  refetchNow,
  hostStatuses,
  useKnownStatuses,
  requireNewReadings,
  HOSTS_STATUS_KEY,
  noteReadings,
} from './status_store';

/** How often a request is repeated that Kibana refused because there were too many. */
const THROTTLED_RETRIES = 5;
/** Milliseconds until then, if Kibana's answer does not contain a time. */
const DEFAULT_PAUSE = 5_000;

/** The answer of a query whose content is in the store. It stays the same, so that components do not render again. */
export type InStore = true;

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
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<InStore> => {
    const fresh = needsNewReading(hostStatuses(queryClient), agents);
    const sentAt = performance.now();
    const answer = await api.hostsStatus(agents, { fresh, signal });
    const { exchange = { sentAt, answeredAt: performance.now() } } = answer;
    noteReadings(queryClient, agents, answer, exchange);
    return true;
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
  /** The status of a property to show for each, in the same order; undefined before the first answer for an agent. */
  readonly shownOn: (property: HostProperty) => ReadonlyArray<ShownStatus | undefined>;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** Whether the first answer for some agent is still expected. */
  readonly isWaiting: boolean;
  /** With a problem: when the oldest of these statuses was read from SentinelOne, ISO 8601. */
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
  const answersSinceChange = useAnswersSinceChange();
  const interval = (_: InStore | undefined, { queryHash, state }: Query<InStore>): number => {
    const current = hostStatuses(queryClient);
    const shown = HOST_PROPERTIES.flatMap((property) =>
      agents.map((agent) => shownOf(current, agent, property))
    );
    const answers = state.dataUpdateCount + state.errorUpdateCount;
    const unchanged = answersSinceChange(`${queryHash}:${shown.join()}`, answers);
    return pollInterval(shown.some(isPending), unchanged, hasTimedOut(state.error));
  };
  const question = hostsStatusQuery(services, agents);
  const query = useQuery<InStore>({
    ...question,
    enabled: enabled && agents.length > 0,
    refetchInterval: interval as (data: InStore | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  });
  // Readings of other components count as answers, too.
  const error = useLastError(question.queryKey, query);
  const { hosts, shown, asOf } = useKnownStatuses((known) => ({
    hosts: agents.map((agent) => statusOf(known, agent)),
    shown: Object.fromEntries(
      HOST_PROPERTIES.map((property) => [
        property,
        agents.map((agent) => shownOf(known, agent, property)),
      ])
    ) as Record<HostProperty, Array<ShownStatus | undefined>>,
    asOf: error === null ? undefined : oldestStatusTime(known, agents),
  }));
  const isKnown = hosts.some((host) => host !== undefined);
  return {
    hosts: isKnown ? hosts : undefined,
    shown: isKnown ? shown[LISTED_PROPERTY] : undefined,
    shownOn: (property) => shown[property],
    problem: error === null ? undefined : describeError(error),
    // Only who reads it renders again at the start and the end of every request.
    get isFetching() {
      return query.isFetching;
    },
    isWaiting: enabled && error === null && hosts.some((host) => host === undefined),
    asOf,
    refresh: () => {
      requireNewReadings(queryClient, agents);
      void refetchNow(queryClient, question.queryKey);
    },
  };
}

/** Whether a request for the status of these agents is in progress, for a part that shows it apart from the rest. */
export const useIsReadingStatus = (agents: readonly AgentReference[]): boolean =>
  useIsFetching({ queryKey: [HOSTS_STATUS_KEY, agents], exact: true }) > 0;
