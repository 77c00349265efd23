import { benchActionRequests } from './action_requests';
import { benchAlertsPage } from './alerts_page';
import { benchFirstPaint } from './first_paint';
import { benchHosts } from './hosts';
import { benchIsolate } from './isolate';
import { benchSetup } from './setup';
import { benchStartTime } from './start_time';
import { benchStatus } from './status';
import { benchStatusFlood } from './status_flood';

/** `npm run bench`: all figures; `npm run bench -- isolate status`: these. */

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  requests: benchActionRequests,
  isolate: benchIsolate,
  status: benchStatus,
  hosts: benchHosts,
  flood: benchStatusFlood,
  alerts: benchAlertsPage,
  paint: benchFirstPaint,
  setup: benchSetup,
  start: benchStartTime,
};

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    console.error(
      `There is no ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`
    );
    process.exit(2);
  }
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.length === 0 || asked.includes(name)) await bench();
  }
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
