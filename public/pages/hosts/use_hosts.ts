import { useRef } from 'react';
import { useQuery, type Query } from '@tanstack/react-query';
import type { Agent } from '../../../common/hosts/agent';
import type { HostsPage, IsolatedHostsPage, IsolatedHost } from '../../../common/api/hosts';
import { reasonText } from '../../../common/actions/describe_reason';
import { shownOf } from '../../host_status/host_statuses';
import { hasTimedOut } from '../../host_status/use_hosts_status';
import { isPending } from '../../host_status/network_status';
import { hostStatuses, noteReadings } from '../../host_status/status_store';
import { describeError, type Problem } from '../../lib/describe_error';
import {
  HOSTS_KEY,
  hostsQueryOf,
  isolatedQueryOf,
  isSearchable,
  type HostsState,
} from '../../lib/hosts_state';
import type { Exchange } from '../../lib/first_answers';
import { pollInterval } from '../../lib/poll_interval';
import { useServices, type Services } from '../../lib/services';
import { useAnswersSinceChange, useLastError } from '../../lib/use_last_error';

/** The lists of the Hosts page. Their statuses go into the store that all parts of the UI show. */

/**
 * Milliseconds for which Kibana shares an answer of SentinelOne between viewers. Reading more often returns the same.
 */
const SHARED_FOR = 10_000;
/** Milliseconds between two requests while no action is in progress, and at most while requests fail. */
const STEADY = 30_000;
const LONGEST_PAUSE = 300_000;

let answerCount = 0;

/**
 * Stores the statuses of listed agents. `ageMs` is the time between SentinelOne's reading and Kibana's answer. A list
 * does not contain the Kibana process of its clock, so it gets a separate clock.
 */
function noteListed(
  { queryClient }: Pick<Services, 'queryClient'>,
  agents: readonly Agent[],
  {
    asOf,
    tenant,
    ageMs,
  }: { readonly asOf: string; readonly tenant: string; readonly ageMs: number },
  exchange: Exchange
): void {
  answerCount += 1;
  noteReadings(
    queryClient,
    agents.map(({ id }) => ({ agentId: id })),
    {
      hosts: agents.map((agent) => ({
        state: 'known',
        agent,
        readAt: -ageMs,
        answeredAt: 0,
      })),
      asOf,
      tenant,
      receivedAt: { clock: `listed hosts ${answerCount}`, at: 0 },
    },
    exchange
  );
}

/** Returns the agent, marked as isolated outside Kibana if that is known, as the status of a single host is. */
const markedAgent = ({ agent, source, isOwnToken }: IsolatedHost): Agent =>
  source !== 'record' && !isOwnToken && agent.networkStatus === 'disconnected'
    ? { ...agent, isIsolatedOutside: true }
    : agent;

export interface HostListQuery<Page> {
  readonly page: Page | undefined;
  /** Why there is no newer answer. */
  readonly problem: Problem | undefined;
  /** Only who reads it renders again at the start and the end of every request. */
  readonly isFetching: boolean;
  /** True while `page` is the answer for an earlier page or filter. */
  readonly isOld: boolean;
  /** True while there is neither an answer nor a problem. */
  readonly isWaiting: boolean;
  refresh(): void;
}

/**
 * Milliseconds until the next request of a list: soon while a host on it is isolating or releasing, `steady` otherwise,
 * and longer and longer while requests fail.
 */
function useRefreshInterval(steady: number) {
  const { queryClient } = useServices();
  const answersSinceChange = useAnswersSinceChange();
  const last = useRef({ answers: 0, errors: 0 });
  return (ids: readonly string[], figures: unknown, isMoreUnderWay: boolean, { state }: Query) => {
    const { dataUpdateCount: answers, errorUpdateCount: errors, error } = state;
    if (answers !== last.current.answers) last.current = { answers, errors };
    const known = hostStatuses(queryClient);
    const shown = ids.map((agentId) => shownOf(known, { agentId }));
    const unchanged = answersSinceChange(JSON.stringify([shown, figures]), answers + errors);
    const isUnderWay = isMoreUnderWay || shown.some(isPending);
    const usual = isUnderWay
      ? Math.max(SHARED_FOR, pollInterval(true, unchanged, hasTimedOut(error)))
      : steady;
    return Math.min(LONGEST_PAUSE, usual * 2 ** Math.min(10, errors - last.current.errors));
  };
}

type Interval<Page> = (data: Page | undefined, query: unknown) => number;

/** A page of the isolated hosts, which Kibana shares between viewers. Refreshes automatically. */
export function useIsolatedHosts(state: HostsState): HostListQuery<IsolatedHostsPage> {
  const services = useServices();
  const { api } = services;
  const request = isolatedQueryOf(state);
  const queryKey = [HOSTS_KEY, 'isolated', request];
  const intervalOf = useRefreshInterval(STEADY);
  const interval = (page: IsolatedHostsPage | undefined, query: Query) => {
    const { figures, problem } = page ?? {};
    const isUnderWay =
      figures !== undefined &&
      (figures.isolating > figures.isolatingOffline || figures.releasing > 0);
    const ids = (page?.hosts ?? []).map(({ agent }) => agent.id);
    return Math.max(intervalOf(ids, figures, isUnderWay, query), problem?.retryInMs ?? 0);
  };
  const query = useQuery<IsolatedHostsPage>({
    queryKey,
    async queryFn({ signal }) {
      const sentAt = performance.now();
      const page = await api.isolatedHosts(request, signal);
      const { exchange = { sentAt, answeredAt: performance.now() } } = page;
      noteListed(services, page.hosts.map(markedAgent), page, exchange);
      return page;
    },
    keepPreviousData: true,
    refetchInterval: interval as Interval<IsolatedHostsPage>,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: 'always',
  });
  const { data, isPreviousData, refetch } = query;
  const error = useLastError(queryKey, query);
  return {
    page: data,
    problem: error !== null ? describeError(error) : data?.problem && problemOf(data.problem),
    get isFetching() {
      return query.isFetching;
    },
    isOld: isPreviousData,
    isWaiting: data === undefined && error === null,
    refresh: () => void refetch(),
  };
}

/** Why Kibana answered with the last known hosts. */
function problemOf({ reason, message }: NonNullable<IsolatedHostsPage['problem']>): Problem {
  return { ...reasonText(reason, 'read'), reason, errorText: message };
}

/** A page of all hosts. Refreshes automatically, seldom while no host on it is isolating or releasing. */
export function useAllHosts(
  state: HostsState,
  cursor: string | undefined
): HostListQuery<HostsPage> & { readonly isSearchable: boolean } {
  const services = useServices();
  const { api } = services;
  const request = hostsQueryOf(state, cursor);
  const queryKey = [HOSTS_KEY, 'all', request];
  const isValid = state.search === undefined || isSearchable(state.search, state.kind);
  const intervalOf = useRefreshInterval(2 * STEADY);
  const interval = (page: HostsPage | undefined, query: Query) =>
    intervalOf(
      (page?.hosts ?? []).map(({ id }) => id),
      undefined,
      false,
      query
    );
  const query = useQuery<HostsPage>({
    queryKey,
    async queryFn({ signal }) {
      const sentAt = performance.now();
      const page = await api.hosts(request, signal);
      noteListed(
        services,
        page.hosts,
        { ...page, ageMs: 0 },
        {
          sentAt,
          answeredAt: performance.now(),
        }
      );
      return page;
    },
    enabled: isValid,
    keepPreviousData: true,
    refetchInterval: interval as Interval<HostsPage>,
    refetchIntervalInBackground: false,
  });
  const { data, isPreviousData, refetch } = query;
  const error = useLastError(queryKey, query);
  return {
    page: isValid ? data : undefined,
    problem: error === null || !isValid ? undefined : describeError(error),
    get isFetching() {
      return query.isFetching;
    },
    isOld: isPreviousData,
    isWaiting: isValid && data === undefined && error === null,
    isSearchable: isValid,
    refresh: () => void refetch(),
  };
}
