import { useEffect, useRef } from 'react';
import { useHistory } from 'react-router-dom';
import { useServices } from './services';

/** The texts of the dialog before the user leaves the page. */
export interface LeavePrompt {
  readonly title: string;
  readonly message: string;
  readonly leaveLabel: string;
  readonly stayLabel: string;
}

/**
 * Asks for confirmation before the user leaves the page, while there is a prompt: for links and the back button within
 * Kibana with Kibana's dialog, for closing or reloading the tab with the browser's dialog.
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
        // The path is from Kibana's history, which does not include the base path.
        await application.navigateToUrl(http.basePath.prepend(`${pathname}${search}${hash}`));
      };
      void leave();
      return false;
    });
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // Chrome shows its dialog only if this is set; the value does not matter.
      event.returnValue = '';
    };
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      unblock();
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [isNeeded, application, history, http, overlays]);
}
