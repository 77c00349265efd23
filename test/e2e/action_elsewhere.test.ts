import { alertOf, alertUrl, flyout, waitForStatus } from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { returnToTab } from '../helpers/page';
import { untilIs } from '../helpers/until';

/** An action that somebody else requested, on a page that is open. Status reconciliation runs. */

const suite = browserSuite({ tasks: true });

/** How long (ms) a page waits for a new status before it shows a record (`public/action_history/use_history.ts`). */
const STATUS_WAIT = 5_000;
const HISTORY = 'Latest actions on this host or from this alert';

it('changes the record and the status badge together, for an action from another tab', async () => {
  const agent = suite.fleet.offline[0]!;
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Offline');
  // Regular reads get no answer any more. So the badge changes only where the page requires a new reading.
  const required: { status: string; took: number }[] = [];
  await page.route('**/internal/sentinelone_response/hosts/_status', async (route) => {
    if (route.request().postDataJSON().fresh !== true) return;
    const from = Date.now();
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return;
    const { hosts } = await response.json();
    const own = hosts.find((host: { agent?: { id: string } }) => host.agent?.id === agent.id);
    required.push({ status: own?.agent.networkStatus, took: Date.now() - from });
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
  expect(required.map(({ status }) => status)).toContain('disconnecting');
  expect(seen).toContain('In progress: Isolation pending (offline)');
  // The badge is never behind the record, unless Kibana takes longer than the page waits for it.
  const isInTime = required.every(({ took }) => took < STATUS_WAIT);
  const isBehind = seen.includes('In progress: Offline');
  expect({ isBehind: isInTime && isBehind, seen, required }).toMatchObject({ isBehind: false });
  expect(seen.filter((text) => text.startsWith('Succeeded'))).toEqual(['Succeeded: Isolated']);
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});
