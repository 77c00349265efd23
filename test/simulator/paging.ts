import { badInput } from './api_error';
import type { Query } from './query';

/** `limit`, `skip`, `cursor`, `countOnly`, `skipCount`, `sortBy`, `sortOrder`, as every list has them. */

export const PAGING_PARAMETERS = [
  'limit',
  'skip',
  'cursor',
  'countOnly',
  'skipCount',
  'sortBy',
  'sortOrder',
] as const;

type SortOrder = 'asc' | 'desc';

/** A place in the order of a list: after the entry with this value and id. */
interface Place {
  readonly by: string;
  readonly order: SortOrder;
  readonly value: string | null;
  readonly id: string;
}

export interface SortOptions<Item> {
  /** Values to sort by, by the name that `sortBy` takes. */
  readonly keys: Readonly<Record<string, (item: Item) => string | null>>;
  readonly by: string;
  readonly order: SortOrder;
  /** Whether the items are sorted like that already. */
  readonly isSorted?: boolean;
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly pagination: { readonly totalItems: number | null; readonly nextCursor: string | null };
}

function integer(query: Query, name: string, least: number, most: number, absent: number): number {
  const text = query[name];
  if (text === undefined || text === '') return absent;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw badInput(name, 'Not a valid integer');
  if (value < least || value > most) throw badInput(name, `Must be between ${least} and ${most}`);
  return value;
}

function flag(query: Query, name: string): boolean {
  const text = (query[name] ?? '').toLowerCase();
  if (!['', 'true', 'false'].includes(text)) throw badInput(name, 'Not a valid boolean');
  return text === 'true';
}

function sortOrder(query: Query, absent: SortOrder): SortOrder {
  const order = query.sortOrder || absent;
  if (order !== 'asc' && order !== 'desc') throw badInput('sortOrder', 'Must be asc or desc');
  return order;
}

const writeCursor = (place: Place): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url');

function readCursor(text: string, by: string, order: SortOrder): Place {
  let place: Partial<Place> | null = null;
  try {
    place = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Partial<Place> | null;
  } catch {
    // Not one of ours; refused below.
  }
  if (typeof place?.id !== 'string') throw badInput('cursor', 'Not a valid cursor');
  if (place.by !== by || place.order !== order) {
    throw badInput('cursor', 'Belongs to another order of the list');
  }
  return place as Place;
}

/** Numbers by their value and text by its letters; nothing comes last. */
export function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (a.length !== b.length && /^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length;
  return a < b ? -1 : 1;
}

/** The first of sorted items from which on `holds` holds, by halves; -1 if there is none. */
function firstIndex<Item>(sorted: readonly Item[], holds: (item: Item) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low === sorted.length ? -1 : low;
}

/**
 * One page of `items`. A cursor is a place in the order, not a count: entries that change while
 * somebody pages are neither skipped nor repeated, as long as what they are sorted by stays.
 */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  query: Query,
  sort: SortOptions<Item>
): Page<Item> {
  const limit = integer(query, 'limit', 1, 1000, 10);
  const skip = integer(query, 'skip', 0, 1000, 0);
  const by = query.sortBy || sort.by;
  const valueOf = Object.hasOwn(sort.keys, by) ? sort.keys[by] : undefined;
  if (valueOf === undefined) {
    throw badInput('sortBy', `Not one of ${Object.keys(sort.keys).join(', ')}`);
  }
  const order = sortOrder(query, sort.order);
  const cursor = query.cursor ? readCursor(query.cursor, by, order) : undefined;
  if (cursor !== undefined && skip > 0) throw badInput('skip', 'Cannot be given with a cursor');
  const totalItems = flag(query, 'skipCount') ? null : items.length;
  if (flag(query, 'countOnly')) return { data: [], pagination: { totalItems, nextCursor: null } };

  const direction = order === 'asc' ? 1 : -1;
  const between = (a: Place | Item, aValue: string | null, b: Item): number =>
    direction * (compare(aValue, valueOf(b)) || compare(a.id, b.id));
  const isSorted = sort.isSorted === true && by === sort.by && order === sort.order;
  const sorted = isSorted ? items : [...items].sort((a, b) => between(a, valueOf(a), b));
  const start =
    cursor === undefined
      ? skip
      : firstIndex(sorted, (item) => between(cursor, cursor.value, item) < 0);
  const data = start === -1 ? [] : sorted.slice(start, start + limit);
  const last = data[data.length - 1];
  const more = last !== undefined && start + data.length < sorted.length;
  const nextCursor = more ? writeCursor({ by, order, value: valueOf(last), id: last.id }) : null;
  return { data, pagination: { totalItems, nextCursor } };
}
