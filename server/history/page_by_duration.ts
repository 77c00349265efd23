/** A page of records by their duration, with those that have none behind all others. */

/** One of two lists that are read by pages: `read` gives a page (from 1) and how many there are in all. */
export interface PagedList<A> {
  readonly read: (page: number, perPage: number) => Promise<{ items: readonly A[]; total: number }>;
}

/** The items from number `start` (from 0) on, `count` at most, of a list that is read by whole pages. */
async function slice<A>(
  { read }: PagedList<A>,
  start: number,
  count: number,
  perPage: number
): Promise<readonly A[]> {
  if (count <= 0) return [];
  const page = Math.floor(start / perPage);
  const skipped = start - page * perPage;
  const { items } = await read(page + 1, perPage);
  const rest = skipped === 0 ? [] : (await read(page + 2, perPage)).items;
  return [...items, ...rest].slice(skipped, skipped + count);
}

/**
 * A page (from 1) of `first` and then `second`, as if they were one list. Reads at most four pages of them:
 * saved objects are found by whole pages only.
 */
export async function pageOfBoth<A>(
  first: PagedList<A>,
  second: PagedList<A>,
  page: number,
  perPage: number
): Promise<{ readonly items: readonly A[]; readonly total: number }> {
  const [own, { total: others }] = await Promise.all([
    first.read(page, perPage),
    second.read(1, 0),
  ]);
  const start = (page - 1) * perPage;
  const missing = perPage - own.items.length;
  const rest = await slice(second, Math.max(0, start - own.total), missing, perPage);
  return { items: [...own.items, ...rest], total: own.total + others };
}
