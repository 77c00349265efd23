import fc from 'fast-check';
import { isPlainLines, isPlainText, visibleLines, visibleName, visibleText } from './text';

/** Texts in which the characters that matter are frequent. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', '\t', '\0', '\u007f', '\u0085', '\u2028', '\u2029'),
      fc.constantFrom('\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'),
      fc.constantFrom('\u200b', '\u00ad', '\ufeff', '\u00a0', '\ud800', '\u{e0001}', '👍🏽', 'ש'),
      fc.fullUnicodeString({ maxLength: 3 })
    )
  )
  .map((parts) => parts.join(''));

/** Written out anew, so that a mistake in the module's own expressions is found. */
const isControl = (code: number): boolean =>
  code < 0x20 ||
  (code >= 0x7f && code <= 0x9f) ||
  [0x061c, 0x200e, 0x200f, 0x2028, 0x2029].includes(code) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2066 && code <= 0x2069) ||
  (code >= 0xd800 && code <= 0xdfff);
const codesOf = (text: string): number[] => [...text].map((one) => one.codePointAt(0)!);

it.each([
  ['a\nb', 'a\\nb'],
  ['a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['\u001b[31mred', '\\u001b[31mred'],
  ['invoice\u202efdp.exe', 'invoice\\u202efdp.exe'],
  ['half \ud83d', 'half \\ud83d'],
  ['שרת 1, C:\\new, 👍🏽', 'שרת 1, C:\\new, 👍🏽'],
])('shows %j in one line as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

it.each([
  ['first\nsecond\r\n\tthird', 'first\nsecond\r\n\tthird'],
  ['back\rover', 'back\\rover'],
  ['up\u2028down\u202e', 'up\\u2028down\\u202e'],
])('shows %j in lines as %j', (text, shown) => {
  expect(visibleLines(text)).toBe(shown);
});

it.each([
  ['srv-dc\u200b-01', 'srv-dc\\u200b-01'],
  ['srv-dc\u00ad-01', 'srv-dc\\u00ad-01'],
  ['srv\u00a0dc', 'srv\\u00a0dc'],
  ['srv\u{e0041}', 'srv\\u{e0041}'],
  ['srv dc 01', 'srv dc 01'],
])('shows the name %j as %j', (name, shown) => {
  expect(visibleName(name)).toBe(shown);
});

it('removes control characters from every text, and line breaks from lines', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(codesOf(visibleText(text)).filter(isControl)).toEqual([]);
      expect(codesOf(visibleName(text)).filter(isControl)).toEqual([]);
      const left = visibleLines(text).replace(/\r\n|[\n\t]/g, '');
      expect(codesOf(left).filter(isControl)).toEqual([]);
    })
  );
});

it('accepts exactly the texts that it shows unchanged', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(isPlainText(text)).toBe(visibleText(text) === text);
      expect(isPlainLines(text)).toBe(visibleLines(text) === text);
      expect(isPlainText(text)).toBe(!codesOf(text).some(isControl));
    })
  );
});

it('does not change visible characters', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const visible of [visibleText, visibleLines, visibleName]) {
        expect(visible(visible(text))).toBe(visible(text));
      }
    })
  );
});
