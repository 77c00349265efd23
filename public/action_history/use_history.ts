import { useEffect, useRef } from 'react';
import { useQuery, type Query, type QueryClient } from '@tanstack/react-query';
import type { HistoryPage, HistorySummary } from '../../common/api/history';
import type { ActionRecord, RecordedHost, RecordedAction } from '../../common/actions/record';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError, useAnswersSinceChange } from '../lib/use_last_error';
import { timeZoneOf } from '../lib/format_date';
import { pollInterval } from '../lib/poll_interval';
import { useServices } from '../lib/services';
import { HISTORY_KEY, isRecent, recentAction, type RecentAction } from './recent_actions';
import { DEFAULT_STATE, historyQueryOf, summaryQueryOf, type HistoryState } from './history_state';
import type { AgentReference } from '../../common/hosts/agent';
import { shownOf, statusTimeOf } from '../host_status/host_statuses';
import { isPending } from '../host_status/network_status';
import { hostStatuses, noteFailed, refreshStatuses } from '../host_status/status_store';
import type { ResponseApi } from '../lib/response_api';

/**
 * When an action of any user begins or has ended, the status of its hosts is refreshed before its record is returned to
 * the components. So components that show the record and components that show the status change together.
 */

export interface ActionReader {
  readonly api: Pick<ResponseApi, 'action'>;
  readonly queryClient: QueryClient;
}

/**
 * The query for one record. All readers of the record share its requests. When the action has ended for a host, the
 * status of the host is refreshed before the query returns the record.
 */
export const actionQuery = ({ api, queryClient }: ActionReader, actionId: string) => ({
  queryKey: [HISTORY_KEY, 'action', actionId],
  queryFn: async ({ signal }: { readonly signal?: AbortSignal }): Promise<RecordedAction> => {
    const before = queryClient.getQueryData<RecordedAction>([HISTORY_KEY, 'action', actionId]);
    const record = await api.action(actionId, signal);
    await refreshHosts(queryClient, before === undefined ? [] : [before], [record]);
    return record;
  },
});

export interface LiveAction {
  readonly action: RecordedAction | undefined;
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  refresh(): void;
}

/**
 * The record of one action. It is refreshed, often at first, until the action has ended for all hosts; after that, it
 * does not change.
 */
export function useAction(actionId: string): LiveAction {
  const services = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const question = actionQuery(services, actionId);
  const query = useQuery<RecordedAction>({
    ...question,
    refetchInterval: (action, { state }) => {
      if (action === undefined || !isOpenAction(action)) return false;
      return pollInterval(true, answersSinceChange(action.updatedAt, state.dataUpdateCount));
    },
    refetchIntervalInBackground: false,
    staleTime: 1_000,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(question.queryKey, query);
  return {
    action: data,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    refresh: () => void refetch(),
  };
}

/** The part of a record that contains the outcomes of its hosts. */
export interface ReadRecord {
  readonly actionId: string;
  readonly hosts: ReadonlyArray<Pick<RecordedHost, 'uuid' | 'agentId' | 'outcome'>>;
}

/**
 * Maximum of milliseconds to wait for the status, because SentinelOne may be slow or not answer. Kibana itself may wait 2 s
 * before it reads a host again.
 */
const TIMEOUT = 5_000;

const isOpen = ({ outcome }: Pick<RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** The hosts for which an action is new or has ended in `now`, compared with `before`. */
function changedSince(before: readonly ReadRecord[], now: readonly ReadRecord[]) {
  const known = new Map(before.map((record) => [record.actionId, record]));
  return now.flatMap(({ actionId, hosts }) => {
    const earlier = known.get(actionId)?.hosts;
    return hosts
      .filter((host) => {
        // For other outcomes, no command was sent, and the status has not changed.
        if (!isOpen(host) && host.outcome !== 'done' && host.outcome !== 'failed') return false;
        const same = earlier?.find((one) => one.agentId === host.agentId && one.uuid === host.uuid);
        return same === undefined || (isOpen(same) && !isOpen(host));
      })
      .map((host) => ({ ...host, actionId }));
  });
}

const referenceTo = ({
  uuid,
  agentId,
}: Pick<RecordedHost, 'uuid' | 'agentId'>): AgentReference => ({
  ...(uuid == null ? {} : { uuid }),
  ...(agentId == null ? {} : { agentId }),
});

/** The refresh for each changed host. Several components read the same record, and a change needs one refresh. */
const refreshesOf = new WeakMap<QueryClient, Map<string, Promise<void>>>();
/** Maximum of refreshes that are kept. */
const MAX_REFRESHES = 5_000;

type ChangedHost = ReturnType<typeof changedSince>[number];

const keyOf = (host: ChangedHost): string =>
  `${host.actionId}/${host.agentId}/${host.uuid}/${isOpen(host) ? 'open' : 'ended'}`;

/** Whether pages show already that an action on the host is in progress, such as after an action of this user. */
const isShownAsPending = (queryClient: QueryClient, host: ChangedHost): boolean =>
  isPending(shownOf(hostStatuses(queryClient), referenceTo(host)));

async function refreshOnce(
  queryClient: QueryClient,
  changed: readonly ChangedHost[]
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    refreshStatuses(queryClient, changed.map(referenceTo)).catch(() => {}),
    new Promise<void>((resolve) => (timer = setTimeout(resolve, TIMEOUT))),
  ]);
  clearTimeout(timer);
  // The expected status of a failed action is removed.
  const failed = changed.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) noteFailed(queryClient, failed);
}

/**
 * Refreshes the status of the hosts for which an action is new or has ended since `before`. Resolves when it is refreshed,
 * at the latest after 5 s. Never rejects.
 */
export async function refreshHosts(
  queryClient: QueryClient,
  before: readonly ReadRecord[],
  now: readonly ReadRecord[]
): Promise<void> {
  const refreshes = refreshesOf.get(queryClient) ?? new Map<string, Promise<void>>();
  const changed = changedSince(before, now).filter(
    (host) => refreshes.has(keyOf(host)) || !isOpen(host) || !isShownAsPending(queryClient, host)
  );
  if (changed.length === 0) return;
  refreshesOf.set(queryClient, refreshes);
  const others = changed.filter((host) => !refreshes.has(keyOf(host)));
  if (others.length > 0) {
    const refresh = refreshOnce(queryClient, others);
    for (const host of others) refreshes.set(keyOf(host), refresh);
    for (const oldest of refreshes.keys()) {
      if (refreshes.size <= MAX_REFRESHES) break;
      refreshes.delete(oldest);
    }
  }
  await Promise.all(changed.map((host) => refreshes.get(keyOf(host))));
}

/** The records without an update after the shown status of their hosts was read. */
export function includedInStatus<R extends ReadRecord & Pick<ActionRecord, 'updatedAt'>>(
  queryClient: QueryClient,
  records: readonly R[]
): readonly R[] {
  const known = hostStatuses(queryClient);
  return records.filter(({ hosts, updatedAt }) =>
    hosts.every((host) => {
      const readAt = statusTimeOf(known, referenceTo(host));
      return readAt === undefined || readAt >= updatedAt;
    })
  );
}

export interface LiveHistory {
  /** Undefined before the first answer. */
  readonly page: HistoryPage | undefined;
  /** Why the last request failed. */
  readonly problem: Problem | undefined;
  readonly isFetching: boolean;
  /** True while `page` is the answer for an earlier page or filter. */
  readonly isOld: boolean;
  /** An action so recent that it may be missing in `page`. */
  readonly recent: RecentAction | undefined;
  refresh(): void;
}

/** True until the action has ended for all hosts. */
export const isOpenAction = ({ state }: Pick<ActionRecord, 'state'>): boolean => state !== 'ended';

/** Changes when an action is added, removed or updated. */
const signatureOf = ({ actions, total }: HistoryPage): string =>
  [total, ...actions.map(({ sortKey: order, updatedAt }) => `${order} ${updatedAt}`)].join();

/**
 * A page of the history. Refreshes automatically: often at first while an action on it is in progress or was just
 * requested, rarely otherwise, and not while the browser tab is hidden.
 */
export function useHistoryPage(
  state: HistoryState,
  {
    enabled = true,
    changedAt,
    isChanging = false,
  }: {
    readonly enabled?: boolean;
    /** When the status of the host in question changed, ms since the epoch: its action may not be on the page yet. */
    readonly changedAt?: number | undefined;
    /** Whether its status shows that an action is in progress. */
    readonly isChanging?: boolean;
  } = {}
): LiveHistory {
  const { api, queryClient } = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const interval = (data: HistoryPage | undefined, query: Query<HistoryPage>): number => {
    const recent = recentAction(queryClient, Date.now());
    const signature = `${recent?.at} ${changedAt} ${data === undefined ? '' : signatureOf(data)}`;
    const answers = answersSinceChange(signature, query.state.dataUpdateCount);
    const isPending =
      recent !== undefined ||
      isChanging ||
      (changedAt !== undefined && isRecent(changedAt, Date.now())) ||
      data?.actions.some(isOpenAction) === true;
    return pollInterval(isPending, answers);
  };
  const queryKey = [HISTORY_KEY, 'page', state];
  const query = useQuery<HistoryPage>({
    queryKey,
    async queryFn({ signal }) {
      const before = queryClient.getQueryData<HistoryPage>(queryKey);
      const page = await api.actions(historyQueryOf(state, Date.now()), signal);
      // The first answer may contain an action that is newer than the status.
      const earlier = before?.actions ?? includedInStatus(queryClient, page.actions);
      await refreshHosts(queryClient, earlier, page.actions);
      return page;
    },
    enabled,
    keepPreviousData: true,
    refetchInterval: interval as (data: HistoryPage | undefined, query: unknown) => number,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  });

  const { data, isFetching, isPreviousData, refetch } = query;
  const error = useLastError(queryKey, query);
  useEffect(() => {
    if (changedAt !== undefined && enabled) void refetch();
  }, [changedAt, enabled, refetch]);

  // The summary counts the same actions.
  const signature = data === undefined || isPreviousData ? undefined : signatureOf(data);
  const lastSignature = useRef<string>();
  useEffect(() => {
    if (signature === undefined) return;
    if (lastSignature.current !== undefined && lastSignature.current !== signature) {
      void queryClient.invalidateQueries([HISTORY_KEY, 'summary']);
    }
    lastSignature.current = signature;
  }, [signature, queryClient]);

  return {
    page: data,
    problem: error === null ? undefined : describeError(error),
    isFetching,
    isOld: isPreviousData,
    recent: recentAction(queryClient, Date.now()),
    refresh: () => void refetch(),
  };
}

export interface Summary {
  readonly summary: HistorySummary | undefined;
  readonly problem: Problem | undefined;
  readonly timeZone: string;
  readonly isFetching: boolean;
  refresh(): void;
}

/** Counts per day, and how long isolations took, of all actions that match the state's filter. */
export function useHistorySummary(state: HistoryState): Summary {
  const { api, core } = useServices();
  const timeZone = timeZoneOf(core.uiSettings);
  // The summary does not depend on the page and order of the table.
  const { page, perPage, sortField, sortOrder } = DEFAULT_STATE;
  const filter: HistoryState = { ...state, page, perPage, sortField, sortOrder };
  const queryKey = [HISTORY_KEY, 'summary', filter, timeZone];
  const query = useQuery<HistorySummary>({
    queryKey,
    queryFn: ({ signal }) =>
      api.actionsSummary(summaryQueryOf(filter, Date.now(), timeZone), signal),
    keepPreviousData: true,
    staleTime: 10_000,
  });
  const { data, isFetching, refetch } = query;
  const error = useLastError(queryKey, query);
  return {
    summary: data,
    problem: error === null ? undefined : describeError(error),
    timeZone,
    isFetching,
    refresh: () => void refetch(),
  };
}
