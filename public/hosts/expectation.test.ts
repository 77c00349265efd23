import { QueryClient } from '@tanstack/react-query';
import * as fc from 'fast-check';
import { anyHostStatus } from '../../test/ui/arbitraries';
import { AGENT_ID, agentWith, UUID } from '../../test/ui/sample';
import { ACTIONS, OUTCOMES } from '../../common/outcome';
import { isMet, PATIENCE, statusWith, type Expectation } from './expectation';
import { forgetMet, noteAccepted } from './expectations';
import { shownStatusOf } from './network_status';

const anyExpectation: fc.Arbitrary<Expectation> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  acceptedAt: fc.integer({ min: 0, max: 2 ** 41 }),
});
const anyShown = anyHostStatus.map(shownStatusOf);

it('never says that a host is isolated or connected when SentinelOne does not', () => {
  fc.assert(
    fc.property(
      fc.option(anyExpectation, { nil: undefined }),
      anyShown,
      fc.integer({ min: -1_000, max: 2 ** 41 }),
      (expectation, status, later) => {
        const shown = statusWith(expectation, status, (expectation?.acceptedAt ?? 0) + later);
        if (shown !== status) expect(['isolating', 'releasing']).toContain(shown);
      }
    ),
    { numRuns: 2_000 }
  );
});

it('gives way to what SentinelOne says of the action, and to its silence after a while', () => {
  fc.assert(
    fc.property(anyExpectation, anyShown, (expectation, status) => {
      const { acceptedAt, action } = expectation;
      const pending = action === 'isolate' ? 'isolating' : 'releasing';
      const atOnce = statusWith(expectation, status, acceptedAt);
      expect(atOnce).toBe(isMet(expectation, status) ? status : pending);
      expect(statusWith(expectation, status, acceptedAt + PATIENCE + 1)).toBe(status);
    }),
    { numRuns: 2_000 }
  );
});

it.each([
  ['isolate', ['isolating', 'isolated']],
  ['release', ['releasing', 'connected', 'offline']],
] as const)('%s is spoken of by %j', (action, signs) => {
  const all = ['connected', 'isolating', 'isolated', 'releasing', 'offline', 'unknown'] as const;
  const found = all.filter((status) => isMet({ action, acceptedAt: 0 }, status));
  expect([...found].sort()).toEqual([...signs].sort());
});

describe('what is noted', () => {
  const noted = (client: QueryClient) =>
    client.getQueryData<ReadonlyMap<string, Expectation>>(['sentineloneResponse.expectations']) ??
    new Map<string, Expectation>();
  const host = { uuid: UUID, agentId: AGENT_ID, name: 'web-7' };

  it.each(OUTCOMES)('of the outcome %s', (outcome) => {
    const client = new QueryClient();
    noteAccepted(client, 'isolate', { actionId: 'a', hosts: [{ ...host, outcome }] }, 5);
    const isGood = outcome !== 'refused' && outcome !== 'failed';
    expect([...noted(client)]).toEqual(
      isGood ? [[AGENT_ID, { action: 'isolate', acceptedAt: 5 }]] : []
    );
  });

  it('is forgotten for exactly the hosts whose status speaks of it', () => {
    const client = new QueryClient();
    const hosts = [
      { ...host, outcome: 'requested' as const },
      { ...host, agentId: '2', outcome: 'requested' as const },
    ];
    noteAccepted(client, 'isolate', { actionId: 'a', hosts }, 5);
    forgetMet(client, [
      { state: 'known', agent: agentWith({ networkStatus: 'connected' }) },
      { state: 'known', agent: agentWith({ id: '2', networkStatus: 'disconnecting' }) },
      { state: 'unknown' },
    ]);
    expect([...noted(client).keys()]).toEqual([AGENT_ID]);
  });

  it('is the newest action of a host', () => {
    const client = new QueryClient();
    const result = { actionId: 'a', hosts: [{ ...host, outcome: 'requested' as const }] };
    noteAccepted(client, 'isolate', result, 5);
    noteAccepted(client, 'release', result, 6);
    expect(noted(client).get(AGENT_ID)).toEqual({ action: 'release', acceptedAt: 6 });
  });
});
