import { isRecord } from '../../common/lib/is_record';

/**
 * Alert documents carry fields nested (`host: { name }`), as flat dotted keys (`"event.category"`), or
 * both in one document. This reads either form. Seen in Kibana 8.12.2.
 */

export type Source = Readonly<Record<string, unknown>>;

/** The value at `field`, or undefined. A flat key wins over a nested path. */
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

/** Lists within lists that are looked into. Elasticsearch takes lists of one value for the value, however nested. */
const DEEPEST = 20;

/**
 * Every value at `field`: those of a list, and those at the rest of the path in a list of objects. No lists within
 * lists, no nulls. A flat key wins over a nested path.
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
