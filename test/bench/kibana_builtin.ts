import { fleetOf, type SimulatedAgent } from '../helpers/hosts';
import type { Target } from '../helpers/target';
import { median, ms, printTable, ratio, timed } from './figures';

/**
 * Our connector beside Kibana's own `.sentinelone` one, which looks a host up and sends the command, and neither checks
 * the caller nor records anything. Both are executed by `POST /api/actions/connector/{id}/_execute` as the same user, in
 * turns, on hosts of their own, with `LATENCY` added to each call to SentinelOne.
 *
 * BUILTIN_CONNECTOR is the id of a connector of that type to the same simulator. The simulator needs 2 × `ROUNDS`
 * connected hosts, and 200 for "a hundred" (`npm run simulator -- --fleet 300`). Kibana's connector takes one host at a
 * time. A release within a minute of the isolation reads the status once more before it sends the command, which is a
 * call to SentinelOne that Kibana's connector does not make.
 */

const LATENCY = 20;
const ROUNDS = 11;
const MANY = 100;

type Verb = 'isolate' | 'release';

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

  const rows: string[][] = [];
  const row = (name: string, own: readonly number[], other: readonly number[]) =>
    rows.push([name, ms(median(own)), ms(median(other)), ratio(median(own), median(other))]);
  await target.simulator.addFaults({
    path: '*',
    count: 'always',
    fault: { kind: 'delay', ms: LATENCY },
  });
  try {
    const [one, other] = [connected.slice(0, ROUNDS), connected.slice(ROUNDS, 2 * ROUNDS)];
    for (const verb of ['isolate', 'release'] as const) {
      const times = { ours: [] as number[], theirs: [] as number[] };
      for (const [round, agent] of one.entries()) {
        times.ours.push((await timed(() => ours(verb, [agent]))).took);
        times.theirs.push((await timed(() => theirs(verb, other[round]!))).took);
      }
      row(`${verb} one host`, times.ours, times.theirs);
    }
    const left = connected.slice(2 * ROUNDS);
    const count = Math.min(MANY, Math.floor(left.length / 2));
    const many = { ours: left.slice(0, count), theirs: left.slice(count, 2 * count) };
    for (const verb of ['isolate', 'release'] as const) {
      const own = await timed(() => ours(verb, many.ours));
      const each = await timed(async () => {
        for (const agent of many.theirs) await theirs(verb, agent);
      });
      row(`${verb} ${count} hosts`, [own.took], [each.took]);
    }
  } finally {
    await target.simulator.clearFaults();
    await target.simulator.reset();
  }
  printTable(
    `Wall time beside Kibana's connector "${builtIn}", each call to SentinelOne taking ${LATENCY} ms, median of ${ROUNDS}`,
    ['', 'ours', "Kibana's", 'ratio'],
    rows
  );
}
