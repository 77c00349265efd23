import { logFailure } from './failures';

/** The "Take action" menu of Security's alert flyout. */
export const TAKE_ACTION_MENU = '[data-test-subj="takeActionPanelMenu"]';

/**
 * Calls `onOpen` with the focused element, which is the button, when the menu is opened for the first time, and again at
 * the next one if that fails. Popovers are
 * children of the body, so other changes of the page have no cost. Loaded with every page.
 */
export function whenMenuOpens(onOpen: (button: Element | null) => Promise<unknown>): void {
  const observe = () => observer.observe(document.body, { childList: true });
  const observer = new MutationObserver(() => {
    if (!document.querySelector(TAKE_ACTION_MENU)) return;
    observer.disconnect();
    onOpen(document.activeElement).catch((error: unknown) => {
      logFailure(error);
      observe();
    });
  });
  observe();
}
