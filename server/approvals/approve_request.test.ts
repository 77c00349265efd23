import type { Actor } from '../../common/actions/actor';
import { newAutomaticRelease } from '../../common/actions/automatic_release';
import { shortReason } from '../../common/actions/describe_reason';
import { sortKeyOf, type ActionRecord, type RecordedHost } from '../../common/actions/record';
import type { AppliedPattern } from '../../common/hosts/protection_settings';
import { MINUTE } from '../../common/lib/constants';
import { hostOf, iso, recordOf, TENANT } from '../../test/helpers/status_reconciliation';
import type { ActionPorts } from '../response_actions/perform_action';
import type { HostLock, LockedHosts, StoredRecord } from '../response_actions/ports';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import {
  ApprovalError,
  approveRequest,
  undecidedRequest,
  type ApprovalOrder,
  type ApprovalPorts,
} from './approve_request';

/** What is checked before a request is approved, and what is recorded and sent then. */

const NOW = Date.parse('2026-07-01T12:00:00.000Z');
const REQUESTED = iso(NOW - 20 * MINUTE);
const user = (username: string): Actor => ({ username, authentication: 'realm' });
const ALICE = user('alice');
const BOB = user('bob');

const waiting = (id: string): RecordedHost => hostOf(id, { outcome: 'awaiting_approval' });
const REFUSED = hostOf('9', { outcome: 'refused', reason: 'not_found', endedAt: REQUESTED });

function requestWith(
  changes: Partial<ActionRecord> = {},
  approval: Partial<NonNullable<ActionRecord['approval']>> = {}
): ActionRecord {
  return {
    ...recordOf({ actionId: 'a1', hosts: [waiting('1'), waiting('2'), REFUSED] }),
    ...{ actor: ALICE, requestedAt: REQUESTED },
    approval: {
      ...{ requestedAt: REQUESTED, expiresAt: iso(NOW + 10 * MINUTE), hosts: [] },
      ...approval,
    },
    ...changes,
  };
}

interface Options {
  readonly record?: ActionRecord;
  /** Fields of agents by id; agents that are missing are not listed by SentinelOne. */
  readonly agents?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly isDown?: boolean;
  readonly locks?: Readonly<Record<string, LockedHosts>>;
  readonly isConflict?: boolean;
  /** The first record of the action. */
  readonly first?: Partial<ActionRecord>;
  /** How long (ms) a look-up takes. */
  readonly lookUpTakes?: number;
}

function environment({
  record = requestWith(),
  agents = { '1': {}, '2': {} },
  isDown = false,
  locks = {},
  isConflict = false,
  first,
  lookUpTakes = 0,
}: Options = {}) {
  let now = NOW;
  const calls: string[] = [];
  const decided: Array<readonly [string | undefined, ActionRecord]> = [];
  const refused: unknown[] = [];
  const lockedBy: HostLock[] = [];
  const send = async ({ method, path, query, body }: ApiRequest): Promise<ApiAnswer> => {
    if (method === 'POST') {
      const { ids } = (body as { filter: { ids: readonly string[] } }).filter;
      calls.push(`${path} ${ids.join()}`);
      return { ok: true, body: { data: { affected: ids.length } } };
    }
    const { uuids, ids } = query!;
    calls.push(uuids === undefined ? `ids ${ids}` : `uuids ${uuids}`);
    now += lookUpTakes;
    if (isDown) return { ok: false, failure: { kind: 'lost', timedOut: false, detail: 'reset' } };
    const wanted = (uuids ?? ids)!.split(',');
    const data = Object.entries(agents).flatMap(([id, fields]) =>
      wanted.includes(uuids === undefined ? id : `u${id}`)
        ? [
            {
              ...{ id, uuid: `u${id}`, computerName: `host-${id}` },
              ...{ networkStatus: 'connected', isActive: true, ...fields },
            },
          ]
        : []
    );
    return { ok: true, body: { data, pagination: { nextCursor: null } } };
  };
  const ports: ActionPorts & ApprovalPorts = {
    hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
    approvals: {
      find: async (actionId) => (actionId === 'a1' ? { record, version: 'v1' } : undefined),
      openOn: async () => new Map(),
      decide: async ({ version }, after) => {
        calls.push('decide');
        if (isConflict) return 'conflict';
        decided.push([version, after]);
        return { version: 'v2' };
      },
    },
    records: {
      create: async () => [],
      update: async () => ({ version: undefined }),
      replace: async (stored: readonly StoredRecord[]) => {
        calls.push(`record ${stored[0]!.version}`);
        return [];
      },
      get: async (actionId) => {
        calls.push(`get ${actionId}`);
        return first === undefined ? [] : [{ ...requestWith(), ...first }];
      },
    },
    hostLocks: {
      readAhead: async () => ({ byDocument: new Map() }),
      noteAgents: () => {},
      take: async (ids, lock) => {
        calls.push(`lock ${ids.join()}`);
        lockedBy.push(lock);
        return {
          wasContested: false,
          byAgent: new Map(ids.map((id) => [id, locks[id] ?? { kind: 'held' }])),
          release: async (sent) => void calls.push(['release', ...sent].join(' ')),
        };
      },
      lastOn: async () => new Map(),
    },
    auditLog: {
      attempted: () => {},
      ended: () => {},
      decisionRefused: (...all) => void refused.push(all),
    },
    refusedRequests: { add: async () => 'none' },
    leftOpen: () => {},
    clock: () => now,
    log: { warn: () => {}, error: () => {} },
  };
  const approve = (order: Partial<ApprovalOrder> = {}) =>
    approveRequest(
      {
        ...{ actionId: 'a1', comment: 'Agreed', approver: BOB, alsoIn: new Set<string>() },
        ...{ connectorId: 'connector', tenant: TENANT },
        guards: { protectedHosts: [], maxHosts: 100 },
        ...order,
      },
      ports
    );
  /** The reason and the detail of the error, if it cannot be approved; then nothing was decided or sent. */
  const reasonFor = async (order: Partial<ApprovalOrder> = {}) => {
    const error = await approve(order).then(
      () => undefined,
      (thrown: unknown) => thrown
    );
    expect(decided).toEqual([]);
    expect(calls.filter((call) => call.startsWith('/'))).toEqual([]);
    return error instanceof ApprovalError ? [error.reason, error.detail] : error;
  };
  return { ports, approve, reasonFor, calls, decided, refused, lockedBy };
}
const COMMAND = '/agents/actions/disconnect';
const protects = (
  pattern: string,
  more: Partial<AppliedPattern> = {}
): ApprovalOrder['guards'] => ({
  ...{ maxHosts: 100, protectedHosts: [{ field: 'name', pattern, ...more }] },
});

it('says why a request cannot be approved, with the detail', () => {
  const why = shortReason('in_flight');
  const sentence = `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  expect(new ApprovalError('in_flight').message).toBe(sentence);
  expect(new ApprovalError('in_flight', 'bob').message).toBe(`${sentence}: bob`);
});

describe('a request', () => {
  it.each<[string, Options, string]>([
    ['has no approval', { record: requestWith({ approval: undefined }) }, 'already_decided'],
    ['has another state', { record: requestWith({ state: 'sending' }) }, 'already_decided'],
    [
      'was decided',
      { record: requestWith({}, { decision: { kind: 'declined', at: REQUESTED } }) },
      'already_decided',
    ],
    ['has expired', { record: requestWith({}, { expiresAt: iso(NOW) }) }, 'approval_expired'],
  ])('that %s cannot be approved', async (_, options, reason) => {
    const { reasonFor, calls } = environment(options);
    expect(await reasonFor()).toEqual([reason, undefined]);
    expect(calls).toEqual([]);
  });

  it('that does not exist cannot be approved, and one that waits is returned as it is stored', async () => {
    const { reasonFor, ports } = environment();
    expect(await reasonFor({ actionId: 'none' })).toEqual(['already_decided', undefined]);
    expect(await undecidedRequest('a1', ports)).toEqual({ record: requestWith(), version: 'v1' });
  });

  it('cannot be approved by the user who made it, which is noted', async () => {
    const { reasonFor, refused, calls } = environment();
    expect(await reasonFor({ approver: user('Alice') })).toEqual(['own_request', undefined]);
    const attempt = { by: user('Alice'), at: iso(NOW) };
    expect(refused).toEqual([[requestWith(), 'approve', 'own_request', attempt]]);
    expect(calls).toEqual([]);
  });

  it.each([{ connectorId: 'other' }, { tenant: 'https://other.example' }])(
    'cannot be approved through another connector or tenant: %j',
    async (order) => {
      const { reasonFor, calls } = environment();
      expect(await reasonFor(order)).toEqual(['connector_changed', undefined]);
      expect(calls).toEqual([]);
    }
  );
});

it('decides under the locks and before it sends, for the requester, and for the waiting hosts only', async () => {
  const { approve, calls, decided, lockedBy, refused } = environment({
    record: requestWith({ comment: 'Ransomware' }),
  });
  const { action, hosts } = await approve();
  expect(calls).toEqual([
    'uuids u1,u2',
    'lock 1,2',
    'decide',
    `${COMMAND} 1,2`,
    'record v2',
    'release 1 2',
  ]);
  expect(lockedBy).toMatchObject([{ actionId: 'a1', action: 'isolate', username: 'alice' }]);
  const pending = ['1', '2'].map((id) => hostOf(id, { outcome: 'pending' }));
  const decision = { kind: 'approved', at: iso(NOW), by: BOB, comment: 'Agreed' };
  const { releaseAt: _none, ...before } = requestWith({ comment: 'Ransomware' });
  expect(decided).toStrictEqual([
    [
      'v1',
      {
        ...before,
        ...{ state: 'sending', requestedAt: iso(NOW), updatedAt: iso(NOW) },
        sortKey: sortKeyOf(iso(NOW), 'a1', 0),
        approval: { ...before.approval, decision },
        hosts: [...pending, REFUSED],
      },
    ],
  ]);
  expect(action).toBe('isolate');
  expect(hosts.map(({ outcome }) => outcome)).toEqual(['requested', 'requested', 'refused']);
  expect(refused).toEqual([]);
});

it('looks hosts up by the identifiers that they have', async () => {
  const hosts = [
    hostOf('1', { outcome: 'awaiting_approval', uuid: null, name: null }),
    hostOf('2', { outcome: 'awaiting_approval', agentId: null }),
  ];
  const { approve, calls } = environment({ record: requestWith({ hosts }) });
  await approve();
  expect(calls.slice(0, 2)).toEqual(['uuids u2', 'ids 1']);
  expect(calls).toContain(`${COMMAND} 1,2`);
});

describe('a host', () => {
  it('that changed since the request is not isolated: the record says why', async () => {
    const { approve, calls, decided } = environment({
      record: requestWith({ hosts: ['1', '2', '3', '4'].map(waiting) }),
      agents: {
        ...{ '1': {}, '2': { networkStatus: 'disconnected' } },
        '3': { computerName: 'renamed' },
      },
    });
    await approve();
    expect(calls).toContain(`${COMMAND} 1`);
    expect(decided[0]![1].hosts).toMatchObject([
      { agentId: '1', outcome: 'pending' },
      { agentId: '2', outcome: 'unchanged', endedAt: iso(NOW) },
      { agentId: '3', outcome: 'refused', reason: 'mismatch', endedAt: iso(NOW) },
      { agentId: '4', outcome: 'refused', reason: 'not_found', endedAt: iso(NOW) },
    ]);
  });

  it('that cannot be read, or that another action has locked, leaves the request open', async () => {
    const down = environment({ isDown: true });
    expect(await down.reasonFor()).toEqual(['unreachable', expect.stringContaining('reset')]);
    expect(down.calls).not.toContain('decide');
    const by = { actionId: 'x', action: 'scan', username: 'carol', since: REQUESTED } as const;
    const locked = environment({ locks: { '2': { kind: 'taken', by } } });
    expect(await locked.reasonFor()).toEqual(['in_flight', expect.stringContaining('carol')]);
    expect(locked.calls.slice(-2)).toEqual(['lock 1,2', 'release']);
  });

  it('that is protected where the approver may not approve leaves the request open', async () => {
    const guards = protects('host-2', { isolation: 'with_approval', spaceId: 'ops' });
    const { reasonFor } = environment();
    expect(await reasonFor({ guards })).toEqual([
      'no_privilege',
      expect.stringContaining('host-2'),
    ]);
    const allowed = environment();
    await allowed.approve({ guards, alsoIn: new Set(['ops']) });
    expect(allowed.calls).toContain(`${COMMAND} 1,2`);
  });

  it('that may never be isolated by now is refused, and the others are isolated', async () => {
    const { approve, calls, decided } = environment();
    await approve({ guards: protects('host-2', { isolation: 'never' }) });
    expect(calls).toContain(`${COMMAND} 1`);
    expect(decided[0]![1].hosts).toMatchObject([
      { agentId: '1', outcome: 'pending' },
      { agentId: '2', outcome: 'refused', reason: 'protected' },
      REFUSED,
    ]);
  });
});

it('does not approve a request that expires while its hosts are looked up', async () => {
  const { reasonFor, calls } = environment({ lookUpTakes: 10 * MINUTE });
  expect(await reasonFor()).toEqual(['approval_expired', undefined]);
  expect(calls).toEqual(['uuids u1,u2', 'lock 1,2', 'release']);
});

it('sends nothing if another user decides first', async () => {
  const { reasonFor, calls } = environment({ isConflict: true });
  expect(await reasonFor()).toEqual(['already_decided', undefined]);
  expect(calls.slice(-2)).toEqual(['decide', 'release']);
});

describe('the automatic release', () => {
  const PASSED = ['approval_expired', 'the time of the automatic release has passed'];

  it.each<[string, Parameters<typeof requestWith>[1], string]>([
    ['counts from the approval', { releaseAfterMinutes: 30 }, iso(NOW + 30 * MINUTE)],
    ['has its time', { releaseAt: iso(NOW + 1) }, iso(NOW + 1)],
    [
      'counts from the approval even if a time was computed before',
      { releaseAfterMinutes: 30, releaseAt: REQUESTED },
      iso(NOW + 30 * MINUTE),
    ],
  ])('%s, and is set by the requester', async (_, approval, releaseAt) => {
    const { approve, decided, calls } = environment({ record: requestWith({}, approval) });
    await approve();
    expect(decided[0]![1]).toMatchObject({
      releaseAt,
      automaticRelease: newAutomaticRelease(releaseAt, 'alice'),
    });
    expect(calls).toContain(`${COMMAND} 1,2`);
    expect(calls).not.toContain('get a1');
  });

  it('is not set if no host is isolated', async () => {
    const { approve, decided, calls } = environment({
      record: requestWith({}, { releaseAfterMinutes: 30 }),
      agents: {},
    });
    await approve();
    expect(decided[0]![1]).not.toHaveProperty('automaticRelease');
    expect(decided[0]![1]).not.toHaveProperty('releaseAt');
    expect(calls.filter((call) => call.startsWith('/'))).toEqual([]);
  });

  it('whose time has passed prevents the approval', async () => {
    const { reasonFor } = environment({ record: requestWith({}, { releaseAt: iso(NOW) }) });
    expect(await reasonFor()).toEqual(PASSED);
  });

  describe('of an action whose other hosts have started', () => {
    const scheduled = newAutomaticRelease(iso(NOW + 1), 'alice');
    const part = (approval: Parameters<typeof requestWith>[1]) =>
      requestWith({ group: 1, groups: 2 }, approval);
    const started = { releaseAt: iso(NOW + 1), automaticRelease: scheduled };

    it.each([{ releaseAfterMinutes: 30 }, { releaseAt: iso(NOW + 1) }])(
      'covers these hosts as well: %j',
      async (approval) => {
        const { approve, decided, calls } = environment({ record: part(approval), first: started });
        await approve();
        expect(calls).toContain('get a1');
        expect(decided[0]![1]).not.toHaveProperty('automaticRelease');
        expect(decided[0]![1].sortKey).toBe(sortKeyOf(iso(NOW), 'a1', 1));
        expect(calls).toContain(`${COMMAND} 1,2`);
      }
    );

    it.each<[string, Partial<ActionRecord> | undefined]>([
      ['has passed', { ...started, releaseAt: iso(NOW) }],
      ['was cancelled', { ...started, automaticRelease: { ...scheduled, state: 'cancelled' } }],
      ['has begun', { ...started, automaticRelease: { ...scheduled, state: 'releasing' } }],
      ['has no time', { ...started, releaseAt: null }],
      ['was not set', {}],
      ['was removed', undefined],
    ])('prevents the approval if it %s', async (_, first) => {
      for (const approval of [{ releaseAfterMinutes: 30 }, { releaseAt: iso(NOW + 1) }]) {
        const options = first === undefined ? {} : { first };
        const { reasonFor } = environment({ record: part(approval), ...options });
        expect(await reasonFor()).toEqual(PASSED);
      }
    });

    it('does not matter if the request has none', async () => {
      const { approve, calls } = environment({ record: part({}) });
      await approve();
      expect(calls).toContain(`${COMMAND} 1,2`);
    });
  });
});
