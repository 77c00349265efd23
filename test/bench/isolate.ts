import { fleetOf } from '../simulator/fleet_of';
import { send } from '../helpers/http';
import { startWorkbench } from '../workbench/host';
import { median, ms, printTable, ratio, timed } from './figures';

const LATENCY_MS = 20;
const SIZES = [1, 10, 100, 1_000];
const MOST_CALLS: Readonly<Record<number, number>> = { 1: 2, 10: 3, 100: 3, 1_000: 12 };
const ROUNDS = 5;

const ISOLATE = '/internal/sentinelone_response/hosts/_isolate';

/** Isolates fleets of several sizes through the route; and one host's overhead over its raw calls. */
export async function benchIsolate(): Promise<void> {
  const rows: string[][] = [];
  for (const size of SIZES) {
    // A workbench each, because hosts that were isolated stay isolated.
    const workbench = await startWorkbench({ simulator: { fleet: size, latencyMs: LATENCY_MS } });
    const simulator = workbench.simulator!;
    try {
      const hosts = fleetOf(size).map(({ uuid, computerName }) => ({ uuid, name: computerName }));
      const { took, value } = await timed(() =>
        send(workbench.url, 'analyst', 'POST', ISOLATE, { body: { hosts, comment: 'bench' } })
      );
      const isolated = simulator.agents().filter((one) => one.networkStatus !== 'connected').length;
      if (value.status !== 200 || isolated !== size)
        throw new Error(`${isolated} of ${size} hosts isolated, status ${value.status}`);
      rows.push([
        String(size),
        String(simulator.calls.length),
        String(MOST_CALLS[size]),
        ms(took),
        ms(took / size),
      ]);
    } finally {
      await workbench.stop();
    }
  }
  printTable(
    `Isolate hosts, every call to SentinelOne taking ${LATENCY_MS} ms`,
    ['hosts', 'calls', 'at most', 'wall time', 'per host'],
    rows
  );
  await benchOverhead();
}

/** The same two calls, with and without the plugin's other work. */
async function benchOverhead(): Promise<void> {
  const fleet = fleetOf(2 * ROUNDS);
  const workbench = await startWorkbench({
    simulator: { fleet: fleet.length, latencyMs: LATENCY_MS },
  });
  const simulator = workbench.simulator!;
  const raw: number[] = [];
  const whole: number[] = [];
  const api = `${simulator.url}/web/api/v2.1/agents`;
  const headers = {
    authorization: `ApiToken ${simulator.tokens.get('full')!.token}`,
    'content-type': 'application/json',
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const [one, other] = [fleet[2 * round]!, fleet[2 * round + 1]!];
      const direct = await timed(async () => {
        await (await fetch(`${api}?uuids=${one.uuid}`, { headers })).text();
        const body = JSON.stringify({ filter: { ids: [one.id] } });
        await (await fetch(`${api}/actions/disconnect`, { method: 'POST', headers, body })).text();
      });
      raw.push(direct.took);
      const hosts = [{ uuid: other.uuid, name: other.computerName }];
      const body = { hosts, comment: 'bench' };
      whole.push(
        (await timed(() => send(workbench.url, 'analyst', 'POST', ISOLATE, { body }))).took
      );
    }
  } finally {
    await workbench.stop();
  }
  printTable(
    `Isolate one host, median of ${ROUNDS}`,
    ['raw calls', 'the route', 'overhead', 'ratio'],
    [
      [
        ms(median(raw)),
        ms(median(whole)),
        ms(median(whole) - median(raw)),
        ratio(median(whole), median(raw)),
      ],
    ]
  );
}
