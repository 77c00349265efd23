import type { Browser } from 'playwright-core';
import {
  alertOf,
  alertUrl,
  APP,
  choose,
  confirm,
  flyout,
  menuItem,
  takeAction,
  waitForStatus,
} from '../support/alert_page';
import { launchBrowser } from '../support/browser';
import { affectedBy, fleetOf, idsOf, type Fleet } from '../support/hosts';
import { openPage, type OpenPage, type PageOptions } from '../support/page';
import type { Fault } from '../simulator/client';
import { openTarget, TOKEN, type Target } from '../support/target';

jest.setTimeout(120_000);

let target: Target;
let browser: Browser;
let fleet: Fleet;
let open: OpenPage | undefined;
let turn = 0;
/**
 * Another host for every test: for two seconds Kibana shares what it last read of a host, and a test must
 * not be shown what the one before it did. The first of the fleet are hosts that do as they are told and
 * are called the same in alerts.
 */
const PLAIN_HOSTS = 5;
const nextConnected = () => fleet.connected[turn++ % PLAIN_HOSTS]!;
beforeAll(async () => {
  [target, browser] = await Promise.all([openTarget(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await target?.close();
});
beforeEach(async () => {
  await target.simulator.clearFaults();
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
});
afterEach(async () => {
  const errors = open?.errors ?? [];
  const urls = open?.urls ?? [];
  await open?.close();
  open = undefined;
  expect(errors).toEqual([]);
  expect(urls.filter((url) => url.includes(TOKEN))).toEqual([]);
});

async function visit(path: string, options?: PageOptions) {
  open = await openPage(browser, target, path, options);
  return open.page;
}
const statusIn = async (id: string) => (await target.simulator.agent(id)).networkStatus;

it('isolates a host from its alert and releases it again', async () => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await waitForStatus(page, 'Connected');
  await open!.shoot('alert_connected');
  await takeAction(page).click();
  await menuItem(page, 'Isolate host').waitFor();
  await open!.shoot('take_action', { inReadme: true });
  await menuItem(page, 'Isolate host').click();
  await page.getByRole('heading', { name: 'Isolate host', exact: true }).waitFor();
  await flyout(page).getByText(agent.computerName!).first().waitFor();
  await open!.shoot('isolate_step', { inReadme: true });
  await confirm(page, 'Ransomware on this machine');
  await waitForStatus(page, 'Isolated');
  await open!.shoot('isolated');
  expect(await statusIn(agent.id)).toBe('disconnected');

  // Opened anew, it shows the same truth.
  await page.reload({ waitUntil: 'domcontentloaded' });
  await waitForStatus(page, 'Isolated');
  await choose(page, 'Release host');
  await confirm(page, 'Cleaned');
  await waitForStatus(page, 'Connected');
  expect(await statusIn(agent.id)).toBe('connected');
  const writes = await target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id], [agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});

it('keeps an offline host isolating, with the reason, until it is back', async () => {
  const agent = fleet.offline[0]!;
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await waitForStatus(page, 'Offline');
  await choose(page, 'Isolate host');
  await confirm(page, 'Offline host');
  await waitForStatus(page, 'Isolating…');
  await flyout(page)
    .getByText(/offline/i)
    .first()
    .waitFor();
  await open!.shoot('isolating_offline');
  await target.simulator.setAgent(agent.id, { isActive: true });
  await waitForStatus(page, 'Isolated');
  expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
});

it('sends one action for a double click', async () => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await choose(page, 'Isolate host');
  await page.getByLabel('Comment', { exact: false }).fill('Double click');
  await page.getByRole('button', { name: 'Confirm', exact: true }).dblclick();
  await waitForStatus(page, 'Isolated');
  expect(await target.simulator.writes()).toHaveLength(1);
});

it('does everything by keyboard alone', async () => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await waitForStatus(page, 'Connected');
  await takeAction(page).focus();
  await page.keyboard.press('Enter');
  await menuItem(page, 'Isolate host').waitFor();
  for (let n = 0; n < 6; n++) {
    if (await menuItem(page, 'Isolate host').evaluate((item) => item === document.activeElement))
      break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Isolate host', exact: true }).waitFor();
  const comment = page.getByLabel('Comment', { exact: false });
  for (let n = 0; n < 12; n++) {
    if (await comment.evaluate((field) => field === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('By keyboard');
  const button = page.getByRole('button', { name: 'Confirm', exact: true });
  for (let n = 0; n < 6; n++) {
    if (await button.evaluate((field) => field === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'Isolated');
  expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
});

it('asks for a comment, and Cancel sends nothing', async () => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await choose(page, 'Isolate host');
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await open!.shoot('comment_required');
  expect(await target.simulator.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await takeAction(page).waitFor();
  expect(await target.simulator.writes()).toEqual([]);
});

it('shows a viewer what he may not do, and why', async () => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)), { user: 'viewer' });
  await waitForStatus(page, 'Connected');
  await takeAction(page).click();
  const item = menuItem(page, 'Isolate host');
  await item.waitFor();
  expect(
    await item.evaluate(
      (one) => (one as HTMLButtonElement).disabled || one.getAttribute('aria-disabled') === 'true'
    )
  ).toBe(true);
  await item.hover({ force: true });
  await page
    .getByText(/privilege/i)
    .first()
    .waitFor();
  await open!.shoot('viewer_disabled');
  expect(await target.simulator.writes()).toEqual([]);
});

it.each([
  ['a decommissioned agent', () => fleet.decommissioned[0]!, /decommissioned/i],
  ['an uninstalled agent', () => fleet.uninstalled[0]!, /uninstalled/i],
])('disables the item for %s and says why', async (_, agent, reason) => {
  const page = await visit(alertUrl(await alertOf(target, agent())));
  await takeAction(page).click();
  const item = page.getByRole('button', { name: /^(Isolate|Release) host$/ }).first();
  await item.waitFor();
  await item.hover({ force: true });
  await page.getByText(reason).first().waitFor();
  expect(await target.simulator.writes()).toEqual([]);
});

it.each<[string, Fault, number, RegExp]>([
  ['unauthorized', { kind: 'status', status: 401 }, 1, /token/i],
  ['forbidden', { kind: 'status', status: 403 }, 1, /Endpoints\.disconnectFromNetwork/],
  ['throttled', { kind: 'throttle', retryAfter: 0 }, 3, /throttl|too many|patience|busy|slow/i],
  ['unreachable', { kind: 'resetBefore' }, 1, /reach|answer/i],
  ['not_affected', { kind: 'affected0' }, 1, /did not|not affect|nothing/i],
  ['unexpected_answer', { kind: 'status', status: 400 }, 1, /unexpected|understand|400/i],
])('says what went wrong (%s) and lets it be tried again', async (reason, fault, times, text) => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)));
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await target.simulator.addFaults({
    method: 'POST',
    path: '/agents/actions/disconnect',
    count: times,
    fault,
  });
  await confirm(page, 'Fault');
  await flyout(page).getByText(text).first().waitFor();
  await open!.shoot(`failed_${reason}`);
  expect(affectedBy(await target.simulator.writes())).toEqual([]);
  await flyout(page).getByRole('button', { name: 'Try again' }).click();
  await waitForStatus(page, 'Isolated');
  expect(affectedBy(await target.simulator.writes())).toEqual([agent.id]);
});

it('lists alerts with live status, searches, and opens one', async () => {
  const page = await visit(APP);
  const table = page.getByRole('table').first();
  await table.getByText('Connected', { exact: true }).first().waitFor();
  await open!.shoot('alerts', { inReadme: true });
  const agent = nextConnected();
  await page
    .getByRole('searchbox', { name: 'Search rule, host or reason' })
    .fill(agent.computerName!);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=/);
  await table.getByText(agent.computerName!).first().waitFor();
  await open!.shoot('alerts_search');
});

it.each([
  ['dark', 1280],
  ['light', 700],
  ['dark', 700],
] as const)('is legible in %s at %i pixels', async (theme, width) => {
  const agent = nextConnected();
  const page = await visit(alertUrl(await alertOf(target, agent)), {
    width,
    dark: theme === 'dark',
  });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await open!.shoot(`isolate_step_${theme}_${width}`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth
  );
  expect(overflow).toBeLessThanOrEqual(1);
});
