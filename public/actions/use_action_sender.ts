import { useEffect, useRef, useState } from 'react';
import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import { isAccepted, type HostResult } from '../../common/actions/outcome';
import { markAsSeen } from './own_failures_callout';
import { describeError, type Problem } from '../lib/describe_error';
import { useFormatShortTime } from '../lib/format_date';
import { useServices, type Services } from '../lib/services';
import type { ShownStatus } from '../host_status/network_status';
import type { FormParams } from './action_fields';
import { requestFor, type ActionTarget } from './action_target';
import { showFinalResultToast, showResultToast } from './result_toast';
import type { ActionName } from '../../common/actions/action_name';
import { noteRecentAction, HISTORY_KEY } from '../action_history/recent_actions';
import { noteAccepted, refreshAllStatuses } from '../host_status/status_store';
import { refreshRequests } from '../lib/use_approval_requests';
import type { RecordedAction, RecordedHost } from '../../common/actions/record';
import { pollInterval } from '../lib/poll_interval';
import { actionQuery } from '../action_history/use_history';

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
const hasOpenHosts = ({ hosts }: Pick<ActionAnswer, 'hosts'>): boolean => hosts.some(isOpen);

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

/** The actions whose progress some part of the UI shows now, with the number of these parts. */
const shown = new Map<string, number>();

/** Whether the progress of an action is on the screen. */
const isShownAction = (actionId: string): boolean => shown.has(actionId);

/** Notes that the component shows the progress of an action; undefined if it shows none. */
export function useShownAction(actionId: string | undefined): void {
  useEffect(() => {
    if (actionId === undefined) return undefined;
    shown.set(actionId, (shown.get(actionId) ?? 0) + 1);
    return () => {
      const left = (shown.get(actionId) ?? 1) - 1;
      if (left === 0) shown.delete(actionId);
      else shown.set(actionId, left);
    };
  }, [actionId]);
}

/**
 * Sends an action, and refreshes the status of hosts and the history. All requests of the browser that act on hosts use
 * this function. Rejects with the route's error.
 */
export async function sendAction(
  { api, queryClient }: Pick<Services, 'api' | 'queryClient'>,
  action: ActionName,
  params: HostActionParams
): Promise<ActionAnswer> {
  try {
    const sentAt = performance.now();
    const answer = await api.performAction(action, params);
    noteAccepted(queryClient, action, answer, { sentAt, answeredAt: performance.now() });
    return answer;
  } finally {
    void refreshAllStatuses(queryClient);
    if (params.requestApproval) void refreshRequests(queryClient);
    noteRecentAction(queryClient, { at: Date.now(), hosts: params.hosts });
  }
}

export interface ActionSender {
  readonly isSending: boolean;
  /**
   * Resolves to the results, or to why there are none; to undefined while another action is being sent. `before` is the
   * status that is shown of the host, if there is only one.
   */
  send(
    target: ActionTarget,
    values: FormParams & Pick<HostActionParams, 'alertIds'>,
    before?: ShownStatus
  ): Promise<ActionAnswer | Problem | undefined>;
}

/** Whether the action succeeded, or approval was requested, for all hosts. An answer without hosts is not a success. */
export const allSucceeded = (end: ActionAnswer | Problem): end is ActionAnswer =>
  'hosts' in end && end.hosts.length > 0 && end.hosts.every(isAccepted);

/**
 * Sends one action at a time: a second click while the first action is being sent does nothing. The request continues
 * when its flyout is closed, and its result is shown in a toast.
 */
export function useActionSender(): ActionSender {
  const services = useServices();
  const { core } = services;
  const formatTime = useFormatShortTime();
  const [isSending, setIsSending] = useState(false);
  // The state above changes with the next render, which is too late for a double click.
  const isPending = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return {
    isSending,
    async send(target, values, before) {
      if (isPending.current) return undefined;
      const { action } = target;
      const params = requestFor(target, values);
      const sent = { action, params, before, formatTime };
      isPending.current = true;
      setIsSending(true);
      const ended = (end: ActionAnswer | Problem) => {
        if (!isShown.current) {
          showResultToast(core.notifications.toasts, { ...sent, end });
        } else if ('hosts' in end && !hasOpenHosts(end)) markAsSeen([end.actionId]);
        return end;
      };
      /** Reports the final result of hosts that SentinelOne accepted the request for. */
      const follow = async (answer: ActionAnswer) => {
        const end = await followAction({ action, params, answer }, { services });
        if (end === undefined) return;
        // A toast would cover the buttons of the flyout that shows the success. It adds the reason of a failure.
        const isSeen = isShownAction(end.actionId) && end.hosts.every(isAccepted);
        if (isShown.current || isSeen) markAsSeen([end.actionId]);
        else showFinalResultToast(services, end.actionId, { ...sent, end });
      };
      try {
        const result = await sendAction(services, action, params);
        void follow(result);
        return ended(result);
      } catch (error) {
        return ended(describeError(error, action));
      } finally {
        isPending.current = false;
        // The flyout may have been closed.
        if (isShown.current) setIsSending(false);
      }
    },
  };
}
