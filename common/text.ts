/** Texts of people and of other systems, made fit to be stored and shown. */

const UNPAIRED_SURROGATES =
  /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// eslint-disable-next-line no-control-regex -- these are the characters to replace
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

/**
 * `text` without what no store or screen can be relied on to take: control characters become blanks (tabs
 * and line breaks stay), halves of a surrogate pair become U+FFFD.
 */
export const storableText = (text: string): string =>
  text.replace(UNPAIRED_SURROGATES, '\uFFFD').replace(CONTROL_CHARACTERS, ' ');

/** At most `limit` characters (UTF-16 units) of `text`; a cut never splits a character, and ends with "…". */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(limit - 1, 0));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`.slice(0, Math.max(limit, 0));
}
