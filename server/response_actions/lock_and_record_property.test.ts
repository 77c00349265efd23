import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { ActionName } from '../../common/actions/action_name';
import { DEFAULT_PROTECTION_SETTINGS } from '../../common/hosts/protection_settings';
import type { ActionRecord } from '../../common/actions/record';
import { testSavedObjects } from '../../test/helpers/saved_objects_repository';
import { ElasticsearchRequests } from '../../test/workbench/elasticsearch/requests';
import type { DocumentStore } from '../../test/workbench/saved_objects/document_store';
import { memoryStore } from '../../test/workbench/saved_objects/memory_store';
import { ACTION_SAVED_OBJECT_TYPE, HOST_LOCK_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { joinedWrites } from '../kibana/joined_writes';
import { ExactTargets } from '../sentinelone_client/host_action';
import type { ApiRequest } from '../sentinelone_client/transport';
import { HOST_LOCKS_EXPIRE_AFTER, newLocksOfNode, savedObjectHostLocks } from './host_locks';
import { performAction, type ActionPorts } from './perform_action';
import { savedObjectRecordStore } from './record_store';

/**
 * Actions on the same hosts on several Kibana nodes, in every order of requests to Elasticsearch and SentinelOne: locks
 * and record are written together, and locks are released together with the end of the record.
 */

const START = 1_700_000_000_000;
const TENANT = 'https://example.sentinelone.net';
const AGENTS = ['1', '2', '3'];

/** Requests that wait until the scheduler picks them; after its last request a node is gone. */
class Node extends ElasticsearchRequests {
  private left: number;
  readonly locks = newLocksOfNode();

  constructor(
    private readonly scheduler: fc.Scheduler,
    readonly name: string,
    requestsBeforeCrash: number,
    /** What its clock is ahead (ms). */
    readonly ahead = 0
  ) {
    super();
    this.left = requestsBeforeCrash;
  }

  get isGone(): boolean {
    return this.left <= 0;
  }

  override async send(request: string): Promise<void> {
    this.left -= 1;
    if (this.isGone) await new Promise(() => {});
    // Writes leave after a turn of the event loop: let those of other nodes come first, too.
    for (let turn = 0; turn < 2; turn++) await setImmediate();
    await this.scheduler.schedule(Promise.resolve(), `${this.name}: ${request}`);
  }
}

interface Command {
  readonly actionId: string;
  readonly ids: readonly string[];
}

const storedIn = <A>(store: DocumentStore, type: string): readonly A[] =>
  store.all().flatMap(({ source }) => (source.type === type ? [source[type] as A] : []));

function deployment() {
  const store = memoryStore();
  const state = { now: START };
  const agents = new Map(AGENTS.map((id) => [id, 'connected']));
  const commands: Command[] = [];
  /** What must never happen; it would be lost if it were thrown while a command is sent. */
  const violations: string[] = [];
  /** How often each action read statuses. */
  const reads = new Map<string, number>();
  const records = () => storedIn<ActionRecord>(store, ACTION_SAVED_OBJECT_TYPE);
  const lockOn = (id: string) =>
    store.get(`${HOST_LOCK_SAVED_OBJECT_TYPE}:${TENANT}/${id}`)?.source[
      HOST_LOCK_SAVED_OBJECT_TYPE
    ];

  const portsOn = (node: Node, actionId: string): ActionPorts => {
    const repository = testSavedObjects(store, node);
    const write = joinedWrites(repository);
    // Two actions never begin at the same time by one clock.
    const clock = () => (state.now += 1) + node.ahead;
    const send = async (request: ApiRequest) => {
      await node.send(request.method);
      if (request.method === 'GET') {
        reads.set(actionId, (reads.get(actionId) ?? 0) + 1);
        const wanted = (request.query?.uuids ?? request.query?.ids ?? '').split(',');
        const data = [...agents]
          .filter(([id]) => wanted.includes(id) || wanted.includes(`u${id}`))
          .map(([id, networkStatus]) => ({
            ...{ id, uuid: `u${id}`, computerName: `host-${id}` },
            ...{ networkStatus, isActive: true },
          }));
        return { ok: true as const, body: { data, pagination: { nextCursor: null } } };
      }
      const { ids } = (request.body as { filter: { ids: string[] } }).filter;
      const own = records().find((record) => record.actionId === actionId);
      for (const id of ids) {
        const host = own?.hosts.find(({ agentId }) => agentId === id);
        if (own?.state !== 'sending' || host?.outcome !== 'pending') {
          violations.push(`${actionId} was not recorded before it was sent to ${id}`);
        }
        const lock = lockOn(id) as { actionId: string; releasedAt: number | null } | undefined;
        if (lock?.actionId !== actionId || lock.releasedAt !== null) {
          violations.push(`${actionId} was sent to ${id} under the lock of ${lock?.actionId}`);
        }
        const after = request.path.endsWith('disconnect') ? 'disconnected' : 'connected';
        if (agents.get(id) === after) {
          violations.push(`${actionId} was sent to ${id} because of an outdated status`);
        }
        agents.set(id, after);
      }
      commands.push({ actionId, ids });
      return { ok: true as const, body: { data: { affected: ids.length } } };
    };
    const log = { warn: () => {}, error: () => {} };
    return {
      hostAction: ExactTargets.openHostAction(send, { sleep: async () => {}, random: () => 0 }),
      records: savedObjectRecordStore(repository, undefined, write),
      hostLocks: savedObjectHostLocks(repository, TENANT, clock, log, node.locks, write),
      auditLog: { attempted: () => {}, ended: () => {} },
      refusedRequests: { add: async () => actionId },
      leftOpen: () => {},
      clock,
      log,
    };
  };

  const act = (
    node: Node,
    action: ActionName,
    actionId: string,
    ids: readonly string[],
    readsLocksBefore = false
  ) => {
    // With their ids, so that locks are read ahead, or by UUID alone.
    const hosts = ids.map((id) =>
      Number(id) % 2 === 0 ? { uuid: `u${id}` } : { uuid: `u${id}`, agentId: id }
    );
    const ports = portsOn(node, actionId);
    return performAction(
      {
        ...{ action, actionId, actor: { username: actionId, authentication: 'realm' } },
        ...{ isAutomation: false, connectorId: 'c', tenant: TENANT, comment: 'why' },
        ...{ guards: DEFAULT_PROTECTION_SETTINGS, hosts },
      },
      readsLocksBefore ? { ...ports, locksAhead: ports.hostLocks.readAhead(hosts) } : ports
    );
  };
  const locks = () => storedIn<{ releasedAt: number | null }>(store, HOST_LOCK_SAVED_OBJECT_TYPE);
  return { act, commands, locks, reads, records, state, violations };
}

const anyAction = fc.record({
  node: fc.constantFrom(0, 1, 2),
  action: fc.constantFrom<ActionName>('isolate', 'release'),
  ids: fc.uniqueArray(fc.constantFrom(...AGENTS), { minLength: 1, maxLength: 3 }),
  /** Whether the locks are read before the hosts are looked up, or meanwhile. */
  readsLocksBefore: fc.boolean(),
});

/** Of each host, the actions that commanded it, in the order in which they did. */
const byHost = (commands: readonly Command[]) =>
  AGENTS.map((id) => commands.flatMap(({ actionId, ids }) => (ids.includes(id) ? [actionId] : [])));

it('act one at a time on each host, are recorded before and in that order, and leave nothing locked', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyAction, { minLength: 1, maxLength: 5 }),
      async (scheduler, actions) => {
        const { act, commands, locks, records, violations } = deployment();
        const nodes = [0, 1, 2].map((n) => new Node(scheduler, `node ${n}`, Infinity));
        const results = await scheduler.waitFor(
          Promise.all(
            actions.map(({ node, action, ids, readsLocksBefore }, n) =>
              act(nodes[node]!, action, `a${n}`, ids, readsLocksBefore)
            )
          )
        );
        expect(violations).toEqual([]);
        expect(locks().filter(({ releasedAt }) => releasedAt === null)).toEqual([]);
        for (const { actionId, hosts } of results) {
          const record = records().find((one) => one.actionId === actionId);
          const of = (list: typeof hosts | ActionRecord['hosts']) =>
            list.map(({ agentId, outcome, reason }) => [agentId, outcome, reason]).sort();
          expect(of(record!.hosts)).toEqual(of(hosts));
          expect(record!.state).not.toBe('sending');
          const sent = commands.filter((one) => one.actionId === actionId);
          expect(sent.length).toBeLessThanOrEqual(1);
          const requested = hosts.filter(
            ({ outcome }) => outcome === 'requested' || outcome === 'done'
          );
          expect(requested.map(({ agentId }) => agentId).sort()).toEqual(
            sent.flatMap(({ ids }) => ids).sort()
          );
        }
        const sortKeyOf = (id: string) => records().find((one) => one.actionId === id)!.sortKey;
        for (const order of byHost(commands)) {
          expect([...order].sort((a, b) => sortKeyOf(a) - sortKeyOf(b))).toEqual(order);
        }
      }
    ),
    { numRuns: 40 }
  ));

it('send nothing because of an outdated status, also if the clocks of the nodes differ by minutes', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyAction, { minLength: 2, maxLength: 5 }),
      fc.array(fc.integer({ min: -120_000, max: 120_000 }), { minLength: 3, maxLength: 3 }),
      async (scheduler, actions, ahead) => {
        const { act, violations } = deployment();
        const nodes = ahead.map((ms, n) => new Node(scheduler, `node ${n}`, Infinity, ms));
        await scheduler.waitFor(
          Promise.all(
            actions.map(({ node, action, ids }, n) =>
              act(nodes[node]!, action, `a${n}`, ids, true).catch(() => undefined)
            )
          )
        );
        expect(violations).toEqual([]);
      }
    ),
    { numRuns: 40 }
  ));

it('looks hosts up only after it has read their locks, where it reads these before', async () => {
  const { act, commands, violations } = deployment();
  let go = () => {};
  const others = new Promise<void>((resolve) => (go = resolve));
  const nodeWith = (schedule: (label: string) => Promise<void>) =>
    new Node({ schedule: (_: unknown, label: string) => schedule(label) } as never, 'node', 99);
  const slow = nodeWith((label) => (label.includes('mget') ? others : Promise.resolve()));
  const late = act(slow, 'isolate', 'late', ['1'], true);
  await act(
    nodeWith(() => Promise.resolve()),
    'isolate',
    'first',
    ['1']
  );
  go();
  expect((await late).hosts).toMatchObject([{ agentId: '1', outcome: 'unchanged' }]);
  expect(commands.map(({ actionId }) => actionId)).toEqual(['first']);
  expect(violations).toEqual([]);
});

it('right after another action of the same node, an action reads the statuses once', async () => {
  const { act, commands, reads } = deployment();
  const node = new Node({ schedule: async () => {} } as never, 'node', 99);
  for (const [n, action] of (['isolate', 'release', 'isolate'] as const).entries()) {
    await act(node, action, `a${n}`, AGENTS, true);
  }
  expect(commands).toEqual(['a0', 'a1', 'a2'].map((actionId) => ({ actionId, ids: AGENTS })));
  expect([...reads]).toEqual([
    ['a0', 1],
    ['a1', 1],
    ['a2', 1],
  ]);
});

it('an action that begins after the answer to another one is never refused because of its lock', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyAction, { minLength: 2, maxLength: 6 }),
      async (scheduler, actions) => {
        const { act } = deployment();
        const nodes = [0, 1, 2].map((n) => new Node(scheduler, `node ${n}`, Infinity));
        for (const [n, { node, action, ids }] of actions.entries()) {
          const { hosts } = await scheduler.waitFor(act(nodes[node]!, action, `a${n}`, ids));
          expect(hosts.filter(({ reason }) => reason === 'in_flight')).toEqual([]);
        }
      }
    ),
    { numRuns: 25 }
  ));

it('whatever a node was doing when it stopped, its hosts are locked until no command can leave, and no longer', () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 9 }),
      fc.array(anyAction, { minLength: 1, maxLength: 3 }),
      async (scheduler, requests, actions) => {
        const { act, commands, records, state, violations } = deployment();
        const stopping = new Node(scheduler, 'stopping', requests);
        const nodes = [0, 1].map((n) => new Node(scheduler, `node ${n}`, Infinity));
        void act(stopping, 'isolate', 'lost', AGENTS).catch(() => undefined);
        const others = actions.map(({ node, action, ids }, n) =>
          act(nodes[node % 2]!, action, `a${n}`, ids)
        );
        await scheduler.waitFor(Promise.all(others));
        await scheduler.waitAll();
        expect(violations).toEqual([]);
        // Every command that was sent has a record, open or not.
        for (const { actionId } of commands) {
          expect(records().some((record) => record.actionId === actionId)).toBe(true);
        }
        state.now += HOST_LOCKS_EXPIRE_AFTER;
        const later = await scheduler.waitFor(act(nodes[0]!, 'release', 'later', AGENTS));
        expect(later.hosts.filter(({ reason }) => reason === 'in_flight')).toEqual([]);
      }
    ),
    { numRuns: 40 }
  ));
