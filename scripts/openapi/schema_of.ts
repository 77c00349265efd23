import type * as t from 'io-ts';
import { shapeOf } from '../../common/lib/validation';

/** A JSON Schema (2020-12, as OpenAPI 3.1 has it). */
export type Schema = Readonly<Record<string, unknown>>;

/** What is used of io-ts' own codecs. */
interface Tagged {
  readonly _tag?: string;
  readonly props?: Readonly<Record<string, t.Mixed>>;
  readonly types?: readonly t.Mixed[];
  readonly type?: t.Mixed;
  readonly value?: unknown;
}

const mapped = (props: Readonly<Record<string, t.Mixed>>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(props).map(([name, codec]) => [name, schemaOf(codec)]));

function closedObjectSchema(
  required: Readonly<Record<string, t.Mixed>>,
  optional: Readonly<Record<string, t.Mixed>>,
  oneOfFields: readonly string[] | undefined
): Schema {
  return {
    type: 'object',
    properties: { ...mapped(required), ...mapped(optional) },
    ...(Object.keys(required).length === 0 ? {} : { required: Object.keys(required) }),
    ...(oneOfFields === undefined
      ? {}
      : { anyOf: oneOfFields.map((one) => ({ required: [one] })) }),
    additionalProperties: false,
  };
}

/** An intersection of objects becomes one object schema, which is easier to read. */
function mergedObjects(parts: readonly Schema[]): Schema {
  const properties = Object.assign({}, ...parts.map((part) => part.properties ?? {}));
  const required = parts.flatMap((part) => (part.required as readonly string[] | undefined) ?? []);
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** `string | null` as `type: ["string", "null"]`, anything else as `anyOf`. */
function unionOf(types: readonly t.Mixed[]): Schema {
  const schemas = types.map(schemaOf);
  const simple = schemas.every(
    (schema) => Object.keys(schema).length === 1 && typeof schema.type === 'string'
  );
  return simple ? { type: schemas.map(({ type }) => type) } : { anyOf: schemas };
}

function ownSchemaOf(codec: t.Mixed): Schema | undefined {
  const shape = shapeOf(codec);
  if (shape === undefined) return undefined;
  switch (shape.kind) {
    case 'object':
      return closedObjectSchema(shape.required, shape.optional, shape.oneOfFields);
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.item),
        minItems: shape.min,
        maxItems: shape.max,
      };
    case 'words':
      return { type: 'string', enum: [...shape.words] };
    case 'whole_number':
      return { type: 'integer', minimum: shape.min, maximum: shape.max };
    case 'text': {
      const { kind: _, ...text } = shape;
      return { type: 'string', description: codec.name, ...text };
    }
  }
}

/** The schema of what `codec` accepts. Throws for an unknown codec. */
export function schemaOf(codec: t.Mixed): Schema {
  const own = ownSchemaOf(codec);
  if (own !== undefined) return own;
  const { _tag: tag, props = {}, types = [], type, value } = codec as unknown as Tagged;
  switch (tag) {
    case 'StringType':
      return { type: 'string' };
    case 'NumberType':
      return { type: 'number' };
    case 'BooleanType':
      return { type: 'boolean' };
    case 'NullType':
      return { type: 'null' };
    case 'LiteralType':
      return { const: value };
    case 'InterfaceType':
      return { type: 'object', properties: mapped(props), required: Object.keys(props) };
    case 'PartialType':
      return { type: 'object', properties: mapped(props) };
    case 'IntersectionType':
      return mergedObjects(types.map(schemaOf));
    case 'UnionType':
      return unionOf(types);
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', items: schemaOf(type!) };
    default:
      throw new Error(`There is no schema for the codec "${codec.name}"`);
  }
}
