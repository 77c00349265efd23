import type { QueryClient } from '@tanstack/react-query';

const USER_KEY = ['sentineloneResponse.loggedInUser'];

/**
 * Notes who is logged in, as Kibana names them in its answers. When it is somebody else than before (they logged
 * in from another tab), everything that was read for the user before is dropped and the page is loaded anew: what
 * it may show and offer is decided when it is loaded. An open step goes with it.
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
  // It must be known for as long as the page is open, though nothing shows it.
  queryClient.setQueryDefaults(USER_KEY, { cacheTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData(USER_KEY, user);
}
