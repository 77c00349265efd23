import * as fc from 'fast-check';
import { ALERT_SORT_FIELDS, SEVERITIES, WORKFLOW_STATUSES } from '../../common/hosts/alert';
import { LIMITS } from '../../common/lib/constants';
import { alertsQueryCodec } from '../../common/api/routes';
import { decode } from '../../common/lib/validation';
import {
  alertsQueryOf,
  DEFAULT_STATE,
  isFiltered,
  readPageState,
  refreshWithin,
  writePageState,
} from './page_state';
import { ALL_TIME } from './time_range';

const NOW = Date.parse('2024-07-03T12:00:00.000Z');

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
      from: fc.constantFrom('now-24h', 'now-7d/d', 'now/d', ALL_TIME, '2024-07-01T00:00:00.000Z'),
      to: fc.constantFrom('now', 'now/d', '2024-07-02T00:00:00.000Z'),
      severities: fc.subarray([...SEVERITIES], { minLength: 1, maxLength: SEVERITIES.length - 1 }),
      refresh: fc.double({ min: -1, max: 1e6, noNaN: true }).map(refreshWithin),
      search: fc
        .string({ maxLength: 256 })
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    },
    { requiredKeys: ['perPage', 'sortField', 'sortOrder', 'part', 'from', 'to'] }
  )
  .map(({ part, ...state }) => ({
    ...state,
    page: 1 + Math.floor(part * (Math.floor(LIMITS.resultWindow / state.perPage) - 1)),
  }));

it('is the same after it was written to and read from a link', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      expect(readPageState(writePageState(state))).toEqual(state);
    }),
    { numRuns: 2_000 }
  );
});

it('is always accepted by the server, for any link', () => {
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
      'now-1d',
      'now-1d/',
      'high,low',
      'low,low',
      '2024-02-31',
      '2024-07-01T00:00:00Z',
      '__proto__'
    )
  );
  const names = [
    'page',
    'perPage',
    'sortField',
    'sortOrder',
    'status',
    'severity',
    'from',
    'to',
    'refresh',
    'search',
    'other',
  ];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), anyText)), (pairs) => {
      const state = readPageState(`?${new URLSearchParams(pairs).toString()}`);
      expect(decode(alertsQueryCodec, asText(alertsQueryOf(state, NOW))).ok).toBe(true);
      expect(state.page * state.perPage).toBeLessThanOrEqual(LIMITS.resultWindow);
    }),
    { numRuns: 3_000 }
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(decode(alertsQueryCodec, asText(alertsQueryOf(readPageState(text), NOW))).ok).toBe(
        true
      );
    })
  );
});

it('writes nothing for the default state', () => {
  expect(writePageState(DEFAULT_STATE)).toBe('');
  expect(writePageState({ ...DEFAULT_STATE, search: '' })).toBe('');
  expect(writePageState({ ...DEFAULT_STATE, status: 'closed', search: 'a b' })).toBe(
    '?status=closed&search=a+b'
  );
});

it('requests the range as times, without a start for all time, and all severities without a filter', () => {
  const query = (changes: object) => alertsQueryOf({ ...DEFAULT_STATE, ...changes }, NOW);
  expect(query({})).toMatchObject({ from: '2024-07-02T12:00:00.000Z' });
  expect(query({})).not.toHaveProperty('to');
  expect(query({ from: ALL_TIME, refresh: 60 })).toEqual({
    page: 1,
    perPage: 25,
    sortField: 'timestamp',
    sortOrder: 'desc',
  });
  expect(query({ to: '2024-07-03' })).toHaveProperty('to');
  expect(query({ severities: ['low', 'high'] })).toMatchObject({ severity: 'low,high' });
  expect(query({ severities: [...SEVERITIES] })).not.toHaveProperty('severity');
  expect(isFiltered({ ...DEFAULT_STATE, severities: [...SEVERITIES] })).toBe(false);
  expect(isFiltered({ ...DEFAULT_STATE, severities: ['high'] })).toBe(true);
});
