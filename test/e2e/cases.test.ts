import { alertOf, alertUrl, choose, confirm, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import {
  caseAttachment,
  caseSearch,
  casesResult,
  caseUrl,
  chosenCases,
} from '../helpers/case_page';
import { attachmentsOf, closeCases, forgeAttachment, makeCase, titleOf } from '../helpers/cases';
import { affectedBy, idsOf } from '../helpers/hosts';

/** An action and the cases that it belongs to, from the form to the case's page. */

const suite = browserSuite({ tasks: true });
afterEach(() => closeCases(suite.target));
const writtenTo = async () => (await suite.target.simulator.writes()).map(idsOf);

it('attaches to a case that is searched, and follows the action on its page', async () => {
  const agent = suite.nextConnected();
  const { id, title } = await makeCase(suite.target, titleOf('Lateral movement'));
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  // With the keyboard alone.
  await caseSearch(page).focus();
  await page.keyboard.type(title);
  await page.getByRole('option', { name: title }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await chosenCases(page).getByText(title, { exact: true }).waitFor();
  await page.keyboard.press('Tab');
  await suite.open.shoot('cases_chosen');
  await confirm(page, 'For the case');
  await casesResult(page).getByRole('link', { name: title }).waitFor();
  await suite.open.shoot('cases_attached');
  await casesResult(page).getByRole('link', { name: title }).click();
  await page.waitForURL(/\/app\/security\/cases\//);
  await page
    .getByText(`added the isolation of host ${agent.computerName}, requested by analyst`)
    .waitFor();
  const attachment = caseAttachment(page);
  await attachment.getByText('For the case').waitFor();
  // The page updates without a reload.
  await attachment.getByText('Succeeded', { exact: true }).waitFor({ timeout: 60_000 });
  expect(await attachmentsOf(suite.target, id)).toHaveLength(1);
  expect(await writtenTo()).toEqual([[agent.id]]);
  expect(await suite.statusIn(agent.id)).toBe('disconnected');
});

it('reports that the action was performed but not attached, and attaches it again', async () => {
  const agent = suite.nextConnected();
  const alertId = await alertOf(suite.target, agent);
  const { id, title } = await makeCase(suite.target, titleOf('Phishing'), [alertId]);
  const page = await suite.visit(alertUrl(alertId), { user: 'analyst' });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await chosenCases(page).getByText(title, { exact: true }).waitFor();
  // The answer to the attaching is lost on the way.
  await page.route('**/hosts/_isolate', async (route) => {
    const body = route.request().postDataJSON() as { caseIds: string[] };
    expect(body.caseIds).toEqual([id]);
    const answer = await route.fetch();
    const json = await answer.json();
    const caseAttachments = [{ caseId: id, attached: false, reason: 'unclear' }];
    await route.fulfill({ response: answer, json: { ...json, caseAttachments } });
  });
  await confirm(page, 'For the case');
  await casesResult(page)
    .getByText(/Not attached to a case\. The action on the host is not affected/)
    .waitFor();
  await casesResult(page)
    .getByText(/The action may or may not be attached/)
    .waitFor();
  await suite.open.shoot('cases_not_attached');
  await casesResult(page).getByRole('button', { name: 'Attach again' }).click();
  await casesResult(page).getByText('Attached to the case').waitFor();
  expect(await attachmentsOf(suite.target, id)).toHaveLength(1);
  expect(affectedBy(await suite.target.simulator.writes())).toEqual([agent.id]);
});

it('informs users without access to cases, and still performs the action', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)), {
    user: 'responder',
  });
  await waitForStatus(page, 'Connected');
  await choose(page, 'Isolate host');
  await flyout(page)
    .getByText(/The action is not attached to a case\. You do not have the privilege/)
    .waitFor();
  await suite.open.shoot('cases_forbidden');
  await confirm(page, 'Without cases');
  await waitForStatus(page, 'Isolated');
  expect(await writtenTo()).toEqual([[agent.id]]);
});

it.each([
  ['dark', 1280],
  ['light', 700],
] as const)('is legible in %s at %i pixels, on a page opened by its URL', async (theme, width) => {
  const agent = suite.nextConnected();
  const { id, title } = await makeCase(suite.target, titleOf('Legible'));
  const { json } = await suite.target.request(
    'analyst',
    'POST',
    '/internal/sentinelone_response/hosts/_isolate',
    {
      body: {
        hosts: [{ agentId: agent.id }, { agentId: '404404404' }],
        comment: 'Two hosts, of which one is unknown to SentinelOne',
        caseIds: [id],
      },
    }
  );
  expect(json.caseAttachments).toEqual([{ caseId: id, title, attached: true }]);
  const page = await suite.visit(caseUrl(id), { width, dark: theme === 'dark' });
  await caseAttachment(page).getByText('Refused: 1').waitFor();
  await caseAttachment(page).scrollIntoViewIfNeeded();
  await suite.open.shoot(`case_${theme}_${width}`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth
  );
  expect(overflow).toBeLessThanOrEqual(1);
  expect(await writtenTo()).toEqual([[agent.id]]);
});

it.each(['_summary', '00000000-0000-4000-8000-00000000dead'])(
  'shows no details of a forged entry with the id %s, and reports that there is no record',
  async (actionId) => {
    const { id } = await makeCase(suite.target, titleOf('Forged'));
    const isAccepted = await forgeAttachment(suite.target, id, actionId, 'DC-01');
    if (!isAccepted) {
      // Where attachments have a schema, it refuses what is no action's id.
      expect(actionId).toBe('_summary');
      expect(await attachmentsOf(suite.target, id)).toEqual([]);
      return;
    }
    const page = await suite.visit(caseUrl(id), { user: 'analyst' });
    await page.getByText('added a SentinelOne action that has no record in this space').waitFor();
    await caseAttachment(page).getByText('There is no record of this action').waitFor();
    await suite.open.shoot('case_forged');
    expect(await page.getByText('DC-01').count()).toBe(0);
    expect(suite.open.urls.filter((url) => url.includes('/actions/_summary'))).toEqual([]);
    expect(await suite.target.simulator.writes()).toEqual([]);
  }
);
