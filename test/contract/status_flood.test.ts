import { randomUUID } from 'node:crypto';
import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy } from '../helpers/hosts';
import { untilIs } from '../helpers/until';

/** One viewer who requests the status of thousands of agents, and the answers to other users. */

const suite = contractSuite();

const REQUESTS = 60;
const ask = (user: 'viewer' | 'analyst', agents: readonly object[]) =>
  suite.target.request(user, 'POST', `${BASE}/hosts/_status`, { body: { agents } });

function flood() {
  return Array.from({ length: REQUESTS }, () =>
    ask(
      'viewer',
      Array.from({ length: 100 }, () => ({ uuid: randomUUID() }))
    )
  );
}

it('is limited, with a message and Retry-After, and other users are not', async () => {
  const { target } = suite;
  const answers = flood();
  await untilIs('a call reaches SentinelOne', target.simulator.calls, ({ length }) => length > 0);
  const { uuid, computerName: name } = suite.fleet.connected[0]!;
  const [status, isolated] = await Promise.all([
    ask('analyst', [{ uuid: suite.fleet.connected[1]!.uuid }]),
    target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ uuid, name }], comment: 'beside a flood' },
    }),
  ]);
  expect([status.status, isolated.status]).toEqual([200, 200]);
  expect(status.json.hosts).toMatchObject([{ state: 'known' }]);
  expect(affectedBy(await target.simulator.writes())).toEqual([suite.fleet.connected[0]!.id]);

  const ends = await Promise.all(answers);
  const refused = ends.filter((answer) => answer.status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(REQUESTS / 2);
  expect(ends.filter((answer) => ![200, 429].includes(answer.status))).toEqual([]);
  for (const { headers, json } of refused) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(json.message).toMatch(/status of too many hosts in a short time/);
    expect(json.attributes).toMatchObject({ reason: 'too_many_reads' });
  }
});

it("is also limited in the connector's own route", async () => {
  const { target } = suite;
  const answers = await Promise.all(
    Array.from({ length: 80 }, () =>
      suite.execute('responder', 'getAgents', { uuids: [randomUUID()] })
    )
  );
  const limited = answers.filter(({ json }) => json.status === 'error');
  expect(limited.length).toBeGreaterThan(0);
  for (const { json } of limited) {
    expect(json.service_message).toMatch(/^\[too_many_reads\] .*status of too many hosts/);
  }
  expect((await target.simulator.calls()).length).toBe(answers.length - limited.length);
  const other = await suite.execute('analyst', 'getAgents', {
    uuids: [suite.fleet.connected[0]!.uuid],
  });
  expect(other.json).toMatchObject({ status: 'ok' });
});
