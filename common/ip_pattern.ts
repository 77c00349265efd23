import { isInRange, parseIpRange } from './ip';
import { v4FormOf, v6FormsOf } from './ip_forms';
import { matchesWildcard } from './wildcard';

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

function matchesSomeForm(pattern: string, address: string): boolean {
  const parsed = parseIpRange(address);
  if (parsed === undefined) return matchesWildcard(pattern, address);
  // Neither the zone nor the prefix that may come with an address is part of it.
  const given = address.trim().replace(/[%/].*$/, '');
  if (matchesWildcard(pattern, given)) return true;
  const v4 = v4FormOf(parsed);
  if (v4 !== undefined && v4 !== given && matchesWildcard(pattern, v4)) return true;

  // "*.1" is not meant for IPv6, nor "::*" for IPv4.
  const hasDots = pattern.includes('.');
  if (hasDots && !pattern.includes(':')) return false;
  if (!given.includes(':') && !SPELLS_MAPPED.test(pattern)) return false;
  const { compressed, padded, full, fullWithDots } = v6FormsOf(parsed);
  return (
    [compressed, padded, full].some((form) => matchesWildcard(pattern, form)) ||
    spelledOut(withoutLeadingZeros(pattern)).some((one) =>
      matchesWildcard(one, hasDots ? fullWithDots : full)
    )
  );
}

/**
 * Whether an address, in whatever form it is given, is what the pattern says: in the range, or with `*` and
 * `?` matching one of the forms in which the address may be written.
 */
export function matchesIpPattern(pattern: string, address: string): boolean {
  const range = parseIpRange(pattern);
  if (range === undefined) return matchesSomeForm(pattern, address);
  const parsed = parseIpRange(address);
  return parsed !== undefined && isInRange(parsed, range);
}
