import type { Locator } from 'playwright-core';
import { affectedBy, idsOf } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import {
  alertsPath,
  confirmAction,
  openAlert,
  openMenu,
  ourFlyout,
  ourItem,
  ourItems,
  ourLabels,
  subject,
  takeActionButton,
  takeActionMenu,
  waitForAlerts,
  waitForHostStatus,
  waitForItem,
} from '../helpers/security_page';

inKibana("the Take action menu of Security's alert flyout", () => {
  const { target, fleet, visit } = kibanaSuite();
  const statusIn = async (id: string) => (await target().simulator.agent(id)).networkStatus;

  it('isolates and releases by mouse, and does not change the alert flyout', async () => {
    const agent = fleet().connected[0]!;
    const name = agent.computerName!;
    const open = await visit(alertsPath([name]), {
      width: 1440,
      height: 900,
    });
    const { page } = open;
    await waitForAlerts(page);
    await openAlert(page, name);
    await openMenu(page);
    const item = await waitForItem(page, 'Isolate host');
    await open.shoot('security_take_action', { inReadme: true });
    const [menu, bottom] = await Promise.all([
      takeActionMenu(page).boundingBox(),
      ourItems(page).last().boundingBox(),
    ]);
    expect(await ourLabels(page)).toEqual(['Isolate host', 'Scan host']);
    // They lie within the menu, which was measured with them.
    expect(bottom!.y + bottom!.height).toBeLessThanOrEqual(menu!.y + menu!.height + 1);
    await item.click();
    await confirmAction(page, 'Ransomware on this machine');
    await waitForHostStatus(page, 'isolated');
    expect(await statusIn(agent.id)).toBe('disconnected');
    await open.shoot('security_isolated');
    await page.keyboard.press('Escape');
    await ourFlyout(page).waitFor({ state: 'detached' });
    // Security's own flyout is still there, and the way back has the focus.
    expect(await takeActionButton(page).isVisible()).toBe(true);
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('data-test-subj') === 'take-action-dropdown-btn'
    );

    await openMenu(page);
    await (await waitForItem(page, 'Release host')).click();
    await confirmAction(page, 'Cleaned');
    await waitForHostStatus(page, 'connected');
    expect(await statusIn(agent.id)).toBe('connected');
    const writes = await target().simulator.writes();
    expect(writes.map(idsOf)).toEqual([[agent.id], [agent.id]]);
    expect(affectedBy(writes)).toEqual([agent.id]);
  });

  it('isolates by keyboard alone', async () => {
    const agent = fleet().connected[0]!;
    const name = agent.computerName!;
    const { page } = await visit(alertsPath([name]));
    await waitForAlerts(page);
    await openAlert(page, name);
    await takeActionButton(page).focus();
    await page.keyboard.press('Enter');
    await takeActionMenu(page).waitFor();
    await waitForItem(page, 'Isolate host');
    const hasFocus = (item: Locator) => item.evaluate((one) => one === document.activeElement);
    const isFocused = () => hasFocus(ourItem(page));
    const isLastFocused = () => hasFocus(ourItems(page).last());
    for (let n = 0; n < 20 && !(await isFocused()); n++) await page.keyboard.press('ArrowDown');
    expect(await isFocused()).toBe(true);
    // Over our last item on to the first of the menu, back again, and by Tab.
    expect(await ourLabels(page)).toEqual(['Isolate host', 'Scan host']);
    await page.keyboard.press('ArrowDown');
    expect([await isFocused(), await isLastFocused()]).toEqual([false, true]);
    await page.keyboard.press('ArrowDown');
    expect([await isFocused(), await isLastFocused()]).toEqual([false, false]);
    await page.keyboard.press('ArrowUp');
    expect([await isFocused(), await isLastFocused()]).toEqual([false, true]);
    await page.keyboard.press('ArrowUp');
    expect(await isFocused()).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await isFocused()).toBe(false);
    await page.keyboard.press('Tab');
    expect(await isFocused()).toBe(true);
    await page.keyboard.press('Enter');
    const comment = subject(page, 'sentineloneResponseComment');
    await comment.waitFor();
    const reach = async (isThere: () => Promise<boolean>) => {
      for (let n = 0; n < 30 && !(await isThere()); n++) await page.keyboard.press('Tab');
      expect(await isThere()).toBe(true);
    };
    await reach(() => comment.evaluate((one) => one === document.activeElement));
    await page.keyboard.type('By keyboard');
    await reach(() =>
      subject(page, 'sentineloneResponseConfirm').evaluate((one) => one === document.activeElement)
    );
    await page.keyboard.press('Enter');
    await waitForHostStatus(page, 'isolated');
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
    await page.keyboard.press('Escape');
    await ourFlyout(page).waitFor({ state: 'detached' });
    expect(await takeActionButton(page).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await takeActionButton(page).waitFor({ state: 'detached' });
  });

  it("stays in the menu after Security's sub-panels", async () => {
    const name = fleet().connected[0]!.computerName!;
    const { page } = await visit(alertsPath([name]));
    await waitForAlerts(page);
    await openAlert(page, name);
    await openMenu(page);
    await waitForItem(page, 'Isolate host');
    await subject(page, 'alert-tags-context-menu-item').click();
    await subject(page, 'contextMenuPanelTitleButton').click();
    await waitForItem(page, 'Isolate host');
    expect(await ourLabels(page)).toEqual(['Isolate host', 'Scan host']);
    await page.keyboard.press('Escape');
    await takeActionMenu(page).waitFor({ state: 'detached' });
    expect(await takeActionButton(page).isVisible()).toBe(true);
    expect(await target().simulator.writes()).toEqual([]);
  });

  it("closes the plugin's flyout when the page below it is left", async () => {
    const agent = fleet().connected[0]!;
    const { page } = await visit(alertsPath([agent.computerName!]));
    await waitForAlerts(page);
    await openAlert(page, agent.computerName!);
    await openMenu(page);
    await (await waitForItem(page, 'Isolate host')).click();
    await confirmAction(page, 'Ransomware on this machine');
    await waitForHostStatus(page, 'isolated');
    await ourFlyout(page).getByRole('link', { name: 'Show all in History' }).click();
    await page.waitForURL(/\/app\/sentineloneResponse\/history/);
    await ourFlyout(page).waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
  });
});
