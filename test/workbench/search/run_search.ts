import type { DocumentIndex, IndexedDocument } from './document_index';
import { compileQuery } from './query';
import { compileScore } from './score';
import { compileSort } from './sort';

interface SearchOptions {
  readonly query?: unknown;
  readonly sort?: unknown;
  readonly from?: number;
  readonly size?: number;
  readonly searchAfter?: readonly unknown[];
}

export interface Found {
  readonly total: number;
  readonly hits: ReadonlyArray<{
    readonly document: IndexedDocument;
    readonly sort: ReadonlyArray<string | number | null>;
  }>;
  /** Numbers of all documents that match, for aggregations. */
  readonly matching: readonly number[];
}

/** Runs a search. Throws as `compileQuery` and `compileSort` do. */
export function runSearch(index: DocumentIndex, options: SearchOptions): Found {
  const { query = { match_all: {} }, sort, from = 0, size = 10, searchAfter } = options;
  const matches = compileQuery(index, query);
  const order = compileSort(index, sort, compileScore(index, query));
  const sorted = index.order(order.key, order.compare);
  const matching: number[] = [];
  for (const doc of sorted) if (matches(doc)) matching.push(doc);
  const rest =
    searchAfter === undefined
      ? matching
      : matching.filter((doc) => order.isAfter(doc, searchAfter));
  const hits = rest.slice(from, from + size).map((doc) => ({
    document: index.documents[doc]!,
    sort: order.valuesOf(doc),
  }));
  return { total: matching.length, hits, matching };
}
