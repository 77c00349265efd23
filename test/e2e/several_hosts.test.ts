import { alertText } from '../helpers/alert_documents';
import {
  alertUrl,
  confirm,
  flyout,
  menuItem,
  takeAction,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import type { AddedAlerts } from '../helpers/target';

/** Alerts that name several hosts, and alerts whose agent id cannot be trusted. */

const suite = browserSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

it('acts on none of several hosts before one is chosen, and then only on that one', async () => {
  const [a, b] = suite.fleet.connected;
  const [uuids, names] = [[a!.uuid, b!.uuid].join('","'), [a!.computerName, b!.computerName]];
  added = await suite.target.addAlerts([
    alertText(
      'Several hosts',
      `"event.dataset":"sentinel_one.alert","observer":{"serial_number":["${uuids}"]},"host":{"name":["${names.join('","')}"]}`
    ),
  ]);
  const page = await suite.visit(alertUrl(added.ids[0]!));
  const options = flyout(page).getByRole('radio');
  await options.nth(1).waitFor();
  await flyout(page).getByText(b!.computerName!, { exact: true }).first().waitFor();
  expect(await options.count()).toBe(2);
  await takeAction(page).click();
  const item = menuItem(page, /^Isolate host/);
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await item.hover();
  await page
    .getByRole('tooltip')
    .getByText(/contains several hosts. Choose one first/)
    .waitFor();
  await suite.open.shoot('several_hosts');
  await page.keyboard.press('Escape');

  await flyout(page).locator('label', { hasText: b!.computerName! }).click();
  await waitForStatus(page, 'Connected');
  await suite.open.shoot('several_hosts_chosen');
  await takeAction(page).click();
  await menuItem(page, 'Isolate host').click();
  await confirm(page, 'One of two');
  await waitForStatus(page, 'Isolated');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[b!.id]]);
  expect(affectedBy(writes)).toEqual([b!.id]);
  expect(await suite.statusIn(a!.id)).toBe('connected');
});

it('finds the host of an alert that has only its name, and acts on the agent that is chosen', async () => {
  await suite.target.simulator.reset({
    fleet: [
      { id: '1800000000000000021', computerName: 'only-named-1' },
      { id: '1800000000000000022', computerName: 'ONLY-NAMED-1' },
    ],
  });
  added = await suite.target.addAlerts([
    alertText('Only a name', '"event.module":"sentinel_one","host":{"name":"only-named-1"}'),
  ]);
  const page = await suite.visit(alertUrl(added.ids[0]!));
  await flyout(page).getByText('This alert does not identify a SentinelOne agent').waitFor();
  await suite.open.shoot('only_named');
  await flyout(page).getByRole('button', { name: 'Find hosts of this name' }).focus();
  await page.keyboard.press('Enter');
  const chosen = flyout(page).getByRole('button', {
    name: 'Choose the agent 1800000000000000022',
  });
  await chosen.waitFor();
  await suite.open.shoot('only_named_found');
  await chosen.focus();
  await page.keyboard.press('Enter');
  await waitForStatus(page, 'Connected');
  await takeAction(page).click();
  await menuItem(page, 'Isolate host').click();
  await page.getByLabel(/^To confirm the agent, type the last 6 digits/).fill('000022');
  await confirm(page, 'Found by name');
  await waitForStatus(page, 'Isolated');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([['1800000000000000022']]);
  expect(affectedBy(writes)).toEqual(['1800000000000000022']);
  expect(await suite.statusIn('1800000000000000021')).toBe('connected');
});

it('states why an agent id that is a JSON number is not used, and offers no action', async () => {
  // JavaScript rounds the number to the id of the first.
  await suite.target.simulator.reset({
    fleet: [
      { id: '1800000000000000000', computerName: 'another-host' },
      { id: '1800000000000000018', computerName: 'web-9' },
    ],
  });
  added = await suite.target.addAlerts([
    alertText(
      'A number',
      '"event.dataset":"sentinel_one.threat","sentinel_one":{"threat":{"agent":{"id":1800000000000000018}}},"host":{"name":"web-9"}'
    ),
  ]);
  const page = await suite.visit(alertUrl(added.ids[0]!));
  await flyout(page).getByText('The agent id in this alert is not reliable').waitFor();
  await flyout(page)
    .getByText(/sentinel_one\.threat\.agent\.id is a JSON number, read as 1800000000000000000/)
    .waitFor();
  await suite.open.shoot('number_as_id');
  await takeAction(page).click();
  const item = menuItem(page, /^Isolate host/);
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  expect(await flyout(page).getByText('another-host').count()).toBe(0);
  const asked = (await suite.target.simulator.calls()).map(({ query }) => query.raw);
  expect(asked.filter((query) => /18000000000000000(00|18)/.test(query))).toEqual([]);
  expect(await suite.target.simulator.writes()).toEqual([]);
});
