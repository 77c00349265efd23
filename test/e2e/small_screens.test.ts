import {
  alertOf,
  alertUrl,
  APP,
  choose,
  confirm,
  flyout,
  sendButton,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy } from '../helpers/hosts';
import { brokenWords, overflowOf, untilSeen } from '../helpers/layout';
import { subject } from '../helpers/security_page';

/** Pages and flyouts on small screens, and enlarged ones. */

const suite = browserSuite();

it('shows errors of the step in full at 200 % zoom', async () => {
  const agent = suite.nextConnected();
  // 1280 by 800 pixels, enlarged.
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), {
    width: 640,
    height: 400,
  });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await sendButton(page).click();
  const error = flyout(page).locator('.euiFormErrorText').first();
  await error.waitFor();
  await untilSeen(error);
  await suite.open.shoot('error_at_200_percent');
  expect(await suite.target.simulator.writes()).toEqual([]);

  await suite.target.simulator.addFaults({
    method: 'POST',
    path: '/agents/actions/disconnect',
    fault: { kind: 'status', status: 403 },
  });
  await confirm(page, 'Ransomware on this machine');
  const failure = flyout(page).getByText('The host was not isolated').first();
  await failure.waitFor();
  await untilSeen(failure);
  await suite.open.shoot('failure_at_200_percent');
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([]);
});

it('breaks and truncates no word of the history at 1024 pixels', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), { width: 1024 });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await confirm(page, 'Ransomware on this machine');
  await waitForStatus(page, 'Isolated');
  await choose(page, 'Release host');
  await confirm(page, 'Cleaned');
  await waitForStatus(page, 'Connected');
  await page.goto(`${suite.target.url}${APP}/history`, { waitUntil: 'domcontentloaded' });
  const table = page.getByRole('table', { name: /Actions on SentinelOne hosts/ });
  await subject(table, 'sentineloneResponseActionRow').nth(1).waitFor();
  await suite.open.shoot('history_1024');
  expect(await brokenWords(table)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(1);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
});
