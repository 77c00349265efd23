import type { ReactNode } from 'react';
import type { CoreStart } from '@kbn/core/public';
import { ShortScreenStyle } from '../components/short_screen_style';
import { keepEscape } from '../lib/escape';
import { HOSTS_STATUS_KEY } from '../host_status/status_store';
import { LeaveFlyout } from '../lib/kibana_link';
import { renderRoot } from '../lib/render_root';
import type { Services } from '../lib/services';

export interface FlyoutOptions {
  /** Id of the heading, which names the flyout. */
  readonly titleId: string;
  readonly testSubject: string;
  readonly size?: 'm' | 'l';
  /** Called once, however it closes. */
  readonly onClose?: () => void;
  /** What gets the focus when that which had it before is gone. */
  readonly focusAfter?: () => HTMLElement | null | undefined;
}

export interface OpenFlyout {
  close(): void;
}

/** Milliseconds in which EUI gives the focus back by itself. */
const FOCUS_RETURN = 100;

/**
 * Calls `leave` once the page is another than now: Kibana leaves flyouts open over whatever comes then, with
 * their mask and the focus (8.12.2). What a page writes behind its path, such as filters, is no other page.
 * Returns a function that stops.
 */
function whenPageChanges({ application }: CoreStart, leave: () => void): () => void {
  // Kibana's first location has the base path and the others do not, so the browser's own is compared.
  const { pathname } = window.location;
  const subscription = application.currentLocation$.subscribe(() => {
    if (window.location.pathname !== pathname) leave();
  });
  return () => subscription.unsubscribe();
}

/**
 * Opens a flyout over whatever page of Kibana is shown, which stays as it is. Escape closes it alone, and it
 * goes with the page that it was opened over. When it closes, whatever shows hosts below it reads their status again, ours and Kibana's own.
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
    // Security's own flyout reads the agent's status again when somebody comes back to the tab.
    window.dispatchEvent(new Event('visibilitychange'));
    onClose();
    setTimeout(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) focusAfter?.()?.focus();
    }, FOCUS_RETURN);
  });
  return { close };
}
