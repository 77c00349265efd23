import fc from 'fast-check';
import { historyQueryCodec } from '../../common/history';
import { ACTIONS } from '../../common/outcome';
import { RECORDED_OUTCOMES } from '../../common/record';
import {
  ALL_TIME,
  DEFAULT_STATE,
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
    outcome: maybe(fc.constantFrom(...RECORDED_OUTCOMES)),
    user: maybe(text),
    host: maybe(text),
  })
  .map(
    (state) =>
      Object.fromEntries(
        Object.entries(state).filter(([, value]) => value !== undefined)
      ) as unknown as HistoryState
  );

it('comes back from the address as it went in', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(readHistoryState(writeHistoryState(state))).toEqual(state);
    })
  );
});

it('makes something that the server accepts of any address at all', () => {
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
          'outcome',
          'user',
          'host'
        ),
        fc.oneof(fc.string(), fc.constantFrom('0', '-1', '1e9', 'now-', 'now+x', '2024-13-40', '2'))
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

it('asks for everything since a moment, with no end when it is now', () => {
  expect(historyQueryOf(DEFAULT_STATE, NOW)).toEqual({
    page: 1,
    perPage: 25,
    from: '2024-06-03T12:00:00.000Z',
  });
  expect(historyQueryOf({ ...DEFAULT_STATE, to: '2024-07-01T00:00:00.000Z' }, NOW).to).toBe(
    '2024-07-01T00:00:00.000Z'
  );
});

it('has a short address for what it shows at first, and all time for one host', () => {
  expect(writeHistoryState(DEFAULT_STATE)).toBe('');
  expect(historyPath({ host: 'web 7' })).toBe(`/history?from=${ALL_TIME}&host=web+7`);
});

it('is filtered by anything but time and page', () => {
  expect(isFiltered({ ...DEFAULT_STATE, page: 2, from: ALL_TIME })).toBe(false);
  expect(isFiltered({ ...DEFAULT_STATE, host: 'web-7' })).toBe(true);
  expect(isFiltered({ ...DEFAULT_STATE, host: 'web-7', ...NO_FILTER })).toBe(false);
});
