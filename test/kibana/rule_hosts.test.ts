import type { ActionRecord } from '../../common/actions/record';
import { DOCUMENTS } from '../helpers/alert_documents';
import { affectedBy, fleetOf, idsOf, type Fleet, type SimulatedAgent } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { makeRule, type Rule } from '../helpers/rule';
import { openTarget, type Target } from '../helpers/target';
import { until } from '../helpers/until';

/** Which hosts a rule of Kibana's isolates, by what its documents say: every stream, and documents that are forged. */

const whereRulesAct = process.env.AUTOMATION === 'false' ? test.skip : test;

jest.setTimeout(300_000);

inKibana("the hosts of a detection rule's alerts", () => {
  let target: Target;
  let fleet: Fleet;
  let rule: Rule | undefined;
  beforeAll(async () => {
    target = await openTarget();
  });
  afterAll(() => target?.close());
  beforeEach(async () => {
    await target.simulator.clearFaults();
    await target.simulator.reset();
    await target.simulator.clearCalls();
    fleet = await fleetOf(target.simulator);
  });
  afterEach(async () => {
    await rule?.remove();
    rule = undefined;
  });

  /**
   * The hosts in the records of the rule, once there are so many. Documents that are stored together may become
   * visible one after the other, so that more than one run finds them.
   */
  const recorded = (comment: string, count: number) =>
    until('the search finds the records of all hosts', async () => {
      const path = `/internal/sentinelone_response/actions?${new URLSearchParams({ search: comment })}`;
      const { json } = await target.request('admin', 'GET', path);
      const records = json.actions as readonly ActionRecord[];
      const hosts = records.flatMap((record) => record.hosts);
      const alertIds = new Set(records.flatMap((record) => record.alertIds));
      return hosts.length >= count ? { hosts, alertIds } : undefined;
    });
  const sentIds = async () => [...new Set((await target.simulator.writes()).flatMap(idsOf))].sort();
  const idsIn = (agents: readonly SimulatedAgent[]) => agents.map(({ id }) => id).sort();

  whereRulesAct('are read from the documents of every stream', async () => {
    const comment = `Every stream ${Date.now()}`;
    const streams = Object.keys(DOCUMENTS);
    const agents = fleet.connected.slice(0, streams.length);
    expect(agents).toHaveLength(streams.length);
    rule = await makeRule(target, 'analyst', comment, 'event.dataset:*');
    await rule.findDocuments(streams.map((stream, n) => DOCUMENTS[stream]!(agents[n]!)));
    const { hosts } = await recorded(comment, streams.length);
    expect(hosts.map(({ agentId }) => agentId).sort()).toEqual(idsIn(agents));
    for (const { outcome } of hosts) expect(outcome).toMatch(/^(pending|requested|done)$/);
    expect(await sentIds()).toEqual(idsIn(agents));
    expect([...affectedBy(await target.simulator.writes())].sort()).toEqual(idsIn(agents));
  });

  whereRulesAct('are acted on whatever else the documents hold, which is recorded', async () => {
    const comment = `Forged documents ${Date.now()}`;
    const [good, number, b, c, long, once] = fleet.connected;
    const names = `["${b!.computerName}","${c!.computerName}"]`;
    rule = await makeRule(target, 'analyst', comment, 'event.dataset:*');
    await rule.findDocuments([
      DOCUMENTS['sentinel_one.threat_event']!(good!),
      // An agent id that is a JSON number.
      `"event":{"dataset":"sentinel_one.threat"},"sentinel_one":{"threat":{"agent":{"id":${number!.id}}}},"host":{"name":"${number!.computerName}"}`,
      // Several values.
      `"event":{"dataset":"sentinel_one.alert"},"observer":{"serial_number":["${b!.uuid}","${c!.uuid}"]},"host":{"name":${names}}`,
      // A host name of 257 characters.
      `"event":{"dataset":"sentinel_one.alert"},"observer":{"serial_number":"${long!.uuid}"},"host":{"name":"${'x'.repeat(257)}"}`,
      // Named by the UUID only.
      `"event":{"dataset":"sentinel_one.alert"},"observer":{"serial_number":"${once!.uuid}"}`,
    ]);
    const { hosts, alertIds } = await recorded(comment, 6);
    expect(hosts).toHaveLength(6);
    const of = ({ id }: SimulatedAgent) => hosts.find(({ agentId }) => agentId === id);
    for (const agent of [good!, b!, c!]) {
      expect(of(agent)?.outcome).toMatch(/^(pending|requested|done)$/);
    }
    expect(of(long!)).toMatchObject({ outcome: 'refused', reason: 'mismatch' });
    expect(of(long!)!.detail).toContain('(257 characters)');
    expect(of(once!)).toMatchObject({ outcome: 'refused', reason: 'named_once' });
    const refused = hosts.find(({ reason }) => reason === 'unusable_id');
    expect(refused).toMatchObject({ agentId: null, name: number!.computerName });
    expect(refused!.detail).toMatch(/^sentinel_one\.threat\.agent\.id is a JSON number, read as/);
    expect(alertIds.size).toBe(5);
    expect(await sentIds()).toEqual(idsIn([good!, b!, c!]));
    expect([...affectedBy(await target.simulator.writes())].sort()).toEqual(idsIn([good!, b!, c!]));
    for (const { id } of [number!, long!, once!]) {
      expect((await target.simulator.agent(id)).networkStatus).toBe('connected');
    }
  });
});
