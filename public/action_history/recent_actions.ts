import type { QueryClient } from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';

/** The first part of the keys of all queries of the history. */
export const HISTORY_KEY = 'sentineloneResponse.history';

const RECENT_KEY = [HISTORY_KEY, 'recent'];

/** Milliseconds until a search finds a new record: Elasticsearch refreshes its indices about once a second. */
const SEARCHABLE_AFTER = 10_000;

/** Whether a search may not find yet what happened at this time. Both are ms since the epoch. */
export const isRecent = (at: number, now: number): boolean => now - at < SEARCHABLE_AFTER;

export interface RecentAction {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly hosts: readonly AgentReference[];
}

/** Stores an action that was just requested, and invalidates what was read of the history. */
export function noteRecentAction(queryClient: QueryClient, action: RecentAction): void {
  queryClient.setQueryData<RecentAction>(RECENT_KEY, action);
  void queryClient.invalidateQueries([HISTORY_KEY, 'page']);
  void queryClient.invalidateQueries([HISTORY_KEY, 'summary']);
}

/** The last action, while a search may not find it yet; undefined when a search finds all actions. */
export function recentAction(queryClient: QueryClient, now: number): RecentAction | undefined {
  const action = queryClient.getQueryData<RecentAction>(RECENT_KEY);
  return action !== undefined && isRecent(action.at, now) ? action : undefined;
}
