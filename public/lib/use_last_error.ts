import { useRef } from 'react';
import { hashQueryKey, type QueryKey } from '@tanstack/react-query';

/**
 * Counts the answers since the `signature` of their content last changed. `answers` is the number of all answers;
 * callers may include failures.
 */
export function useAnswersSinceChange(): (signature: string, answers: number) => number {
  const seen = useRef({ signature: '', firstAnswer: 0 });
  return (signature, answers) => {
    if (seen.current.signature !== signature) seen.current = { signature, firstAnswer: answers };
    return answers - seen.current.firstAnswer;
  };
}

/** The part of a query that determines the message about it. */
interface QueryState {
  readonly data: unknown;
  readonly error: unknown;
  readonly isFetching: boolean;
}

/**
 * The last error of a query; null if there is none. React Query removes the error of a query without data as soon as it
 * sends a new request. The message, and the button that the user has just selected, would then disappear until the next
 * answer.
 */
export function useLastErrors(): (key: QueryKey, query: QueryState) => unknown {
  const errors = useRef(new Map<string, unknown>());
  return (key, query) => {
    const hash = hashQueryKey(key);
    if (query.error !== null) errors.current.set(hash, query.error);
    // A component renders again when what it has read of a query changes: it reads no more than it needs.
    else if (errors.current.has(hash) && (query.data !== undefined || !query.isFetching)) {
      errors.current.delete(hash);
    }
    return errors.current.get(hash) ?? null;
  };
}

/** The same for a single query. */
export const useLastError = (key: QueryKey, query: QueryState): unknown =>
  useLastErrors()(key, query);
