import { fleetOf, type SimulatedAgent } from '../helpers/hosts';
import type { Target } from '../helpers/target';
import { median, ms, printTable, ratio, timed } from './figures';

/**
 * Our connector beside Kibana's own `.sentinelone` one, which looks a host up and sends the command, and neither checks
 * the caller nor records anything. Both are executed by `POST /api/actions/connector/{id}/_execute` as the same user, in
 * turns, on hosts of their own, with one of `LATENCIES` added to each call to SentinelOne.
 *
 * BUILTIN_CONNECTOR is the id of a connector of that type to the same simulator. The simulator needs 2 × `ROUNDS`
 * connected hosts for each latency, and 200 for "a hundred" (`npm run simulator -- --fleet 300`). Kibana's connector
 * takes one host at a time.
 *
 * Both make two calls to SentinelOne for one host. Ours begin at least `BETWEEN_REQUESTS` (50 ms) after one another,
 * because SentinelOne accepts one every 40 ms and throttles others for a second. Kibana's connector does not keep to
 * that: with calls of 20 ms, its command follows too soon.
 */

/** ms. `MANY` hosts only with the first one. */
const LATENCIES = [20, 100];
const ROUNDS = 11;
const MANY = 100;

const VERBS = ['isolate', 'release'] as const;
type Verb = (typeof VERBS)[number];

export async function benchBuiltIn(target: Target, builtIn: string): Promise<void> {
  const { connected } = await fleetOf(target.simulator);
  const execute = async (connectorId: string, verb: Verb, subActionParams: object) => {
    const path = `/api/actions/connector/${connectorId}/_execute`;
    const params = { subAction: `${verb}Host`, subActionParams };
    const { status, json, text } = await target.request('admin', 'POST', path, {
      body: { params },
    });
    if (status !== 200 || json.status !== 'ok') throw new Error(`${connectorId}: ${text}`);
  };
  const theirs = (verb: Verb, { uuid }: SimulatedAgent) => execute(builtIn, verb, { uuid });
  const ours = (verb: Verb, agents: readonly SimulatedAgent[]) =>
    execute(target.connectorId, verb, {
      hosts: agents.map(({ id, uuid, computerName: name }) => ({ uuid, agentId: id, name })),
      comment: 'bench',
    });

  let rows: string[][] = [];
  const row = (name: string, own: readonly number[], other: readonly number[]) =>
    rows.push([name, ms(median(own)), ms(median(other)), ratio(median(own), median(other))]);
  const measureOne = async (verb: Verb, own: typeof connected, other: typeof connected) => {
    const times = { ours: [] as number[], theirs: [] as number[] };
    for (const [round, agent] of own.entries()) {
      times.ours.push((await timed(() => ours(verb, [agent]))).took);
      times.theirs.push((await timed(() => theirs(verb, other[round]!))).took);
    }
    row(`${verb} one host`, times.ours, times.theirs);
  };
  const measureMany = async (verb: Verb, own: typeof connected, other: typeof connected) => {
    const all = await timed(() => ours(verb, own));
    const each = await timed(async () => {
      for (const agent of other) await theirs(verb, agent);
    });
    row(`${verb} ${own.length} hosts`, [all.took], [each.took]);
  };
  const left = [...connected];
  const fresh = (count: number) => [left.splice(0, count), left.splice(0, count)] as const;
  try {
    for (const [n, ms] of LATENCIES.entries()) {
      rows = [];
      const fault = { kind: 'delay', ms } as const;
      await target.simulator.clearFaults();
      await target.simulator.addFaults({ path: '*', count: 'always', fault });
      const one = fresh(ROUNDS);
      for (const verb of VERBS) await measureOne(verb, ...one);
      if (n === 0) {
        const reserved = 2 * ROUNDS * (LATENCIES.length - 1);
        const many = fresh(Math.min(MANY, Math.floor((left.length - reserved) / 2)));
        for (const verb of VERBS) await measureMany(verb, ...many);
      }
      printTable(
        `Wall time beside Kibana's connector "${builtIn}", each call to SentinelOne taking ${ms} ms, median of ${ROUNDS}`,
        ['', 'ours', "Kibana's", 'ratio'],
        rows
      );
    }
  } finally {
    await target.simulator.clearFaults();
    await target.simulator.reset();
  }
}
