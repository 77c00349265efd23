/** Texts that differ in case, or in how a letter is composed, are the same for a pattern. */
const lower = (text: string): string[] => [...text.normalize('NFC').toLowerCase()];
/** Also makes one of letters that only capitals bring together, such as ß and ss. */
const folded = (text: string): string[] => [...text.normalize('NFC').toUpperCase().toLowerCase()];

/** Goes back to the last `*` only, so the work is at most pattern times text. */
function matchesLetters(pattern: readonly string[], text: readonly string[]): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let afterStar = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      afterStar = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      afterStar += 1;
      t = afterStar;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/**
 * Whether the whole of `text` matches: `*` stands for any letters or none, `?` for exactly one, upper and
 * lower case are the same. No pattern makes it slow.
 */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  matchesLetters(lower(pattern), lower(text)) || matchesLetters(folded(pattern), folded(text));
