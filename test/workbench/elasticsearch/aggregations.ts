import { notInTheWorkbench } from '../not_in_the_workbench';
import type { DocumentIndex } from '../search/document_index';

interface Bucket {
  readonly key: string | number;
  readonly doc_count: number;
}

function termsOf(index: DocumentIndex, docs: readonly number[], field: string, size: number) {
  const counts = new Map<string | number, number>();
  const column = index.column(field);
  for (const doc of docs) {
    for (const value of new Set(column[doc] ?? [])) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const all: Bucket[] = [...counts].map(([key, count]) => ({ key, doc_count: count }));
  all.sort((a, b) => b.doc_count - a.doc_count || (a.key < b.key ? -1 : 1));
  const rest = all.slice(size).reduce((sum, { doc_count: count }) => sum + count, 0);
  return {
    doc_count_error_upper_bound: 0,
    sum_other_doc_count: rest,
    buckets: all.slice(0, size),
  };
}

/** `terms` and `cardinality` over the documents that a search found; nothing else, and none nested. */
export function aggregate(
  index: DocumentIndex,
  docs: readonly number[],
  aggs: Readonly<Record<string, unknown>>
): Record<string, unknown> {
  const entries = Object.entries(aggs).map(([name, definition]) => {
    const kinds = Object.keys(definition as object);
    const { terms, cardinality } = definition as {
      terms?: { field: string; size?: number };
      cardinality?: { field: string };
    };
    if (kinds.length !== 1) notInTheWorkbench(`aggregation with ${kinds.join(', ')}`);
    if (terms !== undefined) return [name, termsOf(index, docs, terms.field, terms.size ?? 10)];
    if (cardinality !== undefined) {
      const column = index.column(cardinality.field);
      return [name, { value: new Set(docs.flatMap((doc) => [...(column[doc] ?? [])])).size }];
    }
    return notInTheWorkbench(`the aggregation "${kinds[0]}"`);
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
