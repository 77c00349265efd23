import { useRef } from 'react';

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
