import { useEffect, useRef, useState } from 'react';
import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import { isAccepted } from '../../common/actions/outcome';
import { followAction, hasOpenHosts } from './follow_action';
import { markSeen } from './seen_actions';
import { describeError, type Problem } from '../lib/describe_error';
import { useFormatShortTime } from '../lib/use_format_time';
import { useServices } from '../lib/services';
import type { ShownStatus } from '../host_status/network_status';
import type { FormParams } from './action_fields';
import { requestFor, type ActionTarget } from './action_target';
import { sendAction } from './send_action';
import { isShownAction } from './shown_actions';
import { showFinalResultToast, showResultToast } from './result_toast';

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
        } else if ('hosts' in end && !hasOpenHosts(end)) markSeen([end.actionId]);
        return end;
      };
      /** Reports the final result of hosts that SentinelOne accepted the request for. */
      const follow = async (answer: ActionAnswer) => {
        const end = await followAction({ action, params, answer }, { services });
        if (end === undefined) return;
        // A toast would cover the buttons of the flyout that shows the success. It adds the reason of a failure.
        const isSeen = isShownAction(end.actionId) && end.hosts.every(isAccepted);
        if (isShown.current || isSeen) markSeen([end.actionId]);
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
