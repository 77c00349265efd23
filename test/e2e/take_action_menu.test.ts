import type { Page } from 'playwright-core';
import { violationsIn } from '../helpers/accessibility';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import {
  confirmAction,
  openMenu,
  ourFlyout,
  ourItems,
  ourLabels,
  subject,
  takeActionButton,
  takeActionMenu,
  waitForHostStatus,
  waitForItem,
} from '../helpers/security_page';

/**
 * The items in the menu of Security's alert flyout, in the workbench's version of both. In an official Kibana
 * `test/kibana/alert_flyout.test.ts` does the same in Security's own flyout.
 */
const inWorkbench = process.env.KIBANA_URL === undefined ? it : it.skip;

const suite = browserSuite();

async function openAlertOf(page: Page, hostName: string): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByText(hostName, { exact: true }) });
  await subject(row.first(), 'expand-event').click();
  await takeActionButton(page).waitFor();
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

inWorkbench('isolates and releases by mouse, and leaves the alert flyout as it was', async () => {
  const { id, computerName } = suite.nextConnected();
  const page = await suite.visit('/app/security/alerts', { user: 'analyst' });
  await openAlertOf(page, computerName!);
  await openMenu(page);
  const item = await waitForItem(page, 'Isolate host');
  expect(await ourLabels(page)).toEqual(['Isolate host', 'Scan host']);
  await suite.open.shoot('security_take_action_menu');
  const [menu, last] = await Promise.all([
    takeActionMenu(page).boundingBox(),
    ourItems(page).last().boundingBox(),
  ]);
  // They lie within the menu, which was measured with them.
  expect(last!.y + last!.height).toBeLessThanOrEqual(menu!.y + menu!.height + 1);
  expect(await violationsIn(page, ['[data-test-subj="takeActionPanelMenu"]'])).toEqual([]);
  await item.click();
  await confirmAction(page, 'Ransomware on this machine');
  await waitForHostStatus(page, 'isolated');
  expect(await suite.statusIn(id)).toBe('disconnected');
  await page.keyboard.press('Escape');
  await ourFlyout(page).waitFor({ state: 'detached' });
  // Security's own flyout is still there, and the way back has the focus.
  expect(await takeActionButton(page).isVisible()).toBe(true);
  await page.waitForFunction(() => /Take action/.test(document.activeElement?.textContent ?? ''));
  await openMenu(page);
  await (await waitForItem(page, 'Release host')).click();
  await confirmAction(page, 'Cleaned');
  await waitForHostStatus(page, 'connected');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[id], [id]]);
  expect(affectedBy(writes)).toEqual([id]);
});

inWorkbench('is reached by the arrow keys, and stays through a sub-panel', async () => {
  const { computerName } = suite.nextConnected();
  const page = await suite.visit('/app/security/alerts', { user: 'analyst' });
  await openAlertOf(page, computerName!);
  await takeActionButton(page).focus();
  await page.keyboard.press('Enter');
  await waitForItem(page, 'Isolate host');
  const passed: string[] = [];
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('ArrowDown');
    passed.push(String(await focusedText(page)));
  }
  const first = passed.indexOf('Isolate host');
  expect(passed[first + 1]).toBe('Scan host');
  expect(passed).toContain('Add to existing case');
  await subject(page, 'alert-tags-context-menu-item').click();
  await subject(page, 'contextMenuPanelTitleButton').click();
  await waitForItem(page, 'Isolate host');
  expect(await ourLabels(page)).toEqual(['Isolate host', 'Scan host']);
  await page.keyboard.press('Escape');
  await takeActionMenu(page).waitFor({ state: 'detached' });
  expect(await takeActionButton(page).isVisible()).toBe(true);
  expect(await suite.target.simulator.writes()).toEqual([]);
});
