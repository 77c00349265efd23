import { isInRange, parseIpRange, type IpRange } from './ip';
import { v4FormOf, v6FormsOf } from './ip_forms';
import { lettersMatch, lettersOf, type Letters } from './wildcard';

/** Patterns for IP addresses: an address, a range, or a text with `*` and `?`. */

const GROUPS = 8;
/** `::ffff:` in whatever form. */
const SPELLS_MAPPED = /^[0:]*:ffff:/i;

/** Whole groups without leading zeros; one with a wildcard in it stays, as its length tells something. */
const withoutLeadingZeros = (pattern: string): string =>
  pattern
    .split(':')
    .map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? group.replace(/^0+(?=.)/, '') : group))
    .join(':');

/** The pattern with all that `::` in it may stand for; alone when it has none. */
function spelledOut(pattern: string): readonly string[] {
  const [head = '', tail, ...more] = pattern.split('::');
  if (tail === undefined || more.length > 0) return [pattern];
  const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(':');
  // A group that begins with 0 is 0, and a "*" takes what follows, be it nothing.
  if (tail.startsWith('*')) return [joined(head, `0${tail}`)];
  return Array.from({ length: GROUPS }, (_, n) =>
    joined(head, ...Array.from({ length: n + 1 }, () => '0'), tail)
  );
}

/** A pattern, made ready to be held against many addresses. */
export interface IpPattern {
  /** What an address or a range stands for; undefined for a text with wildcards. */
  readonly range: IpRange | undefined;
  readonly given: Letters;
  readonly spelledOut: readonly Letters[];
  readonly hasDots: boolean;
  readonly hasColons: boolean;
  /** It begins as IPv4's addresses do among those of IPv6. */
  readonly isMapped: boolean;
}

/** Makes a pattern ready. */
export function ipPatternOf(pattern: string): IpPattern {
  const range = parseIpRange(pattern);
  return {
    range,
    given: lettersOf(pattern),
    spelledOut: range === undefined ? spelledOut(withoutLeadingZeros(pattern)).map(lettersOf) : [],
    hasDots: pattern.includes('.'),
    hasColons: pattern.includes(':'),
    isMapped: SPELLS_MAPPED.test(pattern),
  };
}

/** An address in all its forms, made ready to be held against many patterns. */
export interface KnownAddress {
  /** Undefined for a text that is no address. */
  readonly parsed: IpRange | undefined;
  /** Neither the zone nor the prefix that may come with it is part of it. */
  readonly given: Letters;
  readonly hasColons: boolean;
  /** With dots, when it is one of IPv4's. */
  readonly v4: Letters | undefined;
  readonly v6: readonly Letters[];
  readonly full: Letters;
  readonly fullWithDots: Letters;
}

/** Makes an address ready. */
export function knownAddress(address: string): KnownAddress {
  const parsed = parseIpRange(address);
  const text = parsed === undefined ? address : address.trim().replace(/[%/].*$/, '');
  const given = lettersOf(text);
  const hasColons = text.includes(':');
  if (parsed === undefined) {
    return { parsed, given, hasColons, v4: undefined, v6: [], full: given, fullWithDots: given };
  }
  const v4 = v4FormOf(parsed);
  const { compressed, padded, full, fullWithDots } = v6FormsOf(parsed);
  return {
    parsed,
    given,
    hasColons,
    v4: v4 === undefined ? undefined : lettersOf(v4),
    v6: [compressed, padded, full].map(lettersOf),
    full: lettersOf(full),
    fullWithDots: lettersOf(fullWithDots),
  };
}

function matchesSomeForm(pattern: IpPattern, address: KnownAddress): boolean {
  if (lettersMatch(pattern.given, address.given)) return true;
  if (address.parsed === undefined) return false;
  if (address.v4 !== undefined && lettersMatch(pattern.given, address.v4)) return true;

  // "*.1" is not meant for IPv6, nor "::*" for IPv4.
  if (pattern.hasDots && !pattern.hasColons) return false;
  if (!address.hasColons && !pattern.isMapped) return false;
  const full = pattern.hasDots ? address.fullWithDots : address.full;
  return (
    address.v6.some((form) => lettersMatch(pattern.given, form)) ||
    pattern.spelledOut.some((one) => lettersMatch(one, full))
  );
}

/**
 * Whether an address, in whatever form it is given, is what the pattern says: in the range, or with `*` and
 * `?` matching one of the forms in which the address may be written.
 */
export function isOfIpPattern(pattern: IpPattern, address: KnownAddress): boolean {
  if (pattern.range === undefined) return matchesSomeForm(pattern, address);
  return address.parsed !== undefined && isInRange(address.parsed, pattern.range);
}

/** The same for texts. */
export const matchesIpPattern = (pattern: string, address: string): boolean =>
  isOfIpPattern(ipPatternOf(pattern), knownAddress(address));
