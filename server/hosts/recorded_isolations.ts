import type { ReadAgent } from '../../common/hosts/host_property';
import type { ISavedObjectsRepository } from '@kbn/core/server';
import { ACTIONS } from '../../common/actions/action_name';
import { ACTION_DEFINITIONS } from '../../common/actions/catalogue';
import type { AutomaticRelease } from '../../common/actions/automatic_release';
import type { ActionRecord } from '../../common/actions/record';
import type { RecordSummary, ListedFields } from '../../common/actions/record_summary';
import type { Agent } from '../../common/hosts/agent';
import { ACTION_SAVED_OBJECT_TYPE } from '../../common/lib/constants';
import { allOf, anyOf, phrase } from '../kibana/saved_object_filter';
import type { HostLock, HostLockHistory } from '../response_actions/ports';
import { recordPages } from '../response_actions/record_store';
import { documentIdOf } from '../response_actions/stored_record';
import {
  recordedReleases,
  type RecordedRelease,
  type RecordedReleasesPorts,
  type TimedRecord,
} from './recorded_releases';
import { RECORD_ATTRIBUTES } from '../response_actions/saved_object_types';

/**
 * Who isolated hosts through Kibana. The host locks contain the last actions on a host in every space, even after the
 * records are removed. The records of this space add the comment, the alerts and the automatic release; of records of
 * other spaces, only the time of the isolation is used. `isIsolatedAgain` decides whether the host was released and
 * isolated again outside Kibana since then.
 */

/** Milliseconds in which SentinelOne may still report the state before an action of this plugin. */
const EFFECT_EXPECTED_WITHIN = 10 * 60_000;
/** Documents in one read, and ids in one search. */
const READ_AT_ONCE = 500;
const SEARCHED_AT_ONCE = 100;

const ISOLATED: ReadAgent = {
  networkStatus: 'disconnected',
  isActive: true,
  scanStatus: null,
  scanStartedAt: null,
  scanFinishedAt: null,
  scanAbortedAt: null,
};
const PROPERTY = ACTION_DEFINITIONS.isolate.property;
/** The actions that result in an isolated host. */
const ISOLATING: ReadonlySet<string> = new Set(
  ACTIONS.filter(
    (action) =>
      ACTION_DEFINITIONS[action].property === PROPERTY &&
      ACTION_DEFINITIONS[action].read(ISOLATED).kind === 'reached'
  )
);
const isolates = ({ action }: HostLock): boolean => ISOLATING.has(action);

/** The attributes of a record that are read. */
type ReadRecord = Pick<
  ActionRecord,
  'actor' | 'comment' | 'requestedAt' | 'group' | 'groups' | 'hosts'
> &
  TimedRecord & {
    readonly summary?: Partial<RecordSummary>;
    readonly listed?: Partial<ListedFields>;
  };
const OWN_FIELDS = [
  ...['actionId', 'actor', 'comment', 'requestedAt', 'group', 'groups'],
  ...['action', 'sortKey', 'releaseAt', 'automaticRelease', 'handledHosts'],
  ...['hosts.agentId', 'hosts.outcome', 'hosts.confirmedAt'],
  ...['summary.alertCount', 'listed.alertIds'],
];
const OTHER_FIELDS = [
  ...['actionId', 'requestedAt', 'group', 'groups'],
  ...['hosts.agentId', 'hosts.outcome', 'hosts.confirmedAt'],
];

/** The isolation of a host through Kibana. */
export interface RecordedIsolation {
  readonly by: string;
  /** ISO 8601: when Kibana read it from SentinelOne, or when it was requested. */
  readonly since: string;
  /** ISO 8601: when Kibana requested it. */
  readonly requestedAt: string;
  /** ISO 8601: when Kibana read it from SentinelOne; absent if it has not yet, or if the record was removed. */
  readonly confirmedAt?: string;
  readonly apiKey?: string;
  readonly isOtherSpace?: true;
  readonly actionId?: string;
  readonly comment?: string;
  readonly alertIds?: readonly string[];
  readonly alertCount?: number;
  readonly releaseAt?: string;
  readonly automaticRelease?: AutomaticRelease;
  readonly releaseOf?: string;
  readonly release?: { readonly by: string; readonly at: string };
}

/** The current isolation of a host, by the last actions on it, and the release that is in progress. */
interface LockedIsolation {
  readonly isolation: HostLock;
  readonly release?: HostLock;
}

/** Undefined if the last actions do not explain the status that SentinelOne reports. `now` in ms since the epoch. */
function isolationOf(
  { networkStatus }: Agent,
  [last, before]: readonly HostLock[],
  now: number
): LockedIsolation | undefined {
  if (last === undefined) return undefined;
  if (isolates(last)) return { isolation: last };
  if (before === undefined || !isolates(before)) return undefined;
  if (networkStatus === 'connecting') return { isolation: before, release: last };
  // Isolated although Kibana released it: SentinelOne may not have reported that yet, or it was isolated again.
  return Math.abs(now - Date.parse(last.since)) <= EFFECT_EXPECTED_WITHIN
    ? { isolation: before }
    : undefined;
}

export interface RecordedIsolationsPorts {
  readonly repository: Pick<ISavedObjectsRepository, 'bulkGet' | 'find'>;
  /** The space; undefined means the default space. */
  readonly namespace: string | undefined;
  readonly tenant: string;
  readonly locks: HostLockHistory;
  readonly releases: RecordedReleasesPorts;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

const parts = <A>(items: readonly A[], size: number): A[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size)
  );

/** The records of these actions in this space, all groups of each. */
async function ownRecords(
  { repository, namespace }: RecordedIsolationsPorts,
  actionIds: readonly string[]
): Promise<readonly ReadRecord[]> {
  const read = async (ids: readonly string[]): Promise<readonly ReadRecord[]> => {
    const found: ReadRecord[] = [];
    for (const some of parts(ids, READ_AT_ONCE)) {
      const { saved_objects: documents } = await repository.bulkGet<ReadRecord>(
        some.map((id) => ({ type: ACTION_SAVED_OBJECT_TYPE, id, fields: OWN_FIELDS })),
        { namespace }
      );
      found.push(
        ...documents.filter(({ error }) => error === undefined).map((one) => one.attributes)
      );
    }
    return found;
  };
  const first = await read(actionIds.map((id) => documentIdOf(id, 0)));
  const others = first.flatMap(({ actionId, groups }) =>
    Array.from({ length: groups - 1 }, (_, n) => documentIdOf(actionId, n + 1))
  );
  return [...first, ...(await read(others))];
}

/** The records of these actions in other spaces. Records of the last second may be missing. */
async function otherRecords(
  { repository, tenant }: RecordedIsolationsPorts,
  actionIds: readonly string[]
): Promise<readonly ReadRecord[]> {
  const found: ReadRecord[] = [];
  for (const some of parts(actionIds, SEARCHED_AT_ONCE)) {
    const pages = recordPages<ReadRecord>(repository, {
      namespaces: ['*'],
      filter: allOf([
        `${RECORD_ATTRIBUTES}.tenant: ${phrase(tenant)}`,
        `${RECORD_ATTRIBUTES}.actionId: ${anyOf(some)}`,
      ])!,
      fields: OTHER_FIELDS,
      sortOrder: 'asc',
      perPage: SEARCHED_AT_ONCE,
    });
    for await (const page of pages) found.push(...page.map(({ attributes }) => attributes));
  }
  return found;
}

/** Records by action and agent. */
const byAgentOf = (records: readonly ReadRecord[]) => {
  const keyed = new Map<string, { record: ReadRecord; host: ReadRecord['hosts'][number] }>();
  for (const record of records) {
    for (const host of record.hosts) {
      keyed.set(JSON.stringify([record.actionId, host.agentId]), { record, host });
    }
  }
  return (actionId: string, agentId: string) => keyed.get(JSON.stringify([actionId, agentId]));
};

/** The data of a record that is shown in its own space. */
const describedBy = ({ actor, comment, listed, summary, actionId }: ReadRecord) => ({
  actionId,
  comment,
  alertIds: listed?.alertIds ?? [],
  alertCount: summary?.alertCount ?? listed?.alertIds?.length ?? 0,
  ...(actor.apiKey === undefined ? {} : { apiKey: actor.apiKey }),
});

/**
 * Returns for each of these agents who isolated it through Kibana; none for an agent that was isolated outside Kibana.
 * `agents` are isolated, isolating or releasing. Throws what the reads throw.
 */
export async function recordedIsolations(
  agents: readonly Agent[],
  ports: RecordedIsolationsPorts
): Promise<ReadonlyMap<string, RecordedIsolation>> {
  const now = ports.clock();
  const recent = await ports.locks.recentOn(
    agents.map(({ id }) => id),
    PROPERTY
  );
  const locked = new Map<string, LockedIsolation>();
  for (const agent of agents) {
    const isolation = isolationOf(agent, recent.get(agent.id) ?? [], now);
    if (isolation !== undefined) locked.set(agent.id, isolation);
  }
  const actionIds = [...new Set([...locked.values()].map(({ isolation }) => isolation.actionId))];
  const own = await ownRecords(ports, actionIds);
  const ownIds = new Set(own.map(({ actionId }) => actionId));
  const elsewhere = actionIds.filter((id) => !ownIds.has(id));
  const others = await otherRecords(ports, elsewhere);
  const otherIds = new Set(others.map(({ actionId }) => actionId));
  const firstOf = new Map(
    own.flatMap((record) => (record.group === 0 ? [[record.actionId, record]] : []))
  );
  const releases = await recordedReleases(
    ports.tenant,
    new Map([...locked].map(([id, { isolation }]) => [id, firstOf.get(isolation.actionId)])),
    ports.releases
  );
  // A later action can have replaced the time. Only actions of this space can be changed in it.
  const replaced = [...new Set([...releases.values()].map(({ releaseOf }) => releaseOf))].filter(
    (actionId) => !ownIds.has(actionId) && !otherIds.has(actionId)
  );
  const changeable = new Set(ownIds);
  for (const { actionId } of await ownRecords(ports, replaced)) changeable.add(actionId);
  const releaseOn = (agentId: string): Partial<RecordedRelease> => {
    const { releaseOf, ...found } = releases.get(agentId) ?? {};
    return {
      ...found,
      ...(releaseOf !== undefined && changeable.has(releaseOf) ? { releaseOf } : {}),
    };
  };
  const entryOf = byAgentOf([...own, ...others]);

  const isolations = new Map<string, RecordedIsolation>();
  for (const { id, networkStatus } of agents) {
    const found = locked.get(id);
    if (found === undefined) continue;
    const { isolation, release } = found;
    const entry = entryOf(isolation.actionId, id);
    // The action failed, so the host was isolated otherwise.
    if (entry?.host.outcome === 'failed' || entry?.host.outcome === 'refused') continue;
    const requestedAt = entry?.record.requestedAt ?? isolation.since;
    const confirmedAt = entry?.host.confirmedAt;
    isolations.set(id, {
      by: isolation.username,
      since: networkStatus === 'disconnecting' ? requestedAt : (confirmedAt ?? requestedAt),
      requestedAt,
      ...(confirmedAt === undefined ? {} : { confirmedAt }),
      ...(entry !== undefined && ownIds.has(isolation.actionId) ? describedBy(entry.record) : {}),
      ...releaseOn(id),
      ...(otherIds.has(isolation.actionId) ? { isOtherSpace: true } : {}),
      ...(release === undefined ? {} : { release: { by: release.username, at: release.since } }),
    });
  }
  return isolations;
}
