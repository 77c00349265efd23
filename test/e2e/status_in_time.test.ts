import {
  alertOf,
  alertUrl,
  flyout,
  prepare,
  sendButton,
  waitForStatus,
} from '../helpers/alert_page';
import { browserSuite } from '../helpers/browser_suite';
import { affectedBy, idsOf } from '../helpers/hosts';

/** The status on the screen is correct at every moment, before and after Confirm. */

const suite = browserSuite();

const STATUS_ROUTE = '**/internal/sentinelone_response/hosts/_status';

it('shows no false warning after Confirm while answers are late and out of order', async () => {
  const agent = suite.nextConnected();
  const page = await suite.visit(alertUrl(await alertOf(suite.target, agent)));
  await waitForStatus(page, 'Connected');
  // The page notes everything that it says, however short it is shown.
  await page.evaluate(() => {
    const said = ((window as unknown as { said: string[] }).said = [] as string[]);
    new MutationObserver(() => {
      const text = document.querySelector('[data-test-subj="sentineloneResponseProgress"]');
      if (text?.textContent && said[said.length - 1] !== text.textContent) {
        said.push(text.textContent);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  // Answers are taken when they are asked for, and every other one arrives much later than the next.
  let count = 0;
  await page.route(STATUS_ROUTE, async (route) => {
    count += 1;
    const wait = count % 2 === 1 ? 2_500 : 300;
    const response = await route.fetch().catch(() => undefined);
    if (response === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, wait));
    await route.fulfill({ response }).catch(() => {});
  });
  await prepare(page, 'Isolate host', 'Late answers');
  await sendButton(page).click();
  await flyout(page)
    .getByText(`${agent.computerName} is isolated from the network`)
    .first()
    .waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((text) => /but reports/.test(text))).toEqual([]);
  const writes = await suite.target.simulator.writes();
  expect(writes.map(idsOf)).toEqual([[agent.id]]);
  expect(affectedBy(writes)).toEqual([agent.id]);
});
