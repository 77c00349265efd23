/**
 * Flyouts of Kibana listen for Escape at the window, all of them at once (EUI 90). While one of ours lies
 * over another, Escape must close ours alone.
 */

const DIALOG = '[role="dialog"]';

/** Whether a key that was pressed at `target` is meant for the dialog that `element` is in. */
function isMeantFor(element: HTMLElement, target: EventTarget | null): boolean {
  const dialog = target instanceof Element ? target.closest(DIALOG) : null;
  // Nothing has the focus when what had it is gone: then the topmost dialog is meant.
  return dialog === null || dialog.contains(element);
}

/**
 * Calls `close` for an Escape in the dialog around `element`, and stops the event. A popover in
 * it takes its own Escape first. Returns a function that stops.
 */
export function keepEscape(element: HTMLElement, close: () => void): () => void {
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
