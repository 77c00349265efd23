import * as fc from 'fast-check';
import { tenantUrlProblem } from './connector';
import { correctedUrl, hasBlanksInside, withoutBlanks } from './connector_input';

const ORIGIN = 'https://x.sentinelone.net';

it.each<[string, string, readonly string[]]>([
  [ORIGIN, ORIGIN, []],
  [`${ORIGIN}/`, `${ORIGIN}/`, []],
  [` ${ORIGIN}\n`, ORIGIN, ['blanks']],
  [`\u00a0${ORIGIN}\u200b`, ORIGIN, ['blanks']],
  [`${ORIGIN}/web/api/v2.1/`, ORIGIN, ['path']],
  [`\t${ORIGIN}/login?next=%2F#top `, ORIGIN, ['blanks', 'path']],
  [`${ORIGIN}?`, ORIGIN, ['path']],
  ['https://x.sentinelone.net:8443/a', 'https://x.sentinelone.net:8443', ['path']],
  ['http://localhost:9911/web', 'http://localhost:9911', ['path']],
  // Other mistakes are left for the user to correct.
  ['http://x.sentinelone.net/web', 'http://x.sentinelone.net/web', []],
  ['https://user:pw@x.sentinelone.net/web', 'https://user:pw@x.sentinelone.net/web', []],
  ['https://x.sentinel one.net/web', 'https://x.sentinel one.net/web', []],
  ['x.sentinelone.net', 'x.sentinelone.net', []],
  ['', '', []],
  [' ', '', ['blanks']],
])('takes %j for %j', (text, value, corrections) => {
  expect(correctedUrl(text)).toEqual({ value, corrections });
});

it('corrects once, and never changes the host of an address', () => {
  const address = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string()
  );
  let valid = 0;
  fc.assert(
    fc.property(address, (text) => {
      const { value } = correctedUrl(text);
      expect(correctedUrl(value)).toEqual({ value, corrections: [] });
      if (tenantUrlProblem(value) !== undefined) return;
      valid += 1;
      expect(new URL(value).origin).toBe(new URL(text.trim()).origin);
    }),
    { numRuns: 1000 }
  );
  expect(valid).toBeGreaterThan(100);
});

it.each([
  ['abc', 'abc', false],
  [' abc\r\n', 'abc', false],
  ['ab c', 'ab c', true],
  ['ab\u200bc', 'ab\u200bc', true],
  ['\n', '', false],
])('takes %j for the token %j', (text, value, isBroken) => {
  expect(withoutBlanks(text).value).toBe(value);
  expect(hasBlanksInside(text)).toBe(isBroken);
});
