import * as fc from 'fast-check';
import { hostNameKey, isSameHostName, commonNamePart } from './host_name';

const NFC = 'büro-são-joão-01'.normalize('NFC');
const NFD = NFC.normalize('NFD');

describe('the same host', () => {
  it.each([
    ['the same text', 'web-7', 'web-7'],
    ['Unicode forms', NFC, NFD],
    ['a blank behind', 'web-7', 'web-7 '],
    ['blanks and a line break around', '\u00a0 web-7\r\n', 'web-7'],
    ['apostrophes', 'Anna’s MacBook Pro', "anna's macbook pro"],
    ['an opening quotation mark', 'Anna‘s MacBook', 'Annaʼs MacBook'],
    ['letter case', 'SRV-DC-01', 'srv-dc-01'],
    ['letter case beyond ASCII', 'BÜRO-İZMİR', 'büro-i̇zmi̇r'],
    ['letter case and Unicode form', NFC.toUpperCase(), NFD],
    ['a final sigma', 'ΟΔΟΣ', 'οδοσ'],
    ['a DNS suffix', 'pc-1.corp.example', 'PC-1'],
    ['a suffix of one label', 'annas-mbp.local', 'annas-mbp'],
    ['an internationalized suffix', 'pc-1.büro.example', 'pc-1'],
    ['the dot of the DNS root', 'pc-1.corp.example.', 'pc-1.corp.example'],
    ['the dot of the DNS root, and no suffix', 'PC-1', 'pc-1.corp.example.'],
    ['a hidden character, and what is shown of it', 'web\u200b-7', 'web\\u200b-7'],
    ['all at once', ` ${NFD}.Corp.Example.\n`, NFC.toUpperCase()],
  ])('%s', (_, one, other) => {
    expect(isSameHostName(one, other)).toBe(true);
    expect(isSameHostName(other, one)).toBe(true);
  });
});

describe('another host', () => {
  it.each([
    ['another number', 'web-7', 'web-70'],
    ['a part of the name', 'web', 'web-7'],
    ['no name', 'web-7', null],
    ['no name on either side', null, null],
    ['an accent', 'sao-1', 'são-1'],
    ['ß and ss', 'straße-1', 'strasse-1'],
    ['a blank within', 'web 7', 'web7'],
    ['a non-breaking blank within', 'web 7', 'web\u00a07'],
    ['a zero-width space within', 'web-7', 'web\u200b-7'],
    ['a zero-width space behind', 'web-7', 'web-7\u200b'],
    ['a byte order mark in front', 'web-7', '\ufeffweb-7'],
    ['a direction mark', 'web-7', 'web-\u202e7'],
    ['a Cyrillic letter', 'web-a', 'web-а'],
    ['a Greek letter', 'web-o', 'web-ο'],
    ['a full-width letter', 'web-a', 'web-ａ'],
    ['a dotless i', 'izmir', 'ızmır'],
    ['a capital I with a dot', 'izmir', 'İzmir'],
    ['a long s', 'server', 'ſerver'],
    ['another hyphen', 'web-7', 'web‑7'],
    ['a quotation mark', 'anna"s', "anna's"],
    ['an accent for an apostrophe', 'anna´s', "anna's"],
    ['another suffix', 'pc-1.corp.example', 'pc-1.lab.example'],
    ['a shorter suffix', 'pc-1.corp.example', 'pc-1.corp'],
    ['another name with a suffix', 'pc-10.corp.example', 'pc-1'],
    ['an IP address', '10.0.0.5', '10'],
    ['two IP addresses', '10.0.0.5', '10.0.0'],
    ['an IP address with a suffix', '10.0.0.5.corp.example', '10'],
    ['a mapped IP address', '::ffff:10.0.0.5', '::ffff:10'],
    ['a version number', 'app.2', 'app'],
    ['a version number of several parts', 'app-1.2.3', 'app-1'],
    ['two dots', 'pc-1..example', 'pc-1'],
    ['nothing in front of the suffix', '.example', ''],
    ['a dot only', 'pc-1.', 'pc-1'],
    ['a suffix with a blank', 'pc-1.corp example', 'pc-1'],
    ['a suffix with a hyphen at its end', 'pc-1.corp-', 'pc-1'],
  ])('%s', (_, one, other) => {
    expect(isSameHostName(one, other)).toBe(false);
    expect(isSameHostName(other, one)).toBe(false);
  });
});

const anyName = fc.oneof(
  fc.fullUnicodeString({ maxLength: 30 }),
  fc.string16bits({ maxLength: 30 }),
  fc.domain(),
  fc.ipV4(),
  fc.ipV6(),
  fc.stringOf(fc.constantFrom('a', 'A', 'ü', 'u\u0308', 'İ', 'Σ', '’', "'", '.', '1', ' ', '-'))
);
const ASCII_LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const plainName = fc
  .tuple(
    fc.constantFrom(...ASCII_LETTERS),
    fc.stringOf(fc.constantFrom(...ASCII_LETTERS, ...'0123456789-'), { maxLength: 20 })
  )
  .map((parts) => `${parts.join('')}0`);

describe('for every name', () => {
  it('is the same host in each Unicode form, in lower case, and with blanks around it', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        for (const form of [name, name.normalize('NFC'), name.normalize('NFD'), ` ${name}\n`]) {
          expect(isSameHostName(name, form)).toBe(true);
          expect(isSameHostName(name, form.toLowerCase())).toBe(true);
        }
      }),
      { numRuns: 3_000 }
    );
  });

  it('is symmetric', () => {
    const related = fc
      .tuple(anyName, fc.oneof(anyName, fc.domain()))
      .chain(([a, b]) =>
        fc.constantFrom<[string, string]>([a, b], [a, `${a}.${b}`], [`${a}.${b}`, b])
      );
    fc.assert(
      fc.property(related, ([a, b]) => {
        expect(isSameHostName(a, b)).toBe(isSameHostName(b, a));
      }),
      { numRuns: 3_000 }
    );
  });

  it('ignores a suffix only if the other name has no dot', () => {
    fc.assert(
      fc.property(plainName, fc.domain(), fc.domain(), (name, domain, another) => {
        expect(isSameHostName(name, `${name}.${domain}`)).toBe(true);
        const isSameDomain = `${name}.${domain}` === `${name}.${another}`;
        expect(isSameHostName(`${name}.${domain}`, `${name}.${another}`)).toBe(isSameDomain);
        expect(isSameHostName(`${name}.${domain}`, `${name}.${domain}.${another}`)).toBe(false);
      })
    );
  });

  it('treats two plain names as the same only if the texts are equal', () => {
    fc.assert(
      fc.property(plainName, plainName, (a, b) => {
        expect(isSameHostName(a, b.toUpperCase())).toBe(a === b);
      })
    );
  });

  it('treats a look-alike letter as a different name', () => {
    const homoglyph = fc.constantFrom(
      ...(['aа', 'cс', 'eе', 'iі', 'oо', 'oο', 'pр', 'sѕ', 'xх', 'yу', 'aａ', '-‐', '-−'] as const)
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), homoglyph, (before, after, [ascii, other]) => {
        const name = `${before}${ascii}${after}`;
        expect(isSameHostName(name, `${before}${other}${after}`)).toBe(false);
      })
    );
  });

  it('treats an invisible character as a different name', () => {
    const unseen = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u00ad',
      '\u2060',
      '\ufeff',
      '\u202e',
      '\0'
    );
    fc.assert(
      fc.property(plainName, fc.nat(20), unseen, (name, at, character) => {
        const other = name.slice(0, at) + character + name.slice(at);
        expect(isSameHostName(name, other)).toBe(false);
      })
    );
  });

  it('does not match an IP address with a shorter text', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(15), (address, length) => {
        const part = address.slice(0, length);
        expect(isSameHostName(address, part)).toBe(part === address);
      })
    );
  });
});

describe('the part of a name to search for', () => {
  it.each([
    ['web-1', 'web-1'],
    ['PC-1.corp.example', 'PC-1'],
    [' web-1\n', 'web-1'],
    ['10.0.0.5', '10.0.0.5'],
    ["Anna's MacBook Pro", 's MacBook Pro'],
    ['Anna’s MacBook Pro', 's MacBook Pro'],
    ['büro-são-joão-01', 'ro-s'],
    ['cafe\u0301-server', '-server'],
    ['東京', '東京'],
    ['web\\u200b-frontend', '-frontend'],
  ])('of %j is %j', (name, part) => {
    expect(commonNamePart(name)).toBe(part);
  });

  it('occurs in every spelling of the name', () => {
    const suffix = fc.constantFrom('', '.corp.example', '.local.');
    const name = fc.stringOf(
      fc.constantFrom('a', 'b', 'Z', '7', '-', 'ü', 'é', "'", '’', 'x\u0301', ' '),
      { minLength: 8, maxLength: 20 }
    );
    fc.assert(
      fc.property(name, suffix, suffix, (one, first, second) => {
        const part = commonNamePart(`${one}${first}`).toLowerCase();
        fc.pre(/^[\x20-\x26\x28-\x7e]{3,}$/.test(part));
        for (const form of ['NFC', 'NFD'] as const) {
          for (const apostrophe of ["'", '’']) {
            const other = `${one}${second}`.normalize(form).replace(/['’]/g, apostrophe);
            expect(other.toUpperCase().toLowerCase()).toContain(part);
          }
        }
      }),
      { numRuns: 3_000 }
    );
  });
});

it('has equal keys for names with the same suffix', () => {
  const key = hostNameKey(NFC);
  for (const same of [NFD, NFC.toUpperCase(), ` ${NFC}\n`]) expect(hostNameKey(same)).toBe(key);
  expect(hostNameKey('pc-1.corp.example')).not.toBe(hostNameKey('pc-1'));
});
