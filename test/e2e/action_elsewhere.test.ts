import { alertOf, alertUrl, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { returnToTab } from '../helpers/page';
import { untilIs } from '../helpers/until';

/** An action that somebody else requested, on a page that is open. Status reconciliation runs. */

const suite = browserSuite({ tasks: true });

const HISTORY = 'Latest actions on this host or from this alert';

it('changes the record and the status badge together, for an action from another tab', async () => {
  const agent = suite.fleet.offline[0]!;
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Offline');
  // Regular reads get the first answer again. So the badge changes only where the page requires a new reading.
  let first: string | undefined;
  await page.route('**/internal/sentinelone_response/hosts/_status', async (route) => {
    const isNew = route.request().postDataJSON().fresh === true;
    if (!isNew && first !== undefined) return route.fulfill({ json: JSON.parse(first) });
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return;
    first ??= await response.text();
    await route.fulfill({ response }).catch(() => {});
  });
  // The page notes every combination that it shows, however short.
  await page.evaluate((label) => {
    const seen = ((window as unknown as { seen: string[] }).seen = [] as string[]);
    const note = () => {
      const badge = document.querySelector(
        '[role="dialog"] [data-test-subj^="sentineloneResponseStatus-"]'
      );
      const entry = document.querySelector(`ul[aria-label="${label}"] li`)?.textContent ?? '';
      const outcome = /In progress|Succeeded|Failed/.exec(entry)?.[0] ?? 'No action';
      const now = `${outcome}: ${badge?.textContent?.trim()}`;
      if (seen[seen.length - 1] !== now) seen.push(now);
    };
    note();
    new MutationObserver(note).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }, HISTORY);

  const sent = await suite.target.request('admin', 'POST', '/api/sentinelone_response/actions', {
    body: {
      action: 'isolate',
      hosts: [{ uuid: agent.uuid, agentId: agent.id }],
      comment: 'Sent from another tab',
    },
  });
  expect(sent.status).toBe(200);
  const entry = flyout(page).getByRole('list', { name: HISTORY }).getByRole('listitem').first();
  // A search may find the new record a second late.
  await untilIs(
    'the page shows the new record when the user comes back to its tab',
    async () => {
      await returnToTab(page);
      return entry.getByText('Sent from another tab').count();
    },
    (count) => count > 0
  );
  await waitForStatus(page, 'Isolation pending (offline)');
  await suite.target.simulator.setAgent(agent.id, { isActive: true });
  await entry.getByText('Succeeded').waitFor();

  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  // The badge is never behind the record.
  expect(seen).toContain('In progress: Isolation pending (offline)');
  expect(seen).not.toContain('In progress: Offline');
  expect(seen.filter((text) => text.startsWith('Succeeded'))).toEqual(['Succeeded: Isolated']);
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});
