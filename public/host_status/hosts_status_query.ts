import type { AgentReference } from '../../common/hosts/agent';
import { describeError } from '../lib/describe_error';
import type { Services } from '../lib/services';
import { needsNewReading } from './host_statuses';
import { hostStatuses, HOSTS_STATUS_KEY, noteReadings } from './status_store';

/** How often a question is asked again that Kibana held back because there were too many. */
const HELD_BACK_RETRIES = 5;
/** Milliseconds until then where Kibana does not say. */
const USUAL_PAUSE = 5_000;

/** That there was an answer, and how many there have been; what it said is in the store. */
export interface Answered {
  readonly answers: number;
}

let answers = 0;

/** Seconds after which Kibana says to ask again. */
function retryAfter(error: unknown): number | undefined {
  const { body } = (error ?? {}) as {
    readonly body?: { readonly attributes?: { readonly retryAfter?: unknown } };
  };
  const seconds = body?.attributes?.retryAfter;
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Whether SentinelOne did not answer in time. */
export const hasTimedOut = (error: unknown): boolean => describeError(error).reason === 'timed_out';

const isHeldBack = (error: unknown): boolean => describeError(error).reason === 'too_many_reads';

/**
 * The question for the status of up to 100 agents; whoever asks the same shares it. The answer goes into the store of
 * statuses, from which everything that is shown is taken.
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
    if (isHeldBack(error)) return count < HELD_BACK_RETRIES;
    const defaults = queryClient.getDefaultOptions().queries?.retry;
    return typeof defaults === 'function' && defaults(count, error);
  },
  retryDelay: (count: number, error: unknown): number =>
    isHeldBack(error)
      ? (retryAfter(error) ?? USUAL_PAUSE / 1_000) * 1_000
      : Math.min(1_000 * 2 ** count, 30_000),
});
