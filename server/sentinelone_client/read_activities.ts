import { ACTIVITY_TYPE, type ActivityKind } from '../../common/actions/activity_types';
import { descriptionText } from './sanitize_text';
import { problemOf } from './failure';
import { batchesOf, type ReadResult } from './read_agents';
import { sendRead, type RetryPorts } from './retry';
import type { ApiRequest, Send } from './transport';
import { isRecord } from '../../common/lib/is_record';

export interface NetworkActivity {
  readonly agentId: string;
  readonly kind: ActivityKind;
  /** ISO 8601, when the agent reported it. */
  readonly at: string;
  /** SentinelOne's description, cut; undefined if there is none. */
  readonly description?: string;
}

const PAGE = '1000';

function activityOf(entry: unknown): NetworkActivity | undefined {
  if (!isRecord(entry)) return undefined;
  const { activityType, agentId, createdAt, primaryDescription } = entry;
  const known = (Object.keys(ACTIVITY_TYPE) as ActivityKind[]).find(
    (kind) => ACTIVITY_TYPE[kind] === activityType
  );
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
        activityTypes: Object.values(ACTIVITY_TYPE).join(','),
        createdAt__gte: since,
        sortBy: 'createdAt',
        sortOrder: 'desc',
        limit: PAGE,
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
