import { useQuery } from '@tanstack/react-query';
import type { RecordedAction } from '../../common/actions/record';
import { actionQuery } from './action_query';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useAnswersSinceChange } from '../lib/use_answers_since_change';
import { isOpenAction } from './use_history';
import { pollInterval } from '../lib/poll_interval';
import { useServices } from '../lib/services';

export interface LiveAction {
  readonly action: RecordedAction | undefined;
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

/**
 * One action as it is on record. While a host of it has no end it is asked for again, quickly at first; once
 * it has ended, nothing changes any more.
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
