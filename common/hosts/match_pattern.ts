import { IPv4, IPv6 } from 'ipaddr.js';
import { withPlainApostrophes } from './host_name';

/** Patterns for IP addresses: an address, a range, or a text with `*` and `?`. */

/**
 * An IP address or CIDR range. IPv4 addresses are stored as IPv4-mapped IPv6 addresses, so that each address has one
 * value: `10.0.0.1` and `::ffff:a00:1` are the same, and so are `fe80::1%eth0` and `FE80:0:0:0:0:0:0:1`.
 */
interface IpRange {
  readonly address: IPv6;
  /** How many leading bits an address in the range shares with `address`; 128 for a single address. */
  readonly prefix: number;
}

const BITS = 128;
const MAPPED_PREFIX = 96;
const MAPPED = IPv6.parse('::ffff:0:0');

/** Whether the address is an IPv4 address. */
const isIpv4Mapped = (address: IPv6): boolean => address.match(MAPPED, MAPPED_PREFIX);

/** Asks the library only about what looks like one: it says no by throwing, which takes ten times as long. */
const isIpv4 = (text: string): boolean =>
  /^\d[\d.]+$/.test(text) && IPv4.isValidFourPartDecimal(text);

/** Stricter than the library, which also reads octal and hexadecimal numbers, and IPv4 addresses with missing parts. */
function parseAddress(text: string): IPv6 | undefined {
  if (isIpv4(text)) return IPv4.parse(text).toIPv4MappedAddress();
  const lastGroup = text.slice(text.lastIndexOf(':') + 1);
  if (lastGroup.includes('.') && !isIpv4(lastGroup)) return undefined;
  // The library reads `::10.0.0.1` as `::ffff:10.0.0.1`.
  const v6 = text.replace(/^::(?=[^:]*\.)/, '0::');
  return IPv6.isValid(v6) ? IPv6.parse(v6) : undefined;
}

/**
 * Parses an address or a range such as `10.0.0.0/8`. Ignores blanks around it and the zone (`%eth0`). Returns
 * undefined for any other text.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [, host = '', bits] = /^([^%/]*)(?:%[^/]*)?(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const address = parseAddress(host);
  if (address === undefined) return undefined;
  if (bits === undefined) return { address, prefix: BITS };
  const prefix = Number(bits) + (host.includes(':') ? 0 : MAPPED_PREFIX);
  return prefix > BITS ? undefined : { address, prefix };
}

/** Whether `address` is in `range`. An IPv6 range such as `::/0` contains no IPv4 addresses. */
export const isInRange = (address: IPv6, range: IpRange): boolean =>
  address.match(range.address, range.prefix) &&
  (range.prefix >= MAPPED_PREFIX || !isIpv4Mapped(address));

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
  // For most texts, both are the same, and one comparison is enough.
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
 * Whether the pattern matches the whole text: `*` matches any number of characters, `?` exactly one. Case is ignored.
 * The time is bounded for every pattern.
 */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  matchesPrepared(prepareText(pattern), prepareText(text));

const GROUPS = 8;
/** A text that begins with `::ffff:`, in any form. */
const BEGINS_AS_MAPPED = /^[0:]*:ffff:/i;

/** Without leading zeros in complete groups. A group with a wildcard is kept: its length is significant. */
const withoutLeadingZeros = (pattern: string): string =>
  pattern
    .split(':')
    .map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? group.replace(/^0+(?=.)/, '') : group))
    .join(':');

/** The pattern with each number of zero groups that its `::` can replace; only itself without a `::`. */
function expansionsOf(pattern: string): readonly string[] {
  const [head = '', tail, ...more] = pattern.split('::');
  if (tail === undefined || more.length > 0) return [pattern];
  const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(':');
  // A group that begins with 0 is 0, and "*" also matches nothing.
  if (tail.startsWith('*')) return [joined(head, `0${tail}`)];
  return Array.from({ length: GROUPS }, (_, n) =>
    joined(head, ...Array.from({ length: n + 1 }, () => '0'), tail)
  );
}

/** A pattern, parsed once to be matched with many addresses. */
export interface IpPattern {
  /** Undefined for a text with wildcards. */
  readonly range: IpRange | undefined;
  readonly text: PreparedText;
  readonly expansions: readonly PreparedText[];
  readonly hasDots: boolean;
  readonly hasColons: boolean;
  readonly beginsAsMapped: boolean;
}

/** Parses a pattern. */
export function parseIpPattern(pattern: string): IpPattern {
  const range = parseIpRange(pattern);
  return {
    range,
    text: prepareText(pattern),
    expansions:
      range === undefined ? expansionsOf(withoutLeadingZeros(pattern)).map(prepareText) : [],
    hasDots: pattern.includes('.'),
    hasColons: pattern.includes(':'),
    beginsAsMapped: BEGINS_AS_MAPPED.test(pattern),
  };
}

/** An address in each form in which it can be written, made once to be matched with many patterns. */
export interface AddressForms {
  /** Undefined for a text that is not an address. */
  readonly address: IPv6 | undefined;
  /** As SentinelOne writes it, without zone and prefix. */
  readonly text: PreparedText;
  readonly hasColons: boolean;
  /** `10.0.0.1`; undefined for an IPv6 address. */
  readonly dotted: PreparedText | undefined;
  /** `2001:db8::1`, `2001:0db8:0000:…:0001` and `2001:db8:0:…:1`. */
  readonly v6: readonly PreparedText[];
  /** `2001:db8:0:0:0:0:0:1` */
  readonly full: PreparedText;
  /** `2001:db8:0:0:0:0:0.0.0.1` */
  readonly fullWithDots: PreparedText;
}

/** The forms of an address. */
export function addressForms(written: string): AddressForms {
  const address = parseIpRange(written)?.address;
  const given = address === undefined ? written : written.trim().replace(/[%/].*$/s, '');
  const text = prepareText(given);
  const hasColons = given.includes(':');
  if (address === undefined) {
    return { address, text, hasColons, dotted: undefined, v6: [], full: text, fullWithDots: text };
  }
  const v4 = new IPv4(address.toByteArray().slice(-4)).toString();
  const full = address.toNormalizedString();
  const groups = full.split(':');
  const padded = groups.map((group) => group.padStart(4, '0')).join(':');
  return {
    address,
    text,
    hasColons,
    dotted: isIpv4Mapped(address) ? prepareText(v4) : undefined,
    v6: [address.toRFC5952String(), padded, full].map(prepareText),
    full: prepareText(full),
    fullWithDots: prepareText([...groups.slice(0, 6), v4].join(':')),
  };
}

function matchesSomeForm(pattern: IpPattern, forms: AddressForms): boolean {
  if (matchesPrepared(pattern.text, forms.text)) return true;
  if (forms.address === undefined) return false;
  if (forms.dotted !== undefined && matchesPrepared(pattern.text, forms.dotted)) return true;

  // "*.1" does not apply to IPv6, nor "::*" to IPv4.
  if (pattern.hasDots && !pattern.hasColons) return false;
  if (!forms.hasColons && !pattern.beginsAsMapped) return false;
  const full = pattern.hasDots ? forms.fullWithDots : forms.full;
  return (
    forms.v6.some((form) => matchesPrepared(pattern.text, form)) ||
    pattern.expansions.some((expansion) => matchesPrepared(expansion, full))
  );
}

/** Whether an address is in the range, or matches the wildcards in one of its forms. */
export function matchesParsedIpPattern(pattern: IpPattern, forms: AddressForms): boolean {
  if (pattern.range === undefined) return matchesSomeForm(pattern, forms);
  return forms.address !== undefined && isInRange(forms.address, pattern.range);
}

/** `matchesParsedIpPattern` for texts. */
export const matchesIpPattern = (pattern: string, address: string): boolean =>
  matchesParsedIpPattern(parseIpPattern(pattern), addressForms(address));
