import type { Page } from 'playwright-core';
import type { SimulatedAgent } from './hosts';
import type { Target } from './target';

/** What a person does on the alerts page and in the flyout, by role and label. */

const BASE = '/internal/sentinelone_response';
export const APP = '/app/sentineloneResponse';

/** An alert that speaks of this agent; the newest one. */
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
export const menuItem = (page: Page, name: 'Isolate host' | 'Release host') =>
  page.getByRole('button', { name, exact: true });

/** Opens the menu and chooses. */
export async function choose(page: Page, name: 'Isolate host' | 'Release host'): Promise<void> {
  await takeAction(page).click();
  await menuItem(page, name).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** The button of the open step that sends the action: it names the act and the host. */
export const sendButton = (page: Page) =>
  page.getByRole('button', { name: /^(Isolate|Release) (?!hosts?$)/ });
/** The same after a try that did not go well. */
export const tryAgainButton = (page: Page) =>
  page.getByRole('button', { name: /^Try again to (isolate|release) / });

/** Gives a reason and sends the action. */
export async function confirm(page: Page, comment: string): Promise<void> {
  await page.getByLabel('Comment', { exact: false }).fill(comment);
  await sendButton(page).click();
}

/** Chooses, and gives a reason; does not confirm. */
export async function prepare(
  page: Page,
  name: 'Isolate host' | 'Release host',
  comment: string
): Promise<void> {
  await choose(page, name);
  await page.getByLabel('Comment', { exact: false }).fill(comment);
}

/** Waits for the flyout to show this network status. */
export async function waitForStatus(page: Page, status: string): Promise<void> {
  await flyout(page).getByText(status, { exact: true }).first().waitFor();
}
