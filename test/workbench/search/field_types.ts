import { badSearch } from './elasticsearch_error';

/** Types of fields as Elasticsearch maps them; `unmapped` fields are in `_source` only. */
export type FieldType = 'keyword' | 'text' | 'date' | 'number' | 'boolean' | 'unmapped';

/** Tells the type of a field by its name. */
export type Mapping = (field: string) => FieldType;

const UNIT: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  H: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `now-7d/d` and the like, in ms since the epoch; months and years are not in the workbench's subset. */
function dateMath(text: string, now: number): number | undefined {
  const match = /^now((?:[+-]\d+[smhHdw])*)(?:\/([smhHdw]))?$/.exec(text);
  if (match === null) return undefined;
  let time = now;
  for (const [, sign, count, unit] of (match[1] ?? '').matchAll(/([+-])(\d+)([smhHdw])/g)) {
    time += (sign === '-' ? -1 : 1) * Number(count) * UNIT[unit!]!;
  }
  const rounding = match[2] === undefined ? 1 : UNIT[match[2]]!;
  return Math.floor(time / rounding) * rounding;
}

/** Milliseconds since the epoch, or undefined when it is no date. */
export function dateOf(value: unknown, now: number = Date.now()): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const math = dateMath(value, now);
  if (math !== undefined) return math;
  if (/^-?\d{5,}$/.test(value)) return Number(value);
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** A value as the index compares it: text of keywords, ms of dates. Undefined when it does not fit. */
export function indexedValue(type: FieldType, value: unknown): string | number | undefined {
  switch (type) {
    case 'keyword':
    case 'text':
      return String(value);
    case 'boolean':
      return value === true || value === 'true' ? 'true' : 'false';
    case 'date':
      return dateOf(value);
    case 'number': {
      const number = Number(value);
      return Number.isNaN(number) ? undefined : number;
    }
    case 'unmapped':
      return undefined;
  }
}

/** The same for a value of a query; throws Elasticsearch's 400 when it does not fit the field. */
export function queriedValue(type: FieldType, field: string, value: unknown): string | number {
  const indexed = indexedValue(type, value);
  if (indexed !== undefined) return indexed;
  if (type === 'date') {
    throw badSearch(
      'parse_exception',
      `failed to parse date field [${String(value)}] with format [strict_date_optional_time||epoch_millis]`
    );
  }
  throw badSearch('number_format_exception', `For input string: "${String(value)}" in [${field}]`);
}
