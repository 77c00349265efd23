import type { AlertContext } from '../../common/hosts/alert';

/**
 * An item in the "Take action" menu of Security's alert flyout. The array behind that menu is closed, so
 * the item is put into the open menu's DOM, in the moment in which the menu appears and before its height
 * is measured, and goes with it. Where the menu looks different, nothing happens (Kibana 8.12.2).
 */

const MENU = '[data-test-subj="takeActionPanelMenu"]';
const MENU_BUTTON = '[data-test-subj="take-action-dropdown-btn"]';
/** The same menu is in Timeline's details, whose alert is not the one in the URL. */
const ALERT_FLYOUT = '[data-test-subj="rightSection"]';
const SECURITYS_OWN_ITEM = '[data-test-subj="isolate-host-action-item"]';
const SUB_PANEL_TITLE = '.euiContextMenuPanelTitle, .euiContextMenuPanel__title';
const ITEM_TEST_SUBJECT = 'sentineloneResponseTakeActionItem';

/** What the item needs to know of the menu that it is in. */
export interface MenuItemProps {
  readonly alert: AlertContext;
  /** Security shows an item of its own for the host. */
  readonly besideAnother: boolean;
  /** Closes the menu, as choosing a neighbour does. */
  readonly close: () => void;
  /** What opened the menu, and gets the focus back. */
  readonly button: HTMLElement;
}

export interface TakeActionMenuPorts {
  readonly document: Document;
  /** The alert whose flyout is open, or undefined. */
  readonly alertInView: () => AlertContext | undefined;
  /** Renders the item into `element`, or again with other properties; returns a function that takes it out. */
  readonly render: (element: HTMLElement, props: MenuItemProps) => () => void;
  /** Told of every failure; the page goes on without the item. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * The button of the menu that opens, which has the focus at that moment where there are several; undefined
 * unless it is the alert flyout's.
 */
function openerIn(page: Document): HTMLElement | undefined {
  const buttons = [...page.querySelectorAll<HTMLElement>(MENU_BUTTON)];
  const button =
    buttons.length > 1 ? buttons.find((one) => one === page.activeElement) : buttons[0];
  return button?.closest(ALERT_FLYOUT) == null ? undefined : button;
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

/** The menu listens for Escape on its panel and closes; the flyout behind it must not hear of it. */
function closeMenu(item: Element): void {
  const { ownerDocument: page } = item;
  const stop = (event: Event) => event.stopPropagation();
  page.addEventListener('keydown', stop, { once: true });
  const escape = { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true };
  item.dispatchEvent(new KeyboardEvent('keydown', escape));
  page.removeEventListener('keydown', stop);
}

/**
 * The menu has listed its items for the arrow keys before ours came. When it is ours' turn, ours takes the
 * focus; the menu looks where the focus is when Tab is pressed, and goes on from there.
 */
function takeTurn(event: KeyboardEvent, item: Element): void {
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

/** Where the menu was measured before the item came, its height must grow by the item's. */
function makeRoom(menu: HTMLElement): void {
  const fixed = Number.parseFloat(menu.style.height);
  const needed = menu.firstElementChild?.scrollHeight ?? 0;
  if (needed > fixed) menu.style.height = `${needed}px`;
}

/** The item in one open menu: put in, put in again if the menu lets go of it, taken out with the menu. */
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
  const put = () => {
    const list = listIn(menu);
    if (list === undefined) return;
    const isLast = item.parentElement === list && item.nextElementSibling === null;
    // A focused element that is moved loses the focus.
    if (!isLast && !item.contains(page.activeElement)) list.append(item);
    const besideAnother = menu.querySelector(SECURITYS_OWN_ITEM) !== null;
    if (besideAnother === shownBesideAnother) return;
    shownBesideAnother = besideAnother;
    unmount = render(item, { alert, besideAnother, button, close: () => closeMenu(item) });
  };
  const onKeyDown = (event: KeyboardEvent) => takeTurn(event, item);
  const stop = () => {
    observer.disconnect();
    menu.removeEventListener('keydown', onKeyDown, true);
    unmount();
    item.remove();
  };
  const observer = new MutationObserver(() => {
    try {
      put();
    } catch (error) {
      stop();
      onFailure(error);
    }
  });
  put();
  // Before the menu's own, which would go past ours.
  menu.addEventListener('keydown', onKeyDown, true);
  observer.observe(menu, { childList: true, subtree: true });
  page.defaultView?.requestAnimationFrame(() => {
    if (item.isConnected) makeRoom(menu);
  });
  return { menu, stop };
}

/**
 * Watches the page for the menu. Popovers are children of the body, so nothing deeper is watched, and what
 * goes on in the page costs nothing. Returns a function that stops. Never throws into the page.
 */
export function watchTakeActionMenu(ports: TakeActionMenuPorts): () => void {
  const { document: page, alertInView, onFailure } = ports;
  let kept: ReturnType<typeof keepItemIn> | undefined;
  const letGo = () => {
    kept?.stop();
    kept = undefined;
  };
  const observer = new MutationObserver(() => {
    try {
      if (kept !== undefined && !kept.menu.isConnected) letGo();
      if (kept !== undefined) return;
      const menu = page.querySelector<HTMLElement>(`body > * ${MENU}`);
      if (menu === null) return;
      const alert = alertInView();
      const button = openerIn(page);
      if (alert !== undefined && button !== undefined)
        kept = keepItemIn(menu, alert, button, ports);
    } catch (error) {
      onFailure(error);
    }
  });
  observer.observe(page.body, { childList: true });
  return () => {
    observer.disconnect();
    letGo();
  };
}
