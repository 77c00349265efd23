import { useEffect, useRef } from 'react';
import { useQuery, type Query } from '@tanstack/react-query';
import type { HistoryPage, HistorySummary } from '../../common/api/history';
import type { ActionRecord } from '../../common/actions/record';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { timeZoneOf } from '../lib/format_date';
import { pollInterval } from '../lib/poll_interval';
import { useServices } from '../lib/services';
import { useAnswersSinceChange } from '../lib/use_answers_since_change';
import { readEndedHosts } from './ended_hosts';
import { actedJustBefore, HISTORY_KEY, type Acted } from './recent_actions';
import { DEFAULT_STATE, historyQueryOf, summaryQueryOf, type HistoryState } from './history_state';

export interface LiveHistory {
  /** Undefined before the first answer. */
  readonly page: HistoryPage | undefined;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** True while what is shown belongs to another page or filter. */
  readonly isOld: boolean;
  /** What was done so lately that it may be missing in the answer; undefined when nothing was. */
  readonly acted: Acted | undefined;
  refresh(): void;
}

/** True while some host of the action has no end. */
export const isOpenAction = ({ state }: Pick<ActionRecord, 'state'>): boolean => state !== 'ended';

/** Changes when an action comes, goes or goes on. */
const signatureOf = ({ actions, total }: HistoryPage): string =>
  [total, ...actions.map(({ sortKey: order, updatedAt }) => `${order} ${updatedAt}`)].join();

/**
 * A page of the history. Asks again by itself: quickly at first while an action on it is open or one was
 * made just now, seldom otherwise, and not at all while the page is hidden.
 */
export function useHistoryPage(
  state: HistoryState,
  { enabled = true }: { readonly enabled?: boolean } = {}
): LiveHistory {
  const { api, queryClient } = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const interval = (data: HistoryPage | undefined, query: Query<HistoryPage>): number => {
    const acted = actedJustBefore(queryClient, Date.now());
    const signature = `${acted?.at} ${data === undefined ? '' : signatureOf(data)}`;
    const answers = answersSinceChange(signature, query.state.dataUpdateCount);
    const isPending = acted !== undefined || data?.actions.some(isOpenAction) === true;
    return pollInterval(isPending, answers);
  };
  const queryKey = [HISTORY_KEY, 'page', state];
  const query = useQuery<HistoryPage>({
    queryKey,
    async queryFn({ signal }) {
      const before = queryClient.getQueryData<HistoryPage>(queryKey);
      const page = await api.actions(historyQueryOf(state, Date.now()), signal);
      if (before !== undefined) await readEndedHosts(queryClient, before.actions, page.actions);
      return page;
    },
    enabled,
    keepPreviousData: true,
    refetchInterval: interval as (data: HistoryPage | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  });

  const { data, isFetching, isPreviousData, refetch } = query;
  const error = useLastError(queryKey, query);

  // The summary counts the same actions.
  const signature = data === undefined || isPreviousData ? undefined : signatureOf(data);
  const lastSignature = useRef<string>();
  useEffect(() => {
    if (signature === undefined) return;
    if (lastSignature.current !== undefined && lastSignature.current !== signature) {
      void queryClient.invalidateQueries([HISTORY_KEY, 'summary']);
    }
    lastSignature.current = signature;
  }, [signature, queryClient]);

  return {
    page: data,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    isOld: isPreviousData,
    acted: actedJustBefore(queryClient, Date.now()),
    refresh: () => void refetch(),
  };
}

export interface Summary {
  readonly summary: HistorySummary | undefined;
  readonly problem: Problem | undefined;
  readonly timeZone: string;
  readonly isFetching: boolean;
  refresh(): void;
}

/** Counts per day and how long isolations took, of everything that the state's filter lets through. */
export function useHistorySummary(state: HistoryState): Summary {
  const { api, core } = useServices();
  const timeZone = timeZoneOf(core.uiSettings);
  // On whatever page of the table, and however it is sorted, it is the same summary.
  const { page, perPage, sortField, sortOrder } = DEFAULT_STATE;
  const filter: HistoryState = { ...state, page, perPage, sortField, sortOrder };
  const queryKey = [HISTORY_KEY, 'summary', filter, timeZone];
  const query = useQuery<HistorySummary>({
    queryKey,
    queryFn: ({ signal }) =>
      api.actionsSummary(summaryQueryOf(filter, Date.now(), timeZone), signal),
    keepPreviousData: true,
    staleTime: 10_000,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(queryKey, query);
  return {
    summary: data,
    problem: error === null ? undefined : describeError(error),
    timeZone,
    isFetching,
    refresh: () => void refetch(),
  };
}
