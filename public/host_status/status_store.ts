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
  NOTHING_KNOWN,
  withAccepted,
  withFailed,
  withReadings,
  withWanted,
  type FailedAction,
  type HostStatuses,
} from './host_statuses';
import type { Exchange } from './moment';

/** The first part of the keys of all questions for statuses. */
export const HOSTS_STATUS_KEY = 'sentineloneResponse.hostsStatus';

/** Kept beside the questions: it outlives the pages and flyouts that ask. */
const STORE_KEY: QueryKey = ['sentineloneResponse.hostStatuses'];

/** What is known of hosts now. */
export const hostStatuses = (queryClient: QueryClient): HostStatuses =>
  queryClient.getQueryData<HostStatuses>(STORE_KEY) ?? NOTHING_KNOWN;

function update(queryClient: QueryClient, change: (known: HostStatuses) => HostStatuses): void {
  queryClient.setQueryDefaults(STORE_KEY, { cacheTime: Number.POSITIVE_INFINITY });
  queryClient.setQueryData<HostStatuses>(STORE_KEY, change(hostStatuses(queryClient)));
}

/** Takes note of an answer to a question for these hosts. */
export const noteReadings = (
  queryClient: QueryClient,
  references: readonly AgentReference[],
  answer: HostsStatus,
  exchange: Exchange
): void => update(queryClient, (known) => withReadings(known, references, answer, exchange));

/** Takes note of what SentinelOne accepted. */
export const noteAccepted = (
  queryClient: QueryClient,
  action: ActionName,
  answer: ActionAnswer,
  exchange: Exchange
): void => update(queryClient, (known) => withAccepted(known, action, answer, exchange));

/** Takes note of actions whose record says that they failed. */
export const noteFailed = (queryClient: QueryClient, failed: readonly FailedAction[]): void =>
  update(queryClient, (known) => withFailed(known, failed));

/** Has the next question about these hosts ask SentinelOne anew, whatever Kibana shares. */
export const wantNewReadings = (
  queryClient: QueryClient,
  references: readonly AgentReference[]
): void => update(queryClient, (known) => withWanted(known, references, performance.now()));

async function refetch(queryClient: QueryClient, filters: RefetchQueryFilters): Promise<void> {
  // React Query waits for the first answer to a question, however long it takes.
  await queryClient.cancelQueries(filters);
  await queryClient.refetchQueries(filters);
}

/** Asks a question again at once; the answer to an earlier request, which may never come, is not waited for. */
export const askAnew = (queryClient: QueryClient, queryKey: QueryKey): Promise<void> =>
  refetch(queryClient, { queryKey, exact: true });

/** Asks again for all hosts that are shown, such as after an action. */
export const readAllAgain = (queryClient: QueryClient): Promise<void> =>
  refetch(queryClient, { queryKey: [HOSTS_STATUS_KEY], type: 'active' });

const isAbout =
  (reference: AgentReference) =>
  ({ uuid, agentId }: AgentReference): boolean =>
    (reference.agentId !== undefined && agentId === reference.agentId) ||
    (reference.uuid !== undefined && uuid === reference.uuid);

/**
 * Asks anew for these hosts wherever they are shown, instead of waiting for the next poll. Resolves once all
 * questions have ended, however they end.
 */
export async function readAgain(
  queryClient: QueryClient,
  references: readonly AgentReference[]
): Promise<void> {
  wantNewReadings(queryClient, references);
  await refetch(queryClient, {
    queryKey: [HOSTS_STATUS_KEY],
    type: 'active',
    predicate: ({ queryKey }) =>
      ((queryKey[1] ?? []) as readonly AgentReference[]).some((asked) =>
        references.some((reference) => isAbout(reference)(asked))
      ),
  });
}

/** What is known of hosts; renders again when that changes. */
export function useHostStatuses(): HostStatuses {
  const { queryClient } = useServices();
  const { data } = useQuery<HostStatuses>({
    queryKey: STORE_KEY,
    queryFn: () => hostStatuses(queryClient),
    enabled: false,
    cacheTime: Number.POSITIVE_INFINITY,
  });
  return data ?? NOTHING_KNOWN;
}
