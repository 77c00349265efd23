import type { ReactNode } from 'react';
import type { CoreStart } from '@kbn/core/public';
import { ShortScreenStyle } from '../components/responsive_styles';
import { HOSTS_STATUS_KEY } from '../host_status/status_store';
import { LeaveFlyout } from '../lib/kibana_link';
import { renderRoot } from '../lib/render_root';
import type { Services } from '../lib/services';

/**
 * All open flyouts of Kibana listen for Escape at the window (EUI 90). While one of the plugin's flyouts covers another
 * flyout, Escape must close only the upper one.
 */

const DIALOG = '[role="dialog"]';

/** Whether a key that was pressed at `target` is meant for the dialog that `element` is in. */
function isMeantFor(element: HTMLElement, target: EventTarget | null): boolean {
  const dialog = target instanceof Element ? target.closest(DIALOG) : null;
  // If the focused element was removed, nothing has the focus. The key is then meant for the topmost dialog.
  return dialog === null || dialog.contains(element);
}

/**
 * Calls `close` for an Escape in the dialog around `element`, and stops the event. A popover in it handles its own
 * Escape first. Returns a function that stops listening.
 */
function keepEscape(element: HTMLElement, close: () => void): () => void {
  const { ownerDocument } = element;
  // Before the window, and after everything inside of the page.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isMeantFor(element, event.target)) return;
    event.stopPropagation();
    close();
  };
  ownerDocument.addEventListener('keydown', onKeyDown);
  return () => ownerDocument.removeEventListener('keydown', onKeyDown);
}

export interface FlyoutOptions {
  /** Id of the heading, which labels the flyout. */
  readonly titleId: string;
  readonly testSubject: string;
  readonly size?: 'm' | 'l';
  /** Called once when the flyout closes, for any reason. */
  readonly onClose?: () => void;
  /** The element that gets the focus after closing, if the previously focused element was removed. */
  readonly focusAfter?: () => HTMLElement | null | undefined;
}

export interface OpenFlyout {
  close(): void;
}

/** Milliseconds until EUI has returned the focus. */
const FOCUS_RETURN = 100;

/**
 * Calls `leave` when the user opens another page: Kibana keeps flyouts open over the next page, with their mask and the
 * focus (8.12.2). A change of the URL's query or hash, such as of filters, is not another page. Returns a function that
 * stops observing.
 */
function whenPageChanges({ application }: CoreStart, leave: () => void): () => void {
  // Kibana's first location includes the base path and later ones do not, so the browser's location is compared.
  const { pathname } = window.location;
  const subscription = application.currentLocation$.subscribe(() => {
    if (window.location.pathname !== pathname) leave();
  });
  return () => subscription.unsubscribe();
}

/**
 * Opens a flyout over the current page of Kibana. Escape closes only this flyout, and it closes when the user opens
 * another page. When it closes, the plugin's pages and Security's flyout below it refresh the status of their hosts.
 */
export function openFlyout(
  services: Services,
  { titleId, testSubject, size = 'm', onClose = () => {}, focusAfter }: FlyoutOptions,
  render: (close: () => void) => ReactNode
): OpenFlyout {
  const close = () => void flyout.close();
  const flyout = services.core.overlays.openFlyout(
    (element) => {
      const releaseEscape = keepEscape(element, close);
      const unmount = renderRoot(
        element,
        services,
        <LeaveFlyout.Provider value={close}>
          <ShortScreenStyle />
          {render(close)}
        </LeaveFlyout.Provider>
      );
      return () => {
        releaseEscape();
        unmount();
      };
    },
    { size, ownFocus: true, 'aria-labelledby': titleId, 'data-test-subj': testSubject }
  );
  const stopWatching = whenPageChanges(services.core, close);
  void flyout.onClose.then(() => {
    stopWatching();
    void services.queryClient.invalidateQueries([HOSTS_STATUS_KEY]);
    // Security's flyout refreshes the agent's status when the browser tab becomes visible again.
    window.dispatchEvent(new Event('visibilitychange'));
    onClose();
    setTimeout(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) focusAfter?.()?.focus();
    }, FOCUS_RETURN);
  });
  return { close };
}
