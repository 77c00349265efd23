import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { i18n } from '@kbn/i18n';
import type { AlertDetails } from '../../../common/hosts/alert';
import { describeError, type Problem } from '../../lib/describe_error';
import { useLastError } from '../../lib/use_last_error';
import { useServices } from '../../lib/services';

export interface ReadAlert extends Pick<
  UseQueryResult<AlertDetails>,
  'data' | 'isFetching' | 'refetch'
> {
  readonly error: unknown;
}

/** Reads one alert. Sends no request without an id. */
export function useAlert(alertId: string | undefined): ReadAlert {
  const { api } = useServices();
  const queryKey = ['sentineloneResponse.alert', alertId];
  const query = useQuery<AlertDetails>({
    queryKey,
    queryFn: ({ signal }) => api.alert(alertId ?? '', signal),
    enabled: alertId !== undefined,
    staleTime: 30_000,
  });
  const { data, isFetching, refetch } = query;
  return { data, isFetching, refetch, error: useLastError(queryKey, query) };
}

/** Whether Kibana answered that the alert does not exist in this space. */
export const isMissing = (error: unknown): boolean => describeError(error).status === 404;

/** Explains how an action from an alert that does not exist is recorded. */
export const recordedWithout = (): string =>
  i18n.translate('sentineloneResponse.flyout.recordedWithout', {
    defaultMessage:
      'There is no such alert in this space. The action is recorded for the host, without the alert.',
  });

/** Why an alert could not be loaded. */
export const problemOfAlert = (error: unknown): Problem => {
  const problem = describeError(error);
  if (!isMissing(error)) return problem;
  return {
    status: 404,
    what: i18n.translate('sentineloneResponse.flyout.notFound.what', {
      defaultMessage: 'There is no such alert in this space.',
    }),
    todo: i18n.translate('sentineloneResponse.flyout.notFound.todo', {
      defaultMessage: 'It may have been deleted, or the link belongs to another space.',
    }),
  };
};
