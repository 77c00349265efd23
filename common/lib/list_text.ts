import { i18n } from '@kbn/i18n';

/** Lists in sentences: distinct values, limited in number. */

/** Maximum number of values in a sentence. */
export const LISTED = 5;

const distinctOf = (values: readonly string[]): string[] => [...new Set(values)];

/**
 * The distinct values in their order, at most five, then "and N more". Use `; ` for values that contain commas, such
 * as sentences. `total` is the number of all items if `values` contains only some of them; N then counts all that are
 * not listed.
 */
export function listText(
  values: readonly string[],
  separator: ', ' | '; ' = ', ',
  total?: number
): string {
  const distinct = distinctOf(values);
  const named = distinct.slice(0, LISTED);
  const list = named.join(separator);
  const count =
    total === undefined
      ? distinct.length - named.length
      : total - values.filter((value) => named.includes(value)).length;
  return count <= 0
    ? list
    : i18n.translate('sentineloneResponse.list.more', {
        defaultMessage: '{list} and {count, number} more',
        values: { list, count },
      });
}

/** All distinct values: "a, b and c". For short lists from our own code, not for external input. */
export function andText(values: readonly string[]): string {
  const distinct = distinctOf(values);
  if (distinct.length < 2) return distinct.join('');
  return i18n.translate('sentineloneResponse.list.and', {
    defaultMessage: '{list} and {last}',
    values: { list: distinct.slice(0, -1).join(', '), last: distinct.at(-1)! },
  });
}
