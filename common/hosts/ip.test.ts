import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { isInRange, parseIpRange } from './match_pattern';

const contains = (range: string, address: string): boolean =>
  isInRange(parseIpRange(address)!.address, parseIpRange(range)!);

describe('parseIpRange', () => {
  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '::1::',
    ':::',
    '2001:db8::/129',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7',
    'g::1',
    'web-1',
    '10.0.0.010',
    '10.0.0.0x1',
    '::ffff:10.0.0.010',
    '::0x1.0.0.1',
    '10',
    '10.1',
  ])('%p is none', (text) => expect(parseIpRange(text)).toBeUndefined());

  it('accepts the same addresses as Node', () => {
    const parts = ['', '0', '1', 'ff', 'ffff', '10', '255', '256', '010', '0x1', 'x', '1.2.3.4'];
    const part = fc.constantFrom(...parts);
    const text = fc
      .tuple(fc.array(part, { maxLength: 9 }), fc.constantFrom(':', '.', '::'))
      .map(([some, separator]) => some.join(separator));
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (address) => {
        expect(parseIpRange(address) !== undefined).toBe(isIP(address) !== 0);
      }),
      { numRuns: 2_000 }
    );
  });
});

describe('isInRange', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '::1', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3/32', '10.1.2.4', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['2001:db8::/32', '2001:DB8:20::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['fe80::1', 'fe80:0:0:0:0:0:0:1%eth0', true],
    ['10.20.0.0/24', '10.20.0.9/24', true],
    ['::/0', '2001:db8::1', true],
    ['::/0', '10.0.0.1', false],
    ['::ffff:0.0.0.0/95', '10.0.0.1', false],
    ['10.0.0.0/8', '::10.0.0.1', false],
    ['::10.0.0.0/104', '::10.0.0.1', true],
  ])('%s has %s: %s', (range, address, expected) => {
    expect(contains(range, address)).toBe(expected);
  });

  it('returns true for every address and each of its ranges', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), (address, bits) => {
        const most = isIP(address) === 4 ? 32 : 128;
        expect(contains(`${address}/${Math.min(bits, most)}`, address)).toBe(true);
      })
    );
  });
});
