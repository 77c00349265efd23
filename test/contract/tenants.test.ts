import { createSimulator, type Simulator } from '../simulator/simulator';
import { BASE, contractSuite, hasPrecondition } from '../helpers/contract_suite';
import { affectedBy, idsOf } from '../helpers/hosts';
import { expectOk } from '../helpers/http';
import { untilIs } from '../helpers/until';

/**
 * Another space has a connector to another tenant. Actions on an agent there do not concern the agent with the same
 * id in this tenant: a host is a tenant and an agent id.
 */

jest.setTimeout(120_000);
// Before the suite's own, which closes the host.
afterAll(async () => {
  if (connectorId !== undefined) {
    const path = `${OPS}/api/actions/connector/${connectorId}`;
    expectOk(await suite.target.request('admin', 'DELETE', path), 'DELETE');
  }
  await stranger.stop();
});
const suite = contractSuite({ tasks: true });
const OPS = '/s/ops';
let stranger: Simulator;
let connectorId: string | undefined;

beforeAll(async () => {
  stranger = createSimulator({ settleMs: 0 });
  const url = await stranger.start();
  const made = await suite.target.request('admin', 'POST', `${OPS}/api/actions/connector`, {
    body: {
      name: 'A server of their own',
      connector_type_id: 'sentinelone-response',
      config: { url, allowAutomation: false },
      secrets: { token: 'full-token-0123456789' },
    },
  });
  // With a basic license Kibana creates none.
  connectorId = made.status === 200 ? made.json.id : undefined;
});

const act = (spaceId: 'default' | 'ops', action: 'isolate' | 'release', agentId: string) =>
  suite.target.request('admin', 'POST', `${spaceId === 'ops' ? OPS : ''}${BASE}/hosts/_${action}`, {
    body: { hosts: [{ agentId }], comment: 'tenants' },
  });
const hasOtherConnector = () =>
  hasPrecondition(suite.target, 'license for another connector', connectorId !== undefined);
const hostIn = async (actionId: string) => (await suite.target.record(actionId)).hosts[0];

it.each([
  ['isolate', 'connected', 'release'],
  ['release', 'isolated', 'isolate'],
] as const)(
  'while another tenant acts on an agent, %s of the agent with the same id is sent, and ends as SentinelOne reports',
  async (action, from, opposite) => {
    if (!hasOtherConnector()) return;
    const { target, fleet } = suite;
    const { id } = fleet[from][0]!;
    const theirs = action === 'isolate' ? 'disconnected' : 'connected';
    stranger.setAgent(id, { networkStatus: theirs });
    stranger.clearCalls();
    stranger.faults.add({ method: 'POST', path: '*', fault: { kind: 'delay', ms: 1_200 } });

    const held = act('ops', opposite, id);
    await untilIs(
      'the command reaches the other tenant',
      () => stranger.writes().length,
      (count) => count === 1
    );
    const ours = await act('default', action, id);
    expect(ours.status).toBe(200);
    expect(ours.json.hosts).toMatchObject([{ agentId: id, outcome: 'requested' }]);
    expect((await held).status).toBe(200);

    const host = await untilIs(
      'the host has an outcome',
      () => hostIn(ours.json.actionId),
      ({ outcome }) => outcome !== 'requested'
    );
    expect(host).toMatchObject({ agentId: id, outcome: 'done' });
    expect(await target.record(ours.json.actionId)).toMatchObject({
      tenant: target.simulator.url,
    });
    const writes = await target.simulator.writes();
    expect(writes.map(idsOf)).toEqual([[id]]);
    expect(affectedBy(writes)).toEqual([id]);
    expect(stranger.writes().map(idsOf)).toEqual([[id]]);
  }
);

it('a host that is already in the state names no user of another tenant', async () => {
  if (!hasOtherConnector()) return;
  const { id } = suite.fleet.isolated[0]!;
  stranger.setAgent(id, { networkStatus: 'connected' });
  expect((await act('ops', 'isolate', id)).status).toBe(200);
  const answer = await act('default', 'isolate', id);
  expect(answer.json.hosts).toMatchObject([{ outcome: 'unchanged' }]);
  expect(answer.json.hosts[0]).not.toHaveProperty('detail');
  expect(await suite.target.simulator.writes()).toEqual([]);
});
