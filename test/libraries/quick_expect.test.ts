import * as fc from 'fast-check';
import { expect as jests } from '@jest/globals';
import { quickExpect } from './quick_expect';

type Check = (on: typeof expect) => unknown;

/** What a check throws; undefined when it passes. */
function thrownBy(check: Check, on: unknown): Error | undefined {
  try {
    check(on as typeof expect);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const firstFrameOf = ({ stack = '' }: Error) =>
  stack.split('\n').find((line) => /^\s+at /.test(line));

const spy = jest.fn();
beforeEach(() => {
  spy(1);
  spy({ a: 2 });
});

const MATCHERS = [
  ...['toBe', 'toEqual', 'toStrictEqual', 'toMatchObject', 'toContain', 'toContainEqual'],
  ...['toHaveLength', 'toHaveProperty', 'toMatch', 'toBeInstanceOf', 'toBeCloseTo'],
  ...['toBeGreaterThan', 'toBeGreaterThanOrEqual', 'toBeLessThan', 'toBeLessThanOrEqual'],
  ...['toBeDefined', 'toBeUndefined', 'toBeNull', 'toBeNaN', 'toBeTruthy', 'toBeFalsy'],
  ...['toHaveBeenCalled', 'toHaveBeenCalledTimes', 'toHaveBeenCalledWith'],
] as const;

const some = fc.constantFrom<unknown>(
  ...[0, -0, 1, 2, Number.NaN, '', 'a', 'ab', /a/, null, undefined, true, false, Error, spy],
  ...[[], [1], [1, 2], ['a'], {}, { a: 1 }, { a: undefined }, { a: 1, b: [2] }, { length: 1 }],
  ...[new Error('a'), new Map([[1, 2]]), new Set([1]), () => 1, new Date(0)],
  ...[jests.anything(), jests.any(Number), jests.stringContaining('a'), jests.objectContaining({})]
);
const anything = fc.oneof(some, fc.anything());

it('passes what Jest passes, and reports the rest in its words', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...MATCHERS),
      fc.boolean(),
      anything,
      fc.oneof(fc.constant([]), fc.tuple(anything)),
      fc.boolean(),
      (name, isNot, actual, args, isSame) => {
        const check: Check = (on) => {
          const forms = isNot ? on(actual).not : on(actual);
          const method = forms[name] as (...all: unknown[]) => void;
          method.call(forms, ...(isSame && args.length > 0 ? [actual] : args));
        };
        const wanted = thrownBy(check, jests);
        const found = thrownBy(check, quickExpect(jests as never));
        jests(found?.message).toBe(wanted?.message);
        jests(found === undefined).toBe(wanted === undefined);
      }
    ),
    { numRuns: 400 }
  ));

it('is the expect of the tests', () => {
  jests(expect).not.toBe(jests);
  jests(Object.keys(expect)).toEqual(jests.arrayContaining(Object.keys(jests)));
});

it.each<[string, Check]>([
  ['toBe', (on) => on(1).toBe(2)],
  ['not', (on) => on([1]).not.toContain(1)],
  ['toThrow', (on) => on(() => 1).toThrow('a')],
  ['a matcher that is used wrongly', (on) => on(1).toHaveLength('a' as never)],
])('points to the test: %s', (_, check) => {
  jests(firstFrameOf(thrownBy(check, expect)!)).toContain('quick_expect.test.ts');
});

it.each<[string, (on: typeof expect) => Promise<unknown>]>([
  ['resolves', (on) => on(Promise.resolve(1)).resolves.toBe(2)],
  ['resolves, but it rejects', (on) => on(Promise.reject(new Error('a'))).resolves.toBe(2)],
  ['rejects', (on) => on(Promise.reject(new Error('a'))).rejects.toThrow('b')],
  ['rejects, but it resolves', (on) => on(Promise.resolve(1)).rejects.toThrow('b')],
  ['rejects.not', (on) => on(Promise.reject(new Error('a'))).rejects.not.toThrow('a')],
])('waits for promises, and points to the test: %s', async (_, check) => {
  const [wanted, found] = (await Promise.all(
    [jests, expect].map((on) => check(on as typeof expect).catch((error: unknown) => error))
  )) as [Error, Error];
  jests(found.message).toBe(wanted.message);
  jests(firstFrameOf(found)).toContain('quick_expect.test.ts');
});

it('counts assertions, and knows matchers that are added', async () => {
  const { assertionCalls } = jests.getState();
  expect(1).toBe(1);
  expect(2).not.toBe(1);
  await expect(Promise.resolve(1)).resolves.toBe(1);
  jests(jests.getState().assertionCalls).toBe(assertionCalls + 3);
  expect.extend({
    toBeEven: (one: number) => ({ pass: one % 2 === 0, message: () => `${one} is odd` }),
  });
  const even = (one: number) => (expect(one) as never as { toBeEven(): void }).toBeEven();
  even(2);
  jests(() => even(1)).toThrow('1 is odd');
});
