import { alertOf, alertUrl, APP, choose, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { idsOf } from '../helpers/hosts';

/** A protected host: one user requests its isolation, another one approves it. */

const suite = browserSuite();
const SETTINGS = '/api/sentinelone_response/settings';
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };

const settings = async (change: object): Promise<void> => {
  const body = { ...DEFAULTS, ...change };
  expect((await suite.target.request('admin', 'PUT', SETTINGS, { body })).status).toBe(200);
};
afterEach(() => settings({}));

it('isolates a protected host after another user approved the request', async () => {
  const agent = suite.nextConnected();
  await settings({
    protectedHosts: [{ field: 'agentId', pattern: agent.id }],
    isolateProtectedHosts: 'with_approval',
  });
  const url = alertUrl(await alertOf(suite.target, agent));
  let page = await suite.visit(url);
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await flyout(page).getByText('has to approve the isolation of this host').waitFor();
  await page.getByLabel('Comment', { exact: false }).fill('It encrypts the file server');
  await suite.open.shoot('approval_step');
  await page.getByRole('button', { name: 'Request approval', exact: true }).click();
  const notice = page.locator('[data-test-subj="sentineloneResponseAwaitingApproval"]');
  await notice.getByText('It encrypts the file server').waitFor();
  await notice.getByRole('button', { name: /^Withdraw the request/ }).waitFor();
  await suite.open.shoot('approval_requested');
  expect(await suite.target.simulator.writes()).toEqual([]);
  await suite.open.close();

  page = await suite.visit(`${APP}/hosts?view=approval`, { user: 'lead', width: 1440 });
  const row = page
    .locator('[data-test-subj="sentineloneResponseRequest"]')
    .filter({ hasText: agent.computerName! });
  await row.getByText('analyst', { exact: true }).waitFor();
  await suite.open.shoot('awaiting_approval', { inReadme: true });
  await row.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Approve the action on ${agent.computerName}` });
  await dialog.getByLabel('Comment', { exact: false }).fill('Agreed with the server team');
  await suite.open.shoot('approve_dialog');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('No request awaits approval').waitFor();
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
  await suite.open.close();

  page = await suite.visit(url);
  await waitForStatus(page, 'Isolated');
  expect(await suite.statusIn(agent.id)).toBe('disconnected');
});
