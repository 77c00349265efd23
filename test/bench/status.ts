import { setTimeout as sleep } from 'node:timers/promises';
import { fleetOf } from '../simulator/fleet_of';
import { send } from '../helpers/http';
import { startWorkbench } from '../workbench/host';
import { median, ms, printTable, timed } from './figures';

const VIEWERS = 50;
const SECONDS = 30;
/** As often as a page asks when something is under way. */
const ASKS_EVERY_MS = 1_000;
const MOST_CALLS_PER_MINUTE = 30;

/** Fifty viewers, each watching another host: the calls that SentinelOne gets. */
export async function benchStatus(): Promise<void> {
  const workbench = await startWorkbench({ simulator: { fleet: VIEWERS } });
  try {
    const times: number[] = [];
    const from = Date.now();
    const until = performance.now() + SECONDS * 1_000;
    await Promise.all(
      fleetOf(VIEWERS).map(async ({ uuid }) => {
        while (performance.now() < until) {
          const body = { agents: [{ uuid }] };
          const { took, value } = await timed(() =>
            send(workbench.url, 'viewer', 'POST', '/internal/sentinelone_response/hosts/_status', {
              body,
            })
          );
          if (value.json?.hosts?.[0]?.state !== 'known')
            throw new Error(`No status: ${value.status}`);
          times.push(took);
          await sleep(ASKS_EVERY_MS);
        }
      })
    );
    // Who still waited when the time was over caused one call more.
    const calls = workbench.simulator!.calls.filter(
      ({ at }) => Date.parse(at) < from + SECONDS * 1_000
    );
    const perMinute = (calls.length * 60) / SECONDS;
    printTable(
      `${VIEWERS} viewers of ${VIEWERS} hosts, each asking every ${ASKS_EVERY_MS / 1_000} s, for ${SECONDS} s`,
      ['asked a minute', 'calls a minute', 'at most', 'median answer'],
      [
        [
          String((times.length * 60) / SECONDS),
          String(perMinute),
          String(MOST_CALLS_PER_MINUTE),
          ms(median(times)),
        ],
      ]
    );
  } finally {
    await workbench.stop();
  }
}
