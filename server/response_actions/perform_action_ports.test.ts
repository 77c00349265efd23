import { setImmediate } from 'node:timers/promises';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import type { ActionName } from '../../common/actions/action_name';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import { recordsOf } from './build_records';
import { performAction, performRecordedAction, type ActionPorts } from './perform_action';
import type { ActionRequest } from './plan_action';
import type { LastHostLock, LockedHosts } from './ports';
import type { SaveRecords } from './recording';

/** In which order an action uses its ports, and what it passes to them. */

const START = Date.parse('2026-07-01T00:00:00.000Z');
const isoAt = (ms: number) => new Date(START + ms).toISOString();

interface Options {
  /** Changed fields of each agent; default: a host that is online, connected and was never scanned. */
  readonly agents?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly locks?: Readonly<Record<string, LockedHosts>>;
  readonly last?: Readonly<Record<string, LastHostLock>>;
  readonly wasContested?: boolean;
  readonly lockFails?: boolean;
  readonly ports?: Partial<ActionPorts>;
}

/** Ports that log their calls; the clock advances by 1 ms with each of these. */
function environment({
  agents = { '1': {} },
  locks = {},
  last = {},
  wasContested = false,
  lockFails = false,
  ports: own = {},
}: Options = {}) {
  const calls: string[] = [];
  const written: ActionRecord[] = [];
  const audited: Array<readonly string[]> = [];
  let now = START;
  const call = (name: string, ...named: readonly string[]) => {
    now += 1;
    calls.push([name, ...named].join(' '));
  };
  const send = async ({ method, path, query, body }: ApiRequest): Promise<ApiAnswer> => {
    if (method === 'POST') {
      const { ids } = (body as { filter: { ids: readonly string[] } }).filter;
      call(path, ...ids);
      return { ok: true, body: { data: { affected: ids.length } } };
    }
    const ids = query!.ids!.split(',');
    call('look up', ...ids);
    const data = ids.flatMap((id) => {
      const fields = agents[id];
      const online = { isActive: true, networkStatus: 'connected', scanStatus: 'none' };
      return fields === undefined
        ? []
        : [{ id, uuid: `u${id}`, computerName: `host-${id}`, ...online, ...fields }];
    });
    return { ok: true, body: { data, pagination: { nextCursor: null } } };
  };
  const note = (name: string) => (records: readonly ActionRecord[]) => {
    call(name, ...records.flatMap(({ hosts }) => hosts.map(({ outcome }) => outcome)));
    written.push(...records);
    return records.map((record) => ({ record, version: 'v' }));
  };
  const ahead = new Map<string, unknown>([['read ahead', null]]);
  const taken: unknown[] = [];
  const ports: ActionPorts = {
    hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
    records: {
      create: async (records) => note('create')(records),
      replace: async (_, records) => note('replace')(records),
      update: async () => ({ version: 'v' }),
      get: async () => [],
    },
    hostLocks: {
      readAhead: async (hosts) => {
        call('read ahead', ...hosts.map(({ agentId }) => agentId ?? 'none'));
        return { byDocument: ahead };
      },
      noteAgents: (found) => call('note', ...found.map(({ id }) => id)),
      take: async (ids, lock, readAt, options = {}) => {
        call('lock', ...ids);
        const { ahead: read, isReadBeforeAgents } = options;
        taken.push([lock, readAt, read?.byDocument, isReadBeforeAgents]);
        options.alongside?.();
        if (lockFails) throw new Error('no locks');
        const byAgent = ids.map((id) => [id, locks[id] ?? { kind: 'held' }] as const);
        return {
          wasContested,
          byAgent: new Map<string, LockedHosts>(byAgent),
          release: async (sent) => call('release', ...sent),
        };
      },
      lastOn: async (ids, property) => {
        call('last locks', property, ...ids);
        return new Map(ids.flatMap((id) => (last[id] === undefined ? [] : [[id, last[id]!]])));
      },
    },
    auditLog: {
      attempted: ({ hosts }) => call('attempted', ...hosts.map(({ agentId }) => agentId ?? 'none')),
      ended: (_, hosts) => void audited.push(hosts.map(({ agentId }) => agentId ?? 'none')),
    },
    refusedRequests: { add: async () => 'none' },
    leftOpen: () => call('left open'),
    clock: () => now,
    log: { warn: () => {}, error: () => {} },
    ...own,
  };
  return { ports, calls, written, audited, taken, ahead };
}

const requestOf = (
  action: ActionName,
  ids: readonly string[],
  more: Partial<ActionRequest> = {}
): ActionRequest => ({
  ...{ action, actionId: 'a1', comment: 'why', connectorId: 'connector', isAutomation: false },
  actor: { username: 'analyst', authentication: 'realm' },
  tenant: 'https://example.sentinelone.net',
  guards: DEFAULT_PROTECTION_SETTINGS,
  hosts: ids.map((agentId) => ({ agentId })),
  ...more,
});

it('records and sends in this order, and locks the hosts from before the look-up', async () => {
  const { ports, calls, taken, ahead, audited } = environment({ agents: { '1': {}, '2': {} } });
  await performAction(requestOf('isolate', ['1', '2']), ports);
  expect(calls).toEqual([
    'read ahead 1 2',
    'look up 1 2',
    'note 1 2',
    'lock 1 2',
    'create pending pending',
    'attempted 1 2',
    '/agents/actions/disconnect 1 2',
    'replace requested requested',
    'release 1 2',
    'left open',
  ]);
  const lock = { actionId: 'a1', action: 'isolate', username: 'analyst', since: isoAt(0) };
  expect(taken).toEqual([[lock, START, ahead, false]]);
  expect(audited).toEqual([[], []]);
});

it('uses the host locks that the caller began to read, and looks the hosts up only after that', async () => {
  const locksAhead = { byDocument: new Map<string, unknown>([['from the caller', null]]) };
  let isRead: (ahead: typeof locksAhead) => void = () => {};
  const { ports, calls, taken } = environment({
    ports: { locksAhead: new Promise((resolve) => (isRead = resolve)) },
  });
  const acting = performAction(requestOf('isolate', ['1']), ports);
  await setImmediate();
  expect(calls).toEqual([]);
  isRead(locksAhead);
  await acting;
  expect(calls[0]).toBe('look up 1');
  expect(taken).toEqual([[expect.anything(), START, locksAhead.byDocument, true]]);
  expect(calls).toContain('/agents/actions/disconnect 1');
});

describe('the last check', () => {
  it('is made under the locks and before anything is recorded, and excludes its hosts', async () => {
    const checked: string[][] = [];
    const { ports, calls, written } = environment({
      agents: { '1': {}, '2': {} },
      ports: {
        beforeSending: async (agents) => {
          checked.push(agents.map(({ id }) => id));
          const two = { uuid: 'u2', agentId: '2', name: 'host-2' };
          return new Map([['2', { ...two, outcome: 'refused', reason: 'superseded' } as never]]);
        },
      },
    });
    await performAction(requestOf('isolate', ['1', '2']), ports);
    expect(checked).toEqual([['1', '2']]);
    expect(calls.slice(3)).toEqual([
      'lock 1 2',
      'create pending refused',
      'attempted 1 2',
      '/agents/actions/disconnect 1',
      'replace requested refused',
      'release 1',
      'left open',
    ]);
    expect(written.map(({ hosts }) => hosts.map(({ agentId }) => agentId))).toEqual([
      ['1', '2'],
      ['1', '2'],
    ]);
  });
});

describe('an action whose records its caller writes', () => {
  /** Adds hosts that ended before, and at the time of writing. */
  const saving =
    (calls: string[], ends: readonly string[]): SaveRecords =>
    async (progress, groups, requestedAt, now) => {
      calls.push(`save ${requestedAt} ${now}`);
      const [record] = recordsOf(requestOf('isolate', ['1']), progress, groups, requestedAt, now);
      const hosts = ends.map((endedAt, n): RecordedHost => ({
        ...{
          uuid: null,
          agentId: `ended-${n}`,
          name: null,
          outcome: 'refused',
          reason: 'declined',
        },
        endedAt: endedAt === 'now' ? now : endedAt,
      }));
      return [{ record: { ...record!, hosts: [...record!.hosts, ...hosts] }, version: 'v' }];
    };

  it('is saved under the locks and before the command; hosts that ended before have their event', async () => {
    const { ports, calls, audited } = environment();
    const result = await performRecordedAction(
      requestOf('isolate', ['1']),
      ports,
      saving(calls, [isoAt(-5), 'now'])
    );
    expect(calls.slice(3)).toEqual([
      'lock 1',
      `save ${isoAt(0)} ${isoAt(4)}`,
      'attempted 1 ended-0 ended-1',
      '/agents/actions/disconnect 1',
      'replace requested refused refused',
      'release 1',
      'left open',
    ]);
    expect(audited).toEqual([['ended-1'], []]);
    expect(result.hosts.map(({ outcome }) => outcome)).toEqual(['requested', 'refused', 'refused']);
  });

  it('sends nothing if they cannot be saved', async () => {
    const { ports, calls } = environment();
    const save = async () => {
      throw new Error('decided by another user');
    };
    const acting = performRecordedAction(requestOf('isolate', ['1']), ports, save);
    await expect(acting).rejects.toThrow('decided by another user');
    expect(calls.slice(3)).toEqual(['lock 1', 'release']);
  });
});

describe('alerts', () => {
  const unverifiedIn = (written: readonly ActionRecord[]) =>
    written.map(({ unverifiedAlertIds }) => unverifiedAlertIds);

  it.each<[string, Partial<ActionRequest>, readonly string[]]>([
    ['of the request', { alertIds: ['x', 'y'] }, ['x', 'y']],
    ['of a request without alerts', {}, []],
  ])(
    '%s are checked, and those that could not be verified are recorded',
    async (_, more, asked) => {
      const verified: unknown[] = [];
      const { ports, written, calls } = environment({
        ports: {
          unverifiedAlerts: async (ids) => {
            verified.push(ids);
            return ids.slice(1);
          },
        },
      });
      await performAction(requestOf('isolate', ['1'], more), ports);
      expect(verified).toEqual([asked]);
      const recorded = asked.length === 0 ? undefined : ['y'];
      expect(unverifiedIn(written)).toEqual([recorded, recorded]);
      expect(calls).toContain('/agents/actions/disconnect 1');
    }
  );

  it('keep the result of an earlier check where none is made', async () => {
    const { ports, written, calls } = environment();
    const more = { alertIds: ['x', 'y'], unverifiedAlertIds: ['x'] };
    await performAction(requestOf('isolate', ['1'], more), ports);
    expect(unverifiedIn(written)).toEqual([['x'], ['x']]);
    expect(calls).toContain('/agents/actions/disconnect 1');
  });
});

it('sends an action that seems to change nothing if its opposite may still be pending', async () => {
  const scan = { actionId: 'a0', action: 'scan', username: 'anna', since: isoAt(-2_000) } as const;
  const { ports, calls } = environment({
    agents: { '1': { scanStatus: 'finished' } },
    last: { '1': scan },
  });
  const { hosts } = await performAction(requestOf('abortScan', ['1']), ports);
  expect(hosts).toMatchObject([{ agentId: '1', outcome: 'requested' }]);
  expect(calls).toContain('/agents/actions/abort-scan 1');
});

it('ends the record as interrupted if the hosts could not be locked, and sends nothing', async () => {
  const { ports, calls, written } = environment({ lockFails: true });
  const acting = performAction(requestOf('isolate', ['1']), ports);
  await expect(acting).rejects.toThrow('no locks');
  expect(calls.slice(3)).toEqual(['lock 1', 'create pending', 'replace failed']);
  expect(written.at(-1)).toMatchObject({
    state: 'ended',
    hosts: [{ outcome: 'failed', reason: 'interrupted', detail: 'Error: no locks' }],
  });
});

describe('what others did before', () => {
  const anna = {
    actionId: 'a0',
    action: 'isolate',
    username: 'anna',
    since: isoAt(-9_000),
  } as const;

  it('is read once if the locks change nothing', async () => {
    const { ports, calls } = environment({
      agents: { '1': {}, '2': { networkStatus: 'disconnected' } },
      last: { '2': anna },
    });
    const { hosts } = await performAction(requestOf('isolate', ['1', '2']), ports);
    expect(calls.filter((call) => call.startsWith('last locks'))).toEqual(['last locks network 2']);
    expect(hosts).toMatchObject([
      { agentId: '1', outcome: 'requested' },
      { agentId: '2', outcome: 'unchanged', requestedBefore: { username: 'anna' } },
    ]);
    expect(calls).toContain('/agents/actions/disconnect 1');
  });
});

it('gives the record the time after the locks if another action had changed one of them first', async () => {
  for (const wasContested of [false, true]) {
    const { ports, calls, written } = environment({ wasContested });
    await performAction(requestOf('isolate', ['1']), ports);
    const [begun, ...later] = written;
    expect(begun).toMatchObject({ state: 'sending', updatedAt: isoAt(4) });
    expect(later.map(({ state }) => state)).toEqual(
      wasContested ? ['sending', 'requested'] : ['requested']
    );
    if (wasContested) expect(later[0]!.sortKey).toBeGreaterThan(begun!.sortKey);
    expect(calls).toContain('/agents/actions/disconnect 1');
  }
});
