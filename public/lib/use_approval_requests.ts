import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { ApprovalsPage } from '../../common/api/approvals';
import { LIMITS } from '../../common/lib/constants';
import { describeError, type Problem } from './describe_error';
import { useServices } from './services';
import { useLastError } from './use_last_error';

/** The requests that await approval, read once for all parts of the page. */

const KEY = ['sentineloneResponse.approvals'];

/** Milliseconds between two reads, while there are requests and while there are none. */
const REFETCH_INTERVAL = 10_000;
const IDLE_REFETCH_INTERVAL = 30_000;

export interface Requests {
  /** The oldest 100 requests; undefined until they are read. */
  readonly page: ApprovalsPage | undefined;
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

/** Reads the requests again; call it when one may have come or gone. */
export const refreshRequests = (queryClient: QueryClient): Promise<void> =>
  queryClient.invalidateQueries(KEY);

export function useRequests(): Requests {
  const { api } = useServices();
  const query = useQuery<ApprovalsPage>({
    queryKey: KEY,
    queryFn: ({ signal }) => api.requests({ perPage: LIMITS.actionsPerPage }, signal),
    refetchInterval: (page) =>
      page === undefined || page.total === 0 ? IDLE_REFETCH_INTERVAL : REFETCH_INTERVAL,
    refetchIntervalInBackground: false,
    staleTime: 1_000,
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
