import { withPlainApostrophes } from './host_name';

/** Patterns ignore case, how a letter is composed, and the kind of apostrophe. */
const composed = (text: string): string => withPlainApostrophes(text.normalize('NFC'));
const lower = (text: string): string[] => [...composed(text).toLowerCase()];
/** Also unifies letters that are equal in upper case only, such as ß and ss. */
const folded = (text: string): string[] => [...composed(text).toUpperCase().toLowerCase()];

/** Backtracks to the last `*` only, so the work is at most the pattern's length times the text's length. */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
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

/** A text or a pattern, normalized once to be matched many times. */
export interface PreparedText {
  readonly lower: readonly string[];
  readonly folded: readonly string[];
}

/** Normalizes a text or a pattern. */
export function prepareText(text: string): PreparedText {
  const inLower = lower(text);
  const inFolded = folded(text);
  // They are the same for most texts, and then one comparison is enough.
  return inLower.join('') === inFolded.join('')
    ? { lower: inLower, folded: inLower }
    : { lower: inLower, folded: inFolded };
}

/** `matchesWildcard` for a pattern and a text that are prepared. */
export const matchesPrepared = (pattern: PreparedText, text: PreparedText): boolean =>
  matches(pattern.lower, text.lower) ||
  ((pattern.lower !== pattern.folded || text.lower !== text.folded) &&
    matches(pattern.folded, text.folded));

/**
 * Whether the pattern matches the whole text: `*` stands for any number of characters, `?` for exactly one. Case is
 * ignored. The time is bounded for every pattern.
 */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  matchesPrepared(prepareText(pattern), prepareText(text));
