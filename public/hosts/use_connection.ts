import { useQuery } from '@tanstack/react-query';
import type { Connection } from '../../common/routes';
import { describeError, type Problem } from '../api/describe_error';
import { useServices } from '../services';

/** Whether there is exactly one connector in this space; undefined until it is known. */
export function useConnection(): Connection | Problem | undefined {
  const { api } = useServices();
  const { data, error } = useQuery<Connection>({
    queryKey: ['sentineloneResponse.connection'],
    queryFn: ({ signal }) => api.connection(signal),
    staleTime: 10_000,
  });
  return data ?? (error === null ? undefined : describeError(error));
}
