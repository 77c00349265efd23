/** Calls `make` at the first need, and gives everybody what came of it. */
export function once<A>(make: () => Promise<A>): () => Promise<A> {
  let made: Promise<A> | undefined;
  return () => (made ??= make());
}
