import * as fc from 'fast-check';
import { cursorScope, readCursor, writeCursor } from './get_agents';

const SCOPE = cursorScope('connector-1', 'https://example.sentinelone.net');
/** What SentinelOne may hand out: any text without blanks. */
const cursors = fc.fullUnicodeString({ minLength: 1, maxLength: 200 }).filter((text) => {
  const isWhole = Buffer.from(text, 'utf8').toString('utf8') === text;
  return isWhole && /^\S{1,1024}$/.test(text);
});
const filters = fc.record(
  {
    nameContains: fc.string(),
    ip: fc.string(),
    user: fc.string(),
    networkStatuses: fc.subarray(['connected', 'disconnected'] as const, { minLength: 1 }),
  },
  { requiredKeys: [] }
);
const scopes = fc.tuple(fc.string(), fc.string());

it("returns SentinelOne's cursor for the same filters in any order", () => {
  fc.assert(
    fc.property(cursors, scopes, filters, (cursor, scope, query) => {
      const ours = writeCursor(cursor, scope, query)!;
      expect(ours).toMatch(/^[\w.-]+$/);
      const reordered = Object.fromEntries(Object.entries(query).reverse());
      expect(readCursor(ours, scope, reordered)).toBe(cursor);
    })
  );
  expect(writeCursor(null, SCOPE, {})).toBeNull();
});

it('is refused for other filters, another connector and another tenant', () => {
  fc.assert(
    fc.property(cursors, scopes, scopes, filters, filters, (cursor, scope, other, a, b) => {
      const isSame = JSON.stringify([scope, sorted(a)]) === JSON.stringify([other, sorted(b)]);
      const ours = writeCursor(cursor, scope, a)!;
      expect(readCursor(ours, other, b)).toBe(isSame ? cursor : undefined);
    })
  );
  const ours = writeCursor('abc', SCOPE, { user: 'ann' })!;
  expect(readCursor(ours, SCOPE, { nameContains: 'ann' })).toBeUndefined();
  expect(readCursor(ours, cursorScope('connector-2', SCOPE[1]), { user: 'ann' })).toBeUndefined();
  expect(readCursor(ours, cursorScope(SCOPE[0], 'https://b.example'), { user: 'ann' })).toBe(
    undefined
  );
  expect(readCursor(ours, SCOPE, { user: 'ann' })).toBe('abc');
});

const sorted = (query: object) => Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));

it('is refused if it was changed, or if it is SentinelOne’s own', () => {
  const ours = writeCursor('abc', SCOPE, {})!;
  for (const text of ['abc', '', '.', `${ours}=`, `${ours} `, ours.slice(1), `x.${ours}`]) {
    expect(readCursor(text, SCOPE, {})).toBeUndefined();
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      const read = readCursor(text, SCOPE, {});
      expect(read === undefined || writeCursor(read, SCOPE, {}) === text).toBe(true);
    })
  );
});
