import { useEffect, useRef, useState } from 'react';
import type { ActionAnswer } from '../../common/cases';
import type { HostActionParams } from '../../common/connector';
import { isGood, type ActionName } from '../../common/outcome';
import { describeError, type Problem } from '../api/describe_error';
import { noteActed } from '../history/just_acted';
import { noteAccepted } from '../hosts/expectations';
import { HOSTS_STATUS_KEY } from '../hosts/use_hosts_status';
import { useServices } from '../services';

export interface ActionSender {
  readonly isSending: boolean;
  /** Resolves to what became of the hosts, or to why nobody knows. Undefined while one is under way. */
  send(action: ActionName, params: HostActionParams): Promise<ActionAnswer | Problem | undefined>;
}

/** True when there is nothing to worry about. An answer that speaks of no host says nothing good. */
export const wentWell = (end: ActionAnswer | Problem): end is ActionAnswer =>
  'hosts' in end && end.hosts.length > 0 && end.hosts.every(isGood);

/** Sends one action at a time: a second click while the first is under way does nothing. */
export function useActionSender(): ActionSender {
  const { api, queryClient } = useServices();
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
    async send(action, params) {
      if (underWay.current) return undefined;
      underWay.current = true;
      setIsSending(true);
      try {
        const result = await api.act(action, params);
        noteAccepted(queryClient, action, result, Date.now());
        return result;
      } catch (error) {
        return describeError(error, action);
      } finally {
        underWay.current = false;
        // The flyout may have been closed meanwhile; what is noted above outlives it.
        if (isShown.current) setIsSending(false);
        void queryClient.invalidateQueries([HOSTS_STATUS_KEY]);
        noteActed(queryClient, { at: Date.now(), hosts: params.hosts });
      }
    },
  };
}
