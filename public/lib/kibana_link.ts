import { createContext, useContext, type MouseEvent } from 'react';
import { useServices } from './services';

/** Whether a click on a link opens another tab or window, or downloads: the browser handles it. */
export const isModifiedClick = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  metaKey || ctrlKey || shiftKey || altKey;

/** Closes the flyout that lies over one of Kibana's pages; does nothing where there is none. */
export const LeaveFlyout = createContext<() => void>(() => {});

export interface KibanaLink {
  readonly href: string;
  readonly onClick: (event: MouseEvent) => void;
}

/**
 * For a link to a page of Kibana: in place it takes the flyout that it is in out of the way, and it opens in
 * another tab as links do.
 */
export function useKibanaLink(appId: string, path: string): KibanaLink {
  const { application } = useServices().core;
  const leave = useContext(LeaveFlyout);
  return {
    href: application.getUrlForApp(appId, { path }),
    onClick: (event) => {
      if (isModifiedClick(event)) return;
      event.preventDefault();
      leave();
      void application.navigateToApp(appId, { path });
    },
  };
}
