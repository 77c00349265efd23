import { notInTheWorkbench } from '../not_in_the_workbench';
import type { DocumentIndex } from '../search/document_index';

type Dsl = Readonly<Record<string, unknown>>;
type Value = string | number;

/** `my-type.attributes.field`, as filters and aggregations of saved objects name it, in the index. */
type FieldOf = (name: string) => string;

const DEFAULT_TERMS = 10;

/** Documents by a value of theirs; a document counts once for each of its distinct values. */
function grouped(
  index: DocumentIndex,
  docs: readonly number[],
  field: string,
  keyOf: (value: Value) => Value = (value) => value
): Map<Value, number[]> {
  const groups = new Map<Value, number[]>();
  const column = index.column(field);
  for (const doc of docs) {
    for (const key of new Set((column[doc] ?? []).map(keyOf))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [doc]);
      else group.push(doc);
    }
  }
  return groups;
}

/**
 * Aggregations over saved objects: of those that Kibana 8.12.2 lets through (`core-saved-objects-api-server-internal/src/lib/search/aggregations`)
 * `terms`, `histogram` and `filter` by a term, and others inside them.
 */
export function aggregateObjects(
  index: DocumentIndex,
  docs: readonly number[],
  aggs: Dsl,
  fieldOf: FieldOf
): Record<string, unknown> {
  const one = (definition: Dsl): unknown => {
    const { aggs: inner, aggregations: also = inner, ...kinds } = definition;
    const [kind, ...others] = Object.keys(kinds);
    if (kind === undefined || others.length > 0) {
      return notInTheWorkbench(`an aggregation with ${Object.keys(kinds).join(', ')}`);
    }
    const body = kinds[kind] as Dsl;
    const within = (some: readonly number[]): object =>
      also === undefined ? {} : aggregateObjects(index, some, also as Dsl, fieldOf);
    const bucketsOf = (groups: ReadonlyMap<Value, readonly number[]>) =>
      [...groups].map(([key, some]) => ({ key, doc_count: some.length, ...within(some) }));

    if (kind === 'terms') {
      const { field, size = DEFAULT_TERMS, ...unknown } = body;
      if (Object.keys(unknown).length > 0)
        notInTheWorkbench(`terms with ${Object.keys(unknown)[0]}`);
      const all = bucketsOf(grouped(index, docs, fieldOf(String(field))));
      all.sort((a, b) => b.doc_count - a.doc_count || (a.key < b.key ? -1 : 1));
      const rest = all.slice(Number(size)).reduce((sum, { doc_count: count }) => sum + count, 0);
      return {
        doc_count_error_upper_bound: 0,
        sum_other_doc_count: rest,
        buckets: all.slice(0, Number(size)),
      };
    }
    if (kind === 'histogram') {
      const { field, interval, min_doc_count: least } = body;
      if (least !== 1) notInTheWorkbench('a histogram with empty buckets');
      const width = Number(interval);
      const keyOf = (value: Value) => Math.floor(Number(value) / width) * width;
      const buckets = bucketsOf(grouped(index, docs, fieldOf(String(field)), keyOf));
      return { buckets: buckets.sort((a, b) => Number(a.key) - Number(b.key)) };
    }
    if (kind === 'filter') {
      const [[name, value] = ['', '']] = Object.entries((body.term ?? {}) as Dsl);
      if (name === '') return notInTheWorkbench('a filter aggregation that is not by a term');
      const column = index.column(fieldOf(name));
      const some = docs.filter((doc) => column[doc]?.includes(value as Value) === true);
      return { doc_count: some.length, ...within(some) };
    }
    return notInTheWorkbench(`the aggregation "${kind}" over saved objects`);
  };
  return Object.fromEntries(
    Object.entries(aggs).map(([name, definition]) => [name, one(definition as Dsl)])
  );
}
