/**
 * Calls `make` on first use and returns the same result to every caller. A failure is not kept: the next call tries
 * again.
 */
export function once<A>(make: () => Promise<A>): () => Promise<A> {
  let made: Promise<A> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
