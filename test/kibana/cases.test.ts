import { caseAttachment, casesResult, caseUrl, chosenCases } from '../helpers/case_page';
import { attachmentsOf, makeCase, titleOf } from '../helpers/cases';
import { affectedBy } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { kibanaSuite } from '../helpers/kibana_suite';
import {
  alertsPath,
  confirmAction,
  openAlert,
  openMenu,
  ourFlyout,
  waitForAlerts,
  waitForHostStatus,
  waitForItem,
} from '../helpers/security_page';

inKibana("Security's cases", () => {
  const { target, fleet, visit, alertAbout } = kibanaSuite();
  const isolateFor = async (caseId: string, agentId: string): Promise<string> => {
    const { json } = await target().request(
      'analyst',
      'POST',
      '/internal/sentinelone_response/hosts/_isolate',
      { body: { hosts: [{ agentId }], comment: 'For the case', caseIds: [caseId] } }
    );
    expect(json.caseAttachments).toMatchObject([{ attached: true }]);
    return json.actionId;
  };

  it("preselects the alert's case from Security's Take action menu", async () => {
    const agent = fleet().connected[2]!;
    const name = agent.computerName!;
    // The alert whose flyout is opened is the latest of the host.
    const alert = await alertAbout({ name, uuid: agent.uuid, id: agent.id });
    const { id, title } = await makeCase(target(), titleOf('Ransomware'), [alert.id]);
    const open = await visit(alertsPath([name]));
    const { page } = open;
    await waitForAlerts(page);
    await openAlert(page, name);
    await openMenu(page);
    await (await waitForItem(page, 'Isolate host')).click();
    await ourFlyout(page).waitFor();
    await chosenCases(page).getByText(title, { exact: true }).waitFor();
    await open.shoot('security_cases_preselected');
    await confirmAction(page, 'For the case');
    await casesResult(page).getByRole('link', { name: title }).waitFor();
    await waitForHostStatus(page, 'isolated');
    expect(await attachmentsOf(target(), id)).toHaveLength(1);
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
    await casesResult(page).getByRole('link', { name: title }).click();
    await page.waitForURL(/\/app\/security\/cases\//);
    await caseAttachment(page).getByText('For the case').waitFor();
    await page.getByText(`added the isolation of host ${name}, requested by analyst`).waitFor();
  });

  it.each([
    ['light', 2000],
    ['dark', 1200],
  ] as const)(
    'shows the action on a page that is opened by its URL, in %s',
    async (theme, width) => {
      const agent = fleet().connected[theme === 'dark' ? 3 : 4]!;
      const { id } = await makeCase(target(), titleOf('Phishing'));
      const actionId = await isolateFor(id, agent.id);
      const open = await visit(caseUrl(id), { dark: theme === 'dark', width });
      const { page } = open;
      await page
        .getByText(`added the isolation of host ${agent.computerName}, requested by analyst`)
        .waitFor();
      const attachment = caseAttachment(page);
      await attachment.getByText('For the case').waitFor();
      await attachment
        .getByText(/In progress|Succeeded/)
        .first()
        .waitFor();
      await attachment.scrollIntoViewIfNeeded();
      await open.shoot(`security_case_${theme}`);
      await attachment.getByRole('link', { name: 'Show in History' }).click();
      await page.waitForURL(/\/app\/sentineloneResponse\/history/);
      await page.getByText(actionId).or(page.getByText('For the case')).first().waitFor();
      expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
    }
  );

  it('shows users who may not view hosts only that an action was taken', async () => {
    const agent = fleet().connected[5]!;
    const { id } = await makeCase(target(), titleOf('Trojan'));
    await isolateFor(id, agent.id);
    const open = await visit(caseUrl(id), { user: 'triager' });
    const { page } = open;
    await page.getByText('added a SentinelOne action', { exact: true }).waitFor();
    await caseAttachment(page)
      .getByText(/with the privilege to view SentinelOne hosts in this space/)
      .waitFor();
    expect(await page.getByText('For the case').count()).toBe(0);
    await open.shoot('security_case_triager');
    expect(affectedBy(await target().simulator.writes())).toEqual([agent.id]);
  });
});
