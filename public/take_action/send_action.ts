import type { ActionAnswer } from '../../common/cases';
import type { HostActionParams } from '../../common/connector';
import type { ActionName } from '../../common/outcome';
import { noteActed } from '../history/just_acted';
import { noteAccepted, readAllAgain } from '../hosts/status_store';
import type { Services } from '../services';

/**
 * Sends an action. Whatever shows the hosts' status or the history learns of it: every request of the browser that
 * acts on hosts goes through here. Rejects as the route does.
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
    void readAllAgain(queryClient);
    noteActed(queryClient, { at: Date.now(), hosts: params.hosts });
  }
}
