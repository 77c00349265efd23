import * as fc from 'fast-check';
import { DEFAULT_HOST_GUARDS } from '../../common/host_guards';
import { OUTCOMES, REASONS, type ActionName, type Reason } from '../../common/outcome';
import {
  orderOf,
  RECORDED_OUTCOMES,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/record';
import { ExactTargets } from '../management_api/host_action';
import type { ApiAnswer, ApiRequest } from '../management_api/transport';
import type { ActionOrder } from './decide_all';
import { performOncePerAlert } from './once_per_alert';
import type { ActionPorts } from './perform_action';

const NOW = Date.parse('2024-07-03T03:45:00Z');
const RULE = {
  username: 'analyst',
  authentication: 'api_key',
  apiKey: 'Alerting: siem.queryRule/Isolate',
};
const TRIED_AGAIN: readonly (Reason | undefined)[] = [
  'unauthorized',
  'forbidden',
  'throttled',
  'unreachable',
  'interrupted',
];

/** A tenant whose hosts are all connected, the ids that it was commanded, and the records written. */
function world() {
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
        networkStatus: 'connected',
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
      get: async () => [],
    },
    claims: {
      take: async (ids) => ({
        byAgent: new Map(ids.map((id) => [id, { kind: 'held' }])),
        release: async () => {},
      }),
      lastOn: async () => new Map(),
    },
    journal: { attempted: () => {}, ended: () => {} },
    leftOpen: () => {},
    clock: () => NOW,
    log: { warn: () => {}, error: () => {} },
  };
  return { ports, commanded, written };
}

const order = (ids: readonly string[], changes: Partial<ActionOrder> = {}): ActionOrder => ({
  action: 'isolate',
  actionId: 'second',
  actor: RULE,
  connectorId: 'connector',
  guards: DEFAULT_HOST_GUARDS,
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
      order: orderOf(at, 'first', 0),
      action: 'isolate',
      state: 'sending',
      connectorId: 'connector',
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
  from: async (action: ActionName, alertId: string) =>
    records.filter((one) => one.action === action && one.alertIds.includes(alertId)),
});

it('does not isolate again what was released since, nor what was refused', async () => {
  const { ports, commanded, written } = world();
  const earlier = knowing(recordOf([host('1', 'done'), host('2', 'refused', 'protected')]));
  const result = await performOncePerAlert(order(['1', '2']), ports, earlier);
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

it('leaves what a later action turned back, though its record failed over it', async () => {
  const { ports, commanded } = world();
  const earlier = knowing(recordOf([host('1', 'failed', 'superseded')]));
  await performOncePerAlert(order(['1']), ports, earlier);
  expect(commanded).toEqual([]);
});

it('tries again, in a record of its own, what SentinelOne never took', async () => {
  const { ports, commanded, written } = world();
  const earlier = knowing(recordOf([host('1', 'done'), host('2', 'failed', 'unreachable')]));
  const result = await performOncePerAlert(order(['1', '2']), ports, earlier);
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
  ['another rule', {}, { actor: { ...RULE, apiKey: 'Alerting: siem.queryRule/Other' } }],
  ['another owner', {}, { actor: { ...RULE, username: 'lead' } }],
  ['the opposite', {}, { action: 'release' }],
] as const)('acts when the record is of %s', async (_, changes, recorded) => {
  const { ports, commanded } = world();
  const earlier = knowing(recordOf([host('1', 'done')], recorded));
  await performOncePerAlert(order(['1'], changes), ports, earlier);
  expect(commanded).toEqual(['1']);
});

it.each([
  ['a person', { username: 'analyst', authentication: 'realm' }],
  ['a script', { ...RULE, apiKey: 'script' }],
])('asks nothing, and acts, for %s', async (_, actor) => {
  const { ports, commanded } = world();
  const earlier = { from: async () => Promise.reject(new Error('asked')) };
  await performOncePerAlert(order(['1'], { actor }), ports, earlier);
  expect(commanded).toEqual(['1']);
});

it('sends nothing when what was done before cannot be found out', async () => {
  const { ports, commanded, written } = world();
  const earlier = { from: async () => Promise.reject(new Error('no shards')) };
  await expect(performOncePerAlert(order(['1']), ports, earlier)).rejects.toThrow('no shards');
  expect([commanded, written]).toEqual([[], []]);
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

it('commands exactly the hosts of which no record but one of a command not taken stands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(recordedHost, { maxLength: 6 }), { maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map(String), { minLength: 1 }),
      async (recorded, ids) => {
        const { ports, commanded } = world();
        const earlier = knowing(...recorded.map((hosts) => recordOf(hosts)));
        const { hosts } = await performOncePerAlert(order(ids), ports, earlier);
        const stands = (id: string) =>
          recorded
            .flat()
            .some(
              ({ uuid, agentId, outcome, reason }) =>
                (uuid === `u${id}` || agentId === id) &&
                !(outcome === 'failed' && TRIED_AGAIN.includes(reason))
            );
        expect([...commanded].sort()).toEqual(ids.filter((id) => !stands(id)).sort());
        for (const { outcome } of hosts) expect(OUTCOMES).toContain(outcome);
        // Every host of the order is answered.
        for (const id of ids) {
          expect(hosts.some(({ uuid, agentId }) => uuid === `u${id}` || agentId === id)).toBe(true);
        }
      }
    ),
    { numRuns: 300 }
  );
});
