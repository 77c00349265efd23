import { fleetOf } from '../helpers/hosts';
import { BASE } from '../helpers/contract_suite';
import type { Target } from '../helpers/target';
import { median, ms, printTable, timed } from './figures';

const ROUNDS = 15;

/** The routes as an analyst's browser calls them, and their calls to SentinelOne. */
export async function benchRoutes(target: Target): Promise<void> {
  const { connected } = await fleetOf(target.simulator);
  const agents = connected.map(({ uuid }) => ({ uuid }));
  const act = (action: string, round: number) => {
    const { uuid, computerName: name } = connected[round % connected.length]!;
    return target.request('analyst', 'POST', `${BASE}/hosts/_${action}`, {
      body: { hosts: [{ uuid, name }], comment: 'bench' },
    });
  };
  const asked: Readonly<Record<string, (round: number) => ReturnType<Target['request']>>> = {
    "Kibana's own /api/status": () => target.request('analyst', 'GET', '/api/status'),
    'a page of alerts': () => target.request('analyst', 'GET', `${BASE}/alerts?perPage=25`),
    [`the status of ${agents.length} hosts`]: () =>
      target.request('analyst', 'POST', `${BASE}/hosts/_status`, { body: { agents } }),
    'isolate one host': (round) => act('isolate', round),
    'release it': (round) => act('release', round),
  };
  const rows: string[][] = [];
  for (const [name, ask] of Object.entries(asked)) {
    await target.simulator.clearCalls();
    const times: number[] = [];
    let bytes = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { took, value } = await timed(() => ask(round));
      if (value.status !== 200) throw new Error(`${name}: ${value.status} ${value.text}`);
      times.push(took);
      bytes = value.text.length;
    }
    const calls = (await target.simulator.calls()).length / ROUNDS;
    rows.push([name, ms(median(times)), ms(Math.max(...times)), calls.toFixed(1), String(bytes)]);
  }
  printTable(
    `Routes, ${ROUNDS} times each`,
    ['', 'median', 'longest', 'calls to SentinelOne', 'bytes'],
    rows
  );
}
