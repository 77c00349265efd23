import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import type { Fault } from '../simulator/client';

/** A SentinelOne that accepts connections and answers slowly, in part, or never: the status of hosts. */

/** Kibana waits longer for SentinelOne than a status is waited for, as an official one does. */
const suite = contractSuite({ responseTimeoutMs: 30_000 });

const SLOW: readonly Fault[] = [
  { kind: 'halfOpen' },
  { kind: 'halfOpen', afterBytes: 20 },
  { kind: 'drip', everyMs: 200 },
];

const ask = async (uuid: string | null) => {
  const from = performance.now();
  const answer = await suite.target.request('viewer', 'POST', `${BASE}/hosts/_status`, {
    body: { agents: [{ uuid }] },
  });
  return { ...answer, took: performance.now() - from };
};

it('ends each status query after 15 s, and delays no other host and no action', async () => {
  const { simulator } = suite.target;
  const hung = suite.fleet.connected.slice(0, SLOW.length);
  const [seen, isolated] = suite.fleet.connected.slice(SLOW.length);
  for (const [n, fault] of SLOW.entries()) {
    const naming = hung[n]!.uuid!;
    await simulator.addFaults({ path: '/agents', naming, count: 'always', fault });
  }
  const waiting = hung.map(({ uuid }) => ask(uuid));
  while ((await simulator.calls()).length === 0) await new Promise(setImmediate);
  const [other, acted] = await Promise.all([
    ask(seen!.uuid),
    suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ uuid: isolated!.uuid, name: isolated!.computerName }], comment: 'on' },
    }),
  ]);
  expect(other.status).toBe(200);
  expect(other.json.hosts).toMatchObject([{ state: 'known' }]);
  expect(other.took).toBeLessThan(10_000);
  expect(acted.json.hosts).toMatchObject([{ outcome: 'requested' }]);
  expect(affectedBy(await simulator.writes())).toEqual([isolated!.id]);

  for (const { status, json, took } of await Promise.all(waiting)) {
    expect(status).toBe(504);
    expect(json.attributes).toEqual({ reason: 'timed_out' });
    expect(json.message).toMatch(/^SentinelOne did not answer within 15 seconds\./);
    expect(took).toBeGreaterThan(14_000);
    // Not Kibana's own time-out, and not twice.
    expect(took).toBeLessThan(25_000);
  }
  expect(await simulator.writes()).toHaveLength(1);
}, 90_000);
