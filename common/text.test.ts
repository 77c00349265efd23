import * as fc from 'fast-check';
import { cutText, storableText } from './text';

const ANY_TEXT = fc.oneof(fc.string16bits(), fc.fullUnicodeString(), fc.string());
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

describe('storableText', () => {
  it.each([
    ['a\tb\r\nc', 'a\tb\r\nc'],
    ['a\u0000b\u001Bc\u007Fd\u0085e', 'a b c d e'],
    ['x\uD83Dy', 'x\uFFFDy'],
    ['x\uDE00y', 'x\uFFFDy'],
    ['x\u{1F600}y', 'x\u{1F600}y'],
  ])('%j becomes %j', (text, expected) => {
    expect(storableText(text)).toBe(expected);
  });

  it('leaves neither a control character nor half of a pair', () => {
    fc.assert(
      fc.property(ANY_TEXT, (text) => {
        const stored = storableText(text);
        expect(isWellFormed(stored)).toBe(true);
        expect(stored.replace(/[\t\r\n]/g, '')).not.toMatch(/\p{Cc}/u);
        expect(stored).toHaveLength(text.length);
      }),
      { numRuns: 1000 }
    );
  });
});

describe('cutText', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abc\u{1F600}def', 5, 'abc…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
  ])('%j in %d characters is %j', (text, limit, expected) => {
    expect(cutText(text, limit)).toBe(expected);
  });

  it('never exceeds its limit nor splits a character', () => {
    fc.assert(
      fc.property(fc.fullUnicodeString(), fc.nat({ max: 40 }), (text, limit) => {
        const cut = cutText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(isWellFormed(cut)).toBe(true);
        if (cut !== text) expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
      { numRuns: 1000 }
    );
  });
});
