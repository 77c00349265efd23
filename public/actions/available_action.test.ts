import * as fc from 'fast-check';
import {
  anyAgent,
  anyConnection,
  anyHostStatus,
  anyProblem,
} from '../../test/helpers/ui/arbitraries';
import { ONE_CONNECTOR } from '../../test/helpers/ui/fake_response_api';
import { agentWith } from '../../test/helpers/sample_hosts';
import { ACTION_DEFINITIONS, forEachAction } from '../../common/actions/catalogue';
import { foundAgent } from '../../common/hosts/agent';
import {
  availableAction,
  availableActions,
  connectionReason,
  hostReason,
  unavailableText,
  type ActionContext,
} from './available_action';

const anySituation: fc.Arbitrary<ActionContext> = fc.record({
  may: fc.record(forEachAction(() => fc.boolean())),
  mayOverride: fc.boolean(),
  namesAgent: fc.boolean(),
  connection: fc.option(fc.oneof(anyConnection, anyProblem), { nil: undefined }),
  status: fc.option(fc.oneof(anyHostStatus, anyProblem), { nil: undefined }),
});
const RUNS = { numRuns: 3_000 };

it('disables the action when any condition is not met, and always with a reason', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { action, disabledReason } = availableAction(situation);
      const { may, mayOverride, namesAgent, connection, status } = situation;
      const agent = status !== undefined && 'state' in status ? foundAgent(status) : undefined;
      const isFree =
        may[action] &&
        namesAgent &&
        connection !== undefined &&
        'state' in connection &&
        connection.state === 'one' &&
        agent !== undefined &&
        !agent.isDecommissioned &&
        !agent.isUninstalled &&
        (mayOverride || action === 'release' || agent.protectedBy === undefined);
      expect(disabledReason === undefined).toBe(isFree);
      if (disabledReason !== undefined) expect(disabledReason).not.toBe('');
    }),
    RUNS
  );
});

it('offers to release exactly the hosts that are isolated or being isolated', () => {
  fc.assert(
    fc.property(anySituation, anyAgent, (situation, agent) => {
      const isCutOff = ['disconnected', 'disconnecting'].includes(agent.networkStatus ?? '');
      for (const found of [
        { state: 'known' },
        { state: 'partial_match', foundBy: 'uuid' },
      ] as const) {
        const { action } = availableAction({ ...situation, status: { ...found, agent } });
        expect(action).toBe(isCutOff ? 'release' : 'isolate');
      }
    }),
    RUNS
  );
});

const free: ActionContext = {
  may: forEachAction(() => true),
  mayOverride: true,
  namesAgent: true,
  connection: ONE_CONNECTOR,
  status: { state: 'known', agent: agentWith() },
};

it('depends on the status that is shown, if it differs from the one in SentinelOne', () => {
  expect(availableAction(free)).toEqual({ action: 'isolate' });
  expect(availableAction({ ...free, shownOn: () => 'isolating' })).toEqual({ action: 'release' });
  const isolated = agentWith({ networkStatus: 'disconnected' });
  const status = { state: 'known', agent: isolated } as const;
  expect(availableAction({ ...free, status })).toEqual({ action: 'release' });
  expect(availableAction({ ...free, status, shownOn: () => 'releasing' })).toEqual({
    action: 'isolate',
  });
});

it('offers one action for each property that actions change', () => {
  expect(availableActions(free)).toEqual([{ action: 'isolate' }, { action: 'scan' }]);
  const withoutScans = { ...free, may: { ...free.may, scan: false, abortScan: false } };
  expect(availableActions(withoutScans)).toEqual([{ action: 'isolate' }]);
  const status = { state: 'known', agent: agentWith({ scanStatus: 'started' }) } as const;
  expect(availableActions({ ...free, status })[1]).toEqual({ action: 'abortScan' });
  jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
  const both = availableActions({ ...free, may: { ...free.may, release: false } });
  const names = availableActions(free).map(({ action }) => action);
  jest.restoreAllMocks();
  expect(names).toEqual(['isolate', 'release']);
  expect(both[0]).toEqual({ action: 'isolate' });
  expect(both[1]).toEqual({
    action: 'release',
    disabledReason: expect.stringMatching(/You do not have the privilege to release hosts/),
  });
});

it('returns each reason as a value, with its own text', () => {
  const checking = { kind: 'checking' };
  expect([connectionReason(undefined), hostReason(undefined)]).toEqual([checking, checking]);
  fc.assert(
    fc.property(anyConnection, anyHostStatus, anyProblem, (connection, status, problem) => {
      for (const reason of [connectionReason(problem), hostReason(problem)]) {
        expect(reason).toEqual({ kind: 'problem', problem });
        expect(unavailableText(reason!, 'isolate')).toBe(`${problem.what} ${problem.todo}`);
      }
      for (const reason of [connectionReason(connection), hostReason(status)]) {
        expect(reason?.kind).not.toBe('checking');
        if (reason !== undefined) expect(unavailableText(reason, 'release')).toMatch(/\S/);
      }
    })
  );
});

it.each([
  [{ text: 'Choose one', needsChoice: true } as const, { needsChoice: 'host' }],
  [{ text: 'No agent' }, {}],
  [undefined, {}],
])('reports whether the user has to choose a host first: %j', (withoutAgent, choice) => {
  expect(availableAction({ ...free, namesAgent: false, withoutAgent })).toEqual({
    action: 'isolate',
    disabledReason:
      withoutAgent?.text ?? expect.stringContaining('does not identify a SentinelOne agent'),
    ...choice,
  });
});

it('requires the choice of an agent only when there is no other reason', () => {
  const status = { state: 'ambiguous', agents: [agentWith(), agentWith()] } as const;
  expect(availableAction({ ...free, status }).needsChoice).toBe('agent');
  const connection = { state: 'none' } as const;
  expect(availableAction({ ...free, status, connection }).needsChoice).toBeUndefined();
});

it('reports a missing privilege before any other reason', () => {
  const may = { ...free.may, isolate: false };
  const { disabledReason } = availableAction({ ...free, may, connection: { state: 'none' } });
  expect(disabledReason).toMatch(/You do not have the privilege to isolate hosts/);
});

it('explains to users without the privilege what protects a host and who can isolate it', () => {
  const agent = agentWith({ protectedBy: { field: 'name', pattern: 'srv-sql-*' } });
  const protectedOne = { ...free, status: { state: 'known', agent } } as const;
  expect(availableAction(protectedOne)).toEqual({ action: 'isolate' });
  expect(availableAction({ ...protectedOne, mayOverride: false })).toEqual({
    action: 'isolate',
    disabledReason:
      'Protected host (name matches srv-sql-*). Only users with the Kibana privilege "SentinelOne Response: Isolate protected hosts" can isolate it, with a second comment.',
  });
  const shownOn = () => 'isolated' as const;
  expect(availableAction({ ...protectedOne, shownOn, mayOverride: false })).toEqual({
    action: 'release',
  });
});
