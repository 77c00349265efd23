import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SHARED_FOR } from '../../server/host_status/refresh_schedule';
import { launchBrowser } from './browser';
import { fleetOf, type Fleet, type SimulatedAgent } from './hosts';
import type { AgentPatch } from '../simulator/client';
import { openPage, signedIn, type OpenPage, type PageOptions } from './page';
import { openTarget, TOKEN, type Target, type TargetOptions, type UserName } from './target';

/** What every browser test begins and ends with: the host, a browser, a fleet that starts anew. */

const LONGEST_TEST = 180_000;
/** Longer than an answer that was on its way when a host was changed. */
const ON_ITS_WAY = 500;
/**
 * The first of the fleet are hosts that do as they are told and are called the same in alerts.
 */
const PLAIN_HOSTS = 5;

export interface BrowserSuite {
  readonly target: Target;
  readonly fleet: Fleet;
  /** The page that `visit` opened last. */
  readonly open: OpenPage;
  /** Opens a page of the host, signed in; it is closed, and its errors looked at, after the test. */
  visit(path: string, options?: PageOptions): Promise<Page>;
  /**
   * Another connected host for every test: for two seconds Kibana shares what it last read of a host,
   * and a test must not be shown what the one before it did.
   */
  nextConnected(): SimulatedAgent;
  /** Changes a host in SentinelOne before a page shows it: Kibana shares nothing older any more. */
  changeHost(id: string, patch: AgentPatch): Promise<void>;
  /** The network status that SentinelOne has. */
  statusIn(id: string): Promise<string | null>;
}

/** Registers Jest's hooks; call it once, at the top of a file. */
export function browserSuite(options: TargetOptions = {}): BrowserSuite {
  let target: Target;
  let browser: Browser;
  let fleet: Fleet;
  let open: OpenPage | undefined;
  let turn = 0;
  /** One per user, so that a host's scripts are loaded once for all tests of a file. */
  const contexts = new Map<UserName, Promise<BrowserContext>>();
  jest.setTimeout(LONGEST_TEST);

  beforeAll(async () => {
    [target, browser] = await Promise.all([openTarget(options), launchBrowser()]);
  });
  afterAll(async () => {
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
    const closed = open;
    open = undefined;
    await closed?.explainFailure();
    await closed?.close();
    expect(closed?.errors() ?? []).toEqual([]);
    expect((closed?.urls ?? []).filter((url) => url.includes(TOKEN))).toEqual([]);
  });

  return {
    get target() {
      return target;
    },
    get fleet() {
      return fleet;
    },
    get open() {
      if (open === undefined) throw new Error('No page is open');
      return open;
    },
    async visit(path, pageOptions = {}) {
      const { user = 'analyst' } = pageOptions;
      if (!contexts.has(user)) contexts.set(user, signedIn(browser, target, user));
      open = await openPage(await contexts.get(user)!, target, path, pageOptions);
      return open.page;
    },
    nextConnected: () => fleet.connected[turn++ % PLAIN_HOSTS]!,
    async changeHost(id, patch) {
      await target.simulator.setAgent(id, patch);
      await setTimeout(ON_ITS_WAY + SHARED_FOR);
    },
    statusIn: async (id) => (await target.simulator.agent(id)).networkStatus,
  };
}
