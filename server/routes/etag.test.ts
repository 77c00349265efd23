import { etagOf, isMeant } from './settings_routes';

const VERSION = 'WzEsMV0=';

it('means any version without a condition', () => {
  expect(isMeant(undefined, VERSION)).toBe(true);
  expect(isMeant(undefined, undefined)).toBe(true);
});

it.each([
  ['its own tag', '"WzEsMV0="', true],
  ['its own tag, made weak by a proxy', 'W/"WzEsMV0="', true],
  ['its own tag, on an answer that was compressed', '"WzEsMV0=-gzip"', true],
  ['one of several', '"WzAsMV0=", "WzEsMV0="', true],
  ['whatever is there', '*', true],
  ['another one', '"WzIsMV0="', false],
  ['nothing stored', `"${etagOf(undefined)}"`, false],
  ['its tag without quotes', VERSION, false],
  ['nothing at all', '', false],
])('a version is meant by %s: %s', (_, ifMatch, expected) => {
  expect(isMeant(ifMatch, VERSION)).toBe(expected);
});

it('tells what is not stored from what is', () => {
  expect(isMeant(`"${etagOf(undefined)}"`, undefined)).toBe(true);
  expect(isMeant('*', undefined)).toBe(false);
});
