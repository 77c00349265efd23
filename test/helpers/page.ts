import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import type { Target, UserName } from './target';
import { untilIs } from './until';

/** A browser page on the host under test, which notes every error in it. */

const ARTIFACTS = join(__dirname, '..', 'artifacts');
/** With README_PICTURES=1 a run renews the README's pictures, which are some of its screenshots. */
const PICTURES = join(__dirname, '..', '..', 'docs', 'pictures');
const renewsPictures = process.env.README_PICTURES === '1';
/** With SCREENSHOTS=1 a run keeps all screenshots, to look at them; otherwise only those of failed tests. */
const keepsScreenshots = process.env.SCREENSHOTS === '1';

/**
 * Messages of Kibana itself, which appear without the plugin too: its inline-script check for old browsers, and its
 * warning about Redux.
 */
const KIBANAS_OWN = [/Executing inline script violates/, /minified code outside of NODE_ENV/];
/**
 * A request that an official Kibana makes on every page for every user. It does not catch the refusal: each such
 * answer leaves one uncaught "Forbidden".
 */
const KIBANAS_OWN_REFUSALS = /\/internal\/uptime\/index_status\b/;
const REFUSED = /^\S*Error: Forbidden(\n|$)/;

/** Requests whose answers contain the status of hosts. */
const STATUS_READS = /\/internal\/sentinelone_response\/(hosts\/_status|_view)$/;

/** Most characters that are printed of the page of a failed test. */
const LONGEST_REPORT = 6_000;

export interface OpenPage {
  readonly page: Page;
  /** Errors in the console and uncaught ones, but for failed requests, which tests cause on purpose. */
  errors(): readonly string[];
  /** Every URL that was requested. */
  readonly urls: readonly string[];
  /**
   * Holds the page's reads of the status of hosts from now on. Resolves when those that were sent before are answered, to
   * a function that continues the held ones.
   */
  holdStatusReads(): Promise<() => Promise<void>>;
  /**
   * With SCREENSHOTS=1, keeps a screenshot under `test/artifacts/`; with README_PICTURES=1 and `inReadme`, renews the
   * README's of that name.
   */
  shoot(name: string, options?: { readonly inReadme?: boolean }): Promise<void>;
  /** If the test failed: prints the page's text and the refused requests, and keeps a screenshot. */
  explainFailure(): Promise<void>;
  close(): Promise<void>;
}

/** The name of the test that runs, as part of a file's name. */
export const nameOfTest = (): string =>
  (expect.getState().currentTestName ?? '').replace(/\W+/g, '_').slice(-80);

export interface PageOptions {
  /** Default: the analyst. */
  readonly user?: UserName;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Whether `page.clock` can move the time of the page forward. It passes as usual otherwise. */
  readonly clock?: boolean;
}

/**
 * A browser context that is signed in as `user` with every request. It has one empty page, so that the process of its
 * pages stays when others are closed.
 */
export async function signedIn(
  browser: Browser,
  target: Target,
  user: UserName
): Promise<BrowserContext> {
  const authorization = target.authorizationOf(user);
  const context = await browser.newContext({
    ...(authorization === undefined ? {} : { extraHTTPHeaders: { authorization } }),
    reducedMotion: 'reduce',
  });
  await context.newPage();
  return context;
}

/** Opens `path` in a context that is signed in. */
export async function openPage(
  context: BrowserContext,
  target: Target,
  path: string,
  { width = 1280, height = 860, dark = false, clock = false }: PageOptions = {}
): Promise<OpenPage> {
  await target.setTheme(context, dark);
  const page = await context.newPage();
  if (clock) await page.clock.install();
  await page.setViewportSize({ width, height });
  page.setDefaultTimeout(target.kind === 'kibana' ? 60_000 : 15_000);
  const errors: string[] = [];
  const urls: string[] = [];
  const refused: string[] = [];
  let ownRefusals = 0;
  const unanswered = new Set<Request>();
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || /Failed to load resource/.test(text)) return;
    if (!KIBANAS_OWN.some((known) => known.test(text))) errors.push(text);
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  page.on('request', (request) => {
    urls.push(request.url());
    unanswered.add(request);
  });
  page.on('requestfinished', (request) => unanswered.delete(request));
  page.on('requestfailed', (request) => {
    unanswered.delete(request);
    refused.push(`${request.failure()?.errorText} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    if (response.status() === 403 && KIBANAS_OWN_REFUSALS.test(response.url())) ownRefusals += 1;
  });
  await page.goto(`${target.url}${path}`, { waitUntil: 'domcontentloaded' });
  const keepScreenshot = async (folder: string, name: string): Promise<void> => {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  const shoot: OpenPage['shoot'] = async (name, { inReadme = false } = {}) => {
    if (keepsScreenshots) await keepScreenshot(ARTIFACTS, name);
    if (inReadme && renewsPictures) await keepScreenshot(PICTURES, name);
  };
  const holdStatusReads: OpenPage['holdStatusReads'] = async () => {
    const held = new Set<Request>();
    let resume = () => {};
    const isResumed = new Promise<void>((resolve) => (resume = resolve));
    await page.route(STATUS_READS, async (route) => {
      held.add(route.request());
      await isResumed;
      // The page may have cancelled it.
      await route.continue().catch(() => {});
    });
    await untilIs(
      'earlier reads of the status are answered',
      async () =>
        [...unanswered].filter((one) => STATUS_READS.test(one.url()) && !held.has(one)).length,
      (count) => count === 0
    );
    return async () => {
      resume();
      await page.unroute(STATUS_READS);
    };
  };
  return {
    page,
    holdStatusReads,
    errors() {
      let forgiven = 0;
      return errors.filter((error) => !REFUSED.test(error) || ++forgiven > ownRefusals);
    },
    urls,
    shoot,
    async explainFailure() {
      if (!testFailed) return;
      await keepScreenshot(ARTIFACTS, `failed_${nameOfTest()}`);
      const said = await page.evaluate(() => {
        const dialogs = Array.from(document.querySelectorAll<HTMLElement>('[role="dialog"]'));
        const parts = dialogs.length > 0 ? dialogs : [document.body];
        return parts.map(({ innerText }) => innerText.replace(/\s*\n\s*/g, '\n'));
      });
      process.stderr.write(
        [page.url(), ...refused, ...errors, ...said].join('\n').slice(0, LONGEST_REPORT) + '\n'
      );
    },
    close: () => page.close(),
  };
}

/**
 * Shows another path of the host in the same document, as its links do; `path` is without a base path. Much faster
 * than loading the page.
 */
export async function moveTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    window.history.pushState(null, '', to);
    window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
}

/** Moves the focus to an element as the keyboard does: EUI 121 shows a tooltip only where the focus is visible. */
export async function focusByKeyboard(element: Locator): Promise<void> {
  await element.page().keyboard.press('Shift');
  await element.blur();
  await element.focus();
}

/** The event of a user who returns to the tab, after which pages refresh their data. */
export async function returnToTab(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
}
