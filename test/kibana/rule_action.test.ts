import type { ActionRecord } from '../../common/actions/record';
import { inElasticsearch } from '../helpers/elasticsearch';
import { affectedBy, fleetOf, idsOf, type Fleet, type SimulatedAgent } from '../helpers/hosts';
import { inKibana } from '../helpers/kibana';
import { isolateAction, makeRule, type Rule } from '../helpers/rule';
import { openTarget, RECORD_TYPE, type Target } from '../helpers/target';
import { until } from '../helpers/until';

/** With AUTOMATION=false the connector under test does not let rules act. */
const isAutomationOff = process.env.AUTOMATION === 'false';
const whereRulesAct = isAutomationOff ? test.skip : test;
const whereRulesMayNot = isAutomationOff ? test : test.skip;

jest.setTimeout(300_000);

inKibana('a detection rule with our action', () => {
  let target: Target;
  let fleet: Fleet;
  let rule: Rule | undefined;
  beforeAll(async () => {
    target = await openTarget({ tasks: true });
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

  const statusOf = async ({ id }: SimulatedAgent) =>
    (await target.simulator.agent(id)).networkStatus;
  const named = ({ uuid, id, computerName }: SimulatedAgent) => ({ uuid, id, name: computerName });
  /** The records of this test's rule, found by its comment. */
  const recordsOf = async (comment: string): Promise<readonly ActionRecord[]> => {
    const query = new URLSearchParams({ search: comment });
    const path = `/internal/sentinelone_response/actions?${query}`;
    return (await target.request('admin', 'GET', path)).json.actions;
  };
  /** Waits for an error of the rule's action, as the rule's page in Stack Management shows it. */
  const errorsOf = (text: RegExp) => {
    const since = new Date(Date.now() - 600_000).toISOString();
    const path = `/internal/alerting/rule/${rule!.id}/_action_error_log?date_start=${since}`;
    return until(`the rule says ${text}`, async () => {
      const { json } = await target.request('admin', 'GET', path);
      const errors: ReadonlyArray<{ readonly message: string }> = json?.errors ?? [];
      return errors.find(({ message }) => text.test(message));
    });
  };
  const unique = (comment: string) => `${comment} ${Date.now()}`;

  whereRulesAct('isolates exactly the hosts of its alerts, and sends nothing again', async () => {
    const comment = unique('Isolated by a rule');
    const [first, second, ...others] = fleet.connected;
    rule = await makeRule(target, 'analyst', comment);
    await rule.find([named(first!), named(second!)]);
    const hosts = [first!.id, second!.id].sort();
    await until('the hosts are isolated', async () => {
      const writes = await target.simulator.writes();
      return affectedBy(writes).length === 2 ? writes : undefined;
    });
    const before = await target.simulator.writes();
    expect([...affectedBy(before)].sort()).toEqual(hosts);
    expect([...new Set(before.flatMap(idsOf))].sort()).toEqual(hosts);
    const [record] = await until('the search finds the record', async () => {
      const found = await recordsOf(comment);
      return found.length > 0 ? found : undefined;
    });
    expect(record!.actor).toMatchObject({
      username: 'analyst',
      authentication: 'api_key',
    });
    expect(record!.alertIds).toHaveLength(2);
    for (const { id } of others.slice(0, 3)) {
      expect((await target.simulator.agent(id)).networkStatus).toBe('connected');
    }

    // The same hosts again, in new alerts.
    await rule.find([named(first!), named(second!)]);
    await until('the rule made its new alerts', async () =>
      (await rule!.alerts()) >= 4 ? true : undefined
    );
    const again = await until('its action ran again', async () => {
      const records = await recordsOf(comment);
      return records.length >= 2 ? records : undefined;
    });
    const outcomes = again.map(({ hosts }) => hosts.map(({ outcome }) => outcome));
    expect(outcomes).toContainEqual(['unchanged', 'unchanged']);
    expect(await target.simulator.writes()).toEqual(before);
  });

  whereRulesAct('isolates with an end, at which the background task releases', async () => {
    const comment = unique('Isolated for an hour by a rule');
    const agent = fleet.connected[0]!;
    const action = isolateAction(target.connectorId, comment);
    const subActionParams = { comment, releaseAfterMinutes: 60 };
    rule = await makeRule(target, 'analyst', [
      { ...action, params: { ...action.params, subActionParams } },
    ]);
    await rule.find([named(agent)]);
    const isolation = await until('the isolation is confirmed', async () => {
      const [found] = await recordsOf(comment);
      return found?.endedAt === undefined ? undefined : found;
    });
    expect(await statusOf(agent)).toBe('disconnected');
    const minutes = (Date.parse(isolation.releaseAt!) - Date.parse(isolation.requestedAt)) / 60_000;
    expect(minutes).toBeCloseTo(60, 0);
    expect(isolation.automaticRelease).toMatchObject({ state: 'scheduled', setBy: 'analyst' });
    expect((await target.simulator.writes()).map(idsOf)).toEqual([[agent.id]]);

    // An hour later.
    const releaseAt = new Date().toISOString();
    await inElasticsearch('POST', `/.kibana/_update/${RECORD_TYPE}:${isolation.actionId}`, {
      doc: { [RECORD_TYPE]: { releaseAt, automaticRelease: { nextCheckAt: releaseAt } } },
    });
    const { automaticRelease } = await until('the automatic release has ended', async () => {
      const record: ActionRecord = await target.record(isolation.actionId);
      return record.automaticRelease?.state === 'ended' ? record : undefined;
    });
    expect(automaticRelease).toMatchObject({ outcome: 'done', attempts: 1, problem: null });
    expect(await target.record(automaticRelease!.releaseActionId!)).toMatchObject({
      action: 'release',
      actor: { username: 'analyst', authentication: 'scheduled' },
      endsAction: { actionId: isolation.actionId, requestedBy: 'analyst' },
      hosts: [{ agentId: agent.id, outcome: 'done' }],
    });
    expect(await statusOf(agent)).toBe('connected');
    const writes = await target.simulator.writes();
    expect(writes.map(({ path }) => path)).toEqual([
      '/agents/actions/disconnect',
      '/agents/actions/connect',
    ]);
    expect(writes.map(idsOf)).toEqual([[agent.id], [agent.id]]);
  });

  whereRulesAct('isolates nothing in the name of somebody who may not, and says so', async () => {
    const comment = unique('Refused to a rule');
    const agent = fleet.connected[0]!;
    rule = await makeRule(target, 'triager', comment);
    await rule.find([named(agent)]);
    const records = await until('the refusal is on record', async () => {
      const found = await recordsOf(comment);
      return found.length > 0 ? found : undefined;
    });
    const { actor, hosts } = records[0]!;
    expect(actor).toMatchObject({ username: 'triager', authentication: 'api_key' });
    expect(hosts).toMatchObject([{ outcome: 'refused', reason: 'no_privilege' }]);
    expect(hosts[0]!.detail).toMatch(/triager lacks the privilege to isolate/);
    await errorsOf(/caller lacks the privilege/);
    expect(await target.simulator.writes()).toEqual([]);
    expect((await target.simulator.agent(agent.id)).networkStatus).toBe('connected');
  });

  whereRulesAct('isolates the hosts of its alerts but no protected one, and says so', async () => {
    const comment = unique('Protected from a rule');
    const [guarded, other] = fleet.connected;
    const settings = { commentRequired: true, maxHosts: 1000 };
    const set = (protectedHosts: readonly object[]) =>
      target.request('admin', 'PUT', '/api/sentinelone_response/settings', {
        body: { ...settings, protectedHosts },
      });
    expect((await set([{ field: 'agentId', pattern: guarded!.id }])).status).toBe(200);
    try {
      rule = await makeRule(target, 'analyst', comment);
      await rule.find([named(guarded!), named(other!)]);
      const [record] = await until('the action is on record, and nothing is open', async () => {
        const found = await recordsOf(comment);
        return found.length > 0 && found[0]!.state !== 'sending' ? found : undefined;
      });
      const of = ({ id }: SimulatedAgent) => record!.hosts.find(({ agentId }) => agentId === id);
      expect(of(guarded!)).toMatchObject({ outcome: 'refused', reason: 'protected' });
      expect(of(other!)?.outcome).toMatch(/^(requested|done)$/);
      await errorsOf(/protected/);
      const writes = await target.simulator.writes();
      expect(writes.flatMap(idsOf)).toEqual([other!.id]);
      expect(affectedBy(writes)).toEqual([other!.id]);
      expect((await target.simulator.agent(guarded!.id)).networkStatus).toBe('connected');
    } finally {
      await set([]);
    }
  });

  whereRulesMayNot('says why it is refused when the connector lets no rules act', async () => {
    const comment = unique('Refused by the switch');
    const agent = fleet.connected[0]!;
    rule = await makeRule(target, 'analyst', comment);
    await rule.find([named(agent)]);
    const records = await until('the refusal is on record', async () => {
      const found = await recordsOf(comment);
      return found.length > 0 ? found : undefined;
    });
    expect(records[0]!.hosts).toMatchObject([{ outcome: 'refused', reason: 'automation_off' }]);
    expect(await target.simulator.writes()).toEqual([]);
    await errorsOf(/does not let rules and API keys act/);
  });
});
