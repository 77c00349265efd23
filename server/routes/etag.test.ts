import { etagOf, matchesVersion } from './settings_routes';

const VERSION = 'WzEsMV0=';

it('means any version without a condition', () => {
  expect(matchesVersion(undefined, VERSION)).toBe(true);
  expect(matchesVersion(undefined, undefined)).toBe(true);
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
  expect(matchesVersion(ifMatch, VERSION)).toBe(expected);
});

it('distinguishes stored settings from none', () => {
  expect(matchesVersion(`"${etagOf(undefined)}"`, undefined)).toBe(true);
  expect(matchesVersion('*', undefined)).toBe(false);
});
