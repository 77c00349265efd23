import { isRecord } from '../../common/lib/is_record';

/**
 * Reads fields of alert documents. Fields can be nested (`host: { name }`), flat dotted keys (`"event.category"`), or
 * both in one document (Kibana 8.12.2).
 */

export type Source = Readonly<Record<string, unknown>>;

/** The value at `field`, or undefined. A flat key takes precedence over a nested path. */
export function readField(source: Source, field: string): unknown {
  if (Object.prototype.hasOwnProperty.call(source, field)) return source[field];
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const head = field.slice(0, dot);
    const inner = Object.prototype.hasOwnProperty.call(source, head) ? source[head] : undefined;
    if (isRecord(inner)) {
      const value = readField(inner, field.slice(dot + 1));
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** Maximum depth of nested lists. Elasticsearch treats nested lists as flat lists. */
const DEEPEST = 20;

/**
 * All values of `field` as a flat list without nulls, including those in lists of objects. A flat key takes
 * precedence over a nested path.
 */
export function readValues(source: unknown, field: string): readonly unknown[] {
  if (Array.isArray(source)) return source.flatMap((one) => readValues(one, field));
  if (!isRecord(source)) return [];
  if (Object.prototype.hasOwnProperty.call(source, field)) {
    return [source[field]].flat(DEEPEST).filter((value) => value != null);
  }
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const head = field.slice(0, dot);
    if (!Object.prototype.hasOwnProperty.call(source, head)) continue;
    const values = readValues(source[head], field.slice(dot + 1));
    if (values.length > 0) return values;
  }
  return [];
}

/** The first non-blank string (or number, as text) at `field`, or null. */
export function readText(source: Source, field: string): string | null {
  const value = readField(source, field);
  for (const one of Array.isArray(value) ? value : [value]) {
    if (typeof one === 'string' && one.trim() !== '') return one;
    if (typeof one === 'number') return String(one);
  }
  return null;
}
