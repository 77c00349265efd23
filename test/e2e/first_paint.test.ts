import type { Page, Route } from 'playwright-core';
import type { ViewQuestion } from '../../common/api/view';
import { browserSuite } from '../helpers/browser_suite';
import { moveTo } from '../helpers/page';
import { subject } from '../helpers/security_page';
import { kibanaVersion } from '../workbench/versions/selected_version';

/**
 * What pages and flyouts request until the first status of a host: one request, which leaves before their code is
 * loaded. Every other request of the plugin stays without an answer here.
 */

const suite = browserSuite();
const isWorkbench = process.env.KIBANA_URL === undefined;
const withRegistry = isWorkbench && kibanaVersion().browser.alertsTableRegistry ? it : it.skip;

const APP = '/app/sentineloneResponse';
const ROUTES = /\/internal\/sentinelone_response\//;
const FILES = /\/plugin\/sentineloneResponse\/.*\.js$/;
const BADGE = '[data-test-subj^="sentineloneResponseStatus-"]';

interface Asked {
  /** The bodies of the requests that were answered. */
  readonly views: ViewQuestion[];
  /** Other requests of the plugin, without an answer. */
  readonly held: string[];
}

/** The answer that a view contains if Kibana is not busy, and that a status is shown from. */
function neededBy({ alerts, alertId, agents, isolated }: ViewQuestion): string | undefined {
  if (isolated !== undefined) return 'isolatedHosts';
  const namesHosts = alertId !== undefined || agents !== undefined;
  return namesHosts || (alerts !== undefined && alerts.search === undefined)
    ? 'hostsStatus'
    : undefined;
}

/** Repeats the request until the answer is complete; undefined if the page was closed. */
async function completeAnswer(route: Route, question: ViewQuestion) {
  try {
    const needed = neededBy(question);
    for (;;) {
      const response = await route.fetch();
      const isComplete = needed === undefined || (await response.text()).includes(`"${needed}"`);
      if (isComplete || !response.ok()) return response;
    }
  } catch {
    return undefined;
  }
}

/**
 * Answers only requests for what pages need first. With `beforeFiles`, the page's code is loaded after the first of
 * these requests.
 */
async function answerFirstOnly(page: Page, { beforeFiles }: { readonly beforeFiles: boolean }) {
  const asked: Asked = { views: [], held: [] };
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  await page.route(ROUTES, async (route) => {
    const request = route.request();
    if (!request.url().endsWith('/_view')) {
      asked.held.push(request.url());
      return;
    }
    const question = request.postDataJSON() as ViewQuestion;
    asked.views.push(question);
    begin();
    const response = await completeAnswer(route, question);
    if (response !== undefined) await route.fulfill({ response });
  });
  await page.route(FILES, async (route) => {
    if (beforeFiles) await begun;
    await route.continue();
  });
  return asked;
}

/** An alert that names one connected host. */
async function alertOfHost(): Promise<string> {
  const path = '/internal/sentinelone_response/alerts?perPage=100';
  const { json } = await suite.target.request('analyst', 'GET', path);
  const uuids = new Set(suite.fleet.connected.map(({ uuid }) => uuid));
  return json.alerts.find((one: { readonly agentUuid: string }) => uuids.has(one.agentUuid)).id;
}

it.each([
  ['the Alerts page', '', 'alerts'],
  ['the Hosts page', '/hosts', 'isolated'],
])('shows a status on %s after one request, sent before its code', async (_, path, key) => {
  const page = await suite.visit('/app/home');
  await page.getByRole('main').first().waitFor();
  const { views, held } = await answerFirstOnly(page, { beforeFiles: true });
  await moveTo(page, `${APP}${path}`);
  await page.locator(BADGE).first().waitFor();
  expect(views.map((view) => Object.keys(view))).toEqual([[key]]);
  expect(held).toEqual([]);
  expect(await suite.target.simulator.writes()).toEqual([]);
});

it('shows the status in the flyout of an alert and of a host after one request each', async () => {
  const page = await suite.visit('/app/home');
  await page.getByRole('main').first().waitFor();
  const { views } = await answerFirstOnly(page, { beforeFiles: false });
  const alertId = await alertOfHost();
  // In a page of alerts that does not contain this one.
  await moveTo(page, `${APP}/alerts/${alertId}?search=nothing-matches`);
  await subject(page, 'sentineloneResponseFlyout').locator(BADGE).first().waitFor();
  expect(views).toContainEqual({ alertId });
  const agentId = suite.nextConnected().id;
  await moveTo(page, `${APP}/hosts?view=all&host=${agentId}`);
  await subject(page, 'sentineloneResponseHostFlyout').locator(BADGE).first().waitFor();
  expect(views).toContainEqual({ agents: [{ agentId }] });
  expect(await suite.target.simulator.writes()).toEqual([]);
});

withRegistry("shows the status in a flyout of Security's table after one request", async () => {
  const page = await suite.visit('/app/security/alerts');
  const icon = subject(page, 'sentineloneResponseRowAction').first();
  await icon.waitFor();
  const { views, held } = await answerFirstOnly(page, { beforeFiles: true });
  await icon.click();
  await subject(page, 'sentineloneResponseFlyout').locator(BADGE).first().waitFor();
  expect(views).toEqual([{ alertId: expect.any(String) }]);
  expect(held).toEqual([]);
  expect(await suite.target.simulator.writes()).toEqual([]);
});
