import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import {
  alertOf,
  alertUrl,
  APP,
  choose,
  confirm,
  flyout,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { caseAttachment, chosenCases } from '../helpers/case_page';
import { attachmentsOf, closeCases, makeCase, titleOf } from '../helpers/cases';
import { affectedBy, idsOf } from '../helpers/hosts';
import { untilIs } from '../helpers/until';

/** From the isolation of an offline host until an auditor finds its end in the history. */

const HISTORY = `${APP}/history`;

const suite = browserSuite({ tasks: true });
afterEach(() => closeCases(suite.target));
const table = (page: Page) => page.getByRole('table', { name: /Actions on SentinelOne hosts/ });
/** The row of an action, without the row of its details. */
const rows = (page: Page) => table(page).locator('[data-test-subj="sentineloneResponseActionRow"]');
const rowOf = (page: Page, text: string) => rows(page).filter({ hasText: text });
const search = (page: Page) =>
  page.getByRole('searchbox', { name: 'Search comment, host, user or id' });

/** Waits until the table shows so many actions. */
const expectRows = async (page: Page, count: number) => {
  await rows(page)
    .nth(count - 1)
    .waitFor();
  await rows(page).nth(count).waitFor({ state: 'detached' });
};

/** Waits until a search finds what was just recorded: the page does not read again what has ended. */
async function untilFound(comment: string): Promise<void> {
  const path = `/internal/sentinelone_response/actions?search=${encodeURIComponent(comment)}`;
  await untilIs(
    `an action is found by ${comment}`,
    async () => (await suite.target.request('viewer', 'GET', path)).json.total as number,
    (total) => total > 0
  );
}

it('follows the isolation of an offline host until it ends, and exports it', async () => {
  const agent = suite.fleet.offline[0]!;
  const comment = `Offline laptop ${Date.now()}`;
  const alertId = await alertOf(suite.target, agent);
  const { id: caseId, title } = await makeCase(suite.target, titleOf('Offline'), [alertId]);
  const page = await suite.visit(alertUrl(alertId));
  await waitForStatus(page, 'Offline');
  await choose(page, 'Isolate host');
  // The alert's case is selected by default.
  await chosenCases(page).getByText(title, { exact: true }).waitFor();
  await suite.open.shoot('cases_preselected');
  await confirm(page, comment);
  await waitForStatus(page, 'Isolation pending (offline)');
  await flyout(page).getByText('Attached to the case').waitFor();

  // The flyout lists it with the reason.
  const ofHost = flyout(page).getByRole('region', { name: 'History', exact: true });
  await ofHost.getByText(comment).waitFor();
  await ofHost.getByText('In progress', { exact: true }).first().waitFor();
  // The latest one comes first.
  const pending = ofHost.getByText(
    /is offline\. SentinelOne sends the command when the host is back online/
  );
  await pending.first().waitFor();
  await ofHost.scrollIntoViewIfNeeded();
  await suite.open.shoot('flyout_history');
  await ofHost.getByRole('link', { name: 'Show all in History' }).click();
  await page.waitForURL(/\/history\?.*host=/);

  const row = rowOf(page, comment);
  await row.getByText('In progress', { exact: true }).waitFor();
  await row.getByText('the host is offline').waitFor();
  await page.getByText(/on this page (is|are) in progress/).waitFor();
  // Whoever looks for what is in progress finds it, and sees for how long.
  const outcome = page.getByRole('combobox', { name: 'Outcome' });
  await outcome.selectOption({ label: 'In progress' });
  await page.waitForURL(/status=in_progress/);
  await row.getByText(/ so far$/).waitFor();
  await outcome.selectOption({ label: 'Succeeded' });
  await row.waitFor({ state: 'detached' });
  await outcome.selectOption({ label: 'Any' });
  await row.waitFor();
  await row.getByRole('button', { name: /^Show details: Isolate/ }).click();
  await page
    .getByText(/SentinelOne sends the command when the host is back online/)
    .first()
    .waitFor();
  await suite.open.shoot('history_pending');

  // The page updates without a reload.
  await suite.target.simulator.bringOnline(agent.id);
  await row.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
  await row.getByText(/^Confirmed /).waitFor();
  expect((await suite.target.simulator.agent(agent.id)).networkStatus).toBe('disconnected');
  await page.getByText(/SentinelOne confirmed the network status/).waitFor();
  await page
    .getByRole('region', { name: 'Summary' })
    .getByText(/^\d+ isolations? confirmed$/)
    .first()
    .waitFor();
  await suite.open.shoot('history_settled');

  // It is found by its comment, and the address says so.
  await page.goto(`${suite.target.url}${HISTORY}`, { waitUntil: 'domcontentloaded' });
  await search(page).fill(comment);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=/);
  await row.waitFor();
  await expectRows(page, 1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^sentinelone-actions-\d{4}-\d{2}-\d{2}\.csv$/);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  const lines = csv.trimEnd().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('"outcome"');
  expect(lines[1]).toContain(`"${comment}"`);
  expect(lines[1]).toContain('"done"');
  expect(lines[1]).toContain(`"${alertId}"`);

  // From the row to the case, from there to the alert.
  await row.getByRole('button', { name: /^Show details: Isolate/ }).click();
  await page.locator(`a[href$="/cases/${caseId}"]`).click();
  await page.waitForURL(/\/app\/security\/cases\//);
  const attachment = caseAttachment(page);
  await page
    .getByText(`added the isolation of host ${agent.computerName}, requested by analyst`)
    .waitFor();
  await attachment.getByText('Succeeded', { exact: true }).waitFor();
  await attachment.getByText(comment).waitFor();
  await attachment.scrollIntoViewIfNeeded();
  await suite.open.shoot('case_attachment');
  expect(await attachmentsOf(suite.target, caseId)).toHaveLength(1);
  await attachment.getByRole('link', { name: 'Show in History' }).click();
  await page.waitForURL(/\/history\?.*search=/);
  await expectRows(page, 1);
  await row.getByRole('link', { name: '1 alert' }).click();
  await waitForStatus(page, 'Isolated');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});

it('attaches an action later to its case', async () => {
  const agent = suite.fleet.connected[0]!;
  const comment = `Meant for a case ${Date.now()}`;
  const { id: caseId, title } = await makeCase(suite.target, titleOf('Later'));
  // This person may not use cases.
  const answer = await suite.target.request(
    'responder',
    'POST',
    '/internal/sentinelone_response/hosts/_isolate',
    { body: { hosts: [{ agentId: agent.id }], comment, caseIds: [caseId] } }
  );
  expect(answer.json.caseAttachments).toMatchObject([{ attached: false, reason: 'forbidden' }]);
  await untilFound(comment);
  const page = await suite.visit(`${HISTORY}?search=${encodeURIComponent(comment)}`);
  await rowOf(page, comment)
    .getByRole('button', { name: /^Show details: Isolate/ })
    .click();
  await page.getByText('Cases', { exact: true }).waitFor();
  // Its title, and why it is not attached to it.
  await page.getByRole('link', { name: title }).waitFor();
  await page.getByText(/^Not attached\. The user did not have the privilege/).waitFor();
  await page.getByRole('button', { name: 'Attach to this case' }).focus();
  await page.keyboard.press('Enter');
  const result = page.getByRole('group', { name: 'Result of attaching' });
  await result.getByText('Attached to the case').waitFor();
  await suite.open.shoot('history_attached');
  await page.getByText('Attached.', { exact: true }).waitFor();
  await result.getByRole('link', { name: title }).click();
  await page
    .getByText(`added the isolation of host ${agent.computerName}, requested by responder`)
    .waitFor();
  expect(await attachmentsOf(suite.target, caseId)).toMatchObject([
    { actionId: answer.json.actionId },
  ]);
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
});

it('filters by the URL, for a viewer, and offers a way out of an empty list', async () => {
  await suite.target.request('analyst', 'POST', '/internal/sentinelone_response/hosts/_isolate', {
    body: { hosts: [{ agentId: '404404404' }], comment: 'No such agent' },
  });
  await untilFound('No such agent');
  const page = await suite.visit(`${HISTORY}?status=refused&search=no+such`, { user: 'viewer' });
  await rowOf(page, 'No such agent').first().getByText('no agent has this UUID or id').waitFor();
  await page.getByRole('combobox', { name: 'Action' }).selectOption({ label: 'Release' });
  await page.waitForURL(/action=release/);
  await page.getByRole('heading', { name: 'No actions match' }).waitFor();
  await suite.open.shoot('history_no_match');
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await page.waitForURL((url) => url.search === '');
  await rowOf(page, 'No such agent').first().waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'No actions match' }).waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('sorts by duration and time, longest and latest first, and has no pagination without entries', async () => {
  const agent = suite.nextConnected();
  const comment = `Sorted ${Date.now()}`;
  await suite.target.request('analyst', 'POST', '/internal/sentinelone_response/hosts/_isolate', {
    body: { hosts: [{ agentId: agent.id }], comment },
  });
  await untilFound(comment);
  const page = await suite.visit(`${HISTORY}?search=Sorted&from=now-1d`, { user: 'viewer' });
  await rowOf(page, comment).getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  const header = (name: string) => table(page).getByRole('columnheader', { name });
  await header('Duration').getByRole('button').click();
  await page.waitForURL(/sortField=duration/);
  expect(await header('Duration').getAttribute('aria-sort')).toBe('descending');
  await rowOf(page, comment).waitFor();
  await suite.open.shoot('history_by_duration');
  await header('Duration').getByRole('button').click();
  await page.waitForURL(/sortOrder=asc/);
  await header('Requested').getByRole('button').click();
  await page.waitForURL((url) => !url.search.includes('sort'));
  await page.getByRole('combobox', { name: 'Duration' }).selectOption({ label: 'Longer than 1 d' });
  await page.getByRole('heading', { name: 'No actions match' }).waitFor();
  expect(await page.getByText(/\bof 0\b/).count()).toBe(0);
  expect((await suite.target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);
});

it.each([
  ['dark', 1280],
  ['light', 700],
] as const)('is legible in %s at %i pixels', async (theme, width) => {
  const page = await suite.visit(APP, { width, dark: theme === 'dark' });
  await page.getByRole('tab', { name: 'History' }).click();
  await page.waitForURL(/\/history$/);
  await rowOf(page, 'No such agent').first().waitFor();
  await suite.open.shoot(`history_${theme}_${width}`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth
  );
  expect(overflow).toBeLessThanOrEqual(1);
});
