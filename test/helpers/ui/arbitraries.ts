import * as fc from 'fast-check';
import { NETWORK_STATUSES, type HostStatus } from '../../../common/hosts/agent';
import type { Connection } from '../../../common/api/routes';
import { agentWith } from '../sample_hosts';

/** Answers of SentinelOne and Kibana, and user input, for property tests. */

export const anyAgent = fc
  .record({
    id: fc.constantFrom('1', '2', '1834780238610855645'),
    uuid: fc.option(fc.constantFrom('uuid-1', 'uuid-2')),
    computerName: fc.option(fc.fullUnicodeString()),
    networkStatus: fc.option(fc.constantFrom(...NETWORK_STATUSES)),
    isActive: fc.option(fc.boolean()),
    isDecommissioned: fc.boolean(),
    isUninstalled: fc.boolean(),
  })
  .map(agentWith);

export const anyHostStatus: fc.Arbitrary<HostStatus> = fc.oneof(
  anyAgent.map((agent) => ({ state: 'known', agent }) as const),
  fc
    .tuple(anyAgent, fc.constantFrom('uuid' as const, 'agentId' as const))
    .map(([agent, foundBy]) => ({ state: 'partial_match', foundBy, agent }) as const),
  fc.constant({ state: 'unknown' } as const),
  fc.array(anyAgent).map((agents) => ({ state: 'ambiguous', agents }) as const),
  fc.array(anyAgent).map((agents) => ({ state: 'mismatch', agents }) as const)
);

const anyConnector = fc.record({ id: fc.string(), name: fc.string() });
export const anyConnection: fc.Arbitrary<Connection> = fc.oneof(
  fc.constant({ state: 'none' } as const),
  anyConnector.map(
    (connector) => ({ state: 'one', connector, commentRequired: true, maxHosts: 1_000 }) as const
  ),
  fc.array(anyConnector).map((connectors) => ({ state: 'several', connectors }) as const)
);

/** Comments around each limit of the codec: blank, too long, and with invisible characters. */
export const anyComment = fc.oneof(
  fc.fullUnicodeString(),
  fc.stringOf(fc.constantFrom(' ', '\n', '\t', '\u00a0', 'a')),
  fc.integer({ min: 1_998, max: 2_003 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 998, max: 1_002 }).map((length) => '🔥'.repeat(length)),
  fc.constantFrom('a\0b', 'a\u202eb', 'a\u200bb', 'two\nlines', 'two\r\nlines')
);

export const anyProblem = fc.record({ what: fc.string(), todo: fc.string() });
