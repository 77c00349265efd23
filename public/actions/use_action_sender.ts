import { useEffect, useRef, useState } from 'react';
import type { ActionAnswer } from '../../common/api/cases';
import type { HostActionParams } from '../../common/api/connector';
import { isSuccess } from '../../common/actions/outcome';
import { followAction, hasOpenHosts } from './follow_action';
import { noteLookedAt } from './looked_at';
import { showFinalResultToast } from './final_result_toast';
import { describeError, type Problem } from '../lib/describe_error';
import { useFormatShortTime } from '../lib/use_format_time';
import { useServices } from '../lib/services';
import type { GivenParams } from './action_fields';
import { requestFor, type ActionTarget } from './action_target';
import { sendAction } from './send_action';
import { showResultToast } from './result_toast';

export interface ActionSender {
  readonly isSending: boolean;
  /** Resolves to what became of the hosts, or to why nobody knows. Undefined while one is under way. */
  send(
    target: ActionTarget,
    given: GivenParams & Pick<HostActionParams, 'alertIds'>
  ): Promise<ActionAnswer | Problem | undefined>;
}

/** True when there is nothing to worry about. An answer that speaks of no host says nothing good. */
export const wentWell = (end: ActionAnswer | Problem): end is ActionAnswer =>
  'hosts' in end && end.hosts.length > 0 && end.hosts.every(isSuccess);

/**
 * Sends one action at a time: a second click while the first is under way does nothing. The request goes on
 * when what shows it is closed, and then a toast says how it ended.
 */
export function useActionSender(): ActionSender {
  const services = useServices();
  const { core } = services;
  const formatTime = useFormatShortTime();
  const [isSending, setIsSending] = useState(false);
  // The state above changes at the next render; a double click comes before that.
  const underWay = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return {
    isSending,
    async send(target, given) {
      if (underWay.current) return undefined;
      const { action } = target;
      const params = requestFor(target, given);
      underWay.current = true;
      setIsSending(true);
      const ended = (end: ActionAnswer | Problem) => {
        if (!isShown.current) {
          showResultToast(core.notifications.toasts, { action, params, end, formatTime });
        } else if ('hosts' in end && !hasOpenHosts(end)) noteLookedAt([end.actionId]);
        return end;
      };
      /** What becomes of hosts that SentinelOne accepted, however long it takes. */
      const follow = async (answer: ActionAnswer) => {
        const end = await followAction({ action, params, answer }, { services });
        if (end === undefined) return;
        if (isShown.current) noteLookedAt([end.actionId]);
        else showFinalResultToast(services, end.actionId, { action, params, end, formatTime });
      };
      try {
        const result = await sendAction(services, action, params);
        void follow(result);
        return ended(result);
      } catch (error) {
        return ended(describeError(error, action));
      } finally {
        underWay.current = false;
        // The flyout may have been closed meanwhile; what is noted above outlives it.
        if (isShown.current) setIsSending(false);
      }
    },
  };
}
