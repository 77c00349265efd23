/**
 * Calls `make` at the first need, and gives everybody what came of it. What failed is not kept: the next who
 * needs it has it tried again.
 */
export function once<A>(make: () => Promise<A>): () => Promise<A> {
  let made: Promise<A> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}
