import * as fc from 'fast-check';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import type { ActionRecord, RecordedHost } from '../../common/actions/record';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import type { ActionRequest } from './plan_action';
import { performAction } from './perform_action';
import type { LockedHosts, HostLocks, AuditLog, LastHostLock, RecordStore } from './ports';
import { RefusedRequests } from './refused_requests';

/** What happened, in order: what left for SentinelOne and what was written to the record. */
type Event =
  | { readonly kind: 'read' | 'write'; readonly request: ApiRequest }
  | { readonly kind: 'record'; readonly record: ActionRecord }
  | { readonly kind: 'hostLock' | 'let go' | 'open' }
  | { readonly kind: 'attempt' | 'end' | 'refused'; readonly hosts: readonly (string | null)[] };

interface Tenant {
  /** Network status by agent id; the UUID is `u` and the id. */
  readonly agents: Map<string, string>;
  /** Answers instead of the tenant, or lets it answer when undefined. */
  readonly instead?: (request: ApiRequest, n: number) => ApiAnswer | undefined;
  /** Throws in place of writing the record for the n-th time. */
  readonly recordFails?: (n: number) => boolean;
  /** The last lock on each agent. */
  readonly locked?: ReadonlyMap<string, LastHostLock>;
  /** The last locks are released only now, and this happens between the look-up and the lock. */
  readonly meanwhile?: () => void;
}

const COMMANDS: Record<string, string> = {
  '/agents/actions/disconnect': 'disconnecting',
  '/agents/actions/connect': 'connecting',
};

function environment({
  agents,
  instead,
  recordFails = () => false,
  locked = new Map(),
  meanwhile,
}: Tenant) {
  const letGo: (readonly string[])[] = [];
  const events: Event[] = [];
  let sent = 0;
  let recorded = 0;
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    events.push({ kind: request.method === 'GET' ? 'read' : 'write', request });
    sent += 1;
    const other = instead?.(request, sent);
    if (other !== undefined) return other;
    if (request.method === 'GET') {
      const { uuids, ids } = request.query ?? {};
      const wanted = (uuids ?? ids ?? '').split(',');
      const data = [...agents]
        .filter(([id]) => wanted.includes(uuids === undefined ? id : `u${id}`))
        .map(([id, networkStatus]) => ({
          id,
          uuid: `u${id}`,
          computerName: `host-${id}`,
          networkStatus,
          isActive: true,
        }));
      return { ok: true, body: { data, pagination: { nextCursor: null } } };
    }
    const { ids } = (request.body as { filter: { ids: string[] } }).filter;
    for (const id of ids) agents.set(id, COMMANDS[request.path]!);
    return { ok: true, body: { data: { affected: ids.length } } };
  };
  const note = (record: ActionRecord) => {
    recorded += 1;
    if (recordFails(recorded)) throw new Error('no space left');
    events.push({ kind: 'record', record });
    return { record, version: '1' };
  };
  const records: RecordStore = {
    create: async (many) => many.map(note),
    update: async (_, record) => note(record as ActionRecord),
    replace: async (_, many) => many.map(note),
    get: async () => [],
  };
  const hostLocks: HostLocks = {
    readAhead: async () => ({ byDocument: new Map() }),
    noteAgents: () => {},
    take: async (ids, _lock, _readAt, { alongside } = {}) => {
      events.push({ kind: 'hostLock' });
      alongside?.();
      meanwhile?.();
      return {
        wasContested: false,
        byAgent: new Map(
          ids.map((id): [string, LockedHosts] => {
            const after = meanwhile === undefined ? undefined : locked.get(id);
            return [
              id,
              after === undefined ? { kind: 'held' } : { kind: 'held_after_another', after },
            ];
          })
        ),
        release: async (sent) => {
          events.push({ kind: 'let go' });
          letGo.push(sent);
        },
      };
    },
    lastOn: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const hostLock = locked.get(id);
          return hostLock === undefined ? [] : [[id, hostLock] as const];
        })
      ),
  };
  const named = (hosts: readonly RecordedHost[]) => hosts.map(({ agentId }) => agentId);
  const auditLog: AuditLog = {
    refused: ({ hosts }) => void events.push({ kind: 'refused', hosts: named(hosts) }),
    releaseTimeChanged: () => {},
    decisionRefused: () => {},
    addLater: () => {},
    furtherRefused: () => void events.push({ kind: 'refused', hosts: [] }),
    attempted: ({ hosts }) => void events.push({ kind: 'attempt', hosts: named(hosts) }),
    ended: (_, hosts) => {
      if (hosts.length > 0) events.push({ kind: 'end', hosts: named(hosts) });
    },
  };
  const errors: string[] = [];
  const log = { warn: () => {}, error: (message: string) => void errors.push(message) };
  const refusedRequests = new RefusedRequests({ clock: () => 0, log, schedule: () => () => {} });
  const ports = {
    hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
    records,
    hostLocks,
    auditLog,
    refusedRequests: {
      add: (record: ActionRecord) => refusedRequests.add(record, 'default', { records, auditLog }),
    },
    leftOpen: () => void events.push({ kind: 'open' }),
    clock: () => 1_700_000_000_000,
    log,
  };
  return { ports, events, errors, letGo };
}

const requestOf = (action: ActionName, ids: readonly string[]): ActionRequest => ({
  action,
  actionId: 'action',
  actor: { username: 'analyst', authentication: 'realm' },
  isAutomation: false,
  connectorId: 'connector',
  tenant: 'https://example.sentinelone.net',
  guards: DEFAULT_PROTECTION_SETTINGS,
  hosts: ids.map((id) => ({ uuid: `u${id}` })),
  comment: 'why',
});
const kindsOf = (events: readonly Event[]) => events.map(({ kind }) => kind);
const recordsIn = (events: readonly Event[]) =>
  events.flatMap((event) => (event.kind === 'record' ? [event.record] : []));

describe('performAction', () => {
  it('locks and writes the record before the request is sent, and its end afterwards', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const result = await performAction(requestOf('isolate', ['1']), ports);
    expect(kindsOf(events)).toEqual([
      'read',
      'hostLock',
      'record',
      'attempt',
      'write',
      'record',
      'let go',
      'open',
    ]);
    expect(recordsIn(events)).toMatchObject([
      { state: 'sending', hosts: [{ agentId: '1', outcome: 'pending' }] },
      { state: 'requested', hosts: [{ agentId: '1', outcome: 'requested' }] },
    ]);
    expect(result.hosts).toMatchObject([{ outcome: 'requested' }]);
  });

  it('sends nothing when the record cannot be written', async () => {
    const { ports, events, letGo } = environment({
      agents: new Map([['1', 'connected']]),
      recordFails: (n) => n === 1,
    });
    await expect(performAction(requestOf('isolate', ['1']), ports)).rejects.toThrow(
      'no space left'
    );
    expect(kindsOf(events)).toEqual(['read', 'hostLock', 'let go']);
    expect(letGo).toEqual([[]]);
  });

  it('returns the result if only the end cannot be recorded, and keeps the record open', async () => {
    const { ports, events, errors } = environment({
      agents: new Map([['1', 'connected']]),
      recordFails: (n) => n === 2,
    });
    const result = await performAction(requestOf('isolate', ['1']), ports);
    expect(result.hosts).toMatchObject([{ outcome: 'requested' }]);
    expect(recordsIn(events)).toMatchObject([{ state: 'sending' }]);
    expect(errors).toHaveLength(1);
  });

  it('records hosts that are refused before any read, and reads nothing', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const refuseAll = { reason: 'no_privilege', detail: 'viewer' } as const;
    const result = await performAction({ ...requestOf('isolate', ['1']), refuseAll }, ports);
    expect(kindsOf(events)).toEqual(['record', 'refused']);
    expect(recordsIn(events)).toMatchObject([
      {
        state: 'ended',
        refusedRequest: { hostCount: 1, alertCount: 0, caseCount: 0, furtherRequests: 0 },
        hosts: [{ outcome: 'refused', endedAt: expect.any(String) }],
      },
    ]);
    expect(result.hosts).toMatchObject([{ reason: 'no_privilege', detail: 'viewer' }]);
  });

  it('returns who requested the same action before, for a host that is already in progress', async () => {
    const hostLock = { actionId: 'before', username: 'admin', since: '2024-07-03T03:45:00.000Z' };
    const agents = () => new Map([['1', 'disconnecting']]);
    const same = environment({
      agents: agents(),
      locked: new Map([['1', { ...hostLock, action: 'isolate' as const }]]),
    });
    const { hosts } = await performAction(requestOf('isolate', ['1']), same.ports);
    const detail = 'admin requested to isolate it at 2024-07-03T03:45:00.000Z';
    expect(hosts).toMatchObject([{ outcome: 'unchanged', detail }]);
    expect(kindsOf(same.events)).toEqual(['read', 'record', 'attempt', 'end']);
    const other = environment({
      agents: agents(),
      locked: new Map([['1', { ...hostLock, action: 'release' as const }]]),
    });
    const [host] = (await performAction(requestOf('isolate', ['1']), other.ports)).hosts;
    expect(host).toMatchObject({ outcome: 'unchanged' });
    expect(host).not.toHaveProperty('detail');
  });

  describe('when another user was faster', () => {
    const alice = {
      actionId: 'of-alice',
      action: 'isolate',
      username: 'alice',
      since: '2024-07-03T03:45:00.000Z',
    } as const;
    const bob = {
      ...requestOf('isolate', ['1']),
      actor: { username: 'bob', authentication: 'realm' },
    };
    const detail = 'alice requested to isolate it at 2024-07-03T03:45:00.000Z';

    it('records the other user as the requester, and releases the lock as unsent', async () => {
      const agents = new Map([['1', 'connected']]);
      const { ports, events, letGo } = environment({
        agents,
        locked: new Map([['1', alice]]),
        meanwhile: () => void agents.set('1', 'disconnecting'),
      });
      // According to the store, the caller has the last lock by now.
      const own = { ...alice, actionId: 'action', username: 'bob' };
      const hostLocks = { ...ports.hostLocks, lastOn: async () => new Map([['1', own]]) };
      const { hosts } = await performAction(bob, { ...ports, hostLocks });
      expect(hosts).toMatchObject([{ outcome: 'unchanged', detail }]);
      expect(recordsIn(events)).toMatchObject([
        { state: 'sending', hosts: [{ agentId: '1', outcome: 'pending' }] },
        { state: 'ended', actor: { username: 'bob' }, hosts: [{ outcome: 'unchanged', detail }] },
      ]);
      expect(kindsOf(events)).not.toContain('write');
      expect(letGo).toEqual([[]]);
    });

    it('returns who requested it before an action on another property of the host', async () => {
      const agents = new Map([['1', 'connected']]);
      const scanner = {
        ...alice,
        actionId: 'of-carol',
        action: 'release',
        username: 'carol',
      } as const;
      jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
      const { ports, events } = environment({
        agents,
        locked: new Map([['1', scanner]]),
        meanwhile: () => void agents.set('1', 'disconnecting'),
      });
      const asked: unknown[] = [];
      const lastOn: HostLocks['lastOn'] = async (ids, property) => {
        asked.push([ids, property]);
        return new Map([['1', alice]]);
      };
      const result = await performAction(bob, {
        ...ports,
        hostLocks: { ...ports.hostLocks, lastOn },
      });
      jest.restoreAllMocks();
      expect(asked).toEqual([[['1'], 'network']]);
      expect(result.hosts).toMatchObject([
        { outcome: 'unchanged', requestedBefore: { username: 'alice' } },
      ]);
      expect(kindsOf(events)).not.toContain('write');
    });

    it('returns them even while another lock is held that may send nothing', async () => {
      const { ports, events } = environment({
        agents: new Map([['1', 'disconnecting']]),
        locked: new Map([
          ['1', { ...alice, actionId: 'of-carol', username: 'carol', after: alice }],
        ]),
      });
      const { hosts } = await performAction(bob, ports);
      expect(hosts).toMatchObject([{ outcome: 'unchanged', detail }]);
      expect(kindsOf(events)).not.toContain('write');
    });

    it('never returns the caller by the same action', async () => {
      const { ports } = environment({
        agents: new Map([['1', 'disconnecting']]),
        locked: new Map([['1', { ...alice, actionId: 'action', username: 'bob' }]]),
      });
      const [host] = (await performAction(bob, ports)).hosts;
      expect(host).not.toHaveProperty('detail');
    });

    it('releases the lock as sent if the action had no effect', async () => {
      const agents = new Map([['1', 'connected']]);
      const { ports, events, letGo } = environment({
        agents,
        locked: new Map([['1', alice]]),
        meanwhile: () => {},
      });
      const { hosts } = await performAction(bob, ports);
      expect(hosts).toMatchObject([{ outcome: 'requested' }]);
      expect(kindsOf(events)).toContain('write');
      expect(letGo).toEqual([['1']]);
    });

    it.each([401, 403, 429])(
      'lets go as who has sent nothing where SentinelOne answers %i: the action before is still the last',
      async (status) => {
        const refuses: Tenant['instead'] = ({ method }) =>
          method === 'POST'
            ? { ok: false, failure: { kind: 'status', status, content: { form: 'error' } } }
            : undefined;
        const { ports, letGo } = environment({
          agents: new Map([['1', 'connected']]),
          instead: refuses,
        });
        expect((await performAction(bob, ports)).hosts).toMatchObject([{ outcome: 'failed' }]);
        expect(letGo).toEqual([[]]);
      }
    );
  });

  it('releases a host whose isolation is pending: the command is sent', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'disconnecting']]) });
    const { hosts } = await performAction(requestOf('release', ['1']), ports);
    expect(hosts).toMatchObject([{ outcome: 'requested' }]);
    expect(kindsOf(events)).toContain('write');
  });

  it.each([
    [1, 2],
    [10, 2],
    [100, 2],
    [1000, 12],
  ])('needs few calls for %i hosts: %i', async (count, calls) => {
    const ids = Array.from({ length: count }, (_, n) => String(n + 1));
    const { ports, events } = environment({ agents: new Map(ids.map((id) => [id, 'connected'])) });
    const { hosts } = await performAction(requestOf('isolate', ids), ports);
    expect(hosts).toHaveLength(count);
    expect(events.filter(({ kind }) => kind === 'read' || kind === 'write')).toHaveLength(calls);
    const records = recordsIn(events).filter(({ state }) => state === 'sending');
    expect(records.flatMap((record) => record.hosts)).toHaveLength(count);
  });

  it('reads again if fewer agents were affected, and returns the result of each host', async () => {
    const agents = new Map([
      ['1', 'connected'],
      ['2', 'connected'],
    ]);
    const { ports, events } = environment({
      agents,
      instead: ({ method }) => {
        if (method === 'GET') return undefined;
        agents.set('2', 'disconnecting');
        return { ok: true, body: { data: { affected: 1 } } };
      },
    });
    const { hosts } = await performAction(requestOf('isolate', ['1', '2']), ports);
    expect(hosts).toMatchObject([
      { agentId: '1', outcome: 'failed', reason: 'not_affected' },
      { agentId: '2', outcome: 'requested' },
    ]);
    expect(kindsOf(events).filter((kind) => kind === 'write')).toHaveLength(1);
  });

  it('acts once on an agent that is named by UUID and by id, and not if one reference is wrong', async () => {
    const agents = () => new Map([['1', 'connected']]);
    const twice = environment({ agents: agents() });
    const both = { ...requestOf('isolate', []), hosts: [{ uuid: 'u1' }, { agentId: '1' }] };
    expect((await performAction(both, twice.ports)).hosts).toHaveLength(1);
    const wrong = environment({ agents: agents() });
    const one = { ...both, hosts: [{ uuid: 'u1' }, { agentId: '1', name: 'another' }] };
    expect((await performAction(one, wrong.ports)).hosts).toMatchObject([{ reason: 'mismatch' }]);
    expect(kindsOf(wrong.events)).not.toContain('write');
  });

  it('does not act on an agent if another reference to it is doubtful', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const hosts = [{ uuid: 'u1' }, { uuid: 'replaced', agentId: '1' }];
    const result = await performAction({ ...requestOf('isolate', []), hosts }, ports);
    expect(result.hosts).toMatchObject([{ agentId: '1', reason: 'mismatch' }]);
    expect(kindsOf(events)).not.toContain('write');
  });

  it('reads the agent without the time of the request before the command, and with it afterwards', async () => {
    const read = jest.spyOn(ACTION_DEFINITIONS.isolate, 'read');
    const { ports, events } = environment({
      agents: new Map([['1', 'connected']]),
      instead: ({ method }) =>
        method === 'POST' ? { ok: true, body: { data: { affected: 0 } } } : undefined,
    });
    const { hosts } = await performAction(requestOf('isolate', ['1']), ports);
    const times = read.mock.calls.map(([, requestedAt]) => requestedAt);
    jest.restoreAllMocks();
    expect(times).toEqual([undefined, new Date(1_700_000_000_000).toISOString()]);
    expect(hosts).toMatchObject([{ outcome: 'failed', reason: 'not_affected' }]);
    expect(kindsOf(events).filter((kind) => kind === 'write')).toHaveLength(1);
  });

  it('for every answer of SentinelOne, no write is without ids, unrecorded, repeated or to another agent', async () => {
    const anAnswer: fc.Arbitrary<ApiAnswer | undefined> = fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      fc.anything().map((body): ApiAnswer => ({ ok: true, body })),
      fc.constantFrom(200, 301, 400, 401, 403, 408, 429, 500, 503).map((status): ApiAnswer => ({
        ok: false,
        failure: { kind: 'status', status },
      })),
      fc.constantFrom<ApiAnswer>(
        { ok: false, failure: { kind: 'lost', timedOut: false, detail: 'reset' } },
        { ok: false, failure: { kind: 'too_large' } },
        { ok: true, body: { data: [{ id: '9', uuid: 'u1', networkStatus: 'connected' }] } },
        {
          ok: true,
          body: {
            data: [
              { id: '1', uuid: 'u1' },
              { id: '9', uuid: 'u9' },
            ],
          },
        }
      )
    );
    const ids = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<ActionName>('isolate', 'release'),
        ids,
        fc.array(anAnswer, { maxLength: 8 }),
        async (action, wanted, answers) => {
          const agents = new Map(
            ['1', '2', '3', '4', '9'].map((id) => [
              id,
              action === 'isolate' ? 'connected' : 'disconnected',
            ])
          );
          const { ports, events } = environment({ agents, instead: (_, n) => answers[n - 1] });
          const { hosts } = await performAction(requestOf(action, wanted), ports);
          expect(hosts.length).toBeGreaterThan(0);
          for (const [n, event] of events.entries()) {
            if (event.kind !== 'write') continue;
            const body = event.request.body as { filter: { ids: string[] } };
            expect(body.filter.ids.length).toBeGreaterThan(0);
            const before = events.slice(0, n);
            const pending = recordsIn(before).flatMap(({ hosts: all }) =>
              all.map(({ agentId }) => agentId)
            );
            for (const id of body.filter.ids) expect(pending).toContain(id);
            // A clone that SentinelOne makes up for a UUID may be meant; nobody else is.
            for (const id of body.filter.ids) expect([...wanted, '9']).toContain(id);
          }
          for (const { outcome } of hosts) {
            expect(['done', 'requested', 'unchanged', 'refused', 'failed']).toContain(outcome);
          }
        }
      ),
      { numRuns: 4000 }
    );
  });
});

describe('ExactTargets', () => {
  const ports = { sleep: async () => {}, random: () => 0 };
  const one = { id: '1', uuid: 'u1', computerName: 'a', networkStatus: 'connected' };
  const open = () => {
    const writes: ApiRequest[] = [];
    const action = ExactTargets.openHostAction(async (request) => {
      if (request.method === 'POST') writes.push(request);
      return { ok: true, body: { data: [one], pagination: {} } };
    }, ports);
    return { action, writes };
  };

  it('cannot be created for an agent that was not looked up, or in another action', async () => {
    const first = open();
    const [found] = await first.action.lookUp([{ uuid: 'u1' }]);
    if (found?.ok !== true || found.status.state !== 'known') throw new Error('not found');
    const { agent } = found.status;
    expect(() => first.action.targets([{ ...agent, id: '2' }])).toThrow('did not look up');
    const second = open();
    expect(() => second.action.targets([agent])).toThrow('did not look up');
    const [targets] = first.action.targets([agent]);
    await second.action.lookUp([{ uuid: 'u1' }]);
    await expect(second.action.command('isolate', targets!)).rejects.toThrow('same action');
    expect(second.writes).toEqual([]);
  });

  it('can be created for an agent that is found by UUID or id alone, but not for contradictions', async () => {
    const { action } = open();
    const lookUps = await action.lookUp([
      { uuid: 'replaced', agentId: '1' },
      { uuid: 'replaced' },
      { agentId: '2' },
    ]);
    expect(lookUps.map((found) => found.ok && found.status.state)).toEqual([
      'partial_match',
      'unknown',
      'unknown',
    ]);
    expect(action.targets([{ ...one, uuid: 'u1' } as never])).toMatchObject([{ agentIds: ['1'] }]);
  });

  it('is never empty, and cannot be emptied', async () => {
    const { action } = open();
    expect(action.targets([])).toEqual([]);
    const [found] = await action.lookUp([{ uuid: 'u1' }]);
    if (found?.ok !== true || found.status.state !== 'known') throw new Error('not found');
    const [targets] = action.targets([found.status.agent]);
    expect(() => (targets!.agentIds as unknown as string[]).pop()).toThrow();
    expect(() => Object.assign(targets!, { agentIds: [] })).toThrow();
  });
});

describe('the settings of the space', () => {
  const hostsOf = ({ hosts }: { hosts: ReadonlyArray<{ agentId: string | null }> }) =>
    hosts.map(({ agentId }) => agentId);

  it('prevent the isolation of protected hosts only', async () => {
    const { ports, events } = environment({
      agents: new Map([
        ['1', 'connected'],
        ['2', 'connected'],
      ]),
    });
    const guards = {
      ...DEFAULT_PROTECTION_SETTINGS,
      protectedHosts: [{ field: 'name', pattern: 'HOST-1' } as const],
    };
    const result = await performAction({ ...requestOf('isolate', ['1', '2']), guards }, ports);
    expect(result.hosts.find(({ agentId }) => agentId === '1')).toMatchObject({
      outcome: 'refused',
      reason: 'protected',
      detail: 'name matches HOST-1',
    });
    const writes = events.flatMap((event) => (event.kind === 'write' ? [event.request.body] : []));
    expect(writes).toEqual([{ filter: { ids: ['2'] } }]);
  });

  it('are overridden if that was granted, and only protected hosts are marked', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 1_200 }).map(String), { minLength: 1 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 1_200 }).map(String)),
        fc.constantFrom<ActionRequest['override']>(
          undefined,
          { kind: 'granted', comment: 'it burns', alsoIn: new Set() },
          { kind: 'denied', why: 'He lacks the privilege' }
        ),
        async (ids, shielded, override) => {
          const { ports, events } = environment({
            agents: new Map(ids.map((id) => [id, 'connected'])),
          });
          const guards = {
            ...DEFAULT_PROTECTION_SETTINGS,
            protectedHosts: shielded.map((pattern) => ({ field: 'agentId' as const, pattern })),
          };
          await performAction({ ...requestOf('isolate', ids), guards, override }, ports);
          const sent = events.flatMap((event) =>
            event.kind === 'write'
              ? (event.request.body as { filter: { ids: string[] } }).filter.ids
              : []
          );
          const isGranted = override?.kind === 'granted';
          const expected = ids.filter((id) => isGranted || !shielded.includes(id));
          expect([...sent].sort()).toEqual([...expected].sort());
          const marked = recordsIn(events).flatMap((record) => record.override?.hosts ?? []);
          const overridden = isGranted ? ids.filter((id) => shielded.includes(id)) : [];
          expect(new Set(marked.map(({ agentId }) => agentId))).toEqual(new Set(overridden));
          for (const { agentId, field, pattern } of marked) {
            expect([field, pattern]).toEqual(['agentId', agentId]);
          }
          // It is on record before anything leaves.
          const first = kindsOf(events).indexOf('write');
          if (overridden.length > 0) {
            const before = recordsIn(events.slice(0, first)).flatMap(
              ({ override: on }) => on ?? []
            );
            expect(before.map(({ comment }) => comment)).toContain('it burns');
          }
        }
      ),
      { numRuns: 300 }
    ));

  it('allow the release of protected hosts', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'disconnected']]) });
    const guards = {
      ...DEFAULT_PROTECTION_SETTINGS,
      protectedHosts: [{ field: 'agentId', pattern: '*' } as const],
    };
    await performAction({ ...requestOf('release', ['1']), guards }, ports);
    expect(kindsOf(events)).toContain('write');
  });

  it('refuse all hosts if SentinelOne found too many, send nothing and record that', async () => {
    const agents = new Map(['1', '2', '3'].map((id) => [id, 'connected']));
    const { ports, events } = environment({ agents });
    const guards = { ...DEFAULT_PROTECTION_SETTINGS, maxHosts: 2 };
    const result = await performAction({ ...requestOf('isolate', ['1', '2', '3']), guards }, ports);
    expect(result.hosts).toHaveLength(3);
    for (const host of result.hosts) {
      expect(host).toMatchObject({ outcome: 'refused', reason: 'too_many' });
    }
    expect(kindsOf(events)).not.toContain('write');
    expect(kindsOf(events)).not.toContain('hostLock');
    expect(recordsIn(events)).toHaveLength(1);

    const two = await performAction({ ...requestOf('isolate', ['1', '2', '2']), guards }, ports);
    expect(hostsOf(two)).toEqual(['1', '2']);
  });

  it('count only the hosts that SentinelOne found', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const guards = { ...DEFAULT_PROTECTION_SETTINGS, maxHosts: 1 };
    const hosts = [{ uuid: 'invented' }, { agentId: '1' }, { uuid: 'too', name: 'x' }];
    const result = await performAction({ ...requestOf('isolate', []), hosts, guards }, ports);
    expect(result.hosts).toMatchObject([
      { agentId: '1', outcome: 'requested' },
      { uuid: 'invented', outcome: 'refused', reason: 'not_found' },
      { uuid: 'too', outcome: 'refused', reason: 'not_found' },
    ]);
    const writes = events.flatMap((one) => (one.kind === 'write' ? [one.request.body] : []));
    expect(writes).toEqual([{ filter: { ids: ['1'] } }]);
  });

  it('do not count refused hosts', async () => {
    const { ports } = environment({ agents: new Map(['1', '2'].map((id) => [id, 'connected'])) });
    const guards = { ...DEFAULT_PROTECTION_SETTINGS, maxHosts: 1 };
    const hosts = [{ agentId: '1' }, { agentId: '2', name: 'another' }];
    const result = await performAction({ ...requestOf('isolate', []), hosts, guards }, ports);
    expect(result.hosts).toMatchObject([
      { agentId: '1', outcome: 'requested' },
      { agentId: '2', outcome: 'refused', reason: 'mismatch' },
    ]);
  });
});

describe('an action of a rule or an API key', () => {
  const ofRule = (hosts: ActionRequest['hosts']): ActionRequest => ({
    ...requestOf('isolate', []),
    hosts,
    isAutomation: true,
  });

  it.each<[string, ActionRequest['hosts']]>([
    ['UUID and id', [{ uuid: 'u1', agentId: '1' }]],
    ['UUID and name', [{ uuid: 'u1', name: 'host-1' }]],
    ['id and one of several names', [{ agentId: '1', names: ['x', 'host-1'] }]],
    ['UUID in one alert and id in another', [{ uuid: 'u1' }, { agentId: '1' }]],
  ])('acts on a host that is named by %s', async (_, hosts) => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const result = await performAction(ofRule(hosts), ports);
    expect(result.hosts).toMatchObject([{ agentId: '1', outcome: 'requested' }]);
    expect(kindsOf(events).filter((kind) => kind === 'write')).toHaveLength(1);
  });

  it.each<[string, ActionRequest['hosts'], RegExp]>([
    ['UUID', [{ uuid: 'u1' }], /Only its UUID is given/],
    ['id', [{ agentId: '1' }, { agentId: '1' }], /Only its agent id is given/],
  ])('refuses one that is named by its %s alone, and records why', async (_, hosts, detail) => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const result = await performAction(ofRule(hosts), ports);
    expect(result.hosts).toMatchObject([
      {
        agentId: '1',
        name: 'host-1',
        outcome: 'refused',
        reason: 'named_once',
        detail: expect.stringMatching(detail),
      },
    ]);
    expect(kindsOf(events)).not.toContain('write');
    expect(recordsIn(events)[0]!.hosts).toMatchObject([{ reason: 'named_once' }]);
  });

  it('does not change a host that is already isolated, by any identifier', async () => {
    const { ports } = environment({ agents: new Map([['1', 'disconnected']]) });
    const result = await performAction(ofRule([{ uuid: 'u1' }]), ports);
    expect(result.hosts).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('records hosts with unusable identifiers, and acts on the others', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const refusedHosts = [
      { reason: 'unusable_id', detail: 'host.id is a JSON number', name: 'web-9' },
    ] as const;
    const result = await performAction(
      { ...ofRule([{ uuid: 'u1', name: 'host-1' }]), refusedHosts },
      ports
    );
    expect(result.hosts).toMatchObject([
      { agentId: '1', outcome: 'requested' },
      { agentId: null, name: 'web-9', outcome: 'refused', reason: 'unusable_id' },
    ]);
    expect(recordsIn(events).at(-1)!.hosts).toMatchObject([
      { agentId: '1' },
      { name: 'web-9', reason: 'unusable_id', detail: 'host.id is a JSON number' },
    ]);

    const alone = environment({ agents: new Map() });
    await performAction({ ...ofRule([]), refusedHosts }, alone.ports);
    expect(kindsOf(alone.events)).not.toContain('read');
    expect(recordsIn(alone.events)[0]).toMatchObject({
      state: 'ended',
      hosts: [{ name: 'web-9', reason: 'unusable_id' }],
    });
  });

  it('is refused as a whole if automation is not allowed', async () => {
    const { ports, events } = environment({ agents: new Map([['1', 'connected']]) });
    const refusedHosts = [{ reason: 'unusable_id', detail: 'why', name: 'web-9' }] as const;
    const refuseAll = { reason: 'automation_off' } as const;
    const hosts = [{ uuid: 'u1', name: 'host-1' }];
    const result = await performAction({ ...ofRule(hosts), refusedHosts, refuseAll }, ports);
    expect(result.hosts.map(({ name, reason }) => [name, reason])).toEqual([
      ['host-1', 'automation_off'],
      ['web-9', 'automation_off'],
    ]);
    expect(kindsOf(events)).not.toContain('read');
  });
});
