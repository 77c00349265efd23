import * as fc from 'fast-check';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { anyAgent } from '../../test/helpers/ui/arbitraries';
import { AGENT_ID, agentWith, UUID } from '../../test/helpers/sample_hosts';
import { NETWORK_STATUSES, type Agent } from '../../common/hosts/agent';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import { ACTIONS, DEFAULT_ACTION, type ActionName } from '../../common/actions/action_name';
import { OUTCOMES } from '../../common/actions/outcome';
import {
  isReflected,
  optimisticPeriod,
  statusWith,
  type OptimisticStatus,
  type ReadStatus,
} from './optimistic_status';
import { NO_STATUSES, withAccepted, withFailed } from './host_statuses';
import type { Moment } from './moment';
import { inProgressOf } from './network_status';

const momentAt = (at: number): Moment => ({
  clock: 'node-1',
  from: at,
  to: at,
  earliest: at,
  latest: at,
});
const REQUESTED_AT = '2024-07-03T03:44:00.000Z';
const anyExpectation: fc.Arbitrary<OptimisticStatus> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  outcome: fc.constant('requested' as const),
  actionId: fc.constant('a'),
  requestedAt: fc.constant(REQUESTED_AT),
  acceptedAt: fc.integer({ min: 0, max: 2 ** 41 }).map(momentAt),
});
/** The reading of an agent, as it is shown for the property that the action changes. */
const readAt = (at: number, agent: Agent, action: ActionName = DEFAULT_ACTION): ReadStatus => ({
  label: PROPERTY_DEFINITIONS[ACTION_DEFINITIONS[action].property].labelOf(agent),
  read: momentAt(at),
  agent,
});
const PENDING = ACTIONS.flatMap((action) =>
  Object.values(ACTION_DEFINITIONS[action].statuses.inProgress)
);

it('never shows a host as isolated or connected when SentinelOne does not report it', () => {
  fc.assert(
    fc.property(
      fc.option(anyExpectation, { nil: undefined }),
      anyAgent,
      fc.integer({ min: -1_000, max: 2 ** 41 }),
      (optimisticStatus, agent, later) => {
        const at = (optimisticStatus?.acceptedAt.to ?? 0) + later;
        const status = readAt(at, agent, optimisticStatus?.action);
        const shown = statusWith(optimisticStatus, status);
        if (shown !== status.label) expect(PENDING).toContain(shown);
      }
    ),
    { numRuns: 2_000 }
  );
});

it('ends when a reading reflects the action, or after the optimistic period', () => {
  fc.assert(
    fc.property(anyExpectation, anyAgent, (optimisticStatus, agent) => {
      const { action, acceptedAt } = optimisticStatus;
      const connection = agent.isActive === false ? 'offline' : 'online';
      const pending = inProgressOf(action, connection);
      const atOnce = readAt(acceptedAt.to, agent, action);
      expect(statusWith(optimisticStatus, atOnce)).toBe(
        isReflected(optimisticStatus, atOnce) ? atOnce.label : pending
      );
      const later = readAt(acceptedAt.to + optimisticPeriod(action) + 1, agent, action);
      const isUndetermined =
        ACTION_DEFINITIONS[action].read(agent, REQUESTED_AT).kind === 'undetermined';
      expect(statusWith(optimisticStatus, later)).toBe(isUndetermined ? pending : later.label);
    }),
    { numRuns: 2_000 }
  );
});

it('is not ended by a reading from before the acceptance', () => {
  fc.assert(
    fc.property(anyExpectation, anyAgent, fc.nat(100_000), (optimisticStatus, agent, before) => {
      const { action, acceptedAt } = optimisticStatus;
      const online = { ...agent, isActive: true };
      const status = readAt(acceptedAt.to - 1 - before, online, action);
      expect(isReflected(optimisticStatus, status)).toBe(false);
      expect(statusWith(optimisticStatus, status)).toBe(inProgressOf(action, 'online'));
    })
  );
});

it('shows an earlier status when SentinelOne reported it again with its answer to the action', () => {
  const before = readAt(0, agentWith({ networkStatus: 'disconnected' }));
  const expected = (outcome: OptimisticStatus['outcome']): OptimisticStatus => ({
    action: 'isolate',
    actionId: 'a',
    outcome,
    requestedAt: REQUESTED_AT,
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
  const all = NETWORK_STATUSES.flatMap((networkStatus) =>
    [true, false].map((isActive) => readAt(1, agentWith({ networkStatus, isActive }), action))
  );
  const notReported = readAt(1, agentWith({ networkStatus: null }), action);
  const optimisticStatus = {
    action,
    actionId: 'a',
    outcome: 'requested',
    requestedAt: REQUESTED_AT,
    acceptedAt: momentAt(0),
  } as const;
  const found = [...all, notReported].filter((status) => isReflected(optimisticStatus, status));
  expect([...new Set(found.map(({ label }) => label))].sort()).toEqual([...signs].sort());
});

describe('the stored status', () => {
  const host = { uuid: UUID, agentId: AGENT_ID, name: 'web-7' };
  const exchange = { sentAt: 1, answeredAt: 9 };
  const acceptedAt = { clock: 'node-1', at: 5 };
  const requestedAt = REQUESTED_AT;

  it.each(OUTCOMES)('of the outcome %s', (outcome) => {
    const answer = { actionId: 'a', hosts: [{ ...host, outcome }], requestedAt, acceptedAt };
    const { optimisticStatuses } = withAccepted(NO_STATUSES, 'isolate', answer, exchange);
    // Of a request that awaits approval nothing was sent.
    const isSuccess = !['refused', 'failed', 'awaiting_approval'].includes(outcome);
    const moment = { clock: 'node-1', from: 5, to: 5, earliest: 1, latest: 9 };
    expect([...optimisticStatuses]).toEqual(
      isSuccess
        ? [
            [
              `network/${AGENT_ID}`,
              { action: 'isolate', actionId: 'a', outcome, requestedAt, acceptedAt: moment },
            ],
          ]
        : []
    );
  });

  it('is kept for each property of a host that an action changes', () => {
    jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
    const hosts = [{ ...host, outcome: 'requested' as const }];
    const first = withAccepted(
      NO_STATUSES,
      'isolate',
      { actionId: 'a', hosts, requestedAt, acceptedAt },
      exchange
    );
    const both = withAccepted(
      first,
      'release',
      { actionId: 'b', hosts, requestedAt, acceptedAt },
      exchange
    );
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
    const answer = { actionId: 'a', hosts, requestedAt, acceptedAt };
    const first = withAccepted(NO_STATUSES, 'isolate', answer, exchange);
    const { optimisticStatuses } = withAccepted(first, 'release', answer, exchange);
    expect([...optimisticStatuses]).toEqual([
      [`network/${AGENT_ID}`, expect.objectContaining({ action: 'release' })],
    ]);
  });
});
