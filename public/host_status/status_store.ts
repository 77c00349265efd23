import {
  useQuery,
  type QueryClient,
  type QueryKey,
  type RefetchQueryFilters,
} from '@tanstack/react-query';
import type { AgentReference } from '../../common/hosts/agent';
import type { ActionAnswer } from '../../common/api/cases';
import type { ActionName } from '../../common/actions/action_name';
import type { HostsStatus } from '../../common/api/routes';
import { useServices } from '../lib/services';
import {
  NO_STATUSES,
  withAccepted,
  withFailed,
  withReadings,
  withNewReadingRequired,
  type FailedAction,
  type HostStatuses,
} from './host_statuses';
import type { Exchange } from '../lib/first_answers';

/** The first part of the keys of all status queries. */
export const HOSTS_STATUS_KEY = 'sentineloneResponse.hostsStatus';

/** Not part of a status query, because it stays when the page or flyout of the query is closed. */
const STORE_KEY: QueryKey = ['sentineloneResponse.hostStatuses'];

/** The statuses that are known now. */
export const hostStatuses = (queryClient: QueryClient): HostStatuses =>
  queryClient.getQueryData<HostStatuses>(STORE_KEY) ?? NO_STATUSES;

function update(queryClient: QueryClient, change: (known: HostStatuses) => HostStatuses): void {
  queryClient.setQueryDefaults(STORE_KEY, { cacheTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData<HostStatuses>(STORE_KEY, change(hostStatuses(queryClient)));
}

/** Stores the answer to a status query for these hosts. */
export const noteReadings = (
  queryClient: QueryClient,
  references: readonly AgentReference[],
  answer: HostsStatus,
  exchange: Exchange
): void => update(queryClient, (known) => withReadings(known, references, answer, exchange));

/** Stores the status that is expected after SentinelOne accepted an action. */
export const noteAccepted = (
  queryClient: QueryClient,
  action: ActionName,
  answer: ActionAnswer,
  exchange: Exchange
): void => update(queryClient, (known) => withAccepted(known, action, answer, exchange));

/** Removes the expected statuses of actions that failed according to their record. */
export const noteFailed = (queryClient: QueryClient, failed: readonly FailedAction[]): void =>
  update(queryClient, (known) => withFailed(known, failed));

/**
 * Makes the next query for these hosts read from SentinelOne, instead of from the readings that Kibana shares between
 * users.
 */
export const requireNewReadings = (
  queryClient: QueryClient,
  references: readonly AgentReference[]
): void =>
  update(queryClient, (known) => withNewReadingRequired(known, references, performance.now()));

async function refetch(queryClient: QueryClient, filters: RefetchQueryFilters): Promise<void> {
  // Without this, React Query waits for the answer to a request that is already in progress.
  await queryClient.cancelQueries(filters);
  await queryClient.refetchQueries(filters);
}

/** Sends a query's request now, without waiting for the answer to an earlier one. */
export const refetchNow = (queryClient: QueryClient, queryKey: QueryKey): Promise<void> =>
  refetch(queryClient, { queryKey, exact: true });

/** Refreshes the status of all hosts on the page, such as after an action. */
export const refreshAllStatuses = (queryClient: QueryClient): Promise<void> =>
  refetch(queryClient, { queryKey: [HOSTS_STATUS_KEY], type: 'active' });

const isSameAgent =
  (reference: AgentReference) =>
  ({ uuid, agentId }: AgentReference): boolean =>
    (reference.agentId !== undefined && agentId === reference.agentId) ||
    (reference.uuid !== undefined && uuid === reference.uuid);

/**
 * Refreshes the status of these hosts wherever they are shown, instead of waiting for the next poll. Resolves when all
 * requests have ended, successfully or not.
 */
export async function refreshStatuses(
  queryClient: QueryClient,
  references: readonly AgentReference[]
): Promise<void> {
  requireNewReadings(queryClient, references);
  await refetch(queryClient, {
    queryKey: [HOSTS_STATUS_KEY],
    type: 'active',
    predicate: ({ queryKey }) =>
      ((queryKey[1] ?? []) as readonly AgentReference[]).some((queried) =>
        references.some((reference) => isSameAgent(reference)(queried))
      ),
  });
}

/**
 * What `select` takes of the known statuses: an object of plain data. Renders again only when that changes, which most
 * readings do not do.
 */
export function useKnownStatuses<A extends object>(select: (known: HostStatuses) => A): A {
  const { queryClient } = useServices();
  const { data } = useQuery<HostStatuses, unknown, A>({
    queryKey: STORE_KEY,
    queryFn: () => hostStatuses(queryClient),
    enabled: false,
    cacheTime: Number.POSITIVE_INFINITY,
    select,
  });
  return data ?? select(NO_STATUSES);
}

/** The statuses that are known; renders again with every reading. */
export const useHostStatuses = (): HostStatuses => useKnownStatuses(allOf);
const allOf = (known: HostStatuses): HostStatuses => known;
