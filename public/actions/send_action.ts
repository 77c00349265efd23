import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import type { ActionName } from '../../common/actions/action_name';
import { noteRecentAction } from '../action_history/recent_actions';
import { noteAccepted, refreshAllStatuses } from '../host_status/status_store';
import { refreshRequests } from '../lib/use_requests';
import type { Services } from '../lib/services';

/**
 * Sends an action, and refreshes the status of hosts and the history. All requests of the browser that act on hosts use
 * this function. Rejects with the route's error.
 */
export async function sendAction(
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  action: ActionName,
  params: HostActionParams
): Promise<ActionAnswer> {
  try {
    const sentAt = performance.now();
    const answer = await api.act(action, params);
    noteAccepted(queryClient, action, answer, { sentAt, answeredAt: performance.now() });
    return answer;
  } finally {
    void refreshAllStatuses(queryClient);
    if (params.requestApproval) void refreshRequests(queryClient);
    noteRecentAction(queryClient, { at: Date.now(), hosts: params.hosts });
  }
}
