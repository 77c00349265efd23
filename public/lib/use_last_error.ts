import { useRef } from 'react';
import { hashQueryKey, type QueryKey } from '@tanstack/react-query';

/**
 * Counts the answers (and, where the caller counts them too, the failures to get one) that brought nothing
 * new: of so many `answers`, those since the `signature` of what was answered changed.
 */
export function useAnswersSinceChange(): (signature: string, answers: number) => number {
  const seen = useRef({ signature: '', firstAnswer: 0 });
  return (signature, answers) => {
    if (seen.current.signature !== signature) seen.current = { signature, firstAnswer: answers };
    return answers - seen.current.firstAnswer;
  };
}

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
