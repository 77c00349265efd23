import type { SentRequest } from '../workbench/elasticsearch/requests';

/** Counting requests to Elasticsearch: the time that each takes must be longer than the work in between. */

const endOf = ({ endedAt }: SentRequest): number => endedAt ?? Number.POSITIVE_INFINITY;

/** How many requests come before this one, each after the answer to the one before. */
function depthsOf(requests: readonly SentRequest[]): ReadonlyMap<SentRequest, number> {
  const depths = new Map<SentRequest, number>();
  for (const request of [...requests].sort((a, b) => a.startedAt - b.startedAt)) {
    const before = [...depths].filter(([other]) => endOf(other) <= request.startedAt);
    depths.set(request, Math.max(0, ...before.map(([, depth]) => depth)) + 1);
  }
  return depths;
}

/** The most requests each of which began after the one before was answered. */
export const longestChain = (requests: readonly SentRequest[]): number =>
  Math.max(0, ...depthsOf(requests).values());

/** The names of the requests in their order; what runs side by side is joined: `authenticate, get + search, bulk`. */
export function stepsOf(requests: readonly SentRequest[]): string {
  const steps = new Map<number, string[]>();
  for (const [{ name }, depth] of depthsOf(requests)) {
    steps.set(depth, [...(steps.get(depth) ?? []), name]);
  }
  return [...steps.values()].map((names) => names.sort().join(' + ')).join(', ');
}
