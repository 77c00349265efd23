import type { Locator, Page } from 'playwright-core';
import { kibanaVersion } from '../workbench/versions/selected_version';
import { APP, menuItem } from './alert_page';
import type { OpenPage } from './page';

/** Steps in Elastic Security's own pages (Kibana 8.12), by Kibana's test subjects. */

const DAY = 86_400_000;

/** An element by its `data-test-subj`. */
export const subject = (page: Page | Locator, name: string): Locator =>
  page.locator(`[data-test-subj="${name}"]`);

/** A week up to tomorrow, so that alerts of yesterday's set-up are included after midnight. */
function timeRange(): string {
  const from = new Date(Date.now() - 7 * DAY).toISOString();
  const to = new Date(Date.now() + DAY).toISOString();
  const range = `(from:'${from}',kind:absolute,to:'${to}')`;
  return `(global:(linkTo:!(),timerange:${range}),timeline:(linkTo:!(),timerange:${range}))`;
}

/** The alerts of these hosts in Security. */
export function alertsPath(hostNames: readonly string[]): string {
  const names = hostNames.map((name) => `"${name}"`).join(' or ');
  const query = `(language:kuery,query:'host.name:(${names})')`;
  return `/app/security/alerts?${new URLSearchParams({ query, timerange: timeRange() }).toString()}`;
}

/**
 * Where users of the workbench select several alerts: Security's table, or the plugin's page Alerts in versions whose
 * tables plugins cannot extend.
 */
const inSecurity = kibanaVersion().browser.alertsTableRegistry;
export const SELECTION_PAGE = inSecurity ? '/app/security/alerts' : APP;

/** The boxes on that page that select alerts of this host; without one, of connected hosts on the plugin's page. */
export function selectionBoxes(page: Page, hostName?: string): Locator {
  const ofHost = { has: page.getByText(hostName ?? 'Connected', { exact: true }) };
  if (!inSecurity) {
    return subject(page, 'sentineloneResponseAlertRow').filter(ofHost).getByRole('checkbox');
  }
  const rows = page.getByRole('row');
  return subject(hostName === undefined ? rows : rows.filter(ofHost), 'bulk-actions-row-cell');
}

/** Opens the flyout that isolates the hosts of the selected alerts. */
export async function isolateSelected(page: Page): Promise<void> {
  if (inSecurity) {
    await subject(page, 'selectedShowBulkActionsButton').click();
    await subject(page, 'sentineloneResponseBulk-isolate').click();
    return;
  }
  const bar = subject(page, 'sentineloneResponseBulkBar');
  await bar.getByRole('button', { name: 'Take action' }).click();
  await menuItem(page, 'Isolate SentinelOne hosts').click();
}

/** Waits for the table of alerts. */
export async function waitForAlerts(page: Page): Promise<void> {
  await subject(page, 'expand-event').first().waitFor();
}

/** A cell of the row in which an alert of this host stands. */
export async function cellOf(page: Page, hostName: string, columnId?: string): Promise<Locator> {
  const cell = page
    .locator('.euiDataGridRowCell[data-gridcell-column-id="host.name"]')
    .filter({ has: page.getByText(hostName, { exact: true }) })
    .first();
  await cell.waitFor();
  if (columnId === undefined) return cell;
  const row = await cell.getAttribute('data-gridcell-visible-row-index');
  return page.locator(
    `.euiDataGridRowCell[data-gridcell-column-id="${columnId}"][data-gridcell-visible-row-index="${row}"]`
  );
}

/** The icons in the row of this host's alert. */
export const rowActions = (page: Page, hostName: string): Promise<Locator> =>
  cellOf(page, hostName, 'expandColumn');

/** Opens Security's flyout of the alert. */
export async function openAlert(page: Page, hostName: string): Promise<void> {
  await subject(await rowActions(page, hostName), 'expand-event').click();
  await takeActionButton(page).waitFor();
}

/** Its test subject is another one in 8.18 and later. */
export const takeActionButton = (page: Page): Locator =>
  subject(page, 'take-action-dropdown-btn').or(
    subject(page, 'securitySolutionFlyoutFooterDropdownButton')
  );
export const takeActionMenu = (page: Page): Locator => subject(page, 'takeActionPanelMenu');

/** The plugin's items in the open menu, in their order. */
export const ourItems = (page: Page): Locator =>
  subject(page, 'sentineloneResponseTakeActionItem').locator('button');

/** The first of them: isolates or releases the host, or says why it cannot. */
export const ourItem = (page: Page): Locator => ourItems(page).first();

/** The labels of the items, without the reasons why they cannot be used. */
export const ourLabels = async (page: Page): Promise<readonly string[]> =>
  (await ourItems(page).allInnerTexts()).map((text) => text.split('\n')[0]!.trim());

/** Opens the menu. */
export async function openMenu(page: Page): Promise<void> {
  await takeActionButton(page).click();
  await takeActionMenu(page).waitFor();
}

/** Waits until the first item is enabled and has this label. */
export async function waitForItem(page: Page, label: string): Promise<Locator> {
  const item = ourItem(page);
  await item.and(page.locator('[aria-disabled="false"]')).filter({ hasText: label }).waitFor();
  return item;
}

/** The plugin's flyout. */
export const ourFlyout = (page: Page): Locator => subject(page, 'sentineloneResponseFlyout');

/** Enters a comment in the plugin's flyout and confirms. */
export async function confirmAction(page: Page, comment: string): Promise<void> {
  await subject(page, 'sentineloneResponseComment').fill(comment);
  await subject(page, 'sentineloneResponseConfirm').click();
}

/** Waits until the plugin's flyout shows this network status. */
export const waitForHostStatus = (page: Page, status: string): Promise<void> =>
  subject(ourFlyout(page), `sentineloneResponseStatus-${status}`).first().waitFor();

/** The plugin's errors in the page, and Kibana's error toasts. */
export async function complaints({ page, errors }: OpenPage): Promise<readonly string[]> {
  const ours = errors().filter((error) => /sentinelone/i.test(error));
  const toasts = await page.locator('.euiToast--danger').allInnerTexts();
  return [...ours, ...toasts];
}
