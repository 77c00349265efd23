import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import type { ActionName } from '../../common/actions/action_name';
import type { HostResult } from '../../common/actions/outcome';
import type { RecordedAction, RecordedHost } from '../../common/actions/record';
import { HISTORY_KEY } from '../action_history/recent_actions';
import { pollInterval } from '../lib/poll_interval';
import type { Services } from '../lib/services';
import { actionQuery } from '../action_history/use_action';

/**
 * Follows an action that SentinelOne accepted until every host has its end, on whatever page of Kibana the
 * user is (in this tab), so that they learn how it ended also after the flyout is closed.
 */

/** How long (ms) an action is followed. An offline host may come back after days: the history tells of it. */
const FOLLOWED_FOR = 60 * 60_000;
/** How old (ms) an answer may be that another part of the page has read. */
const FRESH_FOR = 1_000;

const isOpen = ({ outcome }: Pick<HostResult | RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** True when some host of the answer has no end yet. */
export const hasOpenHosts = ({ hosts }: Pick<ActionAnswer, 'hosts'>): boolean => hosts.some(isOpen);

/** The hosts of a record that has ended as results; undefined while some host has no end. */
export function resultsOf({ hosts }: Pick<RecordedAction, 'hosts'>): HostResult[] | undefined {
  const ended = hosts.filter((host): host is RecordedHost & HostResult => !isOpen(host));
  return ended.length === hosts.length ? ended : undefined;
}

export interface FollowedAction {
  readonly action: ActionName;
  readonly params: HostActionParams;
  /** What SentinelOne's answer to the request came to. */
  readonly answer: ActionAnswer;
}

export interface FollowOptions {
  readonly services: Pick<Services, 'api' | 'queryClient'>;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Resolves to how the action ended; undefined when it has not within an hour, or when it had ended at once.
 * Reads the record in growing pauses, and shares what the page has read of it. When it ends, hosts' status is
 * read again at once wherever it is shown. Never rejects: a read that fails is tried again.
 */
export async function followAction(
  { answer }: FollowedAction,
  {
    services: { api, queryClient },
    sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now = Date.now,
  }: FollowOptions
): Promise<ActionAnswer | undefined> {
  if (!hasOpenHosts(answer)) return undefined;
  const { actionId } = answer;
  const until = now() + FOLLOWED_FOR;
  for (let reads = 0; now() < until; reads++) {
    await sleep(pollInterval(true, reads));
    const record = await queryClient
      .fetchQuery<RecordedAction>({
        ...actionQuery({ api, queryClient }, actionId),
        staleTime: FRESH_FOR,
        retry: false,
      })
      .catch(() => undefined);
    const hosts = record === undefined ? undefined : resultsOf(record);
    if (hosts === undefined) continue;
    void queryClient.invalidateQueries([HISTORY_KEY, 'page']);
    return { ...answer, hosts };
  }
  return undefined;
}
