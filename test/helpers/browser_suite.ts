import { isMatch } from 'lodash';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fleetOf, type Fleet, type SimulatedAgent } from './hosts';
import type { AgentPatch } from '../simulator/client';
import { openPage, signedIn, type OpenPage, type PageOptions } from './page';
import { openTarget, TOKEN, type Target, type TargetOptions, type UserName } from './target';
import { untilIs } from './until';

/** The set-up and tear-down of browser tests: the host, a browser, a fleet in its first state. */

const LONGEST_TEST = 180_000;
/** The first agents of the fleet follow commands, and alerts have the same names for them. */
const PLAIN_HOSTS = 5;

interface BrowserSuite {
  readonly target: Target;
  readonly fleet: Fleet;
  /** The page that `visit` opened last. */
  readonly open: OpenPage;
  /** Opens a page of the host, signed in. It is closed, and its errors are checked, after the test. */
  visit(path: string, options?: PageOptions): Promise<Page>;
  /**
   * A different connected host for every test: Kibana shares its last reading of a host for two seconds,
   * and a test must not see the result of the test before.
   */
  nextConnected(): SimulatedAgent;
  /** Changes a host in SentinelOne, and waits until Kibana shares no older reading of it. */
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
    [target, browser] = await Promise.all([openTarget(options), startBrowser()]);
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
      const path = '/internal/sentinelone_response/hosts/_status';
      const body = { agents: [{ agentId: id }] };
      await untilIs(
        `Kibana reports the change of agent ${id}`,
        async () => (await target.request('admin', 'POST', path, { body })).json.hosts?.[0]?.agent,
        (agent) => isMatch(agent ?? {}, patch)
      );
    },
    statusIn: async (id) => (await target.simulator.agent(id)).networkStatus,
  };
}
