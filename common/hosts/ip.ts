import { IPv4, IPv6 } from 'ipaddr.js';

/**
 * An IP address or CIDR range. IPv4 addresses are held as IPv4-mapped IPv6 addresses, so that each address has one
 * value: `10.0.0.1` and `::ffff:a00:1` are the same, and so are `fe80::1%eth0` and `FE80:0:0:0:0:0:0:1`.
 */
export interface IpRange {
  readonly address: IPv6;
  /** How many leading bits an address in the range shares with `address`; 128 for a single address. */
  readonly prefix: number;
}

const BITS = 128;
const MAPPED_PREFIX = 96;
const MAPPED = IPv6.parse('::ffff:0:0');

/** Whether the address is an IPv4 address. */
export const isIpv4Mapped = (address: IPv6): boolean => address.match(MAPPED, MAPPED_PREFIX);

/** Stricter than the library, which also reads octal and hexadecimal numbers, and IPv4 addresses with missing parts. */
function parseAddress(text: string): IPv6 | undefined {
  if (IPv4.isValidFourPartDecimal(text)) return IPv4.parse(text).toIPv4MappedAddress();
  const lastGroup = text.slice(text.lastIndexOf(':') + 1);
  if (lastGroup.includes('.') && !IPv4.isValidFourPartDecimal(lastGroup)) return undefined;
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
