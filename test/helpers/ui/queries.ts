import { screen, within } from '@testing-library/react';

/** What a person finds on the page, by role and label. */

/** The value beside a name in a region's list of facts; undefined when it is not there. */
export function fact(region: string, name: string): string | undefined {
  const list = within(screen.getByRole('region', { name: region }));
  const term = list.queryAllByText(name, { selector: 'dt' })[0];
  return term?.nextElementSibling?.textContent ?? undefined;
}

/** The network status in the host panel. */
export const shownStatus = (): string | undefined => fact('Host', 'Network status')?.trim();

/** What a screen reader is told without being asked. */
export const announced = (): string =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('')
    .trim();

export const button = (name: string): HTMLElement => screen.getByRole('button', { name });

/** The button of an open step that sends: it names the act and the host. */
export const sendButton = (): HTMLElement =>
  screen.getByRole('button', {
    name: /^(Isolate|Release|Try again to (isolate|release)) (?!hosts?$)/,
  });

/** The whole text of what interrupts a screen reader. */
export const alerted = (): string => screen.getByRole('alert').textContent ?? '';
