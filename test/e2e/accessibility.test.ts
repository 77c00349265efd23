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
  menuItem,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, type SimulatedAgent } from '../helpers/hosts';
import { moveTo } from '../helpers/page';
import { isolateSelected, SELECTION_PAGE, selectionBoxes, subject } from '../helpers/security_page';
import type { AddedAlerts } from '../helpers/target';
import { untilIs } from '../helpers/until';

/**
 * axe finds nothing on any page or flyout, in any step, in light and dark. Each theme is one walk through one
 * browser page: loading Kibana's page anew for each view would take most of the time.
 */

const isWorkbench = process.env.KIBANA_URL === undefined;

const suite = browserSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

/** Only the plugin's own elements are checked in an official Kibana. */
const OWN_PAGE = ['.euiPageTemplate'];
const OWN_FLYOUT = ['[data-test-subj^="sentineloneResponse"][role="dialog"]'];
const OWN_FORM = ['[data-test-subj^="sentineloneResponse"]'];

const ISOLATE_ROUTE = '**/internal/sentinelone_response/hosts/_isolate';

/** Violations by the name of the view. */
type Found = Record<string, readonly string[]>;
/** Checks what the page shows now. */
type Check = (name: string, own: readonly string[]) => Promise<void>;

const checkOf =
  (page: Page, found: Found, onlyColors: boolean): Check =>
  async (name, own) => {
    const violations = await violationsIn(page, isWorkbench ? undefined : own, { onlyColors });
    if (violations.length > 0) found[name] = violations;
  };

async function checkAlertsSetupAndSettings(page: Page, check: Check): Promise<void> {
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await check('alerts', OWN_PAGE);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('switch', { name: 'Risk score' }).waitFor();
  await check('columns of the alerts', OWN_PAGE);
  await page.keyboard.press('Escape');
  await page
    .getByRole('checkbox', { name: /^Select SentinelOne/ })
    .first()
    .focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Clear selection' }).waitFor();
  await page.getByRole('button', { name: 'Severity' }).first().click();
  await page.getByRole('checkbox', { name: 'Critical' }).waitFor();
  await check('selected alerts and the filter by severity', OWN_PAGE);
  await page.keyboard.press('Escape');

  await moveTo(page, `${APP}/hosts`);
  const hostRows = subject(page, 'sentineloneResponseHostRow');
  await hostRows.first().waitFor();
  await hostRows.first().getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.getByText('1 host selected.').waitFor();
  await check('isolated hosts', OWN_PAGE);
  await moveTo(page, `${APP}/hosts?view=all`);
  await page.getByRole('button', { name: 'Next page' }).waitFor();
  await hostRows.first().waitFor();
  await check('all hosts', OWN_PAGE);
  await hostRows.first().getByRole('link').click();
  await flyout(page).getByRole('region', { name: 'Alerts of the last 30 days' }).waitFor();
  await flyout(page).getByRole('button', { name: 'Take action' }).waitFor();
  await check('host flyout', OWN_FLYOUT);
  await page.keyboard.press('Escape');

  await moveTo(page, `${APP}/settings`);
  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByRole('button', { name: 'Save protection settings' }).click();
  await page.getByText('Enter a pattern, or remove this row').waitFor();
  await check('settings with an error', OWN_PAGE);
  await page.getByLabel('Pattern 1', { exact: true }).fill('*');
  await page.getByRole('button', { name: 'Preview matching hosts' }).click();
  await page.getByText(/Matches \d+ hosts/).waitFor();
  await check('settings with a preview', OWN_PAGE);
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await page.getByLabel('Pattern 1', { exact: true }).waitFor({ state: 'detached' });

  await moveTo(page, `${APP}/setup`);
  await subject(page, 'sentineloneResponseStep-connector')
    .getByText('Done', { exact: true })
    .waitFor();
  await page.getByRole('region', { name: 'Test with a host of your choice' }).waitFor();
  await check('set up', OWN_PAGE);
  await page.getByText('The connector of this space:').getByRole('button').click();
  // Kibana shows no form for a connector of kibana.yml.
  if (!suite.target.isPreconfigured) {
    await page.getByLabel('Tenant URL').waitFor();
    await check('connector form', OWN_FORM);
  }
  await subject(page, 'testConnectorTab').click();
  await page.getByText(/If a check fails, the result names it/).waitFor();
  await check('connector test', OWN_FORM);
  await page.keyboard.press('Escape');
  expect(await suite.target.simulator.writes()).toEqual([]);
}

/** Stack Management's own flyout, which creates a connector. */
async function checkNewConnector(page: Page, check: Check): Promise<void> {
  await moveTo(page, '/app/management/insightsAndAlerting/triggersActionsConnectors');
  await subject(page, 'createActionButton').click();
  await check('types of connectors', OWN_FORM);
  await subject(page, 'sentinelone-response-card').click();
  await page.getByLabel('Tenant URL').fill('not a URL');
  await page.locator('input[aria-invalid="true"]').waitFor();
  await check('new connector with an error', OWN_FORM);
  await page.keyboard.press('Escape');
}

/** Two hosts of one name, and an alert that names two hosts. Sends nothing. */
async function checkHostChoice(page: Page, check: Check): Promise<void> {
  const [a, b] = suite.fleet.connected.slice(-2);
  await suite.target.simulator.setAgent(b!.id, { computerName: a!.computerName! });
  added = await suite.target.addAlerts([
    alertText('Only a name', `"event.module":"sentinel_one","host":{"name":"${a!.computerName}"}`),
    alertText(
      'Several hosts',
      `"event.dataset":"sentinel_one.alert","observer":{"serial_number":["${a!.uuid}","${b!.uuid}"]}`
    ),
  ]);
  await moveTo(page, alertUrl(added.ids[0]!));
  await flyout(page).getByRole('button', { name: 'Find hosts of this name' }).click();
  await flyout(page)
    .getByRole('button', { name: `Choose the agent ${b!.id}` })
    .waitFor();
  await check('hosts of a name', OWN_FLYOUT);
  await moveTo(page, alertUrl(added.ids[1]!));
  await flyout(page).getByRole('radio').nth(1).waitFor();
  await check('hosts of an alert', OWN_FLYOUT);
  await takeAction(page).click();
  await menuItem(page, /^Isolate host/).hover();
  await page.getByRole('tooltip').waitFor();
  await check('disabled item', OWN_FLYOUT);
  expect(await suite.target.simulator.writes()).toEqual([]);
  await suite.target.simulator.setAgent(b!.id, { computerName: b!.computerName! });
  await added.remove();
}

/** The flyout for several alerts, as the workbench's pages open it, and its result. */
async function checkBulkAction(page: Page, check: Check): Promise<void> {
  await moveTo(page, SELECTION_PAGE);
  const bulk = subject(page, 'sentineloneResponseBulkFlyout');
  const boxes = selectionBoxes(page);
  await boxes.nth(3).waitFor();
  for (const n of [0, 1, 2, 3]) await boxes.nth(n).check();
  await isolateSelected(page);
  await subject(bulk, 'sentineloneResponseBulkRow').nth(1).waitFor();
  await check('several hosts', OWN_FLYOUT);
  await subject(bulk, 'sentineloneResponseComment').fill('Ransomware in the rack');
  await subject(page, 'sentineloneResponseBulkConfirm').click();
  await subject(bulk, 'sentineloneResponseBulkResult').waitFor();
  await subject(bulk, 'sentineloneResponseStatus-isolated').first().waitFor();
  await check('result for several hosts', OWN_FLYOUT);
  expect(affectedBy(await suite.target.simulator.writes()).length).toBeGreaterThan(0);
}

/** From an alert to the history of its action, which fails once. */
async function checkAction(page: Page, check: Check): Promise<void> {
  const isolated = affectedBy(await suite.target.simulator.writes());
  const agent = suite.fleet.connected.find(({ id }) => !isolated.includes(id))!;
  await suite.target.simulator.clearCalls();
  await moveTo(page, alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  await check('alert', OWN_FLYOUT);
  await takeAction(page).click();
  await subject(page, 'sentineloneResponseAction-isolate').waitFor();
  await check('menu', OWN_FLYOUT);
  await page.keyboard.press('Escape');
  await choose(page, 'Isolate host');
  await check('step', OWN_FLYOUT);
  await sendButton(page).click();
  await check('step without a comment', OWN_FLYOUT);
  await suite.target.simulator.addFaults({
    method: 'POST',
    path: '/agents/actions/disconnect',
    fault: { kind: 'status', status: 403 },
  });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(ISOLATE_ROUTE, async (route) => {
    await held;
    await route.continue();
  });
  await confirm(page, 'Ransomware on this machine');
  await sendButton(page).and(page.locator('[aria-disabled="true"]')).waitFor();
  await check('step that sends', OWN_FLYOUT);
  release();
  await page.getByText('The host was not isolated').first().waitFor();
  await page.unroute(ISOLATE_ROUTE);
  await check('step that failed', OWN_FLYOUT);
  await page.getByRole('button', { name: /^Try again to isolate / }).click();
  await waitForStatus(page, 'Isolated');
  await check('result', OWN_FLYOUT);

  await moveTo(page, `${APP}/history`);
  const rows = subject(page, 'sentineloneResponseActionRow');
  await rows.nth(1).waitFor();
  await check('history', OWN_PAGE);
  await rows
    .first()
    .getByRole('button', { name: /^Show details/ })
    .click();
  await page.getByRole('table', { name: 'Hosts of the action' }).first().waitFor();
  await check('details in the history', OWN_PAGE);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
}

const API = '/api/sentinelone_response';
const SETTINGS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };
const putSettings = async (change: object): Promise<void> => {
  const body = { ...SETTINGS, ...change };
  const { status } = await suite.target.request('admin', 'PUT', `${API}/settings`, { body });
  expect(status).toBe(200);
};
/** The dialog that is open lies within the window, and Escape closes it. */
async function closeDialog(page: Page, title: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  const { x, width } = (await dialog.boundingBox())!;
  expect([x >= 0, x + width <= page.viewportSize()!.width]).toEqual([true, true]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** Requests for approval and automatic releases, in a narrow window. Sends one isolation. */
async function checkApprovalAndRelease(page: Page, check: Check): Promise<void> {
  const [isolated, requested, other] = suite.fleet.connected.slice(1, 4);
  await suite.target.simulator.reset();
  await suite.target.simulator.clearCalls();
  await putSettings({
    protectedHosts: [requested!, other!].map(({ id }) => ({ field: 'agentId', pattern: id })),
    isolateProtectedHosts: 'with_approval',
  });
  const isolate = async ({ id, computerName }: SimulatedAgent, change: object) => {
    const hosts = [{ agentId: id, name: computerName }];
    const body = { action: 'isolate', hosts, comment: 'Ransomware on this machine', ...change };
    const { status } = await suite.target.request('analyst', 'POST', `${API}/actions`, { body });
    expect([200, 202, 207]).toContain(status);
  };
  await isolate(requested!, { requestApproval: true });
  await isolate(isolated!, { releaseAfterMinutes: 60 });
  await untilIs(
    'the request is found',
    async () =>
      (await suite.target.request('admin', 'GET', `${API}/approvals`)).json.total as number,
    (total) => total > 0
  );

  await page.setViewportSize({ width: 640, height: 860 });
  await moveTo(page, `${APP}/hosts?view=approval`);
  const request = subject(page, 'sentineloneResponseRequest').filter({
    hasText: requested!.computerName!,
  });
  await request.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await check('requests for approval', OWN_PAGE);
  for (const decision of ['Approve', 'Decline']) {
    await request.getByRole('button', { name: decision, exact: true }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: new RegExp(`^${decision} `) });
    await dialog.getByRole('button', { name: decision, exact: true }).click();
    await dialog
      .getByText(/^Enter a reason/)
      .first()
      .waitFor();
    await check(`dialog to ${decision.toLowerCase()} without a comment`, OWN_FLYOUT);
    await closeDialog(page, new RegExp(`^${decision} `));
  }

  await moveTo(page, alertUrl(await alertOf(suite.target, other!)));
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await flyout(page).getByText('has to approve the isolation of this host').waitFor();
  await page.getByLabel('Release automatically').selectOption({ label: 'Custom time' });
  await check('step that requests approval', OWN_FLYOUT);

  await moveTo(page, `${APP}/hosts?host=${isolated!.id}`);
  const release = `the automatic release of ${isolated!.computerName}`;
  // The table behind has the same buttons.
  const button = (change: string) =>
    flyout(page).getByRole('button', { name: `${change} ${release}` });
  await button('Change').waitFor();
  await check('host flyout with an automatic release', OWN_FLYOUT);
  for (const change of ['Change', 'Cancel']) {
    await button(change).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: `${change} ${release}` }).waitFor();
    await check(`dialog to ${change.toLowerCase()} an automatic release`, OWN_FLYOUT);
    await closeDialog(page, new RegExp(`^${change} ${release}$`));
  }
  await page.keyboard.press('Escape');

  const row = subject(page, 'sentineloneResponseHostRow').filter({
    hasText: isolated!.computerName!,
  });
  await row.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.getByText('1 host selected.').waitFor();
  await page.getByRole('button', { name: 'Take action' }).click();
  await menuItem(page, 'Release SentinelOne hosts').click();
  await subject(page, 'sentineloneResponseBulkRow').first().waitFor();
  await check('release of selected hosts', OWN_FLYOUT);
  await page.keyboard.press('Escape');

  await moveTo(page, `${APP}/hosts?view=approval`);
  await request.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Comment', { exact: false }).fill('False alarm');
  await page.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
  await request.waitFor({ state: 'detached' });
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([isolated!.id]);
  await putSettings({});
}

it.each(['light', 'dark'] as const)('axe finds no violation in %s', async (theme) => {
  const found: Found = {};
  const page = await suite.visit(APP, { user: 'admin', dark: theme === 'dark' });
  // The themes have the same elements in other colors: the other rules would find the same again.
  const check = checkOf(page, found, theme === 'dark');
  await checkAlertsSetupAndSettings(page, check);
  // With the basic licence of an official Kibana under test, the form of the type cannot be opened.
  if (isWorkbench) await checkNewConnector(page, check);
  await checkHostChoice(page, check);
  // In an official Kibana the flyout opens from Security's own table: test/kibana/alerts_table.test.ts.
  if (isWorkbench) await checkBulkAction(page, check);
  await checkAction(page, check);
  await checkApprovalAndRelease(page, check);
  expect(found).toEqual({});
});

it('reads colors after the transitions to them', async () => {
  const page = await suite.visit(APP, { user: 'viewer' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate(() => {
    const text = document.body.appendChild(document.createElement('p'));
    text.textContent = 'Text in a transition';
    text.id = 'inTransition';
    Object.assign(text.style, { color: '#fff', background: '#fff' });
    getComputedStyle(text).color;
    Object.assign(text.style, { transition: 'color 1s', color: '#000' });
  });
  expect(await violationsIn(page, ['#inTransition'])).toEqual([]);
});
