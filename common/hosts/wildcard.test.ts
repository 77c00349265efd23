import * as fc from 'fast-check';
import { matchesWildcard } from './match_pattern';

describe('matchesWildcard', () => {
  it.each([
    ['dc-*', 'DC-01', true],
    ['*.corp.example', 'web.CORP.example', true],
    ['dc-?', 'dc-1', true],
    ['dc-?', 'dc-10', false],
    ['dc', 'dc-1', false],
    ['*', '', true],
    ['?', '', false],
    ['a.c', 'abc', false],
    ['[a-z]', 'b', false],
    ['straße', 'STRASSE', true],
    ['café', 'CAFE\u0301', true],
    ['?', '😀', true],
    ["anna's-*", 'Anna’s-MBP', true],
    ['Anna’s-*', "anna's-mbp", true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('returns the same result as regular expressions', () => {
    const letter = fc.constantFrom('a', 'b', 'A', 'B', '.', '+', '(', '\\');
    const text = fc.stringOf(letter, { maxLength: 12 });
    const pattern = fc.stringOf(fc.oneof(letter, fc.constantFrom('*', '?')), { maxLength: 8 });
    const reference = (glob: string) => {
      const source = [...glob].map((one) =>
        one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[.+(\\]/, '\\$&')
      );
      return new RegExp(`^${source.join('')}$`, 'is');
    };
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        expect(matchesWildcard(glob, value)).toBe(reference(glob).test(value));
      }),
      { numRuns: 5_000 }
    );
  });

  it('is fast for every pattern', () => {
    // A backtracking matcher would need longer than the universe has been there.
    const pattern = `${'*a'.repeat(127)}*b`;
    expect(matchesWildcard(pattern, 'a'.repeat(5_000))).toBe(false);
  });
});
