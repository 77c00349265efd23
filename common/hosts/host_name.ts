import { longestPlainPart, visibleName } from '../lib/visible_text';

/**
 * When two names mean the same host. Server and browser decide by this file alone. A name never finds a
 * host to act on: it only confirms one that was found by UUID or agent id.
 */

/** Apostrophes that keyboards and operating systems put in each other's place. */
const APOSTROPHES = /[\u2018\u2019\u02bc]/gu;

/** A zero-width character is no blank: nobody types one by accident. */
const BLANKS_AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** The name without blanks around it, of any kind. */
export const withoutBlanksAround = (name: string): string => name.replace(BLANKS_AROUND, '');

/** The text with the apostrophe of ASCII for the others. */
export const withPlainApostrophes = (text: string): string => text.replace(APOSTROPHES, "'");

/** ς and σ are one letter, in two forms. */
const FINAL_SIGMA = /ς/gu;

/**
 * Puts aside what does not tell hosts apart. NFD before and after, as Unicode's caseless matching asks for. Names
 * of agents and documents are read with hidden characters as escapes; what people and programs give has them as
 * they are.
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
 * True for what can follow a host's own name: labels, of which the last one is no number. That keeps IP
 * addresses and version numbers from being taken for names with a suffix (RFC 3696, section 2).
 */
function isDnsSuffix(text: string): boolean {
  const labels = text.split('.');
  return labels.every((label) => LABEL.test(label)) && !DIGITS.test(labels[labels.length - 1]!);
}

/** `pc-1.corp.example` for `pc-1`. The short name has no dot, and is no number: `10` is not `10.0.0.5`. */
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

/** A text that is the same for names that differ in no more than Unicode form, case, blanks or apostrophes. */
export const hostNameKey = (name: string): string => withoutRoot(comparable(name));

/** The name without a DNS suffix. */
function withoutSuffix(name: string): string {
  const full = withoutRoot(withoutBlanksAround(name));
  const short = full.slice(0, full.indexOf('.'));
  return isShortFor(short, full) ? short : full;
}

/** Fewer characters would find half of all hosts. */
const SHORTEST_PART = 3;
const VARYING = /[^\x20-\x7e]|'/u;

/**
 * A part that all spellings of the name contain, to look hosts up by: without DNS suffix, and without what can be
 * written in several ways. The whole name where no such part is long enough. Which of the hosts that contain it have
 * the name is for `isSameHostName` to say.
 */
export function partInAllSpellings(name: string): string {
  const plain = longestPlainPart(withoutSuffix(name.normalize('NFC')));
  const parts = plain.split(VARYING).map((part) => part.trim());
  const longest = parts.reduce((one, other) => (other.length > one.length ? other : one), '');
  return longest.length >= SHORTEST_PART ? longest : plain;
}

/**
 * Whether two names mean the same host: they differ in nothing but Unicode form (NFC or NFD), letter case,
 * blanks around them, the kind of apostrophe, or a DNS suffix that only one of them has. Without a name
 * there is nothing to agree.
 */
export function isSameHostName(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const a = hostNameKey(one);
  const b = hostNameKey(other);
  return a === b || isShortFor(a, b) || isShortFor(b, a);
}
