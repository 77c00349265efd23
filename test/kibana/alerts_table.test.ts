import { affectedBy, idsOf } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import {
  alertsPath,
  cellOf,
  ourFlyout,
  rowActions,
  subject,
  waitForAlerts,
  waitForHostStatus,
  confirmAction,
} from '../helpers/security_page';

inKibana("Security's alerts table", () => {
  const { target, fleet, visit, alertAbout } = kibanaSuite();
  const statusIn = async (id: string) => (await target().simulator.agent(id)).networkStatus;

  it("isolates from the row's action", async () => {
    const agent = fleet().connected[1]!;
    const name = agent.computerName!;
    const open = await visit(alertsPath([name]));
    const { page } = open;
    await waitForAlerts(page);
    await subject(await rowActions(page, name), 'sentineloneResponseRowAction').click();
    await waitForHostStatus(page, 'connected');
    await open.shoot('row_flyout');
    await subject(page, 'sentineloneResponseTakeAction').click();
    await subject(page, 'sentineloneResponseAction-isolate').click();
    await confirmAction(page, 'From the row');
    await waitForHostStatus(page, 'isolated');
    await page.keyboard.press('Escape');
    await ourFlyout(page).waitFor({ state: 'detached' });
    // Nothing else has been opened or left: the table stands where it was.
    expect(await subject(page, 'take-action-dropdown-btn').count()).toBe(0);
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
  });

  it('isolates the hosts of several alerts in bulk, and releases them', async () => {
    const [first, second, third] = fleet().connected;
    const { decommissioned } = fleet();
    const nameless = { name: 'bulk-without-agent' };
    await alertAbout(nameless);
    // A second alert of the first host.
    await alertAbout({ name: first!.computerName!, uuid: first!.uuid, id: first!.id });
    const gone = decommissioned[0]!;
    const agents = [first!, second!, third!, gone];
    const names = agents.map(({ computerName }) => computerName!);
    const open = await visit(alertsPath([...names, nameless.name]), {
      width: 1440,
      height: 900,
    });
    const { page } = open;
    await waitForAlerts(page);
    await cellOf(page, nameless.name);
    const openBulk = async (action: 'isolate' | 'release') => {
      const all = page.locator('[data-test-subj="bulk-actions-header"]');
      if (!(await all.isChecked())) await all.check();
      await subject(page, 'selectedShowBulkActionsButton').click();
      await subject(page, `sentineloneResponseBulk-${action}`).click();
      await subject(page, 'sentineloneResponseBulkConfirm').waitFor();
    };
    await openBulk('isolate');
    const flyout = subject(page, 'sentineloneResponseBulkFlyout');
    const row = (name: string) =>
      subject(flyout, 'sentineloneResponseBulkRow').filter({
        has: page.getByText(name, { exact: true }),
      });
    await flyout.getByText('Isolate 3 hosts').waitFor();
    await flyout.getByText(/1 alert does not identify a SentinelOne agent/).waitFor();
    expect(await subject(flyout, 'sentineloneResponseBulkRow').count()).toBe(4);
    await row(gone.computerName!)
      .getByText(`The agent of ${gone.computerName} is decommissioned`)
      .waitFor();
    // One of the three is taken off.
    await row(third!.computerName!).getByRole('checkbox').click();
    await flyout.getByText('Isolate 2 hosts').waitFor();
    await subject(flyout, 'sentineloneResponseComment').fill('Ransomware in the rack');
    await open.shoot('bulk_flyout', { inReadme: true });
    await subject(page, 'sentineloneResponseBulkConfirm').click();
    await flyout.getByText(/2 requests accepted|2 isolated/).waitFor();
    for (const { computerName } of [first!, second!]) {
      await subject(row(computerName!), 'sentineloneResponseStatus-isolated').waitFor();
    }
    await open.shoot('bulk_isolated');
    let writes = await target().simulator.writes();
    expect(writes).toHaveLength(1);
    expect([...idsOf(writes[0]!)].sort()).toEqual([first!.id, second!.id].sort());
    expect([...affectedBy(writes)].sort()).toEqual([first!.id, second!.id].sort());
    expect(await statusIn(third!.id)).toBe('connected');
    await page.keyboard.press('Escape');
    await flyout.waitFor({ state: 'detached' });

    await openBulk('release');
    await flyout.getByText('Release 2 hosts').waitFor();
    await subject(flyout, 'sentineloneResponseComment').fill('Cleaned');
    await subject(page, 'sentineloneResponseBulkConfirm').click();
    for (const { computerName } of [first!, second!]) {
      await subject(row(computerName!), 'sentineloneResponseStatus-connected').waitFor();
    }
    writes = await target().simulator.writes();
    expect(writes).toHaveLength(2);
    expect([...affectedBy(writes)].sort()).toEqual([first!.id, second!.id].sort());
  });

  it('tries only the failed hosts of a bulk action again', async () => {
    const [first, second] = fleet().connected;
    const names = [first!, second!].map(({ computerName }) => computerName!);
    const open = await visit(alertsPath(names));
    const { page } = open;
    await waitForAlerts(page);
    await page.locator('[data-test-subj="bulk-actions-header"]').check();
    await subject(page, 'selectedShowBulkActionsButton').click();
    await subject(page, 'sentineloneResponseBulk-isolate').click();
    const flyout = subject(page, 'sentineloneResponseBulkFlyout');
    await flyout.getByText('Isolate 2 hosts').waitFor();
    await target().simulator.addFaults({
      method: 'POST',
      path: '/agents/actions/disconnect',
      count: 1,
      fault: { kind: 'status', status: 403 },
    });
    await subject(flyout, 'sentineloneResponseComment').fill('Twice');
    await subject(page, 'sentineloneResponseBulkConfirm').click();
    await flyout.getByText(/2 failed/).waitFor();
    await flyout
      .getByText(/API token/)
      .first()
      .waitFor();
    await open.shoot('bulk_failed');
    expect(affectedBy(await target().simulator.writes())).toEqual([]);
    await subject(page, 'sentineloneResponseBulkConfirm').click();
    await flyout.getByText(/2 requests accepted|2 isolated/).waitFor();
    const writes = await target().simulator.writes();
    expect([...affectedBy(writes)].sort()).toEqual([first!.id, second!.id].sort());
    expect(writes).toHaveLength(2);
  });
});
