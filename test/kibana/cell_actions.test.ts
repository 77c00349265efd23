import { affectedBy } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import {
  alertsPath,
  cellOf,
  confirmAction,
  subject,
  waitForAlerts,
} from '../helpers/security_page';

inKibana("the cell action in Security's tables", () => {
  const { target, fleet, visit } = kibanaSuite();

  it('opens the agents with a host name, and acts on the chosen one', async () => {
    // `web-1` is a part of `web-10`: only the whole name counts.
    const agent = fleet().connected.find(({ computerName }) => computerName === 'web-1')!;
    const name = agent.computerName!;
    const open = await visit(alertsPath([name]));
    const { page } = open;
    await waitForAlerts(page);
    const cell = await cellOf(page, name);
    // Enter opens the cell, with all of its actions.
    await cell.scrollIntoViewIfNeeded();
    await cell.focus();
    await page.keyboard.press('Enter');
    await subject(page, 'euiDataGridExpansionPopover').waitFor();
    await open.shoot('cell_menu');
    await page.getByText('Show SentinelOne host', { exact: true }).last().click();
    const finder = subject(page, 'sentineloneResponseHostFinder');
    await finder.getByText(agent.id, { exact: true }).waitFor();
    expect(await finder.getByRole('button', { name: /^Choose the agent/ }).count()).toBe(1);
    await open.shoot('host_finder');
    await finder.getByRole('button', { name: `Choose the agent ${agent.id}` }).click();
    await subject(page, 'sentineloneResponseTakeAction').click();
    await subject(page, 'sentineloneResponseAction-isolate').click();
    await confirmAction(page, 'By its name');
    await subject(finder, 'sentineloneResponseStatus-isolated').first().waitFor();
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
    await page.keyboard.press('Escape');
    await finder.waitFor({ state: 'detached' });
  });

  it("opens the host of an agent's UUID in the alert's details", async () => {
    const agent = fleet().connected[0]!;
    const name = agent.computerName!;
    const open = await visit(alertsPath([name]));
    const { page } = open;
    await waitForAlerts(page);
    const row = await cellOf(page, name, 'expandColumn');
    await subject(row, 'expand-event').click();
    await page.getByRole('tab', { name: 'Table' }).click();
    // The field listens to keys.
    await page.getByPlaceholder(/Filter by field/i).pressSequentially('observer.serial_number');
    // Security shows the status of its own connector's agent in place of the UUID.
    const value = page
      .locator('tr', { hasText: /observer\.serial_number(?!:)/ })
      .locator('td')
      .last();
    await value.locator('.euiBadge').hover();
    await open.shoot('details_cell');
    const ours = page.getByRole('button', { name: 'Show SentinelOne host' }).first();
    const more = page.locator('[data-test-subj="showExtraActionsButton"]').first();
    await ours.or(more).first().waitFor();
    if ((await ours.count()) === 0) {
      await more.click();
      await page.getByText('Show SentinelOne host', { exact: true }).last().click();
    } else {
      await ours.click();
    }
    const flyout = subject(page, 'sentineloneResponseFlyout');
    await subject(flyout, 'sentineloneResponseStatus-connected').first().waitFor();
    await flyout.getByText(name, { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await flyout.waitFor({ state: 'detached' });
    // The alert's own flyout is still there.
    expect(await subject(page, 'take-action-dropdown-btn').isVisible()).toBe(true);
    expect(await target().simulator.writes()).toEqual([]);
  });
});
