import * as fc from 'fast-check';
import { agentWith, AGENT_ID, UUID } from '../../test/helpers/sample_hosts';
import type { ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import {
  NO_STATUSES,
  needsNewReading,
  shownOf,
  statusOf,
  withAccepted,
  withReadings,
  withNewReadingRequired,
  type HostStatuses,
} from './host_statuses';
import { isPending, type ShownStatus } from './network_status';
import {
  acceptedArrival,
  statusArrival,
  statusAt,
  type Acceptance,
  type Arrival,
  type Change,
  type Node,
} from '../../test/helpers/ui/host_status';

/** Different references to the same host. */
const REFERENCES = [{ uuid: UUID, agentId: AGENT_ID }, { uuid: UUID }, { agentId: AGENT_ID }];
const [REFERENCE] = REFERENCES as [{ uuid: string; agentId: string }];

const arrive = (known: HostStatuses, arrival: Arrival, reference: object = REFERENCE) =>
  arrival.kind === 'status'
    ? withReadings(known, [reference], arrival.answer, arrival.exchange)
    : withAccepted(known, arrival.action, arrival.answer, arrival.exchange);

/** Whether the page says that SentinelOne reports another status than the requested one. */
const isAlarm = (action: ActionName, shown: ShownStatus | undefined): boolean =>
  shown !== undefined &&
  !ACTION_DEFINITIONS[action].statuses.reached.some((label) => label === shown) &&
  !isPending(shown);

const NETWORK_ACTIONS = ['isolate', 'release'] as const;
const OPPOSITE = { isolate: 'release', release: 'isolate' } as const;
const UNDERWAY = { isolate: 'disconnecting', release: 'connecting' } as const;
const REACHED = { isolate: 'disconnected', release: 'connected' } as const;

const anyNode = fc.record({
  clock: fc.constantFrom('node-1', 'node-2', 'node-3'),
  // Clocks differ by up to a month.
  offset: fc.integer({ min: -2_600_000_000, max: 2_600_000_000 }),
});
/** One offset for each clock. */
const anyNodes = fc
  .array(anyNode, { minLength: 1, maxLength: 3 })
  .map((nodes): Node[] => [...new Map(nodes.map((node) => [node.clock, node])).values()]);

const anyRead = fc.record({
  sentAt: fc.integer({ min: 0, max: 20_000 }),
  upstream: fc.integer({ min: 0, max: 1_500 }),
  downstream: fc.integer({ min: 0, max: 3_000 }),
  began: fc.integer({ min: -2_000, max: 2_500 }),
  took: fc.integer({ min: 0, max: 9_000 }),
  moment: fc.double({ min: 0, max: 1, noNaN: true }),
  node: fc.nat(),
  reference: fc.nat(),
  isActive: fc.boolean(),
});

const anyAction = fc.record({
  action: fc.constantFrom(...NETWORK_ACTIONS),
  sentAt: fc.integer({ min: 2_000, max: 8_000 }),
  takes: fc.integer({ min: 0, max: 5_000 }),
  noticed: fc.integer({ min: 0, max: 3_000 }),
  downstream: fc.integer({ min: 0, max: 3_000 }),
  node: fc.nat(),
  /** Milliseconds until SentinelOne's answers reflect the action, and then until the agent has carried it out. */
  lag: fc.integer({ min: 0, max: 5_000 }),
  carriedOut: fc.integer({ min: 0, max: 10_000 }),
});

type AnyAction = typeof anyAction extends fc.Arbitrary<infer A> ? A : never;

/** An action that succeeds, what SentinelOne reports before and after it, and its acceptance. */
function environmentOf({ action, sentAt, takes, lag, carriedOut, ...rest }: AnyAction) {
  const acceptedAt = sentAt + takes;
  const acceptance: Acceptance = { action, sentAt, acceptedAt, ...rest };
  const changes: Change[] = [
    { at: Number.NEGATIVE_INFINITY, networkStatus: REACHED[OPPOSITE[action]] },
    { at: acceptedAt + lag, networkStatus: UNDERWAY[action] },
    { at: acceptedAt + lag + carriedOut, networkStatus: REACHED[action] },
  ];
  return { acceptance, changes };
}

const pick = <A>(list: readonly A[], n: number): A => list[n % list.length]!;
const inOrderOfArrival = <A extends { readonly arrival: Arrival }>(arrivals: readonly A[]) =>
  [...arrivals].sort((a, b) => a.arrival.at - b.arrival.at);

describe('an action that succeeds', () => {
  it('is never reported as without effect, in any order of delayed and shared answers', () => {
    fc.assert(
      fc.property(
        anyNodes,
        anyAction,
        fc.array(anyRead, { minLength: 1, maxLength: 25 }),
        (nodes, action, reads) => {
          const { acceptance, changes } = environmentOf(action);
          const arrivals = inOrderOfArrival([
            {
              arrival: acceptedArrival(acceptance, pick(nodes, action.node)),
              reference: REFERENCE,
            },
            ...reads.map((read) => ({
              arrival: statusArrival(read, changes, pick(nodes, read.node), read.isActive),
              reference: pick(REFERENCES, read.reference),
            })),
          ]);
          let known = NO_STATUSES;
          let isAccepted = false;
          for (const { arrival, reference } of arrivals) {
            known = arrive(known, arrival, reference);
            isAccepted ||= arrival.kind === 'accepted';
            if (!isAccepted) continue;
            for (const one of REFERENCES) {
              const shown = shownOf(known, one);
              expect([isAlarm(action.action, shown), shown]).toEqual([false, shown]);
            }
          }
        }
      ),
      { numRuns: 2_000 }
    );
  });

  it('is shown as done as soon as it is done, and not before', () => {
    fc.assert(
      fc.property(
        anyNodes,
        anyAction,
        fc.array(anyRead, { maxLength: 25 }),
        (nodes, action, reads) => {
          const { acceptance, changes } = environmentOf(action);
          const last = { ...reads[0], sentAt: 60_000, began: 0, took: 0, moment: 0 };
          const read = { upstream: 0, downstream: 0, isActive: true, node: 0, ...last };
          const arrivals = inOrderOfArrival(
            [
              acceptedArrival(acceptance, pick(nodes, action.node)),
              ...reads.map((one) => statusArrival(one, changes, pick(nodes, one.node))),
            ].map((arrival) => ({ arrival }))
          );
          const reported = (until: number) =>
            arrivals.flatMap(({ arrival }) =>
              arrival.kind === 'status' && arrival.at <= until
                ? arrival.answer.hosts.map((host) => 'agent' in host && host.agent.networkStatus)
                : []
            );
          let known = NO_STATUSES;
          for (const { arrival } of arrivals) {
            known = arrive(known, arrival);
            const shown = shownOf(known, REFERENCE);
            // A host is shown as isolated only after SentinelOne reported it.
            if (shown === 'isolated') expect(reported(arrival.at)).toContain('disconnected');
          }
          known = arrive(known, statusArrival(read, changes, pick(nodes, read.node)));
          expect(shownOf(known, REFERENCE)).toBe(
            action.action === 'isolate' ? 'isolated' : 'connected'
          );
          expect(known.optimisticStatuses.size).toBe(0);
        }
      ),
      { numRuns: 500 }
    );
  });
});

describe('an action that another user undoes, or that has no effect', () => {
  it('is reported as such by the first answer that shows it', () => {
    fc.assert(
      fc.property(
        anyNodes,
        anyAction,
        fc.array(anyRead, { maxLength: 25 }),
        fc.boolean(),
        (nodes, action, reads, wasCarriedOut) => {
          const { acceptance, changes } = environmentOf(action);
          const undone: Change = {
            at: wasCarriedOut ? 30_000 : acceptance.acceptedAt,
            networkStatus: REACHED[OPPOSITE[action.action]],
          };
          const all = wasCarriedOut ? [...changes, undone] : [undone];
          const before = { at: Number.NEGATIVE_INFINITY, networkStatus: undone.networkStatus };
          let known = NO_STATUSES;
          const arrivals = inOrderOfArrival(
            [
              acceptedArrival(acceptance, pick(nodes, action.node)),
              ...reads.map((one) => statusArrival(one, [before, ...all], pick(nodes, one.node))),
            ].map((arrival) => ({ arrival }))
          );
          for (const { arrival } of arrivals) known = arrive(known, arrival);
          const latest = { upstream: 10, downstream: 10, began: 0, took: 10, moment: 0.5 };
          const seen = statusArrival(
            { ...latest, sentAt: 29_000 },
            [before, ...all],
            pick(nodes, 0)
          );
          const after = statusArrival(
            { ...latest, sentAt: 50_000 },
            [before, ...all],
            pick(nodes, 1)
          );
          known = arrive(arrive(known, seen), after);
          expect(isAlarm(action.action, shownOf(known, REFERENCE))).toBe(true);
        }
      ),
      { numRuns: 1_000 }
    );
  });
});

const NODE: Node = { clock: 'node-1', offset: 5_000 };
const QUICK = { upstream: 10, downstream: 10, began: 0, took: 10, moment: 0.5 };

it('shows the same status for all references to a host', () => {
  const isolatedAt5 = [
    { at: 0, networkStatus: 'connected' },
    { at: 5_000, networkStatus: 'disconnected' },
  ] as const;
  let known = NO_STATUSES;
  for (const reference of REFERENCES) {
    const early = statusArrival({ ...QUICK, sentAt: 1_000 }, isolatedAt5, NODE);
    known = arrive(known, early, reference);
  }
  known = arrive(
    known,
    statusArrival({ ...QUICK, sentAt: 6_000 }, isolatedAt5, NODE),
    REFERENCES[2]
  );
  for (const reference of REFERENCES) {
    expect(shownOf(known, reference)).toBe('isolated');
    expect(statusOf(known, reference)).toMatchObject({ agent: { networkStatus: 'disconnected' } });
  }
});

it('keeps the newest reading when an older one arrives later', () => {
  const changes = [{ at: 500, networkStatus: 'disconnected' }] as const;
  const slow = statusArrival({ ...QUICK, sentAt: 0, took: 4_000, moment: 0 }, changes, NODE);
  const quick = statusArrival({ ...QUICK, sentAt: 1_000 }, changes, NODE);
  expect(slow.at).toBeGreaterThan(quick.at);
  const known = arrive(arrive(NO_STATUSES, quick), slow);
  expect(shownOf(known, REFERENCE)).toBe('isolated');
});

it('discards all statuses when another tenant answers', () => {
  const acceptance: Acceptance = {
    action: 'isolate',
    sentAt: 0,
    acceptedAt: 10,
    noticed: 0,
    downstream: 0,
  };
  const first = statusArrival({ ...QUICK, sentAt: 0 }, [], NODE);
  let known = arrive(arrive(NO_STATUSES, first), acceptedArrival(acceptance, NODE));
  expect(shownOf(known, REFERENCE)).toBe('isolating');
  const other = statusArrival({ ...QUICK, sentAt: 0 }, [], NODE);
  if (other.kind !== 'status') throw new Error('not a status');
  const answer = { ...other.answer, tenant: 'https://other.sentinelone.net' };
  known = withReadings(known, [REFERENCE], answer, other.exchange);
  expect(shownOf(known, REFERENCE)).toBe('connected');
  expect(known.optimisticStatuses.size).toBe(0);
});

describe('a new reading', () => {
  const acceptance: Acceptance = {
    action: 'isolate',
    sentAt: 1_000,
    acceptedAt: 1_010,
    noticed: 0,
    downstream: 10,
  };

  it('is required until one was read after the acceptance', () => {
    const changes = [{ at: 1_010, networkStatus: 'disconnecting' }] as const;
    let known = arrive(NO_STATUSES, statusArrival({ ...QUICK, sentAt: 0 }, changes, NODE));
    expect(needsNewReading(known, [REFERENCE])).toBe(false);
    known = arrive(known, acceptedArrival(acceptance, NODE));
    expect(REFERENCES.map((one) => needsNewReading(known, [one]))).toEqual([true, false, true]);
    known = arrive(known, statusArrival({ ...QUICK, sentAt: 1_100, began: -900 }, changes, NODE));
    expect(needsNewReading(known, [REFERENCE])).toBe(true);
    known = arrive(known, statusArrival({ ...QUICK, sentAt: 1_200 }, changes, NODE));
    expect(needsNewReading(known, [REFERENCE])).toBe(false);
  });

  it('is required after a request for it, until there is one', () => {
    let known = arrive(NO_STATUSES, statusArrival({ ...QUICK, sentAt: 0 }, [], NODE));
    known = withNewReadingRequired(known, [REFERENCE], 500);
    expect(needsNewReading(known, [REFERENCE])).toBe(true);
    known = arrive(known, statusArrival({ ...QUICK, sentAt: 600, began: -300 }, [], NODE));
    expect(needsNewReading(known, [REFERENCE])).toBe(true);
    known = arrive(known, statusArrival({ ...QUICK, sentAt: 700 }, [], NODE));
    expect(needsNewReading(known, [REFERENCE])).toBe(false);
  });
});

it('shows the newest reading of each agent when several share a UUID', () => {
  const twin = agentWith({ id: '2' });
  const reading = statusArrival({ ...QUICK, sentAt: 0 }, [], NODE);
  if (reading.kind !== 'status') throw new Error('not a status');
  const host = {
    state: 'ambiguous',
    agents: [agentWith(), twin],
    readAt: reading.answer.receivedAt.at,
    answeredAt: reading.answer.receivedAt.at,
  } as const;
  let known = withReadings(
    NO_STATUSES,
    [{ uuid: UUID }],
    { ...reading.answer, hosts: [host] },
    reading.exchange
  );
  const isolated = [{ at: 0, networkStatus: 'disconnected' }] as const;
  known = arrive(known, statusArrival({ ...QUICK, sentAt: 1_000 }, isolated, NODE), {
    agentId: AGENT_ID,
  });
  expect(statusOf(known, { uuid: UUID })).toMatchObject({
    state: 'ambiguous',
    agents: [{ networkStatus: 'disconnected' }, { networkStatus: 'connected' }],
  });
  expect(statusAt(isolated, 1)).toBe('disconnected');
});

it('shows what an action aims for although another one changes another property of the host', () => {
  jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
  const nodes: Node = { clock: 'node-1', offset: 0 };
  const never: Change[] = [{ at: Number.NEGATIVE_INFINITY, networkStatus: 'connected' }];
  const times = { takes: 100, noticed: 100, downstream: 100 };
  const accepted = (action: ActionName, sentAt: number) =>
    acceptedArrival({ action, sentAt, acceptedAt: sentAt + 50, ...times }, nodes);
  const readAt = (sentAt: number) =>
    statusArrival(
      { sentAt, upstream: 10, downstream: 10, began: 10, took: 10, moment: 0.5 },
      never,
      nodes,
      true
    );
  let known = arrive(NO_STATUSES, readAt(0));
  known = arrive(known, accepted('isolate', 1_000));
  known = arrive(known, accepted('release', 2_000));
  const before = [shownOf(known, REFERENCE), needsNewReading(known, [REFERENCE])];
  known = arrive(known, readAt(5_000));
  const after = [shownOf(known, REFERENCE), needsNewReading(known, [REFERENCE])];
  const left = [...known.optimisticStatuses.values()].map(({ action }) => action);
  jest.restoreAllMocks();
  expect(before).toEqual(['isolating', true]);
  expect(after).toEqual(['isolating', false]);
  expect(left).toEqual(['isolate']);
});
