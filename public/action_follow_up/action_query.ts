import type { RecordedAction } from '../../common/record';
import { HISTORY_KEY } from '../history/just_acted';
import type { ResponseApi } from '../api/response_api';

/** How one action is read from the history: every reader shares what another has read. */
export const actionQuery = (api: Pick<ResponseApi, 'action'>, actionId: string) => ({
  queryKey: [HISTORY_KEY, 'action', actionId],
  queryFn: ({ signal }: { readonly signal?: AbortSignal }): Promise<RecordedAction> =>
    api.action(actionId, signal),
});
