import { alertText, DOCUMENTS } from '../helpers/alert_documents';
import {
  alertOf,
  alertUrl,
  APP,
  choose,
  confirm,
  flyout,
  waitForStatus,
  menuItem,
} from '../helpers/alert_page';
import { affectedBy, idsOf } from '../helpers/hosts';
import { browserSuite } from '../helpers/browser_suite';
import { brokenWords, overflowOf } from '../helpers/layout';
import type { AddedAlerts } from '../helpers/target';

/** The alerts page, and how things look. */

const suite = browserSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

/** An alert of an hour ago: the alerts of a Kibana need not be of every severity. */
async function addCriticalAlert(): Promise<void> {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const agent = suite.fleet.connected[0]!;
  const changes = {
    '@timestamp': at,
    'kibana.alert.start': at,
    'kibana.alert.severity': 'critical',
  };
  const fields = DOCUMENTS['sentinel_one.alert']!(agent);
  added = await suite.target.addAlerts([alertText('An hour ago', fields, changes)]);
}

it('lists alerts with live status, searches, and opens one', async () => {
  const page = await suite.visit(APP);
  const table = page.getByRole('table').first();
  await table.getByText('Connected', { exact: true }).first().waitFor();
  await suite.open.shoot('alerts', { inReadme: true });
  const agent = suite.nextConnected();
  await page
    .getByRole('searchbox', { name: 'Search rule, host or reason' })
    .fill(agent.computerName!);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=/);
  await table.getByText(agent.computerName!).first().waitFor();
  await suite.open.shoot('alerts_search');
});

it('sorts the highest severity first at one click, shows more columns, and labels each link', async () => {
  const page = await suite.visit(APP, { width: 1024 });
  const table = page.getByRole('table').first();
  await table.getByText('Connected', { exact: true }).first().waitFor();
  const header = (name: string) => table.getByRole('columnheader', { name });
  await header('Severity').getByRole('button').click();
  await page.waitForURL(/sortField=severity$/);
  expect(await header('Severity').getAttribute('aria-sort')).toBe('descending');
  const { json } = await suite.target.request(
    'analyst',
    'GET',
    '/internal/sentinelone_response/alerts?sortField=severity&sortOrder=desc&perPage=25'
  );
  const [worst] = json.alerts;
  const rows = table.locator('[data-test-subj="sentineloneResponseAlertRow"]');
  await rows.first().getByText(worst.ruleName, { exact: true }).waitFor();
  const severities = json.alerts.map(({ severity }: { severity: string }) => severity);
  const found = ['critical', 'high', 'medium', 'low'].filter((one) => severities.includes(one));
  expect(worst.severity).toBe(found[0]);
  expect(suite.target.kind === 'kibana' || found[0] === 'critical').toBe(true);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('switch', { name: 'Risk score' }).click();
  await page.getByRole('switch', { name: 'Alert status' }).click();
  await page.keyboard.press('Escape');
  await header('Risk score').waitFor();
  await header('Alert status').waitFor();
  await rows.first().getByText(String(worst.riskScore), { exact: true }).waitFor();
  await rows.first().getByText(worst.sentinelOneName, { exact: true }).waitFor();
  await suite.open.shoot('alerts_columns_1024');
  const names = await rows
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/, .*\d{2}:\d{2}:\d{2}/);
  // No word of a heading or badge is broken in two.
  expect(await brokenWords(table)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(1);
  await page.reload({ waitUntil: 'domcontentloaded' });
  await header('Risk score').waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('isolates the hosts of alerts from two pages in one request, and reports which one was refused', async () => {
  const page = await suite.visit(`${APP}?perPage=10`);
  const table = page.getByRole('table').first();
  await table.getByText('Connected', { exact: true }).first().waitFor();
  const agents = [suite.nextConnected(), suite.nextConnected(), suite.nextConnected()];
  const search = page.getByRole('searchbox', { name: 'Search rule, host or reason' });
  const bar = page.locator('[data-test-subj="sentineloneResponseBulkBar"]');
  for (const [n, { computerName }] of agents.entries()) {
    await search.fill(computerName!);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.search.includes(encodeURIComponent(computerName!)));
    const row = table
      .locator('[data-test-subj="sentineloneResponseAlertRow"]')
      .filter({ hasText: computerName! })
      .first();
    await row.getByRole('checkbox').focus();
    await page.keyboard.press('Space');
    await bar.getByText(new RegExp(`^${n + 1} alerts? selected, ${n + 1} hosts?\\.`)).waitFor();
  }
  await search.fill('');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.search.includes('search='));
  await suite.open.shoot('alerts_selected');
  await bar.getByRole('button', { name: 'Take action' }).click();
  await menuItem(page, 'Isolate SentinelOne hosts').click();
  const rows = page.locator('[data-test-subj="sentineloneResponseBulkRow"]');
  await rows.nth(2).getByText('Connected', { exact: true }).waitFor();
  expect(await rows.count()).toBe(3);
  const renamed = agents[1]!;
  await page.getByRole('dialog').getByLabel('Comment', { exact: false }).fill('Bulk from alerts');
  // Kibana shows the old name, under which the action is refused: it reads no newer status until the action was sent.
  const readOn = await suite.open.holdStatusReads();
  await suite.target.simulator.setAgent(renamed.id, { computerName: 'renamed-meanwhile' });
  await page.getByRole('button', { name: 'Isolate 3 hosts' }).click();
  await page.getByText(/^1 refused, 2 isolat(ing|ed)$/).waitFor();
  await readOn();
  await rows
    .filter({ hasText: renamed.computerName! })
    .getByText(/renamed-meanwhile/)
    .waitFor();
  await suite.open.shoot('alerts_bulk_result');
  const writes = await suite.target.simulator.writes();
  const expected = [agents[0]!.id, agents[2]!.id].sort();
  expect(writes.map((write) => [...idsOf(write)].sort())).toEqual([expected]);
  expect([...affectedBy(writes)].sort()).toEqual(expected);
  expect(await suite.statusIn(renamed.id)).toBe('connected');
});

it('shows a time range and severities, which a link and the back button restore', async () => {
  await addCriticalAlert();
  const page = await suite.visit(APP);
  const table = page.getByRole('table').first();
  const rows = table.locator('[data-test-subj="sentineloneResponseAlertRow"]');
  await rows.first().waitFor();
  await page.getByRole('button', { name: 'Date quick select' }).click();
  await suite.open.shoot('alerts_time_range');
  await page.getByRole('button', { name: 'Last 15 minutes', exact: true }).click();
  await page.waitForURL(/from=now-15m/);
  await page.getByRole('button', { name: 'Severity' }).first().click();
  await page.getByRole('checkbox', { name: 'Critical' }).focus();
  await page.keyboard.press('Space');
  await page.waitForURL(/severity=critical/);
  await page.keyboard.press('Escape');
  const none = page.getByRole('heading', { name: 'No alerts match' });
  await none.waitFor();
  await suite.open.shoot('alerts_none_in_range');
  await page.getByRole('button', { name: 'Show all time' }).click();
  await page.waitForURL(/from=now-10y/);
  await rows.first().waitFor();
  await page.reload({ waitUntil: 'domcontentloaded' });
  await rows.first().getByText('Critical', { exact: true }).waitFor();
  expect(await rows.count()).toBe(await rows.filter({ hasText: 'Critical' }).count());
  await page.goBack();
  await none.waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it.each(['light', 'dark'] as const)(
  'shows twelve alerts at 1440 by 900 pixels in %s, below a header of less than a quarter of the window',
  async (theme) => {
    const [width, height] = [1440, 900];
    // A user without actions of their own, so without the banner of those that failed.
    const page = await suite.visit(APP, { user: 'viewer', width, height, dark: theme === 'dark' });
    const table = page.getByRole('table').first();
    await table.getByText('Connected', { exact: true }).first().waitFor();
    await suite.open.shoot(`alerts_${theme}_${width}`);
    const rows = table.locator('[data-test-subj="sentineloneResponseAlertRow"]');
    const bottoms = await rows.evaluateAll((all) =>
      all.map((row) => row.getBoundingClientRect().bottom)
    );
    expect(bottoms.filter((bottom) => bottom <= height).length).toBeGreaterThanOrEqual(12);
    // The header ends where the search begins; Kibana's own bar above it counts too.
    const search = page.getByRole('searchbox', { name: 'Search rule, host or reason' });
    expect((await search.boundingBox())!.y).toBeLessThan(height / 4);
    const times = await rows
      .locator('time')
      .evaluateAll((all) =>
        all.map(
          (time) =>
            time.getBoundingClientRect().height / parseFloat(getComputedStyle(time).lineHeight)
        )
      );
    expect(times.length).toBe(bottoms.length);
    expect(times.filter((lines) => lines > 1.1)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(1);
  }
);

it('cuts a long comment in the history of the flyout after three lines', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  const lines = Array.from({ length: 8 }, (_, n) => `Step ${n + 1} of the analysis`);
  await confirm(page, lines.join('\n'));
  await waitForStatus(page, 'Isolated');
  const comment = flyout(page).getByText(/Step 1 of the analysis/);
  const more = flyout(page).getByRole('button', { name: 'Show more', exact: true });
  await more.waitFor();
  const lineCount = () =>
    comment.evaluate((element) =>
      Math.round(element.clientHeight / parseFloat(getComputedStyle(element).lineHeight))
    );
  expect(await lineCount()).toBe(3);
  await more.scrollIntoViewIfNeeded();
  await suite.open.shoot('comment_cut');
  await more.click();
  await flyout(page).getByRole('button', { name: 'Show less', exact: true }).waitFor();
  expect(await lineCount()).toBe(lines.length);
  await suite.open.shoot('comment_expanded');
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
});

it.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 700],
  ['dark', 700],
] as const)('is legible in %s at %i pixels', async (theme, width) => {
  const agent = suite.nextConnected();
  const alert = alertUrl(await alertOf(suite.target, agent));
  const page = await suite.visit(APP, { width, dark: theme === 'dark' });
  const shoot = async (name: string) => {
    await suite.open.shoot(`${name}_${theme}_${width}`);
    expect(await overflowOf(page)).toBeLessThanOrEqual(1);
  };
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await shoot('alerts');
  await page.goto(`${suite.target.url}${alert}`, { waitUntil: 'domcontentloaded' });
  await waitForStatus(page, 'Connected');
  await shoot('alert');
  await choose(page, 'Isolate host');
  await shoot('isolate_step');
});
