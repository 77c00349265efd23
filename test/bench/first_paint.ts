import type { Browser, Page, Request } from 'playwright-core';
import { PLUGIN_ID } from '../../common/lib/constants';
import { launchBrowser } from '../helpers/browser';
import { signedIn } from '../helpers/page';
import { openTarget, type Target } from '../helpers/target';
import { median, ms, printTable } from './figures';

const ROUNDS = 3;
/** Milliseconds added to each request of the plugin, so that requests that wait for each other can be told apart. */
const LATENCY = 50;
/** Longest wait (ms) for a step. */
const TIMEOUT = 120_000;
const OURS = new RegExp(`/plugin/${PLUGIN_ID}/|sentinelone_response`);
const BADGE = '[data-test-subj^="sentineloneResponseStatus-"]';
const ROW_ACTION = '[data-test-subj="sentineloneResponseRowAction"]';
const FLYOUT = '[data-test-subj="sentineloneResponseFlyout"]';
const HOST_FLYOUT = '[data-test-subj="sentineloneResponseHostFlyout"]';

/** What the steps open: an alert of a host, and a host. */
interface Opened {
  readonly url: string;
  readonly alertId: string;
  readonly agentId: string;
}

interface Step {
  readonly name: string;
  /** False if this version of Kibana has no such step. */
  readonly run: (page: Page, opened: Opened) => Promise<boolean | void>;
}

const open = async (page: Page, address: string, shown: string): Promise<void> => {
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await page.locator(shown).first().waitFor();
};

/** What a user waits for: the steps of a list in one page, without files of the plugin in the browser's cache. */
const VISITS: ReadonlyArray<readonly Step[]> = [
  [
    {
      name: 'Security, alerts: until nothing more is requested',
      async run(page, { url }) {
        await open(page, `${url}/app/security/alerts`, `${ROW_ACTION}, main, [role="main"]`);
        await page.waitForLoadState('networkidle');
      },
    },
    {
      name: 'its first row action: until the status in the flyout',
      async run(page) {
        // Later versions of Kibana let no plugin extend this table.
        if ((await page.locator(ROW_ACTION).count()) === 0) return false;
        await page.locator(ROW_ACTION).first().click();
        await page.locator(`${FLYOUT} ${BADGE}`).first().waitFor();
        return true;
      },
    },
  ],
  [
    {
      name: 'Alerts page: until the first status',
      run: (page, { url }) => open(page, `${url}/app/${PLUGIN_ID}`, BADGE),
    },
  ],
  [
    {
      name: 'Hosts page: until the first status',
      run: (page, { url }) => open(page, `${url}/app/${PLUGIN_ID}/hosts`, BADGE),
    },
  ],
  [
    {
      name: "an alert's address: until the status in its flyout",
      run: (page, { url, alertId }) =>
        open(page, `${url}/app/${PLUGIN_ID}/alerts/${alertId}`, `${FLYOUT} ${BADGE}`),
    },
  ],
  [
    {
      name: "a host's address: until the status in its flyout",
      run: (page, { url, agentId }) =>
        open(page, `${url}/app/${PLUGIN_ID}/hosts?host=${agentId}`, `${HOST_FLYOUT} ${BADGE}`),
    },
    {
      name: 'its first action: until the step to confirm it',
      async run(page) {
        await page.waitForLoadState('networkidle');
        await page
          .locator(`${HOST_FLYOUT} [data-test-subj="sentineloneResponseTakeAction"]`)
          .click();
        await page.locator('[data-test-subj^="sentineloneResponseAction-"]').first().click();
        await page.locator('[data-test-subj="sentineloneResponseComment"]').first().waitFor();
      },
    },
  ],
];

interface Measured {
  readonly took: number;
  readonly files: number;
  readonly bytes: number;
  readonly calls: readonly string[];
  /** The longest lists of files and of calls of which each started after the one before had ended. */
  readonly filesInTurn: readonly string[];
  readonly callsInTurn: readonly string[];
  /** The same of both together. */
  readonly inTurn: readonly string[];
}

const isFile = (request: Request): boolean => request.url().includes(`/plugin/${PLUGIN_ID}/`);

/** The last part of the path, without the hash of a file's content. */
const nameOf = (request: Request): string =>
  new URL(request.url()).pathname
    .replace(/^.*\/(?=[^/]+$)/, '')
    .replace(/\.[A-Z0-9]{8}\.js$/, '.js')
    .replace(/^[0-9a-f]{40,}$/, '{alertId}');

interface Exchange {
  readonly request: Request;
  readonly start: number;
  end: number;
}

function inTurn(exchanges: readonly Exchange[]): readonly string[] {
  const ordered = [...exchanges].sort((a, b) => a.start - b.start);
  const lists: Exchange[][] = [];
  for (const [n, exchange] of ordered.entries()) {
    const before = lists.slice(0, n).filter((list) => list.at(-1)!.end <= exchange.start);
    const longest = before.reduce<Exchange[]>((a, b) => (b.length > a.length ? b : a), []);
    lists.push([...longest, exchange]);
  }
  const longest = lists.reduce<Exchange[]>((a, b) => (b.length > a.length ? b : a), []);
  return longest.map(({ request }) => nameOf(request));
}

async function measure(page: Page, opened: Opened, { run }: Step): Promise<Measured | undefined> {
  const exchanges = new Map<Request, Exchange>();
  const began = (request: Request) => {
    if (!OURS.test(request.url())) return;
    exchanges.set(request, { request, start: performance.now(), end: Number.POSITIVE_INFINITY });
  };
  const ended = (request: Request) => {
    const exchange = exchanges.get(request);
    if (exchange !== undefined) exchange.end = performance.now();
  };
  page.on('request', began);
  page.on('requestfinished', ended);
  const from = performance.now();
  const isThere = await run(page, opened);
  const took = performance.now() - from;
  page.off('request', began);
  page.off('requestfinished', ended);
  if (isThere === false) return undefined;
  const all = [...exchanges.values()];
  const over = all.filter(({ end }) => end < Number.POSITIVE_INFINITY);
  const sizes = await Promise.all(
    over.map(({ request }) =>
      request
        .response()
        .then((response) => response?.body())
        .then((body) => body?.length ?? 0)
        .catch(() => 0)
    )
  );
  const files = all.filter(({ request }) => isFile(request));
  const calls = all.filter(({ request }) => !isFile(request));
  return {
    took,
    files: files.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    calls: calls.map(({ request }) => nameOf(request)),
    filesInTurn: inTurn(files),
    callsInTurn: inTurn(calls),
    inTurn: inTurn(all),
  };
}

/** An alert that names a connected host, which is what the steps open. */
async function whatToOpen(target: Target): Promise<Opened> {
  const { json } = await target.request(
    'analyst',
    'GET',
    '/internal/sentinelone_response/alerts?perPage=100'
  );
  const connected = new Map(
    (await target.simulator.agents())
      .filter(({ networkStatus, isActive }) => networkStatus === 'connected' && isActive)
      .map(({ uuid, id }) => [uuid, id])
  );
  const alerts = json.alerts as ReadonlyArray<{ readonly id: string; readonly agentUuid: string }>;
  const alert = alerts.find(({ agentUuid }) => connected.has(agentUuid));
  if (alert === undefined) throw new Error('No alert names a connected host');
  return { url: target.url, alertId: alert.id, agentId: connected.get(alert.agentUuid)! };
}

/** What the plugin requests until a user sees something useful. */
export async function benchFirstPaintIn(target: Target, browser: Browser): Promise<void> {
  const opened = await whatToOpen(target);
  const measured = new Map<string, Measured[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const steps of VISITS) {
      const context = await signedIn(browser, target, 'analyst');
      const page = await context.newPage();
      page.setDefaultTimeout(TIMEOUT);
      await page.route(OURS, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, LATENCY));
        // The page may have been closed.
        await route.continue().catch(() => {});
      });
      for (const step of steps) {
        const one = await measure(page, opened, step);
        if (one !== undefined) measured.set(step.name, [...(measured.get(step.name) ?? []), one]);
      }
      await context.close();
    }
  }
  printTable(
    `Until the first useful paint, median of ${ROUNDS}, with ${LATENCY} ms added to each request of the plugin`,
    ['step', 'time', 'files', 'in turn', 'requests', 'in turn', 'all in turn', 'bytes'],
    [...measured].map(([name, rounds]) => {
      const of = (pick: (one: Measured) => number) => median(rounds.map(pick));
      return [
        name,
        ms(of(({ took }) => took)),
        String(of(({ files }) => files)),
        String(of(({ filesInTurn }) => filesInTurn.length)),
        String(of(({ calls }) => calls.length)),
        String(of(({ callsInTurn }) => callsInTurn.length)),
        String(of((one) => one.inTurn.length)),
        String(of(({ bytes }) => bytes)),
      ];
    })
  );
  for (const [name, [first]] of measured) {
    if (first === undefined || first.inTurn.length === 0) continue;
    console.log(`  ${name}\n    requests: ${first.calls.join(', ')}`);
    console.log(`    in turn: ${first.inTurn.join(' → ')}`);
  }
}

/** The same in the workbench. */
export async function benchFirstPaint(): Promise<void> {
  const [target, browser] = await Promise.all([openTarget(), launchBrowser()]);
  try {
    await benchFirstPaintIn(target, browser);
  } finally {
    await browser.close();
    await target.close();
  }
}
