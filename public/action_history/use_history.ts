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
import { refreshHosts } from './refresh_hosts';
import { HISTORY_KEY, isRecent, recentAction, type RecentAction } from './recent_actions';
import { DEFAULT_STATE, historyQueryOf, summaryQueryOf, type HistoryState } from './history_state';

export interface LiveHistory {
  /** Undefined before the first answer. */
  readonly page: HistoryPage | undefined;
  /** Why the last request failed. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** True while `page` is the answer for an earlier page or filter. */
  readonly isOld: boolean;
  /** An action so recent that it may be missing in `page`. */
  readonly recent: RecentAction | undefined;
  refresh(): void;
}

/** True until the action has ended for all hosts. */
export const isOpenAction = ({ state }: Pick<ActionRecord, 'state'>): boolean => state !== 'ended';

/** Changes when an action is added, removed or updated. */
const signatureOf = ({ actions, total }: HistoryPage): string =>
  [total, ...actions.map(({ sortKey: order, updatedAt }) => `${order} ${updatedAt}`)].join();

/**
 * A page of the history. Refreshes automatically: often at first while an action on it is in progress or was just
 * requested, rarely otherwise, and not while the browser tab is hidden.
 */
export function useHistoryPage(
  state: HistoryState,
  {
    enabled = true,
    changedAt,
    isChanging = false,
  }: {
    readonly enabled?: boolean;
    /** When the status of the host in question changed, ms since the epoch: its action may not be on the page yet. */
    readonly changedAt?: number | undefined;
    /** Whether its status shows that an action is in progress. */
    readonly isChanging?: boolean;
  } = {}
): LiveHistory {
  const { api, queryClient } = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const interval = (data: HistoryPage | undefined, query: Query<HistoryPage>): number => {
    const recent = recentAction(queryClient, Date.now());
    const signature = `${recent?.at} ${changedAt} ${data === undefined ? '' : signatureOf(data)}`;
    const answers = answersSinceChange(signature, query.state.dataUpdateCount);
    const isPending =
      recent !== undefined ||
      isChanging ||
      (changedAt !== undefined && isRecent(changedAt, Date.now())) ||
      data?.actions.some(isOpenAction) === true;
    return pollInterval(isPending, answers);
  };
  const queryKey = [HISTORY_KEY, 'page', state];
  const query = useQuery<HistoryPage>({
    queryKey,
    async queryFn({ signal }) {
      const before = queryClient.getQueryData<HistoryPage>(queryKey);
      const page = await api.actions(historyQueryOf(state, Date.now()), signal);
      if (before !== undefined) await refreshHosts(queryClient, before.actions, page.actions);
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
  useEffect(() => {
    if (changedAt !== undefined && enabled) void refetch();
  }, [changedAt, enabled, refetch]);

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
    recent: recentAction(queryClient, Date.now()),
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

/** Counts per day, and how long isolations took, of all actions that match the state's filter. */
export function useHistorySummary(state: HistoryState): Summary {
  const { api, core } = useServices();
  const timeZone = timeZoneOf(core.uiSettings);
  // The summary does not depend on the page and order of the table.
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
