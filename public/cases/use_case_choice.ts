import { useEffect, useMemo, useState } from 'react';
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { LIMITS } from '../../common/lib/constants';
import type { Cases, CaseSummary } from '../../common/api/cases';
import { describeError, type Problem } from '../lib/describe_error';
import { useLastError } from '../lib/use_last_error';
import { useServices } from '../lib/services';

/** Milliseconds from the last key press until cases are searched. */
const SEARCH_DELAY = 300;
const TITLE_KEY = 'sentineloneResponse.caseTitle';

/** The cases that an action is attached to, and the cases to choose from. */
export interface CaseChoice {
  /** Whether cases are available to the user. */
  readonly state: Cases['state'] | 'loading' | 'failed';
  readonly problem: Problem | undefined;
  /** Cases of the alerts, closed ones included. */
  readonly ofAlerts: readonly CaseSummary[];
  /** Other cases that are not closed and match the search. */
  readonly others: readonly CaseSummary[];
  readonly isSearching: boolean;
  readonly chosen: readonly CaseSummary[];
  /** Whether cases were looked up only for the first alerts, because there are more than the limit. */
  readonly isOfFirstAlerts: boolean;
  /** The number of alerts that cases were looked up for. */
  readonly alertCount: number;
  /** For the action's parameters. */
  readonly params: { readonly caseIds?: readonly string[] };
  choose(cases: readonly CaseSummary[]): void;
  search(text: string): void;
  /** Starts the search for cases. */
  open(): void;
  retry(): void;
}

/** The title of a case, if the page has loaded the case before. */
export const knownTitle = (queryClient: QueryClient, caseId: string): string | undefined =>
  queryClient.getQueryData<string>([TITLE_KEY, caseId]);

const casesIn = (cases: Cases | undefined): readonly CaseSummary[] =>
  cases?.state === 'available' ? cases.cases : [];

function useDelayed(text: string): string {
  const [delayed, setDelayed] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(text), SEARCH_DELAY);
    return () => clearTimeout(timer);
  }, [text]);
  return delayed;
}

/** Preselects the alerts' cases that are not closed, until the user changes the selection. */
export function useCaseChoice(alertIds: readonly string[]): CaseChoice {
  const { api, queryClient } = useServices();
  const [own, setOwn] = useState<readonly CaseSummary[]>();
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState('');
  const search = useDelayed(text.trim()).slice(0, 256);
  const asked = alertIds.slice(0, LIMITS.alertsForCases);
  const hasAlerts = asked.length > 0;

  const ofAlertsKey = ['sentineloneResponse.casesOfAlerts', asked];
  const ofAlerts = useQuery<Cases>({
    queryKey: ofAlertsKey,
    queryFn: ({ signal }) => api.casesOfAlerts(asked, signal),
    enabled: hasAlerts,
    cacheTime: 0,
  });
  const foundKey = ['sentineloneResponse.cases', search];
  const found = useQuery<Cases>({
    queryKey: foundKey,
    queryFn: ({ signal }) => api.cases(search === '' ? {} : { search }, signal),
    enabled: isOpen || !hasAlerts,
    keepPreviousData: true,
    staleTime: 10_000,
  });

  const leading = hasAlerts ? ofAlerts : found;
  const ofAlertsError = useLastError(ofAlertsKey, ofAlerts);
  const foundError = useLastError(foundKey, found);
  const leadingError = hasAlerts ? ofAlertsError : foundError;
  const alertCases = casesIn(ofAlerts.data);
  const preselected = useMemo(
    () => casesIn(ofAlerts.data).filter(({ status }) => status !== 'closed'),
    [ofAlerts.data]
  );
  const chosen = (own ?? preselected).slice(0, LIMITS.casesPerAction);
  const others = casesIn(found.data).filter(({ id }) => !alertCases.some((one) => one.id === id));
  useEffect(() => {
    for (const { id, title } of [...casesIn(ofAlerts.data), ...casesIn(found.data)]) {
      queryClient.setQueryData([TITLE_KEY, id], title);
    }
  }, [ofAlerts.data, found.data, queryClient]);

  const failure = leadingError ?? (isOpen ? foundError : null);
  return {
    state: leading.data?.state ?? (leadingError === null ? 'loading' : 'failed'),
    problem: failure === null ? undefined : describeError(failure),
    ofAlerts: alertCases,
    others,
    isSearching: leading.isLoading || found.isFetching,
    chosen,
    isOfFirstAlerts: alertIds.length > asked.length,
    alertCount: asked.length,
    params: chosen.length === 0 ? {} : { caseIds: chosen.map(({ id }) => id) },
    choose: setOwn,
    search: setText,
    open: () => setIsOpen(true),
    retry: () => {
      void leading.refetch();
      if (isOpen) void found.refetch();
    },
  };
}
