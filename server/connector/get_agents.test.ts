import * as fc from 'fast-check';
import { consoleUrlOf } from './get_agents';

const ORIGIN = 'https://example.sentinelone.net';

it('links to the endpoints with this name', () => {
  const url = new URL(consoleUrlOf(ORIGIN, 'Anna’s MacBook, 2&3')!);
  expect(url.origin).toBe(ORIGIN);
  expect(url.pathname).toBe('/sentinels/devices');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    page: '1',
    filter: '{"computerName__contains":"\\"Anna’s MacBook, 2&3\\""}',
  });
});

it.each([null, 'a"b', 'a\\b'])('is omitted for the name %j', (name) => {
  expect(consoleUrlOf(ORIGIN, name)).toBeUndefined();
});

it('never links elsewhere, for any name', () => {
  fc.assert(
    fc.property(fc.fullUnicodeString(), (name) => {
      const url = consoleUrlOf(`${ORIGIN}/`, name);
      fc.pre(url !== undefined);
      const { origin, pathname, searchParams, hash } = new URL(url);
      expect([origin, pathname, hash]).toEqual([ORIGIN, '/sentinels/devices', '']);
      expect([...searchParams.keys()]).toEqual(['page', 'filter']);
      const filter = JSON.parse(searchParams.get('filter')!);
      expect(filter).toEqual({ computerName__contains: `"${name}"` });
    })
  );
});
