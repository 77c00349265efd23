import { alertText, DOCUMENTS } from '../helpers/alert_documents';
import {
  alertUrl,
  choose,
  flyout,
  sendButton,
  takeAction,
  waitForStatus,
  menuItem,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf, type SimulatedAgent } from '../helpers/hosts';
import type { AddedAlerts } from '../helpers/target';

/** Which agent is acted on when clones share a UUID, or when a UUID or an agent id changed since the alert. */

const suite = browserSuite();
let added: AddedAlerts | undefined;
afterEach(async () => {
  await added?.remove();
  added = undefined;
});

/** Opens an alert about this agent as its document names it. */
async function openAlertOf(agent: Pick<SimulatedAgent, 'uuid' | 'id' | 'computerName'>) {
  added = await suite.target.addAlerts([
    alertText('Host identity', DOCUMENTS['sentinel_one.threat']!(agent)),
  ]);
  return suite.visit(alertUrl(added.ids[0]!));
}

/** Two connected agents that share a UUID and a name, and an alert that has the UUID alone. */
async function openAlertOfClones() {
  const [first, second] = suite.fleet.clones.filter(
    ({ networkStatus, isDecommissioned }) => networkStatus === 'connected' && !isDecommissioned
  );
  for (const { id } of [first!, second!]) {
    await suite.target.simulator.setAgent(id, { computerName: 'dev-mbp-anna', isActive: true });
  }
  await suite.changeHost(second!.id, { siteName: 'Lisbon', lastLoggedInUserName: 'anna' });
  added = await suite.target.addAlerts([
    alertText(
      'Host identity',
      `"event.dataset":"sentinel_one.alert","observer":{"serial_number":"${first!.uuid}"},"host":{"name":"dev-mbp-anna"}`
    ),
  ]);
  const page = await suite.visit(alertUrl(added.ids[0]!));
  return { page, first: first!, second: second! };
}

it('isolates the clone that was chosen by its agent id', async () => {
  const { page, first, second } = await openAlertOfClones();
  await waitForStatus(page, 'Several agents');
  const clone = flyout(page).getByRole('region', { name: `dev-mbp-anna, agent id ${second.id}` });
  await clone.getByText('Lisbon').waitFor();
  await clone.getByText('anna', { exact: true }).waitFor();
  await suite.open.shoot('clones');
  await takeAction(page).click();
  const item = menuItem(page, /^Isolate host/);
  expect(await item.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');

  await flyout(page)
    .getByRole('button', { name: `Choose the agent ${second.id}` })
    .click();
  await flyout(page).getByText(`You chose the agent ${second.id}`).waitFor();
  await waitForStatus(page, 'Connected');
  await suite.open.shoot('clone_chosen');
  await choose(page, 'Isolate host');
  await page.getByLabel('Comment', { exact: false }).fill('One of two clones');
  await sendButton(page).click();
  const digits = page.getByLabel(/^To confirm the agent, type the last 6 digits of its id/);
  await page.getByText(`Type the digits: ${second.id.slice(-6)}`).waitFor();
  await suite.open.shoot('clone_confirmation');
  expect(await suite.target.simulator.writes()).toEqual([]);
  await digits.fill(second.id.slice(-6));
  await sendButton(page).click();
  await waitForStatus(page, 'Isolated');

  const writes = await suite.target.simulator.writes();
  expect(writes.map(({ path }) => path)).toEqual(['/agents/actions/disconnect']);
  expect(writes.map(idsOf)).toEqual([[second.id]]);
  expect(affectedBy(writes)).toEqual([second.id]);
  expect(await suite.statusIn(first.id)).toBe('connected');
});

it.each([
  [
    'a new UUID',
    { uuid: 'f00df00df00df00df00df00df00df00d' },
    /^No agent has the UUID in the alert/,
  ],
  ['a new agent id', { id: '1999999999999999998' }, /^No agent has the agent id in the alert/],
] as const)('isolates a host with %s after its name is typed', async (_, outdated, text) => {
  const agent = suite.nextConnected();
  const page = await openAlertOf({ ...agent, ...outdated });
  await flyout(page).getByText(text).first().waitFor();
  await waitForStatus(page, 'Connected');
  await suite.open.shoot('partial_match');
  await choose(page, 'Isolate host');
  await page.getByLabel('Comment', { exact: false }).fill('The same machine');
  await sendButton(page).click();
  const name = page.getByLabel(/^To confirm the host, type its name in SentinelOne/);
  await page.getByText(`Type the name: ${agent.computerName}`).waitFor();
  await suite.open.shoot('partial_match_confirmation');
  expect(await suite.target.simulator.writes()).toEqual([]);
  await name.fill(`${agent.computerName!.toUpperCase()}.corp.example`);
  await sendButton(page).click();
  await waitForStatus(page, 'Isolated');
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});

it('shows the details of the host, and links to the alert in Elastic Security and to the console', async () => {
  const agent = suite.nextConnected();
  await suite.changeHost(agent.id, {
    lastLoggedInUserName: 'anna',
    activeThreats: 2,
    domain: 'CORP',
    machineType: 'laptop',
  });
  const page = await openAlertOf(agent);
  const host = flyout(page).getByRole('region', { name: 'Host' });
  for (const fact of ['anna', '2', 'CORP', 'laptop', 'Online', agent.id]) {
    await host.getByText(fact, { exact: true }).first().waitFor();
  }
  await suite.open.shoot('host_facts');
  const console = host.getByRole('link', { name: /^Search by name/ });
  const url = new URL((await console.getAttribute('href'))!);
  expect(url.pathname).toBe('/sentinels/devices');
  expect(url.search).toContain(encodeURIComponent(agent.computerName!));
  await choose(page, 'Isolate host');
  await page.getByText('anna', { exact: true }).waitFor();
  await suite.open.shoot('step_facts');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('link', { name: 'Open in Elastic Security' }).click();
  await page.waitForURL(/\/app\/security\/alerts/);
  // Security then opens the alert; the workbench's has no flyout.
  if (suite.target.kind === 'kibana') {
    await page.waitForURL(
      ({ search }) => search.includes('eventFlyout=') && search.includes(added!.ids[0]!)
    );
  }
  expect(await suite.target.simulator.writes()).toEqual([]);
});
