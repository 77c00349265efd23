import type { Agent } from '../../common/hosts/agent';
import type { ActionName } from '../../common/actions/action_name';
import {
  sortKeyOf,
  withHosts,
  type ActionRecord,
  type RecordedHost,
} from '../../common/actions/record';
import { agentWith } from './sample_hosts';
import type { NetworkActivity } from '../../server/sentinelone_client/read_isolation_activities';
import type { HostLock } from '../../server/response_actions/ports';
import type {
  OpenRecord,
  SentinelOneReader,
  ReadProblem,
} from '../../server/status_reconciliation/ports';
import { reconcile, type ReconcilePorts } from '../../server/status_reconciliation/reconcile';

/** A SentinelOne to read from, and records in memory, for the tests of status reconciliation. */

export const START = 1_700_000_000_000;
export const TENANT = 'https://example.sentinelone.net';
export const iso = (at: number): string => new Date(at).toISOString();

export const agentOf = (id: string, changes: Partial<Agent> = {}): Agent =>
  agentWith({ id, uuid: `u${id}`, computerName: `host-${id}`, ...changes });

export const hostOf = (id: string, changes: Partial<RecordedHost> = {}): RecordedHost => ({
  uuid: `u${id}`,
  agentId: id,
  name: `host-${id}`,
  outcome: 'requested',
  ...changes,
});

export interface RecordSeed {
  readonly actionId?: string;
  readonly action?: ActionName;
  /** ms after `START`. */
  readonly at?: number;
  readonly username?: string;
  readonly connectorId?: string;
  readonly tenant?: string;
  readonly hosts: readonly RecordedHost[];
}

export function recordOf({
  actionId = 'a1',
  action = 'isolate',
  at = 0,
  username = 'analyst',
  connectorId = 'connector',
  tenant = TENANT,
  hosts,
}: RecordSeed): ActionRecord {
  const requestedAt = iso(START + at);
  const record: ActionRecord = {
    actionId,
    group: 0,
    groups: 1,
    sortKey: sortKeyOf(requestedAt, actionId, 0),
    action,
    state: 'sending',
    connectorId,
    tenant,
    actor: { username, authentication: 'realm' },
    comment: 'why',
    alertIds: [],
    caseIds: [],
    requestedAt,
    updatedAt: requestedAt,
    hosts: [],
  };
  return withHosts(record, hosts, requestedAt);
}

export interface EndSeen {
  readonly actionId: string;
  readonly agentId: string | null;
  readonly outcome: RecordedHost['outcome'];
}

/** All ports of status reconciliation, in memory, with a clock that the test controls. */
export function testEnvironment(seeds: readonly ActionRecord[], nodeStoppedAfter = 200_000) {
  const records = new Map<string, { record: ActionRecord; version: number }>();
  const put = (record: ActionRecord) => {
    const key = `${record.actionId}:${record.group}`;
    records.set(key, { record, version: (records.get(key)?.version ?? 0) + 1 });
  };
  for (const record of seeds) put(record);
  const agents = new Map<string, Agent>();
  const activities: NetworkActivity[] = [];
  const hostLocks = new Map<string, HostLock>();
  const ends: EndSeen[] = [];
  const calls: string[] = [];
  const askedSince: string[] = [];
  const state = {
    now: START,
    problem: undefined as ReadProblem | undefined,
    activityProblem: undefined as ReadProblem | undefined,
    /** Runs between a look at a record and the writing of it, once. */
    meanwhile: undefined as (() => void) | undefined,
  };

  const reader: SentinelOneReader = {
    async agents(ids) {
      calls.push(`agents ${ids.length}`);
      const { problem } = state;
      if (problem !== undefined) {
        return { agents: [], failed: new Map(ids.map((id) => [id, problem])) };
      }
      return { agents: ids.flatMap((id) => agents.get(id) ?? []), failed: new Map() };
    },
    async networkActivities(ids, since) {
      calls.push(`activities ${ids.length}`);
      askedSince.push(since);
      const { activityProblem } = state;
      if (activityProblem !== undefined) return { ok: false, problem: activityProblem };
      const value = activities.filter(({ agentId, at }) => ids.includes(agentId) && at >= since);
      return { ok: true, value };
    },
  };
  const stored = ({ record, version }: { record: ActionRecord; version: number }): OpenRecord => ({
    record,
    version: String(version),
    namespace: undefined,
  });
  const keyOf = ({ record }: OpenRecord) => `${record.actionId}:${record.group}`;
  const ports: ReconcilePorts = {
    store: {
      async *open() {
        const open = [...records.values()].filter(({ record }) => record.state !== 'ended');
        open.sort((a, b) => (a.record.sortKey < b.record.sortKey ? -1 : 1));
        if (open.length > 0) yield open.map(stored);
      },
      laterActionsOn: async (tenant, ids, sortKey) =>
        [...records.values()]
          .map(({ record }) => record)
          .filter(
            (record) =>
              record.tenant === tenant &&
              record.sortKey > sortKey &&
              record.hosts.some(({ agentId }) => ids.includes(agentId ?? ''))
          ),
      async update(open, record) {
        const { meanwhile } = state;
        state.meanwhile = undefined;
        meanwhile?.();
        if (String(records.get(keyOf(open))?.version) !== open.version) return 'conflict';
        put({ ...records.get(keyOf(open))!.record, ...record });
        return 'written';
      },
      async readAgain(open) {
        const found = records.get(keyOf(open));
        return found === undefined ? undefined : stored(found);
      },
    },
    createReadOnlyClient: async (connectorId, _, tenant) =>
      connectorId === 'connector' && tenant === TENANT
        ? { ok: true, reader }
        : { ok: false, problem: { reason: 'no_connector' } },
    hostLocksOf: (tenant) => ({
      lastOn: async (ids) =>
        new Map(
          ids.flatMap((id) =>
            tenant === TENANT && hostLocks.has(id) ? [[id, hostLocks.get(id)!] as const] : []
          )
        ),
    }),
    auditLogOf: () => ({
      attempted: () => {},
      ended: ({ actionId }, hosts) => {
        for (const { agentId, outcome } of hosts) ends.push({ actionId, agentId, outcome });
      },
    }),
    expireRequests: async () => undefined,
    clock: () => state.now,
    log: { warn: (message) => void calls.push(message), error: () => {} },
    nodeStoppedAfter,
  };

  return {
    state,
    agents,
    activities,
    hostLocks,
    ends,
    calls,
    /** The `since` of each read of the activity log. */
    askedSince,
    ports,
    put,
    record: (actionId = 'a1') => records.get(`${actionId}:0`)!.record,
    versionOf: (actionId = 'a1') => records.get(`${actionId}:0`)!.version,
    look: (lastCheck?: number) => reconcile(lastCheck, ports),
    /** Writes a line into SentinelOne's activity log, now. */
    log(kind: NetworkActivity['kind'], agentId: string) {
      activities.push({ agentId, kind, at: iso(state.now), description: `${kind} it` });
    },
  };
}
export type TestEnvironment = ReturnType<typeof testEnvironment>;
