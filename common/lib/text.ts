/** Texts of people and of other systems, made fit to be stored. */

/** At most `limit` characters (UTF-16 units) of `text`; a cut never splits a character, and ends with "…". */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(limit - 1, 0));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`.slice(0, Math.max(limit, 0));
}
