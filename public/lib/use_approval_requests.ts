import { useQuery, type Query, type QueryClient } from '@tanstack/react-query';
import type { ActionName } from '../../common/actions/action_name';
import type { ApprovalRequest, ApprovalsPage } from '../../common/api/approvals';
import { OPEN_REQUESTS } from '../../common/api/view';
import { describeError, type Problem } from './describe_error';
import { useServices } from './services';
import { useLastError } from './use_last_error';

/**
 * The requests that await approval, read once for all parts of the page. A part reads them again and again only while it
 * shows requests; otherwise when it appears, when the user returns to the browser tab, and after what the user does here.
 */

const KEY = ['sentineloneResponse.approvals'];

/** Milliseconds between two reads, while there are requests and while there are none. */
const REFETCH_INTERVAL = 10_000;
const IDLE_REFETCH_INTERVAL = 30_000;
/** Milliseconds for which a part that appears takes what was read before. */
const STALE_TIME = 10_000;

export interface Requests {
  /** The oldest 100 requests; undefined until they are read. */
  readonly page: ApprovalsPage | undefined;
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

/** Reads the requests again; call it when one may have been added or closed. */
export const refreshRequests = (queryClient: QueryClient): Promise<void> =>
  queryClient.invalidateQueries(KEY);

/** The requests about a host that can still be decided; about this action, if one is given. */
export const openRequestsOn = (
  page: ApprovalsPage | undefined,
  agentId: string | undefined,
  action?: ActionName
): readonly ApprovalRequest[] =>
  agentId === undefined
    ? []
    : (page?.requests ?? []).filter(
        (request) =>
          !request.isExpired &&
          (action === undefined || request.action === action) &&
          request.approval?.hosts.some((host) => host.agentId === agentId)
      );

/**
 * The requests of the space. `isWatched` says whether they are read again and again while these are known; `enabled` is
 * whether they are read at all; with `isNew`, a part reads them when it appears, also if another part has just read
 * them. All parts that watch them wait for the same next read.
 */
export function useRequests(
  isWatched: (page: ApprovalsPage | undefined) => boolean = () => false,
  { enabled = true, isNew = false }: { readonly enabled?: boolean; readonly isNew?: boolean } = {}
): Requests {
  const { api } = useServices();
  const interval = (page: ApprovalsPage | undefined, { state }: Query<ApprovalsPage>) => {
    if (!isWatched(page)) return false;
    const every = page === undefined || page.total === 0 ? IDLE_REFETCH_INTERVAL : REFETCH_INTERVAL;
    const last = Math.max(state.dataUpdatedAt, state.errorUpdatedAt);
    return Math.max(1_000, last === 0 ? every : last + every - Date.now());
  };
  const query = useQuery<ApprovalsPage>({
    queryKey: KEY,
    queryFn: ({ signal }) => api.requests(OPEN_REQUESTS, signal),
    enabled,
    refetchInterval: interval as (
      page: ApprovalsPage | undefined,
      query: unknown
    ) => number | false,
    refetchIntervalInBackground: false,
    refetchOnMount: isNew ? 'always' : true,
    staleTime: STALE_TIME,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(KEY, query);
  return {
    page: data,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    refresh: () => void refetch(),
  };
}
