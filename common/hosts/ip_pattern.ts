import { IPv4, type IPv6 } from 'ipaddr.js';
import { isInRange, isIpv4Mapped, parseIpRange, type IpRange } from './ip';
import { matchesPrepared, prepareText, type PreparedText } from './wildcard';

/** Patterns for IP addresses: an address, a range, or a text with `*` and `?`. */

const GROUPS = 8;
/** A text that begins with `::ffff:`, in any form. */
const BEGINS_AS_MAPPED = /^[0:]*:ffff:/i;

/** Without leading zeros in complete groups. A group with a wildcard is kept: its length is significant. */
const withoutLeadingZeros = (pattern: string): string =>
  pattern
    .split(':')
    .map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? group.replace(/^0+(?=.)/, '') : group))
    .join(':');

/** The pattern with each number of zero groups that its `::` can stand for; only itself without a `::`. */
function expansionsOf(pattern: string): readonly string[] {
  const [head = '', tail, ...more] = pattern.split('::');
  if (tail === undefined || more.length > 0) return [pattern];
  const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(':');
  // A group that begins with 0 is 0, and "*" also stands for nothing.
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
