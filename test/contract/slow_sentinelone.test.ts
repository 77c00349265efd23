import { BASE, contractSuite } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import type { Fault } from '../simulator/client';

/** A SentinelOne that accepts connections and answers slowly, in part, or never: the results of actions. */

const suite = contractSuite();

/** Longer than a command is waited for (60 s in an official Kibana unless set), its look-ups included. */
const LONGEST_ACTION = 150_000;

const SILENT: Fault = { kind: 'halfOpen' };
const STALLED: Fault = { kind: 'halfOpen', afterBytes: 20 };
/** So slow that no answer of SentinelOne ends in time, while hardly a moment passes without a byte. */
const DRIPPING: Fault = { kind: 'drip', everyMs: 200 };
const SLOW: ReadonlyArray<readonly [string, Fault]> = [
  ['never comes', SILENT],
  ['stops in the middle', STALLED],
  ['comes byte by byte', DRIPPING],
];

describe.each(SLOW)('an answer to a command that %s', (_name, fault) => {
  it(
    'times out, and the host is read again: its status decides',
    async () => {
      const { simulator } = suite.target;
      const [agent] = suite.fleet.connected;
      await simulator.addFaults({
        method: 'POST',
        path: '/agents/actions/disconnect',
        fault: fault === SILENT ? { ...fault, applied: true } : fault,
      });
      const answer = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
        body: { hosts: [{ uuid: agent!.uuid, name: agent!.computerName }], comment: 'slow' },
      });
      expect(answer.status).toBe(200);
      expect(['requested', 'done']).toContain(answer.json.hosts[0].outcome);
      const writes = await simulator.writes();
      expect(writes.map(idsOf)).toEqual([[agent!.id]]);
      expect(affectedBy(writes)).toEqual([agent!.id]);
    },
    LONGEST_ACTION
  );
});

it.each(SLOW)(
  'sends no command after a look-up whose answer %s',
  async (_name, fault) => {
    const { simulator } = suite.target;
    const [agent] = suite.fleet.connected;
    const { uuid, computerName: name } = agent!;
    await simulator.addFaults({ path: '/agents', naming: uuid!, fault });
    const answer = await suite.target.request('analyst', 'POST', `${BASE}/hosts/_isolate`, {
      body: { hosts: [{ uuid, name }], comment: 'slow' },
    });
    expect(answer.status).toBe(422);
    expect(answer.json.hosts).toMatchObject([{ outcome: 'failed', reason: 'unreachable' }]);
    expect(await simulator.writes()).toEqual([]);
  },
  LONGEST_ACTION
);
