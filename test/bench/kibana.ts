import type { Browser } from 'playwright-core';
import { launchBrowser } from '../helpers/browser';
import { openTarget, type Target } from '../helpers/target';
import { installRequireHook } from '../workbench/plugin_host/require_hook';
import { benchFirstPaintIn } from './first_paint';
import { benchBuiltIn } from './kibana_builtin';
import { benchPages } from './kibana_pages';
import { benchRoutes } from './kibana_routes';
import { benchKibanasStart } from './kibana_start';

/**
 * `npm run bench:kibana`: what the plugin costs in a running official Kibana, the one that
 * `npm run test:kibana` uses (KIBANA_URL, SIMULATOR_URL, …). Prints figures, asserts nothing.
 * With BUILTIN_CONNECTOR, the id of a connector of Kibana's own type `.sentinelone` to the same simulator, it compares
 * the two. `npm run bench:kibana -- builtin` does nothing else; so do `-- routes`, `-- history` and `-- pages`.
 * With START_WITH and START_WITHOUT, two commands that start Kibana with and without the plugin and end
 * once it is available, and STOP, one that stops it, Kibana's own start is timed; nothing else then.
 */
async function main(): Promise<void> {
  // The records that the history is filled with need `@kbn/i18n`.
  installRequireHook();
  const { benchHistory } = await import('./kibana_history');
  const { BUILTIN_CONNECTOR, KIBANA_URL, START_WITH, START_WITHOUT, STOP } = process.env;
  if (START_WITH !== undefined && START_WITHOUT !== undefined && STOP !== undefined) {
    return benchKibanasStart(START_WITH, START_WITHOUT, STOP);
  }
  if (KIBANA_URL === undefined) {
    console.error('KIBANA_URL is not set: the address of a Kibana with the plugin installed');
    process.exit(2);
  }
  const only = process.argv[2];
  if (only === 'builtin' && BUILTIN_CONNECTOR === undefined) {
    console.error("BUILTIN_CONNECTOR is not set: the id of a connector of Kibana's own type");
    process.exit(2);
  }
  let target: Target | undefined;
  let browser: Browser | undefined;
  try {
    [target, browser] = await Promise.all([openTarget(), launchBrowser()]);
    await target.simulator.reset();
    const isWanted = (part: string): boolean => only === undefined || only === part;
    if (isWanted('builtin') && BUILTIN_CONNECTOR !== undefined) {
      await benchBuiltIn(target, BUILTIN_CONNECTOR);
    }
    if (isWanted('routes')) await benchRoutes(target);
    if (isWanted('history')) await benchHistory(target);
    if (isWanted('pages')) {
      await benchFirstPaintIn(target, browser);
      await benchPages(target, browser);
    }
  } finally {
    await browser?.close();
    await target?.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
