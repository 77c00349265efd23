import * as fc from 'fast-check';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import { REASONS, type Reason } from '../../common/actions/reasons';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { ActionName } from '../../common/actions/action_name';
import { OUTCOMES } from '../../common/actions/outcome';
import {
  sortKeyOf,
  RECORDED_OUTCOMES,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiAnswer, ApiRequest } from '../sentinelone_client/transport';
import type { ActionRequest } from './plan_action';
import { performOncePerAlert, requestFingerprint } from './once_per_alert';
import type { ActionPorts } from './perform_action';
import type { LastHostLock } from './ports';

const NOW = Date.parse('2024-07-03T03:45:00Z');
const RULE = {
  username: 'analyst',
  authentication: 'api_key',
  apiKey: 'Alerting: siem.queryRule/Isolate',
  apiKeyId: 'VuaCfGcBCdbkQm-e5aOx',
};
const TRIED_AGAIN: readonly (Reason | undefined)[] = [
  'unauthorized',
  'forbidden',
  'throttled',
  'unreachable',
  'interrupted',
];

/**
 * A tenant whose hosts are connected unless `statuses` knows better, the ids that it was commanded, and the
 * records written. `last` has the last lock on each agent.
 */
function environment({
  statuses = {},
  last = {},
}: {
  readonly statuses?: Readonly<Record<string, string>>;
  readonly last?: Readonly<Record<string, LastHostLock>>;
} = {}) {
  const commanded: string[] = [];
  const written: ActionRecord[] = [];
  const send = async ({ method, query, body }: ApiRequest): Promise<ApiAnswer> => {
    if (method === 'GET') {
      const { uuids, ids } = query ?? {};
      const wanted = uuids?.split(',').map((uuid) => uuid.slice(1)) ?? ids?.split(',') ?? [];
      const data = wanted.map((id) => ({
        id,
        uuid: `u${id}`,
        computerName: `host-${id}`,
        networkStatus: statuses[id] ?? 'connected',
        isActive: true,
      }));
      return { ok: true, body: { data, pagination: { nextCursor: null } } };
    }
    const { ids } = (body as { filter: { ids: string[] } }).filter;
    commanded.push(...ids);
    return { ok: true, body: { data: { affected: ids.length } } };
  };
  const ports: ActionPorts = {
    hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
    records: {
      create: async (records) => {
        written.push(...records);
        return records.map((record) => ({ record, version: '1' }));
      },
      update: async (_, record) => ({ record, version: '2' }),
      replace: async (_, records) => records.map((record) => ({ record, version: '2' })),
      get: async () => [],
    },
    hostLocks: {
      readAhead: async () => ({ byDocument: new Map() }),
      noteAgents: () => {},
      take: async (ids) => ({
        wasContested: false,
        byAgent: new Map(ids.map((id) => [id, { kind: 'held' }])),
        release: async () => {},
      }),
      lastOn: async (ids) => new Map(Object.entries(last).filter(([id]) => ids.includes(id))),
    },
    auditLog: { attempted: () => {}, ended: () => {} },
    refusedRequests: {
      add: async (record) => {
        written.push(record);
        return record.actionId;
      },
    },
    leftOpen: () => {},
    clock: () => NOW,
    log: { warn: () => {}, error: () => {} },
  };
  return { ports, commanded, written };
}

const requestOf = (
  ids: readonly string[],
  changes: Partial<ActionRequest> = {}
): ActionRequest => ({
  action: 'isolate',
  actionId: 'second',
  actor: RULE,
  isAutomation: true,
  connectorId: 'connector',
  tenant: 'https://example.sentinelone.net',
  guards: DEFAULT_PROTECTION_SETTINGS,
  hosts: ids.map((id) => ({ uuid: `u${id}`, agentId: id })),
  comment: 'why',
  alertIds: ['x', 'y'],
  ...changes,
});

const at = '2024-07-03T03:44:00.000Z';
const recordOf = (
  hosts: readonly RecordedHost[],
  changes: Partial<ActionRecord> = {}
): ActionRecord =>
  withHosts(
    {
      actionId: 'first',
      group: 0,
      groups: 1,
      sortKey: sortKeyOf(at, 'first', 0),
      action: 'isolate',
      state: 'sending',
      connectorId: 'connector',
      tenant: 'https://example.sentinelone.net',
      actor: RULE,
      comment: 'why',
      alertIds: ['y', 'x'],
      caseIds: [],
      requestedAt: at,
      updatedAt: at,
      hosts: [],
      ...changes,
    },
    hosts,
    at
  );
const host = (id: string, outcome: RecordedHost['outcome'], reason?: Reason): RecordedHost => ({
  uuid: `u${id}`,
  agentId: id,
  name: `host-${id}`,
  outcome,
  ...(reason === undefined ? {} : { reason }),
});
const knowing = (...records: readonly ActionRecord[]) => ({
  ofRequest: async (fingerprint: string) =>
    records
      .filter((one) => requestFingerprint(one) === fingerprint)
      .sort((a, b) => b.sortKey - a.sortKey),
  on: async (ids: readonly string[], after: number) =>
    records.filter(
      (one) => one.sortKey > after && one.hosts.some(({ agentId }) => ids.includes(agentId ?? ''))
    ),
});
const UNREADABLE = {
  ofRequest: async () => Promise.reject(new Error('no shards')),
  on: async () => Promise.reject(new Error('no shards')),
};

it('does not isolate hosts again that were released since or refused', async () => {
  const { ports, commanded, written } = environment();
  const earlier = knowing(recordOf([host('1', 'done'), host('2', 'refused', 'protected')]));
  const result = await performOncePerAlert(requestOf(['1', '2']), ports, earlier);
  expect(result).toMatchObject({
    actionId: 'first',
    hosts: [
      { agentId: '1', outcome: 'unchanged' },
      { agentId: '2', outcome: 'refused', reason: 'protected' },
    ],
  });
  expect(commanded).toEqual([]);
  expect(written).toEqual([]);
});

it('does not repeat what a later action reverted, even if the record failed', async () => {
  const { ports, commanded } = environment();
  const earlier = knowing(recordOf([host('1', 'failed', 'superseded')]));
  await performOncePerAlert(requestOf(['1']), ports, earlier);
  expect(commanded).toEqual([]);
});

it('tries again, with a new record, if SentinelOne never accepted the command', async () => {
  const { ports, commanded, written } = environment();
  const earlier = knowing(recordOf([host('1', 'done'), host('2', 'failed', 'unreachable')]));
  const result = await performOncePerAlert(requestOf(['1', '2']), ports, earlier);
  expect(commanded).toEqual(['2']);
  expect(written.map(({ hosts }) => hosts.map(({ agentId }) => agentId))).toEqual([['2']]);
  expect(result).toMatchObject({
    actionId: 'second',
    hosts: [
      { agentId: '2', outcome: 'requested' },
      { agentId: '1', outcome: 'unchanged' },
    ],
  });
});

it.each([
  ['other alerts', { alertIds: ['x'] }, {}],
  ['another rule', {}, { actor: { ...RULE, apiKeyId: 'the id of another key' } }],
  ['a key without an id', {}, { actor: { ...RULE, apiKeyId: undefined } }],
  ['another owner', {}, { actor: { ...RULE, username: 'lead' } }],
  ['the opposite', {}, { action: 'release' }],
] as const)('acts when the record is of %s', async (_, changes, recorded) => {
  const { ports, commanded } = environment();
  const earlier = knowing(recordOf([host('1', 'done')], recorded));
  await performOncePerAlert(requestOf(['1'], changes), ports, earlier);
  expect(commanded).toEqual(['1']);
});

it.each([
  ['a person', { username: 'analyst', authentication: 'realm' }],
  ['a script', { ...RULE, apiKey: 'script' }],
])('asks nothing, and acts, for %s', async (_, actor) => {
  const { ports, commanded } = environment();
  await performOncePerAlert(requestOf(['1'], { actor }), ports, UNREADABLE);
  expect(commanded).toEqual(['1']);
});

it('sends nothing if earlier records cannot be read', async () => {
  const { ports, commanded, written } = environment();
  await expect(performOncePerAlert(requestOf(['1']), ports, UNREADABLE)).rejects.toThrow(
    'no shards'
  );
  expect([commanded, written]).toEqual([[], []]);
});

it('repeats the result of a request that was refused as a whole, including hosts that its record does not list', async () => {
  const { ports, commanded, written } = environment();
  const ids = Array.from({ length: 40 }, (_, n) => String(n + 1));
  const refuseAll = { reason: 'automation_off', detail: 'off' } as const;
  const first = await performOncePerAlert(requestOf(ids, { refuseAll }), ports, knowing());
  const [record] = written;
  expect(record).toMatchObject({ refusedRequest: { hostCount: 40 }, alertIds: [] });
  expect(record!.hosts).toHaveLength(10);
  expect(first.hosts.map(({ reason }) => reason)).toEqual(ids.map(() => 'automation_off'));

  // Somebody has switched it on meanwhile: what was refused stands.
  const earlier = { ...knowing(), ofRequest: async () => written.slice(0, 1) };
  const again = await performOncePerAlert(requestOf(ids), ports, earlier);
  expect(again.actionId).toBe(first.actionId);
  expect(again.hosts.map(({ agentId }) => agentId).sort()).toEqual([...ids].sort());
  for (const host of again.hosts) {
    expect(host).toMatchObject({ outcome: 'refused', reason: 'automation_off', detail: 'off' });
  }
  expect(commanded).toEqual([]);
  expect(written).toHaveLength(1);
});

describe('a host that another action had locked', () => {
  const blockedHosts = recordOf([host('1', 'refused', 'in_flight')]);
  /** Somebody's record of an action on the host, a second before or after the request was given. */
  const byOther = (
    action: ActionName,
    outcome: RecordedHost['outcome'],
    ms: number,
    reason?: Reason
  ) => {
    const when = new Date(Date.parse(at) + ms).toISOString();
    return recordOf([{ ...host('1', outcome, reason), endedAt: when }], {
      actionId: 'other',
      action,
      sortKey: sortKeyOf(when, 'other', 0),
      actor: { username: 'lead', authentication: 'realm' },
      alertIds: [],
    });
  };

  it.each([
    ['was isolated by it', 'disconnected', -1_000],
    ['is on its way there', 'disconnecting', 1_000],
  ] as const)('is unchanged when it %s, without a command or a record', async (_, status, ms) => {
    const { ports, commanded, written } = environment({ statuses: { 1: status } });
    const earlier = knowing(blockedHosts, byOther('isolate', 'requested', ms));
    const result = await performOncePerAlert(requestOf(['1']), ports, earlier);
    expect(result).toMatchObject({
      actionId: 'first',
      hosts: [{ agentId: '1', outcome: 'unchanged' }],
    });
    expect(result.hosts[0]).not.toHaveProperty('reason');
    expect([commanded, written]).toEqual([[], []]);
  });

  it('is tried again if that action changed another property of the host', async () => {
    jest.replaceProperty(ACTION_DEFINITIONS.release, 'property', 'scan');
    const { ports, commanded } = environment();
    const earlier = knowing(blockedHosts, byOther('release', 'done', 1_000));
    const result = await performOncePerAlert(requestOf(['1']), ports, earlier);
    jest.restoreAllMocks();
    expect(result.hosts).toMatchObject([{ agentId: '1', outcome: 'requested' }]);
    expect(commanded).toEqual(['1']);
  });

  it.each([
    ['came to nothing', [byOther('isolate', 'failed', -1_000, 'unreachable')]],
    ['had nothing to do', [byOther('release', 'unchanged', -1_000)]],
    ['was long before', [byOther('release', 'done', -60 * 60_000)]],
    ['left no record', []],
  ])('is tried again if that action %s', async (_, others) => {
    const { ports, commanded, written } = environment();
    const result = await performOncePerAlert(
      requestOf(['1']),
      ports,
      knowing(blockedHosts, ...others)
    );
    expect(commanded).toEqual(['1']);
    expect(written).toHaveLength(1);
    expect(result).toMatchObject({
      actionId: 'second',
      hosts: [{ agentId: '1', outcome: 'requested' }],
    });
  });

  it.each([
    ['was released by it', [byOther('release', 'done', -1_000)]],
    [
      'was released since',
      [byOther('isolate', 'done', -1_000), byOther('release', 'requested', 9_000)],
    ],
    ['was isolated and turned back in the console', [byOther('isolate', 'done', -1_000)]],
    ['could not disconnect', [byOther('isolate', 'failed', 1_000, 'unable_to_disconnect')]],
    ['may be released right now', [byOther('release', 'pending', 9_000)]],
  ])('is not changed, and stays refused, if it %s', async (_, others) => {
    const { ports, commanded, written } = environment();
    const result = await performOncePerAlert(
      requestOf(['1']),
      ports,
      knowing(blockedHosts, ...others)
    );
    expect(result.hosts).toMatchObject([{ agentId: '1', outcome: 'refused', reason: 'in_flight' }]);
    expect([commanded, written]).toEqual([[], []]);
  });

  it('is not changed if it was released so recently that no search finds it', async () => {
    const by = { actionId: 'other', action: 'release', username: 'lead' } as const;
    const last = { ...by, since: new Date(NOW - 500).toISOString() };
    const { ports, commanded } = environment({ last: { 1: last } });
    const result = await performOncePerAlert(requestOf(['1']), ports, knowing(blockedHosts));
    expect(result.hosts).toMatchObject([{ outcome: 'refused', reason: 'in_flight' }]);
    expect(commanded).toEqual([]);
  });

  it('is not changed after a release, even if the clock of the other node is 30 days ahead', async () => {
    const ahead = new Date(NOW + 30 * 86_400_000).toISOString();
    const noted = recordOf([host('1', 'refused', 'in_flight')], {
      requestedAt: ahead,
      sortKey: sortKeyOf(ahead, 'first', 0),
    });
    const { ports, commanded } = environment();
    const earlier = knowing(noted, byOther('release', 'done', 30_000));
    const result = await performOncePerAlert(requestOf(['1']), ports, earlier);
    expect(result.hosts).toMatchObject([{ outcome: 'refused', reason: 'in_flight' }]);
    expect(commanded).toEqual([]);
  });

  it('receives no command if later actions cannot be read', async () => {
    const { ports, commanded, written } = environment();
    const earlier = { ...knowing(blockedHosts), on: UNREADABLE.on };
    await expect(performOncePerAlert(requestOf(['1']), ports, earlier)).rejects.toThrow(
      'no shards'
    );
    expect([commanded, written]).toEqual([[], []]);
  });

  it('keeps the result of a second attempt', async () => {
    const second = recordOf([host('1', 'done')], {
      actionId: 'retry',
      sortKey: sortKeyOf(new Date(NOW - 1_000).toISOString(), 'retry', 0),
    });
    const { ports, commanded } = environment();
    const result = await performOncePerAlert(
      requestOf(['1']),
      ports,
      knowing(blockedHosts, second)
    );
    expect(result.hosts).toMatchObject([{ outcome: 'unchanged' }]);
    expect(commanded).toEqual([]);
  });
});

const recordedHost = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }).map(String),
    outcome: fc.constantFrom(...RECORDED_OUTCOMES),
    reason: fc.constantFrom(...REASONS),
    /** What the record knows of it; a refusal may know what the caller named, and no more. */
    known: fc.constantFrom('both', 'uuid', 'agentId'),
  })
  .map(({ id, outcome, reason, known }): RecordedHost => ({
    ...host(id, outcome, reason),
    ...(known === 'uuid' ? { agentId: null } : {}),
    ...(known === 'agentId' ? { uuid: null } : {}),
  }));

/** What other people's actions did to the hosts meanwhile. */
const action = fc.record({
  hosts: fc.array(recordedHost, { minLength: 1, maxLength: 3 }),
  action: fc.constantFrom<ActionName>('isolate', 'release'),
});
const ofOthers = (others: ReadonlyArray<{ hosts: readonly RecordedHost[]; action: ActionName }>) =>
  others.map(({ hosts, action: done }, n) =>
    recordOf(
      hosts.map((one) => ({ ...one, endedAt: at })),
      {
        actionId: `other-${n}`,
        action: done,
        sortKey: sortKeyOf(at, `other-${n}`, 0),
        alertIds: [],
      }
    )
  );
const TAKEN: readonly (Reason | undefined)[] = [
  'offline',
  'waiting',
  'scan_aborted',
  'undone',
  'superseded',
  'unable_to_disconnect',
  'decommissioned',
  'uninstalled',
  'not_found',
];

it('sends the command exactly to the hosts without a valid record and without later actions', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(recordedHost, { maxLength: 6 }), { maxLength: 3 }),
      fc.array(action, { maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map(String), { minLength: 1 }),
      async (recorded, others, ids) => {
        const { ports, commanded } = environment();
        const own = recorded.map((hosts) => recordOf(hosts));
        const earlier = knowing(...own, ...ofOthers(others));
        const { hosts } = await performOncePerAlert(requestOf(ids), ports, earlier);
        const isActedOn = (id: string) =>
          [...own, ...ofOthers(others)]
            .flatMap(({ hosts: all }) => all)
            .some(
              ({ agentId, outcome, reason, endedAt }) =>
                agentId === id &&
                (['pending', 'requested', 'done'].includes(outcome) ||
                  (outcome === 'failed' && endedAt !== undefined && TAKEN.includes(reason)))
            );
        const isFinal = (id: string, { agentId, outcome, reason }: RecordedHost) => {
          if (outcome === 'failed') return !TRIED_AGAIN.includes(reason);
          if (outcome !== 'refused' || reason !== 'in_flight') return true;
          return agentId === null || isActedOn(id);
        };
        const stands = (id: string) =>
          recorded
            .flat()
            .some((one) => (one.uuid === `u${id}` || one.agentId === id) && isFinal(id, one));
        expect([...commanded].sort()).toEqual(ids.filter((id) => !stands(id)).sort());
        for (const { outcome } of hosts) expect(OUTCOMES).toContain(outcome);
        // Every host of the request is answered.
        for (const id of ids) {
          expect(hosts.some(({ uuid, agentId }) => uuid === `u${id}` || agentId === id)).toBe(true);
        }
      }
    ),
    { numRuns: 300 }
  );
});
