import type { Clock } from '../response_actions/ports';
import { isViewersOwn } from '../typed_error';

/** For so long (ms) everybody is given the same answer. */
const SHARED_FOR = 60_000;

interface Shared<A> {
  readonly askedAt: number;
  readonly answer: Promise<A>;
}

/**
 * Answers that are asked for once a minute, however many people look. What failed is asked for anew; where
 * somebody else was refused for what is his own matter, at once and in one's own name.
 */
export function sharedAnswers<A>(clock: Clock) {
  const shared = new Map<string, Shared<A>>();
  const askAnew = (key: string, ask: () => Promise<A>): Promise<A> => {
    const entry: Shared<A> = { askedAt: clock(), answer: ask() };
    shared.set(key, entry);
    entry.answer.catch(() => {
      if (shared.get(key) === entry) shared.delete(key);
    });
    return entry.answer;
  };
  return (key: string, ask: () => Promise<A>, { fresh }: { readonly fresh: boolean }) => {
    const last = shared.get(key);
    if (last === undefined || fresh || Math.abs(clock() - last.askedAt) >= SHARED_FOR) {
      return askAnew(key, ask);
    }
    return last.answer.catch((error: unknown) => {
      if (isViewersOwn(error)) return askAnew(key, ask);
      throw error;
    });
  };
}
export type SharedAnswers<A> = ReturnType<typeof sharedAnswers<A>>;
