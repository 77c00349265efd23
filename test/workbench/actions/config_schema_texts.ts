/**
 * Checks with the messages of `@kbn/config-schema` 8.12.2, for the few bodies that the actions routes take.
 * Clients see these messages, so they are part of the contract.
 */

type Check = (value: unknown, path: string) => unknown;

/** `[a.b]: text`, or the text alone for the whole value. */
const fail = (path: string, text: string): never => {
  throw new Error(path === '' ? text : `[${path}]: ${text}`);
};

const typeName = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'Array';
  return typeof value;
};

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

function fromJson(value: unknown, path: string, kind: 'object' | 'record'): unknown {
  if (typeof value !== 'string') return value;
  try {
    const parsed = JSON.parse(value) as unknown;
    if (isPlain(parsed)) return parsed;
  } catch {
    // Falls through to the one message.
  }
  return fail(path, `could not parse ${kind} value from json input`);
}

/** Throws for blank texts anywhere in a value. */
function assertNoEmptyStrings(value: unknown): void {
  if (typeof value === 'string') {
    if (value.trim() === '') throw new Error(`value '' is not valid`);
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(assertNoEmptyStrings);
  }
}

export const aString =
  ({ optional = false, notEmpty = false } = {}): Check =>
  (value, path) => {
    if (value === undefined && optional) return undefined;
    if (typeof value !== 'string') {
      return fail(path, `expected value of type [string] but got [${typeName(value)}]`);
    }
    if (notEmpty && value.trim() === '') return fail(path, `value '' is not valid`);
    return value;
  };

/** An object with any keys. */
export const aRecord =
  ({ optional = false, notEmpty = false } = {}): Check =>
  (value, path) => {
    if (value === undefined && optional) return {};
    const record = fromJson(value, path, 'record');
    if (!isPlain(record)) {
      return fail(path, `expected value of type [object] but got [${typeName(record)}]`);
    }
    for (const [key, inner] of Object.entries(record)) {
      if (!notEmpty) continue;
      try {
        assertNoEmptyStrings(inner);
      } catch (error) {
        fail(join(path, key), (error as Error).message);
      }
    }
    return record;
  };

/** An object with exactly these fields, or with any others besides. */
export const anObject =
  (fields: Readonly<Record<string, Check>>, { unknowns = false } = {}): Check =>
  (value, path) => {
    const object = fromJson(value === undefined ? {} : value, path, 'object');
    if (!isPlain(object)) {
      return fail(path, `expected a plain object value, but found [${typeName(object)}] instead.`);
    }
    const checked: Record<string, unknown> = unknowns ? { ...object } : {};
    for (const [name, check] of Object.entries(fields)) {
      const field = check(object[name], join(path, name));
      if (field !== undefined) checked[name] = field;
    }
    const unknown = Object.keys(object).find((name) => !(name in fields));
    if (unknown !== undefined && !unknowns) {
      fail(join(path, unknown), 'definition for this key is missing');
    }
    return checked;
  };

/** A schema with `validate`, as `@kbn/config-schema` makes them, and with `parse`, as later versions of Kibana have it. */
export const schemaOf = (check: Check) => ({
  __isKbnConfigSchemaType: true as const,
  validate: (value: unknown, _context?: object, namespace = ''): unknown => check(value, namespace),
  parse: (value: unknown): unknown => check(value, ''),
});
