import * as fc from 'fast-check';
import type { NetworkStatus } from '../../common/hosts/agent';
import { ACTIONS, type ActionName } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import { confirmedOutcome } from '../response_actions/guards';
import { isOpen, type ActionRecord } from '../../common/actions/record';
import { PROPERTY_DEFINITIONS } from '../../common/hosts/host_property';
import {
  agentOf,
  hostOf,
  recordOf,
  START,
  testEnvironment,
  type TestEnvironment,
} from '../../test/helpers/status_reconciliation';

/** How long a host without any effect of a network command stays open. */
const STATUS_DELAY = PROPERTY_DEFINITIONS.network.effectExpectedWithin;

jest.setTimeout(120_000);

/** What can happen to a host of SentinelOne, and to the reconciliation, between one moment and the next. */
type Step =
  | { readonly kind: 'status'; readonly status: NetworkStatus | null; readonly logged: boolean }
  | { readonly kind: 'online'; readonly isActive: boolean }
  | { readonly kind: 'gone'; readonly how: 'isDecommissioned' | 'isUninstalled' | 'deleted' }
  | { readonly kind: 'unable' }
  | { readonly kind: 'unread'; readonly for: 'agents' | 'activities' | 'nothing' }
  | { readonly kind: 'act'; readonly action: ActionName; readonly crashed: boolean }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'look'; readonly nodes: 1 | 2 };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom<NetworkStatus | null>(
      'connected',
      'disconnected',
      'connecting',
      'disconnecting',
      null
    ),
    logged: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('online' as const), isActive: fc.boolean() }),
  fc.record({
    kind: fc.constant('gone' as const),
    how: fc.constantFrom('isDecommissioned' as const, 'isUninstalled' as const, 'deleted' as const),
  }),
  fc.record({ kind: fc.constant('unable' as const) }),
  fc.record({
    kind: fc.constant('unread' as const),
    for: fc.constantFrom('agents' as const, 'activities' as const, 'nothing' as const),
  }),
  fc.record({
    kind: fc.constant('act' as const),
    action: fc.constantFrom(...ACTIONS),
    crashed: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('pass' as const),
    ms: fc.constantFrom(500, 5_000, STATUS_DELAY, 90_000, 300_000),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('look' as const),
      nodes: fc.constantFrom(1 as const, 2 as const),
    }),
  }
);

const ALIVE = 200_000;
const problem = { reason: 'unreachable' } as const;

/** A run: the world, and every record as it was each time that somebody looked. */
function runner() {
  const environment = testEnvironment([], ALIVE);
  environment.agents.set('1', agentOf('1'));
  let acted = 0;
  const ended = new Map<string, string>();

  const recordsNow = (): readonly ActionRecord[] =>
    Array.from({ length: acted }, (_, n) => environment.record(`a${n + 1}`));

  /** When SentinelOne logged, since the request, that the host was in the requested state; scans are not logged. */
  const tookEffect = ({ action, requestedAt }: ActionRecord): readonly string[] =>
    environment.activities
      .filter(({ kind }) => kind === ACTION_DEFINITIONS[action].activities?.reached)
      .flatMap(({ at }) => (at >= requestedAt ? [at] : []));
  const isReadable = () =>
    environment.state.problem === undefined && environment.state.activityProblem === undefined;

  /** What must be true after every look. */
  function check(before: readonly ActionRecord[]): void {
    const agent = environment.agents.get('1');
    for (const [n, record] of recordsNow().entries()) {
      const host = record.hosts[0]!;
      const was = before[n]!.hosts[0]!;
      const known = ended.get(record.actionId);
      // An end is for ever.
      if (known !== undefined) expect(JSON.stringify(host)).toBe(known);
      if (isOpen(host)) continue;
      expect(host.endedAt).toBeDefined();
      ended.set(record.actionId, JSON.stringify(host));
      if (!isOpen(was)) continue;
      // A new end agrees with what SentinelOne reports.
      const reached =
        agent === undefined
          ? undefined
          : confirmedOutcome(record.action, agent, record.requestedAt);
      if (host.outcome === 'done') {
        // Or it was so before somebody asked for the opposite, by SentinelOne's activity log.
        if (host.confirmedAt === host.endedAt) expect(reached).toBe('done');
        else {
          expect(tookEffect(record)).toContain(host.confirmedAt);
          const isLater = ({ action, sortKey, requestedAt }: ActionRecord) =>
            action !== record.action &&
            sortKey > record.sortKey &&
            requestedAt >= host.confirmedAt!;
          expect(recordsNow().some(isLater)).toBe(true);
        }
        continue;
      }
      expect(host).toMatchObject({ outcome: 'failed', reason: expect.any(String) });
      expect(reached).not.toBe('done');
      // What our own records say counts only where SentinelOne does not report it, nor that it is under way.
      if (host.reason === 'superseded' || host.reason === 'undone') {
        expect(environment.state.problem).toBeUndefined();
        expect(reached).toBeUndefined();
      }
      if (host.reason === 'superseded' && isReadable()) {
        const { requestedAt } = host.supersededBy!;
        expect(tookEffect(record).filter((at) => at <= requestedAt)).toEqual([]);
      }
    }
    // One end per host and record.
    const ends = environment.ends.map(({ actionId }) => actionId);
    expect(new Set(ends).size).toBe(ends.length);
  }

  async function look(nodes: number): Promise<void> {
    const before = recordsNow();
    await Promise.all(Array.from({ length: nodes }, () => environment.look()));
    check(before);
  }

  async function take(step: Step): Promise<void> {
    const agent = environment.agents.get('1');
    switch (step.kind) {
      case 'look':
        return look(step.nodes);
      case 'pass':
        environment.state.now += step.ms;
        return;
      case 'act': {
        acted += 1;
        const at = environment.state.now - START;
        const outcome = step.crashed ? 'pending' : 'requested';
        environment.put(
          recordOf({
            actionId: `a${acted}`,
            action: step.action,
            at,
            hosts: [hostOf('1', { outcome })],
          })
        );
        // Two records of one moment would have no order.
        environment.state.now += 1;
        return;
      }
      case 'unread':
        environment.state.problem = step.for === 'agents' ? problem : undefined;
        environment.state.activityProblem = step.for === 'activities' ? problem : undefined;
        return;
      case 'unable':
        return environment.log('unableToDisconnect', '1');
      case 'gone':
        if (step.how === 'deleted') environment.agents.delete('1');
        else if (agent !== undefined) environment.agents.set('1', { ...agent, [step.how]: true });
        return;
      case 'online':
        if (agent !== undefined) environment.agents.set('1', { ...agent, isActive: step.isActive });
        return;
      case 'status':
        if (agent === undefined) return;
        environment.agents.set('1', { ...agent, networkStatus: step.status });
        if (!step.logged) return;
        if (step.status === 'disconnected') environment.log('disconnected', '1');
        if (step.status === 'connected') environment.log('reconnected', '1');
    }
  }
  return { environment, take, look, recordsNow };
}

/** Time passes, SentinelOne can be read, and the host stays as it is: what is left open then? */
async function comeToRest(
  environment: TestEnvironment,
  look: (nodes: number) => Promise<void>
): Promise<void> {
  environment.state.problem = undefined;
  environment.state.activityProblem = undefined;
  // The first look may begin the wait for a host that is back online, which is ten minutes for a scan.
  for (let n = 0; n < 6; n++) {
    environment.state.now += ALIVE + STATUS_DELAY;
    await look(1);
  }
}

it('for every sequence of events, every record ends once and in agreement with SentinelOne', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 25 }), async (sequence) => {
      const { environment, take, look, recordsNow } = runner();
      for (const step of sequence) await take(step);
      await comeToRest(environment, look);
      const agent = environment.agents.get('1');
      for (const { action, hosts, requestedAt } of recordsNow()) {
        const host = hosts[0]!;
        if (!isOpen(host)) continue;
        // Open are only hosts in progress, hosts whose state SentinelOne does not report, and offline hosts that may have
        // changed since they last reported. Each has a reason.
        expect(host.reason).toBeDefined();
        expect(agent).toBeDefined();
        expect(['in_progress', 'not_reported', 'undetermined']).toContain(
          ACTION_DEFINITIONS[action].read(agent!, requestedAt).kind
        );
      }
      // Nothing was ever asked of SentinelOne but to look.
      for (const call of environment.calls) expect(call).toMatch(/^(agents|activities) \d+$/);
    }),
    { numRuns: 3000 }
  );
});
