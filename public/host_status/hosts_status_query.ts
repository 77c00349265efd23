import type { AgentReference } from '../../common/hosts/agent';
import { describeError } from '../lib/describe_error';
import type { Services } from '../lib/services';
import { needsNewReading } from './host_statuses';
import { hostStatuses, HOSTS_STATUS_KEY, noteReadings } from './status_store';

/** How often a request is repeated that Kibana refused because there were too many. */
const THROTTLED_RETRIES = 5;
/** Milliseconds until then, if Kibana's answer does not contain a time. */
const DEFAULT_PAUSE = 5_000;

/** The number of answers so far. Their content is in the store. */
export interface Answered {
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
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<Answered> => {
    const fresh = needsNewReading(hostStatuses(queryClient), agents);
    const sentAt = performance.now();
    const answer = await api.hostsStatus(agents, { fresh, signal });
    noteReadings(queryClient, agents, answer, { sentAt, answeredAt: performance.now() });
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
