import { alertOf, alertUrl, APP, choose, waitForStatus } from '../support/alert_page';
import { browserSuite } from '../support/browser_suite';

/** The alerts page, and how things look. */

const suite = browserSuite();

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
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth
    );
    expect(overflow).toBeLessThanOrEqual(1);
  };
  await page.getByText('Connected', { exact: true }).first().waitFor();
  await shoot('alerts');
  await page.goto(`${suite.target.url}${alert}`, { waitUntil: 'domcontentloaded' });
  await waitForStatus(page, 'Connected');
  await shoot('alert');
  await choose(page, 'Isolate host');
  await shoot('isolate_step');
});
