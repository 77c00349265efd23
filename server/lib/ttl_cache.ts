import type { Clock } from './clock';
import { isViewersOwn } from './typed_error';

/** For so long (ms) everybody is given the same answer. */
const SHARED_FOR = 60_000;

interface Shared<A> {
  readonly loadedAt: number;
  readonly answer: Promise<A>;
}

/** Whoever wants an answer. */
export interface CacheRequest<A> {
  /** Throws unless this person could get the answer in their own name. Called before anything is shared. */
  readonly authorize: () => Promise<void>;
  readonly load: () => Promise<A>;
  /** Whether an answer from before is not good enough. */
  readonly fresh: boolean;
}

/**
 * Answers that are asked for once a minute, however many people look. What failed is asked for anew; where
 * somebody else was refused for what is their own matter, at once and in one's own name.
 */
export function ttlCache<A>(clock: Clock) {
  const shared = new Map<string, Shared<A>>();
  const reload = (key: string, ask: () => Promise<A>): Promise<A> => {
    const entry: Shared<A> = { loadedAt: clock(), answer: ask() };
    shared.set(key, entry);
    entry.answer.catch(() => {
      if (shared.get(key) === entry) shared.delete(key);
    });
    return entry.answer;
  };
  return async (key: string, { authorize, load: ask, fresh }: CacheRequest<A>): Promise<A> => {
    await authorize();
    const last = shared.get(key);
    if (last === undefined || fresh || Math.abs(clock() - last.loadedAt) >= SHARED_FOR) {
      return reload(key, ask);
    }
    return last.answer.catch((error: unknown) => {
      if (isViewersOwn(error)) return reload(key, ask);
      throw error;
    });
  };
}
export type TtlCache<A> = ReturnType<typeof ttlCache<A>>;
