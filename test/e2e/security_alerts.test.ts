import { affectedBy, idsOf } from '../helpers/hosts';
import { browserSuite } from '../helpers/browser_suite';
import { subject } from '../helpers/security_page';
import { kibanaVersion } from '../workbench/versions/selected_version';

/**
 * Additions to the alerts table of Elastic Security, in the workbench's version of it. In an official Kibana
 * `test/kibana/alerts_table.test.ts` does the same in Security's own page.
 */
const isWorkbench = process.env.KIBANA_URL === undefined;
const { alertsTableRegistry } = kibanaVersion().browser;
const inWorkbench = isWorkbench ? it : it.skip;
const withRegistry = isWorkbench && alertsTableRegistry ? it : it.skip;
const withoutRegistry = isWorkbench && !alertsTableRegistry ? it : it.skip;

const suite = browserSuite();
const PATH = '/app/security/alerts';

withRegistry('isolates the hosts of several selected alerts in bulk', async () => {
  const page = await suite.visit(PATH, { user: 'analyst' });
  const agents = (await suite.target.simulator.agents()).filter(
    ({ networkStatus, isActive }) => networkStatus === 'connected' && isActive
  );
  const rows = page.getByRole('row');
  const names: string[] = [];
  for (const { computerName } of agents) {
    if (computerName === null) continue;
    const row = rows.filter({ has: page.getByText(computerName, { exact: true }) });
    if ((await row.count()) === 0 || names.length === 2) continue;
    await subject(row.first(), 'bulk-actions-row-cell').check();
    names.push(computerName);
  }
  expect(names).toHaveLength(2);
  await subject(page, 'selectedShowBulkActionsButton').click();
  await subject(page, 'sentineloneResponseBulk-isolate').click();
  const flyout = subject(page, 'sentineloneResponseBulkFlyout');
  await subject(flyout, 'sentineloneResponseBulkRow').nth(1).waitFor();
  await suite.open.shoot('security_bulk_flyout');
  await subject(flyout, 'sentineloneResponseComment').fill('Ransomware in the rack');
  await subject(page, 'sentineloneResponseBulkConfirm').click();
  for (const name of names) {
    const row = subject(flyout, 'sentineloneResponseBulkRow').filter({
      has: page.getByText(name, { exact: true }),
    });
    await subject(row, 'sentineloneResponseStatus-isolated').waitFor();
  }
  const chosen = agents.filter(({ computerName }) => names.includes(computerName ?? ''));
  const writes = await suite.target.simulator.writes();
  expect(writes).toHaveLength(1);
  expect([...idsOf(writes[0]!)].sort()).toEqual(chosen.map(({ id }) => id).sort());
  expect([...affectedBy(writes)].sort()).toEqual(chosen.map(({ id }) => id).sort());
});

const ENTRY = 'sentineloneResponse.plugin.js';
/** The plugin's files and requests since the page was opened: the paths' last parts. */
const requestsOfPlugin = (): readonly string[] =>
  suite.open.urls
    .map((url) => new URL(url).pathname)
    .filter((path) => /\/plugin\/sentineloneResponse\/|sentinelone_response/.test(path))
    .map((path) => path.replace(/^.*\/(?=[^/]+$)/, ''));

withRegistry("loads the entry only, and an alert's flyout from its row", async () => {
  const page = await suite.visit(PATH, { user: 'analyst' });
  const icon = subject(page, 'sentineloneResponseRowAction').first();
  await icon.waitFor();
  await page.waitForLoadState('networkidle');
  expect(requestsOfPlugin()).toEqual([ENTRY]);
  await icon.click();
  const flyout = subject(page, 'sentineloneResponseFlyout');
  await flyout.locator('[data-test-subj^="sentineloneResponseStatus-"]').first().waitFor();
  const [, ...opened] = requestsOfPlugin();
  const [files, calls] = [true, false].map((isFile) =>
    opened.filter((name) => name.endsWith('.js') === isFile)
  );
  process.stdout.write(
    `Until the status in the flyout: ${files!.length} files, and requests ${calls!.join(', ')}\n`
  );
  expect(calls![0]).toBe('_view');
  expect(await suite.target.simulator.writes()).toEqual([]);
});

inWorkbench('adds nothing for a user without the privilege to view hosts', async () => {
  const page = await suite.visit(PATH, { user: 'outsider' });
  await subject(page, 'selectedShowBulkActionsButton').or(page.getByRole('main')).first().waitFor();
  expect(await subject(page, 'sentineloneResponseRowAction').count()).toBe(0);
});

withoutRegistry('leaves the table as it is where Kibana lets no plugin extend it', async () => {
  const page = await suite.visit(PATH, { user: 'analyst' });
  await subject(page, 'bulk-actions-row-cell').first().check();
  await subject(page, 'selectedShowBulkActionsButton').click();
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-test-subj^="sentineloneResponse"]').count()).toBe(0);
  expect(await suite.target.simulator.writes()).toEqual([]);
});
