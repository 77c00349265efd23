import { i18n } from '@kbn/i18n';

/**
 * Invisible characters that change how a text reads: they can forge a line of a log, or disguise the name of a file or
 * host. User input with them is refused; in external data they are shown as escapes, such as `\u202e`.
 */

/** Controls, line and paragraph separators, bidirectional formatting, halves of surrogate pairs. */
const CONTROL = '\\p{Cc}\\p{Zl}\\p{Zp}\\p{Bidi_Control}\\p{Cs}';
const CONTROLS = new RegExp(`[${CONTROL}]`, 'gu');
/** The same without line breaks and tabs. */
const CONTROLS_IN_LINES = new RegExp(`(?![\\n\\t]|\\r\\n)[${CONTROL}]`, 'gu');
/** In names also zero-width characters and unusual spaces, so that different names do not look alike. */
const HIDDEN_IN_NAMES = new RegExp(
  `(?! )[${CONTROL}\\p{Default_Ignorable_Code_Point}\\p{Zs}]`,
  'gu'
);

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A character as JavaScript escapes it: `\n`, `\u202e`, `\u{e0001}`. */
export function escapeOf(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return SHORT[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`);
}

/** The text in one line, with control characters as escapes. For log lines, audit messages and errors. */
export const visibleText = (text: string): string => text.replace(CONTROLS, escapeOf);

/** The same for a text with several lines, such as a comment: line breaks and tabs are kept. */
export const visibleLines = (text: string): string => text.replace(CONTROLS_IN_LINES, escapeOf);

/** The same for the name of a host, user or file: zero-width characters and unusual spaces are escapes too. */
export const visibleName = (name: string): string => name.replace(HIDDEN_IN_NAMES, escapeOf);

const ESCAPES = /\\(?:[nrt]|u[0-9a-f]{4}|u\{[0-9a-f]{5,6}\})/;

/** The longest part of a visible name without escapes: a search for it finds the original name. */
export const longestPlainPart = (name: string): string =>
  name.split(ESCAPES).reduce((longest, part) => (part.length > longest.length ? part : longest));

/** Whether a text has no control characters, as required of a single line of input. */
export const isPlainText = (text: string): boolean => text.search(CONTROLS) === -1;

/** The same for input of several lines: line breaks and tabs are allowed. */
export const isPlainLines = (text: string): boolean => text.search(CONTROLS_IN_LINES) === -1;

/** Descriptions for the names of codecs. */
export const NO_CONTROLS = 'no control or bidirectional formatting characters';
export const NO_CONTROLS_IN_LINES = `${NO_CONTROLS} but line breaks and tabs`;

/** Truncates `text` to `limit` characters (UTF-16 units), with "…" at the end. Never splits a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(limit - 1, 0));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`.slice(0, Math.max(limit, 0));
}

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
