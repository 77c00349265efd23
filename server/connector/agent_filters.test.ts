import * as fc from 'fast-check';
import { getAgentsParamsCodec, type GetAgentsParams } from '../../common/api/connector';
import { NETWORK_STATUSES } from '../../common/hosts/agent';
import { decode } from '../../common/lib/validation';
import type { ApiRequest } from '../sentinelone_client/transport';
import { getAgents } from './get_agents';

/** The named filters of `getAgents`, and what SentinelOne is asked for. */

const context = { protectedHosts: [], origin: 'https://example.sentinelone.net' };
const ports = { sleep: async () => {}, random: () => 0 };

/** Answers every request with these agents, and remembers what was asked. */
async function asked(params: GetAgentsParams, data: readonly object[] = []) {
  const requests: ApiRequest[] = [];
  const read = await getAgents(
    async (request) => {
      requests.push(request);
      return {
        ok: true,
        body: { data, pagination: { nextCursor: null, totalItems: data.length } },
      };
    },
    ports,
    params,
    context
  );
  if (!read.ok) throw new Error(read.problem.reason);
  return { requests, ids: read.value.agents.map(({ id }) => id), result: read.value };
}

const agent = (id: string, fields: object = {}) => ({
  ...{ id, uuid: null, computerName: `host-${id}`, networkStatus: 'connected' },
  ...fields,
});
const at = (...inet: readonly string[]) => ({ networkInterfaces: [{ inet }] });

it('sends one SentinelOne parameter per filter, and none for a page of all agents', async () => {
  const queryFor = async (params: GetAgentsParams) => (await asked(params)).requests[0]!.query;
  expect(await queryFor({})).toEqual({ limit: '100' });
  expect(
    await queryFor({
      ...{ nameContains: 'web', ip: '10.1.', user: 'ann', limit: 25, cursor: 'next' },
      networkStatuses: ['disconnected', 'connecting'],
    })
  ).toEqual({
    computerName__contains: 'web',
    networkInterfaceInet__contains: '10.1.',
    lastLoggedInUserName__contains: 'ann',
    networkStatuses: 'disconnected,connecting',
    cursor: 'next',
    limit: '25',
  });
});

it('finds a whole IP address only on an interface, and a part of one anywhere', async () => {
  const agents = [
    agent('1', at('10.0.0.1')),
    agent('2', at('10.0.0.12', '192.168.0.1')),
    agent('3', { networkInterfaces: null }),
  ];
  expect((await asked({ ip: '10.0.0.1' }, agents)).ids).toEqual(['1']);
  expect((await asked({ ip: '10.0.0.' }, agents)).ids).toEqual(['1', '2']);
  // How many hosts there are SentinelOne counts by its own, looser filter.
  expect((await asked({ ip: '10.0.0.1' }, agents)).result.total).toBeNull();
  expect((await asked({ ip: '10.0.0.' }, agents)).result.total).toBe(3);
});

it('returns no agent with another network status, even if SentinelOne ignored the filter', () =>
  fc.assert(
    fc.asyncProperty(
      fc.subarray([...NETWORK_STATUSES], { minLength: 1 }),
      fc.array(fc.constantFrom(...NETWORK_STATUSES, null, 'unheard-of'), { maxLength: 8 }),
      async (networkStatuses, statuses) => {
        const agents = statuses.map((networkStatus, n) => agent(String(n), { networkStatus }));
        const wanted = agents.filter(({ networkStatus }) =>
          (networkStatuses as readonly unknown[]).includes(networkStatus)
        );
        const { ids } = await asked({ networkStatuses }, agents);
        expect(ids).toEqual(wanted.map(({ id }) => id));
      }
    )
  ));

it('applies the other filters to agents that are looked up by UUID or id', async () => {
  const agents = [
    agent('1', { ...at('10.0.0.1'), lastLoggedInUserName: 'Ann', networkStatus: 'disconnected' }),
    agent('2', { ...at('10.0.0.2'), lastLoggedInUserName: 'Ben' }),
  ];
  const ids = ['1', '2'];
  expect((await asked({ ids }, agents)).ids).toEqual(ids);
  expect((await asked({ ids, user: 'ann' }, agents)).ids).toEqual(['1']);
  expect((await asked({ ids, ip: '10.0.0.2' }, agents)).ids).toEqual(['2']);
  expect((await asked({ ids, nameContains: 'HOST-2' }, agents)).ids).toEqual(['2']);
  expect((await asked({ ids, networkStatuses: ['disconnected'] }, agents)).ids).toEqual(['1']);
});

const texts = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.fullUnicodeString({ maxLength: 12 }),
  fc.constantFrom('', ' ', ',', ' , ', '10.', '.', '10.1.2.3', '*', '%', 'a,b', 'ann')
);
const anything = fc.record(
  {
    uuids: fc.array(texts, { maxLength: 3 }),
    ids: fc.array(fc.oneof(texts, fc.nat().map(String)), { maxLength: 3 }),
    nameContains: texts,
    ip: texts,
    user: texts,
    networkStatuses: fc.array(fc.oneof(fc.constantFrom(...NETWORK_STATUSES), texts), {
      maxLength: 3,
    }),
    limit: fc.integer({ min: -1, max: 2_000 }),
    cursor: texts,
  },
  { requiredKeys: [] }
);
const FILTERS = ['uuids', 'ids', 'nameContains', 'ip', 'user', 'networkStatuses'] as const;

it('refuses any input, or reads with one non-empty filter per named filter, and never writes', () =>
  fc.assert(
    fc.asyncProperty(anything, async (input) => {
      const decoded = decode(getAgentsParamsCodec, input);
      if (!decoded.ok) return;
      const { requests } = await asked(decoded.value);
      const named = FILTERS.filter((name) => decoded.value[name] !== undefined);
      for (const { method, path, query = {}, body } of requests) {
        expect([method, path, body]).toEqual(['GET', '/agents', undefined]);
        const { limit, cursor: _cursor, ...given } = query;
        expect(Number(limit)).toBeGreaterThanOrEqual(1);
        expect(Number(limit)).toBeLessThanOrEqual(1_000);
        expect(Object.keys(given).length).toBeGreaterThanOrEqual(Math.min(1, named.length));
        for (const value of Object.values(given)) {
          // SentinelOne takes an empty part of a list for no condition.
          expect(value.split(',').every((part) => part.trim() !== '')).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 }
  ));
