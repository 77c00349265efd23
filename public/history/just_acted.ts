import type { QueryClient } from '@tanstack/react-query';

/** The first part of the keys of everything that was read of the history. */
export const HISTORY_KEY = 'sentineloneResponse.history';

const ACTED_KEY = [HISTORY_KEY, 'actedAt'];

/** Milliseconds within which Elasticsearch finds what was written: it refreshes its indices about once a second. */
const FOUND_WITHIN = 10_000;

/** Says that something was done just now (ms since the epoch): what was read of the history is old. */
export function noteActed(queryClient: QueryClient, now: number): void {
  queryClient.setQueryData<number>(ACTED_KEY, now);
  void queryClient.invalidateQueries([HISTORY_KEY, 'page']);
  void queryClient.invalidateQueries([HISTORY_KEY, 'summary']);
}

/** When something was done that a search may not find yet; undefined when all can be found. */
export function actedJustBefore(queryClient: QueryClient, now: number): number | undefined {
  const actedAt = queryClient.getQueryData<number>(ACTED_KEY);
  return actedAt !== undefined && now - actedAt < FOUND_WITHIN ? actedAt : undefined;
}
