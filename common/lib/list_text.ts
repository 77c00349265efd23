import { i18n } from '@kbn/i18n';

/** Lists inside sentences: each value once, and no more of them than a reader takes in. */

/** How many values a sentence names. */
export const LISTED = 5;

const distinctOf = (values: readonly string[]): string[] => [...new Set(values)];

/**
 * The distinct values in their order, at most five of them, then "and N more". Values that hold commas
 * themselves, such as sentences, are separated by `; `. With `total`, the number of all that the sentence is
 * about, N is what is left of it, whether it is among `values` or not.
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

/** All distinct values, however many: "a, b and c". For short lists of our own, never for what comes from outside. */
export function andText(values: readonly string[]): string {
  const distinct = distinctOf(values);
  if (distinct.length < 2) return distinct.join('');
  return i18n.translate('sentineloneResponse.list.and', {
    defaultMessage: '{list} and {last}',
    values: { list: distinct.slice(0, -1).join(', '), last: distinct.at(-1)! },
  });
}
