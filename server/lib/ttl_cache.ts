import type { Clock } from './clock';
import { isViewersOwn } from './typed_error';

/** How long (ms) an answer is shared. */
const SHARED_FOR = 60_000;

interface Shared<A> {
  readonly loadedAt: number;
  readonly answer: Promise<A>;
}

/** A request for a value of the cache. */
export interface CacheRequest<A> {
  /**
   * Throws unless this user may read the value themselves. Called before a shared value is
   * returned.
   */
  readonly authorize: () => Promise<void>;
  readonly load: () => Promise<A>;
  /** Whether to load the value again. */
  readonly fresh: boolean;
}

/**
 * A cache that loads each value at most once a minute, for all users together. A failed load is
 * repeated on the next request. If the load failed for a reason that concerns only the other user,
 * such as a missing privilege, the request loads the value itself at once.
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
