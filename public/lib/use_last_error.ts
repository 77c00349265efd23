import { useRef } from 'react';
import { hashQueryKey, type QueryKey } from '@tanstack/react-query';

/** As much of a query as tells what is to be said of it. */
interface Asked {
  readonly data: unknown;
  readonly error: unknown;
  readonly isFetching: boolean;
}

/**
 * What a query was last answered with in place of data, null when there is nothing to say. A query without data
 * forgets its error as soon as it asks again: the words about it, and the button that the user has just
 * pressed, would be gone until the next answer.
 */
export function useLastErrors(): (key: QueryKey, query: Asked) => unknown {
  const errors = useRef(new Map<string, unknown>());
  return (key, { data, error, isFetching }) => {
    const hash = hashQueryKey(key);
    if (error !== null) errors.current.set(hash, error);
    else if (data !== undefined || !isFetching) errors.current.delete(hash);
    return errors.current.get(hash) ?? null;
  };
}

/** The same for a single query. */
export const useLastError = (key: QueryKey, query: Asked): unknown => useLastErrors()(key, query);
