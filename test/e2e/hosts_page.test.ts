import { readFileSync } from 'node:fs';
import { APP, flyout, menuItem } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { linesOutOfCells, overflowOf } from '../helpers/layout';
import { affectedBy, idsOf } from '../helpers/hosts';

/** The Hosts page: what is isolated now, all hosts, actions on selected hosts, and the flyout of a host. */

const suite = browserSuite();
const HOSTS = `${APP}/hosts`;
const BASE = '/internal/sentinelone_response';

const isolate = async (agent: { readonly id: string; readonly computerName: string | null }) => {
  const answer = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
    body: {
      hosts: [{ agentId: agent.id, name: agent.computerName }],
      comment: 'Beaconing to 198.51.100.23',
    },
  });
  expect(answer.status).toBe(200);
};

it('lists who isolated which host, exports it, and releases selected hosts in one request', async () => {
  const [ours, theirs] = [suite.nextConnected(), suite.nextConnected()];
  const pending = suite.fleet.offline[0]!;
  const at = new Date(Date.now() - 26 * 3_600_000).toISOString();
  await suite.target.simulator.isolate({ ids: [theirs.id], by: 'Carla Console', at });
  await isolate(ours);
  await isolate(pending);
  await suite.target.simulator.clearCalls();
  const page = await suite.visit(`${HOSTS}?perPage=100`, { width: 1440, height: 900 });
  const table = page.getByRole('table').first();
  const rows = table.locator('[data-test-subj="sentineloneResponseHostRow"]');
  const rowOf = (name: string) => rows.filter({ hasText: name });
  const ofOurs = rowOf(ours.computerName!);
  await ofOurs.getByText('analyst', { exact: true }).waitFor();
  await ofOurs.getByText('Beaconing to 198.51.100.23').waitFor();
  await ofOurs.getByText('Isolated', { exact: true }).waitFor();
  await rowOf(theirs.computerName!).getByText('Carla Console', { exact: true }).waitFor();
  await rowOf(pending.computerName!)
    .getByText('Isolation pending (offline)', { exact: true })
    .waitFor();
  await rows.filter({ hasText: 'Isolated outside Kibana' }).first().waitFor();
  await page.getByRole('group', { name: 'Isolated hosts in numbers' }).waitFor();
  expect(await linesOutOfCells(table)).toEqual([]);
  await suite.open.shoot('hosts_isolated', { inReadme: true });
  // The header ends where the search begins; Kibana's own bar above it counts too.
  const search = page.getByRole('searchbox', { name: /^Search host, site/ });
  expect((await search.boundingBox())!.y).toBeLessThan(900 / 4);
  expect(await overflowOf(page)).toBeLessThanOrEqual(1);

  await page.getByRole('button', { name: 'Longer than 24 h' }).click();
  await page.waitForURL(/isLong=true/);
  await ofOurs.waitFor({ state: 'detached' });
  await rowOf(theirs.computerName!).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const csv = readFileSync((await (await download).path())!, 'utf8');
  expect(csv).toContain('Carla Console');
  expect(csv).not.toContain(ours.computerName);
  await page.goBack();
  await ofOurs.waitFor();

  for (const { computerName } of [ours, theirs]) {
    await rowOf(computerName!).getByRole('checkbox').focus();
    await page.keyboard.press('Space');
  }
  await page.getByText('2 hosts selected.').waitFor();
  await page.getByRole('button', { name: 'Take action' }).click();
  await menuItem(page, 'Release SentinelOne hosts').click();
  const bulkRows = page.locator('[data-test-subj="sentineloneResponseBulkRow"]');
  await bulkRows.nth(1).waitFor();
  await suite.open.shoot('hosts_bulk_release');
  await page.getByRole('dialog').getByLabel('Comment', { exact: false }).fill('All clear');
  await page.getByRole('button', { name: 'Release 2 hosts' }).click();
  const outcomes = bulkRows.locator('[data-test-subj^="sentineloneResponseOutcome-"]');
  await outcomes.nth(1).waitFor();
  for (const text of await outcomes.allTextContents()) expect(text).toMatch(/releasing|released/i);
  const writes = await suite.target.simulator.writes();
  const expected = [ours.id, theirs.id].sort();
  expect(writes.map((write) => [...idsOf(write)].sort())).toEqual([expected]);
  expect([...affectedBy(writes)].sort()).toEqual(expected);
  await flyout(page).getByRole('button', { name: 'Close' }).first().click();
  await ofOurs.waitFor({ state: 'detached', timeout: 40_000 });
  expect(await suite.statusIn(pending.id)).toBe('disconnecting');
});

it('finds a host by its IP address, and opens its flyout, which is in the URL', async () => {
  const agent = suite.nextConnected();
  const { json } = await suite.target.request(
    'viewer',
    'GET',
    `${BASE}/hosts?search=${agent.id}&kind=agentId`
  );
  const ip: string = json.hosts[0].ipAddresses.find((one: string) => one.includes('.'));
  const page = await suite.visit(`${HOSTS}?view=all`);
  const rows = page.locator('[data-test-subj="sentineloneResponseHostRow"]');
  await rows.first().waitFor();
  await suite.open.shoot('hosts_all');
  await page.getByRole('searchbox', { name: /^Search by name/ }).fill(ip);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=/);
  await page.getByText(/searched by: IP address/).waitFor();
  const link = rows.getByRole('link', { name: new RegExp(`^${agent.computerName}, agent id`) });
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`host=${agent.id}`));
  await flyout(page).getByText('Connected', { exact: true }).first().waitFor();
  await flyout(page).getByRole('heading', { name: agent.computerName!, exact: true }).waitFor();
  await flyout(page).getByRole('region', { name: 'Alerts of the last 30 days' }).waitFor();
  await flyout(page).getByRole('list', { name: 'Latest alerts of this host' }).waitFor();
  await suite.open.shoot('hosts_flyout');
  await page.reload({ waitUntil: 'domcontentloaded' });
  await flyout(page).getByText('Connected', { exact: true }).first().waitFor();
  await flyout(page).getByRole('button', { name: 'Take action' }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('host='));
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it.each([
  ['light', 1024, 768],
  ['dark', 640, 400],
] as const)('fits in %s into %i by %i pixels', async (theme, width, height) => {
  const page = await suite.visit(HOSTS, { width, height, dark: theme === 'dark' });
  await page.locator('[data-test-subj="sentineloneResponseHostRow"]').first().waitFor();
  await suite.open.shoot(`hosts_${theme}_${width}`);
  expect(await overflowOf(page)).toBeLessThanOrEqual(1);
  await page.getByText('All hosts', { exact: true }).click();
  await page.waitForURL(/view=all/);
  await page.getByRole('button', { name: 'Next page' }).waitFor();
  await suite.open.shoot(`hosts_all_${theme}_${width}`);
  expect(await overflowOf(page)).toBeLessThanOrEqual(1);
});
