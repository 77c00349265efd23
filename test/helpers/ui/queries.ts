import { screen, within } from '@testing-library/react';

/** Finds parts of the page by role and label. */

/** The value of a term in a region's description list; undefined if there is none. */
export function fact(region: string, name: string): string | undefined {
  const list = within(screen.getByRole('region', { name: region }));
  const term = list.queryAllByText(name, { selector: 'dt' })[0];
  return term?.nextElementSibling?.textContent ?? undefined;
}

/** The network status in the host panel. */
export const shownStatus = (): string | undefined => fact('Host', 'Network status')?.trim();

/** The text of all live regions. */
export const announced = (): string =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('')
    .trim();

/** An item of a menu, which has the role of one in EUI 121 and of a button before. */
export const menuItem = (name: string | RegExp): HTMLElement =>
  screen.queryByRole('menuitem', { name }) ?? screen.getByRole('button', { name });

/** A button, or an item of a menu. */
export const button = (name: string): HTMLElement => menuItem(name);

/** The button of an open step that sends the action: it names the action and the host. */
export const sendButton = (): HTMLElement =>
  screen.getByRole('button', {
    name: /^(Isolate|Release|Try again to (isolate|release)) (?!hosts?$)/,
  });

/** The text of the element with the role `alert`. */
export const alerted = (): string => screen.getByRole('alert').textContent ?? '';
