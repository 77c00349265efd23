import * as fc from 'fast-check';
import { hostStatusOf, NETWORK_STATUSES } from '../../common/hosts/agent';
import type { HostReference } from '../../common/api/connector';
import { isSameHostName } from '../../common/hosts/host_name';
import { ACTIONS } from '../../common/actions/action_name';
import { sparseAgent } from '../../test/helpers/sample_hosts';
import type { AgentInFull } from '../sentinelone_client/decode_agent';
import { applyGuards, confirmedOutcome, requestedResult, type Protection } from './guards';

const agentOf = (changes: Partial<AgentInFull> = {}): AgentInFull => ({
  ...sparseAgent({ id: '1', uuid: 'a', computerName: 'web-1' }),
  addresses: [],
  tags: [],
  ...changes,
});
const decideFor = (
  action: (typeof ACTIONS)[number],
  host: HostReference,
  agents: readonly AgentInFull[],
  isAutomation = false
) => applyGuards(action, host, hostStatusOf(host, agents), { protectedHosts: [], isAutomation });

describe('protection by several spaces', () => {
  const agent = agentOf();
  const host = { agentId: '1' };
  const own = { field: 'name', pattern: 'web-*' } as const;
  const ofOps = { field: 'agentId', pattern: '1', spaceId: 'ops' } as const;
  const ofLab = { field: 'uuid', pattern: 'a', spaceId: 'lab' } as const;
  const decideWith = (
    protectedHosts: Protection['protectedHosts'],
    alsoIn: readonly string[] | undefined
  ) =>
    applyGuards('isolate', host, hostStatusOf(host, [agent]), {
      isAutomation: false,
      protectedHosts,
      override:
        alsoIn === undefined
          ? undefined
          : { kind: 'granted', comment: 'why', alsoIn: new Set(alsoIn) },
    });

  it('is overridden only by users with the privilege in each of them', () =>
    fc.assert(
      fc.property(
        fc.subarray([own, ofOps, ofLab]),
        fc.option(fc.subarray(['ops', 'lab', 'soc']), { nil: undefined }),
        (protectedHosts, alsoIn) => {
          const decision = decideWith(protectedHosts, alsoIn);
          const standing = protectedHosts.filter(
            (one) => alsoIn === undefined || ('spaceId' in one && !alsoIn.includes(one.spaceId))
          );
          expect(decision.kind).toBe(standing.length === 0 ? 'send' : 'end');
          if (decision.kind === 'send') expect(decision.overrides).toEqual(protectedHosts[0]);
          else {
            expect(decision).toMatchObject({
              result: { outcome: 'refused', reason: 'protected', protectedBy: standing[0] },
            });
          }
        }
      )
    ));

  it('names the blocking pattern, its space, and the required privilege', () => {
    const decision = decideWith([own, ofOps], []);
    expect(decision).toMatchObject({
      result: {
        detail:
          'agent id matches 1, by the settings of the space ops. To override it takes the Kibana privilege "SentinelOne Response: Isolate protected hosts" in that space as well',
      },
    });
  });
});

describe('by how protected hosts can be isolated', () => {
  const anyPattern = fc.record(
    {
      field: fc.constant('agentId' as const),
      pattern: fc.constantFrom('1', '*'),
      spaceId: fc.constantFrom('ops', 'lab'),
      isolation: fc.constantFrom('with_approval' as const, 'never' as const),
    },
    { requiredKeys: ['field', 'pattern'] }
  );
  const spaces = fc.subarray(['ops', 'lab']).map((ids) => new Set(ids));
  const anyOverride = fc.option(
    fc.oneof(
      spaces.map((alsoIn) => ({ kind: 'granted' as const, comment: 'why', alsoIn })),
      fc.constant({ kind: 'denied' as const, why: 'no' })
    ),
    { nil: undefined }
  );
  const anyApproval = fc.option(
    fc.oneof(
      fc.constant({ kind: 'requested' as const, expiresAfterMinutes: 60 }),
      fc.constant({ kind: 'denied' as const, why: 'no' }),
      spaces.map((alsoIn) => ({ kind: 'given' as const, alsoIn }))
    ),
    { nil: undefined }
  );

  it('sends a command only if every pattern is overridden, with a comment or by approval', () =>
    fc.assert(
      fc.property(
        fc.array(anyPattern, { maxLength: 4 }),
        anyOverride,
        anyApproval,
        fc.boolean(),
        (protectedHosts, override, approval, isIsolated) => {
          const agent = agentOf({ networkStatus: isIsolated ? 'disconnected' : 'connected' });
          const decision = applyGuards(
            'isolate',
            { agentId: '1' },
            { state: 'known', agent },
            { protectedHosts, override, approval, isAutomation: false }
          );
          const isMet = ({ spaceId, isolation }: (typeof protectedHosts)[number]) => {
            const isIn = (ids: ReadonlySet<string>) => spaceId === undefined || ids.has(spaceId);
            if (isolation === 'never') return false;
            if (approval?.kind === 'given' && isIn(approval.alsoIn)) return true;
            if (isolation === 'with_approval') return false;
            return override?.kind === 'granted' && isIn(override.alsoIn);
          };
          const standing = protectedHosts.filter((one) => !isMet(one));
          const waits =
            approval?.kind === 'requested' &&
            standing.some(({ isolation }) => isolation === 'with_approval') &&
            standing.every(({ isolation }) => isolation !== 'never');
          if (standing.length > 0 && !waits) {
            expect(decision).toMatchObject({
              result: { outcome: 'refused', reason: 'protected' },
            });
          } else if (isIsolated) {
            expect(decision).toMatchObject({ result: { outcome: 'unchanged' } });
          } else expect(decision.kind).toBe(waits ? 'await_approval' : 'send');
        }
      )
    ));

  it.each([
    ['never', undefined, undefined, 'The settings do not allow any user to isolate it'],
    ['with_approval', undefined, undefined, 'Another user has to approve its isolation'],
    [
      'with_approval',
      { kind: 'granted', comment: 'why', alsoIn: new Set<string>() },
      undefined,
      'Another user has to approve its isolation',
    ],
    ['with_approval', undefined, { kind: 'denied', why: 'Rules never do' }, 'Rules never do'],
    [
      'never',
      undefined,
      { kind: 'given', alsoIn: new Set<string>() },
      'do not allow any user to isolate it',
    ],
  ] as const)('%s: a refusal states the requirement', (isolation, override, approval, text) => {
    const decision = applyGuards(
      'isolate',
      { agentId: '1' },
      { state: 'known', agent: agentOf() },
      {
        protectedHosts: [{ field: 'agentId', pattern: '1', isolation }],
        override,
        approval,
        isAutomation: false,
      }
    );
    expect(decision).toMatchObject({
      result: {
        outcome: 'refused',
        reason: 'protected',
        protectedBy: { isolation },
        detail: expect.stringContaining(text) as string,
      },
    });
  });

  it('does not block an action to which protection does not apply', () => {
    const decision = applyGuards(
      'release',
      { agentId: '1' },
      { state: 'known', agent: agentOf({ networkStatus: 'disconnected' }) },
      {
        protectedHosts: [{ field: 'agentId', pattern: '1', isolation: 'never' }],
        isAutomation: true,
      }
    );
    expect(decision.kind).toBe('send');
  });
});

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
    expect(decision.kind === 'end' ? decision.result.outcome : decision.kind).toBe(expected);
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
    ['only the UUID belongs to an agent', { uuid: 'a', agentId: '2' }, [agentOf()], 'mismatch'],
    ['only the id belongs to an agent', { uuid: 'b', agentId: '1' }, [agentOf()], 'mismatch'],
    [
      'UUID and id belong to two agents',
      { uuid: 'a', agentId: '2', name: 'web-1', confirmedName: 'web-1' },
      [agentOf(), agentOf({ id: '2', uuid: 'b' })],
      'mismatch',
    ],
    [
      'several have the UUID, and none the id',
      { uuid: 'a', agentId: '9', name: 'web-1', confirmedName: 'web-1' },
      [agentOf(), agentOf({ id: '2' })],
      'ambiguous',
    ],
    [
      'only the id belongs to an agent, and another name is confirmed',
      { uuid: 'b', agentId: '1', confirmedName: 'web-2' },
      [agentOf()],
      'mismatch',
    ],
    [
      'only the id belongs to an agent, and that has no name',
      { uuid: 'b', agentId: '1', confirmedName: 'web-1' },
      [agentOf({ computerName: null })],
      'mismatch',
    ],
    ['the name differs', { uuid: 'a', name: 'web-2' }, [agentOf()], 'mismatch'],
    ['none of the names is its', { uuid: 'a', names: ['web-2', 'x'] }, [agentOf()], 'mismatch'],
    [
      'a letter of the name only looks alike',
      { uuid: 'a', name: 'wеb-1' },
      [agentOf()],
      'mismatch',
    ],
    ['there is a zero-width space', { uuid: 'a', name: 'web\u200b-1' }, [agentOf()], 'mismatch'],
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

  it.each([
    ['letter case', 'WEB-1', 'web-1'],
    ['a DNS suffix', 'web-1.corp.example', 'WEB-1'],
    ['a DNS suffix on the other side', 'web-1', 'web-1.corp.example'],
    ['Unicode form', 'bu\u0308ro-1', 'büro-1'],
    ['a blank behind', 'web-1 ', 'web-1'],
    ['the apostrophe', 'Anna’s MacBook', "Anna's MacBook"],
  ])(
    'takes names that differ in %s for the same, from people and rules alike',
    (_, name, computerName) => {
      const agents = [agentOf({ computerName })];
      for (const isAutomation of [false, true]) {
        const sent = { kind: 'send', agent: { id: '1' } };
        expect(decideFor('isolate', { uuid: 'a', name }, agents, isAutomation)).toMatchObject(sent);
        const confirmed = { uuid: 'a', name: 'another', confirmedName: name };
        expect(decideFor('isolate', confirmed, agents, isAutomation)).toMatchObject(sent);
      }
    }
  );

  const REINSTALLED = agentOf({ id: '2', isActive: false, siteName: 'Lyon' });
  const replaced: ReadonlyArray<[string, HostReference, AgentInFull, string]> = [
    [
      'the UUID changed',
      { uuid: 'old', agentId: '1' },
      agentOf(),
      'No agent has the UUID old. The agent id 1 belongs to web-1 (agent id 1, online), whose UUID is a',
    ],
    [
      'the agent id changed',
      { uuid: 'a', agentId: '1' },
      REINSTALLED,
      'No agent has the id 1. The UUID a belongs to web-1 (agent id 2, offline, site Lyon)',
    ],
  ];
  it.each(replaced)(
    '%s: says what is found by which, and needs the name',
    (_, host, agent, found) => {
      expect(decideFor('isolate', { ...host, name: 'web-1' }, [agent])).toEqual({
        kind: 'end',
        result: {
          outcome: 'refused',
          reason: 'mismatch',
          detail: `${found}. Confirm its name to act on it`,
          ...{ uuid: agent.uuid, agentId: agent.id, name: 'web-1' },
        },
      });
      const confirmed = { ...host, name: 'web-1', confirmedName: 'WEB-1.corp.example' };
      expect(decideFor('isolate', confirmed, [agent])).toMatchObject({ kind: 'send', agent });
    }
  );
  it.each(replaced)(
    '%s: refuses rules and scripts, even with a confirmation',
    (_, host, agent, found) => {
      for (const confirmedName of ['web-1', undefined]) {
        const named = { ...host, name: 'web-1', confirmedName };
        expect(decideFor('isolate', named, [agent], true)).toMatchObject({
          kind: 'end',
          result: {
            reason: 'mismatch',
            detail: `${found}. Rules and API keys act only on an agent that UUID and id agree on`,
          },
        });
      }
    }
  );

  it('states the expected and the actual name, including invisible differences', () => {
    const detailFor = (host: HostReference, computerName: string | null) => {
      const decision = decideFor('isolate', host, [agentOf({ computerName })]);
      return decision.kind === 'end' ? decision.result.detail : undefined;
    };
    expect(detailFor({ uuid: 'a', name: 'db-1' }, 'web-1')).toBe(
      'The alert calls it db-1, SentinelOne calls it web-1'
    );
    expect(detailFor({ uuid: 'a', name: 'web\u200b-1' }, 'web-1')).toBe(
      'The alert calls it web\\u200b-1, SentinelOne calls it web-1'
    );
    expect(detailFor({ uuid: 'a', name: 'wеb-1' }, 'web-1')).toBe(
      'The alert calls it w\\u0435b-1, SentinelOne calls it web-1'
    );
    expect(detailFor({ uuid: 'a', name: 'x', confirmedName: 'web-2' }, 'web-1')).toBe(
      'The confirmed name is web-2, SentinelOne calls it web-1'
    );
    expect(detailFor({ uuid: 'a', name: 'web-1' }, null)).toBe(
      'The alert calls it web-1, SentinelOne has no name for it'
    );
  });

  it('states what distinguishes clones, and the agents of a conflicting UUID and id', () => {
    const clones = [
      agentOf({ computerName: 'dev-mbp-anna', siteName: 'Lyon' }),
      agentOf({
        id: '2',
        computerName: 'dev-mbp-anna',
        isActive: false,
        isDecommissioned: true,
        isUninstalled: true,
        lastActiveDate: '2024-03-01T10:00:00.000Z',
      }),
    ];
    expect(decideFor('isolate', { uuid: 'a' }, clones)).toMatchObject({
      result: {
        reason: 'ambiguous',
        detail:
          'SentinelOne has dev-mbp-anna (agent id 1, online, site Lyon); dev-mbp-anna (agent id 2, last seen 2024-03-01T10:00:00.000Z, decommissioned, uninstalled)',
      },
    });
    const two = [agentOf(), agentOf({ id: '2', uuid: 'b', computerName: 'web-2' })];
    expect(decideFor('isolate', { uuid: 'a', agentId: '2' }, two)).toMatchObject({
      result: {
        detail:
          'The UUID a belongs to web-1 (agent id 1, online). The agent id 2 belongs to web-2 (agent id 2, online). To act on one of them, give its agent id alone',
      },
    });
  });

  it('counts the clones that it does not list', () => {
    const clones = Array.from({ length: 8 }, (_, n) => agentOf({ id: String(n) }));
    const decision = decideFor('isolate', { uuid: 'a' }, clones);
    const detail = decision.kind === 'end' ? decision.result.detail : '';
    expect(detail).toContain('agent id 4');
    expect(detail).not.toContain('agent id 5');
    expect(detail).toMatch(/ and 3 more$/);
  });

  it("uses the id to distinguish clones, and the confirmed name instead of the alert's", () => {
    const clones = [agentOf(), agentOf({ id: '2', computerName: 'web-2' })];
    expect(decideFor('isolate', { uuid: 'a', agentId: '2' }, clones)).toMatchObject({
      kind: 'send',
      agent: { id: '2' },
    });
    const host = { uuid: 'a', name: 'old', confirmedName: 'web-1' };
    expect(decideFor('isolate', host, [agentOf()])).toMatchObject({ kind: 'send' });
  });

  it('takes one of several names for enough, and marks nothing as overridden without protection', () => {
    const host = { uuid: 'a', names: ['old', 'web-1'] };
    const agent = agentOf();
    expect(decideFor('isolate', host, [agent])).toStrictEqual({ kind: 'send', agent });
  });

  it('states why an offline host is still in progress', () => {
    const agents = [agentOf({ networkStatus: 'disconnecting', isActive: false })];
    expect(decideFor('isolate', { uuid: 'a' }, agents)).toMatchObject({
      result: { outcome: 'unchanged', reason: 'offline' },
    });
  });

  it('sends the command only to the one active agent with the expected identifiers and name', () => {
    const few = <A>(...values: A[]) => fc.constantFrom(...values);
    const names = ['web-1', 'WEB-1', 'web-1.corp.example', 'web-2', 'wеb-1'];
    const seldom = few(false, false, false, true);
    const agents = fc.array(
      fc.record({
        id: few('1', '2', '3'),
        uuid: few('a', 'b', null),
        computerName: few(...names, null),
        networkStatus: few(...NETWORK_STATUSES, null),
        isActive: few(true, false, null),
        isDecommissioned: seldom,
        isUninstalled: seldom,
      }),
      { maxLength: 4 }
    );
    const host = fc.record(
      {
        uuid: few('a', 'b', 'c'),
        agentId: few('1', '2', '9'),
        name: few(...names, 'x'),
        confirmedName: few(...names),
      },
      { requiredKeys: [] }
    );
    let commands = 0;
    const property = fc.property(
      fc.constantFrom(...ACTIONS),
      host,
      agents,
      fc.boolean(),
      (action, reference, some, isAutomation) => {
        const { uuid, agentId, name, confirmedName } = reference;
        fc.pre(uuid !== undefined || agentId !== undefined);
        const unique = [...new Map(some.map((one) => [one.id, agentOf(one)])).values()];
        const decision = decideFor(action, reference, unique, isAutomation);
        if (decision.kind === 'end') return;
        commands += 1;
        const { agent } = decision;
        const hasUuid = uuid !== undefined && agent.uuid === uuid;
        const hasId = agentId !== undefined && agent.id === agentId;
        expect(hasUuid || hasId).toBe(true);
        if (!hasId) expect(unique.filter((one) => one.uuid === uuid)).toEqual([agent]);
        const isInDoubt = (uuid !== undefined && !hasUuid) || (agentId !== undefined && !hasId);
        if (isInDoubt) {
          // The other one must belong to nobody, and a person must have confirmed the name.
          expect(unique.filter((one) => one.uuid === uuid || one.id === agentId)).toEqual([agent]);
          expect(confirmedName).toBeDefined();
          expect(isAutomation).toBe(false);
        }
        const expected = confirmedName ?? name ?? agent.computerName;
        if (expected !== null) expect(isSameHostName(agent.computerName, expected)).toBe(true);
        expect(agent.isDecommissioned || agent.isUninstalled).toBe(false);
      }
    );
    fc.assert(property, { numRuns: 10_000 });
    expect(commands).toBeGreaterThan(200);
  });
});

describe('the result of a host that gets no command', () => {
  const HOST = { uuid: 'a', agentId: '1', name: 'web-1' };
  const own = { field: 'agentId', pattern: '1' } as const;
  const ofOps = { ...own, spaceId: 'ops' };
  const IN_THAT_SPACE =
    'by the settings of the space ops. To override it takes the Kibana privilege "SentinelOne Response: Isolate protected hosts" in that space as well';
  const granted = { kind: 'granted', comment: 'why', alsoIn: new Set<string>() } as const;
  const given = { kind: 'given', alsoIn: new Set<string>() } as const;

  it.each<[Protection['protectedHosts'][number], Partial<Protection>, string]>([
    [own, {}, 'agent id matches 1'],
    [own, { override: { kind: 'denied', why: 'You may not' } }, 'agent id matches 1. You may not'],
    [ofOps, { override: granted }, `agent id matches 1, ${IN_THAT_SPACE}`],
    [ofOps, { approval: given }, `agent id matches 1, ${IN_THAT_SPACE}`],
    [
      { ...ofOps, isolation: 'with_approval' },
      { approval: given },
      `agent id matches 1, ${IN_THAT_SPACE}`,
    ],
    [
      { ...own, isolation: 'with_approval' },
      {},
      'agent id matches 1. Another user has to approve its isolation: request approval',
    ],
  ])('that %j protects, with %j', (pattern, protection, detail) => {
    const agent = agentOf();
    const context = { protectedHosts: [pattern], isAutomation: false, ...protection };
    const result = { ...HOST, outcome: 'refused', reason: 'protected', detail };
    expect(applyGuards('isolate', HOST, { state: 'known', agent }, context)).toStrictEqual({
      kind: 'end',
      result: { ...result, protectedBy: pattern },
    });
  });

  it.each<[string, readonly AgentInFull[], object]>([
    ['not found', [], { outcome: 'refused', reason: 'not_found' }],
    [
      'decommissioned',
      [agentOf({ isDecommissioned: true })],
      { outcome: 'refused', reason: 'decommissioned' },
    ],
    [
      'uninstalled',
      [agentOf({ isUninstalled: true })],
      { outcome: 'refused', reason: 'uninstalled' },
    ],
    ['isolated', [agentOf({ networkStatus: 'disconnected' })], { outcome: 'unchanged' }],
    [
      'isolated and offline',
      [agentOf({ networkStatus: 'disconnected', isActive: false })],
      { outcome: 'unchanged' },
    ],
    ['in progress', [agentOf({ networkStatus: 'disconnecting' })], { outcome: 'unchanged' }],
    [
      'in progress and offline',
      [agentOf({ networkStatus: 'disconnecting', isActive: false })],
      { outcome: 'unchanged', reason: 'offline' },
    ],
  ])('that is %s', (_, agents, end) => {
    expect(decideFor('isolate', HOST, agents)).toStrictEqual({
      kind: 'end',
      result: { ...HOST, ...end },
    });
  });

  it('names every expected name, and every agent so that it can be distinguished', () => {
    const detailOf = (host: HostReference, agents: readonly AgentInFull[]) => {
      const decision = decideFor('isolate', host, agents);
      return decision.kind === 'end' ? decision.result.detail : undefined;
    };
    expect(detailOf({ uuid: 'a', names: ['db-1', 'db-2'] }, [agentOf()])).toBe(
      'The alert calls it db-1 or db-2, SentinelOne calls it web-1'
    );
    expect(
      detailOf({ uuid: 'a', names: ['d\u200b', 'e'] }, [agentOf({ computerName: null })])
    ).toBe('The alert calls it d\\u200b or e, SentinelOne has no name for it');
    expect(detailOf({ uuid: 'a', name: 'web-1' }, [agentOf({ computerName: 'w\u0435b-1' })])).toBe(
      'The alert calls it web-1, SentinelOne calls it w\\u0435b-1'
    );
    const clones = [
      agentOf({ computerName: null, isActive: null, siteName: 'a\u200b' }),
      agentOf({ id: '2', isActive: false, lastActiveDate: null }),
      agentOf({ id: '3', isActive: true, lastActiveDate: '2024-03-01T10:00:00.000Z' }),
    ];
    expect(detailOf({ uuid: 'a' }, clones)).toBe(
      'SentinelOne has no name (agent id 1, offline, site a\\u200b); web-1 (agent id 2, offline); web-1 (agent id 3, online)'
    );
    const three = [agentOf(), agentOf({ id: '2', uuid: 'b' }), agentOf({ id: '3' })];
    expect(detailOf({ uuid: 'a', agentId: '2' }, three)).toContain(
      'The UUID a belongs to web-1 (agent id 1, online); web-1 (agent id 3, online). The agent id 2 belongs to web-1 (agent id 2, online).'
    );
    expect(detailOf({ uuid: 'x', agentId: '1' }, [agentOf({ uuid: null })])).toContain(
      'whose UUID is not reported. Confirm its name'
    );
  });
});

it.each([
  [true, {}],
  [null, {}],
  [false, { reason: 'offline' }],
])('an accepted command for an agent with isActive %s is requested', (isActive, why) => {
  expect(requestedResult(agentOf({ isActive }))).toStrictEqual({
    ...{ uuid: 'a', agentId: '1', name: 'web-1', outcome: 'requested' },
    ...why,
  });
});

describe('confirmedOutcome', () => {
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
    expect(
      confirmedOutcome(
        action,
        agentOf({ networkStatus, isActive: false }),
        '2024-07-03T03:44:00.000Z'
      )
    ).toBe(expected);
  });
});
