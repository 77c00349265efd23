import * as fc from 'fast-check';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { anyHostStatus } from '../../test/helpers/ui/arbitraries';
import { AGENT_ID, UUID } from '../../test/helpers/sample_hosts';
import { ACTIONS } from '../../common/actions/action_name';
import { OUTCOMES } from '../../common/actions/outcome';
import {
  isReflected,
  OPTIMISTIC_PERIOD,
  statusWith,
  type OptimisticStatus,
  type ReadStatus,
} from './optimistic_status';
import { NOTHING_KNOWN, withAccepted, withFailed } from './host_statuses';
import type { Moment } from './moment';
import { inProgressOf, shownStatusOf, type ShownStatus } from './network_status';

const momentAt = (at: number): Moment => ({
  clock: 'node-1',
  from: at,
  to: at,
  earliest: at,
  latest: at,
});
const anyExpectation: fc.Arbitrary<OptimisticStatus> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  outcome: fc.constant('requested' as const),
  actionId: fc.constant('a'),
  acceptedAt: fc.integer({ min: 0, max: 2 ** 41 }).map(momentAt),
});
const anyLabel = anyHostStatus.map(shownStatusOf);
const readAt = (at: number, label: ShownStatus, isOnline = true): ReadStatus => ({
  label,
  read: momentAt(at),
  isOnline,
});
const PENDING = ACTIONS.flatMap((action) =>
  Object.values(ACTION_DEFINITIONS[action].statuses.inProgress)
);

it('never shows a host as isolated or connected when SentinelOne does not report it', () => {
  fc.assert(
    fc.property(
      fc.option(anyExpectation, { nil: undefined }),
      anyLabel,
      fc.integer({ min: -1_000, max: 2 ** 41 }),
      fc.boolean(),
      (optimisticStatus, label, later, isOnline) => {
        const status = readAt((optimisticStatus?.acceptedAt.to ?? 0) + later, label, isOnline);
        const shown = statusWith(optimisticStatus, status);
        if (shown !== label) expect(PENDING).toContain(shown);
      }
    ),
    { numRuns: 2_000 }
  );
});

it('ends when a reading reflects the action, or after the optimistic period', () => {
  fc.assert(
    fc.property(anyExpectation, anyLabel, fc.boolean(), (optimisticStatus, label, isOnline) => {
      const accepted = optimisticStatus.acceptedAt.to;
      const pending = inProgressOf(optimisticStatus.action, isOnline ? 'online' : 'offline');
      const atOnce = readAt(accepted, label, isOnline);
      expect(statusWith(optimisticStatus, atOnce)).toBe(
        isReflected(optimisticStatus, atOnce) ? label : pending
      );
      const later = readAt(accepted + OPTIMISTIC_PERIOD + 1, label, isOnline);
      expect(statusWith(optimisticStatus, later)).toBe(label);
    }),
    { numRuns: 2_000 }
  );
});

it('is not ended by a reading from before the acceptance', () => {
  fc.assert(
    fc.property(anyExpectation, anyLabel, fc.nat(100_000), (optimisticStatus, label, before) => {
      const status = readAt(optimisticStatus.acceptedAt.to - 1 - before, label);
      expect(isReflected(optimisticStatus, status)).toBe(false);
      expect(statusWith(optimisticStatus, status)).toBe(
        inProgressOf(optimisticStatus.action, 'online')
      );
    })
  );
});

it('shows an earlier status when SentinelOne reported it again with its answer to the action', () => {
  const before = readAt(0, 'isolated');
  const expected = (outcome: OptimisticStatus['outcome']): OptimisticStatus => ({
    action: 'isolate',
    actionId: 'a',
    outcome,
    acceptedAt: momentAt(1_000),
  });
  expect(statusWith(expected('unchanged'), before)).toBe('isolated');
  expect(statusWith(expected('done'), before)).toBe('isolated');
  // It may have been released in between.
  expect(statusWith(expected('requested'), before)).toBe('isolating');
});

it.each([
  ['isolate', ['isolated', 'isolating', 'isolation_pending']],
  ['release', ['connected', 'offline', 'release_pending', 'releasing']],
] as const)('%s is reflected by %j', (action, signs) => {
  const all = [
    'connected',
    'isolating',
    'isolation_pending',
    'isolated',
    'releasing',
    'release_pending',
    'offline',
    'unknown',
  ] as const;
  const optimisticStatus = {
    action,
    actionId: 'a',
    outcome: 'requested',
    acceptedAt: momentAt(0),
  } as const;
  const found = all.filter((label) => isReflected(optimisticStatus, readAt(1, label)));
  expect([...found].sort()).toEqual([...signs].sort());
});

describe('the stored status', () => {
  const host = { uuid: UUID, agentId: AGENT_ID, name: 'web-7' };
  const exchange = { sentAt: 1, answeredAt: 9 };
  const acceptedAt = { clock: 'node-1', at: 5 };

  it.each(OUTCOMES)('of the outcome %s', (outcome) => {
    const answer = { actionId: 'a', hosts: [{ ...host, outcome }], acceptedAt };
    const { optimisticStatuses } = withAccepted(NOTHING_KNOWN, 'isolate', answer, exchange);
    const isSuccess = outcome !== 'refused' && outcome !== 'failed';
    const moment = { clock: 'node-1', from: 5, to: 5, earliest: 1, latest: 9 };
    expect([...optimisticStatuses]).toEqual(
      isSuccess
        ? [
            [
              `network/${AGENT_ID}`,
              { action: 'isolate', actionId: 'a', outcome, acceptedAt: moment },
            ],
          ]
        : []
    );
  });

  it('is kept for each property of a host that an action changes', () => {
    jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
    const hosts = [{ ...host, outcome: 'requested' as const }];
    const first = withAccepted(
      NOTHING_KNOWN,
      'isolate',
      { actionId: 'a', hosts, acceptedAt },
      exchange
    );
    const both = withAccepted(first, 'release', { actionId: 'b', hosts, acceptedAt }, exchange);
    const agentId = AGENT_ID;
    expect([...both.optimisticStatuses.values()].map(({ action }) => action)).toEqual([
      'isolate',
      'release',
    ]);
    const afterFirst = withFailed(both, [{ actionId: 'a', agentId }]);
    const afterSecond = withFailed(both, [{ actionId: 'b', agentId }]);
    jest.restoreAllMocks();
    expect([...afterFirst.optimisticStatuses.keys()]).toEqual([`scan/${AGENT_ID}`]);
    expect([...afterSecond.optimisticStatuses.keys()]).toEqual([`network/${AGENT_ID}`]);
  });

  it('is the newest action of a host', () => {
    const hosts = [{ ...host, outcome: 'requested' as const }];
    const answer = { actionId: 'a', hosts, acceptedAt };
    const first = withAccepted(NOTHING_KNOWN, 'isolate', answer, exchange);
    const { optimisticStatuses } = withAccepted(first, 'release', answer, exchange);
    expect([...optimisticStatuses]).toEqual([
      [`network/${AGENT_ID}`, expect.objectContaining({ action: 'release' })],
    ]);
  });
});
