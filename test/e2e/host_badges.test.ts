import type { Page } from 'playwright-core';
import { alertText, DOCUMENTS } from '../helpers/alert_documents';
import { alertUrl, APP, choose, flyout, menuItem, takeAction } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { hasPrecondition } from '../helpers/contract_suite';
import type { SimulatedAgent } from '../helpers/hosts';
import { focusByKeyboard, moveTo } from '../helpers/page';
import type { AddedAlerts } from '../helpers/target';

/** What the user should know about a host is in the table and in the flyout, before a step is opened. */

const SETTINGS = '/api/sentinelone_response/settings';

const suite = browserSuite();
const undo: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

async function addAlert(agent: SimulatedAgent, computerName = agent.computerName): Promise<string> {
  const fields = DOCUMENTS['sentinel_one.threat']!({ ...agent, computerName });
  const added: AddedAlerts = await suite.target.addAlerts([alertText('Badges', fields)]);
  undo.push(() => added.remove());
  return added.ids[0]!;
}

/** Protects one host; the other settings stay. */
async function protect(agent: SimulatedAgent): Promise<void> {
  const { json: before } = await suite.target.request('admin', 'GET', SETTINGS);
  const put = (body: unknown) => suite.target.request('admin', 'PUT', SETTINGS, { body });
  undo.push(() => put(before));
  const protectedHosts = [{ field: 'agentId', pattern: agent.id }];
  expect((await put({ ...before, protectedHosts })).status).toBe(200);
}

/** An isolated host for which no isolation is recorded. */
async function isolatedOutside(): Promise<SimulatedAgent | undefined> {
  const { isolated } = suite.fleet;
  const path = '/internal/sentinelone_response/hosts/_status';
  const body = { agents: isolated.map(({ id }) => ({ agentId: id })) };
  const { json } = await suite.target.request('admin', 'POST', path, { body });
  return isolated.find((_, n) => json.hosts[n].agent.isIsolatedOutside === true);
}

type Badge = 'protected' | 'differs' | 'outside';
const badgeIn = (place: ReturnType<Page['locator']>, badge: Badge) =>
  place.locator(`[data-test-subj="sentineloneResponseHostBadge-${badge}"]`);

/** Checks the badge and its explanation in the table and in the flyout of the alert. */
async function expectBadge(
  page: Page,
  { alertId, name, badge, text }: { alertId: string; name: string; badge: Badge; text: RegExp }
): Promise<void> {
  await moveTo(page, APP);
  const row = page
    .locator('[data-test-subj="sentineloneResponseAlertRow"]')
    .filter({ hasText: 'Badges' })
    .filter({ hasText: name })
    .first();
  await badgeIn(row, badge).waitFor();
  await moveTo(page, alertUrl(alertId));
  await badgeIn(flyout(page), badge).waitFor();
  await focusByKeyboard(badgeIn(flyout(page), badge));
  await page.getByRole('tooltip').filter({ hasText: text }).waitFor();
  await suite.open.shoot(`badge_${badge}`);
}

it('shows a protected host, another name and an isolation from outside before a step is opened', async () => {
  const [guarded, renamed] = suite.fleet.connected;
  const outside = await isolatedOutside();
  await protect(guarded!);
  const protectedAlert = await addAlert(guarded!);
  const renamedAlert = await addAlert(renamed!, 'named-otherwise');
  const outsideAlert = outside && (await addAlert(outside));
  const page = await suite.visit(APP);

  await expectBadge(page, {
    alertId: protectedAlert,
    name: guarded!.computerName!,
    badge: 'protected',
    text: /^Protected host \(agent id matches /,
  });
  // Without the privilege to override, the item is disabled with the reason.
  await takeAction(page).click();
  const item = menuItem(page, /^Isolate host/);
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await item.hover();
  await page
    .getByRole('tooltip')
    .filter({ hasText: /Isolate protected hosts/ })
    .waitFor();
  await page.keyboard.press('Escape');

  await expectBadge(page, {
    alertId: renamedAlert,
    name: 'named-otherwise',
    badge: 'differs',
    text: new RegExp(renamed!.computerName!),
  });
  await choose(page, 'Isolate host');
  const send = { name: `Isolate ${renamed!.computerName}`, exact: true };
  await page.getByRole('button', send).waitFor();

  const what = 'host that was isolated elsewhere';
  if (hasPrecondition(suite.target, what, outsideAlert !== undefined)) {
    await expectBadge(page, {
      alertId: outsideAlert!,
      name: outside!.computerName!,
      badge: 'outside',
      text: /^Another user isolated this host/,
    });
    await takeAction(page).click();
    await menuItem(page, 'Release host').waitFor();
  }
  expect(await suite.target.simulator.writes()).toEqual([]);
});
