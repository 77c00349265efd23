import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import type { ApiProblem } from '../sentinelone_client/failure';
import { ExactTargets, HOSTS_PER_WRITE } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import { recordsOf } from './build_records';
import type { Progress } from './merge_by_agent';
import { agentsToSend, type ActionRequest } from './plan_action';
import { agentsSentTo, sendAndRecord } from './send_commands';

/** What is recorded of each host, for every answer of SentinelOne to a command. */

const REQUESTED = '2026-07-01T00:00:00.000Z';
const ANSWERED = '2026-07-01T00:00:05.000Z';
const LOST: ApiAnswer = { ok: false, failure: { kind: 'lost', timedOut: false, detail: 'reset' } };
const statusOf = (status: number): ApiAnswer => ({
  ok: false,
  failure: { kind: 'status', status, content: { form: 'error' } },
});
const affecting = (affected: number): ApiAnswer => ({ ok: true, body: { data: { affected } } });

type Fields = Readonly<Record<string, unknown>>;

interface Tenant {
  readonly action?: ActionName;
  readonly agentIds?: readonly string[];
  /** The answer to the n-th command, from 0. */
  readonly command: (n: number) => ApiAnswer;
  /** The fields of each agent before the command. */
  readonly before?: Fields;
  /** The fields of the agents after the command; agents that are missing are not found. Default: as before. */
  readonly after?: Readonly<Record<string, Fields>>;
  /** Why no host can be read after the command. */
  readonly unread?: ApiProblem;
  /** Hosts that get no command: in the first record. */
  readonly ended?: readonly RecordedHost[];
  /** The record whose end cannot be written, from 0. */
  readonly failsToRecord?: number;
  /** Records without a command of their own, after the others. */
  readonly alsoStored?: readonly ActionRecord[];
}

/** Sends the commands of an action on these hosts, and returns what happened. */
async function send({
  action = 'isolate',
  agentIds = ['1', '2'],
  command,
  before = { networkStatus: 'connected', scanStatus: 'none' },
  after,
  unread,
  ended = [],
  failsToRecord,
  alsoStored = [],
}: Tenant) {
  let commands = 0;
  const calls: string[] = [];
  const transport = async ({ method, path, query, body }: ApiRequest): Promise<ApiAnswer> => {
    if (method === 'POST') {
      const { ids } = (body as { filter: { ids: readonly string[] } }).filter;
      calls.push(`${path} ${ids.join()}`);
      return command(commands++);
    }
    const ids = query!.ids!.split(',');
    const isAfter = commands > 0;
    if (isAfter) calls.push(`read ${ids.join()}`);
    const data = ids.flatMap((id) => {
      const fields = isAfter && after !== undefined ? after[id] : {};
      if (fields === undefined) return [];
      return [
        { id, uuid: `u${id}`, computerName: `host-${id}`, isActive: true, ...before, ...fields },
      ];
    });
    return { ok: true, body: { data, pagination: { nextCursor: null } } };
  };
  const hostAction = ExactTargets.openHostAction(transport, {
    sleep: async () => {},
    random: () => 0,
  });
  const request: ActionRequest = {
    ...{ action, actionId: 'a1', comment: 'why', connectorId: 'connector', isAutomation: false },
    actor: { username: 'analyst', authentication: 'realm' },
    tenant: 'https://example.sentinelone.net',
    guards: DEFAULT_PROTECTION_SETTINGS,
    hosts: agentIds.map((agentId) => ({ agentId })),
  };
  const lookUps = await hostAction.lookUp(request.hosts);
  const progress: Progress[] = lookUps.map((lookUp) => {
    if (!lookUp.ok || lookUp.status.state !== 'known') throw new Error('not found');
    return { kind: 'send', agent: lookUp.status.agent };
  });
  for (const host of ended) progress.push({ kind: 'end', result: host as never });
  const agents = agentsToSend(progress);
  const groups = hostAction.targets(agents);
  const stored = [...recordsOf(request, progress, groups, REQUESTED, REQUESTED), ...alsoStored];
  const written: ActionRecord[] = [];
  const auditLog: Array<readonly [number, readonly string[]]> = [];
  const errors: string[] = [];
  const released: string[][] = [];
  const results = await sendAndRecord(
    request,
    stored.map((record, n) => ({ record, version: `v${n}` })),
    groups,
    new Map(agents.map((agent) => [agent.id, agent])),
    {
      hostAction:
        unread === undefined
          ? hostAction
          : {
              command: hostAction.command,
              readAgain: async ({ agentIds: ids }) => ({
                agents: new Map(),
                failed: new Map(ids.map((id) => [id, unread])),
              }),
            },
      records: {
        replace: async ([entry, ...others], records) => {
          expect([others, records]).toEqual([[], [expect.anything()]]);
          expect(entry!.version).toBe(`v${records[0]!.group}`);
          if (records[0]!.group === failsToRecord) throw new Error('no space left');
          written.push(...records);
          return [];
        },
      },
      auditLog: {
        ended: ({ group }, hosts) =>
          void auditLog.push([group, hosts.map(({ name }) => name ?? 'none')]),
      },
      clock: () => Date.parse(ANSWERED),
      log: { warn: () => {}, error: (message) => void errors.push(message) },
    },
    async (all) => void released.push(all.map(({ agentId }) => agentId ?? 'none'))
  );
  return { results, written, auditLog, errors, released, calls };
}

const CALLS = (action: string) => [`/agents/actions/${action} 1,2`];
const outcomesOf = (hosts: readonly RecordedHost[]) =>
  hosts.map(({ outcome, reason, detail }) => [outcome, reason, detail]);

it('records hosts as requested if SentinelOne accepts the command for each of them, and does not read them', async () => {
  const { results, written, calls, auditLog, released } = await send({
    command: () => affecting(2),
  });
  expect(calls).toEqual(CALLS('disconnect'));
  const hosts = ['1', '2'].map((id) => ({
    ...{ uuid: `u${id}`, agentId: id, name: `host-${id}` },
    outcome: 'requested',
  }));
  expect(results).toEqual(hosts);
  expect(written).toMatchObject([{ state: 'requested', updatedAt: ANSWERED, hosts }]);
  expect(auditLog).toEqual([[0, []]]);
  expect(released).toEqual([['1', '2']]);
});

it('records hosts as failed if SentinelOne certainly did not accept the command, and does not read them', async () => {
  const { results, written, calls, auditLog } = await send({ command: () => statusOf(403) });
  expect(calls).toEqual(CALLS('disconnect'));
  expect(results).toMatchObject([
    { agentId: '1', name: 'host-1', outcome: 'failed', reason: 'forbidden' },
    { agentId: '2', name: 'host-2', outcome: 'failed', reason: 'forbidden' },
  ]);
  expect(written).toMatchObject([
    {
      state: 'ended',
      endedAt: ANSWERED,
      hosts: results.map((one) => ({ ...one, endedAt: ANSWERED })),
    },
  ]);
  expect(auditLog).toEqual([[0, ['host-1', 'host-2']]]);
});

it.each<[string, ApiAnswer, string, string]>([
  ['affected fewer hosts', affecting(1), 'not_affected', 'SentinelOne affected 1 of 2 agents'],
  ['affected no host', affecting(0), 'not_affected', 'SentinelOne affected 0 of 2 agents'],
  ['affected more hosts', affecting(3), 'not_affected', 'SentinelOne affected 3 of 2 agents'],
  [
    'does not say how many',
    { ok: true, body: {} },
    'unexpected_answer',
    'The answer did not say how many agents it affected',
  ],
])(
  'where the answer %s, reads the hosts, and records what each shows',
  async (_, answer, reason, detail) => {
    const { results, written, calls, auditLog } = await send({
      agentIds: ['1', '2'],
      command: () => answer,
      after: { '1': { networkStatus: 'disconnected' }, '2': {} },
    });
    expect(calls).toEqual([...CALLS('disconnect'), 'read 1,2']);
    expect(outcomesOf(results)).toEqual([
      ['done', undefined, undefined],
      ['failed', reason, detail],
    ]);
    expect(written).toMatchObject([
      { state: 'ended', hosts: [{ name: 'host-1', confirmedAt: ANSWERED }, { endedAt: ANSWERED }] },
    ]);
    expect(auditLog).toEqual([[0, ['host-1', 'host-2']]]);
  }
);

it('after a lost answer, records a host that shows the command as requested, also offline, and others as failed', async () => {
  const { results, calls, auditLog, written } = await send({
    agentIds: ['1', '2', '3', '4'],
    command: () => LOST,
    after: {
      '1': { networkStatus: 'disconnecting' },
      '2': { networkStatus: 'disconnecting', isActive: false },
      '3': {},
    },
  });
  expect(calls).toEqual(['/agents/actions/disconnect 1,2,3,4', 'read 1,2,3,4']);
  expect(results).toMatchObject([
    { agentId: '1', name: 'host-1', outcome: 'requested' },
    { agentId: '2', name: 'host-2', outcome: 'requested', reason: 'offline' },
    { agentId: '3', name: 'host-3', outcome: 'failed', reason: 'unreachable' },
    { agentId: '4', name: 'host-4', outcome: 'failed', reason: 'unreachable' },
  ]);
  expect(written).toMatchObject([{ state: 'requested' }]);
  expect(auditLog).toEqual([[0, ['host-3', 'host-4']]]);
});

it.each<[string, ApiProblem, string]>([
  ['for a reason', { reason: 'unreachable', detail: 'No answer.' }, 'No answer.'],
  ['for an unknown reason', { reason: 'unexpected_answer' }, 'unexpected_answer'],
])(
  'leaves hosts open whose status after a lost answer cannot be read %s, and says so',
  async (_, unread, why) => {
    const { results, written, auditLog, calls } = await send({ command: () => LOST, unread });
    expect(calls).toEqual(CALLS('disconnect'));
    const detail = `The status after the command could not be read from SentinelOne: ${why}`;
    const { reason } = unread;
    expect(outcomesOf(results)).toEqual([
      ['failed', reason, detail],
      ['failed', reason, detail],
    ]);
    expect(written).toMatchObject([
      {
        state: 'sending',
        hosts: [
          { agentId: '1', name: 'host-1', outcome: 'pending', reason, detail },
          { agentId: '2', name: 'host-2', outcome: 'pending', reason, detail },
        ],
      },
    ]);
    expect(auditLog).toEqual([[0, []]]);
  }
);

it('does not change a host that had ended before, even if the command names its agent', async () => {
  const mismatch: RecordedHost = {
    ...{ uuid: null, agentId: '1', name: 'other', outcome: 'refused', reason: 'mismatch' },
  };
  const { written, auditLog, calls } = await send({
    ...{ agentIds: ['1'], ended: [mismatch], command: () => statusOf(401) },
  });
  expect(calls).toEqual(['/agents/actions/disconnect 1']);
  expect(written).toMatchObject([
    {
      hosts: [
        { name: 'host-1', reason: 'unauthorized' },
        { ...mismatch, endedAt: REQUESTED },
      ],
    },
  ]);
  expect(auditLog).toEqual([[0, ['host-1']]]);
});

describe('an action whose acceptance SentinelOne does not show', () => {
  const scan = { action: 'scan', agentIds: ['1'] } as const;

  it('stays open if the answer is lost and the host does not show it', async () => {
    const { results, written, calls } = await send({ ...scan, command: () => LOST });
    expect(calls).toEqual(['/agents/actions/initiate-scan 1', 'read 1']);
    expect(results).toMatchObject([{ outcome: 'failed', reason: 'unreachable' }]);
    expect(written).toMatchObject([
      { state: 'sending', hosts: [{ name: 'host-1', outcome: 'pending', reason: 'unreachable' }] },
    ]);
  });

  it('fails if SentinelOne affected no host', async () => {
    const { results, written, calls } = await send({ ...scan, command: () => affecting(0) });
    expect(calls).toEqual(['/agents/actions/initiate-scan 1', 'read 1']);
    expect(results).toMatchObject([{ outcome: 'failed', reason: 'not_affected' }]);
    expect(written).toMatchObject([{ state: 'ended' }]);
  });

  it('stays open if SentinelOne affected some of the hosts', async () => {
    const { written, calls } = await send({
      ...{ ...scan, agentIds: ['1', '2'], command: () => affecting(1) },
    });
    expect(calls).toEqual(['/agents/actions/initiate-scan 1,2', 'read 1,2']);
    expect(written).toMatchObject([
      { state: 'sending', hosts: [{ outcome: 'pending' }, { outcome: 'pending' }] },
    ]);
  });

  it('is read with the time of the request: an earlier scan does not count', async () => {
    const { written, calls } = await send({
      ...{ ...scan, command: () => LOST },
      after: {
        '1': { scanStatus: 'finished', scanFinishedAt: '2026-06-30T23:00:00.000Z' },
      },
    });
    expect(calls).toEqual(['/agents/actions/initiate-scan 1', 'read 1']);
    expect(written).toMatchObject([{ hosts: [{ outcome: 'pending' }] }]);
  });
});

describe('with several commands', () => {
  const agentIds = Array.from({ length: HOSTS_PER_WRITE + 1 }, (_, n) => String(n + 1));
  const refused: RecordedHost = {
    ...{ uuid: 'u-x', agentId: null, name: 'unknown', outcome: 'refused', reason: 'not_found' },
  };

  it('records the end of each, and releases the host locks once, with all results, beside the last', async () => {
    const { results, written, auditLog, released, calls } = await send({
      agentIds,
      ended: [refused],
      command: (n) => (n === 0 ? affecting(HOSTS_PER_WRITE) : statusOf(401)),
    });
    expect(calls).toEqual([
      `/agents/actions/disconnect ${agentIds.slice(0, HOSTS_PER_WRITE).join()}`,
      `/agents/actions/disconnect ${agentIds.at(-1)}`,
    ]);
    expect(written.map(({ group, state }) => [group, state])).toEqual([
      [0, 'requested'],
      [1, 'ended'],
    ]);
    expect(results.map(({ agentId }) => agentId)).toEqual([
      ...agentIds.slice(0, HOSTS_PER_WRITE),
      null,
      agentIds.at(-1),
    ]);
    // The host that had ended before has its event already.
    expect(auditLog).toEqual([
      [0, []],
      [1, [`host-${agentIds.at(-1)}`]],
    ]);
    expect(released).toEqual([results.map(({ agentId }) => agentId ?? 'none')]);
  });

  it('sends the next command if the end of one cannot be recorded, and logs that', async () => {
    const { results, written, auditLog, errors, released, calls } = await send({
      agentIds,
      command: (n) => affecting(n === 0 ? HOSTS_PER_WRITE : 1),
      failsToRecord: 0,
    });
    expect(calls).toHaveLength(2);
    expect(results.every(({ outcome }) => outcome === 'requested')).toBe(true);
    expect(written.map(({ group }) => group)).toEqual([1]);
    expect(auditLog).toEqual([[1, []]]);
    expect(errors).toEqual([expect.stringContaining('no space left')]);
    expect(released).toEqual([agentIds]);
  });
});

it('returns hosts of a record without a command as they are, and writes nothing for them', async () => {
  const waiting = {
    ...{ group: 1, requestedAt: REQUESTED },
    hosts: [{ uuid: 'u9', agentId: '9', name: 'host-9', outcome: 'awaiting_approval' }],
  } as unknown as ActionRecord;
  const { results, written, calls, released } = await send({
    agentIds: ['1'],
    command: () => affecting(1),
    alsoStored: [waiting],
  });
  expect(calls).toEqual(['/agents/actions/disconnect 1']);
  expect(results).toMatchObject([
    { agentId: '1', outcome: 'requested' },
    { agentId: '9', outcome: 'awaiting_approval' },
  ]);
  expect(written.map(({ group }) => group)).toEqual([0]);
  expect(released).toEqual([['1']]);
});

it('counts a command as sent unless SentinelOne certainly did not accept it', () => {
  const results = (['forbidden', 'unreachable', 'in_flight', undefined] as const).map(
    (reason, n) => ({
      ...{ uuid: null, agentId: String(n), name: null, outcome: 'failed' as const },
      ...(reason === undefined ? {} : { reason }),
    })
  );
  expect(agentsSentTo(results, ['0', '1', '2', '3', 'other'])).toEqual(['1', '3', 'other']);
  expect(agentsSentTo(results, [])).toEqual([]);
});
