import { alertOf, alertUrl, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { returnToTab } from '../helpers/page';

/** An action that somebody else requested, on an open page. Status reconciliation runs. */

const suite = browserSuite({ tasks: true });

const HISTORY = 'Latest actions on this host or from this alert';

it('changes the record and the status badge together when an action from elsewhere ends', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  // The page notes every combination that it shows, however short.
  await page.evaluate((label) => {
    const seen = ((window as unknown as { seen: string[] }).seen = [] as string[]);
    const note = () => {
      const badge = document.querySelector(
        '[role="dialog"] [data-test-subj^="sentineloneResponseStatus-"]'
      );
      const entry = document.querySelector(`ul[aria-label="${label}"] li`)?.textContent ?? '';
      const outcome = /In progress|Succeeded|Failed/.exec(entry)?.[0] ?? 'none';
      const now = `${outcome}, ${badge?.textContent?.trim()}`;
      if (seen[seen.length - 1] !== now) seen.push(now);
    };
    note();
    new MutationObserver(note).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }, HISTORY);

  // A badge that is not refreshed when the action ends would be late.
  await page.route('**/internal/sentinelone_response/hosts/_status', async (route) => {
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.fulfill({ response }).catch(() => {});
  });
  const sent = await suite.target.request('admin', 'POST', '/api/sentinelone_response/actions', {
    body: {
      action: 'isolate',
      hosts: [{ uuid: agent.uuid, agentId: agent.id }],
      comment: 'Sent by another user',
    },
  });
  expect(sent.status).toBe(200);
  await returnToTab(page);
  const entry = flyout(page).getByRole('list', { name: HISTORY }).getByRole('listitem').first();
  await entry.getByText('Sent by another user').waitFor();
  await entry.getByText('Succeeded').waitFor();
  await waitForStatus(page, 'Isolated');

  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.filter((text) => /^Succeeded/.test(text))).toEqual(['Succeeded, Isolated']);
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});
