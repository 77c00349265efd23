import type { Page } from 'playwright-core';
import {
  alertOf,
  alertUrl,
  choose,
  confirm,
  flyout,
  menuItem,
  prepare,
  sendButton,
  takeAction,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';

/** From the alert to an isolated host and back, by mouse and by keyboard. */

const suite = browserSuite();

it('isolates a host from its alert and releases it again', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  await suite.open.shoot('alert_connected');
  await takeAction(page).click();
  await menuItem(page, 'Isolate host').waitFor();
  await suite.open.shoot('take_action', { inReadme: true });
  await menuItem(page, 'Isolate host').click();
  await page.getByRole('heading', { name: 'Isolate host', exact: true }).waitFor();
  await flyout(page).getByText(agent.computerName!).first().waitFor();
  await suite.open.shoot('isolate_step', { inReadme: true });
  await confirm(page, 'Ransomware on this machine');
  await waitForStatus(page, 'Isolated');
  await suite.open.shoot('isolated');
  expect(await suite.statusIn(agent.id)).toBe('disconnected');

  // Opened anew, it shows the same truth.
  await page.reload({ waitUntil: 'domcontentloaded' });
  await waitForStatus(page, 'Isolated');
  await choose(page, 'Release host');
  await confirm(page, 'Cleaned');
  await waitForStatus(page, 'Connected');
  expect(await suite.statusIn(agent.id)).toBe('connected');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id], [agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});

it('keeps the isolation of an offline host pending, with the reason, until it is back', async () => {
  const agent = suite.fleet.offline[0]!;
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Offline');
  await choose(page, 'Isolate host');
  await confirm(page, 'Offline host');
  await waitForStatus(page, 'Isolation pending (offline)');
  await flyout(page)
    .getByText(/offline/i)
    .first()
    .waitFor();
  await suite.open.shoot('isolating_offline');
  await suite.target.simulator.setAgent(agent.id, { isActive: true });
  await waitForStatus(page, 'Isolated');
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
});

it('sends one action for a double click', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await choose(page, 'Isolate host');
  await page.getByLabel('Comment', { exact: false }).fill('Double click');
  await sendButton(page).dblclick();
  await waitForStatus(page, 'Isolated');
  expect(await suite.target.simulator.writes()).toHaveLength(1);
});

it('does everything by keyboard alone', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
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
  const button = sendButton(page);
  for (let n = 0; n < 6; n++) {
    if (await button.evaluate((field) => field === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'Isolated');
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
});

it('requires a comment, and Cancel sends nothing', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await choose(page, 'Isolate host');
  await sendButton(page).click();
  await suite.open.shoot('comment_required');
  expect(await suite.target.simulator.writes()).toEqual([]);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await takeAction(page).waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});

describe('an alert that is rewritten while the step is open', () => {
  /** The user switches to another tab for a while, so that the data of the alert is old. */
  async function lookAway(page: Page): Promise<void> {
    await page.clock.fastForward(31_000);
    await page.evaluate(() => {
      for (const state of ['hidden', 'visible']) {
        Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
        window.dispatchEvent(new Event('visibilitychange'));
      }
    });
  }

  it('stops the step, shows the change, and sends nothing', async () => {
    const [agent, other] = [suite.nextConnected(), suite.nextConnected()];
    const alertId = await alertOf(suite.target, agent);
    const page = await suite.visit(alertUrl(alertId));
    await page.clock.install();
    await waitForStatus(page, 'Connected');
    await prepare(page, 'Isolate host', 'Ransomware on this machine');
    expect(await sendButton(page).textContent()).toContain(`Isolate ${agent.computerName}`);
    const { computerName: name, uuid, id } = other;
    const restore = await suite.target.renameAlertHost(alertId, { name: name!, uuid, id });
    try {
      await lookAway(page);
      await flyout(page).getByText('The host has changed since you opened this step').waitFor();
      await flyout(page)
        .getByText(new RegExp(`before: ${agent.computerName}.*${name}`))
        .waitFor();
      expect(await sendButton(page).count()).toBe(0);
      expect(await page.getByLabel('Comment', { exact: false }).count()).toBe(0);
      await suite.open.shoot('step_stopped');
      // Started anew, it is about the other host, and asks why again.
      await flyout(page).getByRole('button', { name: 'Back to the host' }).click();
      await choose(page, 'Isolate host');
      expect(await page.getByLabel('Comment', { exact: false }).inputValue()).toBe('');
      expect(await suite.target.simulator.writes()).toEqual([]);
    } finally {
      await restore();
    }
  });

  it('and is not read again meanwhile: the host that was shown is isolated', async () => {
    const [agent, other] = [suite.nextConnected(), suite.nextConnected()];
    const alertId = await alertOf(suite.target, agent);
    const page = await suite.visit(alertUrl(alertId));
    await waitForStatus(page, 'Connected');
    await prepare(page, 'Isolate host', 'Ransomware on this machine');
    const { computerName: name, uuid, id } = other;
    const restore = await suite.target.renameAlertHost(alertId, { name: name!, uuid, id });
    try {
      await sendButton(page).click();
      await flyout(page)
        .getByText(`${agent.computerName} is isolated from the network`)
        .first()
        .waitFor();
      expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
    } finally {
      await restore();
    }
  });
});
