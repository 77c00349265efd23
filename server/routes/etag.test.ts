import { etagOf, isMeant } from './etag';

it('means any version without a condition', () => {
  expect(isMeant(undefined, 'WzEsMV0=')).toBe(true);
  expect(isMeant(undefined, undefined)).toBe(true);
});

it.each([
  ['its own tag', etagOf('WzEsMV0='), true],
  ['its own tag, made weak by a proxy', `W/${etagOf('WzEsMV0=')}`, true],
  ['one of several', `"WzAsMV0=", ${etagOf('WzEsMV0=')}`, true],
  ['whatever is there', '*', true],
  ['another one', etagOf('WzIsMV0='), false],
  ['nothing stored', etagOf(undefined), false],
  ['its tag without quotes', 'WzEsMV0=', false],
  ['nothing at all', '', false],
])('a version is meant by %s: %s', (_, ifMatch, expected) => {
  expect(isMeant(ifMatch, 'WzEsMV0=')).toBe(expected);
});

it('tells what is not stored from what is', () => {
  expect(isMeant(etagOf(undefined), undefined)).toBe(true);
  expect(isMeant('*', undefined)).toBe(false);
});
