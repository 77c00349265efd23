import type { RecordedAction } from '../../common/actions/record';
import type { RequestDecision } from '../../common/api/approvals';
import { noteRecentAction } from '../action_history/recent_actions';
import { refreshAllStatuses } from '../host_status/status_store';
import type { Services } from '../lib/services';
import { refreshRequests } from '../lib/use_requests';

/**
 * Approves, declines or withdraws a request, and refreshes the requests, the history and the status of hosts. Rejects
 * with the route's error.
 */
export async function decide(
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  actionId: string,
  decision: RequestDecision,
  comment: string
): Promise<RecordedAction> {
  try {
    const record = await api.decide(actionId, decision, comment);
    noteRecentAction(queryClient, {
      at: Date.now(),
      hosts: record.hosts.flatMap(({ agentId }) => (agentId === null ? [] : [{ agentId }])),
    });
    return record;
  } finally {
    // Somebody else may have decided it.
    void refreshRequests(queryClient);
    void refreshAllStatuses(queryClient);
  }
}
