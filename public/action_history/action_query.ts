import type { RecordedAction } from '../../common/actions/record';
import type { QueryClient } from '@tanstack/react-query';
import { readEndedHosts } from './ended_hosts';
import { HISTORY_KEY } from './recent_actions';
import type { ResponseApi } from '../lib/response_api';

export interface ActionReader {
  readonly api: Pick<ResponseApi, 'action'>;
  readonly queryClient: QueryClient;
}

/**
 * How one action is read from the history: every reader shares what another has read. When a host of it has ended,
 * its status is read at once, before the record is given out.
 */
export const actionQuery = ({ api, queryClient }: ActionReader, actionId: string) => ({
  queryKey: [HISTORY_KEY, 'action', actionId],
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<RecordedAction> => {
    const before = queryClient.getQueryData<RecordedAction>([HISTORY_KEY, 'action', actionId]);
    const record = await api.action(actionId, signal);
    await readEndedHosts(queryClient, before === undefined ? [] : [before], [record]);
    return record;
  },
});
