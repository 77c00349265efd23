import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { RecordedAction } from '../../common/actions/record';
import type { ResponseApi } from '../lib/response_api';
import { refreshHosts } from './refresh_hosts';
import { HISTORY_KEY } from './recent_actions';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useAnswersSinceChange } from '../lib/use_answers_since_change';
import { isOpenAction } from './use_history';
import { pollInterval } from '../lib/poll_interval';
import { useServices } from '../lib/services';

export interface ActionReader {
  readonly api: Pick<ResponseApi, 'action'>;
  readonly queryClient: QueryClient;
}

/**
 * The query for one record. All readers of the record share its requests. When the action has ended for a host, the
 * status of the host is refreshed before the query returns the record.
 */
export const actionQuery = ({ api, queryClient }: ActionReader, actionId: string) => ({
  queryKey: [HISTORY_KEY, 'action', actionId],
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<RecordedAction> => {
    const before = queryClient.getQueryData<RecordedAction>([HISTORY_KEY, 'action', actionId]);
    const record = await api.action(actionId, signal);
    await refreshHosts(queryClient, before === undefined ? [] : [before], [record]);
    return record;
  },
});

export interface LiveAction {
  readonly action: RecordedAction | undefined;
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

/**
 * The record of one action. It is refreshed, often at first, until the action has ended for all hosts; after that, it
 * does not change.
 */
export function useAction(actionId: string): LiveAction {
  const services = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const question = actionQuery(services, actionId);
  const query = useQuery<RecordedAction>({
    ...question,
    refetchInterval: (action, { state }) => {
      if (action === undefined || !isOpenAction(action)) return false;
      return pollInterval(true, answersSinceChange(action.updatedAt, state.dataUpdateCount));
    },
    refetchIntervalInBackground: false,
    staleTime: 1_000,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(question.queryKey, query);
  return {
    action: data,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    refresh: () => void refetch(),
  };
}
