import { setImmediate } from 'node:timers/promises';
import {
  isOpen,
  withHosts,
  type RecordedHost,
  type RecordProgress,
} from '../../common/actions/record';
import type { HostProperty } from '../../common/hosts/host_property';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { HostLock, HostLocks, Clock, CoreLog, AuditLog } from '../response_actions/ports';
import {
  resolveOutcome,
  type Activities,
  type OpenHost,
  type AgentReading,
} from './resolve_outcome';
import { byAgent, supersedingActionOn } from './superseding_action';
import type {
  LaterRecord,
  OpenRecord,
  CreateReadOnlyClient,
  SentinelOneReader,
  OpenRecordStore,
  ReadProblem,
} from './ports';
import { COMMAND_DEADLINE } from '../sentinelone_client/deadline';
import { FirstSeen } from '../lib/first_seen';
import { isDue, nextCheck } from './check_schedule';
import { ConnectorQueue } from './connector_queue';

/**
 * Reads from SentinelOne how the hosts of open records ended, or why they have not ended yet, and
 * updates the records.
 */

export interface ReconcilePorts {
  readonly store: OpenRecordStore;
  readonly createReadOnlyClient: CreateReadOnlyClient;
  readonly hostLocksOf: (tenant: string) => Pick<HostLocks, 'lastOn'>;
  readonly auditLogOf: (namespace: string | undefined) => Pick<AuditLog, 'ended'>;
  /**
   * Ends requests for approval that have expired. Resolves to when the next one expires (ms since the epoch); undefined
   * if there is none. May throw.
   */
  readonly expireRequests: () => Promise<number | undefined>;
  readonly clock: Clock;
  readonly log: CoreLog;
  /**
   * The age (ms) from which a record without any result cannot belong to a running action any more.
   */
  readonly nodeStoppedAfter: number;
}

export interface ReconcileOptions {
  /** No further check starts once this returns true. */
  readonly isCancelled?: () => boolean;
  /** The checks that this Kibana node remembers; default: none. */
  readonly connectorQueue?: ConnectorQueue;
  /** When this node first saw records, for start times in the future; default: it has seen none. */
  readonly starts?: FirstSeen;
}

export interface ReconcileResult {
  /** Everything that was due by then was checked (ms since the epoch). Pass it to the next call. */
  readonly lastCheck: number | undefined;
  /** When the next record is due (ms since the epoch); undefined if no record is open. */
  readonly nextCheck: number | undefined;
  /** The number of hosts that were checked, and of those that ended. */
  readonly asked: number;
  readonly ended: number;
}

const openHosts = ({ hosts }: RecordProgress): readonly RecordedHost[] => hosts.filter(isOpen);
const agentIdsOf = (records: readonly OpenRecord[]): readonly string[] => [
  ...new Set(
    records.flatMap(({ record }) => openHosts(record).flatMap(({ agentId }) => agentId ?? []))
  ),
];

/**
 * An open record, and when it was requested as far as this Kibana node knows (ms since the epoch).
 */
interface StartedRecord extends OpenRecord {
  readonly start: number;
}

/**
 * From when on a record may be updated (ms since the epoch). While its action may still run and no
 * host has a result yet, only the action itself updates the record.
 */
function reconcilableFrom(
  { record, start }: StartedRecord,
  { nodeStoppedAfter }: ReconcilePorts
): number {
  const mayBeAlive = record.hosts.some(
    ({ outcome, reason }) => outcome === 'pending' && reason === undefined
  );
  return mayBeAlive ? start + nodeStoppedAfter : 0;
}

/** What is known about the hosts of records that went through one connector. */
interface KnownState {
  readonly readings: ReadonlyMap<string, AgentReading>;
  readonly later: ReadonlyMap<string, readonly LaterRecord[]>;
  /** The last lock on each agent, by the property that its action changes. */
  readonly hostLocks: ReadonlyMap<HostProperty, ReadonlyMap<string, HostLock>>;
}

async function readAgents(
  reader: SentinelOneReader,
  ids: readonly string[]
): Promise<ReadonlyMap<string, AgentReading>> {
  const { agents, failed } = await reader.agents(ids);
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  return new Map(
    ids.map((id): [string, AgentReading] => {
      const agent = byId.get(id);
      if (agent !== undefined) return [id, { kind: 'agent', agent }];
      const problem = failed.get(id);
      return [id, problem === undefined ? { kind: 'absent' } : { kind: 'unread', problem }];
    })
  );
}

const withoutReading = (
  ids: readonly string[],
  problem: ReadProblem
): ReadonlyMap<string, AgentReading> => new Map(ids.map((id) => [id, { kind: 'unread', problem }]));

/** The open hosts of a record, with the data for their resolution. A host without an agent id cannot be checked. */
function openHostsOf(
  { record, start }: StartedRecord,
  known: KnownState,
  now: number
): readonly OpenHost[] {
  const age = now - start;
  return openHosts(record).flatMap((host): OpenHost[] => {
    const { agentId } = host;
    const reading = agentId === null ? undefined : known.readings.get(agentId);
    if (agentId === null || reading === undefined) return [];
    const records = known.later.get(agentId) ?? [];
    const { action, requestedAt } = record;
    const hostLock = known.hostLocks.get(ACTION_DEFINITIONS[action].property)?.get(agentId);
    const later = supersedingActionOn(record, agentId, records, hostLock, now);
    const at = new Date(now).toISOString();
    return [{ action, host, agentId, requestedAt, reading, later, age, now: at }];
  });
}

/**
 * The time (ISO 8601) from which the activity log can contain entries about a record. For a record from the future it
 * is only known that its command was sent not much earlier than this node first saw the record.
 */
const logSince = ({ record, start }: StartedRecord): string =>
  Date.parse(record.requestedAt) <= start
    ? record.requestedAt
    : new Date(start - COMMAND_DEADLINE).toISOString();

/** The agents and the start time for reading the activity log; undefined if no host needs it. */
function activitiesNeeded(
  records: readonly StartedRecord[],
  known: KnownState,
  now: number
): { readonly ids: readonly string[]; readonly since: string } | undefined {
  const ids = new Set<string>();
  let since: string | undefined;
  for (const open of records) {
    const from = logSince(open);
    for (const one of openHostsOf(open, known, now)) {
      const resolution = resolveOutcome(one);
      if (resolution.kind !== 'ask_activities') continue;
      ids.add(resolution.agentId);
      if (since === undefined || from < since) since = from;
    }
  }
  return since === undefined ? undefined : { ids: [...ids], since };
}

/** The activities that were read, and the agents that they were read for. */
interface Log {
  readonly ids: readonly string[];
  readonly activities: Activities;
}
const NOT_READ: Log = { ids: [], activities: { ok: true, value: [] } };

function hostAfter(one: OpenHost, { ids, activities }: Log, since: string): RecordedHost {
  const resolution = resolveOutcome(one);
  if (resolution.kind === 'host') return resolution.host;
  const { agentId, resolveWith } = resolution;
  // The resolution changed after the activities were read: the next check reads them for this host.
  if (!ids.includes(agentId)) return one.host;
  if (!activities.ok) return resolveWith(activities);
  const own = activities.value.filter((entry) => entry.agentId === agentId && entry.at >= since);
  return resolveWith({ ok: true, value: own });
}

/**
 * Whether the change is worth an update. The details of failed reads differ each time and do not
 * count.
 */
const differs = (before: RecordedHost, after: RecordedHost): boolean =>
  before.outcome !== after.outcome ||
  before.reason !== after.reason ||
  before.waitingSince !== after.waitingSince ||
  (after.reason === 'offline' && before.detail !== after.detail);

/** The record with the new results; the same object if there are none. */
function recordAfter(
  open: StartedRecord,
  cases: readonly OpenHost[],
  log: Log,
  now: number
): RecordProgress {
  const { record } = open;
  const since = logSince(open);
  const after = new Map(cases.map((one) => [one.host, hostAfter(one, log, since)]));
  const hosts = record.hosts.map((host) => {
    const changed = after.get(host);
    return changed !== undefined && differs(host, changed) ? changed : host;
  });
  if (hosts.every((host, n) => host === record.hosts[n])) return record;
  return withHosts(record, hosts, new Date(now).toISOString());
}

/**
 * Writes the new results. After a conflict the changed record is resolved once more with the same
 * data; after a second conflict it waits for the next check. Returns how many hosts ended.
 */
async function write(
  first: StartedRecord,
  known: KnownState,
  log: Log,
  ports: ReconcilePorts
): Promise<number> {
  let open: StartedRecord | undefined = first;
  for (let attempt = 0; attempt < 2 && open !== undefined; attempt++) {
    const now = ports.clock();
    const record = recordAfter(open, openHostsOf(open, known, now), log, now);
    if (record === open.record) return 0;
    if ((await ports.store.update(open, record)) === 'written') {
      const before = open.record.hosts;
      const ended = record.hosts.filter((host, n) => isOpen(before[n]!) && !isOpen(host));
      ports.auditLogOf(open.namespace).ended(record, ended);
      return ended.length;
    }
    const again = await ports.store.readAgain(open);
    open = again && { ...again, start: first.start };
  }
  return 0;
}

/** Reconciles the records of one connector and tenant. */
async function reconcileThrough(
  records: readonly StartedRecord[],
  ports: ReconcilePorts
): Promise<{ readonly asked: number; readonly ended: number }> {
  const ids = agentIdsOf(records);
  const [oldest] = records
    .map(({ record }) => record)
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1));
  if (oldest === undefined || ids.length === 0) return { asked: 0, ended: 0 };
  const { connectorId, tenant } = oldest;
  const found = await ports.createReadOnlyClient(connectorId, records[0]!.namespace, tenant);
  const readings = found.ok
    ? await readAgents(found.reader, ids)
    : withoutReading(ids, found.problem);
  // After the agents: an action whose effect is visible on an agent locked that agent before.
  const { lastOn } = ports.hostLocksOf(tenant);
  const hostLocks = new Map<HostProperty, ReadonlyMap<string, HostLock>>();
  for (const { record } of records) {
    const { property } = ACTION_DEFINITIONS[record.action];
    if (!hostLocks.has(property)) hostLocks.set(property, await lastOn(ids, property));
  }
  const later = byAgent(await ports.store.laterActionsOn(tenant, ids, oldest.sortKey));
  const known: KnownState = { readings, later, hostLocks };
  const now = ports.clock();
  const needed = activitiesNeeded(records, known, now);
  const log: Log =
    found.ok && needed !== undefined
      ? {
          ids: needed.ids,
          activities: await found.reader.networkActivities(needed.ids, needed.since),
        }
      : NOT_READ;
  let ended = 0;
  for (const [n, open] of records.entries()) {
    // A record of a thousand hosts takes time. Let Kibana serve other requests in between.
    if (n > 0) await setImmediate();
    ended += await write(open, known, log, ports);
  }
  return { asked: ids.length, ended };
}

/** Identifies the connector, space and tenant of a record. */
const connectorKey = ({ namespace, record }: OpenRecord): string =>
  JSON.stringify([namespace ?? null, record.connectorId, record.tenant]);

function byConnector(
  records: readonly StartedRecord[]
): ReadonlyMap<string, readonly StartedRecord[]> {
  const groups = new Map<string, StartedRecord[]>();
  for (const open of records) {
    const key = connectorKey(open);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [open]);
    else group.push(open);
  }
  return groups;
}

/**
 * Checks every open record that became due after `lastCheck` (ms since the epoch; undefined: all
 * records). Only reads from SentinelOne, and makes no request if no record is due. Several
 * connectors are checked at the same time. A failure is logged, a slow check continues in the
 * background, and neither delays other connectors. Ends within about a minute: checks that were not
 * started by then are due at once. Throws only if the records cannot be searched.
 */
export async function reconcile(
  lastCheck: number | undefined,
  ports: ReconcilePorts,
  {
    isCancelled = () => false,
    connectorQueue = new ConnectorQueue(),
    starts = new FirstSeen(),
  }: ReconcileOptions = {}
): Promise<ReconcileResult> {
  const started = ports.clock();
  /** A check in the future was made by a node whose clock is ahead: it does not count. */
  const past = (time: number | undefined) =>
    time !== undefined && time <= started ? time : undefined;
  let next: number | undefined;
  let asked = 0;
  let ended = 0;
  const lookBy = (at: number) => {
    next = next === undefined ? at : Math.min(next, at);
  };
  const due: StartedRecord[] = [];
  const keys = new Set<string>();
  const recordKeys = new Set<string>();
  for await (const page of ports.store.open()) {
    for (const one of page) {
      const key = connectorKey(one);
      keys.add(key);
      const recordKey = JSON.stringify([one.record.actionId, one.record.group]);
      recordKeys.add(recordKey);
      const start = starts.of(recordKey, Date.parse(one.record.requestedAt), started);
      const open: StartedRecord = { ...one, start };
      const last = past(connectorQueue.lastCheck(key)) ?? past(lastCheck);
      const from = reconcilableFrom(open, ports);
      lookBy(Math.max(from, nextCheck(start, started)));
      const wasTooEarly = last !== undefined && last < from;
      // A new record can seem old if the clock of the node that wrote it is behind.
      const isUnseen = starts.isNew(recordKey);
      if (from <= started && (isUnseen || wasTooEarly || isDue(start, last, started))) {
        due.push(open);
      }
    }
  }
  connectorQueue.keepOnly(keys);
  starts.keepOnly(recordKeys);
  const all = [...byConnector(due)].map(([key, group]) => ({
    key,
    async check() {
      const { connectorId } = group[0]!.record;
      try {
        const reconciled = await reconcileThrough(group, ports);
        asked += reconciled.asked;
        ended += reconciled.ended;
      } catch (error) {
        ports.log.warn(
          `The open actions of connector ${connectorId} could not be checked: ${String(error)}`
        );
      }
    },
  }));
  const left = await connectorQueue.run(all, started, isCancelled);
  return left === 0
    ? { lastCheck: started, nextCheck: next, asked, ended }
    : { lastCheck, nextCheck: started, asked, ended };
}
