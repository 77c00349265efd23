import type { Locator, Page } from 'playwright-core';
import { ROUTE } from '../../common/api/routes';
import type { Fault } from '../simulator/client';
import { alertText } from '../helpers/alert_documents';
import { alertUrl, APP, confirm, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { isolateSelected, SELECTION_PAGE, selectionBoxes, subject } from '../helpers/security_page';
import type { AddedAlerts } from '../helpers/target';

/** A SentinelOne that is slow or does not answer: what each page shows while it waits for the status. */

/** Kibana waits longer for SentinelOne than a status is waited for, as an official one does. */
const suite = browserSuite({ responseTimeoutMs: 30_000 });
const inWorkbench = process.env.KIBANA_URL === undefined ? it : it.skip;
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

const SLOW = 'SentinelOne is slow to answer';
type Place = Page | Locator;
const slowText = (place: Place) => place.getByText(SLOW, { exact: true }).first();
const refreshButton = (place: Place) =>
  place.getByRole('button', { name: 'Refresh status', exact: true });

/**
 * A tenant with one host, and an alert of it. Kibana shares what it read for another page for two seconds, so each
 * test has a host that no page can have read, however fast it follows the test before.
 */
async function newHost(): Promise<{ host: { id: string; computerName: string }; alertId: string }> {
  hosts += 1;
  const name = `never-read-${hosts}`;
  const host = { id: `18000000000000001${hosts}`, uuid: `uuid-${name}`, computerName: name };
  await suite.target.simulator.reset({ fleet: [host] });
  added = await suite.target.addAlerts([
    alertText(
      'Never read',
      `"event.dataset":"sentinel_one.alert","observer":{"serial_number":"${host.uuid}"},"host":{"name":"${name}"}`
    ),
  ]);
  return { host, alertId: added.ids[0]! };
}
let hosts = 10;

/** From now on SentinelOne does so with every look-up. */
const lookUps = (fault: Fault, naming?: string) =>
  suite.target.simulator.addFaults({
    path: '/agents',
    count: 'always',
    fault,
    ...(naming === undefined ? {} : { naming }),
  });

/** Milliseconds of waiting after which something is offered. */
const VERY_SLOW_AFTER = 10_000;

/** Opens a page whose time can be moved forward. */
const visit = (path: string) => suite.visit(path, { clock: true });

/** Leaves regular reads of the status without an answer, so the page cannot recover before the user asks it to. */
const answerOnlyRefresh = (page: Page) =>
  page.route(`**${ROUTE.hostsStatus}`, async (route) => {
    const response = await route.fetch().catch(() => undefined);
    const isRequired = route.request().postDataJSON().fresh === true;
    if (isRequired && response !== undefined) await route.fulfill({ response }).catch(() => {});
  });

/** It says that SentinelOne is slow. After ten seconds, which pass at once, it offers something. */
async function expectOffer(place: Place, offer: Locator): Promise<void> {
  await slowText(place).waitFor();
  await suite.open.page.clock.fastForward(VERY_SLOW_AFTER);
  await offer.waitFor();
}

/** It says that SentinelOne is slow, and then offers to ask again. */
const expectSlow = (place: Place) => expectOffer(place, refreshButton(place));

it.each<[string, Fault]>([
  ['never answers', { kind: 'hang', ms: 60_000 }],
  ['answers byte by byte', { kind: 'drip', everyMs: 500 }],
  ['is gone while the connection stays open', { kind: 'halfOpen' }],
])('the flyout, when SentinelOne %s: Refresh shows the status', async (_, fault) => {
  const { alertId } = await newHost();
  await lookUps(fault);
  const page = await visit(alertUrl(alertId));
  await answerOnlyRefresh(page);
  await expectSlow(flyout(page));
  await suite.open.shoot(`slow_flyout_${fault.kind}`);
  await suite.target.simulator.clearFaults();
  await refreshButton(flyout(page)).click();
  await waitForStatus(page, 'Connected');
  await flyout(page).getByText(SLOW).waitFor({ state: 'detached' });
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('the flyout: a host is isolated without its status, and only that host', async () => {
  const { host, alertId } = await newHost();
  await lookUps({ kind: 'hang', ms: 60_000 });
  const page = await visit(alertUrl(alertId));
  const offer = flyout(page).getByRole('button', { name: 'Isolate host without its status' });
  await expectOffer(flyout(page), offer);
  await offer.click();
  await page.getByRole('heading', { name: 'Isolate host', exact: true }).waitFor();
  await flyout(page).getByText('The network status of this host is not known').waitFor();
  await suite.open.shoot('slow_without_status');
  expect(await suite.target.simulator.writes()).toEqual([]);
  await suite.target.simulator.clearFaults();
  await confirm(page, 'Without a status');
  await waitForStatus(page, 'Isolated');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[host.id]]);
  expect(affectedBy(writes)).toEqual([host.id]);
});

it('the flyout: without its status, a host with another name in SentinelOne is refused', async () => {
  const { host, alertId } = await newHost();
  await lookUps({ kind: 'halfOpen' });
  const page = await visit(alertUrl(alertId));
  const offer = flyout(page).getByRole('button', { name: 'Isolate host without its status' });
  await expectOffer(flyout(page), offer);
  await offer.click();
  await page.getByLabel('Comment', { exact: false }).fill('Another machine');
  await suite.target.simulator.setAgent(host.id, { computerName: 'another-machine' });
  await suite.target.simulator.clearFaults();
  await page.locator('[data-test-subj="sentineloneResponseConfirm"]').click();
  await flyout(page)
    .getByText(/another-machine/)
    .first()
    .waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('the list: each cell is labelled with the host whose status is loading', async () => {
  await newHost();
  await lookUps({ kind: 'hang', ms: 60_000 });
  const page = await visit(APP);
  await answerOnlyRefresh(page);
  const cells = page.getByRole('progressbar', { name: /^Reading the network status of .+/ });
  await cells.first().waitFor();
  await expectSlow(page);
  await suite.open.shoot('slow_list');
  await suite.target.simulator.clearFaults();
  await refreshButton(page).click();
  await page.getByRole('table').getByText('Connected', { exact: true }).first().waitFor();
  expect(await cells.count()).toBe(0);
  expect(await slowText(page).count()).toBe(0);
});

it('the host finder: a search, and the statuses of the hosts that it found', async () => {
  const fleet = [{ id: '1800000000000000021', computerName: 'only-named-1' }];
  await suite.target.simulator.reset({ fleet });
  added = await suite.target.addAlerts([
    alertText('Only a name', '"event.module":"sentinel_one","host":{"name":"only-named-1"}'),
  ]);
  await lookUps({ kind: 'drip', everyMs: 500 }, 'computerName');
  await lookUps({ kind: 'halfOpen' }, 'uuids');
  const page = await visit(alertUrl(added.ids[0]!));
  await answerOnlyRefresh(page);
  await flyout(page).getByRole('button', { name: 'Find hosts of this name' }).click();
  const again = flyout(page).getByRole('button', { name: 'Search again' });
  await expectOffer(flyout(page), again);
  await suite.target.simulator.clearFaults();
  await lookUps({ kind: 'halfOpen' }, 'uuids');
  await again.click();
  await page
    .getByRole('progressbar', { name: 'Reading the network status of only-named-1' })
    .waitFor();
  await expectSlow(flyout(page));
  await suite.open.shoot('slow_finder');
  await suite.target.simulator.clearFaults();
  await refreshButton(flyout(page)).click();
  await waitForStatus(page, 'Connected');
  expect(await suite.target.simulator.writes()).toEqual([]);
});

inWorkbench('the bulk flyout: each row says whose status is read', async () => {
  await lookUps({ kind: 'drip', everyMs: 500 });
  const page = await visit(SELECTION_PAGE);
  await answerOnlyRefresh(page);
  const name = suite.fleet.connected[0]!.computerName!;
  await selectionBoxes(page, name).first().check();
  await isolateSelected(page);
  const form = subject(page, 'sentineloneResponseBulkFlyout');
  await form.getByRole('progressbar', { name: `Reading the network status of ${name}` }).waitFor();
  await expectSlow(form);
  await suite.open.shoot('slow_bulk');
  await suite.target.simulator.clearFaults();
  await refreshButton(form).click();
  await subject(form, 'sentineloneResponseStatus-connected').waitFor();
  expect(await suite.target.simulator.writes()).toEqual([]);
});
