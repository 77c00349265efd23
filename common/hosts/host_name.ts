import { longestPlainPart, visibleName, escapeOf } from '../lib/text';

/**
 * Whether two names mean the same host, for server and browser alike. A name never finds a host to act on: it only
 * confirms a host that was found by UUID or agent id.
 */

/**
 * Letters of other scripts, and hyphens, that look like ASCII characters (Unicode Technical Standard 39,
 * confusables; the common ones). NFKC covers full-width and mathematical letters.
 */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  [
    ['a', 'аɑα'],
    ['b', 'Ь'],
    ['c', 'сϲ'],
    ['d', 'ԁ'],
    ['e', 'еҽ'],
    ['g', 'ɡ'],
    ['h', 'һհ'],
    ['i', 'іıι'],
    ['j', 'јϳ'],
    ['k', 'к'],
    ['l', 'ӏ'],
    ['n', 'ո'],
    ['o', 'оοօ'],
    ['p', 'рρ'],
    ['q', 'ԛ'],
    ['s', 'ѕ'],
    ['u', 'սυ'],
    ['v', 'ѵν'],
    ['w', 'ԝ'],
    ['x', 'хχ'],
    ['y', 'уγү'],
    ['A', 'АΑ'],
    ['B', 'ВΒ'],
    ['C', 'СϹ'],
    ['E', 'ЕΕ'],
    ['H', 'НΗ'],
    ['I', 'ІΙӀ'],
    ['J', 'Ј'],
    ['K', 'КΚ'],
    ['M', 'МΜ'],
    ['N', 'Ν'],
    ['O', 'ОΟՕ'],
    ['P', 'РΡ'],
    ['S', 'Ѕ'],
    ['T', 'ТΤ'],
    ['X', 'ХΧ'],
    ['Y', 'УΥҮ'],
    ['Z', 'Ζ'],
    ['-', '‐‑‒–—−'],
  ].flatMap(([ascii, others]) => [...others!].map((other): [string, string] => [other, ascii!]))
);

/** The ASCII character that a character looks like; else the character itself. */
const appearanceOf = (character: string): string => {
  const known = LOOKS_LIKE.get(character);
  if (known !== undefined) return known;
  const plain = character.normalize('NFKC');
  return plain === character ? character : [...plain].map(appearanceOf).join('');
};
/** HTML collapses consecutive blanks. */
const appearance = (name: string): string =>
  [...visibleName(name).normalize('NFC')].map(appearanceOf).join('').replace(/ +/g, ' ');

/** The name with the code point of each character that looks like another one. */
const withCodePoints = (name: string): string =>
  [...name.normalize('NFC')]
    .map((one, at, all) => {
      const isSecondBlank = one === ' ' && all[at - 1] === ' ';
      return appearanceOf(one) !== one || isSecondBlank ? escapeOf(one) : visibleName(one);
    })
    .join('');

/**
 * Two different names as texts that a reader can distinguish: invisible characters as escapes, and letters of other
 * scripts too where the names would look alike.
 */
export function showDifference(one: string, other: string): readonly [string, string] {
  const looksAlike = isSameHostName(appearance(one), appearance(other));
  return looksAlike && !isSameHostName(one, other)
    ? [withCodePoints(one), withCodePoints(other)]
    : [visibleName(one), visibleName(other)];
}

/** Apostrophes that keyboards and operating systems substitute for each other. */
const APOSTROPHES = /[\u2018\u2019\u02bc]/gu;

/** Zero-width characters are not blanks: they are not typed by accident. */
const BLANKS_AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** The name without leading and trailing blanks of any kind. */
export const withoutBlanksAround = (name: string): string => name.replace(BLANKS_AROUND, '');

/** The text with ASCII apostrophes only. */
export const withPlainApostrophes = (text: string): string => text.replace(APOSTROPHES, "'");

/** ς and σ are two forms of one letter. */
const FINAL_SIGMA = /ς/gu;

/**
 * Removes differences that do not distinguish hosts. NFD before and after, as Unicode's caseless matching requires.
 * Names of agents and documents are read with hidden characters as escapes; user input contains the characters.
 */
const comparable = (name: string): string =>
  withPlainApostrophes(visibleName(withoutBlanksAround(name).normalize('NFD')))
    .toLowerCase()
    .normalize('NFD')
    .replace(FINAL_SIGMA, 'σ');

/** A label of a DNS name. Letters of any script: domain names can be internationalized. */
const LABEL = /^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u;
const DIGITS = /^\d+$/;

/**
 * Whether a text can follow a host's short name: labels, the last of which is not a number. So IP addresses and
 * version numbers do not count as names with a suffix (RFC 3696, section 2).
 */
function isDnsSuffix(text: string): boolean {
  const labels = text.split('.');
  return labels.every((label) => LABEL.test(label)) && !DIGITS.test(labels[labels.length - 1]!);
}

/** `pc-1.corp.example` for `pc-1`. The short name has no dot and is not a number: `10` is not `10.0.0.5`. */
const isShortFor = (short: string, full: string): boolean =>
  short !== '' &&
  !short.includes('.') &&
  !DIGITS.test(short) &&
  full.startsWith(`${short}.`) &&
  isDnsSuffix(full.slice(short.length + 1));

/** A full name may end with the dot of the DNS root. */
function withoutRoot(name: string): string {
  const full = name.slice(0, -1);
  const dot = full.indexOf('.');
  return name.endsWith('.') && dot > 0 && isDnsSuffix(full.slice(dot + 1)) ? full : name;
}

/** A key that is equal for names that differ only in Unicode form, case, blanks or apostrophes. */
export const hostNameKey = (name: string): string => withoutRoot(comparable(name));

/** The name without a DNS suffix. */
function withoutSuffix(name: string): string {
  const full = withoutRoot(withoutBlanksAround(name));
  const short = full.slice(0, full.indexOf('.'));
  return isShortFor(short, full) ? short : full;
}

/** A search for fewer characters would return too many hosts. */
const SHORTEST_PART = 3;
const VARYING = /[^\x20-\x7e]|'/u;

/**
 * A part that all spellings of the name contain, to search for: without DNS suffix, and without characters that can
 * be written in several ways; the whole name if no such part is long enough. `isSameHostName` then selects from the
 * hosts that were found.
 */
export function commonNamePart(name: string): string {
  const plain = longestPlainPart(withoutSuffix(name.normalize('NFC')));
  const parts = plain.split(VARYING).map((part) => part.trim());
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return longest.length >= SHORTEST_PART ? longest : plain;
}

/**
 * Whether two names mean the same host: they differ only in Unicode form (NFC or NFD), letter case, leading or
 * trailing blanks, the kind of apostrophe, or a DNS suffix that only one of them has. False if a name is missing.
 */
export function isSameHostName(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const a = hostNameKey(one);
  const b = hostNameKey(other);
  return a === b || isShortFor(a, b) || isShortFor(b, a);
}
