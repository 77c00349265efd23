import * as fc from 'fast-check';
import { ACTIONS } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { Agent } from '../../common/hosts/agent';
import { ExactTargets, HOSTS_PER_WRITE, type HostAction } from './host_action';
import type { ApiAnswer, ApiFailure, ApiRequest } from './transport';

/** The only code that commands hosts: which agents a command can name, and what its answer means. */

type Entry = Readonly<Record<string, unknown>>;
const entry = (id: string, uuid = `u${id}`): Entry => ({ id, uuid, computerName: `host-${id}` });
const failed = (failure: ApiFailure): ApiAnswer => ({ ok: false, failure });
const ok = (body: unknown): ApiAnswer => ({ ok: true, body });

interface TenantOptions {
  readonly agents?: readonly Entry[];
  /** Answers in place of the tenant. */
  readonly instead?: (request: ApiRequest) => ApiAnswer | undefined;
}

function tenant({ agents = [], instead }: TenantOptions = {}) {
  const calls: ApiRequest[] = [];
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    calls.push(request);
    const other = instead?.(request);
    if (other !== undefined) return other;
    if (request.method === 'POST') return ok({ data: { affected: 1 } });
    const { uuids, ids = '' } = request.query ?? {};
    const wanted = (uuids ?? ids).split(',');
    const data = agents.filter(({ id, uuid }) =>
      wanted.includes(String(uuids === undefined ? id : uuid))
    );
    return ok({ data, pagination: { nextCursor: null } });
  };
  const open = () => ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 });
  const commands = () =>
    calls.flatMap(({ method, path, body }) => (method === 'POST' ? [[path, body]] : []));
  const queries = () => calls.flatMap(({ query }) => (query === undefined ? [] : [query]));
  return { open, commands, queries };
}

/** Looks agents up by their ids; returns those that were found. */
async function agentsOf(hostAction: HostAction, ids: readonly string[]): Promise<readonly Agent[]> {
  const found = await hostAction.lookUp(ids.map((agentId) => ({ agentId })));
  return found.flatMap((one) => (one.ok && one.status.state === 'known' ? [one.status.agent] : []));
}
const one = async (hostAction: HostAction, id = '1') => {
  const [targets] = hostAction.targets(await agentsOf(hostAction, [id]));
  return targets!;
};

describe('targets', () => {
  it('are only agents that the same action looked up, each once, at most 500 in each command', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 2_000 }), { maxLength: 40 }),
        fc.constantFrom(0, 1, HOSTS_PER_WRITE - 1, HOSTS_PER_WRITE, HOSTS_PER_WRITE + 1, 1_001),
        async (some, many) => {
          const ids = [...new Set([...some, ...Array.from({ length: many }, (_, n) => n + 1)])].map(
            String
          );
          const { open, commands } = tenant({ agents: ids.map((id) => entry(id)) });
          const hostAction = open();
          const agents = await agentsOf(hostAction, ids);
          const batches = hostAction.targets([...agents, ...agents]);
          expect(batches.flatMap(({ agentIds }) => agentIds)).toEqual(ids);
          batches.forEach(({ agentIds }, n) => {
            expect(agentIds.length).toBeGreaterThan(0);
            const isLast = n === batches.length - 1;
            if (isLast) expect(agentIds.length).toBeLessThanOrEqual(HOSTS_PER_WRITE);
            else expect(agentIds).toHaveLength(HOSTS_PER_WRITE);
          });
          for (const targets of batches) await hostAction.command('isolate', targets);
          expect(commands()).toEqual(
            batches.map(({ agentIds }) => [
              '/agents/actions/disconnect',
              { filter: { ids: agentIds } },
            ])
          );
        }
      ),
      { numRuns: 30 }
    ));

  it('are refused for an agent that was not looked up, or by another action', async () => {
    const { open, commands } = tenant({ agents: ['1', '2', '3'].map((id) => entry(id)) });
    const first = open();
    const second = open();
    const [agent] = await agentsOf(first, ['1']);
    const [other] = await agentsOf(second, ['2']);
    const own = first.targets([agent!]);
    const why = 'An agent that this action did not look up';
    expect(() => first.targets([agent!, other!])).toThrow(why);
    expect(() => second.targets([agent!])).toThrow(why);
    await agentsOf(second, ['1']);
    await expect(second.command('isolate', own[0]!)).rejects.toThrow(
      'a look-up of the same action'
    );
    expect(commands()).toEqual([]);
    await first.command('isolate', own[0]!);
    expect(commands()).toHaveLength(1);
  });

  it('cannot be made or changed', async () => {
    const { open } = tenant({ agents: [entry('1')] });
    const targets = await one(open());
    expect(() => (targets.agentIds as unknown as string[]).push('2')).toThrow(TypeError);
    expect(() => Object.assign(targets, { agentIds: ['2'] })).toThrow(TypeError);
    expect(targets.isIssuedBy(Symbol('host action'))).toBe(false);
    // @ts-expect-error The constructor is private.
    const made = new ExactTargets(['1'], Symbol('mine')) as ExactTargets;
    await expect(open().command('isolate', made)).rejects.toThrow('a look-up of the same action');
  });

  it('of forged lists are refused, even with the right issuer', async () => {
    const { open, commands } = tenant({ agents: [entry('1')] });
    const hostAction = open();
    const targets = await one(hostAction);
    const tooMany = Array.from({ length: HOSTS_PER_WRITE + 1 }, () => '1');
    for (const agentIds of [[], ['2'], ['1', '2'], tooMany]) {
      const forged = { agentIds, isIssuedBy: () => true } as unknown as ExactTargets;
      await expect(hostAction.command('isolate', forged)).rejects.toThrow('a look-up of the same');
    }
    expect(commands()).toEqual([]);
    const full = { agentIds: tooMany.slice(1), isIssuedBy: () => true } as unknown as ExactTargets;
    await hostAction.command('isolate', full);
    expect(commands()).toHaveLength(1);
    expect(targets.agentIds).toEqual(['1']);
  });
});

describe('a look-up', () => {
  const found = async (
    references: Parameters<HostAction['lookUp']>[0],
    options: TenantOptions
  ): Promise<{ states: readonly string[]; queries: readonly object[] }> => {
    const { open, queries } = tenant(options);
    const states = (await open().lookUp(references)).map((look) =>
      look.ok ? look.status.state : `failed: ${look.problem.reason}`
    );
    return { states, queries: queries() };
  };
  const list = (key: string, values: string) => ({ [key]: values, limit: '1000' });

  it('asks by UUID, and by id only for what the UUID does not show', async () => {
    const agents = [entry('1', 'a'), entry('2', 'b')];
    const references = [
      { uuid: 'a', agentId: '1' },
      { uuid: 'b' },
      { agentId: '2' },
      { uuid: 'a', agentId: '2' },
      { uuid: 'c', agentId: '3' },
      { uuid: 'c', agentId: '1' },
      { uuid: 'a', agentId: '3' },
    ];
    expect(await found(references, { agents })).toEqual({
      states: ['known', 'known', 'known', 'mismatch', 'unknown', 'partial_match', 'partial_match'],
      queries: [list('uuids', 'a,b,c'), list('ids', '2,3,1')],
    });
  });

  it('asks nothing for no hosts, and one question for hosts named by ids', async () => {
    expect(await found([], {})).toEqual({ states: [], queries: [] });
    expect(await found([{ agentId: '1' }], { agents: [entry('1')] })).toEqual({
      states: ['known'],
      queries: [list('ids', '1')],
    });
  });

  it('makes no target of an ambiguous or contradictory reference', async () => {
    const { open } = tenant({ agents: [entry('1', 'a'), entry('2', 'a'), entry('3', 'b')] });
    const hostAction = open();
    const looks = await hostAction.lookUp([{ uuid: 'a' }, { uuid: 'b', agentId: '1' }]);
    expect(looks.map((look) => look.ok && look.status.state)).toEqual(['ambiguous', 'mismatch']);
    const other = tenant({ agents: [entry('1', 'a'), entry('2', 'a'), entry('3', 'b')] }).open();
    for (const agent of await agentsOf(other, ['1', '2', '3'])) {
      expect(() => hostAction.targets([agent])).toThrow('did not look up');
    }
  });

  it('makes a target of an agent that is found by its UUID or its id alone', async () => {
    const { open } = tenant({ agents: [entry('1', 'a')] });
    const hostAction = open();
    const [look] = await hostAction.lookUp([{ uuid: 'a', agentId: '2' }]);
    const status = look!.ok ? look!.status : undefined;
    expect(status).toMatchObject({ state: 'partial_match', agent: { id: '1' } });
    const { agent } = status as { readonly agent: Agent };
    expect(hostAction.targets([agent])[0]!.agentIds).toEqual(['1']);
  });

  it('that fails by UUID does not ask by id, and fails for these hosts only', async () => {
    const instead = ({ query }: ApiRequest) =>
      query?.uuids === undefined ? undefined : failed({ kind: 'status', status: 500 });
    const references = [{ uuid: 'a', agentId: '1' }, { agentId: '2' }, { uuid: 'b' }];
    expect(await found(references, { agents: [entry('2')], instead })).toEqual({
      states: ['failed: unreachable', 'known', 'failed: unreachable'],
      queries: [list('uuids', 'a,b'), list('ids', '2')],
    });
  });

  it('that fails by id fails for the hosts that need it', async () => {
    const instead = ({ query }: ApiRequest) =>
      query?.ids === undefined ? undefined : failed({ kind: 'status', status: 500 });
    const references = [{ uuid: 'a', agentId: '1' }, { uuid: 'a' }, { uuid: 'b', agentId: '3' }];
    const { states } = await found(references, { agents: [entry('1', 'a')], instead });
    expect(states).toEqual(['known', 'known', 'failed: unreachable']);
  });
});

describe('a command', () => {
  it.each(ACTIONS)('of %s takes its path and the ids', async (action) => {
    const { open, commands } = tenant({ agents: [entry('1')] });
    const hostAction = open();
    expect(await hostAction.command(action, await one(hostAction))).toEqual({
      kind: 'answered',
      affected: 1,
    });
    const { path } = ACTION_DEFINITIONS[action].sentinelOne;
    expect(commands()).toEqual([[path, { filter: { ids: ['1'] } }]]);
  });

  const sendInto = async (answer: ApiAnswer) => {
    const { open, commands } = tenant({
      agents: [entry('1')],
      instead: ({ method }) => (method === 'POST' ? answer : undefined),
    });
    const hostAction = open();
    const result = await hostAction.command('isolate', await one(hostAction));
    return { result, sent: commands().length };
  };

  it.each<[string, ApiFailure, 'not_taken' | 'unclear', number]>([
    ['a lost answer', { kind: 'lost', timedOut: false, detail: 'reset' }, 'unclear', 1],
    ['a time-out', { kind: 'lost', timedOut: true, detail: 'late' }, 'unclear', 1],
    ['an answer that is too large', { kind: 'too_large' }, 'unclear', 1],
    ...[500, 502, 503, 504].map((status): [string, ApiFailure, 'unclear', number] => [
      `HTTP ${status} of SentinelOne`,
      { kind: 'status', status, content: { form: 'error' } },
      'unclear',
      1,
    ]),
    [
      'HTTP 408 of SentinelOne',
      { kind: 'status', status: 408, content: { form: 'error' } },
      'unclear',
      1,
    ],
    [
      'HTTP 403 of another system',
      { kind: 'status', status: 403, content: { form: 'web_page' } },
      'unclear',
      1,
    ],
    [
      'HTTP 403 of SentinelOne',
      { kind: 'status', status: 403, content: { form: 'error' } },
      'not_taken',
      1,
    ],
    ['a login of a proxy', { kind: 'status', status: 407 }, 'not_taken', 1],
    ['throttling', { kind: 'status', status: 429 }, 'not_taken', 3],
    ['no connection', { kind: 'not_connected', detail: 'refused' }, 'not_taken', 3],
    ['settings of Kibana', { kind: 'not_allowed', detail: 'not allowed' }, 'not_taken', 1],
  ])('that ends with %s is %s, sent %s times', async (_, failure, kind, times) => {
    const { result, sent } = await sendInto(failed(failure));
    expect(result).toMatchObject({ kind, problem: { reason: expect.any(String) } });
    expect(sent).toBe(times);
  });

  it('names its permission when SentinelOne refuses it', async () => {
    const { result } = await sendInto(
      failed({ kind: 'status', status: 403, content: { form: 'error' } })
    );
    expect(result).toMatchObject({
      problem: {
        reason: 'forbidden',
        detail: expect.stringContaining('Endpoints.disconnectFromNetwork'),
      },
    });
  });

  it('returns no count if the answer has none', async () => {
    expect((await sendInto(ok({}))).result).toEqual({ kind: 'answered', affected: undefined });
    expect((await sendInto(ok({ data: { affected: 0 } }))).result).toEqual({
      kind: 'answered',
      affected: 0,
    });
  });
});

it('reads the targets again by id, and tells what could not be read', async () => {
  let isDown = false;
  const { open, queries } = tenant({
    agents: [entry('1'), entry('2')],
    instead: () => (isDown ? failed({ kind: 'status', status: 500 }) : undefined),
  });
  const hostAction = open();
  const [targets] = hostAction.targets(await agentsOf(hostAction, ['1', '2']));
  const { agents, failed: none } = await hostAction.readAgain(targets!);
  expect([...agents].map(([id, agent]) => [id, agent.computerName])).toEqual([
    ['1', 'host-1'],
    ['2', 'host-2'],
  ]);
  expect(none.size).toBe(0);
  expect(queries().at(-1)).toEqual({ ids: '1,2', limit: '1000' });
  isDown = true;
  const again = await hostAction.readAgain(targets!);
  expect(again.agents.size).toBe(0);
  expect([...again.failed.keys()]).toEqual(['1', '2']);
});
