import * as fc from 'fast-check';
import { jsonCopy } from './json_copy';

/** Every object and list in a value, itself included. */
function partsOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

it('copies every part of a value', () =>
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = jsonCopy(value);
      expect(copy).toStrictEqual(value);
      const parts = new Set(partsOf(value));
      expect(partsOf(copy).filter((part) => parts.has(part))).toEqual([]);
    }),
    { numRuns: 300 }
  ));

it('copies what JSON does not have, and an attribute that is called like what objects have', () => {
  const when = new Date(0);
  const copy = jsonCopy({ when, none: undefined, constructor: 'a' });
  expect(copy).toEqual({ when, none: undefined, constructor: 'a' });
  expect(copy.when).not.toBe(when);
});
