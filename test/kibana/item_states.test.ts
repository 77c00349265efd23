import type { Page } from 'playwright-core';
import type { AlertHost } from '../helpers/alert_host';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import {
  alertsPath,
  openAlert,
  openMenu,
  ourItem,
  ourLabels,
  rowActions,
  subject,
  takeActionMenu,
  waitForAlerts,
  waitForItem,
} from '../helpers/security_page';

/** The item's tooltip, which says why it cannot be used. */
async function reasonOf(page: Page): Promise<string> {
  const item = ourItem(page);
  await item.waitFor();
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await item.focus();
  // It may say first that it is still asking.
  const tooltip = page
    .getByRole('tooltip')
    .filter({ hasNotText: /Checking the status of this host/ });
  await tooltip.first().waitFor();
  return tooltip.first().innerText();
}

async function closeAll(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await takeActionMenu(page).waitFor({ state: 'detached' });
}

inKibana('the item in the Take action menu', () => {
  const { target, fleet, visit, alertAbout } = kibanaSuite();
  afterEach(async () => {
    expect(await target().simulator.writes()).toEqual([]);
  });

  it('offers the action for the state of the host, or states why there is none', async () => {
    const { connected, isolated, offline, decommissioned, clones } = fleet();
    const unknown: AlertHost = { name: 'gone-1', uuid: 'ffffffffffffffffffffffffffffffff' };
    const nameless: AlertHost = { name: 'without-agent' };
    const cloned: AlertHost = { name: clones[0]!.computerName!, uuid: clones[0]!.uuid };
    for (const host of [unknown, nameless]) await alertAbout(host);
    const names = [connected, isolated, offline, decommissioned].map(
      (one) => one[0]!.computerName!
    );
    const open = await visit(alertsPath([...names, unknown.name, nameless.name, cloned.name]));
    const { page } = open;
    await waitForAlerts(page);
    const [connectedName, isolatedName, offlineName, decommissionedName] = names as [
      string,
      string,
      string,
      string,
    ];
    const label = async (name: string, text: string) => {
      await openAlert(page, name);
      await openMenu(page);
      await waitForItem(page, text);
      expect(await ourLabels(page)).toEqual([text, 'Scan host']);
      await closeAll(page);
    };
    await label(connectedName, 'Isolate host');
    await label(isolatedName, 'Release host');
    await label(offlineName, 'Isolate host');
    const reason = async (name: string) => {
      await openAlert(page, name);
      await openMenu(page);
      const text = await reasonOf(page);
      await open.shoot(`item_${name}`);
      await closeAll(page);
      return text;
    };
    expect(await reason(decommissionedName)).toMatch(/decommissioned/);
    expect(await reason(unknown.name)).toMatch(/No agent in SentinelOne has the UUID or id/);
    expect(await reason(nameless.name)).toMatch(/does not identify a SentinelOne agent/);
  });

  it('opens the flyout to choose a host if clones share the UUID', async () => {
    const { uuid } = fleet().clones[0]!;
    const clones = fleet().clones.filter((agent) => agent.uuid === uuid);
    const host: AlertHost = { name: 'cloned-host', uuid };
    await alertAbout(host);
    const open = await visit(alertsPath([host.name]));
    const { page } = open;
    await waitForAlerts(page);
    await openAlert(page, host.name);
    await openMenu(page);
    await waitForItem(page, 'Choose SentinelOne host…');
    expect(await ourLabels(page)).toEqual(['Choose SentinelOne host…']);
    await ourItem(page).click();
    const flyout = subject(page, 'sentineloneResponseFlyout');
    await flyout.getByText('Several agents share the UUID').first().waitFor();
    const buttons = subject(page, 'sentineloneResponseChooseAgent');
    await buttons.first().waitFor();
    const labels = await buttons.evaluateAll((all) =>
      all.map((one) => one.getAttribute('aria-label'))
    );
    expect(labels.sort()).toEqual(clones.map(({ id }) => `Choose the agent ${id}`).sort());
    await open.shoot('item_clones');
  });

  it('shows viewers which privilege they lack', async () => {
    const name = fleet().connected[0]!.computerName!;
    const open = await visit(alertsPath([name]), { user: 'viewer' });
    const { page } = open;
    await waitForAlerts(page);
    await openAlert(page, name);
    await openMenu(page);
    expect(await reasonOf(page)).toMatch(/You do not have the privilege to isolate hosts/);
    expect(await ourLabels(page)).toEqual(['Isolate host']);
    await open.shoot('item_viewer');
    // A click does nothing.
    await ourItem(page).click({ force: true });
    expect(await subject(page, 'sentineloneResponseFlyout').count()).toBe(0);
    // The row's flyout still shows the host.
    await closeAll(page);
    await page.keyboard.press('Escape');
    await subject(await rowActions(page, name), 'sentineloneResponseRowAction').click();
    await subject(page, 'sentineloneResponseStatus-connected').first().waitFor();
  });

  it('is absent for users without a privilege of the plugin', async () => {
    const name = fleet().connected[0]!.computerName!;
    const open = await visit(alertsPath([name]), { user: 'triager' });
    const { page, urls } = open;
    await waitForAlerts(page);
    expect(await subject(page, 'sentineloneResponseRowAction').count()).toBe(0);
    await openAlert(page, name);
    await subject(page, 'take-action-dropdown-btn').click();
    await subject(page, 'investigate-in-timeline-action-item').waitFor();
    expect(await subject(page, 'sentineloneResponseTakeActionItem').count()).toBe(0);
    const ours = urls.filter((url) => /sentinelone_?response/i.test(url));
    expect(ours.map((url) => url.split('/').pop())).toEqual(['sentineloneResponse.plugin.js']);
    expect(await target().simulator.calls()).toEqual([]);
  });

  it('contains SentinelOne in its label if Security has its own item', async () => {
    // Kibana's own connector for SentinelOne sends its token so.
    await target().simulator.reset({ acceptTokenInUrl: true });
    const name = fleet().connected[0]!.computerName!;
    const open = await visit(alertsPath([name]), { user: 'admin' });
    const { page } = open;
    await waitForAlerts(page);
    await openAlert(page, name);
    await openMenu(page);
    await waitForItem(page, 'Isolate host (SentinelOne Response)');
    await open.shoot('item_beside_another');
    expect(await subject(page, 'isolate-host-action-item').innerText()).toBe('Isolate host');
    expect(await ourLabels(page)).toEqual([
      'Isolate host (SentinelOne Response)',
      'Scan host (SentinelOne Response)',
    ]);
  });
});
