import * as fc from 'fast-check';
import { ALERT_SORT_FIELDS, WORKFLOW_STATUSES } from '../../common/hosts/alert';
import { LIMITS } from '../../common/lib/constants';
import { alertsQueryCodec } from '../../common/api/routes';
import { decode } from '../../common/lib/validation';
import { alertsQueryOf, DEFAULT_STATE, readPageState, writePageState } from './page_state';

/** What the server is sent travels as text. */
const asText = (query: object): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

const anyState = fc
  .record(
    {
      perPage: fc.integer({ min: 1, max: LIMITS.alertsPerPage }),
      sortField: fc.constantFrom(...ALERT_SORT_FIELDS),
      sortOrder: fc.constantFrom('asc' as const, 'desc' as const),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      status: fc.constantFrom(...WORKFLOW_STATUSES),
      search: fc
        .string({ maxLength: 256 })
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    },
    { requiredKeys: ['perPage', 'sortField', 'sortOrder', 'part'] }
  )
  .map(({ part, ...state }) => ({
    ...state,
    page: 1 + Math.floor(part * (Math.floor(LIMITS.resultWindow / state.perPage) - 1)),
  }));

it('comes back from a link as it was put in', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(readPageState(writePageState(state))).toEqual(state);
    }),
    { numRuns: 2_000 }
  );
});

it('is always one that the server takes, whatever a link says', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.fullUnicodeString({ maxLength: 600 }),
    fc.constantFrom(
      'asc',
      'closed',
      'hostName',
      '0',
      '-1',
      '1e3',
      '10000',
      '99999999999',
      '__proto__'
    )
  );
  const names = ['page', 'perPage', 'sortField', 'sortOrder', 'status', 'search', 'other'];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), anyText)), (pairs) => {
      const state = readPageState(`?${new URLSearchParams(pairs).toString()}`);
      expect(decode(alertsQueryCodec, asText(alertsQueryOf(state))).ok).toBe(true);
      expect(state.page * state.perPage).toBeLessThanOrEqual(LIMITS.resultWindow);
    }),
    { numRuns: 3_000 }
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decode(alertsQueryCodec, asText(alertsQueryOf(readPageState(text)))).ok).toBe(true);
    })
  );
});

it('writes nothing for the first page as it comes', () => {
  expect(writePageState(DEFAULT_STATE)).toBe('');
  expect(writePageState({ ...DEFAULT_STATE, search: '' })).toBe('');
  expect(writePageState({ ...DEFAULT_STATE, status: 'closed', search: 'a b' })).toBe(
    '?status=closed&search=a+b'
  );
});
