import type { AlertContext } from '../../common/hosts/alert';
import { TAKE_ACTION_MENU } from './when_menu_opens';

/**
 * An item in the "Take action" menu of Security's alert flyout. Security has no extension point for this menu, so the
 * item is added to the DOM of the open menu, when the menu appears and before its height is measured, and removed with
 * it. If the menu has an unexpected structure, the item is not added. Read in Kibana 8.12.2, and in the published sources
 * of the later versions that are named below.
 */

/** The second one in 8.18 and later (`take_action_dropdown.tsx`, `take_action_button.tsx`). */
const MENU_BUTTON =
  '[data-test-subj="take-action-dropdown-btn"], [data-test-subj="securitySolutionFlyoutFooterDropdownButton"]';
/** Timeline's details contain the same menu, but their alert is not the one in the URL. */
const ALERT_FLYOUT = '[data-test-subj="rightSection"]';
/** The flyout of 9.5 has no sections (`flyout_v2`). */
const SYSTEM_FLYOUT = '.euiFlyout';
const TIMELINE = '[data-test-subj^="timeline"]';
const SECURITYS_OWN_ITEM = '[data-test-subj="isolate-host-action-item"]';
const SUB_PANEL_TITLE = '.euiContextMenuPanelTitle, .euiContextMenuPanel__title';
const ITEM_TEST_SUBJECT = 'sentineloneResponseTakeActionItem';

/** The properties that the item gets from its menu. */
export interface MenuItemProps {
  readonly alert: AlertContext;
  /** Whether the menu contains Security's own item to isolate a host. */
  readonly followsBuiltInItem: boolean;
  /** Closes the menu, as a click on another item does. */
  readonly close: () => void;
  /** The button that opened the menu, which gets the focus back. */
  readonly button: HTMLElement;
}

export interface TakeActionMenuPorts {
  readonly document: Document;
  /** The element that had the focus when the menu that is open now was opened; an open menu has the focus itself. */
  readonly opener?: Element | null;
  /** The alert of the open flyout, or undefined. */
  readonly alertInView: () => AlertContext | undefined;
  /** Renders the item into `element`, or updates it with new properties; returns a function that unmounts it. */
  readonly render: (element: HTMLElement, props: MenuItemProps) => () => void;
  /** Called for each failure. The page stays without the item. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * The button that opened the menu: the focused one if there are several. Undefined if it is not in the alert flyout.
 */
function openerIn(page: Document, focused: Element | null): HTMLElement | undefined {
  const buttons = [...page.querySelectorAll<HTMLElement>(MENU_BUTTON)];
  const button = buttons.length > 1 ? buttons.find((one) => one === focused) : buttons[0];
  const isInAlertFlyout =
    page.querySelector(ALERT_FLYOUT) === null
      ? button?.closest(SYSTEM_FLYOUT) != null && button.closest(TIMELINE) === null
      : button?.closest(ALERT_FLYOUT) != null;
  return isInAlertFlyout ? button : undefined;
}

/** The menu's list of items; undefined while a sub-panel is shown. */
function listIn(menu: Element): Element | undefined {
  const panel = [...menu.querySelectorAll('.euiContextMenuPanel')].find(
    (one) => one.querySelector(SUB_PANEL_TITLE) === null
  );
  return (
    panel?.querySelector('button.euiContextMenuItem:not([data-test-subj^="sentinelone"])')
      ?.parentElement ?? undefined
  );
}

/** Closes the menu by Escape, which its panel listens for. The flyout below must not receive the event. */
function closeMenu(item: Element): void {
  const { ownerDocument: page } = item;
  const stop = (event: Event) => event.stopPropagation();
  page.addEventListener('keydown', stop, { once: true });
  const escape = { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true };
  item.dispatchEvent(new KeyboardEvent('keydown', escape));
  page.removeEventListener('keydown', stop);
}

/**
 * Moves the focus to the plugin's items by the arrow keys. The menu collects its items before the plugin's are added,
 * so it does not include them. The dispatched Tab makes the menu continue from the focused item.
 */
function handleArrowKey(event: KeyboardEvent, item: Element): void {
  const ours = [...item.querySelectorAll('button')];
  const list = item.parentElement;
  if (ours.length === 0 || list === null) return;
  const others = [...list.querySelectorAll('button:not([disabled])')].filter(
    (one) => !item.contains(one)
  );
  const { activeElement } = item.ownerDocument;
  const from = ours.findIndex((one) => one === activeElement);
  const isBefore = activeElement === others[others.length - 1];
  const isAfter = activeElement === others[0] || !list.contains(activeElement);
  const next =
    event.key === 'ArrowDown'
      ? ours[from === -1 && !isBefore ? ours.length : from + 1]
      : event.key === 'ArrowUp'
        ? ours[from === -1 && isAfter ? ours.length - 1 : from - 1]
        : undefined;
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
  next.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', code: 'Tab', bubbles: true }));
}

/** Increases the height of the menu if it was measured before the item was added. */
function growMenu(menu: HTMLElement): void {
  const fixed = Number.parseFloat(menu.style.height);
  const needed = menu.firstElementChild?.scrollHeight ?? 0;
  if (needed > fixed) menu.style.height = `${needed}px`;
}

/** Adds the item to an open menu, again if the menu removes it, and removes it with the menu. */
function keepItemIn(
  menu: HTMLElement,
  alert: AlertContext,
  button: HTMLElement,
  ports: TakeActionMenuPorts
) {
  const { document: page, render, onFailure } = ports;
  const item = page.createElement('div');
  item.setAttribute('data-test-subj', ITEM_TEST_SUBJECT);
  let unmount = () => {};
  let shownBesideAnother: boolean | undefined;
  const insert = () => {
    const list = listIn(menu);
    if (list === undefined) return;
    const isLast = item.parentElement === list && item.nextElementSibling === null;
    // EUI 121 gives the list the role of a menu, whose children are items. The plugin's items are in a separate
    // element.
    if (list.getAttribute('role') === 'menu') item.setAttribute('role', 'none');
    // Moving the item would remove its focus.
    if (!isLast && !item.contains(page.activeElement)) list.append(item);
    const followsBuiltInItem = menu.querySelector(SECURITYS_OWN_ITEM) !== null;
    if (followsBuiltInItem === shownBesideAnother) return;
    shownBesideAnother = followsBuiltInItem;
    unmount = render(item, {
      alert,
      followsBuiltInItem,
      button,
      close: () => closeMenu(item),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => handleArrowKey(event, item);
  const stop = () => {
    observer.disconnect();
    menu.removeEventListener('keydown', onKeyDown, true);
    unmount();
    item.remove();
  };
  const observer = new MutationObserver(() => {
    try {
      insert();
      // The items may be more than when the menu opened.
      growMenu(menu);
    } catch (error) {
      stop();
      onFailure(error);
    }
  });
  insert();
  // In the capture phase, because the menu's listener would skip the plugin's items.
  menu.addEventListener('keydown', onKeyDown, true);
  observer.observe(menu, { childList: true, subtree: true });
  page.defaultView?.requestAnimationFrame(() => {
    if (item.isConnected) growMenu(menu);
  });
  return { menu, stop };
}

/**
 * Adds the item to the menu if it is open, and observes the page for the menu. Popovers are children of the body, so only
 * its direct children are observed, and other changes of the page have no cost. Returns a function that stops observing.
 */
export function watchTakeActionMenu(ports: TakeActionMenuPorts): () => void {
  const { document: page, opener, alertInView, onFailure } = ports;
  let kept: ReturnType<typeof keepItemIn> | undefined;
  const release = () => {
    kept?.stop();
    kept = undefined;
  };
  const update = (focused = page.activeElement) => {
    try {
      if (kept !== undefined && !kept.menu.isConnected) release();
      if (kept !== undefined) return;
      const menu = page.querySelector<HTMLElement>(`body > * ${TAKE_ACTION_MENU}`);
      if (menu === null) return;
      const alert = alertInView();
      const button = openerIn(page, focused);
      if (alert !== undefined && button !== undefined)
        kept = keepItemIn(menu, alert, button, ports);
    } catch (error) {
      onFailure(error);
    }
  };
  const observer = new MutationObserver(() => update());
  observer.observe(page.body, { childList: true });
  update(opener);
  return () => {
    observer.disconnect();
    release();
  };
}
