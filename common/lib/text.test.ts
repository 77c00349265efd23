import * as fc from 'fast-check';
import { andText, LISTED, listText } from './text';

describe('listText', () => {
  it.each<[readonly string[], string]>([
    [[], ''],
    [['a'], 'a'],
    [['a', 'a', 'b', 'a'], 'a, b'],
    [['e', 'd', 'c', 'b', 'a'], 'e, d, c, b, a'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, e and 1 more'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g', 'f'], 'a, b, c, d, e and 2 more'],
  ])('%j is %j', (values, expected) => {
    expect(listText(values)).toBe(expected);
  });

  it('separates values that contain commas by semicolons', () => {
    expect(listText(['a, b', 'c'], '; ')).toBe('a, b; c');
  });

  it('counts the rest of a total, even if it is not among the values', () => {
    expect(listText(['a', 'b'], ', ', 2)).toBe('a, b');
    expect(listText(['a', 'a', 'b'], ', ', 3)).toBe('a, b');
    expect(listText(['a', 'a', 'b'], ', ', 1_000)).toBe('a, b and 997 more');
    expect(listText(['a', 'b', 'c', 'd', 'e', 'f', 'a'], '; ', 7)).toBe('a; b; c; d; e and 1 more');
  });

  it('lists each value once, and at most five', () => {
    const word = fc.hexaString({ minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (values) => {
        const distinct = new Set(values);
        const [, list, more] = /^(.*?)(?: and (\d+) more)?$/.exec(listText(values))!;
        const named = list === '' ? [] : list!.split(', ');
        expect(new Set(named).size).toBe(named.length);
        expect(named).toHaveLength(Math.min(LISTED, distinct.size));
        expect(named.length + Number(more ?? 0)).toBe(distinct.size);
      }),
      { numRuns: 500 }
    );
  });
});

it.each<[readonly string[], string]>([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('andText of %j is %j', (values, expected) => {
  expect(andText(values)).toBe(expected);
});
