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
 * Follows an action that SentinelOne accepted until it has ended for all hosts, on any page of Kibana in this tab, so
 * that the user learns the result after the flyout is closed, too.
 */

/** How long (ms) an action is followed. An offline host may come back after days; its result is in the history. */
const FOLLOW_FOR = 60 * 60_000;
/** How old (ms) an answer of another component may be. */
const STALE_TIME = 1_000;

const isOpen = ({ outcome }: Pick<HostResult | RecordedHost, 'outcome'>): boolean =>
  outcome === 'requested' || outcome === 'pending';

/** Whether the action has not ended for some host. */
export const hasOpenHosts = ({ hosts }: Pick<ActionAnswer, 'hosts'>): boolean => hosts.some(isOpen);

/** The results of a record; undefined while the action has not ended for some host. */
export function resultsOf({ hosts }: Pick<RecordedAction, 'hosts'>): HostResult[] | undefined {
  const ended = hosts.filter((host): host is RecordedHost & HostResult => !isOpen(host));
  return ended.length === hosts.length ? ended : undefined;
}

export interface FollowedAction {
  readonly action: ActionName;
  readonly params: HostActionParams;
  /** The answer to the request. */
  readonly answer: ActionAnswer;
}

export interface FollowOptions {
  readonly services: Pick<Services, 'api' | 'queryClient'>;
  readonly sleep?: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Resolves to the result of the action; undefined when it does not end within an hour, or had ended immediately. Reads
 * the record in growing intervals, and shares its reads with other components. Never rejects: failed reads are repeated.
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
  const until = now() + FOLLOW_FOR;
  for (let reads = 0; now() < until; reads++) {
    await sleep(pollInterval(true, reads));
    const record = await queryClient
      .fetchQuery<RecordedAction>({
        ...actionQuery({ api, queryClient }, actionId),
        staleTime: STALE_TIME,
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
