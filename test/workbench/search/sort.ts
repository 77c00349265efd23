import { notInTheWorkbench } from '../not_in_the_workbench';
import type { DocumentIndex } from './document_index';
import { badSearch } from './elasticsearch_error';
import { queriedValue } from './field_types';
import type { Score } from './score';

type Value = string | number | null;

interface SortKey {
  readonly field: string;
  readonly descending: boolean;
  readonly missingFirst: boolean;
}

export interface SortOrder {
  /** Names the order, so that it can be kept. */
  readonly key: string;
  compare(a: number, b: number): number;
  /** A hit's `sort`. */
  valuesOf(doc: number): Value[];
  /** Whether a document comes after `search_after`'s values. */
  isAfter(doc: number, values: readonly unknown[]): boolean;
}

type Dsl = Readonly<Record<string, unknown>>;

function parseKey(index: DocumentIndex, entry: unknown): SortKey | undefined {
  const [field, given] =
    typeof entry === 'string' ? [entry, {}] : (Object.entries(entry as Dsl)[0] ?? ['', {}]);
  const options = typeof given === 'string' ? { order: given } : (given as Dsl);
  if (field === '_doc' || field === '_shard_doc') return undefined;
  const descending = String(options.order ?? (field === '_score' ? 'desc' : 'asc')) === 'desc';
  if (field === '_score') return { field, descending, missingFirst: false };
  const { missing = '_last', unmapped_type: unmappedType } = options;
  if (missing !== '_last' && missing !== '_first')
    notInTheWorkbench(`sorting with missing: ${String(missing)}`);
  const type = field === '_id' ? 'keyword' : index.mapping(field);
  if (type === 'unmapped' && unmappedType === undefined) {
    throw badSearch('query_shard_exception', `No mapping found for [${field}] in order to sort on`);
  }
  if (type === 'text') {
    throw badSearch(
      'illegal_argument_exception',
      `Fielddata is disabled on [${field}] in []. Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead.`
    );
  }
  return { field, descending, missingFirst: missing === '_first' };
}

const compareValues = (a: string | number, b: string | number): number =>
  a < b ? -1 : a > b ? 1 : 0;

function compareBy({ descending, missingFirst }: SortKey, a: Value, b: Value): number {
  if (a === null || b === null) {
    if (a === b) return 0;
    return (a === null) === missingFirst ? -1 : 1;
  }
  return descending ? compareValues(b, a) : compareValues(a, b);
}

/** Compiles `sort`; documents that it leaves equal stay in the order in which they were indexed. */
export function compileSort(index: DocumentIndex, sort: unknown, score: Score): SortOrder {
  const entries = sort === undefined ? [] : Array.isArray(sort) ? sort : [sort];
  const keys = entries.flatMap((entry) => parseKey(index, entry) ?? []);
  const valueAt = ({ field, descending }: SortKey, doc: number): Value => {
    if (field === '_score') return score.of(doc);
    const values = index.column(field)[doc];
    if (values === undefined) return null;
    if (values.length === 1) return values[0]!;
    // Of several values the one counts that comes first in the wanted order.
    return [...values].sort((a, b) => (descending ? compareValues(b, a) : compareValues(a, b)))[0]!;
  };
  const valuesOf = (doc: number) => keys.map((key) => valueAt(key, doc));
  return {
    key: JSON.stringify(keys) + (keys.some(({ field }) => field === '_score') ? score.key : ''),
    valuesOf,
    compare(a, b) {
      for (const key of keys) {
        const order = compareBy(key, valueAt(key, a), valueAt(key, b));
        if (order !== 0) return order;
      }
      return a - b;
    },
    isAfter(doc, values) {
      if (values.length !== keys.length) {
        throw badSearch(
          'illegal_argument_exception',
          `search_after has ${values.length} value(s) but sort has ${keys.length}.`
        );
      }
      for (const [n, key] of keys.entries()) {
        const limit = values[n];
        const type =
          key.field === '_id'
            ? 'keyword'
            : key.field === '_score'
              ? 'number'
              : index.mapping(key.field);
        const to =
          limit === null || limit === undefined || type === 'unmapped'
            ? null
            : queriedValue(type, key.field, limit);
        const order = compareBy(key, valueAt(key, doc), to);
        if (order !== 0) return order > 0;
      }
      return false;
    },
  };
}
