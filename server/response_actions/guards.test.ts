import * as fc from 'fast-check';
import { hostStatusOf, NETWORK_STATUSES } from '../../common/agent';
import type { HostReference } from '../../common/connector';
import { ACTIONS } from '../../common/outcome';
import type { AgentInFull } from '../management_api/agent_fields';
import { decide, reachedBy } from './guards';

const agentOf = (changes: Partial<AgentInFull> = {}): AgentInFull => ({
  id: '1',
  uuid: 'a',
  computerName: 'web-1',
  networkStatus: 'connected',
  isActive: true,
  isDecommissioned: false,
  isUninstalled: false,
  agentVersion: null,
  osName: null,
  osType: null,
  siteName: null,
  groupName: null,
  lastActiveDate: null,
  addresses: [],
  tags: [],
  ...changes,
});
const decideFor = (
  action: 'isolate' | 'release',
  host: HostReference,
  agents: readonly AgentInFull[]
) => decide(action, host, hostStatusOf(host, agents), { protectedHosts: [] });

describe('decide', () => {
  it.each([
    ['isolate', 'connected', 'send'],
    ['isolate', 'connecting', 'send'],
    ['isolate', 'disconnecting', 'unchanged'],
    ['isolate', 'disconnected', 'unchanged'],
    ['isolate', null, 'send'],
    ['release', 'disconnected', 'send'],
    ['release', 'disconnecting', 'send'],
    ['release', 'connecting', 'unchanged'],
    ['release', 'connected', 'unchanged'],
    ['release', null, 'send'],
  ] as const)('%s of a host that is %s: %s', (action, networkStatus, expected) => {
    const decision = decideFor(action, { uuid: 'a' }, [agentOf({ networkStatus })]);
    expect(decision.kind === 'send' ? 'send' : decision.result.outcome).toBe(expected);
  });

  it.each<[string, HostReference, readonly AgentInFull[], string]>([
    ['nobody has the UUID', { uuid: 'b' }, [agentOf()], 'not_found'],
    ['two share the UUID', { uuid: 'a' }, [agentOf(), agentOf({ id: '2' })], 'ambiguous'],
    [
      'a decommissioned agent shares the UUID',
      { uuid: 'a' },
      [agentOf(), agentOf({ id: '2', isDecommissioned: true })],
      'ambiguous',
    ],
    ['UUID and id disagree', { uuid: 'a', agentId: '2' }, [agentOf()], 'mismatch'],
    ['the name differs', { uuid: 'a', name: 'web-2' }, [agentOf()], 'mismatch'],
    ['none of the names is its', { uuid: 'a', names: ['web-2', 'x'] }, [agentOf()], 'mismatch'],
    ['the name differs in case', { uuid: 'a', name: 'WEB-1' }, [agentOf()], 'mismatch'],
    [
      'another name is confirmed',
      { uuid: 'a', name: 'web-2', confirmedName: 'web-3' },
      [agentOf()],
      'mismatch',
    ],
    [
      'the confirmed name is outdated',
      { uuid: 'a', name: 'web-1', confirmedName: 'web-0' },
      [agentOf()],
      'mismatch',
    ],
    [
      'it is decommissioned',
      { uuid: 'a' },
      [agentOf({ isDecommissioned: true })],
      'decommissioned',
    ],
    ['it is uninstalled', { uuid: 'a' }, [agentOf({ isUninstalled: true })], 'uninstalled'],
  ])('refuses when %s', (_, host, agents, reason) => {
    expect(decideFor('isolate', host, agents)).toMatchObject({
      kind: 'end',
      result: { outcome: 'refused', reason },
    });
  });

  it('takes the id to tell clones apart, and the confirmed name for another one', () => {
    const clones = [agentOf(), agentOf({ id: '2', computerName: 'web-2' })];
    expect(decideFor('isolate', { uuid: 'a', agentId: '2' }, clones)).toMatchObject({
      kind: 'send',
      agent: { id: '2' },
    });
    const host = { uuid: 'a', name: 'old', confirmedName: 'web-1' };
    expect(decideFor('isolate', host, [agentOf()])).toMatchObject({ kind: 'send' });
  });

  it('says why an offline host stays on its way', () => {
    const agents = [agentOf({ networkStatus: 'disconnecting', isActive: false })];
    expect(decideFor('isolate', { uuid: 'a' }, agents)).toMatchObject({
      result: { outcome: 'unchanged', reason: 'offline' },
    });
  });

  it('sends to nobody but the one agent that is named, lives and is called as expected', () => {
    const few = <A>(...values: A[]) => fc.constantFrom(...values);
    const agents = fc.array(
      fc.record({
        id: few('1', '2', '3'),
        uuid: few('a', 'b', null),
        computerName: few('web-1', 'web-2', null),
        networkStatus: few(...NETWORK_STATUSES, null),
        isActive: few(true, false, null),
        isDecommissioned: fc.boolean(),
        isUninstalled: fc.boolean(),
      }),
      { maxLength: 4 }
    );
    const host = fc.record(
      {
        uuid: few('a', 'b', 'c'),
        agentId: few('1', '2', '9'),
        name: few('web-1', 'web-2', 'x'),
        confirmedName: few('web-1', 'web-2'),
      },
      { requiredKeys: [] }
    );
    fc.assert(
      fc.property(fc.constantFrom(...ACTIONS), host, agents, (action, reference, some) => {
        fc.pre(reference.uuid !== undefined || reference.agentId !== undefined);
        const unique = [...new Map(some.map((one) => [one.id, agentOf(one)])).values()];
        const decision = decideFor(action, reference, unique);
        if (decision.kind === 'end') return;
        const { agent } = decision;
        if (reference.uuid !== undefined) expect(agent.uuid).toBe(reference.uuid);
        if (reference.agentId !== undefined) expect(agent.id).toBe(reference.agentId);
        else expect(unique.filter(({ uuid }) => uuid === reference.uuid)).toHaveLength(1);
        const expected = reference.confirmedName ?? reference.name ?? agent.computerName;
        expect(agent.computerName).toBe(expected);
        expect(agent.isDecommissioned || agent.isUninstalled).toBe(false);
      }),
      { numRuns: 3000 }
    );
  });
});

describe('reachedBy', () => {
  it.each([
    ['isolate', 'disconnected', 'done'],
    ['isolate', 'disconnecting', 'requested'],
    ['isolate', 'connected', undefined],
    ['isolate', 'connecting', undefined],
    ['isolate', null, undefined],
    ['release', 'connected', 'done'],
    ['release', 'connecting', 'requested'],
    ['release', 'disconnected', undefined],
    ['release', 'disconnecting', undefined],
  ] as const)('%s, and SentinelOne reports %s: %s', (action, networkStatus, expected) => {
    expect(reachedBy(action, agentOf({ networkStatus, isActive: false }))).toBe(expected);
  });
});
