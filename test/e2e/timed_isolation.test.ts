import type { Locator, Page } from 'playwright-core';
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
import { idsOf, type SimulatedAgent } from '../helpers/hosts';
import { moveTo } from '../helpers/page';
import { untilIs } from '../helpers/until';

/** An isolation that ends automatically: chosen, shown, changed, overdue, done; and one that is cancelled. */

const suite = browserSuite({ tasks: true });
const PUBLIC = '/api/sentinelone_response/actions';

const notice = (page: Page) =>
  page.locator('[data-test-subj="sentineloneResponsePendingRelease"]').last();
const hostRow = (page: Page, { computerName }: SimulatedAgent) =>
  page.locator('[data-test-subj="sentineloneResponseHostRow"]').filter({ hasText: computerName! });
const actionRow = (page: Page, text: string) =>
  page.locator('[data-test-subj="sentineloneResponseActionRow"]').filter({ hasText: text });
/** Waits until the element shows it. */
const shows = (element: Locator, text: RegExp | string) =>
  element.filter({ hasText: text }).first().waitFor();

/** The commands that SentinelOne got: the last word of the path and the agents. */
const commands = async () =>
  (await suite.target.simulator.writes()).map((write) => [
    write.path.split('/').pop(),
    ...idsOf(write),
  ]);

it('isolates a host for a custom time, changes it, and releases the host when SentinelOne is back', async () => {
  const agent = suite.nextConnected();
  const host = agent.computerName!;
  const comment = `Until the image is taken ${Date.now()}`;
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), { width: 1440 });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  const time = page.getByLabel('Release automatically');
  await time.selectOption({ label: 'Custom time' });
  const amount = page.getByLabel('Time until the automatic release');
  // Too short: said at the field, and nothing is sent.
  await amount.fill('2');
  await page.getByLabel('Unit of time').selectOption({ label: 'minutes' });
  await confirm(page, comment);
  await page
    .getByText(/5 minutes/)
    .first()
    .waitFor();
  expect(await commands()).toEqual([]);
  await amount.fill('3');
  await page.getByLabel('Unit of time').selectOption({ label: 'hours' });
  await suite.open.shoot('timed_step');
  await confirm(page, comment);
  await waitForStatus(page, 'Isolated');
  await shows(notice(page), /Released automatically\s+in 3 hours/);
  await suite.open.shoot('automatic_release', { inReadme: true });

  await notice(page)
    .getByRole('button', { name: `Change the automatic release of ${host}` })
    .click();
  const dialog = page.getByRole('dialog', { name: `Change the automatic release of ${host}` });
  await shows(dialog, 'Scheduled: in 3 hours');
  await dialog.getByLabel('Release automatically').selectOption({ label: 'After 4 hours' });
  await dialog.getByLabel('Comment', { exact: false }).fill('Imaging takes longer');
  await suite.open.shoot('timed_change');
  await dialog.getByRole('button', { name: 'Change time' }).click();
  await shows(notice(page), 'in 4 hours');

  const { json } = await suite.target.request('viewer', 'GET', `${PUBLIC}?host=${agent.id}`);
  const actionId: string = json.actions[0].actionId;
  await moveTo(page, `${APP}/hosts?perPage=100`);
  await shows(hostRow(page, agent), 'in 4 hours');
  await hostRow(page, agent).getByRole('link').first().click();
  await shows(notice(page), /Released automatically\s+in 4 hours/);
  await flyout(page).getByRole('button', { name: 'Take action' }).waitFor();
  await suite.open.shoot('timed_host_flyout');
  await moveTo(page, `${APP}/history?actionId=${actionId}`);
  await shows(actionRow(page, comment), 'Releases automatically in 4 hours');
  await actionRow(page, comment)
    .getByRole('button', { name: /^Show details/ })
    .click();
  await page.getByText(/^Changed from .* to .* by analyst/).waitFor();
  await page.getByText('Imaging takes longer').waitFor();
  await suite.open.shoot('timed_history');
  expect(await commands()).toEqual([['disconnect', agent.id]]);

  // Due while SentinelOne is down.
  const down = { method: 'GET', path: '/activities', count: 'always' } as const;
  await suite.target.simulator.addFaults({ ...down, fault: { kind: 'status', status: 503 } });
  const releaseOf = async () => (await suite.target.record(actionId)).automaticRelease;
  const releaseAt = new Date(Date.now() - 60_000).toISOString();
  const automaticRelease = { ...(await releaseOf()), nextCheckAt: releaseAt };
  await suite.target.changeRecord(actionId, { releaseAt, automaticRelease });
  await suite.target.runReleaseTask();
  const problem = async () => (await releaseOf()).problem?.reason as string | undefined;
  await untilIs('the release is overdue', problem, (reason) => reason !== undefined, 75);
  await moveTo(page, `${APP}/hosts?perPage=100`);
  const badge = hostRow(page, agent).getByText('Overdue', { exact: true });
  await badge.waitFor();
  await badge.hover();
  await shows(page.getByRole('tooltip'), /SentinelOne|503/);
  await suite.open.shoot('timed_overdue');
  await moveTo(page, `${APP}/history?actionId=${actionId}`);
  await shows(actionRow(page, comment), 'Automatic release not possible');
  await suite.open.shoot('timed_overdue_history');
  expect(await commands()).toEqual([['disconnect', agent.id]]);

  await suite.target.simulator.clearFaults();
  await untilIs(
    'the host is released',
    () => suite.statusIn(agent.id),
    (status) => status === 'connected',
    90
  );
  // The page reads an ended action again every thirty seconds only.
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shows(actionRow(page, comment), /Released automatically|Automatic release in progress/);
  await moveTo(page, `${APP}/history?host=${agent.id}`);
  await shows(actionRow(page, 'Automatic release: isolated'), 'Automatic release, requested by');
  await suite.open.shoot('timed_done');
  expect(await commands()).toEqual([
    ['disconnect', agent.id],
    ['connect', agent.id],
  ]);
});

it('cancels the automatic release, and sends nothing when its time comes', async () => {
  const agent = suite.nextConnected();
  const body = {
    ...{ action: 'isolate', hosts: [{ agentId: agent.id, name: agent.computerName }] },
    ...{ comment: 'Isolated for an hour', releaseAfterMinutes: 60 },
  };
  const { json } = await suite.target.request('analyst', 'POST', PUBLIC, { body });
  const page = await suite.visit(`${APP}/hosts?host=${agent.id}`);
  const cancel = `Cancel the automatic release of ${agent.computerName}`;
  await shows(notice(page), /Released automatically\s+in (an hour|60 minutes|1 hour)/);
  // By keyboard: the focus is in the dialog, and returns to the button.
  await notice(page).getByRole('button', { name: cancel }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: cancel });
  await dialog.getByText('stay isolated until a user releases them', { exact: false }).waitFor();
  await dialog.getByLabel('Comment', { exact: false }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Kept for the insurance');
  await suite.open.shoot('timed_cancel');
  for (let n = 0; n < 2; n += 1) await page.keyboard.press('Tab');
  await dialog
    .getByRole('button', { name: 'Cancel automatic release' })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await notice(page).waitFor({ state: 'detached' });
  expect(await suite.target.record(json.actionId)).toMatchObject({
    releaseAt: null,
    automaticRelease: { state: 'cancelled', setBy: 'analyst', nextCheckAt: null },
    releaseTimeChanges: [{ to: null, comment: 'Kept for the insurance' }],
  });
  expect(await suite.statusIn(agent.id)).toBe('disconnected');
  expect(await commands()).toEqual([['disconnect', agent.id]]);
});
