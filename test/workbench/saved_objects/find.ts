import Boom from '@hapi/boom';
import type { SavedObjectsFindOptions, SavedObjectsType } from '@kbn/core/server';
import { notInTheWorkbench } from '../not_in_the_workbench';
import { DocumentIndex } from '../search/document_index';
import type { FieldType } from '../search/field_types';
import { runSearch } from '../search/run_search';
import { aggregateObjects } from './aggregations';
import type { StoredDocument } from './document_store';
import { SavedObjectsErrorHelpers } from './errors';
import { kqlToDsl } from './kql';
import { mappingAt, mappingOf, sourcePathOf } from './mappings';
import type { TypeRegistry } from './type_registry';

const RESULT_WINDOW = 10_000;

type Dsl = Readonly<Record<string, unknown>>;

/** `type.attributes.field` of a filter as the field in the index; throws Kibana's 400 for others. */
function filterField(types: readonly SavedObjectsType[], name: string | null) {
  const allowed = types.map((type) => type.name);
  const fail = (message: string): never => {
    throw SavedObjectsErrorHelpers.createBadRequestError(message);
  };
  if (name === null) {
    return fail(
      `The key is empty and needs to be wrapped by a saved object type like ${allowed.join()}`
    );
  }
  const [first = '', second = '', ...rest] = name.split('.');
  if (!name.includes('.')) {
    return fail(
      `This key '${name}' need to be wrapped by a saved object type like ${allowed.join()}`
    );
  }
  const type = types.find((one) => one.name === first);
  if (type === undefined) return fail(`This type ${first} is not allowed`);
  const unknown = `This key '${name}' does NOT exist in ${allowed.join()} saved object index patterns`;
  if (rest.length === 0) {
    if (mappingAt(type, `${first}.${second}`) !== undefined) {
      return fail(
        `This key '${name}' does NOT match the filter proposition SavedObjectType.attributes.key`
      );
    }
    const also: Dsl = { term: { type: first } };
    if (second === 'id') return { field: '_id', also };
    return mappingAt(type, second) === undefined ? fail(unknown) : { field: second, also };
  }
  if (second !== 'attributes') {
    return fail(
      `This key '${name}' does NOT match the filter proposition SavedObjectType.attributes.key`
    );
  }
  const field = [first, ...rest].join('.');
  return mappingAt(type, field) === undefined ? fail(unknown) : { field };
}

function sortOf(types: readonly SavedObjectsType[], options: SavedObjectsFindOptions): unknown {
  const { sortField, sortOrder = 'asc' } = options;
  // Elasticsearch itself adds a tiebreaker to what is read page by page.
  const tiebreaker = options.pit === undefined ? [] : [{ _id: { order: 'asc' } }];
  if (sortField === undefined || sortField === '_score') return tiebreaker;
  if (sortField === '_id') return [{ _id: { order: sortOrder } }];
  const [type, ...others] = types as readonly [SavedObjectsType, ...SavedObjectsType[]];
  const inType = `${type.name}.${sortField}`;
  const field = others.length === 0 && mappingAt(type, inType) !== undefined ? inType : sortField;
  if (mappingAt(type, field) === undefined) {
    throw Boom.badRequest(
      others.length === 0
        ? `Unknown sort field ${sortField}`
        : `Unable to sort multiple types by field ${sortField}, not a root property`
    );
  }
  return [{ [field]: { order: sortOrder, unmapped_type: 'keyword' } }, ...tiebreaker];
}

function queryOf(types: readonly SavedObjectsType[], options: SavedObjectsFindOptions): Dsl {
  const { filter, search, searchFields, defaultSearchOperator = 'OR' } = options;
  const clauses: Dsl[] = [];
  if (typeof filter === 'object') notInTheWorkbench('a filter of saved objects that is a KQL tree');
  if (typeof filter === 'string' && filter.trim() !== '') {
    clauses.push(kqlToDsl(filter, (name) => filterField(types, name)));
  }
  if (search !== undefined && search !== '' && search !== '*') {
    if (searchFields === undefined)
      notInTheWorkbench('a search of saved objects without searchFields');
    const fields = types.flatMap(({ name }) => searchFields!.map((field) => `${name}.${field}`));
    clauses.push({
      simple_query_string: { query: search, fields, default_operator: defaultSearchOperator },
    });
  }
  return { bool: { filter: clauses } };
}

const refersTo = (
  document: StoredDocument,
  wanted: SavedObjectsFindOptions['hasReference']
): boolean => {
  if (wanted === undefined) return true;
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.some(({ type, id }) =>
    document.source.references.some((reference) => reference.type === type && reference.id === id)
  );
};

interface FoundObjects {
  readonly total: number;
  readonly aggregations?: Readonly<Record<string, unknown>>;
  readonly documents: ReadonlyArray<{
    readonly document: StoredDocument;
    readonly sort: unknown[];
  }>;
}

/** Finds among `documents` (already of these types and in the right spaces). Throws Boom errors. */
export function findObjects(
  registry: TypeRegistry,
  typeNames: readonly string[],
  documents: readonly StoredDocument[],
  options: SavedObjectsFindOptions
): FoundObjects {
  const { page = 1, perPage = 20, searchAfter, hasReference, aggs } = options;
  const types = typeNames.map((name) => registry.get(name)!);
  const from = searchAfter === undefined ? perPage * (page - 1) : 0;
  if (from + perPage > RESULT_WINDOW) {
    throw SavedObjectsErrorHelpers.createBadRequestError(
      `Result window is too large, from + size must be less than or equal to: [${RESULT_WINDOW}] but was [${from + perPage}].`
    );
  }
  const candidates = documents.filter((document) => refersTo(document, hasReference));
  const typeOf = (field: string): FieldType => {
    for (const type of types) {
      const found = mappingOf(type)(field);
      if (found !== 'unmapped') return found;
    }
    return 'unmapped';
  };
  const pathOf = (field: string): string =>
    types.map((type) => sourcePathOf(type, field)).find((path) => path !== field) ?? field;
  const index = new DocumentIndex(
    candidates.map(({ id, source }) => ({ _id: id, _source: source })),
    typeOf,
    pathOf
  );
  const byId = new Map(candidates.map((document) => [document.id, document]));
  const { total, hits, matching } = runSearch(index, {
    query: queryOf(types, options),
    sort: sortOf(types, options),
    from,
    size: perPage,
    ...(searchAfter === undefined ? {} : { searchAfter }),
  });
  const aggregations =
    aggs === undefined
      ? undefined
      : aggregateObjects(index, matching, aggs, (name) => filterField(types, name).field);
  return {
    total,
    ...(aggregations === undefined ? {} : { aggregations }),
    documents: hits.map(({ document, sort }) => ({
      document: byId.get(document._id)!,
      sort: [...sort],
    })),
  };
}

type Attributes = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Attributes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is left of a value below `path`; undefined when nothing is. Lists are filtered item by item. */
function pick(value: unknown, path: string, wanted: readonly string[]): unknown {
  if (wanted.includes(path)) return value;
  if (!wanted.some((one) => one.startsWith(`${path}.`))) return undefined;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: unknown) => {
      const picked = isObject(item) ? pick(item, path, wanted) : undefined;
      return picked === undefined ? [] : [picked];
    });
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const picked = pick(inner, `${path}.${name}`, wanted);
    return picked === undefined ? [] : [[name, picked] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The document with these attributes (dotted paths) only, as `_source` filtering gives it. */
export function withFields(document: StoredDocument, fields: readonly string[]): StoredDocument {
  const { source } = document;
  const { type } = source;
  const wanted = fields.map((field) => `${type}.${field}`);
  return {
    ...document,
    source: { ...source, [type]: pick(source[type] ?? {}, type, wanted) ?? {} },
  };
}
