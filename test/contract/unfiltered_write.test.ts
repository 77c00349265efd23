import * as fc from 'fast-check';
import type { FaultRule, SimulatorCall } from '../simulator/client';
import { BASE } from '../helpers/contract_suite';
import { fleetOf, idsOf, type Fleet, type SimulatedAgent } from '../helpers/hosts';
import { openTarget, type Target } from '../helpers/target';

/**
 * The first guarantee: no input to a sub-action or a route ever makes SentinelOne see a write without
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

const PUBLIC_API = '/api/sentinelone_response/actions';
const ROUTES = ['/hosts/_isolate', '/hosts/_release', '/hosts/_status', '/alerts/_hosts'];
/** The public API, with the action that its body names. */
const PUBLIC = [`${PUBLIC_API}#isolate`, `${PUBLIC_API}#release`];
const SUB_ACTIONS = ['isolateHost', 'releaseHost', 'getAgents', 'testConnection', 'act', 'command'];
/** Those that act stand here more than once, so that most runs try to. */
const ACTING = [...ROUTES.slice(0, 2), ...SUB_ACTIONS.slice(0, 2), ...PUBLIC];
const WAYS = [...ROUTES, ...SUB_ACTIONS, ...ACTING];

async function go(way: string, params: unknown): Promise<void> {
  if (way.startsWith(PUBLIC_API)) {
    const [path = '', action] = way.split('#');
    const body = typeof params === 'object' ? { action, ...params } : params;
    await target.request('admin', 'POST', path, { body });
    return;
  }
  if (way.startsWith('/')) {
    await target.request('admin', 'POST', `${BASE}${way}`, { body: params });
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

/** What SentinelOne may do wrong meanwhile; none of it makes Kibana wait for another try. */
const FAULTS: readonly FaultRule[] = [
  { method: 'GET', path: '/agents', fault: { kind: 'ignoreFilter' } },
  { method: 'GET', path: '/agents', fault: { kind: 'nullFields' } },
  { method: 'GET', path: '/agents', fault: { kind: 'truncatedJson' } },
  { method: 'POST', path: '*', fault: { kind: 'affectedWrong', affected: 99 } },
  { method: 'POST', path: '*', fault: { kind: 'answerAfterApply', status: 500 } },
  { method: 'POST', path: '*', fault: { kind: 'status', status: 500 } },
];

/** Whether this call asked for exactly this agent. */
function asksFor({ method, path, query }: SimulatorCall, { id, uuid }: SimulatedAgent): boolean {
  const { ids = '', uuids = '' } = query.parsed;
  if (method !== 'GET' || path !== '/agents') return false;
  return ids.split(',').includes(id) || (uuid !== null && uuids.split(',').includes(uuid));
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
  const fault = fc.option(fc.constantFrom(...FAULTS), { freq: 7 });
  let acted = 0;
  await target.simulator.clearCalls();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...WAYS), params, fault, async (way, input, meanwhile) => {
      if (meanwhile !== null) await target.simulator.addFaults(meanwhile);
      // What cannot be said in JSON cannot be sent.
      const body: unknown = JSON.parse(JSON.stringify(input) ?? '{}');
      await go(way, body);
      if (meanwhile !== null) await target.simulator.clearFaults();
      const said = stringsIn(body);
      const calls = await target.simulator.takeCalls();
      for (const [n, call] of calls.entries()) {
        if (call.method === 'GET') continue;
        acted += 1;
        const named = idsOf(call);
        expect(named.length).toBeGreaterThan(0);
        for (const agentId of [...named, ...call.affectedIds]) {
          const agent = fleet.all.find(({ id: one }) => one === agentId)!;
          expect(said.has(agent.id) || said.has(agent.uuid ?? '')).toBe(true);
          expect(calls.slice(0, n).some((earlier) => asksFor(earlier, agent))).toBe(true);
        }
        for (const agentId of call.affectedIds) expect(named).toContain(agentId);
      }
    }),
    { numRuns: RUNS, endOnFailure: true }
  );
  // A property that never sees a write would prove nothing.
  expect(acted).toBeGreaterThan(RUNS / 50);
});
