import { createContext, useContext, type MouseEvent } from 'react';
import { useServices } from './services';

/** Whether a click on a link opens another tab or window, or downloads: the browser handles it. */
export const isModifiedClick = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  metaKey || ctrlKey || shiftKey || altKey;

/** Closes the flyout over one of Kibana's pages; does nothing if there is none. */
export const LeaveFlyout = createContext<() => void>(() => {});

export interface KibanaLink {
  readonly href: string;
  readonly onClick: (event: MouseEvent) => void;
}

/**
 * Properties of a link to a page of Kibana. A plain click closes the flyout that contains the link and opens the page;
 * a modified click opens it in another tab.
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
