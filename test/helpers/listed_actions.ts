import type { Target } from './target';
import { untilIs } from './until';

/** A record as the history's list returns it; tests look at single fields. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type ListedAction = any;

/**
 * Waits until the history's list finds exactly `total` records: Elasticsearch's searches find a document up to a
 * second after it is written. Resolves to the first page.
 */
export async function untilListed(
  target: Target,
  query: Readonly<Record<string, string>>,
  total = 1
): Promise<readonly ListedAction[]> {
  const path = `/internal/sentinelone_response/actions?${new URLSearchParams(query).toString()}`;
  const { json } = await untilIs(
    `${total} records for ${path}`,
    () => target.request('viewer', 'GET', path),
    (answer) => answer.status === 200 && answer.json.total === total
  );
  return json.actions;
}
