import type { Browser } from 'playwright-core';
import type { AlertHost } from './alert_host';
import { deleteAlerts, storeAlert, type StoredAlert } from './kibana';
import { fleetOf, type Fleet } from './hosts';
import { nameOfTest, openPage, signedIn, type OpenPage, type PageOptions } from './page';
import { complaints } from './security_page';
import { openTarget, TOKEN, type Target, type TargetOptions } from './target';

/** What every suite in Kibana's own pages has: the target, a browser, one page per test, and its end. */
interface KibanaSuite {
  readonly target: () => Target;
  readonly fleet: () => Fleet;
  /** Opens a page; at the end of the test it must have logged no error. */
  readonly visit: (path: string, options?: PageOptions) => Promise<OpenPage>;
  /** Stores an alert about a host until the end of the suite. */
  readonly alertAbout: (host: AlertHost) => Promise<StoredAlert>;
}

/** Kibana's pages and background tasks are slow. */
const TIMEOUT = 360_000;

export function kibanaSuite(options: TargetOptions = {}): KibanaSuite {
  let target: Target;
  let browser: Browser;
  let fleet: Fleet;
  let open: OpenPage | undefined;
  const stored: StoredAlert[] = [];
  jest.setTimeout(TIMEOUT);
  beforeAll(async () => {
    [target, browser] = await Promise.all([openTarget(options), startBrowser()]);
  });
  afterAll(async () => {
    await deleteAlerts(stored);
    await browser?.close();
    await target?.close();
  });
  beforeEach(async () => {
    await target.simulator.clearFaults();
    await target.simulator.reset();
    await target.simulator.clearCalls();
    fleet = await fleetOf(target.simulator);
  });
  afterEach(async () => {
    const page = open;
    open = undefined;
    const found = page === undefined ? [] : await complaints(page);
    const urls = page?.urls ?? [];
    await page?.shoot(`end_${nameOfTest()}`);
    await page?.explainFailure();
    await page?.page.context().close();
    expect(found).toEqual([]);
    expect(urls.filter((url) => url.includes(TOKEN))).toEqual([]);
  });
  return {
    target: () => target,
    fleet: () => fleet,
    async visit(path, options) {
      const context = await signedIn(browser, target, options?.user ?? 'analyst');
      open = await openPage(context, target, path, { width: 2000, height: 1000, ...options });
      open.page.setDefaultTimeout(120_000);
      return open;
    },
    async alertAbout(host) {
      const alert = await storeAlert(host);
      stored.push(alert);
      return alert;
    },
  };
}
