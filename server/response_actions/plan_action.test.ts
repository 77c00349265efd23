import { LIMITS } from '../../common/lib/constants';
import type { HostReference } from '../../common/api/connector';
import { hostStatusOf } from '../../common/hosts/agent';
import type { ActionRecord } from '../../common/actions/record';
import { sparseAgent } from '../../test/helpers/sample_hosts';
import type { AgentInFull } from '../sentinelone_client/decode_agent';
import type { LookUp } from '../sentinelone_client/host_action';
import {
  agentsToSend,
  allRefused,
  dryRun,
  planAction,
  recordedRefusal,
  type ActionRequest,
} from './plan_action';

/** What an action does with each host, before anything is locked, recorded or sent. */

const agentOf = (id: string, changes: Partial<AgentInFull> = {}): AgentInFull => ({
  ...sparseAgent({ id, uuid: `u${id}`, computerName: `web-${id}` }),
  ...{ addresses: [], tags: [] },
  ...changes,
});
const requestOf = (
  hosts: readonly HostReference[],
  changes: Partial<ActionRequest> = {}
): ActionRequest => ({
  ...{ action: 'isolate', actionId: 'a1', connectorId: 'c', tenant: 't', comment: 'why', hosts },
  actor: { username: 'alice', authentication: 'realm' },
  guards: { protectedHosts: [], maxHosts: 10 },
  isAutomation: false,
  ...changes,
});
const byId = (...ids: readonly string[]): readonly HostReference[] =>
  ids.map((agentId) => ({ agentId }));

/** SentinelOne with these agents; tells which references were looked up. */
function sentinelOne(agents: readonly AgentInFull[], failing: readonly string[] = []) {
  const lookedUp: HostReference[][] = [];
  const hostAction = {
    lookUp: async (references: readonly HostReference[]): Promise<readonly LookUp[]> => {
      lookedUp.push([...references]);
      return references.map((reference) =>
        failing.includes(reference.agentId ?? '')
          ? { ok: false, problem: { reason: 'unreachable', detail: 'down', code: 1 } }
          : { ok: true, status: hostStatusOf(reference, agents) }
      );
    },
  };
  return { hostAction, lookedUp };
}
const host = (id: string) => ({ uuid: `u${id}`, agentId: id, name: `web-${id}` });
const send = (agent: AgentInFull) => ({ kind: 'send', agent });
const end = (result: object) => ({ kind: 'end', result });

describe('planAction', () => {
  it('sends to the hosts that pass the guards, and ends the others', async () => {
    const agents = [agentOf('1'), agentOf('2', { networkStatus: 'disconnected' })];
    const { hostAction } = sentinelOne(agents, ['4']);
    const plan = await planAction(requestOf(byId('1', '2', '3', '4')), { hostAction });
    expect(plan).toStrictEqual([
      send(agents[0]!),
      end({ ...host('2'), outcome: 'unchanged' }),
      end({ uuid: null, agentId: '3', name: null, outcome: 'refused', reason: 'not_found' }),
      end({
        ...{ uuid: null, agentId: '4', name: null },
        ...{ outcome: 'failed', reason: 'unreachable', detail: 'down' },
      }),
    ]);
    const awaiting = {
      kind: 'await_approval',
      agent: agentOf('5'),
      protectedBy: { field: 'agentId', pattern: '5' },
    } as const;
    expect(agentsToSend([awaiting, ...plan])).toStrictEqual([agents[0]]);
  });

  it('looks up each reference once, unless it is named differently', async () => {
    const { hostAction, lookedUp } = sentinelOne([agentOf('1')]);
    const others: readonly HostReference[] = [
      { agentId: '1' },
      { agentId: '2' },
      { uuid: 'u1' },
      { uuid: 'u2' },
      { agentId: '1', name: 'web-2' },
      { agentId: '1', confirmedName: 'web-2' },
      { uuid: 'u1', agentId: '1' },
      { agentId: '1', name: 'web-1' },
      { agentId: '1', confirmedName: 'web-1' },
      { agentId: '1', names: ['web-1', 'x'] },
      { agentId: '1', names: ['web-1', 'y'] },
      { agentId: '2', names: ['web-1', 'x'] },
      { uuid: 'u1', names: ['web-1', 'x'] },
    ];
    await planAction(requestOf([...others, ...others.map((one) => ({ ...one }))]), { hostAction });
    expect(lookedUp).toEqual([others]);
  });

  it('needs two identifiers of automation, and passes its other settings to the guards', async () => {
    const { hostAction } = sentinelOne([agentOf('1')]);
    const automation = requestOf(byId('1'), { isAutomation: true });
    expect(await planAction(automation, { hostAction })).toMatchObject([
      end({ reason: 'named_once' }),
    ]);
    const pattern = { field: 'agentId', pattern: '1' } as const;
    const guards = { protectedHosts: [pattern], maxHosts: 10 };
    const plan = (changes: Partial<ActionRequest>) =>
      planAction(requestOf(byId('1'), { guards, ...changes }), { hostAction });
    expect(await plan({})).toMatchObject([end({ reason: 'protected' })]);
    const override = { kind: 'granted', comment: 'why', alsoIn: new Set<string>() } as const;
    expect(await plan({ override })).toMatchObject([{ kind: 'send', overrides: pattern }]);
    const approval = { kind: 'given', alsoIn: new Set<string>() } as const;
    expect(await plan({ approval })).toMatchObject([{ kind: 'send', overrides: pattern }]);
  });

  it('refuses all found hosts above the limit of the settings', async () => {
    const agents = [agentOf('1'), agentOf('2', { networkStatus: 'disconnected' }), agentOf('3')];
    const { hostAction } = sentinelOne(agents);
    const plan = (maxHosts: number) =>
      planAction(
        requestOf(byId('1', '2', '3', '4'), { guards: { protectedHosts: [], maxHosts } }),
        { hostAction }
      );
    const detail = '3 hosts; the settings allow 2';
    const refusal = { outcome: 'refused', reason: 'too_many', detail };
    expect(await plan(2)).toStrictEqual([
      ...['1', '2', '3'].map((id) => end({ ...host(id), ...refusal })),
      end({ uuid: null, agentId: '4', name: null, outcome: 'refused', reason: 'not_found' }),
    ]);
    expect((await plan(3)).map(({ kind }) => kind)).toEqual(['send', 'end', 'send', 'end']);
  });

  it('refuses the protected hosts above the limit of one request for approval', async () => {
    const plan = (count: number) => {
      const agents = Array.from({ length: count }, (_, n) => agentOf(String(n)));
      const { hostAction } = sentinelOne([...agents, agentOf('x9')]);
      const protectedHosts = [
        { field: 'name', pattern: 'web-*', isolation: 'with_approval' } as const,
      ];
      const other = agentOf('x9', { computerName: 'db-1' });
      return planAction(
        requestOf(byId(...agents.map(({ id }) => id), 'x9'), {
          guards: { protectedHosts, maxHosts: 1_000 },
          approval: { kind: 'requested', expiresAfterMinutes: 60 },
        }),
        { hostAction: count > 0 ? sentinelOne([...agents, other]).hostAction : hostAction }
      );
    };
    const kindsOf = async (count: number) => {
      const progress = await plan(count);
      return [
        ...new Set(
          progress.map((entry) => (entry.kind === 'end' ? entry.result.detail : entry.kind))
        ),
      ];
    };
    expect(await kindsOf(LIMITS.hostsPerApproval)).toEqual(['await_approval', 'send']);
    expect(await kindsOf(LIMITS.hostsPerApproval + 1)).toEqual([
      '101 protected hosts; one request for approval can have 100',
      'send',
    ]);
  });

  it('lets Kibana serve other requests between every fifty hosts', async () => {
    const turnsFor = async (count: number) => {
      const { hostAction } = sentinelOne([]);
      const ids = Array.from({ length: count }, (_, n) => String(n));
      let turns = 0;
      let isDone = false;
      const plan = planAction(requestOf(byId(...ids)), { hostAction }).then(() => (isDone = true));
      while (!isDone) {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
      await plan;
      return turns;
    };
    const [none, few, fifty, more, many] = [
      await turnsFor(0),
      await turnsFor(1),
      await turnsFor(50),
      await turnsFor(51),
      await turnsFor(151),
    ];
    expect(few).toBe(none);
    expect(fifty).toBe(few);
    expect(more).toBeGreaterThan(few);
    expect(many).toBeGreaterThan(more);
  });

  it('adds the hosts of a rule that cannot be looked up, and refuses a whole request without reading', async () => {
    const { hostAction, lookedUp } = sentinelOne([]);
    const refusedHosts = [
      { name: 'web-8', reason: 'not_found', detail: 'no id' },
      { reason: 'mismatch', detail: 'two names' },
    ] as unknown as ActionRequest['refusedHosts'];
    const results = [
      {
        uuid: null,
        agentId: null,
        name: 'web-8',
        outcome: 'refused',
        reason: 'not_found',
        detail: 'no id',
      },
      {
        uuid: null,
        agentId: null,
        name: null,
        outcome: 'refused',
        reason: 'mismatch',
        detail: 'two names',
      },
    ];
    expect(await planAction(requestOf([], { refusedHosts }), { hostAction })).toStrictEqual(
      results.map(end)
    );
    const refuseAll = { reason: 'no_privilege', detail: 'no' } as const;
    const request = requestOf([...byId('1', '1'), { uuid: 'u2', name: 'b' }], {
      ...{ refusedHosts, refuseAll },
    });
    const why = { outcome: 'refused', ...refuseAll };
    expect(await planAction(request, { hostAction })).toStrictEqual([
      end({ uuid: null, agentId: '1', name: null, ...why }),
      end({ uuid: 'u2', agentId: null, name: 'b', ...why }),
      end({ uuid: null, agentId: null, name: 'web-8', ...why }),
      end({ uuid: null, agentId: null, name: null, ...why }),
    ]);
    expect(lookedUp).toEqual([[]]);
    expect(allRefused({ hosts: byId('1') }, { reason: 'no_privilege' })).toStrictEqual([
      { uuid: null, agentId: '1', name: null, outcome: 'refused', reason: 'no_privilege' },
    ]);
  });
});

it('says in a dry run what would happen, without more than an action would say', async () => {
  const isolation = { field: 'agentId', pattern: '5', isolation: 'with_approval' } as const;
  const agents = [
    agentOf('1'),
    agentOf('2', { isActive: false }),
    agentOf('3', { networkStatus: 'disconnecting', isActive: false }),
    agentOf('5'),
    agentOf('7', { isActive: null }),
  ];
  const { hostAction } = sentinelOne(agents, ['6']);
  const request = requestOf(byId('1', '2', '3', '4', '5', '6', '7'), {
    guards: { protectedHosts: [isolation], maxHosts: 10 },
    approval: { kind: 'requested', expiresAfterMinutes: 60 },
  });
  expect(await dryRun(request, { hostAction })).toStrictEqual({
    hosts: [
      { ...host('1'), outcome: 'would_be_sent' },
      { ...host('2'), outcome: 'would_be_sent', reason: 'offline' },
      { ...host('3'), outcome: 'unchanged', reason: 'offline' },
      { uuid: null, agentId: '4', name: null, outcome: 'refused', reason: 'not_found' },
      {
        ...host('5'),
        ...{ outcome: 'refused', reason: 'protected' },
        detail: 'Another user has to approve its isolation',
      },
      {
        ...{ uuid: null, agentId: '6', name: null },
        ...{ outcome: 'failed', reason: 'unreachable', detail: 'down' },
      },
      { ...host('7'), outcome: 'would_be_sent' },
    ],
  });
});

it('reads from a record why its request was refused as a whole', () => {
  const refusedRequest = { hostCount: 1, alertCount: 0, caseCount: 0, furtherRequests: 0 };
  const record = (changes: object) =>
    ({
      refusedRequest,
      hosts: [{ ...host('1'), outcome: 'refused', reason: 'no_privilege', detail: 'no' }],
      ...changes,
    }) as unknown as Pick<ActionRecord, 'refusedRequest' | 'hosts'>;
  expect(recordedRefusal(record({}))).toStrictEqual({ reason: 'no_privilege', detail: 'no' });
  const without = { hosts: [{ ...host('1'), outcome: 'refused', reason: 'no_privilege' }] };
  expect(recordedRefusal(record(without))).toStrictEqual({ reason: 'no_privilege' });
  expect(recordedRefusal(record({ refusedRequest: undefined }))).toBeUndefined();
  expect(recordedRefusal(record({ hosts: [] }))).toBeUndefined();
  const failedHost = { ...host('1'), outcome: 'failed', reason: 'unreachable' };
  expect(recordedRefusal(record({ hosts: [failedHost] }))).toBeUndefined();
});
