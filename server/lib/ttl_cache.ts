import type { Clock } from './clock';
import { isUserError } from './typed_error';

/** The default time (ms) for which a value is shared. */
const SHARED_FOR = 60_000;

/** How much longer (ms) requests wait for a load that does not end. */
const WAITED_FOR = 60_000;

interface Shared<A> {
  readonly loadedAt: number;
  readonly answer: Promise<A>;
  /** Whether the load is still in progress. */
  isPending: boolean;
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
 * A cache that loads each value at most once in `sharedFor` ms, a minute by default, for all users together. The time
 * counts from when the load began, and a load that takes longer is waited for. A failed load is
 * repeated on the next request. If the load failed for a reason that concerns only the other user,
 * such as a missing privilege, the request loads the value itself at once.
 */
export function ttlCache<A>(clock: Clock, sharedFor: number = SHARED_FOR) {
  const shared = new Map<string, Shared<A>>();
  const reload = (key: string, ask: () => Promise<A>): Promise<A> => {
    const entry: Shared<A> = { loadedAt: clock(), answer: ask(), isPending: true };
    shared.set(key, entry);
    entry.answer.then(
      () => {
        entry.isPending = false;
      },
      () => {
        if (shared.get(key) === entry) shared.delete(key);
      }
    );
    return entry.answer;
  };
  const isOld = ({ isPending, loadedAt }: Shared<A>): boolean =>
    Math.abs(clock() - loadedAt) >= sharedFor + (isPending ? WAITED_FOR : 0);
  const read = async (
    key: string,
    { authorize, load: ask, fresh }: CacheRequest<A>
  ): Promise<A> => {
    await authorize();
    const last = shared.get(key);
    if (last === undefined || fresh || isOld(last)) return reload(key, ask);
    const follow = (entry: Shared<A>): Promise<A> =>
      entry.answer.catch((error: unknown) => {
        if (!isUserError(error)) throw error;
        // If several requests waited, one loads the value and the others wait for it.
        const next = shared.get(key);
        return next === undefined || next === entry ? reload(key, ask) : follow(next);
      });
    return follow(last);
  };
  return Object.assign(read, {
    /**
     * Discards the values, so that none is returned that was loaded before. Loads in progress still end for the
     * requests that wait for them.
     */
    forget: (): void => shared.clear(),
  });
}
export type TtlCache<A> = ReturnType<typeof ttlCache<A>>;
