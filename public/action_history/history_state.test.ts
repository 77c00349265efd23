import fc from 'fast-check';
import { historyFilterCodec, historyQueryCodec } from '../../common/api/history';
import { ACTIONS } from '../../common/actions/action_name';
import { RESULT_STATUSES } from '../../common/actions/record_summary';
import { ALL_TIME } from '../lib/time_range';
import {
  DEFAULT_STATE,
  historyFilterOf,
  historyPath,
  historyQueryOf,
  isFiltered,
  NO_FILTER,
  readHistoryState,
  writeHistoryState,
  type HistoryState,
} from './history_state';

const NOW = Date.parse('2024-07-03T12:00:00.000Z');

const text = fc
  .string({ minLength: 1, maxLength: 256 })
  .map((value) => value.trim())
  .filter((value) => value !== '');
const maybe = <A>(value: fc.Arbitrary<A>) => fc.option(value, { nil: undefined });
const states: fc.Arbitrary<HistoryState> = fc
  .record({
    page: fc.integer({ min: 1, max: 100 }),
    perPage: fc.constantFrom(10, 25, 50, 100),
    from: fc.constantFrom('now-30d', 'now-7d', 'now/d', ALL_TIME, '2024-07-01T00:00:00.000Z'),
    to: fc.constantFrom('now', 'now/d', '2024-07-03T00:00:00.000Z'),
    search: maybe(text),
    action: maybe(fc.constantFrom(...ACTIONS)),
    status: maybe(fc.constantFrom(...RESULT_STATUSES)),
    longerThanMs: maybe(fc.integer({ min: 1, max: 31_536_000_000 })),
    sortField: fc.constantFrom('requestedAt', 'duration'),
    sortOrder: fc.constantFrom('asc', 'desc'),
    user: maybe(text),
    host: maybe(text),
  })
  .map(
    (state) =>
      Object.fromEntries(
        Object.entries(state).filter(([, value]) => value !== undefined)
      ) as unknown as HistoryState
  );

it('is the same after it was written to and read from the URL', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(readHistoryState(writeHistoryState(state))).toEqual(state);
    })
  );
});

it('makes a query that the server accepts from any URL', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(
          'page',
          'perPage',
          'from',
          'to',
          'search',
          'action',
          'status',
          'longerThanMs',
          'sortField',
          'sortOrder',
          'user',
          'host'
        ),
        fc.oneof(
          fc.string(),
          fc.constantFrom(
            '0',
            '-1',
            '1e9',
            'now-',
            'now+x',
            '2024-13-40',
            '2',
            '31536000000',
            'duration'
          )
        )
      ),
      (params) => {
        const state = readHistoryState(`?${new URLSearchParams(params).toString()}`);
        const query = Object.entries(historyQueryOf(state, NOW)).map(
          ([name, value]) => [name, String(value)] as const
        );
        expect(historyQueryCodec.decode(Object.fromEntries(query))._tag).toBe('Right');
      }
    )
  );
});

it('queries from the start time, without an end time when the end is now', () => {
  expect(historyQueryOf(DEFAULT_STATE, NOW)).toEqual({
    page: 1,
    perPage: 25,
    sortField: 'requestedAt',
    sortOrder: 'desc',
    from: '2024-06-03T12:00:00.000Z',
  });
  expect(historyQueryOf({ ...DEFAULT_STATE, to: '2024-07-01T00:00:00.000Z' }, NOW).to).toBe(
    '2024-07-01T00:00:00.000Z'
  );
});

it('queries the export and the summary by filter only, without page and order', () => {
  fc.assert(
    fc.property(states, (state) => {
      const filter = historyFilterOf(state, NOW);
      expect(historyFilterCodec.is(filter)).toBe(true);
      for (const name of ['page', 'perPage', 'sortField', 'sortOrder']) {
        expect(filter).not.toHaveProperty(name);
      }
    })
  );
});

it('has an empty URL query for the default state, and all time in links to one host', () => {
  expect(writeHistoryState(DEFAULT_STATE)).toBe('');
  expect(historyPath({ host: 'web 7' })).toBe(`/history?from=${ALL_TIME}&host=web+7`);
});

it('is filtered by all fields except time, page and order', () => {
  expect(isFiltered({ ...DEFAULT_STATE, page: 2, from: ALL_TIME, sortField: 'duration' })).toBe(
    false
  );
  expect(isFiltered({ ...DEFAULT_STATE, host: 'web-7' })).toBe(true);
  expect(isFiltered({ ...DEFAULT_STATE, host: 'web-7', ...NO_FILTER })).toBe(false);
});
