import type { Clock } from './clock';
import { isViewersOwn } from './typed_error';

/** For so long (ms) everybody is given the same answer. */
const SHARED_FOR = 60_000;

interface Shared<A> {
  readonly askedAt: number;
  readonly answer: Promise<A>;
}

/** Whoever wants an answer. */
export interface Asker<A> {
  /** Throws unless this person could get the answer in their own name. Called before anything is shared. */
  readonly authorize: () => Promise<void>;
  readonly ask: () => Promise<A>;
  /** Whether an answer from before is not good enough. */
  readonly fresh: boolean;
}

/**
 * Answers that are asked for once a minute, however many people look. What failed is asked for anew; where
 * somebody else was refused for what is their own matter, at once and in one's own name.
 */
export function ttlCache<A>(clock: Clock) {
  const shared = new Map<string, Shared<A>>();
  const askAnew = (key: string, ask: () => Promise<A>): Promise<A> => {
    const entry: Shared<A> = { askedAt: clock(), answer: ask() };
    shared.set(key, entry);
    entry.answer.catch(() => {
      if (shared.get(key) === entry) shared.delete(key);
    });
    return entry.answer;
  };
  return async (key: string, { authorize, ask, fresh }: Asker<A>): Promise<A> => {
    await authorize();
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
export type TtlCache<A> = ReturnType<typeof ttlCache<A>>;
