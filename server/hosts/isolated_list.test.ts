import * as fc from 'fast-check';
import { ISOLATED_SORT_FIELDS, ISOLATED_STATES, type IsolatedHost } from '../../common/api/hosts';
import { NETWORK_STATUSES } from '../../common/hosts/agent';
import { isolatedCsv, figuresOf, matchingHosts, sitesOf } from './isolated_list';
import { agentOf } from '../../test/helpers/isolated_hosts';

const NOW = Date.parse('2026-01-10T00:00:00Z');
const CALLER = { now: NOW, username: 'ann' };

const HOSTS: readonly IsolatedHost[] = [
  {
    ...{ source: 'record', by: 'ann', since: '2026-01-09T23:00:00Z', comment: 'Beaconing' },
    agent: agentOf('1', { computerName: 'web-1', siteName: 'Berlin', ipAddresses: ['10.1.0.1'] }),
    releaseAt: '2026-01-10T04:00:00Z',
  },
  {
    ...{ source: 'activity', by: 'ann', since: '2026-01-01T00:00:00Z' },
    agent: agentOf('2', { computerName: 'db-1', siteName: 'Frankfurt' }),
  },
  {
    ...{ source: 'outside', by: null, since: null },
    agent: agentOf('3', {
      ...{ computerName: 'Laptop', siteName: null, networkStatus: 'disconnecting' },
      ...{ isActive: false, lastLoggedInUserName: 'jdoe' },
    }),
  },
  {
    ...{ source: 'record', by: 'ben', since: '2026-01-05T00:00:00Z' },
    agent: agentOf('4', { computerName: 'app-1', networkStatus: 'connecting' }),
  },
];
const ids = (filter: Parameters<typeof matchingHosts>[1], caller = CALLER) =>
  matchingHosts(HOSTS, filter, caller).map(({ agent }) => agent.id);

it('sorts the longest isolated host first, and hosts without a time last, in both orders', () => {
  expect(ids({})).toEqual(['2', '4', '1', '3']);
  expect(ids({ sortOrder: 'desc' })).toEqual(['1', '4', '2', '3']);
  expect(ids({ sortField: 'name' })).toEqual(['4', '2', '3', '1']);
  expect(ids({ sortField: 'releaseAt', sortOrder: 'desc' })).toEqual(['1', '2', '3', '4']);
  expect(ids({ sortField: 'status' })).toEqual(['3', '1', '2', '4']);
});

it('filters by text, site, status, who isolated it, for how long, and by the host', () => {
  expect(ids({ search: 'WEB' })).toEqual(['1']);
  expect(ids({ search: 'beacon 10.1' })).toEqual(['1']);
  expect(ids({ search: 'jdoe' })).toEqual(['3']);
  expect(ids({ search: 'beacon frankfurt' })).toEqual([]);
  expect(ids({ site: 'Frankfurt' })).toEqual(['2', '4']);
  expect(ids({ site: 'frankfurt' })).toEqual([]);
  expect(ids({ status: 'isolating' })).toEqual(['3']);
  expect(ids({ status: 'releasing' })).toEqual(['4']);
  // A user of SentinelOne's console with the same name is somebody else.
  expect(ids({ mine: 'true' })).toEqual(['1']);
  expect(ids({ mine: 'true' }, { now: NOW, username: undefined as never })).toEqual(['4', '1']);
  expect(ids({ longerThanMs: 24 * 60 * 60_000 })).toEqual(['2', '4']);
  expect(ids({ agentId: '4' })).toEqual(['4']);
});

it('counts all hosts, and names the sites and the longest isolated host', () => {
  expect(figuresOf(HOSTS)).toEqual({
    ...{ isolated: 2, isolating: 1, isolatingOffline: 1, releasing: 1 },
    longest: { agentId: '2', name: 'db-1', since: '2026-01-01T00:00:00Z' },
  });
  expect(figuresOf([]).longest).toBeNull();
  expect(sitesOf(HOSTS)).toEqual(['Berlin', 'Frankfurt']);
});

const hosts = fc.uniqueArray(
  fc.record({
    agent: fc.record({
      ...{ id: fc.nat(1_000).map(String), name: fc.option(fc.constantFrom('a', 'b', 'B')) },
      ...{ networkStatus: fc.constantFrom(...NETWORK_STATUSES.slice(1)), isActive: fc.boolean() },
    }),
    source: fc.constantFrom('record', 'activity', 'outside'),
    by: fc.option(fc.constantFrom('ann', 'ben')),
    since: fc.option(fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-09T00:00:00Z')),
  }),
  { selector: ({ agent }) => agent.id, maxLength: 20 }
);

it('for every filter and order, contains each matching host once', () => {
  fc.assert(
    fc.property(
      hosts,
      fc.constantFrom(...ISOLATED_SORT_FIELDS),
      fc.constantFrom('asc' as const, 'desc' as const),
      (given, sortField, sortOrder) => {
        const all = given.map(
          ({ agent: { name, ...agent }, ...host }) =>
            ({
              ...host,
              agent: agentOf(agent.id, { ...agent, computerName: name }),
            }) as IsolatedHost
        );
        const idsOf = (list: readonly IsolatedHost[]) => list.map(({ agent }) => agent.id);
        const sorted = matchingHosts(all, { sortField, sortOrder }, CALLER);
        expect(idsOf(sorted).sort()).toEqual(idsOf(all).sort());
        // The order does not depend on the one before, so that no host is on two pages.
        expect(matchingHosts([...all].reverse(), { sortField, sortOrder }, CALLER)).toEqual(sorted);
        const parts = ISOLATED_STATES.flatMap((status) => matchingHosts(all, { status }, CALLER));
        expect(idsOf(parts).sort()).toEqual(idsOf(all).sort());
        const { isolated, isolating, releasing } = figuresOf(all);
        expect(isolated + isolating + releasing).toBe(all.length);
      }
    )
  );
});

it('is exported with one line per host, without formulas', () => {
  const csv = isolatedCsv([
    { ...HOSTS[0]!, comment: '=HYPERLINK("http://evil.example")', alertIds: ['a', 'b'] },
    HOSTS[2]!,
  ]);
  const [head, first, second, ...rest] = csv.split('\r\n');
  expect(head).toMatch(/^\uFEFF"host","agent_id","agent_uuid","network_status","isolated_since"/);
  expect(first).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(first).toContain(
    '"web-1","\'1","uuid-1","isolated","2026-01-09T23:00:00Z","ann","record"'
  );
  expect(second).toContain('"Laptop","\'3","uuid-3","isolation_pending","","","outside"');
  expect(rest).toEqual(['']);
});
