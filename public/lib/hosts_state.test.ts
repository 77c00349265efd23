import fc from 'fast-check';
import { hostsQueryCodec, isolatedQueryCodec, ISOLATED_SORT_FIELDS } from '../../common/api/hosts';
import { HOST_NETWORK_STATES, HOST_SEARCH_KINDS } from '../../common/hosts/host_search';
import { decode } from '../../common/lib/validation';
import {
  DEFAULT_STATE,
  hostPath,
  hostsQueryOf,
  HOST_VIEWS,
  isFiltered,
  isolatedQueryOf,
  isSearchable,
  readHostsState,
  writeHostsState,
  type HostsState,
} from './hosts_state';

/** What the server is sent travels as text. */
const asText = (query: object): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));

const anyText = fc.oneof(
  fc.string(),
  fc.fullUnicodeString({ maxLength: 400 }),
  fc.integer().map(String),
  fc.constantFrom(
    '10.1.2.3',
    '1834780238610855645',
    'true',
    'asc',
    'name',
    'x,y',
    '\u0000',
    '__proto__'
  )
);
const anyQuery = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...['view', 'host', 'search', 'status', 'perPage', 'kind', 'page', 'sortField'],
        ...['sortOrder', 'site', 'isIsolatedByMe', 'isLong', 'other']
      ),
      fc.oneof(
        anyText,
        fc.constantFrom(
          ...HOST_VIEWS,
          ...HOST_NETWORK_STATES,
          ...HOST_SEARCH_KINDS,
          ...ISOLATED_SORT_FIELDS
        )
      )
    )
  )
  .map((pairs) => `?${new URLSearchParams(pairs).toString()}`);

it('is always accepted by the server, and can be restored from its own link', () => {
  fc.assert(
    fc.property(anyQuery, (query) => {
      const state = readHostsState(query);
      expect(readHostsState(writeHostsState(state))).toEqual(state);
      if (state.view === 'isolated') {
        expect(decode(isolatedQueryCodec, asText(isolatedQueryOf(state))).ok).toBe(true);
      } else if (state.search === undefined || isSearchable(state.search, state.kind)) {
        expect(decode(hostsQueryCodec, asText(hostsQueryOf(state, undefined))).ok).toBe(true);
      }
    }),
    { numRuns: 3_000 }
  );
});

it('writes nothing for the default state, and a link to a host in all hosts', () => {
  expect(writeHostsState(DEFAULT_STATE)).toBe('');
  expect(isFiltered(DEFAULT_STATE)).toBe(false);
  expect(hostPath('1834780238610855645')).toBe('/hosts?view=all&host=1834780238610855645');
  const filtered: HostsState = {
    ...DEFAULT_STATE,
    isIsolatedByMe: true,
    isLong: true,
    site: 'Osaka',
  };
  expect(isFiltered(filtered)).toBe(true);
  expect(isolatedQueryOf(filtered)).toEqual({
    ...{ mine: 'true', longerThanMs: 86_400_000, site: 'Osaka' },
    ...{ sortField: 'since', sortOrder: 'asc', page: 1, perPage: 25 },
  });
});
