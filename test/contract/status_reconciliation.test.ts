import { affectedBy, fleetOf, idsOf, type Fleet } from '../helpers/hosts';
import { openTarget, type Target } from '../helpers/target';
import { untilIs } from '../helpers/until';

/** Records of answered actions: status reconciliation closes them with the status that SentinelOne reports. */

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
    body: { hosts: [{ agentId }], comment: 'reconciliation' },
  });
const hostIn = async (actionId: string) => {
  const record = await target.record(actionId);
  return record.hosts[0];
};

interface Host {
  readonly outcome: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly confirmedAt?: string;
  readonly endedAt?: string;
}
/** The host of an action once `isWanted`. */
const untilHost = (actionId: string, isWanted: (host: Host) => boolean): Promise<Host> =>
  untilIs(`the host of action ${actionId}`, () => hostIn(actionId), isWanted);
const outcomeIs = (outcome: string) => (host: Host) => host.outcome === outcome;

describe('a record', () => {
  it.each([
    ['isolate', 'connected', 'disconnected'],
    ['release', 'isolated', 'connected'],
  ] as const)(
    'of %s ends as done automatically',
    async (action, from, to) => {
      const { id } = fleet[from][0]!;
      const answer = await act(action, id);
      expect(answer.json.hosts).toMatchObject([{ outcome: 'requested' }]);
      const host = await untilHost(answer.json.actionId, outcomeIs('done'));
      expect(host.confirmedAt).toBe(host.endedAt);
      expect((await target.simulator.agent(id)).networkStatus).toBe(to);
      const writes = await target.simulator.writes();
      expect(writes.map(idsOf)).toEqual([[id]]);
      expect(affectedBy(writes)).toEqual([id]);
    },
    40_000
  );

  it('of an offline host states since when, and ends when the host is online again', async () => {
    const { id } = fleet.offline[0]!;
    const { json } = await act('isolate', id);
    const waiting = await untilHost(json.actionId, ({ reason }) => reason === 'offline');
    expect(waiting).toMatchObject({ outcome: 'requested' });
    expect(waiting.detail ?? 'offline since').toMatch(/^offline since/);
    await target.simulator.bringOnline(id);
    await untilHost(json.actionId, outcomeIs('done'));
    expect((await target.simulator.agent(id)).networkStatus).toBe('disconnected');
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
  }, 70_000);

  it("of a host that cannot disconnect fails with SentinelOne's own reason", async () => {
    const { id } = fleet.connected[0]!;
    await target.simulator.setAgent(id, { cannotDisconnect: true });
    const { json } = await act('isolate', id);
    const host = await untilHost(json.actionId, outcomeIs('failed'));
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
    const superseded = await untilHost(isolation.json.actionId, outcomeIs('failed'));
    expect(superseded).toMatchObject({
      reason: 'superseded',
      supersededBy: { actionId: release.json.actionId, action: 'release', username: 'analyst' },
    });
    await target.simulator.bringOnline(id);
    await untilHost(release.json.actionId, outcomeIs('done'));
    expect((await target.simulator.agent(id)).networkStatus).toBe('connected');
    expect((await target.simulator.writes()).map(({ path }) => path)).toEqual([
      '/agents/actions/disconnect',
      '/agents/actions/connect',
    ]);
  }, 70_000);

  it('of a second isolation contains the first user and time', async () => {
    const { id } = fleet.offline[0]!;
    await act('isolate', id);
    const again = await act('isolate', id);
    expect(again.json.hosts).toMatchObject([
      {
        outcome: 'unchanged',
        detail: expect.stringMatching(/^analyst requested to isolate it at 20/),
      },
    ]);
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[id]]);
  });
});

it('is reconciled without a write, and with few calls', async () => {
  const hosts = fleet.connected.slice(0, 6);
  const answers = [];
  for (const { id } of hosts) answers.push(await act('isolate', id));
  await target.simulator.clearCalls();
  for (const { json } of answers) await untilHost(json.actionId, outcomeIs('done'));
  const calls = await target.simulator.calls();
  expect(await target.simulator.writes()).toEqual([]);
  for (const { method } of calls) expect(method).toBe('GET');
  // Far less than one question per host and second.
  expect(calls.length).toBeLessThanOrEqual(6);
}, 60_000);
