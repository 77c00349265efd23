import type { SavedObjectsType } from '@kbn/core/server';
import { dateOf, type FieldType, type Mapping } from '../search/field_types';
import { SavedObjectsErrorHelpers } from './errors';

interface FieldMapping {
  readonly type?: string;
  readonly dynamic?: unknown;
  readonly enabled?: boolean;
  readonly index?: boolean;
  readonly ignore_above?: number;
  readonly properties?: Readonly<Record<string, FieldMapping>>;
  readonly fields?: Readonly<Record<string, FieldMapping>>;
}

const NUMBERS = [
  'long',
  'integer',
  'short',
  'byte',
  'double',
  'float',
  'half_float',
  'unsigned_long',
];

/** Fields that every saved object has beside its attributes. */
const ROOT_FIELDS: Readonly<Record<string, FieldMapping>> = {
  type: { type: 'keyword' },
  namespace: { type: 'keyword' },
  namespaces: { type: 'keyword' },
  originId: { type: 'keyword' },
  created_at: { type: 'date' },
  updated_at: { type: 'date' },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The mapping at a path such as `my-type.name.keyword`, multi-fields included. */
export function mappingAt(type: SavedObjectsType, path: string): FieldMapping | undefined {
  if (path in ROOT_FIELDS) return ROOT_FIELDS[path];
  if (path !== type.name && !path.startsWith(`${type.name}.`)) return undefined;
  let at: FieldMapping | undefined = type.mappings as FieldMapping;
  for (const step of path
    .slice(type.name.length + 1)
    .split('.')
    .filter((part) => part !== '')) {
    at = at?.properties?.[step] ?? at?.fields?.[step];
  }
  return at;
}

function fieldTypeOf(mapping: FieldMapping | undefined): FieldType {
  const { type, index } = mapping ?? {};
  if (type === undefined || index === false) return 'unmapped';
  if (type === 'date' || type === 'text' || type === 'boolean') return type;
  return NUMBERS.includes(type) ? 'number' : 'keyword';
}

/** How fields of one type's documents are indexed; its `field.keyword` reads the values of `field`. */
export const mappingOf =
  (type: SavedObjectsType): Mapping =>
  (path) =>
    fieldTypeOf(mappingAt(type, path));

/** The path whose values a multi-field has: `my-type.name` for `my-type.name.keyword`. */
export function sourcePathOf(type: SavedObjectsType, path: string): string {
  const dot = path.lastIndexOf('.');
  const parent = dot === -1 ? undefined : mappingAt(type, path.slice(0, dot));
  return parent?.fields?.[path.slice(dot + 1)] === undefined ? path : path.slice(0, dot);
}

function fits(type: string, value: unknown): boolean {
  if (isObject(value)) return false;
  if (type === 'date') return dateOf(value) !== undefined;
  if (type === 'boolean') return [true, false, 'true', 'false', ''].includes(value as boolean);
  if (NUMBERS.includes(type)) return value !== '' && !Number.isNaN(Number(value));
  return true;
}

/** The longest term (bytes of UTF-8) that Lucene keeps in an index. */
const LONGEST_TERM = 32_766;

/** Elasticsearch refuses a document for one term that is too long, unless the mapping says to leave it out. */
function assertTerm(value: unknown, { ignore_above: longest }: FieldMapping, path: string): void {
  if (typeof value !== 'string' || value.length > (longest ?? Infinity)) return;
  if (Buffer.byteLength(value) <= LONGEST_TERM) return;
  throw SavedObjectsErrorHelpers.createBadRequestError(
    `Document contains at least one immense term in field="${path}" (whose UTF8 encoding is longer than the max length ${LONGEST_TERM}), all of which were skipped. Please correct the analyzer to not produce such terms.`
  );
}

function assertFits(value: unknown, mapping: FieldMapping, path: string, strict: boolean): void {
  if (value === null || value === undefined || mapping.enabled === false) return;
  if (Array.isArray(value)) {
    for (const item of value) assertFits(item, mapping, path, strict);
    return;
  }
  const { type, properties, dynamic } = mapping;
  if (properties === undefined) {
    if (type === undefined || ['object', 'flattened', 'nested', 'binary'].includes(type)) return;
    if (type === 'keyword') assertTerm(value, mapping, path);
    if (fits(type, value)) return;
    throw SavedObjectsErrorHelpers.createBadRequestError(
      `failed to parse field [${path}] of type [${type}] in document`
    );
  }
  if (!isObject(value)) {
    throw SavedObjectsErrorHelpers.createBadRequestError(
      `object mapping for [${path}] tried to parse field [${path}] as object, but found a concrete value`
    );
  }
  const isStrict = dynamic === undefined ? strict : dynamic === 'strict';
  for (const [name, inner] of Object.entries(value)) {
    const known = properties[name];
    if (known !== undefined) assertFits(inner, known, `${path}.${name}`, isStrict);
    else if (isStrict && inner !== undefined) {
      throw SavedObjectsErrorHelpers.createBadRequestError(
        `mapping set to strict, dynamic introduction of [${name}] within [${path}] is not allowed`
      );
    }
  }
}

/**
 * Throws the 400 with which Elasticsearch refuses attributes that their mapping does not take: unknown
 * ones under `dynamic: 'strict'` (Kibana's own default), an object where a keyword is, a bad date.
 */
export function assertAttributes(type: SavedObjectsType, attributes: unknown): void {
  assertFits(attributes, type.mappings as FieldMapping, type.name, true);
}
