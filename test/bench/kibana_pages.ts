import type { Browser, BrowserContext, Route } from 'playwright-core';
import { PLUGIN_ID } from '../../common/lib/constants';
import type { Target } from '../helpers/target';
import { median, ms, printTable, ratio } from './figures';

const ROUNDS = 9;
/** Longest wait for a page (ms). */
const TIMEOUT = 120_000;

/** Pages, and the element that shows that they have loaded. */
const PAGES: ReadonlyArray<readonly [string, string, string]> = [
  ['Home', '/app/home', 'main'],
  ['Security, alerts', '/app/security/alerts', '[role="gridcell"]'],
  ['SentinelOne Response', `/app/${PLUGIN_ID}`, '[data-test-subj^="sentineloneResponseStatus-"]'],
];

const BUNDLE = `plugin/${PLUGIN_ID}/`;
const ENTRY = `${PLUGIN_ID}.plugin.js`;
const OURS = new RegExp(`/plugin/${PLUGIN_ID}/|sentinelone_response`);

/** A plugin that does nothing, instead of this plugin: the same Kibana without the plugin's work. */
const NOTHING = `__kbnBundles__.define('${BUNDLE}public', () => ({
  plugin: () => ({ setup() {}, start() {}, stop() {} })
}), 0);`;

/** The plugin itself, measuring how long its setup and start block the page. */
const timing = (script: string): string => `(() => {
  const { define } = __kbnBundles__;
  __kbnBundles__.define = (name, load, key) => define(name, !name.startsWith('${BUNDLE}') ? load : (id) => {
    const module = load(id);
    if (module.plugin === undefined) return module;
    return { ...module, plugin: (context) => {
      const own = module.plugin(context);
      const timed = (step) => (...given) => {
        const from = performance.now();
        try { return own[step](...given); }
        finally { (window.__took ??= {})[step] = performance.now() - from; }
      };
      return { setup: timed('setup'), start: timed('start'), stop: () => own.stop?.() };
    } };
  }, key);
})();
${script}`;

interface Load {
  /** Time until the page shows this element, in ms. */
  readonly took: number;
  /** Time that the page's main thread worked until a while later, in ms. It varies less than `took`. */
  readonly worked: number;
  readonly requests: number;
  readonly ours: ReadonlyArray<{ readonly url: string; readonly bytes: number }>;
  /** The time of the plugin in the browser, in ms. */
  readonly setup?: number;
  readonly start?: number;
}

async function load(
  context: BrowserContext,
  url: string,
  there: string,
  answer: ((route: Route) => Promise<void>) | undefined
): Promise<Load> {
  const page = await context.newPage();
  if (answer !== undefined) await page.route(`**/${ENTRY}`, answer);
  let requests = 0;
  const ours: Array<Promise<{ url: string; bytes: number }>> = [];
  page.on('response', (response) => {
    requests += 1;
    if (!OURS.test(response.url())) return;
    ours.push(
      response
        .body()
        .catch(() => Buffer.alloc(0))
        .then(({ length: bytes }) => ({ url: new URL(response.url()).pathname, bytes }))
    );
  });
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const from = performance.now();
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.locator(there).first().waitFor({ timeout: TIMEOUT });
  const took = performance.now() - from;
  // Requests that begin later count as well.
  await page.waitForTimeout(2_000);
  const { metrics } = await session.send('Performance.getMetrics');
  const worked = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  const noted = await page.evaluate(
    () => (window as unknown as { __took?: { setup?: number; start?: number } }).__took
  );
  await page.close();
  return { took, worked, requests, ours: await Promise.all(ours), ...noted };
}

const medianOf = (loads: readonly Load[], pick: (load: Load) => number | undefined): number =>
  median(loads.map(pick).filter((value): value is number => value !== undefined));

/** Pages of Kibana with the plugin, and with one that does nothing in its place. */
export async function benchPages(target: Target, browser: Browser): Promise<void> {
  const authorization = target.authorizationOf('admin')!;
  const context = await browser.newContext({ extraHTTPHeaders: { authorization } });
  const timed = async (route: Route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: timing(await answer.text()) });
  };
  const empty = (route: Route) =>
    route.fulfill({ contentType: 'application/javascript', body: NOTHING });
  const rows: string[][] = [];
  const added: string[][] = [];
  let own: readonly Load[] = [];
  for (const [name, path, there] of PAGES) {
    const url = `${target.url}${path}`;
    const isOurs = path.includes(PLUGIN_ID);
    const plain = await load(context, url, there, undefined);
    for (const { url: requested, bytes } of plain.ours) {
      added.push([name, requested.replace(/^.*\/(?=[^/]+$)/, ''), String(bytes)]);
    }
    if (plain.ours.length === 0) added.push([name, 'nothing', '0']);
    const withPlugin: Load[] = [];
    const without: Load[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      withPlugin.push(await load(context, url, there, timed));
      if (!isOurs) without.push(await load(context, url, there, empty));
    }
    own = [...own, ...withPlugin];
    const took = medianOf(withPlugin, (one) => one.took);
    const tookWithout = medianOf(without, (one) => one.took);
    const worked = medianOf(withPlugin, (one) => one.worked);
    const workedWithout = medianOf(without, (one) => one.worked);
    rows.push([
      name,
      ms(took),
      isOurs ? '' : ms(tookWithout),
      isOurs ? '' : ratio(took, tookWithout),
      ms(worked),
      isOurs ? '' : ms(workedWithout),
      isOurs ? '' : ratio(worked, workedWithout),
      String(medianOf(withPlugin, ({ requests }) => requests)),
      isOurs ? '' : String(medianOf(without, ({ requests }) => requests)),
    ]);
  }
  await context.close();
  printTable(
    'What the plugin adds to a page: files and requests',
    ['page', 'request', 'bytes'],
    added
  );
  printTable(
    `Pages, scripts cached, median of ${ROUNDS}; without: a plugin that does nothing in its place; work: of the main thread`,
    [
      ...['page', 'with', 'without', 'ratio', 'work with', 'without', 'ratio'],
      ...['requests with', 'without'],
    ],
    rows
  );
  printTable(
    `The plugin in the browser, median of ${own.length} loads`,
    ['setup', 'start'],
    [[ms(medianOf(own, ({ setup }) => setup)), ms(medianOf(own, ({ start }) => start))]]
  );
}
