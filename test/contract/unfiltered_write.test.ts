import * as fc from 'fast-check';
import { fleetOf, idsOf, type Fleet } from '../support/hosts';
import { openTarget, type Target } from '../support/target';

/**
 * The promise above all: no input to a sub-action or a route ever makes SentinelOne see a write without
 * ids, with an id that was not looked up in the same action, or touching an agent that was not named.
 */

const RUNS = Number(process.env.PROPERTY_RUNS ?? 3_000);

jest.setTimeout(300_000);

let target: Target;
let fleet: Fleet;
beforeAll(async () => {
  target = await openTarget();
  await target.simulator.reset();
  fleet = await fleetOf(target.simulator);
});
afterAll(() => target.close());

type Way = 'isolateHost' | 'releaseHost' | '_isolate' | '_release' | 'getAgents' | '_status';
const WAYS: readonly Way[] = [
  'isolateHost',
  'releaseHost',
  '_isolate',
  '_release',
  'getAgents',
  '_status',
];

async function go(way: Way, params: unknown): Promise<void> {
  if (way.startsWith('_')) {
    await target.request('admin', 'POST', `/internal/sentinelone_response/hosts/${way}`, {
      body: params,
    });
    return;
  }
  await target.request('admin', 'POST', `/api/actions/connector/${target.connectorId}/_execute`, {
    body: { params: { subAction: way, subActionParams: params } },
  });
}

/** Ids and UUIDs that appear, as whole strings, anywhere in what was sent in. */
function stringsIn(value: unknown): Set<string> {
  if (typeof value === 'string') return new Set([value]);
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.values(value).flatMap((inner) => [...stringsIn(inner)]));
}

it(`holds for ${RUNS} inputs`, async () => {
  const uuids = fleet.all.map(({ uuid }) => uuid).filter((uuid): uuid is string => uuid !== null);
  const ids = fleet.all.map(({ id }) => id);
  const names = fleet.all.map(({ computerName }) => computerName).filter(Boolean);
  const odd = fc.constantFrom<unknown>(
    '',
    ' ',
    ',',
    '*',
    null,
    0,
    [],
    {},
    'a,b',
    '%',
    '0',
    '-',
    '\u0000',
    true,
    ['']
  );
  const uuid = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<unknown>(...uuids) },
    odd,
    fc.string()
  );
  const id = fc.oneof({ weight: 5, arbitrary: fc.constantFrom<unknown>(...ids) }, odd, fc.string());
  const name = fc.oneof(fc.constantFrom<unknown>(...names), odd, fc.string());
  const host = fc.oneof(
    { weight: 6, arbitrary: fc.record({ uuid }) },
    {
      weight: 3,
      arbitrary: fc.record({ uuid, agentId: id, name, confirmedName: name }, { requiredKeys: [] }),
    },
    { weight: 1, arbitrary: fc.anything() }
  );
  const params = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        hosts: fc.array(host, { maxLength: 4 }),
        comment: fc.constant('property'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { hosts: fc.anything(), comment: fc.anything(), filter: fc.anything(), ids: fc.array(id) },
        { requiredKeys: [] }
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { agents: fc.array(host), uuids: fc.array(uuid), ids: fc.array(id) },
        { requiredKeys: [] }
      ),
    },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.anything()) }
  );
  let acted = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...WAYS), params, async (way, input) => {
      await target.simulator.clearCalls();
      // What cannot be said in JSON cannot be sent.
      const body: unknown = JSON.parse(JSON.stringify(input) ?? '{}');
      await go(way, body);
      const said = stringsIn(body);
      const calls = await target.simulator.calls();
      for (const [n, call] of calls.entries()) {
        if (call.method !== 'POST') continue;
        acted += 1;
        const named = idsOf(call);
        expect(named.length).toBeGreaterThan(0);
        const lookedUp = calls
          .slice(0, n)
          .filter(({ method, path }) => method === 'GET' && path.endsWith('/agents'));
        expect(lookedUp.length).toBeGreaterThan(0);
        for (const agentId of [...named, ...call.affectedIds]) {
          const agent = fleet.all.find((one) => one.id === agentId)!;
          expect(said.has(agent.id) || said.has(agent.uuid ?? '')).toBe(true);
        }
        for (const agentId of call.affectedIds) expect(named).toContain(agentId);
      }
    }),
    { numRuns: RUNS, endOnFailure: true }
  );
  // A property that never sees a write would prove nothing.
  expect(acted).toBeGreaterThan(RUNS / 50);
});
