import type { AgentReference } from '../../common/agent';
import type { HostsStatus } from '../../common/routes';
import type { Services } from '../services';
import { forgetMet } from './expectations';

export const HOSTS_STATUS_KEY = 'sentineloneResponse.hostsStatus';

/** An answer, and whom it speaks of: it is kept while others are asked for. */
export interface StatusAnswer extends HostsStatus {
  readonly agents: readonly AgentReference[];
}

/** The question for the status of up to 100 agents; whoever asks the same shares the answer. */
export const hostsStatusQuery = (
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  agents: readonly AgentReference[]
) => ({
  queryKey: [HOSTS_STATUS_KEY, agents],
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<StatusAnswer> => {
    const answer = await api.hostsStatus(agents, signal);
    forgetMet(queryClient, answer.hosts);
    return { ...answer, agents };
  },
});
