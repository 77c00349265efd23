import type { Page } from 'playwright-core';
import { violationsIn } from '../helpers/accessibility';
import { alertText } from '../helpers/alert_documents';
import {
  alertOf,
  alertUrl,
  APP,
  choose,
  confirm,
  flyout,
  sendButton,
  takeAction,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy } from '../helpers/hosts';
import { subject } from '../helpers/security_page';
import type { AddedAlerts } from '../helpers/target';

/** axe finds nothing on any page or flyout, in any step, in light and dark. */

const isWorkbench = process.env.KIBANA_URL === undefined;

const suite = browserSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

/** In an official Kibana only what is ours is looked at. */
const OWN_PAGE = ['.euiPageTemplate'];
const OWN_FLYOUT = ['[data-test-subj^="sentineloneResponse"][role="dialog"]'];
const OWN_FORM = ['[data-test-subj^="sentineloneResponse"]'];

type Found = Record<string, readonly string[]>;

/** Looks at what is shown now, and notes what axe finds under this name. */
const lookedAt =
  (page: Page, found: Found) =>
  async (name: string, own: readonly string[]): Promise<void> => {
    const violations = await violationsIn(page, isWorkbench ? undefined : own);
    if (violations.length > 0) found[name] = violations;
  };

const goTo = (page: Page, path: string) =>
  page.goto(`${suite.target.url}${path}`, { waitUntil: 'domcontentloaded' });

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const dark = theme === 'dark';

  it('nothing is found on the pages', async () => {
    const found: Found = {};
    const page = await suite.visit(APP, { user: 'admin', dark });
    const look = lookedAt(page, found);
    await page.getByText('Connected', { exact: true }).first().waitFor();
    await look('alerts', OWN_PAGE);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('switch', { name: 'Risk score' }).waitFor();
    await look('columns of the alerts', OWN_PAGE);

    await goTo(page, `${APP}/setup`);
    await subject(page, 'sentineloneResponseStep-connector')
      .getByText('Done', { exact: true })
      .waitFor();
    await page.getByRole('region', { name: 'Test with a host of your choice' }).waitFor();
    await look('set up', OWN_PAGE);

    await goTo(page, `${APP}/settings`);
    await page.getByRole('button', { name: 'Add pattern' }).click();
    await page.getByRole('button', { name: 'Save protection settings' }).click();
    await page.getByText('Enter a pattern, or remove this row').waitFor();
    await look('settings with an error', OWN_PAGE);
    await page.getByLabel('Pattern 1', { exact: true }).fill('*');
    await page.getByRole('button', { name: 'Preview matching hosts' }).click();
    await page.getByText(/Matches \d+ hosts/).waitFor();
    await look('settings with a preview', OWN_PAGE);
    expect(found).toEqual({});
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('nothing is found in the steps from an alert to the history of its action', async () => {
    const found: Found = {};
    const agent = suite.nextConnected();
    const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), {
      user: 'admin',
      dark,
    });
    const look = lookedAt(page, found);
    await waitForStatus(page, 'Connected');
    await look('alert', OWN_FLYOUT);
    await takeAction(page).click();
    await subject(page, 'sentineloneResponseAction-isolate').waitFor();
    await look('menu', OWN_FLYOUT);
    await page.keyboard.press('Escape');
    await choose(page, 'Isolate host');
    await look('step', OWN_FLYOUT);
    await sendButton(page).click();
    await look('step without a comment', OWN_FLYOUT);
    await suite.target.simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      fault: { kind: 'status', status: 403 },
    });
    await confirm(page, 'Ransomware on this machine');
    await page.getByText('The host was not isolated').first().waitFor();
    await look('step that failed', OWN_FLYOUT);
    await page.getByRole('button', { name: /^Try again to isolate / }).click();
    await waitForStatus(page, 'Isolated');
    await look('result', OWN_FLYOUT);

    await goTo(page, `${APP}/history`);
    const rows = subject(page, 'sentineloneResponseActionRow');
    await rows.nth(1).waitFor();
    await look('history', OWN_PAGE);
    await rows
      .first()
      .getByRole('button', { name: /^Show details/ })
      .click();
    await page.getByRole('table', { name: 'Hosts of the action' }).first().waitFor();
    await look('details in the history', OWN_PAGE);
    expect(found).toEqual({});
    expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
  });

  it('nothing is found where one host is chosen among several', async () => {
    const found: Found = {};
    const [a, b] = suite.fleet.connected;
    await suite.target.simulator.setAgent(b!.id, { computerName: a!.computerName! });
    added = await suite.target.addAlerts([
      alertText(
        'Only a name',
        `"event.module":"sentinel_one","host":{"name":"${a!.computerName}"}`
      ),
      alertText(
        'Several hosts',
        `"event.dataset":"sentinel_one.alert","observer":{"serial_number":["${a!.uuid}","${b!.uuid}"]}`
      ),
    ]);
    const page = await suite.visit(alertUrl(added.ids[0]!), { user: 'admin', dark });
    const look = lookedAt(page, found);
    await flyout(page).getByRole('button', { name: 'Find hosts of this name' }).click();
    await flyout(page)
      .getByRole('button', { name: `Choose the agent ${b!.id}` })
      .waitFor();
    await look('hosts of a name', OWN_FLYOUT);
    await goTo(page, alertUrl(added.ids[1]!));
    await flyout(page).getByRole('radio').nth(1).waitFor();
    await look('hosts of an alert', OWN_FLYOUT);
    await takeAction(page).click();
    await page.getByRole('button', { name: /^Isolate host/ }).hover();
    await page.getByRole('tooltip').waitFor();
    await look('disabled item', OWN_FLYOUT);
    expect(found).toEqual({});
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  it('nothing is found in the forms of the connector', async () => {
    const found: Found = {};
    const page = await suite.visit(`${APP}/setup`, { user: 'admin', dark });
    const look = lookedAt(page, found);
    await page.getByText('The connector of this space is').getByRole('button').click();
    await page.getByLabel('Tenant URL').waitFor();
    await look('form', OWN_FORM);
    await subject(page, 'testConnectorTab').click();
    await page.getByText(/If a check fails, the test fails and says which/).waitFor();
    await look('test', OWN_FORM);
    expect(found).toEqual({});
    expect(await suite.target.simulator.writes()).toEqual([]);
  });

  // In an official Kibana the flyout opens from Security's own table: test/kibana/alerts_table.test.ts.
  (isWorkbench ? it : it.skip)('nothing is found in the flyout for several alerts', async () => {
    const found: Found = {};
    const page = await suite.visit('/app/security/alerts', { user: 'admin', dark });
    const look = lookedAt(page, found);
    const bulk = subject(page, 'sentineloneResponseBulkFlyout');
    const boxes = subject(page, 'bulk-actions-row-cell');
    await boxes.nth(1).waitFor();
    for (const n of [0, 1, 2, 3]) await boxes.nth(n).check();
    await subject(page, 'selectedShowBulkActionsButton').click();
    await subject(page, 'sentineloneResponseBulk-isolate').click();
    await subject(bulk, 'sentineloneResponseBulkRow').nth(1).waitFor();
    await look('hosts', OWN_FLYOUT);
    await subject(bulk, 'sentineloneResponseComment').fill('Ransomware in the rack');
    await subject(page, 'sentineloneResponseBulkConfirm').click();
    await subject(bulk, 'sentineloneResponseBulkResult').waitFor();
    await subject(bulk, 'sentineloneResponseStatus-isolated').first().waitFor();
    await look('result', OWN_FLYOUT);
    expect(found).toEqual({});
    expect(affectedBy(await suite.target.simulator.writes()).length).toBeGreaterThan(0);
  });
});
