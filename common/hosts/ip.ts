/**
 * IP addresses and CIDR ranges as numbers, so that one address has one form: `::ffff:10.0.0.1` is
 * `10.0.0.1`, and `fe80::1%eth0` and `FE80:0:0:0:0:0:0:1` are the same.
 */
export interface IpRange {
  readonly version: 4 | 6;
  readonly address: bigint;
  /** How many leading bits must agree. */
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn;

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let address = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    address = (address << 8n) | BigInt(part);
  }
  return address;
}

/** The last group of an IPv6 address may be written as an IPv4 one. */
function groupsOf(text: string, isEnd: boolean): readonly string[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const last = groups[groups.length - 1]!;
  if (!isEnd || !last.includes('.')) return groups;
  const v4 = parseV4(last);
  if (v4 === undefined) return undefined;
  return [...groups.slice(0, -1), (v4 >> 16n).toString(16), (v4 & 0xffffn).toString(16)];
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0]!, halves.length === 1), groupsOf(halves[1] ?? '', true)];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  let address = 0n;
  for (const group of groups) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    address = (address << 16n) | BigInt(`0x${group}`);
  }
  return address;
}

/** An address, or a range such as `10.0.0.0/8`; undefined for anything else. */
export function parseIpRange(text: string): IpRange | undefined {
  const [whole, bits, ...rest] = text.trim().split('/');
  if (rest.length > 0 || whole === undefined) return undefined;
  const [bare = ''] = whole.split('%');
  const v4 = parseV4(bare);
  const v6 = v4 === undefined ? parseV6(bare) : undefined;
  if (v4 === undefined && v6 === undefined) return undefined;
  const version = v4 === undefined ? 6 : 4;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > BITS[version])) {
    return undefined;
  }
  const prefix = bits === undefined ? BITS[version] : Number(bits);
  if (v4 !== undefined) return { version, address: v4, prefix };
  if (v6! >> 32n === MAPPED && prefix >= 96) {
    return { version: 4, address: v6! & 0xffffffffn, prefix: prefix - 96 };
  }
  return { version, address: v6!, prefix };
}

/** Whether `address` (the prefix that may come with it is passed over) lies in `range`. */
export function isInRange(address: IpRange, range: IpRange): boolean {
  if (address.version !== range.version) return false;
  const shift = BigInt(BITS[range.version] - range.prefix);
  return address.address >> shift === range.address >> shift;
}
