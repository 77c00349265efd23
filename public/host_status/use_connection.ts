import { useIsFetching, useQuery, type QueryClient } from '@tanstack/react-query';
import { DEFAULT_RELEASE_TIMES, type ReleaseTimes } from '../../common/hosts/protection_settings';
import type { Connection } from '../../common/api/routes';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useServices } from '../lib/services';

const KEY = ['sentineloneResponse.connection'];
const USER_KEY = ['sentineloneResponse.loggedInUser'];

/**
 * Stores who is logged in, by the user name in Kibana's answers. When the user changed (by a login in another tab), the
 * data of the previous user is removed and the page is reloaded, because privileges are read when the page loads. An
 * open step is lost.
 */
export function noteLoggedInUser(
  queryClient: QueryClient,
  user: string | undefined,
  reload: () => void = () => window.location.reload()
): void {
  if (user === undefined) return;
  const before = queryClient.getQueryData<string>(USER_KEY);
  if (before === user) return;
  if (before !== undefined) {
    queryClient.clear();
    reload();
  }
  // Kept for as long as the page is open, although no component observes it.
  queryClient.setQueryDefaults(USER_KEY, { cacheTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData(USER_KEY, user);
}

/** The connector of this space, or why there is none to use; undefined until it is known. */
export function useConnection(): Connection | Problem | undefined {
  const { api, queryClient } = useServices();
  const query = useQuery<Connection>({
    queryKey: KEY,
    async queryFn({ signal }) {
      const connection = await api.connection(signal);
      noteLoggedInUser(queryClient, connection.user);
      return connection;
    },
    // Components of one page share a request; after a connector is created, the next page shows it.
    staleTime: 2_000,
  });
  const error = useLastError(KEY, query);
  return query.data ?? (error === null ? undefined : describeError(error));
}

/**
 * Whether an action requires a comment in this space. True until it is known: Kibana refuses an action without a
 * required comment, and reports it only after the click.
 */
export function useCommentRequired(): boolean {
  const connection = useConnection();
  return connection === undefined || !('commentRequired' in connection)
    ? true
    : connection.commentRequired;
}

const releaseTimesIn = (connection: Connection | Problem | undefined): ReleaseTimes =>
  connection !== undefined && 'automaticRelease' in connection
    ? (connection.automaticRelease ?? DEFAULT_RELEASE_TIMES)
    : DEFAULT_RELEASE_TIMES;

/** The times of automatic releases that apply in this space; the defaults until they are known. */
export const useReleaseTimes = (): ReleaseTimes => releaseTimesIn(useConnection());

/** The same, as far as a component of the page has read them. Sends no request. */
export const knownReleaseTimes = (queryClient: QueryClient): ReleaseTimes =>
  releaseTimesIn(queryClient.getQueryData<Connection>(KEY));

/** Reads the connector again, after an error. */
export function useReloadConnection(): { readonly isLoading: boolean; reload(): void } {
  const { queryClient } = useServices();
  return {
    isLoading: useIsFetching(KEY) > 0,
    reload: () => void queryClient.refetchQueries(KEY),
  };
}
