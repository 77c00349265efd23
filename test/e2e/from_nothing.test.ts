import type { Locator, Page } from 'playwright-core';
import { APP } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { idsOf } from '../helpers/hosts';
import { TOKEN } from '../helpers/target';

/**
 * From an empty Kibana to the first isolated and released host, as an administrator would do it who knows
 * nothing but what the pages say. An official Kibana under test has a connector already.
 */
const inWorkbench = process.env.KIBANA_URL === undefined ? it : it.skip;

/** How the administrator uses the page. */
interface Hand {
  press(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
}

const isChoice = (target: Locator): Promise<boolean> =>
  target.evaluate(
    (element) => element instanceof HTMLInputElement && ['checkbox', 'radio'].includes(element.type)
  );

const mouseOf = (page: Page): Hand => ({
  async press(target) {
    // EUI draws its own boxes over these fields; a user clicks on the label.
    if (await isChoice(target)) {
      await page.locator(`label[for="${await target.getAttribute('id')}"]`).click();
    } else await target.click();
  },
  type: async (target, text) => {
    await target.click();
    await target.fill(text);
  },
});

/** Moves the focus forward with Tab until it is on the target: what Tab does not reach fails the test. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let n = 0; n < 150; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}`);
}

const keyboardOf = (page: Page): Hand => ({
  async press(target) {
    await tabTo(page, target);
    await page.keyboard.press((await isChoice(target)) ? 'Space' : 'Enter');
  },
  async type(target, text) {
    await tabTo(page, target);
    await page.keyboard.insertText(text);
  },
});

describe.each(['mouse', 'keyboard'])('by %s', (device) => {
  const suite = browserSuite({ bare: true, tasks: true });

  inWorkbench('leads from an empty Kibana to a host that was isolated and released', async () => {
    const page = await suite.visit(`${APP}/`, { user: 'admin' });
    const hand = device === 'mouse' ? mouseOf(page) : keyboardOf(page);
    const simulatorUrl = suite.target.simulator.url;
    const button = (name: string, within: Page | Locator = page) =>
      within.getByRole('button', { name, exact: true });
    const state = (step: string, text: string) =>
      page
        .locator(`[data-test-subj="sentineloneResponseStep-${step}"]`)
        .getByText(text, { exact: true })
        .waitFor();

    // The first page links to Set up, which lists what is missing.
    await hand.press(page.getByRole('link', { name: 'Open Set up' }).first());
    await state('connector', 'Action required');
    await hand.press(button('Create connector'));
    const flyout = page.getByRole('dialog');
    await hand.type(flyout.getByLabel('Connector name'), 'SentinelOne');
    await hand.type(flyout.getByLabel('Tenant URL'), simulatorUrl);
    await hand.type(flyout.getByLabel('API token'), TOKEN);
    await hand.press(button('Save', flyout));
    await state('connector', 'Done');
    await state('tokens', 'Done');

    await hand.press(button('Create rule'));
    await state('rule', 'Done');
    await state('try', 'Not proven yet');

    // No alert has come, and none is needed.
    const [host] = suite.fleet.connected;
    const test = page.getByRole('region', { name: 'Test with a host of your choice' });
    await hand.type(test.getByLabel('Host name'), host!.computerName!);
    await hand.press(button('Find host', test));
    await hand.press(test.getByLabel(new RegExp(`agent id ${host!.id}`)));
    await hand.press(test.getByLabel(/can lose its network connection/));
    await hand.press(button(`Isolate and release ${host!.computerName}`, test));
    await test
      .getByText(`${host!.computerName} was isolated and released.`, { exact: false })
      .waitFor({ timeout: 60_000 });
    await state('try', 'Done');
    await suite.open.shoot(`from_nothing_by_${device}`);

    const writes = await suite.target.simulator.writes();
    expect(writes.map(({ path }) => path.split('/').pop())).toEqual(['disconnect', 'connect']);
    expect(writes.map((write) => idsOf(write))).toEqual([[host!.id], [host!.id]]);
    expect(await suite.statusIn(host!.id)).toBe('connected');
  });
});
