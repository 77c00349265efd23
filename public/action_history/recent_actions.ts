import type { QueryClient } from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';

/** The first part of the keys of everything that was read of the history. */
export const HISTORY_KEY = 'sentineloneResponse.history';

const ACTED_KEY = [HISTORY_KEY, 'acted'];

/** Milliseconds within which Elasticsearch finds what was written: it refreshes its indices about once a second. */
const FOUND_WITHIN = 10_000;

export interface Acted {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly hosts: readonly AgentReference[];
}

/** Says that something was done just now: what was read of the history is old. */
export function noteActed(queryClient: QueryClient, acted: Acted): void {
  queryClient.setQueryData<Acted>(ACTED_KEY, acted);
  void queryClient.invalidateQueries([HISTORY_KEY, 'page']);
  void queryClient.invalidateQueries([HISTORY_KEY, 'summary']);
}

/** What was done last, as long as a search may not find it yet; undefined when all can be found. */
export function actedJustBefore(queryClient: QueryClient, now: number): Acted | undefined {
  const acted = queryClient.getQueryData<Acted>(ACTED_KEY);
  return acted !== undefined && now - acted.at < FOUND_WITHIN ? acted : undefined;
}
