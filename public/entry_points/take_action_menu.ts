import type { AlertContext } from '../../common/alert';

/**
 * An item in the "Take action" menu of Security's alert flyout. The array behind that menu is closed
 * (Kibana 8.12.2), so the item is put into the open menu's DOM, in the moment in which the menu appears
 * and before its height is measured, and goes with it. Where the menu looks different, nothing happens.
 */

const MENU = '[data-test-subj="takeActionPanelMenu"]';
const SECURITYS_OWN_ITEM = '[data-test-subj="isolate-host-action-item"]';
export const MENU_ITEM_TEST_SUBJECT = 'sentineloneResponseTakeActionItem';

/** What the item says. Disabled with a reason, never absent. */
export interface MenuItemState {
  readonly label: string;
  readonly disabledReason?: string;
}

export interface TakeActionMenuPorts {
  readonly document: Document;
  /** The alert whose flyout is open, or undefined. */
  readonly alertInView: () => AlertContext | undefined;
  /** What the item says before its state is known. */
  readonly initialState: MenuItemState;
  /** Finds out what the item should say. `besideAnother`: Security shows an item of its own. */
  readonly stateOf: (alert: AlertContext, besideAnother: boolean) => Promise<MenuItemState>;
  readonly onSelect: (alert: AlertContext) => void;
  /** Told of every failure; the page goes on without the item. */
  readonly onFailure: (error: unknown) => void;
}

function menusIn(node: Node): Element[] {
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const element = node as Element;
  return element.matches(MENU) ? [element] : [...element.querySelectorAll(MENU)];
}

/** Writes `state` into the item, as its neighbours would show it. */
function show(item: HTMLButtonElement, { label, disabledReason }: MenuItemState): void {
  const text = item.querySelector('.euiContextMenuItem__text') ?? item;
  text.textContent = label;
  const disabled = disabledReason !== undefined;
  // Not `disabled`: a disabled button takes no focus, and then nobody hears why it is disabled.
  item.setAttribute('aria-disabled', String(disabled));
  item.style.opacity = disabled ? '0.5' : '';
  item.style.cursor = disabled ? 'not-allowed' : '';
  if (disabledReason === undefined) {
    item.removeAttribute('title');
    item.removeAttribute('aria-description');
  } else {
    item.title = disabledReason;
    item.setAttribute('aria-description', disabledReason);
  }
}

/** A neighbour's copy: same classes, same parts, no handlers and no identity of its own. */
function itemLike(neighbour: HTMLButtonElement): HTMLButtonElement {
  const item = neighbour.cloneNode(true) as HTMLButtonElement;
  item.removeAttribute('id');
  item.removeAttribute('disabled');
  item.setAttribute('data-test-subj', MENU_ITEM_TEST_SUBJECT);
  // A neighbour that opens a sub-panel has an arrow behind its text.
  item.querySelectorAll('.euiContextMenu__arrow').forEach((arrow) => arrow.remove());
  return item;
}

/** The menu listens for Escape on its panel and closes; the flyout behind it stays. */
const closeMenu = (item: Element): void => {
  const escape = { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true };
  item.dispatchEvent(new KeyboardEvent('keydown', escape));
};

/** Where the menu was measured before the item came, its height must grow by the item's. */
function makeRoom(menu: HTMLElement, item: HTMLElement): void {
  const fixed = Number.parseFloat(menu.style.height);
  if (Number.isNaN(fixed)) return;
  const needed = (menu.firstElementChild?.scrollHeight ?? 0) - fixed;
  if (needed > 0 && needed <= item.offsetHeight) menu.style.height = `${fixed + needed}px`;
}

function addItem(menu: Element, ports: TakeActionMenuPorts): void {
  const alert = ports.alertInView();
  const neighbours = [...menu.querySelectorAll<HTMLButtonElement>('button.euiContextMenuItem')];
  const neighbour = neighbours.find(({ disabled }) => !disabled) ?? neighbours[0];
  if (alert === undefined || neighbour === undefined) return;
  const list = neighbour.parentElement;
  if (list === null || menu.querySelector(`[data-test-subj="${MENU_ITEM_TEST_SUBJECT}"]`)) return;

  const item = itemLike(neighbour);
  show(item, ports.initialState);
  item.addEventListener('click', (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (item.getAttribute('aria-disabled') === 'true') return;
    closeMenu(item);
    ports.onSelect(alert);
  });
  list.append(item);
  const view = ports.document.defaultView;
  view?.requestAnimationFrame(() => {
    if (item.isConnected) makeRoom(menu as HTMLElement, item);
  });

  const besideAnother = menu.querySelector(SECURITYS_OWN_ITEM) !== null;
  ports.stateOf(alert, besideAnother).then(
    (state) => show(item, state),
    (error: unknown) => ports.onFailure(error)
  );
}

/** Watches the page for the menu. Returns a function that stops. Never throws into the page. */
export function watchTakeActionMenu(ports: TakeActionMenuPorts): () => void {
  const observer = new MutationObserver((mutations) => {
    try {
      for (const { addedNodes } of mutations) {
        for (const node of addedNodes) for (const menu of menusIn(node)) addItem(menu, ports);
      }
    } catch (error) {
      ports.onFailure(error);
    }
  });
  observer.observe(ports.document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
