import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { matchesIpPattern } from './match_pattern';

/** The eight groups of an IPv6 address; zeros and some few others come often. */
const groupsOfSome = fc.array(
  fc.oneof(fc.constantFrom(0, 0, 0, 1, 0xdb8, 0x2001, 0xffff), fc.nat(0xffff)),
  { minLength: 8, maxLength: 8 }
);
/** An address of IPv4's as IPv6 has it. */
const groupsOfMapped = fc
  .tuple(fc.nat(0xffff), fc.nat(0xffff))
  .map((tail) => [0, 0, 0, 0, 0, 0xffff, ...tail]);

const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

const dotted = (groups: readonly number[]): string =>
  groups.flatMap((group) => [group >> 8, group & 0xff]).join('.');

/** Where `::` may stand in these groups, `[-1, 0]` for nowhere: any run of zeros, not the longest only. */
function runsOfZeros(groups: readonly number[]): ReadonlyArray<readonly [number, number]> {
  const runs: Array<readonly [number, number]> = [[-1, 0]];
  for (let start = 0; start < groups.length; start += 1) {
    for (let end = start; end < groups.length && groups[end] === 0; end += 1) {
      runs.push([start, end - start + 1]);
    }
  }
  return runs;
}

/** Any text that is the address, but for its zone. */
const formOf = (groups: readonly number[]) =>
  fc.boolean().chain((hasDots) => {
    const inHex = hasDots ? groups.slice(0, 6) : groups;
    return fc
      .record({
        widths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
        run: fc.constantFrom(...runsOfZeros(inHex)),
        isUpper: fc.boolean(),
      })
      .map(({ widths, run: [start, length], isUpper }) => {
        const parts = inHex.map((group, n) => group.toString(16).padStart(widths[n]!, '0'));
        if (hasDots) parts.push(dotted(groups.slice(6)));
        const text =
          start < 0
            ? parts.join(':')
            : `${parts.slice(0, start).join(':')}::${parts.slice(start + length).join(':')}`;
        return isUpper ? text.toUpperCase() : text;
      });
  });
const formsOf = (groups: readonly number[]) =>
  fc.array(
    fc.tuple(formOf(groups), fc.constantFrom('', '', '%eth0')).map((parts) => parts.join('')),
    { minLength: 6, maxLength: 6 }
  );

/** An address, one of its forms, and what that begins with up to a border of groups. */
const cutForm = fc.oneof({ weight: 4, arbitrary: groupsOfSome }, groupsOfMapped).chain((groups) =>
  formOf(groups).chain((form) => {
    const borders = [...form].flatMap((letter, n) =>
      letter === ':' && form[n + 1] !== ':' ? [n + 1] : []
    );
    return fc
      .constantFrom(...borders)
      .map((border) => ({ groups, form, start: form.slice(0, border) }));
  })
);

describe('matchesIpPattern', () => {
  it.each([
    ['2001:db8::*', '2001:0db8:0000:0000:0000:0000:0000:0001', true],
    ['2001:db8::*', '2001:DB8:0:0:0:0:0:1', true],
    ['2001:db8::*', '2001:db8:1::1', false],
    ['2001:db8::*', '2001:db80::1', false],
    ['fe80::*', 'FE80:0:0:0:0:0:0:1', true],
    ['fe80::*', 'fe80::1%eth0', true],
    ['fe80::1*', 'fe80::1%eth0', true],
    ['fe80::*', 'fe80:1:2:3:4:5:6:0', false],
    ['1:2:3:4:5:6:7::*', '1:2:3:4:5:6:7:0', true],
    ['fe80::?', 'fe80:0000:0000:0000:0000:0000:0000:0001%12', true],
    ['fe80::1?', 'fe80::1%eth0', false],
    ['2001:0db8:*', '2001:db8::1', true],
    ['2001:0DB8::*', '2001:db8::1', true],
    ['2001:0db8*', '2001:db80::1', false],
    ['2001:db?::1', '2001:0db8::1', true],
    ['2001:0db?:*', '2001:db8::1', true],
    ['*::1', '2001:0db8:0:0:0:0:0:1', true],
    ['::?', '::1', true],
    ['64:ff9b::192.0.2.*', '64:ff9b::c000:221', true],
    ['64:ff9b::192.0.3.*', '64:ff9b::c000:221', false],
    ['*', 'fe80::1', true],
    ['*', '10.0.0.1', true],
    ['*', 'nothing', true],
    ['10.0.*', '10.0.0.1', true],
    ['10.0.*', '::ffff:10.0.0.1', true],
    ['10.0.*', '::FFFF:a00:1', true],
    ['10.0.*', '0:0:0:0:0:ffff:10.0.0.1', true],
    ['10.0.*', '10.1.0.1', false],
    ['::ffff:10.0.*', '10.0.0.1', true],
    ['::ffff:a00:*', '10.0.0.1', true],
    ['::ffff:10.0.*', '::ffff:a00:1', true],
    ['::ffff:10.0.*', '::10.0.0.1', false],
    ['::*', '10.0.0.1', false],
    ['*:*', '10.0.0.1', false],
    ['*.0.0.1', '2001:db8::a00:1', false],
    ['1*', '0:0:0:0:0:0:0:1', false],
    ['fe80::/10', 'FE80::1%eth0', true],
    ['fe80::1', 'fe80:0:0:0:0:0:0:1%eth0', true],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['10.0.0.0/8', '::a00:1', false],
  ])('%s on %s: %s', (pattern, address, expected) => {
    expect(matchesIpPattern(pattern, address)).toBe(expected);
  });

  it('matches every form of an address by the beginning of any form', () => {
    const cutAndForms = cutForm.chain((cut) => fc.tuple(fc.constant(cut), formsOf(cut.groups)));
    fc.assert(
      fc.property(cutAndForms, ([{ start, form }, others]) => {
        const all = [form, ...others];
        // One comparison: its cost is most of this test's time.
        const found = all.map((one) => [one, isIP(one), matchesIpPattern(`${start}*`, one)]);
        expect(found).toEqual(all.map((one) => [one, 6, true]));
      }),
      { numRuns: 1_000 }
    );
  });

  it('matches all forms of another address, or none', () => {
    const found = new Set<boolean>();
    const cutAndOther = cutForm.chain((cut) =>
      fc
        .tuple(fc.nat(7), fc.nat(0xffff))
        .chain(([n, group]) =>
          fc.tuple(
            fc.constant(cut),
            formsOf(cut.groups.map((old, place) => (place === n ? group : old)))
          )
        )
    );
    fc.assert(
      fc.property(cutAndOther, ([{ start, form }, others]) => {
        for (const pattern of [`${start}*`, form, `${form}/40`]) {
          const [first, ...rest] = others.map((other) => matchesIpPattern(pattern, other));
          found.add(first!);
          expect([pattern, others, rest]).toEqual([pattern, others, rest.map(() => first)]);
        }
      }),
      { numRuns: 1_000 }
    );
    expect(found.size).toBe(2);
  });

  it('does not match IPv6 addresses with an IPv4 pattern, except IPv4-mapped ones', () => {
    const part = fc.oneof(fc.nat(255).map(String), fc.constantFrom('*', '1*', '?', '1?'));
    const pattern = fc
      .array(part, { minLength: 2, maxLength: 4 })
      .map((parts) => parts.join('.'))
      .filter((text) => /[*?]/.test(text));
    fc.assert(
      fc.property(pattern, fc.ipV4(), cutForm, (wildcards, v4, { form, groups }) => {
        fc.pre(!isMapped(groups) && !form.includes('.'));
        expect(matchesIpPattern(wildcards, form)).toBe(false);
        const mapped = ['::ffff:', '0:0:0:0:0:FFFF:', '0000::ffff:'].map((start) => start + v4);
        const answers = [v4, ...mapped].map((one) => matchesIpPattern(wildcards, one));
        expect([wildcards, v4, new Set(answers).size]).toEqual([wildcards, v4, 1]);
      }),
      { numRuns: 1_000 }
    );
  });

  it('does not match IPv4 addresses with the beginning of an IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), groupsOfSome.chain(formOf), fc.nat(), (v4, form, where) => {
        const start = form.slice(0, form.indexOf(':', where % form.length) + 1);
        fc.pre(start !== '' && !/^[0:]*:ffff:$/i.test(start));
        expect([start, matchesIpPattern(`${start}*`, v4)]).toEqual([start, false]);
      }),
      { numRuns: 1_000 }
    );
  });
});
