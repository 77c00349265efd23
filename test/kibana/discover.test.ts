import { affectedBy } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import { confirmAction, subject, waitForHostStatus } from '../helpers/security_page';

const DATA_VIEW = 'security-solution-default';

const documentsPath = (query: string): string =>
  `/app/discover#/?_a=(index:${DATA_VIEW},columns:!(host.name),query:(language:kuery,query:'${query}'))&_g=(time:(from:now-7d,to:now))`;

inKibana("Discover's document viewer", () => {
  const { target, fleet, visit, alertAbout } = kibanaSuite();

  it('shows the host of a document in a tab, and isolates it from there', async () => {
    const agent = fleet().connected[0]!;
    const name = agent.computerName!;
    const open = await visit(documentsPath(`host.name:"${name}"`), { width: 1440, height: 960 });
    const { page } = open;
    await subject(page, 'docTableExpandToggleColumn').first().click();
    await page.getByRole('tab', { name: 'SentinelOne', exact: true }).click();
    const tab = subject(page, 'sentineloneResponseDocViewTab');
    await subject(tab, 'sentineloneResponseStatus-connected').waitFor();
    await tab.getByText(name, { exact: true }).waitFor();
    await open.shoot('discover_tab', { inReadme: true });
    await subject(tab, 'sentineloneResponseTakeAction').click();
    await subject(page, 'sentineloneResponseAction-isolate').click();
    await confirmAction(page, 'From Discover');
    await waitForHostStatus(page, 'isolated');
    await page.keyboard.press('Escape');
    await subject(page, 'sentineloneResponseFlyout').waitFor({ state: 'detached' });
    // The viewer is still there, and its tab knows.
    await subject(tab, 'sentineloneResponseStatus-isolated').waitFor();
    await open.shoot('discover_isolated');
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
  });

  it('has no such tab for a document without an agent', async () => {
    const nameless = { name: `discover-without-agent` };
    await alertAbout(nameless);
    const { page } = await visit(documentsPath(`host.name:"${nameless.name}"`));
    await subject(page, 'docTableExpandToggleColumn').first().click();
    await page.getByRole('tab', { name: 'JSON', exact: true }).waitFor();
    expect(await page.getByRole('tab', { name: 'SentinelOne', exact: true }).count()).toBe(0);
  });

  it('has no such tab for users without the privilege', async () => {
    const name = fleet().connected[0]!.computerName!;
    const { page, urls } = await visit(documentsPath(`host.name:"${name}"`), { user: 'triager' });
    await subject(page, 'docTableExpandToggleColumn').first().click();
    await page.getByRole('tab', { name: 'JSON', exact: true }).waitFor();
    expect(await page.getByRole('tab', { name: 'SentinelOne', exact: true }).count()).toBe(0);
    const ours = urls.filter((url) => /sentinelone_?response/i.test(url));
    expect(ours.map((url) => url.split('/').pop())).toEqual(['sentineloneResponse.plugin.js']);
  });
});
