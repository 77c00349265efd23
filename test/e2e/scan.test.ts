import type { Page } from 'playwright-core';
import {
  alertOf,
  alertUrl,
  choose,
  confirm,
  flyout,
  menuItem,
  takeAction,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';

/** Full disk scans, from the alert to the time at which the agent ended them. */

const suite = browserSuite();

/** Waits until the host's panel says this of the full disk scan. */
const waitForScan = (page: Page, text: RegExp): Promise<void> =>
  flyout(page)
    .getByRole('region', { name: 'Host', exact: true })
    .locator('dt', { hasText: 'Full disk scan' })
    .locator('xpath=following-sibling::dd[1]')
    .filter({ hasText: text })
    .waitFor();

it('scans a host, shows when the scan finished, and aborts another scan', async () => {
  // A scan that may end does so at once.
  await suite.target.simulator.reset({ settleMs: 500, scanMs: 500 });
  const agent = suite.nextConnected();
  await suite.target.simulator.setAgent(agent.id, {
    scan: 'neverEnds',
    scanStatus: 'none',
    scanStartedAt: null,
    scanFinishedAt: null,
  });
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForScan(page, /^\s*Not scanned yet\s*$/);
  await takeAction(page).click();
  await menuItem(page, 'Scan host').waitFor();
  await suite.open.shoot('scan_menu');
  await menuItem(page, 'Scan host').click();
  await page.getByRole('heading', { name: 'Scan host', exact: true }).waitFor();
  await flyout(page)
    .getByText(/Starts a full disk scan/)
    .waitFor();
  await suite.open.shoot('scan_step');
  await confirm(page, 'Look for more malware');
  await waitForScan(page, /^\s*Scanning…\s*$/);
  await flyout(page)
    .getByText(`The full disk scan of ${agent.computerName} is running`)
    .first()
    .waitFor();
  await suite.open.shoot('scanning', { inReadme: true });

  await suite.target.simulator.setAgent(agent.id, { scan: 'finishes' });
  await waitForScan(page, /^\s*Finished.*(now|seconds? ago|minutes? ago)\s*$/);
  await waitForStatus(page, 'Connected');
  await suite.open.shoot('scan_finished');

  await suite.target.simulator.setAgent(agent.id, { scan: 'neverEnds' });
  await choose(page, 'Scan host');
  await confirm(page, 'Once more');
  await waitForScan(page, /^\s*Scanning…\s*$/);
  await choose(page, 'Abort scan');
  await suite.open.shoot('abort_scan_step');
  await confirm(page, 'The host is too slow');
  await waitForScan(page, /^\s*Aborted.*(now|seconds? ago|minutes? ago)\s*$/);
  await suite.open.shoot('scan_aborted');

  const { scanStatus, networkStatus } = await suite.target.simulator.agent(agent.id);
  expect({ scanStatus, networkStatus }).toEqual({
    scanStatus: 'aborted',
    networkStatus: 'connected',
  });
  const writes = await suite.target.simulator.writes();
  expect(writes.map(({ path }) => path)).toEqual([
    '/agents/actions/initiate-scan',
    '/agents/actions/initiate-scan',
    '/agents/actions/abort-scan',
  ]);
  expect(writes.map(idsOf)).toEqual([[agent.id], [agent.id], [agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});
