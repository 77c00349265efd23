import type { Locator, Page } from 'playwright-core';
import type { SimulatedAgent } from './hosts';
import type { Target } from './target';

/** Steps on the alerts page and in the flyout, by role and label. */

const BASE = '/internal/sentinelone_response';
export const APP = '/app/sentineloneResponse';

/** The newest alert that names this agent. */
export async function alertOf(target: Target, { uuid, id }: SimulatedAgent): Promise<string> {
  const page = await target.request('analyst', 'GET', `${BASE}/alerts?perPage=100`);
  const alert = page.json.alerts.find(
    (one: { agentUuid: string | null; agentId: string | null }) =>
      one.agentUuid === uuid && (one.agentId === null || one.agentId === id)
  );
  if (alert === undefined) throw new Error(`No alert for agent ${id}`);
  return alert.id;
}

export const alertUrl = (alertId: string): string => `${APP}/alerts/${encodeURIComponent(alertId)}`;

export const flyout = (page: Page) => page.getByRole('dialog').last();
export const takeAction = (page: Page) =>
  flyout(page).getByRole('button', { name: 'Take action', exact: true });
/** The label of an action in the menu, and the heading of its step. */
type ActionLabel = 'Isolate host' | 'Release host' | 'Scan host' | 'Abort scan';
/** An item of a menu, which has the role of one in EUI 121 and of a button before. */
export const menuItem = (page: Page, name: string | RegExp): Locator => {
  const options = { name, exact: typeof name === 'string' };
  return page.getByRole('menuitem', options).or(page.getByRole('button', options)).first();
};

/** Opens the menu and selects an action. */
export async function choose(page: Page, name: ActionLabel): Promise<void> {
  await takeAction(page).click();
  await menuItem(page, name).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** The button of the open step that sends the action: it names the action and the host. */
export const sendButton = (page: Page) =>
  page.getByRole('button', { name: /^(Isolate|Release|Scan|Abort scan of) (?!hosts?$)/ });
/** The same after a failed attempt. */
export const tryAgainButton = (page: Page) =>
  page.getByRole('button', { name: /^Try again to (isolate|release) / });

/** Enters a comment and sends the action. */
export async function confirm(page: Page, comment: string): Promise<void> {
  await page.getByLabel('Comment', { exact: false }).fill(comment);
  await sendButton(page).click();
}

/** Opens the step and enters a comment; does not confirm. */
export async function prepare(page: Page, name: ActionLabel, comment: string): Promise<void> {
  await choose(page, name);
  await page.getByLabel('Comment', { exact: false }).fill(comment);
}

/** Waits for the flyout to show this network status. */
export async function waitForStatus(page: Page, status: string): Promise<void> {
  await flyout(page).getByText(status, { exact: true }).first().waitFor();
}
