import { affectedBy, fleetOf, idsOf, type Fleet } from '../helpers/hosts';
import { openTarget, type Target } from '../helpers/target';

/** What becomes of actions after they were answered: the record ends by itself, in the truth. */

let target: Target;
let fleet: Fleet;
beforeAll(async () => {
  target = await openTarget({ tasks: true });
});
afterAll(() => target.close());
beforeEach(async () => {
  await target.simulator.reset();
  await target.simulator.clearCalls();
  fleet = await fleetOf(target.simulator);
});

const act = (action: 'isolate' | 'release', agentId: string) =>
  target.request('analyst', 'POST', `/internal/sentinelone_response/hosts/_${action}`, {
    body: { hosts: [{ agentId }], comment: 'settling' },
  });
const hostIn = async (actionId: string) => {
  const record = await target.record(actionId);
  return record.hosts[0];
};

/** The host of an action once `is` says so; fails with what it is after 30 s. */
async function until(
  actionId: string,
  is: (host: { outcome: string; reason?: string }) => boolean
) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const host = await hostIn(actionId);
    if (is(host)) return host;
    if (Date.now() > deadline) throw new Error(`It stays ${JSON.stringify(host)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
const outcomeIs = (outcome: string) => (host: { outcome: string }) => host.outcome === outcome;

describe('a record', () => {
  it.each([
    ['isolate', 'connected', 'disconnected'],
    ['release', 'isolated', 'connected'],
  ] as const)(
    'of %s ends as done by itself',
    async (action, from, to) => {
      const { id } = fleet[from][0]!;
      const answer = await act(action, id);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'requested' }]);
      const host = await until(answer.json.actionId, outcomeIs('done'));
      expect(host.confirmedAt).toBe(host.endedAt);
      expect((await target.simulator.agent(id)).networkStatus).toBe(to);
      const writes = await target.simulator.writes();
      expect(writes.map(idsOf)).toEqual([[id]]);
      expect(affectedBy(writes)).toEqual([id]);
    },
    40_000
  );

  it('of an offline host says since when, and ends when the host is back', async () => {
    const { id } = fleet.offline[0]!;
    const { json } = await act('isolate', id);
    const waiting = await until(json.actionId, ({ reason }) => reason === 'offline');
    expect(waiting).toMatchObject({ outcome: 'requested' });
    expect(waiting.detail ?? 'offline since').toMatch(/^offline since/);
    await target.simulator.bringOnline(id);
    await until(json.actionId, outcomeIs('done'));
    expect((await target.simulator.agent(id)).networkStatus).toBe('disconnected');
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
  }, 70_000);

  it("of a host that cannot disconnect fails with SentinelOne's own reason", async () => {
    const { id } = fleet.connected[0]!;
    await target.simulator.setAgent(id, { cannotDisconnect: true });
    const { json } = await act('isolate', id);
    const host = await until(json.actionId, outcomeIs('failed'));
    expect(host.reason).toBe('unable_to_disconnect');
    expect(host.detail).toContain('unable to disconnect');
    expect((await target.simulator.agent(id)).networkStatus).toBe('connected');
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
  }, 40_000);

  it('of a pending isolation is superseded by the release, which ends as done', async () => {
    const { id } = fleet.offline[0]!;
    const isolation = await act('isolate', id);
    expect(isolation.json.hosts).toMatchObject([{ outcome: 'requested', reason: 'offline' }]);
    const release = await act('release', id);
    expect(release.json.hosts).toMatchObject([{ outcome: 'requested' }]);
    const superseded = await until(isolation.json.actionId, outcomeIs('failed'));
    expect(superseded).toMatchObject({
      reason: 'superseded',
      supersededBy: { actionId: release.json.actionId, action: 'release', username: 'analyst' },
    });
    await target.simulator.bringOnline(id);
    await until(release.json.actionId, outcomeIs('done'));
    expect((await target.simulator.agent(id)).networkStatus).toBe('connected');
    expect((await target.simulator.writes()).map(({ path }) => path)).toEqual([
      '/agents/actions/disconnect',
      '/agents/actions/connect',
    ]);
  }, 70_000);

  it('of a second isolation says who asked first and when', async () => {
    const { id } = fleet.offline[0]!;
    await act('isolate', id);
    const again = await act('isolate', id);
    expect(again.json.hosts).toMatchObject([
      { outcome: 'unchanged', detail: expect.stringMatching(/^analyst asked to isolate it at 20/) },
    ]);
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
  });
});

it('is settled without a single write, and with few calls', async () => {
  const hosts = fleet.connected.slice(0, 6);
  const answers = [];
  for (const { id } of hosts) answers.push(await act('isolate', id));
  await target.simulator.clearCalls();
  for (const { json } of answers) await until(json.actionId, outcomeIs('done'));
  const calls = await target.simulator.calls();
  expect(await target.simulator.writes()).toEqual([]);
  for (const { method } of calls) expect(method).toBe('GET');
  // Far less than one question per host and second.
  expect(calls.length).toBeLessThanOrEqual(6);
}, 60_000);
