import type { Page } from 'playwright-core';
import { APP } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';

/** The Test tab of the connector in Kibana's own flyout, opened from the Set up page. */

const suite = browserSuite();

const subject = (page: Page, name: string) => page.locator(`[data-test-subj="${name}"]`);

/** Opens the Test tab of the space's connector. */
async function openTestTab(): Promise<Page> {
  const page = await suite.visit(`${APP}/setup`, { user: 'admin' });
  const step = subject(page, 'sentineloneResponseStep-connector');
  await step.getByText('Done', { exact: true }).waitFor();
  await page.getByText('The connector of this space:').getByRole('button').click();
  await subject(page, 'testConnectorTab').click();
  await page.getByText(/If a check fails, the result names it/).waitFor();
  await suite.target.simulator.clearCalls();
  return page;
}

it('shows a failed check as a failed test, with its name and what to do', async () => {
  const page = await openTestTab();
  await suite.target.simulator.addFaults({
    method: 'GET',
    path: '/agents',
    fault: { kind: 'status', status: 401 },
  });
  await subject(page, 'executeActionButton').click();
  const failure = subject(page, 'executionFailureResult');
  await failure.getByText(/Failed check \(API token\): SentinelOne does not accept/).waitFor();
  await failure
    .getByText(/HTTP 401.*Likely cause: .*Ask an administrator to generate a new token/)
    .waitFor();
  await suite.open.shoot('connector_test_failed');
  expect(await subject(page, 'executionSuccessfulResult').count()).toBe(0);
  expect(await page.locator('[data-test-subj^="sentineloneResponseCheck-"]').count()).toBe(0);
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('has one button, and shows the checks if none failed', async () => {
  const page = await openTestTab();
  const form = subject(page, 'test-connector-form');
  expect(await form.getByRole('button').count()).toBe(1);
  await form.getByRole('button', { name: 'Run' }).click();
  await subject(page, 'executionSuccessfulResult').waitFor();
  await subject(page, 'sentineloneResponseCheck-reachable')
    .getByText('SentinelOne answers.')
    .waitFor();
  await subject(page, 'sentineloneResponseCheck-expiry').waitFor();
  await suite.open.shoot('connector_test_passed');
  const calls = await suite.target.simulator.calls();
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(
    expect.arrayContaining(['GET /agents', 'GET /user', 'GET /system/info'])
  );
  expect(await suite.target.simulator.writes()).toEqual([]);
});
