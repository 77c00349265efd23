import type { Page } from 'playwright-core';
import { APP } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import type { PageOptions } from '../helpers/page';

/** The Settings page against the live systems of the host under test. */

const PAGE = `${APP}/settings`;
const SETTINGS = '/api/sentinelone_response/settings';
const DEFAULTS = { protectedHosts: [], commentRequired: true, maxHosts: 1_000 };

const suite = browserSuite();
const visit = (options?: PageOptions): Promise<Page> =>
  suite.visit(PAGE, { user: 'admin', ...options });
const dialog = (page: Page) => page.locator('[data-test-subj="confirmModalConfirmButton"]');

it('protects hosts by a pattern, with a preview of those that match', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByLabel('Pattern 1', { exact: true }).fill('*');
  await page.getByRole('button', { name: 'Preview matching hosts' }).click();
  await page.getByText(/Matches \d+ hosts/).waitFor();
  await suite.open.shoot('settings');
  await page.getByRole('button', { name: 'Save protection settings' }).click();
  await page.getByText('Protection settings saved').first().waitFor();
  const saved = await suite.target.request('admin', 'GET', SETTINGS);
  expect(saved.json.protectedHosts).toEqual([{ field: 'name', pattern: '*' }]);
  expect((await suite.target.request('admin', 'PUT', SETTINGS, { body: DEFAULTS })).status).toBe(
    200
  );
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('states why a blank pattern is not saved, and saves nothing', async () => {
  const page = await visit();
  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByRole('button', { name: 'Save protection settings' }).click();
  await page.getByText('Enter a pattern, or remove this row').waitFor();
  await page.getByText('Not saved. Correct the fields that are marked above.').waitFor();
  const saved = await suite.target.request('admin', 'GET', SETTINGS);
  expect(saved.json).toEqual(DEFAULTS);
});

it('asks before unsaved changes are lost, on links and on the back button', async () => {
  const page = await suite.visit(`${APP}/history`, { user: 'admin' });
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Add pattern' }).click();
  await page.getByLabel('Pattern 1', { exact: true }).fill('dc-*');

  await page.getByRole('tab', { name: 'Set up' }).click();
  await page.getByText('Leave without saving?').waitFor();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(await page.getByLabel('Pattern 1', { exact: true }).inputValue()).toBe('dc-*');

  await page.goBack();
  await page.getByText('Leave without saving?').waitFor();
  await dialog(page).click();
  await page.getByRole('tab', { name: 'History', selected: true }).waitFor();
  const saved = await suite.target.request('admin', 'GET', SETTINGS);
  expect(saved.json).toEqual(DEFAULTS);
});

it('does not let a viewer change settings', async () => {
  const page = await visit({ user: 'viewer' });
  await page.getByText(/You can view these settings but not change them/).waitFor();
  for (const name of ['Save protection settings', 'Save retention settings', 'Add pattern']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  }
});
