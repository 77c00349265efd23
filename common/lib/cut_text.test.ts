import * as fc from 'fast-check';
import { cutText } from './text';

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

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
