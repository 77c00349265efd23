import { useIsFetching, useQuery } from '@tanstack/react-query';
import type { Connection } from '../../common/api/routes';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useServices } from '../lib/services';
import { noteLoggedInUser } from './logged_in_user';

const KEY = ['sentineloneResponse.connection'];

/** Whether there is exactly one connector in this space; undefined until it is known. */
export function useConnection(): Connection | Problem | undefined {
  const { api, queryClient } = useServices();
  const query = useQuery<Connection>({
    queryKey: KEY,
    async queryFn({ signal }) {
      const connection = await api.connection(signal);
      noteLoggedInUser(queryClient, connection.user);
      return connection;
    },
    // What is shown together asks once; whoever has just made a connector must see it at the next page.
    staleTime: 2_000,
  });
  const error = useLastError(KEY, query);
  return query.data ?? (error === null ? undefined : describeError(error));
}

/**
 * Whether an action needs a comment in this space. While that is not known it does: Kibana refuses what
 * lacks one, and says so no sooner than after the click.
 */
export function useCommentRequired(): boolean {
  const connection = useConnection();
  return connection === undefined || !('commentRequired' in connection)
    ? true
    : connection.commentRequired;
}

/** Asks again, after it could not be told. */
export function useAskForConnection(): { readonly isAsking: boolean; ask(): void } {
  const { queryClient } = useServices();
  return {
    isAsking: useIsFetching(KEY) > 0,
    ask: () => void queryClient.refetchQueries(KEY),
  };
}
