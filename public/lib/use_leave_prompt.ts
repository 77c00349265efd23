import { useEffect, useRef } from 'react';
import { useHistory } from 'react-router-dom';
import { useServices } from './services';

/** What the user is asked before they leave the page. */
export interface LeavePrompt {
  readonly title: string;
  readonly message: string;
  readonly leaveLabel: string;
  readonly stayLabel: string;
}

/**
 * Asks before the user leaves the page, as long as there is a prompt: on links and the back button within
 * Kibana with Kibana's own dialog, on closing or reloading the tab with the browser's.
 */
export function useLeavePrompt(prompt: LeavePrompt | undefined): void {
  const { application, http, overlays } = useServices().core;
  const history = useHistory();
  const latest = useRef(prompt);
  latest.current = prompt;
  const isNeeded = prompt !== undefined;
  useEffect(() => {
    if (!isNeeded) return undefined;
    const unblock = history.block(({ pathname, search, hash }) => {
      const { title, message, leaveLabel, stayLabel } = latest.current!;
      const leave = async () => {
        const isSure = await overlays.openConfirm(message, {
          title,
          confirmButtonText: leaveLabel,
          cancelButtonText: stayLabel,
          buttonColor: 'danger',
        });
        if (!isSure) return;
        unblock();
        // The path is that of Kibana's own history, which knows no base path.
        await application.navigateToUrl(http.basePath.prepend(`${pathname}${search}${hash}`));
      };
      void leave();
      return false;
    });
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // Chrome asks only when this is set, whatever it is set to.
      event.returnValue = '';
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      unblock();
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [isNeeded, application, history, http, overlays]);
}
