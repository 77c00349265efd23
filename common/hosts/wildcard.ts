import { withPlainApostrophes } from './host_name';

/** Texts that differ in case, in how a letter is composed, or in the kind of apostrophe are the same for a pattern. */
const composed = (text: string): string => withPlainApostrophes(text.normalize('NFC'));
const lower = (text: string): string[] => [...composed(text).toLowerCase()];
/** Also makes one of letters that only capitals bring together, such as ß and ss. */
const folded = (text: string): string[] => [...composed(text).toUpperCase().toLowerCase()];

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

/** A text or a pattern, made ready to be held against many. */
export interface Letters {
  readonly lower: readonly string[];
  readonly folded: readonly string[];
}

/** Makes a text or a pattern ready. */
export function lettersOf(text: string): Letters {
  const small = lower(text);
  const both = folded(text);
  // Of nearly all texts they are the same, and then one comparison does.
  return small.join('') === both.join('')
    ? { lower: small, folded: small }
    : { lower: small, folded: both };
}

/** `matchesWildcard` for a pattern and a text that are ready. */
export const lettersMatch = (pattern: Letters, text: Letters): boolean =>
  matchesLetters(pattern.lower, text.lower) ||
  ((pattern.lower !== pattern.folded || text.lower !== text.folded) &&
    matchesLetters(pattern.folded, text.folded));

/**
 * Whether the whole of `text` matches: `*` stands for any letters or none, `?` for exactly one, upper and
 * lower case are the same. No pattern makes it slow.
 */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  lettersMatch(lettersOf(pattern), lettersOf(text));
