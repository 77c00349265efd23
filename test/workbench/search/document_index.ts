import { indexedValue, type Mapping } from './field_types';
import { standardWords } from './standard_analyzer';
import { valuesAt, type Source } from './source_values';

export interface IndexedDocument {
  readonly _id: string;
  readonly _source: Source;
}

/** A field's values by document; most documents have one, so a single value needs no list. */
export type Column = ReadonlyArray<readonly (string | number)[] | undefined>;

/**
 * Documents with their fields laid out by column, each made when it is first asked for: a search over
 * 100,000 documents touches only the columns it names.
 */
export class DocumentIndex {
  private readonly columns = new Map<string, Column>();
  private readonly orders = new Map<string, Uint32Array>();

  constructor(
    readonly documents: readonly IndexedDocument[],
    readonly mapping: Mapping,
    /** Where a field's values are in `_source`: a multi-field has its parent's. */
    private readonly sourcePathOf: (field: string) => string = (field) => field
  ) {}

  get size(): number {
    return this.documents.length;
  }

  /** Values as they are compared; `_id` is a field too. */
  column(field: string): Column {
    return this.memo(field, () => {
      const type = field === '_id' ? 'keyword' : this.mapping(field);
      const path = this.sourcePathOf(field);
      return this.documents.map(({ _id, _source }) => {
        if (type === 'unmapped') return undefined;
        const values = field === '_id' ? [_id] : valuesAt(_source, path);
        const indexed = values.flatMap((value) => indexedValue(type, value) ?? []);
        return indexed.length === 0 ? undefined : indexed;
      });
    });
  }

  /** The same in lower case, for case-insensitive queries. */
  lowerColumn(field: string): Column {
    return this.memo(`lower:${field}`, () =>
      this.column(field).map((values) => values?.map((value) => String(value).toLowerCase()))
    );
  }

  /** The words of a text field. */
  wordColumn(field: string): Column {
    return this.memo(`words:${field}`, () =>
      this.column(field).map((values) => values?.flatMap((value) => standardWords(String(value))))
    );
  }

  /** Document numbers in an order that is kept under `key`. */
  order(key: string, compare: (a: number, b: number) => number): Uint32Array {
    const known = this.orders.get(key);
    if (known !== undefined) return known;
    const order = Uint32Array.from(this.documents.keys()).sort(compare);
    this.orders.set(key, order);
    return order;
  }

  private memo(key: string, make: () => Column): Column {
    const known = this.columns.get(key);
    if (known !== undefined) return known;
    const column = make();
    this.columns.set(key, column);
    return column;
  }
}
