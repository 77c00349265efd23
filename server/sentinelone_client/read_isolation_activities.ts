import type { IsolationActivity } from '../../common/api/connector';
import {
  ACTIVITY_TYPE,
  REQUEST_TYPE,
  type ActivityKind,
  type RequestKind,
} from '../../common/actions/action_definition';
import { isRecord } from '../../common/lib/is_record';
import { LIMITS } from '../../common/lib/constants';
import { cutText, visibleName } from '../../common/lib/text';
import { problemOf, type ApiProblem } from './failure';
import { type ReadResult, batchesOf } from './read_agents';
import { sendRead, type RetryPorts } from './retry';
import type { ApiRequest, Send } from './transport';
import { descriptionText } from './received_content';

export interface NetworkActivity {
  readonly agentId: string;
  readonly kind: ActivityKind | RequestKind;
  /** ISO 8601, when the agent reported it, or when it was requested. */
  readonly at: string;
  /** SentinelOne's description, cut; undefined if there is none. */
  readonly description?: string;
}

const NETWORK_PAGE = '1000';

const KIND_OF_TYPE: ReadonlyMap<unknown, NetworkActivity['kind']> = new Map(
  Object.entries({ ...ACTIVITY_TYPE, ...REQUEST_TYPE }).map(([kind, type]) => [
    type,
    kind as NetworkActivity['kind'],
  ])
);

function activityOf(entry: unknown): NetworkActivity | undefined {
  if (!isRecord(entry)) return undefined;
  const { activityType, agentId, createdAt, primaryDescription } = entry;
  const known = KIND_OF_TYPE.get(activityType);
  const time = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  if (known === undefined || typeof agentId !== 'string' || Number.isNaN(time)) return undefined;
  const description = descriptionText(primaryDescription);
  return {
    agentId,
    kind: known,
    at: new Date(time).toISOString(),
    ...(description === undefined ? {} : { description }),
  };
}

/**
 * Reads the network activities of these agents since `since` (ISO 8601), oldest first, with one
 * call per hundred agents. Of more than a thousand entries only the latest thousand are read. Needs
 * SentinelOne's permission "Activity Page.view".
 */
export async function readNetworkActivities(
  send: Send,
  ports: RetryPorts,
  agentIds: readonly string[],
  since: string
): Promise<ReadResult<readonly NetworkActivity[]>> {
  const found: NetworkActivity[] = [];
  for (const batch of batchesOf([...new Set(agentIds)])) {
    const request: ApiRequest = {
      method: 'GET',
      path: '/activities',
      query: {
        agentIds: batch.join(','),
        activityTypes: [...KIND_OF_TYPE.keys()].join(','),
        createdAt__gte: since,
        sortBy: 'createdAt',
        sortOrder: 'desc',
        limit: NETWORK_PAGE,
      },
    };
    const answer = await sendRead(send, request, ports);
    if (!answer.ok) return { ok: false, problem: problemOf(answer.failure, request) };
    const data = isRecord(answer.body) ? answer.body.data : undefined;
    if (!Array.isArray(data)) {
      const detail = 'The answer is not a list of activities';
      return { ok: false, problem: { reason: 'unexpected_answer', detail } };
    }
    for (const entry of data) {
      const activity = activityOf(entry);
      if (activity !== undefined && batch.includes(activity.agentId)) found.push(activity);
    }
  }
  found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { ok: true, value: found };
}

/** Ids of 20 characters with a comma: the URL stays under 6,000 characters. */
const IDS_PER_CALL = 250;
/** An activity has about 1 kB, and Kibana rejects responses above 1 MB (`xpack.actions.maxResponseContentLength`). */
const PAGE = 800;
/** Calls for one batch, if the activities of a few agents fill whole pages. */
const CALLS_PER_BATCH = 4;

const TYPES: readonly number[] = [
  REQUEST_TYPE.disconnect,
  REQUEST_TYPE.reconnect,
  ACTIVITY_TYPE.disconnected,
  ACTIVITY_TYPE.reconnected,
];

interface Entry {
  readonly agentId: string;
  readonly type: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly user: string | null;
  /** The id of the user of the console or API; null for activities that an agent reports. */
  readonly userId: string | null;
}

/** The log's data about an isolation, and the id of the user who requested it. The id does not leave the connector. */
export type FoundIsolation = Omit<IsolationActivity, 'isOwnToken'> & {
  readonly userId: string | null;
};

/** The user's name; SentinelOne writes it into `data.username`, and `data.byUser` in newer versions. */
function userIn(data: unknown): string | null {
  if (!isRecord(data)) return null;
  for (const value of [data.username, data.byUser]) {
    const name = typeof value === 'string' ? visibleName(value).trim() : '';
    if (name !== '') return cutText(name, LIMITS.sourceName);
  }
  return null;
}

function entryOf(entry: unknown): Entry | undefined {
  if (!isRecord(entry)) return undefined;
  const { activityType, agentId, createdAt, data, userId } = entry;
  const at = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  if (typeof activityType !== 'number' || !TYPES.includes(activityType)) return undefined;
  if (typeof agentId !== 'string' || Number.isNaN(at)) return undefined;
  return {
    ...{ agentId, type: activityType, at, user: userIn(data) },
    userId: typeof userId === 'string' && userId !== '' ? userId : null,
  };
}

const timeOf = (entry: Entry | undefined): string | null =>
  entry === undefined ? null : new Date(entry.at).toISOString();

/**
 * The current isolation of one agent, from its activities, newest first, since it was last connected. Undefined if
 * there are no such activities.
 */
function isolationIn(entries: readonly Entry[]): Omit<FoundIsolation, 'agentId'> | undefined {
  const connected = entries.findIndex(({ type }) => type === ACTIVITY_TYPE.reconnected);
  const before = connected === -1 ? [] : entries.slice(connected);
  const since = connected === -1 ? entries : entries.slice(0, connected);
  // The first report of the isolation, in case that the agent reported it again.
  const reported = since.filter(({ type }) => type === ACTIVITY_TYPE.disconnected).at(-1);
  const requests = since.filter(({ type }) => type === REQUEST_TYPE.disconnect);
  // A request after the agent was isolated changed nothing.
  const request = requests.find(({ at }) => reported === undefined || at <= reported.at);
  const first = reported ?? request;
  if (first === undefined) return undefined;
  return {
    at: new Date(first.at).toISOString(),
    user: request?.user ?? reported?.user ?? null,
    userId: request?.userId ?? null,
    connectedAt: timeOf(before[0]),
    isolatedBefore: timeOf(before.find(({ type }) => type === ACTIVITY_TYPE.disconnected)),
  };
}

type Page = ReadResult<{ readonly entries: readonly Entry[]; readonly isLast: boolean }>;

async function readPage(send: Send, ports: RetryPorts, ids: readonly string[]): Promise<Page> {
  const request: ApiRequest = {
    method: 'GET',
    path: '/activities',
    query: {
      agentIds: ids.join(','),
      activityTypes: TYPES.join(','),
      sortBy: 'createdAt',
      sortOrder: 'desc',
      limit: String(PAGE),
    },
  };
  const answer = await sendRead(send, request, ports);
  if (!answer.ok) {
    if (answer.failure.kind === 'too_large' && ids.length > 1) {
      const half = Math.ceil(ids.length / 2);
      const first = await readPage(send, ports, ids.slice(0, half));
      if (!first.ok) return first;
      const second = await readPage(send, ports, ids.slice(half));
      if (!second.ok) return second;
      return {
        ok: true,
        value: {
          entries: [...first.value.entries, ...second.value.entries],
          isLast: first.value.isLast && second.value.isLast,
        },
      };
    }
    return { ok: false, problem: problemOf(answer.failure, request) };
  }
  const body: Record<string, unknown> = isRecord(answer.body) ? answer.body : {};
  const { data, pagination } = body;
  if (!Array.isArray(data)) {
    const problem: ApiProblem = {
      reason: 'unexpected_answer',
      detail: 'The answer is not a list of activities',
    };
    return { ok: false, problem };
  }
  const asked = new Set(ids);
  const entries = data.flatMap((one) => entryOf(one) ?? []).filter((one) => asked.has(one.agentId));
  const cursor = isRecord(pagination) ? pagination.nextCursor : null;
  return { ok: true, value: { entries, isLast: typeof cursor !== 'string' } };
}

/**
 * Reads the current isolation of these agents from SentinelOne's activity log: when each reported it and who requested
 * it. One call per 250 agents, and a few more for agents whose activities are not on the first page because of many
 * activities of others. Agents without an entry in the log are left out. Needs the permission "Activity Page.view".
 */
export async function readIsolationActivities(
  send: Send,
  ports: RetryPorts,
  agentIds: readonly string[]
): Promise<ReadResult<readonly FoundIsolation[]>> {
  const found: FoundIsolation[] = [];
  const ids = [...new Set(agentIds)];
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    let missing = ids.slice(from, from + IDS_PER_CALL);
    for (let call = 0; call < CALLS_PER_BATCH && missing.length > 0; call++) {
      const page = await readPage(send, ports, missing);
      if (!page.ok) return page;
      const byAgent = new Map<string, Entry[]>();
      for (const entry of [...page.value.entries].sort((a, b) => b.at - a.at)) {
        byAgent.set(entry.agentId, [...(byAgent.get(entry.agentId) ?? []), entry]);
      }
      for (const [agentId, entries] of byAgent) {
        const isolation = isolationIn(entries);
        if (isolation !== undefined) found.push({ agentId, ...isolation });
      }
      missing = page.value.isLast ? [] : missing.filter((id) => !byAgent.has(id));
    }
  }
  return { ok: true, value: found };
}

/**
 * The id of the user to whom the API token belongs, as activities name users (`userId`); null if SentinelOne does not say.
 * Needs the permission "Users.view". Source: `GET /web/api/v2.1/user`.
 */
export async function readTokenUserId(
  send: Send,
  ports: RetryPorts
): Promise<ReadResult<string | null>> {
  const request: ApiRequest = { method: 'GET', path: '/user' };
  const answer = await sendRead(send, request, ports);
  if (!answer.ok) return { ok: false, problem: problemOf(answer.failure, request) };
  const data = isRecord(answer.body) ? answer.body.data : undefined;
  const id = isRecord(data) ? data.id : undefined;
  return { ok: true, value: typeof id === 'string' && id !== '' ? id : null };
}
