import type { IpRange } from './ip';

/** How else one IP address may be written, in lower case. */
export interface IpForms {
  /** As RFC 5952 wants it: `2001:db8::1`. */
  readonly compressed: string;
  /** `2001:0db8:0000:0000:0000:0000:0000:0001` */
  readonly padded: string;
  /** `2001:db8:0:0:0:0:0:1` */
  readonly full: string;
  /** `2001:db8:0:0:0:0:0.0.0.1` */
  readonly fullWithDots: string;
}

const MAPPED = 0xffffn;

/** `count` parts of `width` bits, the highest first. */
const partsOf = (bits: bigint, count: number, width: bigint): bigint[] =>
  Array.from(
    { length: count },
    (_, n) => (bits >> (width * BigInt(count - 1 - n))) & ((1n << width) - 1n)
  );

const bitsOf = ({ version, address }: IpRange): bigint =>
  version === 4 ? (MAPPED << 32n) | address : address;

const dotted = (bits: bigint): string => partsOf(bits, 4, 8n).join('.');

/** The address with dots, when it is one of IPv4's, such as `::ffff:10.0.0.1`. */
export function v4FormOf(address: IpRange): string | undefined {
  const bits = bitsOf(address);
  return bits >> 32n === MAPPED ? dotted(bits) : undefined;
}

/** The forms of an IPv6 address; one of IPv4's has them as `::ffff:…`. */
export function v6FormsOf(address: IpRange): IpForms {
  const bits = bitsOf(address);
  const groups = partsOf(bits, 8, 16n).map((group) => group.toString(16));
  const full = groups.join(':');
  return {
    // A URL's host is written by the same rules.
    compressed: new URL(`http://[${full}]`).hostname.slice(1, -1),
    padded: groups.map((group) => group.padStart(4, '0')).join(':'),
    full,
    fullWithDots: [...groups.slice(0, 6), dotted(bits)].join(':'),
  };
}
