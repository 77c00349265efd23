import type { Browser, Page, Request } from 'playwright-core';
import { PLUGIN_ID } from '../../common/lib/constants';
import { launchBrowser } from '../helpers/browser';
import { signedIn } from '../helpers/page';
import { openTarget, type Target } from '../helpers/target';
import { median, ms, printTable } from './figures';

const ROUNDS = 3;
const OURS = new RegExp(`/plugin/${PLUGIN_ID}/|sentinelone_response`);
const BADGE = '[data-test-subj^="sentineloneResponseStatus-"]';
const ROW_ACTION = '[data-test-subj="sentineloneResponseRowAction"]';
const FLYOUT = '[data-test-subj="sentineloneResponseFlyout"]';

interface Step {
  readonly name: string;
  readonly run: (page: Page, url: string) => Promise<void>;
}

/** What a user waits for, step by step in one page. */
const STEPS: readonly Step[] = [
  {
    name: 'Security, alerts: until nothing more is requested',
    async run(page, url) {
      await page.goto(`${url}/app/security/alerts`, { waitUntil: 'domcontentloaded' });
      await page.locator(ROW_ACTION).or(page.getByRole('main')).first().waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'its first row action: until the status in the flyout',
    async run(page) {
      // Later versions of Kibana let no plugin extend this table.
      if ((await page.locator(ROW_ACTION).count()) === 0) return;
      await page.locator(ROW_ACTION).first().click();
      await page.locator(`${FLYOUT} ${BADGE}`).first().waitFor();
    },
  },
  {
    name: 'SentinelOne Response, alerts: until the first status',
    async run(page, url) {
      await page.goto(`${url}/app/${PLUGIN_ID}`, { waitUntil: 'domcontentloaded' });
      await page.locator(BADGE).first().waitFor();
    },
  },
];

interface Measured {
  readonly took: number;
  readonly files: number;
  readonly bytes: number;
  readonly requests: readonly string[];
  /** The longest chain of requests of which each started after the one before had ended. */
  readonly oneAfterAnother: number;
}

const isFile = (request: Request): boolean => request.url().includes(`/plugin/${PLUGIN_ID}/`);

function longestChain(requests: readonly Request[]): number {
  const times = requests
    .map((request) => {
      const { startTime, responseEnd } = request.timing();
      return { start: startTime, end: startTime + Math.max(0, responseEnd) };
    })
    .sort((a, b) => a.start - b.start);
  const chains: number[] = [];
  for (const [n, { start }] of times.entries()) {
    const before = times.slice(0, n).flatMap(({ end }, at) => (end <= start ? chains[at]! : []));
    chains.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...chains);
}

async function measure(page: Page, url: string, { run }: Step): Promise<Measured> {
  const ended: Request[] = [];
  const note = (request: Request) => {
    if (OURS.test(request.url())) ended.push(request);
  };
  page.on('requestfinished', note);
  const from = performance.now();
  await run(page, url);
  const took = performance.now() - from;
  page.off('requestfinished', note);
  const sizes = await Promise.all(
    ended.map((request) =>
      request
        .response()
        .then((response) => response?.body())
        .then((body) => body?.length ?? 0)
        .catch(() => 0)
    )
  );
  const calls = ended.filter((request) => !isFile(request));
  return {
    took,
    files: ended.length - calls.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    requests: calls.map((request) =>
      new URL(request.url()).pathname.replace(/^.*\/(?=[^/]+$)/, '')
    ),
    oneAfterAnother: longestChain(calls),
  };
}

/** What the plugin requests until a user sees something useful, in pages of a browser without its scripts. */
export async function benchFirstPaintIn(target: Target, browser: Browser): Promise<void> {
  const rounds: Measured[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await signedIn(browser, target, 'analyst');
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const measured: Measured[] = [];
    for (const step of STEPS) measured.push(await measure(page, target.url, step));
    rounds.push(measured);
    await context.close();
  }
  printTable(
    `Until the first useful paint, median of ${ROUNDS}: files and requests of the plugin`,
    ['step', 'time', 'files', 'bytes', 'requests', 'one after another', 'which'],
    STEPS.map(({ name }, n) => {
      const of = (pick: (one: Measured) => number) => median(rounds.map((one) => pick(one[n]!)));
      return [
        name,
        ms(of(({ took }) => took)),
        String(of(({ files }) => files)),
        String(of(({ bytes }) => bytes)),
        String(of(({ requests }) => requests.length)),
        String(of(({ oneAfterAnother }) => oneAfterAnother)),
        rounds[0]![n]!.requests.join(', '),
      ];
    })
  );
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
