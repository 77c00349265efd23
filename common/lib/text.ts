/** Limits the length of external texts. */

/** Truncates `text` to `limit` characters (UTF-16 units), with "…" at the end. Never splits a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(limit - 1, 0));
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`.slice(0, Math.max(limit, 0));
}
